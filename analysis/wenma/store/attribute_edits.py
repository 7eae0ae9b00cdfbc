"""Attributes of documents and of stretches in them, under somebody's hand."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from wenma.errors import ProjectError
from wenma.sources.listings.manifest_columns import TAKEN, standard_name, tidied_cell, year_of
from wenma.store import schema
from wenma.store.attribute_rows import name_attributes
from wenma.store.document_edits import document_key
from wenma.store.edit_log import Edit
from wenma.store.keyed_rows import Key, present_row, present_rows
from wenma.store.project import Project

LONGEST_VALUE = 4_000
"""Characters of an attribute's value."""


class Case(NamedTuple):
    """A stretch of a document that belongs to another attribute value than the document."""

    document: str
    start: int
    end: int
    attribute: str
    value: str


class Correction(NamedTuple):
    """What an attribute of a document is to be; "" says that the document has none."""

    document: str
    name: str
    value: str


class KeptCase(NamedTuple):
    """A `Case` as it is kept: with who or what rule says so, and when."""

    document: str
    start: int
    end: int
    attribute: str
    value: str
    origin: str
    at: str


def case_spans(project: Project) -> list[KeptCase]:
    """Every stretch that belongs elsewhere, by document in the order of the corpus and place."""
    table, document = schema.case_span, schema.document
    columns = (table.c[name] for name in KeptCase._fields[1:])
    query = select(document.c.id, *columns).join(document)
    order = (document.c.position, document.c.id, table.c.start, table.c.end, table.c.attribute)
    return [KeptCase(*row) for row in project.rows(query.order_by(*order))]


def correction_edits(
    connection: Connection, corrections: Sequence[Correction], *, project: str
) -> list[Edit]:
    """The edits after which these attributes have these values.

    `ProjectError` when all of them have them already.
    """
    edits = []
    for one in corrections:
        key, _ = document_key(connection, one.document, project=project)
        edit = _corrected(connection, key, one.name, one.value, project=project)
        edits += [edit] if edit else []
    if not edits:
        raise ProjectError(
            "nothing would change",
            file=project,
            cure="Write another value.",
            zh="什么也不会变。请写另一个值。",
        )
    return edits


def _corrected(
    connection: Connection, key: int, name: str, value: str, *, project: str
) -> Edit | None:
    name, value = _checked_name(name, project), tidied_cell(value)
    if name == "year" and value:
        value = str(_checked_year(value, project))
    _refuse_long(value, project)
    before = present_row(connection, "attribute", (key, name))
    held, stated = (before["value"], before["stated"]) if before else ("", "")
    if value == held:
        return None
    name_attributes(connection, [name])
    # An empty value stays as long as a manifest states one: else reading it would bring it back.
    after = {"value": value, "stated": stated} if value or stated else None
    return Edit("attribute", (key, name), before, after)


def case_edits(
    connection: Connection, cases: Sequence[Case], origin: str, now: str, *, project: str
) -> list[Edit]:
    """The edits after which these stretches belong to these values."""
    places = {
        one: document_key(connection, one, project=project)
        for one in dict.fromkeys(case.document for case in cases)
    }
    wanted: dict[Key, dict[str, str]] = {}
    for case in cases:
        key, length = places[case.document]
        if not 0 <= case.start < case.end <= length:
            raise ProjectError(
                f"{case.start}–{case.end} is not a span of {case.document!r}, which has "
                f"{length:,} characters",
                file=project,
                cure="Select the text again.",
                zh=f"{case.start}–{case.end} 不在“{case.document}”之内（共 {length:,} 字）。"
                "请重新选取文字。",
            )
        value = tidied_cell(case.value)
        if not value:
            raise ProjectError(
                "the stretch is to belong to nothing",
                file=project,
                cure="Write the value it belongs to.",
                zh="没有写明此处属于什么。请写上属性值。",
            )
        name = _checked_name(case.attribute, project)
        if name == "year":
            value = str(_checked_year(value, project))
        _refuse_long(value, project)
        row = {"value": value, "origin": origin, "at": now}
        wanted[key, case.start, case.end, name] = row
    there = present_rows(connection, "case_span", list(wanted))
    edits = []
    for key_, row in wanted.items():
        before = there[key_]
        if before is None or (before["value"], before["origin"]) != (row["value"], row["origin"]):
            edits.append(Edit("case_span", key_, before, row))
    if not edits:
        raise ProjectError(
            "nothing would change",
            file=project,
            cure="Choose another stretch or value.",
            zh="什么也不会变。请另选一处或另写一个值。",
        )
    name_attributes(connection, dict.fromkeys(str(edit.key[3]) for edit in edits))
    return edits


def case_removed(connection: Connection, key: tuple[int, int, int, str], *, project: str) -> Edit:
    """The edit after which a stretch belongs to what its document belongs to."""
    before = present_row(connection, "case_span", key)
    if before is None:
        raise ProjectError(
            f"{key[1]}–{key[2]} has no {key[3]!r} of its own",
            file=project,
            cure="It may have been taken off in another tab: load the page again.",
            zh=f"{key[1]}–{key[2]} 处没有另定的“{key[3]}”。或已在另一标签页取消，请刷新页面。",
        )
    return Edit("case_span", key, before, None)


def _checked_name(name: str, project: str) -> str:
    name = standard_name(name)
    if not name or name in TAKEN or name == "path" or len(name) > 100:
        raise ProjectError(
            f"{name!r} cannot be the name of an attribute" if name else "the attribute has no name",
            file=project,
            cure="Choose another name." if name else "Name it.",
            zh=f"“{name}”不能作属性名，请另取一个。" if name else "属性没有名称，请写上。",
        )
    return name


def _checked_year(value: str, project: str) -> int:
    year = year_of(value)
    if year is None:
        raise ProjectError(
            f"year {value!r} is not a year",
            file=project,
            cure="Write four digits (2025).",
            zh=f"年份“{value}”不是年份。请写四位数字（2025）。",
        )
    return year


def _refuse_long(value: str, project: str) -> None:
    if len(value) > LONGEST_VALUE:
        raise ProjectError(
            f"a value has at most {LONGEST_VALUE:,} characters",
            file=project,
            cure="Shorten it.",
            zh=f"属性值至多 {LONGEST_VALUE:,} 字，请缩短。",
        )
