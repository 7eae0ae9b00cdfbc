"""The words one group of texts uses more than another."""

from typing import Annotated, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.given import number_within, whole_number
from wenma.queries.grouped import first_few
from wenma.queries.grouping import By
from wenma.queries.sampled_documents import SampledDocuments
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
from wenma.statistics.association import g2
from wenma.statistics.dispersion import dp
from wenma.statistics.keyness_measures import log_likelihood, log_ratio, weighted_log_odds
from wenma.statistics.rate_jackknife import log_ratio_interval
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
    log_ratio       how many times the rate doubles (Hardie), 0 taken for 0.5; log_ratio_low and
                    log_ratio_high its 95 % interval, documents being the sample (jackknife), empty
                    where a side has the word in fewer than two
    ll              log-likelihood of two cells (Rayson and Garside); g2: of all four (Dunning).
                    Both take every word as drawn by itself: they order words, and test nothing
    zeta, delta     weighted log odds (Monroe, Colaresi and Quinn), the prior shaped as both texts
                    together and `alpha` words strong
    p               how often the rates come so far apart when whole documents are dealt to the two
                    sides at random (permutation, two-sided); empty where a side has one document,
                    or one document alone has the word
    q               p adjusted for all words of the group that stand `min_count` times (Benjamini
                    and Hochberg 1995)
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
    sampled = SampledDocuments(files, None if against is None else names.index(against))
    asked = [n for n, name in enumerate(names) if group is None or name == group]
    tested = sampled.test([n for n in asked if sides.sizes[n]], admitted, fewest)
    by_part = counts.hits.tocsr()
    blocks, empty, whole, dropped = [], [], [], 0
    for number in asked:
        name = names[number]
        a = _column(sides, number)
        b = every - a if against is None else _column(sides, names.index(against))
        if not a.sum() or not b.sum():
            empty.append(name)
            continue
        own_parts = counts.group == number
        if own_parts.sum() == 1:
            whole.append(name)
        rows = np.flatnonzero(admitted & (a + b >= fewest))
        p = tested.p_of(number, rows)
        q = benjamini_hochberg(p)
        delta, zeta = _weighted(a, b, rows, prior=prior)
        kept = np.flatnonzero(zeta < 0 if avoided else zeta > 0)
        spread = dp(by_part[rows[kept]][:, np.flatnonzero(own_parts)], counts.sizes[own_parts])
        if not avoided:
            uneven = spread > widest + 1e-9
            dropped += int(uneven.sum())
            kept, spread = kept[~uneven], spread[~uneven]
        order = np.argsort(zeta[kept] * (1 if avoided else -1), kind="stable")
        order = order[:most] if most else order
        at = kept[order]
        own, rest = sampled.of(number, rows[at])
        low, high = log_ratio_interval(*own, *rest)
        blocks.append(
            pd.DataFrame(
                {
                    "word": running.vocabulary[rows[at]],
                    **_compared(a, b, rows[at]),
                    "log_ratio_low": low,
                    "log_ratio_high": high,
                    "zeta": zeta[at],
                    "delta": delta[at],
                    "p": p[at],
                    "q": q[at],
                    "dp": spread[order],
                    "df": np.count_nonzero(own[0], axis=0),
                    "number": number,
                }
            )
        )
    frame = pd.concat(blocks) if blocks else _nothing()
    return chosen.table(
        {column: frame[column].to_numpy() for column in _COLUMNS},
        group=frame["number"].to_numpy(dtype=np.int64),
        notes=[
            *_alone(names, empty, chosen.grouped.by_name),
            *undivided(whole, chosen.grouped.by_name),
            *_uneven(dropped, widest),
            *tested.notes(names),
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
    "word", "a", "b", "rate_a", "rate_b", "log_ratio", "log_ratio_low", "log_ratio_high", "ll",
    "g2", "zeta", "delta", "p", "q", "dp", "df",
)  # fmt: skip


def _weighted(a: Floats, b: Floats, rows: Integers, *, prior: float) -> tuple[Floats, Floats]:
    """Delta and zeta of some words."""
    c, d = a.sum(), b.sum()
    share = (a + b)[rows] / (c + d)
    return weighted_log_odds(a[rows], b[rows], c, d, alpha=prior * share, every=prior)


def _compared(a: Floats, b: Floats, rows: Integers) -> dict[str, NDArray[Any]]:
    """Counts, rates and measures of some words."""
    c, d = a.sum(), b.sum()
    a, b = a[rows], b[rows]
    return {
        "a": a.astype(np.int64),
        "b": b.astype(np.int64),
        "rate_a": 1000 * a / c,
        "rate_b": 1000 * b / d,
        "log_ratio": log_ratio(a, b, c, d),
        "ll": log_likelihood(a, b, c, d),
        "g2": g2(a, a + b, c, c + d),
    }


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
