"""The words a text uses most."""

from typing import Annotated

import numpy as np
import pandas as pd

from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouped import first_few
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table
from wenma.queries.tokens import Parts, check_parts, tokens, word_counts, word_lists
from wenma.queries.unit_texts import unit_texts
from wenma.statistics.arrays import Integers
from wenma.statistics.dispersion import dp, dp_norm, juilland_d


def words(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    limit: Annotated[str | int, "so many words of each group, 0 for all"] = 100,
    min_count: Annotated[str | int, "leave out words that stand less often"] = 2,
    parts: Annotated[Parts, "what dispersion is measured over"] = "document",
    stop: Annotated[bool, "leave out the stop words (的, 以及, 十, 年)"] = True,
    boilerplate: Annotated[bool, "count units that carry form/boilerplate"] = True,
) -> Table:
    """The most frequent words, how often they stand, and how evenly.

    A row for each word, the most frequent first (and each group: its words in
    a block). Words are jieba's, with the field's lexicon; numbers and
    punctuation are none.

    tf              how often the word stands
    per_1000_words  for every 1,000 words, the stop words among them
    df, df_share    documents it stands in, and their percent of the group's documents
    dp, dp_norm, juilland_d: see `wenma.statistics.dispersion`
    """
    most, fewest = whole_number("limit", limit), whole_number("min_count", min_count, minimum=1)
    check_parts(parts)
    chosen = unit_texts(data, "words", by=by, headings=headings, boilerplate=boilerplate)
    running = tokens(chosen)
    counts, files = word_counts(running, parts), word_counts(running, "document")
    admitted = running.content if stop else np.ones(len(running.vocabulary), dtype=bool)
    in_group = np.bincount(chosen.grouped.case_groups, minlength=len(chosen.grouped.groups))
    blocks, empty, whole = [], [], []
    for group, name in enumerate(chosen.grouped.groups):
        hits, sizes = counts.within(group)
        tf = np.asarray(hits.sum(axis=1)).ravel().astype(np.int64)
        rows = _most_frequent(tf, np.flatnonzero(admitted & (tf >= fewest)), most)
        if not len(sizes):
            empty.append(name)
        elif len(sizes) == 1:
            whole.append(name)
        df = np.diff(files.within(group)[0].tocsr().indptr)[rows]
        chosen_hits = hits.tocsr()[rows]
        blocks.append(
            pd.DataFrame(
                {
                    "number": group,
                    "word": running.vocabulary[rows],
                    "tf": tf[rows],
                    "per_1000_words": 1000 * tf[rows] / max(sizes.sum(), 1),
                    "df": df,
                    "df_share": 100 * df / max(in_group[group], 1),
                    "dp": dp(chosen_hits, sizes),
                    "dp_norm": dp_norm(chosen_hits, sizes),
                    "juilland_d": juilland_d(chosen_hits, sizes),
                }
            )
        )
    frame = pd.concat(blocks, ignore_index=True) if blocks else _nothing()
    return chosen.table(
        {column: frame[column].to_numpy() for column in _COLUMNS},
        group=frame["number"].to_numpy(dtype=np.int64),
        notes=[
            *_without_words(empty, chosen.grouped.by_name),
            *undivided(whole, chosen.grouped.by_name),
        ],
        basis={
            "words": f"{len(running.word):,}",
            "min_count": str(fewest),
            "parts": parts,
            **word_lists(stop),
        },
    )


_COLUMNS = (
    "word", "tf", "per_1000_words", "df", "df_share", "dp", "dp_norm", "juilland_d",
)  # fmt: skip


def _nothing() -> pd.DataFrame:
    """The table of no groups at all."""
    return pd.DataFrame(columns=["number", *_COLUMNS], dtype=np.float64).astype({"word": object})


def undivided(groups: list[str], by: str) -> list[Note]:
    """Why dispersion is empty: the text is one part."""
    if not groups:
        return []
    where, wo = (f" of {first_few(groups)}", f"{first_few(groups)}：") if by else ("", "")
    return [
        Note(
            f"The text{where} is one part: dispersion is not defined and left empty. "
            "Other parts, as --parts tenth, divide it.",
            zh=f"{wo}全部文字只有一个部分，分散度无定义，留空；可换划分方式，如 --parts tenth。",
        )
    ]


def _most_frequent(tf: Integers, among: Integers, most: int) -> Integers:
    """Words by frequency; of equals, the one that stands first in the text."""
    order = among[np.argsort(-tf[among], kind="stable")]
    return order[:most] if most else order


def _without_words(groups: list[str], by: str) -> list[Note]:
    if not groups or not by:
        return []
    return [
        Note(
            f"There are no words of {first_few(groups)}: no rows.",
            zh=f"{first_few(groups)}：没有词，无数据行。",
        )
    ]
