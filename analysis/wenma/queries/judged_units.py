"""Units drawn by chance and coded by people, beside what the machine made of all units."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.code_tree import CodeTree
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import first_few
from wenma.queries.grouping import By
from wenma.queries.judged_sample import JudgedSample
from wenma.queries.scope import anywhere
from wenma.queries.table import Note
from wenma.queries.unit_texts import UnitTexts, unit_texts
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.judged_cells import JudgedCell, judged_cell

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class JudgedUnits:
    """All countable units with what the machine coded there, and the judged ones among them.

    kind      of each unit: 1 coded with some code, 2 in scope and silent, 3 out of scope
    place     of each judged unit its number among the units
    machine   units by codes, a parent where a code under it stands
    free      of each code, whether it can stand out of scope; `everywhere` counts all there
    """

    units: UnitTexts
    tree: CodeTree
    kind: Integers
    machine: Bools
    free: Bools
    everywhere: bool
    place: Integers
    chance: Floats
    sample: JudgedSample
    given: Bools
    row: Integers
    worth: Floats
    notes: tuple[Note, ...]

    @classmethod
    def of(
        cls, data: Dataset, name: str, *, by: By, headings: bool, everywhere: bool
    ) -> "JudgedUnits":
        """The judged units of a dataset; QueryError where there are none with known chances."""
        units = unit_texts(data, name, by=by, headings=headings)
        sample = data.load_judged()
        if sample is None or not sample.document:
            raise QueryError(
                f"{name} needs units drawn by chance and coded by people, and there are none done",
                cure='Draw some: wenma audit FILE.db --people NAME; code them on the page "Tasks"',
                zh=f"{name} 需要按已知概率抽取并由人编码的单元，目前没有。请先抽取："
                "wenma audit FILE.db --people 姓名，再到“编码任务”页编码。",
            )
        tree = units.grouped.tree
        machine = machine_codes(units)
        place = _places(units, sample)
        inside = place >= 0
        # Readings of units that are still there, numbered anew.
        kept = inside[sample.row]
        new = np.cumsum(inside) - 1
        given = _by_tree(sample, tree)[kept]
        return cls(
            units=units,
            tree=tree,
            kind=unit_kinds(data, units, machine),
            machine=machine,
            free=anywhere(tree, data.everywhere) | (data.scope is None),
            everywhere=everywhere,
            place=place[inside],
            chance=sample.chance[inside],
            sample=sample,
            given=given,
            row=new[sample.row[kept]],
            worth=sample.worth[kept],
            notes=(*units.notes, *_notes(sample, inside), *_never(given, tree, machine)),
        )

    @property
    def groups(self) -> int:
        """How many groups the units are in."""
        return len(self.units.grouped.groups)

    def people_gave(self, codes: Sequence[int]) -> Floats:
        """Of each judged unit the share of people who gave all of these codes."""
        all_of_them = self.given[:, list(codes)].all(axis=1)
        found = np.bincount(self.row, self.worth * all_of_them, minlength=len(self.place))
        return found.astype(np.float64)

    def cells(self, codes: Sequence[int], group: int | None = None) -> list[JudgedCell]:
        """The cells of units the machine gave all of these codes, and of those it did not.

        The first is of what it coded so; then other coded units, silent ones in scope and
        silent ones out of it. A cell of which no unit was judged joins the next in scope.
        Codes that are bound to the scope are counted in it alone, unless `everywhere`.
        """
        coded = self.machine[:, list(codes)].all(axis=1)
        cell = np.where(coded, 0, self.kind)
        if not (self.everywhere or self.free[list(codes)].all()):
            cell = np.where(cell == 3, -1, cell)
        if group is not None:
            cell = np.where(self.units.group == group, cell, -1)
        drawn = cell[self.place]
        if not (drawn == 1).any():
            cell, drawn = np.where(cell == 1, 2, cell), np.where(drawn == 1, 2, drawn)
        elif not (drawn == 2).any():
            cell, drawn = np.where(cell == 2, 1, cell), np.where(drawn == 2, 1, drawn)
        given = self.people_gave(codes)
        return [
            judged_cell(int((cell == one).sum()), given[drawn == one], self.chance[drawn == one])
            for one in range(4)
        ]

    def basis(self) -> dict[str, str]:
        """The sample, for the line under a table."""
        return {
            "task": self.sample.task,
            "judged": f"{len(self.place):,} of {len(self.units.units):,}",
            "judges": "; ".join(self.sample.people),
            "population": "all units"
            if self.everywhere or self.free.all()
            else "where each code can stand",
        }


def machine_codes(units: UnitTexts) -> Bools:
    """Units by codes: which the machine coded with the code, or one under it."""
    grouped = units.grouped
    at = _finder(units)(grouped.document, grouped.unit)
    inside = (at >= 0) & (grouped.unit >= 0)
    position, code = grouped.tree.lineage(grouped.code[inside])
    found = np.zeros((len(units.units), len(grouped.tree.paths)), dtype=bool)
    found[at[inside][position], code] = True
    return found


def unit_kinds(data: Dataset, units: UnitTexts, machine: Bools) -> Integers:
    """1 coded with a code that is bound to the scope, 2 silent and in scope, 3 out of it."""
    tree = units.grouped.tree
    bound = [code for code in tree.lowest.tolist() if tree.paths[code] not in data.everywhere]
    kind = np.full(len(units.units), 2 if data.scope is None else 3, dtype=np.int64)
    if data.scope is not None:
        at = _finder(units)(data.scope.document.astype(np.int64), data.scope.unit.astype(np.int64))
        kind[at[at >= 0]] = 2
    kind[machine[:, bound].any(axis=1)] = 1
    return kind


def _finder(units: UnitTexts) -> Callable[[Integers, Integers], Integers]:
    """What gives the number among `units` of a document's unit, -1 for one that is not there."""
    number = units.units["unit"].to_numpy(dtype=np.int64)
    size = int(number.max(initial=0)) + 2
    keys = units.document * size + number
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]

    def find(document: Integers, unit: Integers) -> Integers:
        wanted = document.astype(np.int64) * size + np.minimum(unit, size - 1)
        at = np.minimum(np.searchsorted(ordered, wanted), max(len(ordered) - 1, 0))
        if not len(ordered):
            return np.full(len(wanted), -1, dtype=np.int64)
        return np.where((ordered[at] == wanted) & (unit >= 0), order[at], -1)

    return find


def _places(units: UnitTexts, sample: JudgedSample) -> Integers:
    names = {name: at for at, name in enumerate(units.grouped.data.columns.documents)}
    document = np.array([names.get(one, -1) for one in sample.document], dtype=np.int64)
    return np.where(document >= 0, _finder(units)(np.maximum(document, 0), sample.unit), -1)


def _by_tree(sample: JudgedSample, tree: CodeTree) -> Bools:
    """Readings by the codes of the tree: a parent is given where a code under it is."""
    given = np.zeros((len(sample.row), len(tree.paths)), dtype=bool)
    for column, path in enumerate(sample.paths):
        above = path
        while above:
            if above in tree.at:
                given[:, tree.at[above]] |= sample.carries[:, column]
            above = above.rpartition("/")[0]
    return given


def _notes(sample: JudgedSample, inside: Bools) -> list[Note]:
    notes = [
        Note(
            f"Judged: {int(inside.sum()):,} units, drawn with known chances and coded without "
            "sight of the machine's codes. These intervals are of measurement: the texts are all "
            "there are, and what is uncertain is what the coding errs.",
            zh=f"人工判定 {int(inside.sum()):,} 个单元，按已知概率抽取，编码时看不到机器的编码。"
            "此处的区间是测量区间：文本即总体，不确定的是编码的误差。",
        )
    ]
    if sample.drawn > len(sample.document):
        notes.append(
            Note(
                f"Of {sample.drawn:,} units drawn, {len(sample.document):,} are done; they come "
                "in a random order, so that those done are a sample too.",
                zh=f"抽取 {sample.drawn:,} 个单元，已完成 {len(sample.document):,} 个；"
                "单元按随机顺序给出，完成的部分也是样本。",
            )
        )
    apart = _apart(sample)
    if apart:
        notes.append(
            Note(
                f"On {apart:,} units people differ and nothing was settled: such a unit counts "
                "with the share of people who gave the code.",
                zh=f"{apart:,} 个单元各人不一致且未定稿，按给出该编码的人数比例计。",
            )
        )
    return notes


def _never(given: Bools, tree: CodeTree, machine: Bools) -> list[Note]:
    """The codes the machine gave and no person: it may be that nobody was asked for them."""
    found = [
        tree.paths[code]
        for code in tree.lowest.tolist()
        if machine[:, code].any() and not given[:, code].any()
    ]
    named = first_few(found, 12)
    return [
        Note(
            f"Nobody gave these codes on any judged unit: {named}. If people were not asked for "
            "them, their rows say nothing.",
            zh=f"所判定的单元中无人给出以下编码：{named}。若判定时并未要求这些编码，其各行不可用。",
        )
    ] * bool(found)


def _apart(sample: JudgedSample) -> int:
    several = np.zeros((len(sample.document), sample.carries.shape[1]))
    np.add.at(several, sample.row, sample.worth[:, None] * sample.carries)
    return int(((several > 1e-9) & (several < 1 - 1e-9)).any(axis=1).sum())
