"""Units to be coded by people: drawn so that rare codes, every city and every part are seen."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from wenma.statistics.allocation import stratified_sample

SEED = 1
"""The seed unless another is named: the same units for the same study."""

UNCODED = ""
"""The stratum of units no rule coded."""


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


def task_units(
    units: pd.DataFrame,
    codings: pd.DataFrame,
    documents: pd.DataFrame,
    size: int,
    *,
    everywhere: Collection[str] = (),
    seed: int = SEED,
) -> DrawnUnits:
    """Units for people to code blind, by city, part of the plan and predicted code.

    Headings are not drawn, and no unit is drawn for a code that stands `everywhere`. Such
    a sample is for agreement and validity: its rates are not those of the corpus.
    """
    body = units[units["kind"] != "heading"].reset_index(drop=True)
    # A document split into cases has several rows, its own first.
    cities = documents.drop_duplicates("document").set_index("document")["city"]
    body["city"] = body["document"].map(cities).fillna("")
    body["predicted"] = predicted(body, codings[~codings["code"].isin(everywhere)])
    # The code first: a rare one gets as many as a frequent one, and within a code each
    # city and each part its even share.
    names = ["predicted", "city", "role"]
    strata = [pd.factorize(body[name], sort=True)[0] for name in names]
    positions = stratified_sample(strata, size, seed=seed)
    drawn = body.iloc[positions]
    # Of each stratum, how many were drawn of how many: the chance each of its units had.
    whole = body.groupby(names)["unit"].transform("size").iloc[positions].to_numpy(dtype=float)
    chosen = drawn.groupby(names)["unit"].transform("size").to_numpy(dtype=float)
    return DrawnUnits(
        tuple(zip(map(str, drawn["document"]), map(int, drawn["unit"]), strict=True)),
        drawn["predicted"].nunique(),
        drawn["city"].nunique(),
        drawn["role"].nunique(),
        tuple((chosen / whole).tolist()),
    )
