"""Two coders side by side: where they differ, where they do not, and NVivo's comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenma.records import Coding, Unit
from wenma.reliability.coding_comparison import coding_comparison
from wenma.reliability.confusion import confusion
from wenma.reliability.disagreements import agreements, disagreements
from wenma.store.coding_session import Settlement
from wenma.study.choice import choose
from wenma.study.task_units import on_tasks, shared_tasks

if TYPE_CHECKING:
    from pandas import DataFrame

    from wenma.study.study import Study

_UNIT = ["document", "unit", "start", "end", "kind", "section", "paragraph"]


@dataclass(frozen=True, eq=False)
class CoderComparison:
    """The codings of two coders on the units that are compared.

    `asked` says whether both were to code every unit: then a unit neither coded is an answer.
    """

    one: str
    other: str
    codings: "DataFrame"
    units: "DataFrame"
    asked: bool

    def differences(self, *, under: str = "") -> "DataFrame":
        """Units on which they do not have the same codes: text, codes of both, of each alone."""
        return disagreements(self.codings, self.units, self.one, self.other, under=under)

    def alike(self) -> list[Settlement]:
        """Units on which they have the very same codes, as they could be settled."""
        found = agreements(self.codings, self.units, self.one, self.other, empty=self.asked)
        return [Settlement(*unit) for unit in found]

    def confusion(self, codes: Sequence[str]) -> "DataFrame":
        """Units by the code of the one (rows) and of the other (columns), none of them last."""
        return confusion(self.codings, self.units, self.one, self.other, codes=codes)

    def nvivo(self, codes: Sequence[str]) -> list[dict[str, Any]]:
        """Each of these codes somebody gave, in each document, counted as NVivo counts units."""
        units: dict[str, list[Unit]] = {}
        for document, *unit in self.units[_UNIT].itertuples(index=False, name=None):
            units.setdefault(document, []).append(Unit(*unit))
        columns = ["document", "unit", "start", "end", "code"]
        sides = [
            [
                Coding(document, unit, start, end, code, who)
                for document, unit, start, end, code in self.codings.loc[
                    self.codings["coder"] == who, columns
                ].itertuples(index=False, name=None)
            ]
            for who in (self.one, self.other)
        ]
        given = {coding.code for side in sides for coding in side}
        found = coding_comparison(
            *sides,
            codes=[path for path in codes if path in given],
            lengths=dict.fromkeys(units, 0),
            units=units,
        )
        return [each.row() for each in found]


def compare_coders(
    study: "Study", one: str, other: str, *, task: str = "", headings: bool = False
) -> CoderComparison:
    """Two coders on the units of a task, or on the documents both have coded.

    As the filters of the study narrow them. `AccessError` for a coder who may not be seen yet.
    """
    choice = choose(study.project, coder=(one, other), hidden=study.hidden)
    data = study.dataset(choice, apart=True).where(study.filters)
    if task:
        data = on_tasks(study.project, data, (task,), (one, other))
    codings, units = data.details(), data.units
    assert units is not None  # a study has its texts
    if not headings:
        units = units[units["kind"] != "heading"]
    if not task:
        coders = codings.groupby("document")["coder"].nunique()
        units = units[units["document"].isin(coders.index[coders > 1])]
    return CoderComparison(one, other, codings, units, bool(task))


def tasks_of_both(study: "Study", one: str, other: str) -> list[str]:
    """The tasks of which both have finished units; of those alone each was asked."""
    return list(shared_tasks(study.project, {one, other}))
