"""Five ways to see plans side by side: what each makes of the groups' shares."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from wenma.queries.group_profiles import GroupProfiles, lone_group_note
from wenma.queries.group_tests import tested_pairs, tested_profiles
from wenma.queries.grouped import first_few
from wenma.queries.table import Note
from wenma.queries.tokens import tokens
from wenma.queries.unit_texts import UnitTexts
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.association import dice, jaccard
from wenma.statistics.correspondence import NOTHING, correspondence
from wenma.statistics.similarity import cosine_similarity, jensen_shannon, pearson_correlation

CityView = Literal["pairs", "profile", "tree", "map", "components"]


def _pairs(sides: GroupProfiles) -> tuple[dict[str, object], list[Note]]:
    left, right = _couples(sides)
    shares, used = sides.shares, (sides.counts > 0).astype(np.int64)
    both, sets = (used @ used.T)[left, right], used.sum(axis=1)
    correlated = pearson_correlation(shares)[left, right]
    tests, told = tested_pairs(sides, left, right)
    notes = []
    if len(left) and len(sides.codes) == 2:
        notes.append(
            Note(
                "With two codes Pearson's r can only be 1 or -1.",
                zh="只比较两个编码时，Pearson r 只能是 1 或 −1。",
            )
        )
    elif _even(shares):
        notes.append(
            Note(
                "Pearson's r is not defined and left empty for a group that gives all codes the "
                "same share.",
                zh="某组各编码占比完全相同时，Pearson r 无定义，留空。",
            )
        )
    return {
        **sides.named(left),
        **sides.named(right, "_b"),
        "similarity": 1 - jensen_shannon(shares)[left, right],
        "cosine": cosine_similarity(shares)[left, right],
        "pearson": correlated,
        "jaccard": jaccard(both, sets[left], sets[right]),
        "dice": dice(both, sets[left], sets[right]),
        **tests,
    }, [*notes, *lone_group_note(len(sides.names)), *told]


def _profile(sides: GroupProfiles) -> tuple[dict[str, object], list[Note]]:
    group, code = (axis.ravel() for axis in np.indices(sides.counts.shape))
    shares = sides.shares
    there = ~np.isnan(shares).any(axis=1)
    others = there.sum() - there
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = np.nansum(shares, axis=0) - np.nan_to_num(shares)
        mean = np.where(others[:, None] > 0, rest / others[:, None], np.nan)
        rate = np.where(
            sides.countable[:, None] > 0, 1000 * sides.counts / sides.countable[:, None], np.nan
        )
    notes = list(lone_group_note(int(there.sum())))
    if np.isnan(rate).any():
        empty = [str(one) for one in sides.names[np.isnan(rate).any(axis=1)]]
        notes.append(
            Note(
                f"No Han characters to count in {first_few(empty)}: the rate is empty.",
                zh=f"{first_few(empty)}：没有可计的汉字，每千字频次留空。",
            )
        )
    tests, told = tested_profiles(sides)
    return {
        **sides.named(group),
        "code": sides.codes[code],
        "references": sides.counts.ravel(),
        "share": 100 * shares.ravel(),
        "share_of": np.repeat(sides.whole, len(sides.codes)),
        "per_1000": rate.ravel(),
        "difference": 100 * (shares - mean).ravel(),
        **tests,
    }, [*notes, *told]


def _tree(sides: GroupProfiles) -> tuple[dict[str, object], list[Note]]:
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    there = np.flatnonzero(sides.whole > 0)
    names = [*sides.names[there]]
    notes = lone_group_note(len(there))
    steps: NDArray[np.float64] = np.zeros((0, 4))
    if not notes:
        # The root is a metric, the divergence itself is not (Endres & Schindelin 2003).
        distance = np.sqrt(jensen_shannon(sides.shares[there]))
        np.fill_diagonal(distance, 0.0)
        steps = linkage(squareform(distance, checks=False), method="average")
    made = np.array([*names, *(f"#{step}" for step in range(1, len(steps) + 1))], dtype=object)
    return {
        "step": np.arange(1, len(steps) + 1),
        "cluster": made[steps[:, 0].astype(np.int64)],
        "cluster_b": made[steps[:, 1].astype(np.int64)],
        "height": steps[:, 2],
        "size": steps[:, 3].astype(np.int64),
    }, notes


def _map(sides: GroupProfiles) -> tuple[dict[str, object], list[Note]]:
    rows, columns, notes = _comparable(sides)
    kinds = ["group"] * len(rows) + ["code"] * len(columns)
    nothing = {name: np.zeros(0) for name in _POINT}
    if notes:
        return {"name": (), "kind": (), **nothing}, notes
    result = correspondence(sides.counts[np.ix_(rows, columns)])
    points = [result.rows, result.columns]

    def axis(name: str, number: int) -> Floats:
        values = np.concatenate([getattr(one, name) for one in points])
        return values[:, number] if number < values.shape[1] else np.full(len(values), np.nan)

    return {
        "name": np.concatenate([sides.names[rows], sides.codes[columns]]),
        "kind": np.array(kinds, dtype=object),
        "mass": 100 * np.concatenate([one.mass for one in points]),
        "inertia": 100 * np.concatenate([one.inertia for one in points]),
        "x": axis("coordinates", 0),
        "y": axis("coordinates", 1),
        "contribution_x": 100 * axis("contribution", 0),
        "contribution_y": 100 * axis("contribution", 1),
        "cos2_x": axis("cos2", 0),
        "cos2_y": axis("cos2", 1),
    }, _axes(result.shares, inertia=result.total)


_POINT = "mass inertia x y contribution_x contribution_y cos2_x cos2_y".split()


def _components(sides: GroupProfiles) -> tuple[dict[str, object], list[Note]]:
    from sklearn.decomposition import PCA

    rows, columns, notes = _comparable(sides)
    if notes:
        return {"name": (), "kind": (), "x": np.zeros(0), "y": np.zeros(0)}, notes
    shares = sides.shares[np.ix_(rows, columns)]
    result = PCA(n_components=min(2, len(rows) - 1, len(columns)), svd_solver="full").fit(shares)
    # Shares add up to 1, so that the last component of two codes is only rounding.
    real = result.explained_variance_ > NOTHING
    both = np.concatenate([result.transform(shares), result.components_.T])[:, real]
    return {
        "name": np.concatenate([sides.names[rows], sides.codes[columns]]),
        "kind": np.array(["group"] * len(rows) + ["code"] * len(columns), dtype=object),
        "x": both[:, 0],
        "y": both[:, 1] if both.shape[1] > 1 else np.full(len(both), np.nan),
    }, _axes(result.explained_variance_ratio_[real])


VIEWS: dict[CityView, Callable[[GroupProfiles], tuple[dict[str, object], list[Note]]]] = {
    "pairs": _pairs,
    "profile": _profile,
    "tree": _tree,
    "map": _map,
    "components": _components,
}


def _even(shares: Floats) -> bool:
    """Does any group give all codes the same share?"""
    return bool((np.ptp(shares, axis=1) < NOTHING).any()) if shares.size else False


def _couples(sides: GroupProfiles) -> tuple[Integers, Integers]:
    left, right = np.triu_indices(len(sides.names), k=1)
    return left.astype(np.int64), right.astype(np.int64)


def compare_wording(
    sides: GroupProfiles, chosen_texts: UnitTexts
) -> tuple[dict[str, object], list[Note]]:
    """Similarity and cosine of the words of each pair."""
    running = tokens(chosen_texts)
    cell = sides.cell[chosen_texts.case[running.unit]]
    kept = (cell >= 0) & running.content[running.word]
    counts = csr_array(
        (np.ones(kept.sum(), dtype=np.int64), (cell[kept], running.word[kept])),
        shape=(len(sides.names), max(len(running.vocabulary), 1)),
    ).toarray()
    whole = counts.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        shares = np.where(whole > 0, counts / whole, np.nan)
    left, right = _couples(sides)
    return {
        "word_similarity": 1 - jensen_shannon(shares)[left, right],
        "word_cosine": cosine_similarity(shares)[left, right],
    }, _wordless(sides, whole.ravel())


def _comparable(sides: GroupProfiles) -> tuple[Integers, Integers, list[Note]]:
    """Groups and codes with references, and why there is nothing to draw."""
    rows, columns = (np.flatnonzero(sides.counts.sum(axis=axis) > 0) for axis in (1, 0))
    if notes := lone_group_note(len(rows)):
        return rows, columns, notes
    shares = sides.shares[rows]
    if np.abs(shares - shares[0]).max() < NOTHING:
        return rows, columns, [
            Note(
                "All groups have the same shares: there is nothing to draw.",
                zh="各组占比完全相同，无可作图。",
            )
        ]  # fmt: skip
    return rows, columns, []


def _axes(shares: Floats, inertia: float | None = None) -> list[Note]:
    """What the axes show, and that there is but one."""
    x, y = f"{shares[0]:.1%}", f"{shares[1]:.1%}" if len(shares) > 1 else "0%"
    of_en, of_zh = (
        ("the variance", "方差")
        if inertia is None
        else (f"the total inertia {inertia:.4f}", f"总惯量 {inertia:.4f} ")
    )
    notes = [Note(f"x shows {x}, y {y} of {of_en}.", zh=f"x 轴解释{of_zh}的 {x}，y 轴 {y}。")]
    if len(shares) < 2:
        notes.append(
            Note("One axis shows all there is: y is empty.", zh="一个轴已解释全部差异，y 留空。")
        )
    return notes


def _wordless(sides: GroupProfiles, whole: Integers) -> list[Note]:
    empty = [str(one) for one in sides.names[whole == 0]]
    return [
        Note(
            f"No words in {first_few(empty)}: its words are not compared.",
            zh=f"{first_few(empty)} 没有词语，不作词语比较。",
        )
    ] * bool(empty)
