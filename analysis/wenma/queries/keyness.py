"""The words one group of texts uses more than another."""

from typing import Annotated

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.given import number_within, whole_number
from wenma.queries.grouped import first_few
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table, nearest
from wenma.queries.tokens import (
    Parts,
    WordCounts,
    check_parts,
    tokens,
    word_counts,
    word_lists,
)
from wenma.queries.unit_texts import unit_texts
from wenma.queries.words import undivided
from wenma.sources.cleaning import tidied
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.association import chi2, g2
from wenma.statistics.dispersion import dp
from wenma.statistics.keyness_measures import log_likelihood, log_ratio, weighted_log_odds
from wenma.statistics.significance import benjamini_hochberg


def keyness(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    group: Annotated[str | None, "only the keywords of this city (plan, period …)"] = None,
    against: Annotated[str | None, "compared with this one; else with all others"] = None,
    limit: Annotated[str | int, "so many words of each group, 0 for all"] = 50,
    min_count: Annotated[str | int, "leave out words that stand less often in both together"] = 5,
    max_dp: Annotated[
        str | float, "leave out keywords that stand in few parts of the group"
    ] = 0.75,
    parts: Annotated[Parts, "the parts for max_dp"] = "tenth",
    alpha: Annotated[str | float, "strength of the prior for zeta, in words"] = 500,
    avoided: Annotated[bool, "the words a group avoids, not those it prefers"] = False,
    stop: Annotated[bool, "leave out the stop words (的, 以及, 十, 年)"] = True,
    boilerplate: Annotated[bool, "count units that carry form/boilerplate"] = True,
) -> Table:
    """The words each city (plan, period, document) uses more than the others.

    A row for each word, by zeta, in a block for each group; cities unless `by`
    says otherwise. A group is set against all others together, or `group`
    against one other (`against`).

    a, b            how often the word stands in the group, and in what it is set against
    rate_a, rate_b  the same for every 1,000 words
    ll              log-likelihood of two cells (Rayson and Garside); g2: of all four (Dunning)
    log_ratio       how many times the rate doubles (Hardie), 0 taken for 0.5
    zeta, delta     weighted log odds (Monroe, Colaresi and Quinn), the prior shaped as both texts
                    together and `alpha` words strong
    p, q            chi-square of the four cells; q after Benjamini and Hochberg, for all words
                    of the group that stand `min_count` times
    dp              dispersion in the group (Gries), over ten stretches of its text unless
                    `parts` says otherwise. A word the group prefers is left out above
                    `max_dp`: by default it must reach more than two of the ten
    df              documents of the group with the word
    """
    by = by or "city"
    most, fewest = whole_number("limit", limit), whole_number("min_count", min_count, minimum=1)
    widest = number_within("max_dp", max_dp, above=0, most=1)
    prior = number_within("alpha", alpha, above=0, most=np.inf)
    check_parts(parts)
    chosen = unit_texts(data, "keyness", by=by, headings=headings, boilerplate=boilerplate)
    names = chosen.grouped.groups
    group, against = (
        one if one is None or one in names else tidied(one) for one in (group, against)
    )
    _check_pair(names, chosen.grouped.by_name, group, against)
    running = tokens(chosen)
    sides, counts, files = (word_counts(running, one) for one in ("group", parts, "document"))
    admitted = running.content if stop else np.ones(len(running.vocabulary), dtype=bool)
    every = np.asarray(sides.hits.sum(axis=1)).ravel()
    blocks, empty, whole, dropped = [], [], [], 0
    for number, name in enumerate(names):
        if group is not None and name != group:
            continue
        a = _column(sides, number)
        b = every - a if against is None else _column(sides, names.index(against))
        if not a.sum() or not b.sum():
            empty.append(name)
            continue
        hits, sizes = counts.within(number)
        if len(sizes) == 1:
            whole.append(name)
        rows = np.flatnonzero(admitted & (a + b >= fewest))
        block = _compared(a, b, rows, prior=prior)
        block["dp"] = dp(hits.tocsr()[rows], sizes)
        block["df"] = np.diff(files.within(number)[0].tocsr().indptr)[rows]
        block = block[block["zeta"] < 0] if avoided else block[block["zeta"] > 0]
        if not avoided:
            uneven = block["dp"] > widest + 1e-9
            dropped += int(uneven.sum())
            block = block[~uneven]
        order = np.argsort(block["zeta"] * (1 if avoided else -1), kind="stable")
        block = block.iloc[order[:most] if most else order]
        block.insert(0, "word", running.vocabulary[block.index])
        blocks.append(block.assign(number=number))
    frame = pd.concat(blocks) if blocks else _nothing()
    return chosen.table(
        {column: frame[column].to_numpy() for column in _COLUMNS},
        group=frame["number"].to_numpy(dtype=np.int64),
        notes=[
            *_alone(names, empty, chosen.grouped.by_name),
            *undivided(whole, chosen.grouped.by_name),
            *_uneven(dropped, widest),
            *_noughts(frame),
        ],
        basis={
            "words": f"{len(running.word):,}",
            "against": against or "all others",
            "parts": parts,
            "alpha": f"{prior:g}",
            "max_dp": f"{widest:g}",
            "min_count": str(fewest),
            **word_lists(stop),
        },
    )


_COLUMNS = (
    "word", "a", "b", "rate_a", "rate_b", "ll", "g2", "log_ratio", "zeta", "delta", "p", "q", "dp",
    "df",
)  # fmt: skip


def _compared(a: Floats, b: Floats, rows: Integers, *, prior: float) -> pd.DataFrame:
    """The measures of some words; the index has their numbers."""
    c, d = a.sum(), b.sum()
    share = (a + b)[rows] / (c + d)
    a, b = a[rows], b[rows]
    delta, zeta = weighted_log_odds(a, b, c, d, alpha=prior * share, every=prior)
    cells = (a, a + b, c, c + d)
    p = np.asarray(chdtrc(1, chi2(*cells)), dtype=np.float64)
    return pd.DataFrame(
        {
            "a": a.astype(np.int64),
            "b": b.astype(np.int64),
            "rate_a": 1000 * a / c,
            "rate_b": 1000 * b / d,
            "ll": log_likelihood(a, b, c, d),
            "g2": g2(*cells),
            "log_ratio": log_ratio(a, b, c, d),
            "zeta": zeta,
            "delta": delta,
            "p": p,
            "q": benjamini_hochberg(p),
        },
        index=rows,
    )


def _column(sides: WordCounts, group: int) -> Floats:
    return np.asarray(sides.hits[:, [group]].todense(), dtype=np.float64).ravel()


def _check_pair(names: tuple[str, ...], by: str, group: str | None, against: str | None) -> None:
    for name in (group, against):
        if name is not None and name not in names:
            raise QueryError(
                f'there is no {by} "{name}"',
                cure=nearest(name, names),
                zh=f"没有“{name}”这一组。",
            )
    if against is not None and group is None:
        raise QueryError(
            f'nothing is set against "{against}"',
            cure="Say with group whose keywords you want",
            zh=f"没有说明拿谁与“{against}”相比，请用 group 指定。",
        )
    if against is not None and against == group:
        raise QueryError(
            f'"{group}" is set against itself',
            cure="Name another with against",
            zh=f"“{group}”不能与自己相比，请另选一组。",
        )


def _nothing() -> pd.DataFrame:
    """The table of no groups that could be compared."""
    return pd.DataFrame(columns=["number", *_COLUMNS], dtype=np.float64).astype({"word": object})


def _alone(names: tuple[str, ...], empty: list[str], by: str) -> list[Note]:
    if len(names) == 1:
        return [
            Note(
                f"There is only one {by} ({first_few(names)}), and nothing to compare it with: "
                "break the table down by something else.",
                zh=f"只有一组（{first_few(names)}），无从比较：请换一种分组方式。",
            )
        ]
    if not empty:
        return []
    return [
        Note(
            f"{first_few(empty)}: no words, or nothing to compare with; no rows.",
            zh=f"{first_few(empty)}：没有词，或无可比较的文字，无数据行。",
        )
    ]


def _uneven(dropped: int, limit: float) -> list[Note]:
    if not dropped:
        return []
    return [
        Note(
            f"Left out: {dropped:,} words a group prefers, but in few of its parts "
            f"(DP above {limit:g}).",
            zh=f"未列出：{dropped:,} 个只集中于该组少数部分的词（DP 大于 {limit:g}）。",
        )
    ]


def _noughts(frame: pd.DataFrame) -> list[Note]:
    if not ((frame["a"] == 0) | (frame["b"] == 0)).any():
        return []
    return [
        Note(
            "Where a word does not stand at all, log_ratio takes 0.5 for 0.",
            zh="一方未出现的词，其对数比以 0.5 代 0 计算。",
        )
    ]
