"""A project's rows become the three DataFrames every query takes."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from wenma.records import Codebook, Quality, heading_text
from wenma.store import schema
from wenma.store.coding_blocks import rule_list
from wenma.store.project import Project
from wenma.store.schema import STANDARD
from wenma.store.serialization import source_map, unpack_evidence, unpack_quality

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
"""Columns every frame of documents has; further attributes come after them."""
UNITS = "document unit kind section paragraph role start end text".split()
CODES = "code parent level dimension zh en colour order".split()


def documents_frame(project: Project) -> "DataFrame":
    """One row a document, in the order of the corpus, with its counts and all its attributes.

    Columns are `DOCUMENTS`, then `note` and every other attribute any document has, by its name
    and in the order in which they were first seen; "" where a document has none.
    """
    from pandas import DataFrame

    document, attribute, names = schema.document, schema.attribute, schema.attribute_name
    counts = [name for name in DOCUMENTS if name in document.c and name != "sha256"]
    rows = project.rows(
        select(
            document.c.key,
            document.c.id,
            document.c.sha256,
            *(document.c[name] for name in counts),
        ).order_by(document.c.position, document.c.id)
    )
    place = {row[0]: at for at, row in enumerate(rows)}
    known: dict[str, list[str]] = {}
    for key, name, value in project.rows(
        select(attribute.c.document, attribute.c.name, attribute.c.value)
        .join(names, names.c.name == attribute.c.name)
        .where(attribute.c.value != "")
        .order_by(names.c.position, names.c.name)
    ):
        known.setdefault(name, [""] * len(rows))[place[key]] = value
    columns: dict[str, list[Any]] = {
        "document": [row[1] for row in rows],
        "sha256": [row[2] for row in rows],
    }
    columns |= {name: [row[at] for row in rows] for at, name in enumerate(counts, 3)}
    for name in (one for one in STANDARD if one in DOCUMENTS):
        columns[name] = known.pop(name, [""] * len(rows))
    ordered: dict[str, list[Any]] = {name: columns[name] for name in DOCUMENTS} | known
    years = [int(year) if year else None for year in ordered["year"]]
    frame = DataFrame(ordered | {"year": years}, columns=[*ordered])
    return frame.astype({"year": "Int64"})


def qualities(project: Project) -> dict[str, Quality]:
    """How each document was read, by its id, in the order of the corpus."""
    document = schema.document
    rows = project.rows(
        select(document.c.id, document.c.quality).order_by(document.c.position, document.c.id)
    )
    return {id: unpack_quality(text) for id, text in rows}


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
    content = schema.content
    known = _attributes(project, ("city", "plan", "period"))
    documents = {
        key: (source_map(layout), id, text, *(one.get(key, "") for one in known))
        for key, id, layout, text in project.rows(
            select(document.c.key, document.c.id, content.c.layout, content.c.text).join(content)
        )
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
                rule_list(evidence),
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
    content = schema.content
    texts = {key: text for key, text in project.rows(select(content.c.document, content.c.text))}
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
    """One row a code, in the order of the codebook."""
    from pandas import DataFrame

    return DataFrame(
        [
            (c.path, c.parent, c.depth, c.dimension, c.zh, c.en, c.colour, order)
            for order, c in enumerate(codebook.codes)
        ],
        columns=CODES,
    )


def _attributes(project: Project, names: Sequence[str]) -> list[dict[int, str]]:
    """For each of these attributes, its value by the document's key."""
    table = schema.attribute
    found: dict[str, dict[int, str]] = {name: {} for name in names}
    columns = (table.c.name, table.c.document, table.c.value)
    for name, key, value in project.rows(select(*columns).where(table.c.name.in_(names))):
        found[name][key] = value
    return list(found.values())


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
