"""A dataset on the units of a task: on all others nobody was asked, and silence says nothing."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wenma.errors import ProjectError
from wenma.queries.dataset import Dataset
from wenma.queries.table import Note
from wenma.records import people
from wenma.store.annotations import task_chances, tasks
from wenma.store.project import Project

if TYPE_CHECKING:
    from pandas import DataFrame

UnitKey = tuple[str, int]
"""A document's id and the number of a unit."""


def shared_tasks(project: Project, coders: Collection[str]) -> dict[str, set[UnitKey]]:
    """Task → the units of it that everyone of these who has the task has done.

    Rules have no tasks: they coded every unit. A task nobody of them has is left out.
    """
    done: dict[str, dict[str, set[UnitKey]]] = {}
    for one in tasks(project):
        if one.person in coders:
            units = done.setdefault(one.task, {}).setdefault(one.person, set())
            if one.done:
                units.add((one.document, one.unit))
    found = {
        task: set.intersection(*by_person.values())
        for task, by_person in done.items()
        if set(by_person) == set(people(coders))
    }
    return {task: units for task, units in found.items() if units}


def on_tasks(
    project: Project, data: Dataset, named: Collection[str], coders: Collection[str]
) -> Dataset:
    """The dataset on the units of a task or several, which its basis and a note then name.

    `ProjectError` when the coders share no such task.
    """
    shared = shared_tasks(project, coders)
    if strange := [task for task in named if task not in shared]:
        task = strange[0]
        known = ", ".join(shared) or "none"
        raise ProjectError(
            f"{', '.join(coders)} have finished no units of a task {task!r} together",
            file=project.name,
            cure=f"Tasks they share: {known}",
            zh=f"{'、'.join(coders)} 在任务“{task}”中没有共同完成的单元。共有的任务：{known}",
        )
    units = set().union(*(shared[task] for task in named))
    part = on_units(data, units)
    told = Note(
        f"Of the {len(units):,} units of the tasks these coders share; of others nobody was asked "
        "(--all-units takes all of the documents both have coded).",
        zh=f"只比较这些编码者共同任务中的 {len(units):,} 个单元；其余单元并未要求编码"
        "（--all-units 比较双方编过的文件的全部单元）。",
    )
    basis = {**part.basis, "task": "; ".join(named), "drawn": _drawn(project, named)}
    return replace(part, basis=basis, notes=(*part.notes, told))


def _drawn(project: Project, named: Collection[str]) -> str:
    """How the units of these tasks came to be theirs: with which chances, or chosen by hand."""
    chances = task_chances(project, named)
    known = [one for one in chances if one is not None]
    if len(known) < len(chances) or not known:
        return "chances not kept"
    low, high = min(known), max(known)
    return f"{low:.3g}" if low == high else f"{low:.3g}–{high:.3g}"


def on_units(data: Dataset, units: Collection[UnitKey]) -> Dataset:
    """The dataset with the codings and sentences of these units alone.

    Its documents are marked as `asked`: who coded nothing there has looked and found nothing.
    """
    from pandas import MultiIndex

    keys = MultiIndex.from_tuples(sorted(units), names=["document", "unit"])
    names = np.array(data.columns.documents, dtype=object)[data.columns.document]
    inside = MultiIndex.from_arrays([names, data.columns.unit]).isin(keys)
    there = {document for document, _ in units}
    kept = data.cases["document"].isin(there).to_numpy()
    part = data.only(inside).of_cases(kept)

    def sentences() -> "DataFrame":
        every = data.units
        assert every is not None  # a study has its texts
        own = MultiIndex.from_frame(every[["document", "unit"]]).isin(keys)
        return every[own].reset_index(drop=True)

    return replace(part, cases=part.cases.assign(asked=True), load_units=sentences)
