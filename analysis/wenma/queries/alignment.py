"""Which problems have an answer: themes that are a dilemma here and a pathway there."""

from typing import Annotated

import numpy as np

from wenma.errors import QueryError
from wenma.queries.code_tree import CodeTree
from wenma.queries.dataset import Dataset
from wenma.queries.frequency import frequency
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.incidence import Incidence, incidence
from wenma.queries.per_document import Names
from wenma.queries.table import Note, Table, nearest
from wenma.statistics.arrays import Floats, Integers

VERDICTS = ("answered", "problem without pathway", "pathway without problem", "neither")
"""What a theme can be."""


def alignment(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    problems: Annotated[str, "the code whose children are the themes as problems"] = "dilemma",
    answers: Annotated[str, "the code whose children are the themes as answers"] = "pathway",
    themes: Annotated[str, "themes that stances tell apart, in place of problems and answers"] = "",
    lacking: Annotated[str, "with themes: the stance of what is lacking"] = "stance/deficit",
    promised: Annotated[str, "with themes: the stance of what is promised"] = "stance/commitment",
) -> Table:
    """Which problems have an answer, theme by theme.

    A theme is a name that stands under both codes: ``dilemma/participation``
    and ``pathway/participation``. A row for each (and each group); passages are
    counted as `frequency` does, the codes below included:

    code, references  the theme as a problem, and its passages
    answer, answers   the same as an answer
    answers_per_problem  answers for each problem; nan where no problem is named
    problem_units, answer_units, both_units  units that carry the one (T3), the other (T2), both
    units_ratio       T2 / T3; nan where no problem is named
    alignment         answered, problem without pathway, pathway without problem, neither

    With `themes` a theme is a code under that one, a problem where a unit also carries
    `lacking`, an answer where it carries `promised`; units alone are counted.
    """
    grouped = data.grouped("alignment", by=by, headings=headings)
    if data.codes is None and not grouped.tree.paths:
        return grouped.table(dict.fromkeys(_COLUMNS, ()), group=np.zeros(0, dtype=np.int64))
    if themes:
        return _by_stance(grouped, themes, lacking, promised)
    named = _themes(grouped.tree, problems, answers)
    size = len(grouped.tree.paths)
    counted = frequency(data, by=by, headings=headings).frame["references"].to_numpy(dtype=np.int64)
    group, theme = (axis.ravel() for axis in np.indices((len(grouped.groups), len(named))))
    sides = [
        np.array([grouped.tree.at[f"{parent}/{name}"] for name in named])[theme]
        for parent in (problems, answers)
    ]
    asks, tells = (counted[group * size + side] for side in sides)
    standing, notes = incidence(grouped, aggregate=True)
    carried = _Carried(standing)
    pairs = list(zip(group.tolist(), *(side.tolist() for side in sides), strict=True))
    asked, told, both = (
        np.array([carried.units(at, *codes) for at, *codes in each], dtype=np.int64)
        for each in (
            [(at, one) for at, one, _ in pairs],
            [(at, other) for at, _, other in pairs],
            pairs,
        )
    )
    paths = np.array(grouped.tree.paths, dtype=object)
    return grouped.table(
        {
            "code": paths[sides[0]],
            "references": asks,
            "problem_units": asked,
            "answer": paths[sides[1]],
            "answers": tells,
            "answer_units": told,
            "both_units": both,
            "answers_per_problem": _by_problem(tells, asks),
            "units_ratio": _by_problem(told, asked),
            "alignment": _verdicts(asks, tells),
        },
        group=group,
        notes=[*notes, _NOTE],
        basis={"rows": f"{problems}; {answers}"},
        elsewhere={"answers": ("answer",), "answer_units": ("answer",)},
    )


def _by_stance(grouped: Grouped, themes: str, lacking: str, promised: str) -> Table:
    """Themes that a stance makes a problem or an answer, in units."""
    tree = grouped.tree
    for path in (lacking, promised):
        tree.check(path)
    rows = tree.parts(themes)
    standing, notes = incidence(grouped, aggregate=True)
    carried = _Carried(standing)
    group, theme = (axis.ravel() for axis in np.indices((len(grouped.groups), len(rows))))
    code = rows[theme]
    stances = ([lacking], [promised], [lacking, promised])
    asked, told, both = (
        np.array(
            [
                carried.units(at, one, *(tree.at[path] for path in also))
                for at, one in zip(group.tolist(), code.tolist(), strict=True)
            ],
            dtype=np.int64,
        )
        for also in stances
    )
    return grouped.table(
        {
            "code": np.array(tree.paths, dtype=object)[code],
            "problem_units": asked,
            "answer_units": told,
            "both_units": both,
            "units_ratio": _by_problem(told, asked),
            "alignment": _verdicts(asked, told),
        },
        group=group,
        notes=[*notes, _NOTE],
        basis={"rows": f"{themes} × {lacking}; {promised}"},
        also={"problem_units": lacking, "answer_units": promised},
    )


class _Carried:
    """Which units of each group carry a code, so that units with several can be counted."""

    def __init__(self, standing: Incidence) -> None:
        self.standing = standing
        order = np.lexsort((standing.unit, standing.code, standing.group))
        key = (standing.group * standing.codes + standing.code)[order]
        self.unit = standing.unit[order]
        cells = np.arange(standing.groups * standing.codes + 1)
        self.first = np.searchsorted(key, cells).tolist()

    def units(self, group: int, *codes: int) -> int:
        """Units of a group that carry all these codes."""
        found: Integers | None = None
        for code in codes:
            at = group * self.standing.codes + code
            own = self.unit[self.first[at] : self.first[at + 1]]
            found = own if found is None else np.intersect1d(found, own, assume_unique=True)
        return 0 if found is None else len(found)


def _by_problem(tells: Integers, asks: Integers) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(asks > 0, tells / asks, np.nan)


def _verdicts(asks: Integers, tells: Integers) -> Names:
    number = np.select([(asks > 0) & (tells > 0), asks > 0, tells > 0], [0, 1, 2], default=3)
    return np.asarray(np.array(VERDICTS, dtype=object)[number])


_COLUMNS = (
    "code references problem_units answer answers answer_units both_units answers_per_problem "
    "units_ratio alignment"
).split()
_NOTE = Note(
    "The ratio is empty where no problem is named: silence is no proof that there is none.",
    zh="未提出问题处比值留空：文本沉默不等于没有问题。",
)


def _themes(tree: CodeTree, problems: str, answers: str) -> list[str]:
    for option, path in (("problems", problems), ("answers", answers)):
        if path not in tree.at:
            raise QueryError(
                f'the codebook has no code "{path}" for the {option}',
                cure="Code the documents with codebooks/dilemmas_pathways.yaml, or name your own "
                f"with --{option} CODE. {nearest(path, tree.paths)}",
                zh=f"编码本中没有编码“{path}”（{option}）。请用 codebooks/dilemmas_pathways.yaml "
                f"编码，或用 --{option} 写自己的编码。",
            )
    sides = [
        [tree.paths[n].removeprefix(f"{path}/") for n in tree.parts(path)]
        for path in (problems, answers)
    ]
    if shared := [name for name in sides[0] if name in sides[1]]:
        return shared
    raise QueryError(
        f'"{problems}" and "{answers}" have no theme in common',
        cure=f"Give codes under both the same last step, as {problems}/participation and "
        f"{answers}/participation",
        zh=f"“{problems}”与“{answers}”没有共同的主题。两者之下末级相同的编码才能对照。",
    )
