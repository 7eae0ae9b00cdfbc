"""Units to be coded by people, drawn so that what they find can be told of all units."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wenma.statistics.allocation import halved_allocation, systematic_sample

SEED = 1
"""The seed unless another is named: the same units for the same study."""

UNCODED = ""
"""The stratum of units no rule coded."""
OUTSIDE = "(outside)"
"""The stratum of units no rule coded that are not in the codebook's scope."""


def predicted(units: pd.DataFrame, codings: pd.DataFrame) -> pd.Series:
    """For each unit the rarest of the codes rules gave it; `UNCODED` where there is none.

    `units` and `codings` have `document` and `unit`, `codings` also `code`.
    """
    often = codings["code"].value_counts()
    rare = codings.assign(often=codings["code"].map(often)).sort_values("often", kind="stable")
    first = rare.drop_duplicates(["document", "unit"]).set_index(["document", "unit"])["code"]
    keys = pd.MultiIndex.from_frame(units[["document", "unit"]])
    return pd.Series(first.reindex(keys).fillna(UNCODED).to_numpy(), index=units.index)


@dataclass(frozen=True)
class DrawnUnits:
    """The units of a task, and how many predicted codes, cities and parts of plans they show."""

    chosen: tuple[tuple[str, int], ...]
    codes: int
    cities: int
    roles: int
    chances: tuple[float, ...] = ()
    """Probability with which each was drawn: of its stratum, the share that was."""


def designed_sample(
    units: pd.DataFrame,
    codings: pd.DataFrame,
    documents: pd.DataFrame,
    size: int,
    *,
    scope: pd.DataFrame | None = None,
    everywhere: Collection[str] = (),
    codes: Collection[str] = (),
    by: Sequence[str] = (),
    even: bool = False,
    seed: int = SEED,
) -> DrawnUnits:
    """Units for people to code blind: half of what rules coded, half of what they did not.

    The coded half is drawn over the codes (of `codes`, where some are named) by the root of how
    often each stands, or `even`ly; the silent half from units in `scope`, a quarter of it from
    out of scope; each as evenly over the values of the attributes `by`. Within each of these
    strata the units are spread over cities and parts of plans. Headings are not drawn, and no
    unit is drawn for a code that stands `everywhere`. They come in a random order, so that
    whoever stops half-way has a sample too.
    """
    body = units[units["kind"] != "heading"].reset_index(drop=True)
    body = body.join(_attributes(body, documents, by))
    looked = codings[~codings["code"].isin(everywhere)]
    if codes:
        looked = looked[looked["code"].isin(codes)]
    body["predicted"] = predicted(body, looked)
    if scope is not None:
        body.loc[(body["predicted"] == UNCODED) & ~_inside(body, scope), "predicted"] = OUTSIDE
    coded = ~body["predicted"].isin([UNCODED, OUTSIDE])
    names = ["predicted", *[f"by {name}" for name in by]]
    # Where not every stratum can give one, all that is coded is one stratum.
    if size // 2 < body[coded].groupby(names).ngroups:
        body["predicted"] = body["predicted"].where(~coded, "(coded)")
    random = np.random.default_rng(seed)
    # Within a stratum, what stands side by side is alike: even steps spread over all of it.
    body = body.sort_values(["city", "role", "document", "unit"], kind="stable")
    strata = [rows for _, rows in body.groupby(names, sort=True)]
    parts, chances = [], []
    for rows, take in zip(strata, _takes(strata, size, random, even=even), strict=True):
        parts.append(rows.iloc[systematic_sample(len(rows), take, random)])
        chances += [take / len(rows)] * take
    drawn = pd.concat(parts) if parts else body[:0]
    order = random.permutation(len(drawn))
    drawn, chance = drawn.iloc[order], np.array(chances)[order]
    return DrawnUnits(
        tuple(zip(map(str, drawn["document"]), map(int, drawn["unit"]), strict=True)),
        drawn["predicted"].nunique(),
        drawn["city"].nunique(),
        drawn["role"].nunique(),
        tuple(chance.tolist()),
    )


def _takes(
    strata: Sequence[pd.DataFrame], size: int, random: np.random.Generator, *, even: bool
) -> list[int]:
    """How many to draw of each stratum: of coded ones, silent ones in scope, and out of it."""
    sides = [{UNCODED: 1, OUTSIDE: 2}.get(str(rows["predicted"].iloc[0]), 0) for rows in strata]
    coded, silent, outside = (
        [len(rows) for rows, one in zip(strata, sides, strict=True) if one == side]
        for side in (0, 1, 2)
    )
    left = [
        iter(takes) for takes in halved_allocation(coded, silent, outside, size, random, even=even)
    ]
    return [next(left[side]) for side in sides]


def _attributes(units: pd.DataFrame, documents: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Of each unit the city of its document, and what it states of `by`; "" for nothing."""
    # A document split into cases has several rows, its own first.
    stated = documents.drop_duplicates("document").set_index("document")
    columns = {"city": "city", **{f"by {name}": name for name in by}}
    return pd.DataFrame(
        {
            new: units["document"].map(stated[name]).fillna("").astype(str)
            if name in stated
            else ""
            for new, name in columns.items()
        },
        index=units.index,
    )


def _inside(units: pd.DataFrame, scope: pd.DataFrame) -> "pd.Series[bool]":
    keys = pd.MultiIndex.from_frame(scope[["document", "unit"]])
    inside = pd.MultiIndex.from_frame(units[["document", "unit"]]).isin(keys)
    return pd.Series(inside, index=units.index)
