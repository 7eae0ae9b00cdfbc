"""A project's rows become the three DataFrames every query takes."""

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from analysis.project import schema
from analysis.project.packing import unpacked
from analysis.project.store import Project
from analysis.records import Codebook, heading_text

if TYPE_CHECKING:
    from pandas import DataFrame

CODINGS = (
    "document city plan period section start end excerpt code coder rule evidence unit kind role"
).split()
DOCUMENTS = (
    "document title city plan period year kind level issuer number source han countable "
    "heading_han characters heading_characters sections units headings sha256"
).split()
CODES = "code parent level dimension zh en colour order".split()


def documents_frame(project: Project) -> "DataFrame":
    """One row a document, in the order of the corpus, with its counts."""
    from pandas import DataFrame

    document, section, unit = schema.document, schema.section, schema.unit
    sections = dict(
        tuple(row)
        for row in project.rows(
            select(section.c.document, func.count()).group_by(section.c.document)
        )
    )
    units: dict[str, int] = {}
    headings: dict[str, int] = {}
    for id, kind, count in project.rows(
        select(unit.c.document, unit.c.kind, func.count()).group_by(unit.c.document, unit.c.kind)
    ):
        side = headings if kind == "heading" else units
        side[id] = side.get(id, 0) + count
    own = "title city plan period year kind level issuer number source".split()
    counts = "han countable heading_han characters heading_characters".split()
    rows = project.rows(
        select(
            document.c.id, *(document.c[name] for name in own + counts), document.c.sha256
        ).order_by(document.c.position, document.c.id)
    )
    frame = DataFrame(
        [
            (
                *row[:-1],
                sections.get(row[0], 0),
                units.get(row[0], 0),
                headings.get(row[0], 0),
                row[-1],
            )
            for row in rows
        ],
        columns=DOCUMENTS,
    )
    return frame.astype({"year": "Int64"})


def codings_frame(project: Project, *, coder: str | None = None) -> "DataFrame":
    """One row a coding, by document and place; of one coder, or of all.

    `excerpt` is exactly the document's text from `start` to `end`; `rule` and
    `evidence` join what fired with "; ", in the order of the text.
    """
    from pandas import DataFrame

    document, coding, unit = schema.document, schema.coding, schema.unit
    texts = {
        id: (text, city, plan, period)
        for id, text, city, plan, period in project.rows(
            select(
                document.c.id, document.c.text, document.c.city, document.c.plan, document.c.period
            )
        )
    }
    sections = _sections(project)
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
        )
        .join(document, document.c.id == coding.c.document)
        .outerjoin(unit, (unit.c.document == coding.c.document) & (unit.c.number == coding.c.unit))
        .order_by(document.c.position, document.c.id, coding.c.start, coding.c.end, coding.c.id)
    )
    if coder is not None:
        query = query.where(coding.c.coder == coder)
    rows = []
    for id, start, end, code, who, packed, number, kind, section in project.rows(query):
        text, city, plan, period = texts[id]
        evidence = unpacked(packed)
        address, role = sections.get((id, section), ("", "other"))
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
            )
        )
    return DataFrame(rows, columns=CODINGS)


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


def _sections(project: Project) -> dict[tuple[str, int], tuple[str, str]]:
    """(document, number) → address down the outline, role."""
    node = schema.section
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for id, number, parent, label, title, role in project.rows(
        select(
            node.c.document, node.c.number, node.c.parent, node.c.label, node.c.title, node.c.role
        ).order_by(node.c.document, node.c.number)
    ):
        above = found.get((id, parent), ("", ""))[0]
        here = heading_text(label, title)
        found[id, number] = (f"{above} › {here}" if above else here, role)
    return found
