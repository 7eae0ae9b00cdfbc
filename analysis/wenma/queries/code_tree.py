"""The codes of a codebook as numbers, parents before children."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wenma.errors import QueryError
from wenma.queries.table import nearest
from wenma.statistics.arrays import Integers


@dataclass(frozen=True)
class CodeTree:
    """The codes, parents before children; `paths` in the order of the codebook."""

    paths: tuple[str, ...]

    @cached_property
    def at(self) -> dict[str, int]:
        """The number of each code."""
        return {path: number for number, path in enumerate(self.paths)}

    @cached_property
    def dimension(self) -> Integers:
        """For each code, the number of its dimension (the first step of its path)."""
        return _integers(self.at[path.partition("/")[0]] for path in self.paths)

    @cached_property
    def flat(self) -> Integers:
        """Codes at the top with none under them: where there are several, one dimension."""
        parents = {path.partition("/")[0] for path in self.paths if "/" in path}
        flat = [n for n, path in enumerate(self.paths) if "/" not in path and path not in parents]
        return np.array(flat, dtype=np.int64)

    def of_dimension(self, summed: Integers) -> Integers:
        """What each code's dimension has, from what each code and those under it have.

        `summed` is groups by codes. Flat codes have no dimension above them: theirs is all of
        them, so that their shares are not 100 percent each.

        >>> CodeTree(("a", "b", "c", "c/d")).of_dimension(np.array([[1, 3, 5, 5]])).tolist()
        [[4, 4, 5, 5]]
        """
        whole = summed[:, self.dimension]
        if len(self.flat) > 1:
            whole[:, self.flat] = summed[:, self.flat].sum(axis=1, keepdims=True)
        return whole

    def compared(self) -> tuple[str, Integers]:
        """The codes that are compared when none are named: those under the first dimension that
        has some, or the flat ones; and what a basis calls them.

        >>> CodeTree(("x", "stage", "stage/resist")).compared()[0]
        'stage'
        >>> CodeTree(("a", "b")).compared()[0]
        'all codes'
        """
        for dimension in self.dimensions:
            if children := self.children(dimension):
                return dimension, np.array(children, dtype=np.int64)
        return "all codes", self.flat

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The codes at the top of the tree."""
        return tuple(path for path in self.paths if "/" not in path)

    @cached_property
    def lowest(self) -> Integers:
        """The codes with none under them.

        >>> CodeTree(("stage", "stage/resist", "form")).lowest.tolist()
        [1, 2]
        """
        parents = {path.rpartition("/")[0] for path in self.paths}
        return _integers(n for n, path in enumerate(self.paths) if path not in parents)

    def below(self, path: str) -> list[int]:
        """The numbers of a code and of all codes under it."""
        self.check(path)
        return [
            number
            for number, other in enumerate(self.paths)
            if other == path or other.startswith(f"{path}/")
        ]

    def children(self, path: str) -> list[int]:
        """The numbers of the codes directly under a code."""
        self.check(path)
        return [n for n, other in enumerate(self.paths) if other.rpartition("/")[0] == path]

    def parts(self, path: str) -> Integers:
        """The numbers of the codes directly under a code; QueryError when there are none."""
        if children := self.children(path):
            return np.array(children, dtype=np.int64)
        parents = dict.fromkeys(code.rpartition("/")[0] for code in self.paths if "/" in code)
        raise QueryError(
            f'the code "{path}" has no codes under it to make rows or columns of',
            cure=nearest(path, parents),
            zh=f"编码“{path}”之下没有编码，不能作行或列。",
        )

    def check(self, path: str) -> None:
        """QueryError when there is no such code."""
        if path not in self.at:
            raise QueryError(
                f'there is no code "{path}"',
                cure=nearest(path, self.paths),
                zh=f"没有编码“{path}”。",
            )

    def lineage(self, codes: Integers) -> tuple[Integers, Integers]:
        """Each code with each code above it, itself included.

        Returns two arrays of one length: positions in `codes`, and the number
        of the code or of one above it.
        """
        above = [[self.at[step] for step in _steps(path)] for path in self.paths]
        depth = _integers(map(len, above))
        flat = _integers(number for numbers in above for number in numbers)
        first = np.cumsum(depth) - depth
        times = depth[codes]
        position = np.repeat(np.arange(len(codes)), times)
        within = np.arange(len(position)) - np.repeat(np.cumsum(times) - times, times)
        return position, flat[first[codes][position] + within]


def code_tree(paths: Iterable[str]) -> CodeTree:
    """The tree of these paths; a code above one of them that is not named is put before it."""
    seen: dict[str, None] = {}
    for path in paths:
        seen.update(dict.fromkeys(_steps(str(path))))
    return CodeTree(tuple(seen))


def _steps(path: str) -> Iterator[str]:
    """The codes from the dimension down to the code itself."""
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)
    yield path


def _integers(numbers: Iterable[int]) -> Integers:
    return np.fromiter(numbers, dtype=np.int64)
