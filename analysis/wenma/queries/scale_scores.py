"""Codings of an ordinal scale become scores: of units, and of documents."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.records import Scale
from wenma.statistics.arrays import Floats, Integers


@dataclass(frozen=True)
class UnitScores:
    """The units that have a score: of each its case, its number (-1 a free span), its score.

    `seat` tells coders apart where several are compared; else it is 0 throughout.
    """

    case: Integers
    unit: Integers
    score: Floats
    seat: Integers

    def only(self, kept: NDArray[np.bool_]) -> "UnitScores":
        """Some of the units."""
        return UnitScores(self.case[kept], self.unit[kept], self.score[kept], self.seat[kept])


def checked_scales(data: Dataset) -> tuple[Scale, ...]:
    """The scales of the codebook; QueryError when it has none."""
    if not data.scales:
        raise QueryError(
            "the codebook of these codings has no scale",
            cure="Code the documents with codebooks/policy_strength.yaml, or add 'scale: ordinal' "
            "to a code of yours and scores to those under it (docs/codebook.md)",
            zh="这些编码的编码本没有量表。请用 codebooks/policy_strength.yaml 编码，"
            "或给编码加 scale: ordinal、给其下级加 score（见 docs/codebook.md）。",
        )
    return data.scales


def unit_scores(grouped: Grouped, scale: Scale, *, seats: Integers | None = None) -> UnitScores:
    """The score of each unit that has a point of the scale: its highest.

    A free span is a unit of its own. What lies under a point counts as the point; the scale
    itself, given without a point, has no score. `seats` has the coder of each coding.
    """
    tree = grouped.tree
    score_of_code = np.full(len(tree.paths), np.nan)
    for path, score in scale.points:
        if path in tree.at:
            score_of_code[tree.below(path)] = score
    given = score_of_code[grouped.code]
    kept = np.flatnonzero(~np.isnan(given))
    seat = np.zeros(len(given), dtype=np.int64) if seats is None else seats
    unit, passage = grouped.unit[kept], grouped.passage[kept]
    keys = np.stack([seat[kept], grouped.case[kept], unit, np.where(unit < 0, passage, -1)])
    distinct, at = np.unique(keys, axis=1, return_inverse=True)
    highest = np.full(distinct.shape[1], -np.inf)
    np.maximum.at(highest, at.ravel(), given[kept])
    return UnitScores(distinct[1], distinct[2], highest, distinct[0])


def case_scores(scored: UnitScores, scale: Scale, cases: int) -> Floats:
    """The score of each case: the highest, the mean or the sum of its units' scores.

    nan where it has none: `absent` is put in its place by who knows what could be judged.
    """
    many = np.bincount(scored.case, minlength=cases)
    if scale.scoring.several == "highest":
        found = np.full(cases, -np.inf)
        np.maximum.at(found, scored.case, scored.score)
    else:
        found = np.bincount(scored.case, weights=scored.score, minlength=cases)
        if scale.scoring.several == "mean":
            found = found / np.maximum(many, 1)
    return np.where(many > 0, found, np.nan)
