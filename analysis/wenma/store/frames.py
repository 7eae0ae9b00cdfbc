"""A project's rows become the three DataFrames every query takes."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from wenma.records import Codebook, heading_text
from wenma.store import schema
from wenma.store.project import Project
from wenma.store.serialization import source_map, unpack_evidence

if TYPE_CHECKING:
    from pandas import DataFrame

CODINGS = (
    "document city plan period section start end excerpt code coder rule evidence unit kind role "
    "page line paragraph section_number ordinal evidence_spans"
).split()
DOCUMENTS = (
    "document title city plan period year kind level issuer number source han countable "
    "heading_han characters heading_characters sections units headings paragraphs "
    "heading_paragraphs text_sections heading_sections sha256"
).split()
UNITS = "document unit kind section paragraph role start end text".split()
CODES = "code parent level dimension zh en colour order".split()


def documents_frame(project: Project) -> "DataFrame":
    """One row a document, in the order of the corpus, with its counts."""
    from pandas import DataFrame

    document, section, unit = schema.document, schema.section, schema.unit
    sections = dict(
        project.rows(select(section.c.document, func.count()).group_by(section.c.document))
    )
    units: dict[int, int] = {}
    headings: dict[int, int] = {}
    for key, kind, count in project.rows(
        select(unit.c.document, unit.c.kind, func.count()).group_by(unit.c.document, unit.c.kind)
    ):
        side = headings if kind == "heading" else units
        side[key] = side.get(key, 0) + count
    windows = [
        counts
        for column in (unit.c.paragraph, unit.c.section)
        for counts in _with_text_and_without(project, column)
    ]
    own = "title city plan period year kind level issuer number source".split()
    counts = "han countable heading_han characters heading_characters".split()
    rows = project.rows(
        select(
            document.c.key,
            document.c.id,
            *(document.c[name] for name in own + counts),
            document.c.sha256,
        ).order_by(document.c.position, document.c.id)
    )
    frame = DataFrame(
        [
            (
                *row,
                sections.get(key, 0),
                units.get(key, 0),
                headings.get(key, 0),
                *(count.get(key, 0) for count in windows),
                sha256,
            )
            for key, *row, sha256 in rows
        ],
        columns=DOCUMENTS,
    )
    return frame.astype({"year": "Int64"})


def _with_text_and_without(project: Project, column: Any) -> tuple[dict[int, int], dict[int, int]]:
    """How many paragraphs (or sections) of each document hold text, and how many a heading only."""
    unit = schema.unit
    count = select(unit.c.document, func.count(column.distinct())).group_by(unit.c.document)
    with_text = dict(project.rows(count.where(unit.c.kind != "heading")))
    every = dict(project.rows(count))
    return with_text, {key: number - with_text.get(key, 0) for key, number in every.items()}


def codings_frame(project: Project, *, coder: str | Sequence[str] | None = None) -> "DataFrame":
    """One row a coding, by document and place; of one coder, of several, or of all.

    `excerpt` is exactly the document's text from `start` to `end`; `rule` and
    `evidence` join what fired with "; ", in the order of the text; `page` and
    `line` say where the excerpt begins in the file. `paragraph` and
    `section_number` are numbers in the document, `ordinal` that of the unit
    when headings are not counted; -1 for what stands in none. `evidence_spans` are the
    `Evidence` themselves, a tuple.
    """
    from pandas import DataFrame

    document, coding, unit = schema.document, schema.coding, schema.unit
    columns = "key layout id text city plan period".split()
    documents = {
        key: (source_map(layout), *row)
        for key, layout, *row in project.rows(select(*(document.c[name] for name in columns)))
    }
    sections = _sections(project)
    headings = _headings(project)
    query = (
        select(
            coding.c.document,
            coding.c.start,
            coding.c.end,
            coding.c.code,
            coding.c.coder,
            coding.c.evidence,
            coding.c.unit,
            unit.c.kind,
            unit.c.section,
            unit.c.paragraph,
        )
        .select_from(coding)
        .join(document, document.c.key == coding.c.document)
        .outerjoin(unit, (unit.c.document == coding.c.document) & (unit.c.number == coding.c.unit))
        .order_by(document.c.position, document.c.id, coding.c.start, coding.c.end, coding.c.id)
    )
    if coder is not None:
        query = query.where(coding.c.coder.in_([coder] if isinstance(coder, str) else coder))
    rows = []
    for key, start, end, code, who, packed, number, kind, section, paragraph in project.rows(query):
        places, id, text, city, plan, period = documents[key]
        evidence = unpack_evidence(packed)
        address, role = sections.get((key, section), ("", "other"))
        rows.append(
            (
                id,
                city,
                plan,
                period,
                address,
                start,
                end,
                text[start:end],
                code,
                who,
                "; ".join(dict.fromkeys(one.rule for one in evidence)),
                "; ".join(text[one.start : one.end] for one in evidence),
                number,
                kind or "body",
                role,
                *places.place(start),
                -1 if paragraph is None else paragraph,
                -1 if section is None else section,
                number - bisect_left(headings.get(key, ()), number),
                evidence,
            )
        )
    frame = DataFrame(rows, columns=CODINGS).astype({"page": "Int64", "line": "Int64"})
    # A section holds several paragraphs: in which one its coding stands is not known.
    whole = {*project.unit_sizes(id for _, id, *_ in documents.values())} == {"section"}
    return frame.drop(columns="paragraph") if whole else frame


def units_frame(project: Project) -> "DataFrame":
    """One row a unit with its text, headings too, by document and place.

    `section` and `paragraph` are numbers in their document (-1 before the first
    heading); `role` is the section's.
    """
    from pandas import DataFrame

    document, unit, node = schema.document, schema.unit, schema.section
    texts = {key: text for key, text in project.rows(select(document.c.key, document.c.text))}
    query = (
        select(
            unit.c.document,
            document.c.id,
            unit.c.number,
            unit.c.kind,
            unit.c.section,
            unit.c.paragraph,
            func.coalesce(node.c.role, "other"),
            unit.c.start,
            unit.c.end,
        )
        .select_from(unit)
        .join(document, document.c.key == unit.c.document)
        .outerjoin(node, (node.c.document == unit.c.document) & (node.c.number == unit.c.section))
        .order_by(document.c.position, document.c.id, unit.c.number)
    )
    rows = [
        (*rest, start, end, texts[key][start:end]) for key, *rest, start, end in project.rows(query)
    ]
    return DataFrame(rows, columns=UNITS)


def codes_frame(codebook: Codebook) -> "DataFrame":
    """One row a code, in the order of the codebook.

    ``attrs["index"]`` is the codebook's index; ``attrs["together"]`` how many words, by the
    code and the id of a rule that asks for several, stand for one firing (0: all its words).
    """
    from pandas import DataFrame

    frame = DataFrame(
        [
            (c.path, c.parent, c.depth, c.dimension, c.zh, c.en, c.colour, order)
            for order, c in enumerate(codebook.codes)
        ],
        columns=CODES,
    )
    frame.attrs["index"] = codebook.index
    frame.attrs["together"] = {
        (code.path, rule.id): 2 if rule.near else 0
        for code in codebook.codes
        for rule in code.rules
        if rule.near or rule.all_of
    }
    return frame


def _headings(project: Project) -> dict[int, list[int]]:
    """Document's key → the numbers of its units that are headings, in order."""
    unit = schema.unit
    found: dict[int, list[int]] = {}
    query = select(unit.c.document, unit.c.number).where(unit.c.kind == "heading")
    for key, number in project.rows(query.order_by(unit.c.document, unit.c.number)):
        found.setdefault(key, []).append(number)
    return found


def _sections(project: Project) -> dict[tuple[int, int], tuple[str, str]]:
    """(document's key, number) → address down the outline, role."""
    node = schema.section
    found: dict[tuple[int, int], tuple[str, str]] = {}
    columns = "document number parent label title role".split()
    for key, number, parent, label, title, role in project.rows(
        select(*(node.c[name] for name in columns)).order_by(node.c.document, node.c.number)
    ):
        above = found.get((key, parent), ("", ""))[0]
        here = heading_text(label, title)
        found[key, number] = (" › ".join(filter(None, (above, here))), role)
    return found
