"""Units to be coded by people: drawn so that rare codes, every city and every part are seen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

SEED = 1
"""Of the random order, unless another is named: the same units for the same study."""

NONE = ""
"""The stratum of units no rule coded."""


def predicted(units: pd.DataFrame, codings: pd.DataFrame) -> pd.Series:
    """For each unit the rarest of the codes rules gave it; `NONE` where there is none.

    `units` and `codings` have `document` and `unit`, `codings` also `code`.
    """
    often = codings["code"].value_counts()
    rare = codings.assign(often=codings["code"].map(often)).sort_values("often", kind="stable")
    first = rare.drop_duplicates(["document", "unit"]).set_index(["document", "unit"])["code"]
    keys = pd.MultiIndex.from_frame(units[["document", "unit"]])
    return pd.Series(first.reindex(keys).fillna(NONE).to_numpy(), index=units.index)


@dataclass(frozen=True)
class Drawn:
    """The units of a task, and how many predicted codes, cities and parts of plans they show."""

    chosen: tuple[tuple[str, int], ...]
    codes: int
    cities: int
    roles: int
    chances: tuple[float, ...] = ()
    """Probability with which each was drawn: of its stratum, the share that was."""


def task_units(
    units: pd.DataFrame,
    codings: pd.DataFrame,
    documents: pd.DataFrame,
    size: int,
    *,
    everywhere: Collection[str] = (),
    seed: int = SEED,
) -> Drawn:
    """Units for people to code blind: city × part of the plan × predicted code, headings out.

    Codes that stand `everywhere` predict nothing: no unit is drawn for them.
    """
    body = units[units["kind"] != "heading"].reset_index(drop=True)
    cities = documents.set_index("document")["city"]
    body["city"] = body["document"].map(cities).fillna("")
    body["predicted"] = predicted(body, codings[~codings["code"].isin(everywhere)])
    drawn = stratified(body, ["role", "city", "predicted"], size, seed=seed)
    strata = ["role", "city", "predicted"]
    inside = body.groupby(strata)["unit"].transform("size")
    chosen = drawn.groupby(strata)["unit"].transform("size")
    there = body.assign(inside=inside).drop_duplicates(strata).set_index(strata)["inside"]
    whole = there.reindex(list(drawn[strata].itertuples(index=False, name=None)))
    return Drawn(
        tuple(zip(map(str, drawn["document"]), map(int, drawn["unit"]), strict=True)),
        drawn["predicted"].nunique(),
        drawn["city"].nunique(),
        drawn["role"].nunique(),
        tuple((chosen.to_numpy(dtype=float) / whole.to_numpy(dtype=float)).tolist()),
    )


def stratified(units: pd.DataFrame, by: Sequence[str], size: int, *, seed: int) -> pd.DataFrame:
    """`size` of the units, as evenly over the strata as these have units to give.

    Strata are what `by` names (the last first: a code that is rare gets as many as one
    that is frequent, and within a code each city and part its even share). The rows come
    in a random order, so that who stops half-way has a sample too. A sample drawn so is
    for agreement and validity: its rates are not the corpus's.

    >>> frame = pd.DataFrame({"code": ["a"] * 90 + ["b"] * 10})
    >>> sorted(stratified(frame, ["code"], 12, seed=1)["code"].value_counts().to_dict().items())
    [('a', 6), ('b', 6)]
    """
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(units))
    shuffled = units.iloc[order]
    chosen = _spread(shuffled, list(reversed(by)), min(size, len(units)), rng)
    rows = units.loc[chosen]
    return rows.iloc[rng.permutation(len(rows))].reset_index(drop=True)


def _spread(
    units: pd.DataFrame, by: Sequence[str], size: int, rng: np.random.Generator
) -> list[object]:
    """Labels of `size` rows, evenly over the values of the first column, and so on below."""
    if not by:
        return list(units.index[:size])
    groups = [group for _, group in units.groupby(by[0], sort=True)]
    quota = even([len(group) for group in groups], size, rng)
    return [
        label
        for group, share in zip(groups, quota, strict=True)
        for label in _spread(group, by[1:], share, rng)
    ]


def even(capacities: Sequence[int], size: int, rng: np.random.Generator) -> list[int]:
    """So many from each that they add up to `size`, none gives more than it has.

    Each round everyone who has any left gives one; the last round is drawn by lot.

    >>> even([10, 2, 10], 12, np.random.default_rng(0))
    [5, 2, 5]
    """
    shares = [0] * len(capacities)
    left = min(size, sum(capacities))
    while left:
        open_ones = [at for at, most in enumerate(capacities) if shares[at] < most]
        if left < len(open_ones):
            open_ones = [int(at) for at in rng.choice(open_ones, size=left, replace=False)]
        for at in open_ones:
            shares[at] += 1
        left -= len(open_ones)
    return shares
