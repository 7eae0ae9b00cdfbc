"""Documents as the sample of a question about words: what each has, and what it tells of others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from wenma.queries.grouped import first_few
from wenma.queries.table import Note
from wenma.queries.tokens import WordCounts
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.rate_permutation import STAGES, RateTest, rate_difference_test


@dataclass(frozen=True)
class TestedWords:
    """p of the groups that could be tested, and of those whose side has one document, why not."""

    groups: Sequence[int]
    words: Integers
    test: RateTest
    alone: Sequence[int]

    def p_of(self, group: int, words: Integers) -> Floats:
        """p of these words of a group, nan where nothing is tested."""
        if group not in self.groups:
            return np.full(len(words), np.nan)
        found = np.full(int(max(self.words.max(initial=0), words.max(initial=0))) + 1, np.nan)
        found[self.words] = self.test.p[self.groups.index(group)]
        return found[words]

    def notes(self, names: tuple[str, ...]) -> list[Note]:
        """How it was tested, what the sample was, and where there is none."""
        notes = []
        if self.groups:
            some = [
                ways for ways, all_ in zip(self.test.ways, self.test.exact, strict=True) if all_
            ]
            dealt, zh_dealt = (
                (f"all {some[0]:,} ways", f"全部 {some[0]:,} 种方式")
                if len(some) == len(self.groups) == 1
                else (
                    f"{STAGES[0]:,} random ways, up to {STAGES[-1]:,} where p is small; all of "
                    "fewer",
                    f"随机 {STAGES[0]:,} 种方式，p 小时增至 {STAGES[-1]:,} 种；不足时取全部方式",
                )
            )
            notes.append(
                Note(
                    "p and q: would other documents differ? The sample is documents: whole ones "
                    f"are dealt to the two sides anew ({dealt}). ll and g2 take words as "
                    "independent draws and test nothing.",
                    zh=f"p、q：推及其他文件。样本是文件：把整份文件重新分派到两侧（{zh_dealt}）。"
                    "LL 与 G² 以词为独立抽样，只作排序，不作检验。",
                )
            )
        if self.alone:
            single = [names[number] for number in self.alone]
            notes.append(
                Note(
                    f"One document alone on a side: {first_few(single)}. Whether other documents "
                    "would differ cannot be told from it: p, q and the interval are empty.",
                    zh=f"一侧只有一份文件：{first_few(single)}。无法推断其他文件是否也如此，"
                    "p、q 与区间留空。",
                )
            )
        return notes


class SampledDocuments:
    """Words by documents; a document that lies in two groups is one of each."""

    def __init__(self, files: WordCounts, against: int | None) -> None:
        self.hits = csr_array(files.hits.T)
        self.sizes, self.group, self.against = files.sizes, files.group, against

    def sides(self, group: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """The documents of a group, and those it is set against."""
        own = self.group == group
        return own, ~own if self.against is None else self.group == self.against

    def of(
        self, group: int, words: Integers
    ) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Documents by these words, and all words of each document, of both sides."""
        table = self.hits[:, words]
        own, rest = (
            (table[np.flatnonzero(side)].toarray(), self.sizes[side]) for side in self.sides(group)
        )
        return own, rest

    def test(self, groups: Sequence[int], admitted: NDArray[np.bool_], fewest: int) -> TestedWords:
        """Test each group's words against those of its other side."""
        sides = {number: self.sides(number) for number in groups}
        alone = [n for n, both in sides.items() if any(side.sum() == 1 for side in both)]
        able = [n for n, both in sides.items() if all(side.sum() > 1 for side in both)]
        inside = np.flatnonzero(np.any(sides[able[0]], axis=0)) if able else np.zeros(0, np.int64)
        table = self.hits[inside]
        total = np.asarray(table.sum(axis=0)).ravel()
        words = np.flatnonzero(admitted & (total >= fewest))
        own = np.array([sides[n][0][inside] for n in able], dtype=bool).reshape(
            len(able), len(inside)
        )
        test = rate_difference_test(table[:, words], self.sizes[inside], own)
        return TestedWords(able, words, test, alone)
