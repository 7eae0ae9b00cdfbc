"""How far coders agree on all codes together, and on each dimension."""

from collections.abc import Sequence
from math import nan
from typing import Annotated, Any

import numpy as np

from wenma.queries.compared_coders import compared_coders
from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.reliability_data import ReliabilityData, Size
from wenma.queries.span_alphas import alphas_of_all
from wenma.queries.table import Note, Table
from wenma.statistics.agreement_coefficients import composite_reliability
from wenma.statistics.arrays import Floats
from wenma.statistics.pooled_agreement import pooled_agreement, pooled_alpha_interval

EVERY, ONE = "all codes", "dimension"
"""What a row is of."""

_COLUMNS = (
    "over code pooled compared agreed holsti composite kappa pi ac1 alpha alpha_low alpha_high "
    "lowest_alpha lowest_code u_alpha marked_alpha cu_alpha"
).split()


def overall_agreement(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    coders: Annotated[Sequence[str], "the coders to compare; all"] = (),
    size: Annotated[Size, "what is compared"] = "unit",
) -> Table:
    """How far coders agree on all codes together, and on each dimension.

    A row for each dimension and one for all codes (in each group). Pooled are the lowest codes
    that one coder gave at least: each is a yes or no for every unit. Columns:

    over, code   dimension and which, or all codes
    pooled       codes that are pooled
    compared     units, paragraphs or characters
    agreed       per cent on which pairs of coders agree, the mean of the codes
    holsti, composite  2ΣM / Σ(N₁ + N₂) of all codes, mean of the pairs; Holsti's of all coders
    kappa, pi, ac1     from the sums of what is observed and expected (De Vries and others 2008)
    alpha        1 − ΣD_o / ΣD_e, with the 95 % interval of a jackknife over documents
    lowest_alpha, lowest_code  the code with the lowest α of its own, which a mean would hide
    u_alpha, marked_alpha, cu_alpha  _uα, |_uα and _cuα of the spans with the sets of these codes
    """
    asked = compared_coders(
        data, "overall_agreement", by=by, headings=headings, coders=coders, size=size
    )
    grouped = asked.kept.grouped
    rows = []
    if asked.ground is not None:
        counts = _Counts(asked.ground)
        for over, path, codes in _parts(asked.ground):
            spans = list(alphas_of_all(asked.ground, codes))
            for group in range(len(grouped.groups)):
                found = counts.row(codes, group)
                family = spans[group]
                on_spans = (family.all, family.marked, family.coded) if family else (nan,) * 3
                names = ("u_alpha", "marked_alpha", "cu_alpha")
                rows.append(
                    {
                        "group": group,
                        "over": over,
                        "code": path,
                        **found,
                        **dict(zip(names, on_spans, strict=True)),
                    }
                )
    rows.sort(key=lambda row: row["group"])
    notes = [_POOLED, _WITHOUT, *([_MORE] if len(asked.coders) > 2 else [])] if rows else []
    return grouped.table(
        {name: np.array([row[name] for row in rows], dtype=_kind(name)) for name in _COLUMNS},
        group=np.array([row["group"] for row in rows], dtype=np.int64),
        notes=[*asked.notes, *notes],
        basis=asked.basis,
    )


def _kind(name: str) -> Any:
    if name in ("over", "code", "lowest_code"):
        return object
    return np.int64 if name in ("pooled", "compared") else np.float64


def _parts(ground: ReliabilityData) -> list[tuple[str, str, list[int]]]:
    """Each dimension with codes under it and all of them: what, its path, its lowest codes."""
    tree = ground.tree
    lowest = tree.lowest.tolist()
    found = []
    for path in tree.dimensions:
        codes = [one for one in lowest if tree.paths[one].startswith(f"{path}/")]
        found += [(ONE, path, codes)] * bool(codes)
    return [*found, (EVERY, "", lowest)]


class _Counts:
    """Who gave which code to how many units of each document of a group."""

    def __init__(self, ground: ReliabilityData) -> None:
        self.ground = ground
        self.block = ground.file
        self.group_of, _ = ground.files
        self.units = np.bincount(
            self.block, weights=ground.weight, minlength=len(self.group_of)
        ).astype(np.float64)
        self.known: dict[int, tuple[Floats, Floats]] = {}

    def row(self, codes: Sequence[int], group: int) -> dict[str, Any]:
        mine = self.group_of == group
        units, coders = self.units[mine], len(self.ground.coders)
        coded = [self._of(code) for code in codes]
        shape = (len(codes), int(mine.sum()))
        every = np.array([both[mine] for both, _ in coded]).reshape(*shape, coders, coders)
        apart = np.array([differing[mine] for _, differing in coded]).reshape(shape)
        often = np.einsum("cdii->cd", every)
        both = every.sum(axis=1)
        given = np.flatnonzero(often.sum(axis=1) > 0)
        found = pooled_agreement(both[given], apart[given].sum(axis=1), units.sum())
        low, high = nan, nan
        if len(given):
            low, high = pooled_alpha_interval(apart[given].T, often[given].T, coders * units)
        alphas = [
            pooled_agreement(both[[one]], apart[[one]].sum(axis=1), units.sum()).alpha
            for one in given
        ]
        known = [at for at, alpha in enumerate(alphas) if alpha == alpha]
        worst = min(known, key=lambda at: alphas[at], default=None)
        paths = self.ground.tree.paths
        return {
            "pooled": len(given),
            "compared": int(units.sum()),
            "agreed": 100 * found.agreed,
            "holsti": found.holsti,
            "composite": composite_reliability(found.holsti, coders),
            "kappa": found.kappa,
            "pi": found.pi,
            "ac1": found.ac1,
            "alpha": found.alpha,
            "alpha_low": low,
            "alpha_high": high,
            "lowest_alpha": nan if worst is None else alphas[worst],
            "lowest_code": "" if worst is None else paths[codes[int(given[worst])]],
        }

    def _of(self, code: int) -> tuple[Floats, Floats]:
        """Of a code in each document: coders by coders, units with it by both; and how far
        coders differ, Σ m₁ (m − m₁) / (m − 1)."""
        if code not in self.known:
            place, coder = self.ground.placed(code)
            coders = len(self.ground.coders)
            places, at = np.unique(place, return_inverse=True)
            has = np.zeros((len(places), coders))
            has[at, coder] = 1
            weight, block = self.ground.weight[places].astype(np.float64), self.block[places]
            blocks = len(self.units)
            both = np.zeros((blocks, coders, coders))
            np.add.at(both, block, weight[:, None, None] * has[:, :, None] * has[:, None, :])
            often = has.sum(axis=1)
            differing = weight * often * (coders - often) / (coders - 1)
            apart = np.bincount(block, weights=differing, minlength=blocks)
            self.known[code] = both, apart.astype(np.float64)
        return self.known[code]


_POOLED = Note(
    "Pooled are the lowest codes somebody gave, each a yes or no for every unit: sums of what is "
    "observed by sums of what chance would give. A mean hides codes that fail: report each code "
    "(agreement), and the lowest.",
    zh="合并计算有人使用的最低一级编码，每个单元对每个编码各作一次“有／无”判断：观察值之和与随机期望之和"
    "相比。总体系数会掩盖不合格的编码：请同时报告逐编码信度（agreement）与最低者。",
)
_WITHOUT = Note(
    "α's 95 % interval leaves out each document in turn (jackknife, t, on Fisher's scale); it is "
    "empty for fewer than three documents, and where no two coders differ. _uα, |_uα and _cuα "
    "compare spans by the set of all these codes.",
    zh="α 的 95% 区间为逐一去除文件的刀切法（Fisher 变换，t 分布）；"
    "不足三份文件或编码者毫无分歧时留空。"
    "uα、|uα 与 cuα 按选段上这些编码的集合比较。",
)
_MORE = Note(
    "κ is Fleiss' κ, of more than two coders; π is the same.",
    zh="编码者多于两人：κ 为 Fleiss κ，π 与之相同。",
)
