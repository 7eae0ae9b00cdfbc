"""The units of a task: drawn evenly over rare codes, cities and parts of plans."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wenma.errors import UsageError
from wenma.statistics.sample_size import share_seen as share_seen
from wenma.statistics.sample_size import units_to_see as units_to_see

if TYPE_CHECKING:
    from wenma.study.study import Study


def draw_task(
    study: "Study",
    task: str,
    people: Sequence[str],
    *,
    units: int | None = None,
    rarest: float = 0.05,
    seed: int = 1,
    assigned_by: str = "",
) -> Any:
    """Give these people the same units to code blind; what was drawn (chosen, codes, cities …).

    So many that a code on `rarest` of all units is seen with 95 % certainty, unless `units`
    says how many.
    """
    from wenma.reliability.stratified_sample import task_units

    if not 0 < rarest < 1:
        raise UsageError(
            "--rarest is a share of units",
            cure="Give one between 0 and 1, as 0.05",
            zh="--rarest 是单元的份额，应在 0 与 1 之间，如 0.05。",
        )
    if units is not None and units < 1:
        raise UsageError("--units is at least 1", zh="--units 至少为 1。")
    data = study.dataset().where(study.filters)
    assert data.units is not None  # a study has its texts
    drawn = task_units(
        data.units,
        data.details(),
        data.cases,
        units or units_to_see(rarest),
        everywhere=data.everywhere,
        seed=seed,
    )
    study.session(assigned_by or study.access.person or people[0]).assign(
        task, people, drawn.chosen, chances=drawn.chances
    )
    return drawn
