"""Agreement of coders on units, beyond chance."""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]]) -> float:
    """Krippendorff's α for nominal codes; each unit holds what each coder gave, None for nothing.

    1 is perfect agreement, 0 what chance would give. Units with fewer than two
    codes say nothing and are left out. nan when only one code was ever given:
    agreement on what never varies cannot be told from chance.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, part B:

    >>> a, b = "aabbdcccedda", "babbbccceddd"
    >>> round(krippendorff_alpha(list(zip(a, b, strict=True))), 3)
    0.692
    """
    within = 0.0
    totals: Counter[Hashable] = Counter()
    for unit in units:
        given = [code for code in unit if code is not None]
        if len(given) < 2:
            continue
        counts = Counter(given)
        totals.update(counts)
        pairs_apart = len(given) ** 2 - sum(n * n for n in counts.values())
        within += pairs_apart / (len(given) - 1)
    n = sum(totals.values())
    between = n * n - sum(count * count for count in totals.values())
    if not between:
        return float("nan")
    return 1 - (n - 1) * within / between


def alpha_of_two(
    both: ArrayLike, first_only: ArrayLike, second_only: ArrayLike, neither: ArrayLike
) -> NDArray[np.float64]:
    """Krippendorff's α of two coders on one code, from the numbers of units; arrays at once.

    Krippendorff (2004), p. 224: ten units, α .095.

    >>> round(float(alpha_of_two(1, 1, 3, 5)), 3)
    0.095
    """
    a, b, c, d = (np.asarray(x, dtype=np.float64) for x in (both, first_only, second_only, neither))
    given = 2 * a + b + c  # how often the code was given, by either
    n = 2 * (a + b + c + d)
    expected = given * (n - given)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = 1 - (n - 1) * (b + c) / expected
    return np.where(expected > 0, alpha, np.nan)
