"""The sides of a cross table: codes, a level of the tree, or the values of attributes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from wenma.errors import QueryError
from wenma.queries.code_tree import CodeTree
from wenma.queries.dataset import Dataset
from wenma.queries.grouping import attributes
from wenma.queries.table import Note, nearest
from wenma.statistics.arrays import Integers

LEVEL = "level:"
"""Before a number, as in level:2: all codes so many steps down."""


@dataclass(frozen=True)
class Side:
    """One side of a cross table: the numbers of its codes, or the attributes it is of."""

    named: tuple[str, ...]
    codes: Integers | None = None

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes whose values are the rows or columns; none where codes are."""
        return self.named if self.codes is None else ()

    def __str__(self) -> str:
        return "; ".join(self.named)


def sides(
    data: Dataset,
    rows: Sequence[str] | str,
    columns: Sequence[str] | str,
    *,
    but: Collection[str] = (),
) -> tuple[Side, Side, tuple[Note, ...]]:
    """Both sides of a table; where one is not named, the largest dimension that is left.

    Largest is the one with most references; codes that are considered whatever a unit is about
    (stances) come last. Dimensions in `but` are not chosen. A note names what was chosen.
    """
    given = [side_of(data, one) if one else None for one in (_listed(rows), _listed(columns))]
    if all(given):
        return given[0], given[1], ()  # type: ignore[return-value]  # none of them is None
    taken = {one.named[0].partition("/")[0] for one in given if one is not None} | {*but}
    left = [one for one in _by_size(data) if one not in taken]
    missing = sum(one is None for one in given)
    if len(left) < missing:
        raise QueryError(
            "the codebook does not have two dimensions with codes under them to cross",
            cure="Say what to cross, as --rows city --columns CODE",
            zh="编码本中没有两个可交叉的维度。请指明行与列，如 --rows city --columns 编码。",
        )
    # Side by side as the codebook has them.
    chosen = sorted(left[:missing], key=data.tree.paths.index)
    found = [side_of(data, (chosen.pop(0),)) if one is None else one for one in given]
    said = ", ".join(str(one) for one, known in zip(found, given, strict=True) if known is None)
    return (
        found[0],
        found[1],
        (
            Note(
                f"Rows and columns that were not named: {said}, the largest of the codebook.",
                zh=f"未指明的行列取编码本中参考点最多的维度：{said}。",
            ),
        ),
    )


def side_of(data: Dataset, named: Sequence[str]) -> Side:
    """The side of a table these words name: codes, level:N, or attributes (crossed).

    A code stands for those directly under it, or for itself where there are none; several
    codes stand for themselves. QueryError for what is neither, and for a mixture.
    """
    tree, known = data.tree, attributes(data.cases)
    if all(one in known and one not in tree.at for one in named):
        return Side(tuple(named))
    if len(named) == 1 and (level := _level(named[0])):
        codes = [n for n, path in enumerate(tree.paths) if path.count("/") == level - 1]
        if codes:
            return Side((named[0],), np.array(codes, dtype=np.int64))
        deepest = 1 + max((path.count("/") for path in tree.paths), default=0)
        raise QueryError(
            f"the codebook has no level {level}",
            cure=f"Its levels are {LEVEL}1 to {LEVEL}{deepest}",
            zh=f"编码本没有第 {level} 级，只有 1 至 {deepest} 级。",
        )
    for one in named:
        if one not in tree.at and one not in known:
            raise QueryError(
                f'there is no code and no attribute "{one}" to cross',
                cure=nearest(one, [*tree.paths, *known]),
                zh=f"没有编码或属性“{one}”可作行列。",
            )
    if stated := [one for one in named if one not in tree.at]:
        code = next(one for one in named if one in tree.at)
        raise QueryError(
            f"{stated[0]} is an attribute and {code} a code",
            cure="Name codes on one side and attributes on the other",
            zh=f"{stated[0]} 是属性，{code} 是编码，不能同列一侧。请一侧写编码，一侧写属性。",
        )
    numbers = [tree.at[one] for one in named]
    under = tree.children(named[0]) if len(named) == 1 else []
    return Side(tuple(named), np.array(under or numbers, dtype=np.int64))


def _listed(named: Sequence[str] | str) -> tuple[str, ...]:
    return tuple(one for one in ([named] if isinstance(named, str) else named) if one)


def _level(word: str) -> int:
    number = word.removeprefix(LEVEL)
    return int(number) if word.startswith(LEVEL) and number.isdecimal() else 0


def _by_size(data: Dataset) -> list[str]:
    """The dimensions with codes under them, the one with most references first."""
    tree: CodeTree = data.tree
    parents = [one for one in tree.dimensions if tree.children(one)]
    dimension = [path.partition("/")[0] for path in data.columns.paths]
    counts = np.bincount(data.columns.code, minlength=len(dimension))
    size = dict.fromkeys(parents, 0)
    for one, number in zip(dimension, counts.tolist(), strict=True):
        if one in size:
            size[one] += number
    late = {path.partition("/")[0] for path in data.everywhere}
    return sorted(parents, key=lambda one: (one in late, -size[one]))
