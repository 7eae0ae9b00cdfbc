"""Who took text from whom: passages that two documents share, word for word."""

from typing import Annotated, Literal, get_args

from wenma.errors import QueryError
from wenma.queries.compared_texts import compared_texts
from wenma.queries.copied_units import LEAST
from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouping import By
from wenma.queries.reuse_rows import REUSE_ROWS, TakenFrom, TextReuse
from wenma.queries.table import Note, Table, nearest
from wenma.queries.unit_texts import unit_texts

ReuseRows = Literal["pair", "section", "passage"]


def reuse(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    rows: Annotated[ReuseRows, "a row for each pair of documents, section or passage"] = "pair",
    taken_from: Annotated[
        TakenFrom,
        "any document, those of earlier years, or of a level above",
    ] = "any",
    least: Annotated[str | int, "Han characters a passage has at least"] = LEAST,
    common: Annotated[bool, "count wording that a fifth of all documents have"] = True,
    document: Annotated[str | None, "only this document's text, beside the others"] = None,
    limit: Annotated[str | int, "so many rows, 0 for all"] = 200,
) -> Table:
    """Text that documents share: who took how much from whom, section by section or in full.

    A passage is a run of at least `least` Han characters that two documents have in common and
    that cannot be made longer; punctuation, spaces, figures and letters are passed over.

    document, other  the later one (by year, then by its place in the corpus) and the earlier
    reused           Han characters of the document in passages of the other, each once
    reused_share     the same in percent of the document's (or section's) Han characters
    reused_other     Han characters of the other in passages of the document, in percent of its own
    common_wording   those of `reused` in passages that more than 20 % of the documents have (and
                     more than 5); with ``--no-common`` they are left out of all columns
    passages, longest  how many passages, and the Han characters of the longest

    ``--rows section``: each section with what it has from all the others together, and the one it
    has most from. ``--rows passage``: every passage with its places in both.
    """
    for option, said, known in (("rows", rows, ReuseRows), ("taken_from", taken_from, TakenFrom)):
        if said not in get_args(known):
            raise QueryError(
                f'{option} cannot be "{said}"',
                cure=nearest(said, get_args(known)),
                zh=f"{option} 不能是“{said}”。",
            )
    shortest, most = whole_number("least", least, minimum=2), whole_number("limit", limit)
    chosen = unit_texts(data, "reuse", by=by, headings=headings)
    texts = compared_texts(chosen)
    if document is not None and document not in texts.documents:
        raise QueryError(
            f'there is no document "{document}" among those asked',
            cure=nearest(document, texts.documents),
            zh=f"所问文件中没有“{document}”。",
        )
    found = TextReuse(texts, shortest, taken_from, common, document)
    columns, group, every = REUSE_ROWS[rows](found, most)
    notes = [*_undated(found, taken_from), *_told(every, len(group))]
    return chosen.table(
        columns,
        group=group,
        notes=notes,
        basis={
            "rows": rows,
            "taken_from": taken_from,
            "least": str(shortest),
            "common_wording": "counted" if common else "left out",
            **({"document": document} if document is not None else {}),
        },
    )


def _undated(found: TextReuse, taken_from: TakenFrom) -> list[Note]:
    count = found.left_unplaced()
    if not count:
        return []
    fact, zh = ("year", "年份") if taken_from == "earlier" else ("level", "层级")
    return [
        Note(
            f"{count} documents do not state their {fact}: they are compared with nothing.",
            zh=f"{count} 份文件未注明{zh}，不参与比较。",
        )
    ]


def _told(every: int, shown: int) -> list[Note]:
    if not every:
        return [Note("No passage is shared.", zh="没有相同的段落。")]
    if shown == every:
        return []
    return [
        Note(
            f"Shown are {shown:,} of {every:,} rows; --limit 0 shows all.",
            zh=f"共 {every:,} 行，只列 {shown:,} 行；--limit 0 列出全部。",
        )
    ]
