"""The units of a task, drawn by a design whose chances are kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wenma.errors import UsageError
from wenma.statistics.sample_size import share_seen as share_seen
from wenma.statistics.sample_size import units_to_see as units_to_see

if TYPE_CHECKING:
    from pandas import DataFrame

    from wenma.queries.dataset import Dataset
    from wenma.study.study import Study


def draw_task(
    study: "Study",
    task: str,
    people: Sequence[str],
    *,
    units: int | None = None,
    rarest: float = 0.05,
    per_code: int | None = None,
    codes: Sequence[str] = (),
    by: Sequence[str] = (),
    seed: int = 1,
    assigned_by: str = "",
) -> Any:
    """Give these people the same units to code blind; what was drawn (chosen, codes, cities …).

    Half of them are units the rules have coded, over the codes (of `codes`, where the question
    is of some) by the root of how often each stands; half are silent ones, in scope and out of
    it; each evenly over the values of the attributes `by`. The chance of each is kept, so that
    audit, estimates and differences can be asked of all units. So many that a code on `rarest`
    of all units is seen with 95 % certainty, unless `units` says how many, or `per_code` how
    many of each code that is coded (then as many of each) and as many silent ones.
    """
    from wenma.queries.code_names import resolve_code
    from wenma.reliability.designed_sample import designed_sample

    if not 0 < rarest < 1:
        raise UsageError(
            "--rarest is a share of units",
            cure="Give one between 0 and 1, as 0.05",
            zh="--rarest 是单元的份额，应在 0 与 1 之间，如 0.05。",
        )
    if units is not None and units < 1:
        raise UsageError("--units is at least 1", zh="--units 至少为 1。")
    if per_code is not None and per_code < 1:
        raise UsageError("--per-code is at least 1", zh="--per-code 至少为 1。")
    data = study.dataset().where(study.filters)
    assert data.units is not None and data.codes is not None  # a study has texts and a codebook
    data.grouped("audit", by=by)  # refuses an attribute no document states
    wanted = [resolve_code(one, data.codes) for one in codes]
    named = [path for one in wanted for path in data.tree.paths if _within(path, one)]
    if per_code is not None:
        units = 2 * per_code * max(1, len(_coded(data, named)))
    drawn = designed_sample(
        data.units,
        data.details(),
        data.cases,
        units or units_to_see(rarest),
        scope=scope_frame(data),
        everywhere=data.everywhere,
        codes=named,
        by=by,
        even=per_code is not None,
        seed=seed,
    )
    study.session(assigned_by or study.access.person or people[0]).assign(
        task, people, drawn.chosen, chances=drawn.chances
    )
    return drawn


def _coded(data: "Dataset", named: Sequence[str]) -> list[str]:
    """The codes of which something is coded and that are drawn for: of these, or of all."""
    import numpy as np

    there = [data.columns.paths[at] for at in np.unique(data.columns.code)]
    return [one for one in there if one not in data.everywhere and (not named or one in named)]


def _within(path: str, code: str) -> bool:
    return path == code or path.startswith(f"{code}/")


def scope_frame(data: "Dataset") -> "DataFrame | None":
    """The units in scope, by document and number; None where all are."""
    import numpy as np
    from pandas import DataFrame

    if data.scope is None:
        return None
    names = np.array(data.columns.documents, dtype=object)
    return DataFrame({"document": names[data.scope.document], "unit": data.scope.unit})
