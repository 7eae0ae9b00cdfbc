"""What people gave the units of a task that was drawn with known chances."""

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from wenma.errors import ProjectError
from wenma.queries.judged_sample import JudgedSample
from wenma.records import SETTLED
from wenma.store.annotations import Task, settled_codes, tasks
from wenma.store.columns import coding_columns
from wenma.store.project import Project

if TYPE_CHECKING:
    from wenma.queries.dataset import Dataset
    from wenma.study.study import Study

UnitKey = tuple[str, int]


def with_judged(study: "Study", data: "Dataset", task: str | None = None) -> "Dataset":
    """The dataset with what people judged of a task, or of the one of which most is done."""
    project, hidden = study.project, study.hidden
    return replace(data, load_judged=cache(lambda: judged_sample(project, task, hidden=hidden)))


def judged_sample(
    project: Project, task: str | None = None, *, hidden: Collection[str] = ()
) -> JudgedSample | None:
    """The units of a task that were drawn by chance and that somebody has done.

    Where a unit was settled, what was settled is its one reading; else it has one of each
    person who has done it. None where no task has chances and units that are done. People who
    are `hidden` have judged nothing here. `ProjectError` for a task there is not.
    """
    drawn = [one for one in tasks(project) if one.chance and one.person not in hidden]
    named = dict.fromkeys(one.task for one in drawn)
    if task and task not in named:
        known = ", ".join(named) or "none"
        raise ProjectError(
            f"there is no task {task!r} whose units were drawn with known chances",
            file=project.name,
            cure=f"Those there are: {known}. Draw one: wenma audit {project.name} --people NAME",
            zh=f"没有按已知概率抽取的任务“{task}”。现有：{known}。",
        )
    done = {name: [one for one in drawn if one.task == name and one.done] for name in named}
    done = {name: some for name, some in done.items() if some}
    chosen = task or max(done, key=lambda name: len(_units(done[name])), default=None)
    if chosen is None or chosen not in done:
        return None
    readings = done[chosen]
    settled = {} if SETTLED in hidden else settled_codes(project)
    given = _given(project, {one.person for one in readings})
    units = _units(readings)
    places = {key: at for at, key in enumerate(units)}
    found: list[tuple[int, str, Collection[str]]] = [
        (at, SETTLED, settled[key]) for key, at in places.items() if key in settled
    ]
    for one in readings:
        key = (one.document, one.unit)
        if key not in settled:
            found.append((places[key], one.person, given.get((one.person, *key), set())))
    row = np.array([at for at, _, _ in found], dtype=np.int64)
    paths = tuple(sorted({code for _, _, codes in found for code in codes}))
    carries = np.array([[path in codes for path in paths] for _, _, codes in found], dtype=bool)
    times = np.bincount(row, minlength=len(units))
    return JudgedSample(
        task=chosen,
        people=tuple(dict.fromkeys(who for _, who, _ in found)),
        document=tuple(document for document, _ in units),
        unit=np.array([unit for _, unit in units], dtype=np.int64),
        chance=np.array(list(units.values()), dtype=np.float64),
        row=row,
        worth=1 / times[row],
        carries=carries.reshape(len(found), len(paths)),
        paths=paths,
        drawn=len(_units([one for one in drawn if one.task == chosen])),
    )


def _units(some: Collection[Task]) -> dict[UnitKey, float]:
    """Each unit once, with its chance."""
    return {(one.document, one.unit): float(one.chance or 0) for one in some}


def _given(project: Project, people: Collection[str]) -> dict[tuple[str, str, int], set[str]]:
    """Person, document and unit → the codes given there."""
    columns = coding_columns(project, sorted(people))
    found: dict[tuple[str, str, int], set[str]] = {}
    for coder, document, unit, code in zip(
        columns.coder.tolist(),
        columns.document.tolist(),
        columns.unit.tolist(),
        columns.code.tolist(),
        strict=True,
    ):
        key = (columns.coders[coder], columns.documents[document], unit)
        found.setdefault(key, set()).add(columns.paths[code])
    return found
