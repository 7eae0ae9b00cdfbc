"""Which problems have an answer: themes that are a dilemma here and a pathway there."""

from typing import Annotated

import numpy as np

from wenma.errors import QueryError
from wenma.queries.code_tree import CodeTree
from wenma.queries.dataset import Dataset
from wenma.queries.frequency import frequency
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table, nearest

VERDICTS = ("answered", "problem without pathway", "pathway without problem", "neither")
"""What a theme can be."""


def alignment(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    problems: Annotated[str, "the code whose children are the themes as problems"] = "dilemma",
    answers: Annotated[str, "the code whose children are the themes as answers"] = "pathway",
) -> Table:
    """Which problems have an answer, theme by theme.

    A theme is a name that stands under both codes: ``dilemma/participation``
    and ``pathway/participation``. A row for each (and each group); passages are
    counted as `frequency` does, the codes below included:

    code, references  the theme as a problem, and its passages
    answer, answers   the same as an answer
    answers_per_problem  answers for each problem; nan where no problem is named
    alignment         answered, problem without pathway, pathway without problem, neither
    """
    grouped = data.grouped("alignment", by=by, headings=headings)
    if data.codes is None and not grouped.tree.paths:
        return grouped.table(dict.fromkeys(_COLUMNS, ()), group=np.zeros(0, dtype=np.int64))
    themes = _themes(grouped.tree, problems, answers)
    size = len(grouped.tree.paths)
    counted = frequency(data, by=by, headings=headings).frame["references"].to_numpy(dtype=np.int64)
    group, theme = (axis.ravel() for axis in np.indices((len(grouped.groups), len(themes))))
    sides = [
        np.array([grouped.tree.at[f"{parent}/{name}"] for name in themes])[theme]
        for parent in (problems, answers)
    ]
    asks, tells = (counted[group * size + side] for side in sides)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(asks > 0, tells / asks, np.nan)
    verdict = np.array(VERDICTS, dtype=object)[
        np.select([(asks > 0) & (tells > 0), asks > 0, tells > 0], [0, 1, 2], default=3)
    ]
    paths = np.array(grouped.tree.paths, dtype=object)
    return grouped.table(
        {
            "code": paths[sides[0]],
            "references": asks,
            "answer": paths[sides[1]],
            "answers": tells,
            "answers_per_problem": ratio,
            "alignment": verdict,
        },
        group=group,
        notes=[_NOTE],
        basis={"rows": f"{problems}; {answers}"},
    )


_COLUMNS = "code references answer answers answers_per_problem alignment".split()
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
