"""What people added to a project, told row by row, and brought into another of the same texts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from wenma.errors import ProjectError
from wenma.records import by_rules
from wenma.store import schema
from wenma.store.attribute_rows import name_attributes
from wenma.store.edit_log import ACT, Edit, perform, unpack_act
from wenma.store.keyed_rows import KEYS, PEOPLES, VALUES, present_rows
from wenma.store.project import Project

UNKNOWN = "?"
"""Who changed what no act tells of."""
SIGNED = {
    "attribute": (*VALUES["attribute"], "person"),
    "case_span": (*VALUES["case_span"], "person"),
}
"""Tables whose rows bear nobody's name in their key: who changed them last goes with the values."""
TOLD: Mapping[str, tuple[str, ...]] = {name: VALUES[name] for name in PEOPLES} | SIGNED
"""What is told of a row of each table, apart from its key; what holds nothing is left out."""


class AnnotationRow(NamedTuple):
    """A coding, verdict, memo or task of a person, an attribute corrected, a stretch that belongs
    elsewhere; a document in `key` is named by its id.
    """

    table: str
    key: tuple[Any, ...]
    values: Mapping[str, Any]

    @property
    def person(self) -> str:
        """Whose it is."""
        if self.table in SIGNED:
            return str(self.values["person"])
        own = "coder" if self.table == "coding" else "person"
        return str(self.key[KEYS[self.table].index(own)])

    @property
    def document(self) -> str | None:
        """The document it is about; None for a memo, which names it in its own way."""
        keys = KEYS[self.table]
        return str(self.key[keys.index("document")]) if "document" in keys else None


def annotation_rows(project: Project, documents: Collection[str]) -> list[AnnotationRow]:
    """All that people added to these documents, in an order of its own."""
    ids = dict(project.rows(select(schema.document.c.key, schema.document.c.id)))
    signed = _signed(project)
    found = []
    for table in TOLD:
        keys = KEYS[table]
        rows = getattr(schema, table)
        query = select(*(rows.c[name] for name in (*keys, *VALUES[table])))
        if table == "coding":
            query = query.where(schema.BY_PERSON)
        if table == "attribute":  # what a manifest says is in the manifest
            query = query.where(rows.c.value != rows.c.stated)
        for cells in project.rows(query):
            told = dict(zip((*keys, *VALUES[table]), cells, strict=True))
            key = tuple(told[name] for name in keys)
            if "document" in keys:
                told["document"] = ids[told["document"]]
            values = {name: told[name] for name in VALUES[table] if told[name] is not None}
            if table in SIGNED:
                values["person"] = signed.get((table, key), told.get("origin", UNKNOWN))
            row = AnnotationRow(table, tuple(told[name] for name in keys), values)
            if not by_rules(row.person) and (row.document is None or row.document in documents):
                found.append(row)
    return sorted(found, key=lambda row: (row.table, [str(part) for part in row.key]))


def _signed(project: Project) -> dict[tuple[str, tuple[Any, ...]], str]:
    """Who last changed each attribute and each stretch."""
    act = schema.act
    verbs = ("correct", "set_case", "remove_case", "bring")
    query = select(*ACT).where(act.c.verb.in_(verbs)).order_by(act.c.id)
    return {
        (edit.table, edit.key): one.person
        for one in map(unpack_act, project.rows(query))
        for edit in one.edits
        if edit.table in SIGNED
    }


def bring_annotations(project: Project, rows: Iterable[AnnotationRow], *, now: str) -> int:
    """Add what people did elsewhere, one act a person; how many rows were not there yet.

    What is there already stays as it is, but for attributes that were corrected there and are
    here what the manifest says. All of it is kept or nothing.
    """
    by_person: dict[str, list[AnnotationRow]] = {}
    for row in rows:
        by_person.setdefault(row.person, []).append(row)
    brought = 0
    with project.exclusive() as connection:
        document = schema.document
        keys = {id: key for key, id in connection.execute(select(document.c.key, document.c.id))}
        for person, own in by_person.items():
            edits = [*_new(connection, own, keys, project.name)]
            if edits:
                perform(
                    connection,
                    edits,
                    person=person,
                    verb="bring",
                    document="",
                    at=now,
                    name=project.name,
                )
            brought += len(edits)
    return brought


def _new(
    connection: Connection, rows: Sequence[AnnotationRow], keys: Mapping[str, int], name: str
) -> Iterator[Edit]:
    """The edits that add those of the rows that are not there."""
    by_table: dict[str, dict[tuple[Any, ...], Mapping[str, Any]]] = {}
    for row in rows:
        if row.document is not None and row.document not in keys:
            raise ProjectError(
                f"does not hold {row.document!r}, which {row.person} worked on",
                file=name,
                cure="Code its document first.",
                zh=f"没有“{row.document}”，而{row.person}在其中做过编码。请先对它编码。",
            )
        parts = zip(KEYS[row.table], row.key, strict=True)
        key = tuple(keys[part] if column == "document" else part for column, part in parts)
        told = {name: row.values[name] for name in VALUES[row.table] if name in row.values}
        by_table.setdefault(row.table, {})[key] = told
    for table, values in by_table.items():
        there = present_rows(connection, table, [*values])
        for place, before in there.items():
            new = values[place]
            as_stated = (
                table == "attribute"
                and before is not None
                and before["value"] == before["stated"] == new["stated"] != new["value"]
            )
            if before is None or as_stated:
                yield Edit(table, place, before, new)
        if table in SIGNED:
            at = KEYS[table].index("name" if table == "attribute" else "attribute")
            name_attributes(connection, dict.fromkeys(str(place[at]) for place in values))
