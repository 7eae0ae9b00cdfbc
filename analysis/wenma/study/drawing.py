"""A figure of the groups that were asked for, or of as many as can be read on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.errors import QueryError, UsageError
from wenma.publish.drawn_figure import DrawnFigure
from wenma.publish.picture_files import DPI
from wenma.queries.table import query
from wenma.study.question import both

if TYPE_CHECKING:
    from wenma.publish.drawing import Chart
    from wenma.publish.figures import Figure
    from wenma.publish.labels import Language
    from wenma.study.answer import Answer
    from wenma.study.study import Study


_OF_ASK = (
    "coder", "codebook", "without", "once", "without_copied", "where", "headings", "task",
)  # fmt: skip
"""Options of every question."""


@dataclass(frozen=True, eq=False)
class Drawn(DrawnFigure):
    """A figure with the width it was drawn for, and what its reader should know."""

    width: float | None = None
    notes: tuple[str, ...] = ()

    def save(self, path: str | Path, *, width: float | None = None, dpi: int = DPI) -> None:
        """Write the picture as the file's ending says: svg, png or pdf."""
        super().save(path, width=self.width if width is None else width, dpi=dpi)


def draw(
    study: "Study",
    name: str,
    *,
    by: Any = None,
    groups: Sequence[str] | str | None = None,
    width: float | None = None,
    language: "Language | None" = None,
    **options: Any,
) -> Drawn:
    """The figure `name` of a study, enlarged in print to `width` centimetres or to an A4 page.

    `groups` are the groups shown, in this order. Where none are named and all would make its
    labels smaller than 6 points, the largest that fit are drawn, and the figure says so. Of
    named ones none is left out. Other options are the figure's own and those of its question.
    """
    from wenma.publish.drawing import said_too
    from wenma.publish.figure_size import (
        LEGIBLE,
        fits,
        most_that_fit,
        printed_scale,
        smallest_label,
    )
    from wenma.publish.figures import figure
    from wenma.publish.picture_files import sides_of

    wanted = figure(name)
    named = [groups] if isinstance(groups, str) else list(groups or ())
    drawer = _Drawer(
        study, wanted, _by(name, wanted, by, named), language or study.language, options
    )
    every = [] if named else drawer.groups()

    def of(count: int) -> "Chart":
        if count == len(every):
            return drawer.chart(named or None)
        return said_too(drawer.chart(every[:count]), drawer.left_out(count, len(every)))

    count = len(every) and most_that_fit(
        min(len(every), wanted.most), lambda n: fits(*sides_of(of(n)), width=width)
    )
    chart = of(count)
    scale = printed_scale(*sides_of(chart), width=width)
    small = smallest_label(scale)
    told = (
        f"its smallest labels are {small:.1f} points in print: name fewer groups, or a larger "
        "width",
    ) * (small < LEGIBLE)
    return Drawn(chart, width, told)


def _by(name: str, wanted: "Figure", by: Any, groups: Sequence[str]) -> Any:
    """What the question is broken down by, so that the figure has what it shows."""
    if len(groups) == 1 and wanted.blocks == "many":
        raise UsageError(
            f"{name} compares several",
            cure=f"Name two or more: --groups {groups[0]} …",
            zh=f"{name} 用于比较，请写两个以上：--groups {groups[0]} …",
        )
    if wanted.blocks == "one" and by and not groups:
        raise UsageError(
            f"{name} shows one group at a time",
            cure="Choose it: --groups NAME",
            zh=f"{name} 每次只画一组，请用 --groups 指定。",
        )
    # What reads the documents has a line for each city, whatever its question is broken down by.
    grouped = wanted.blocks == "many" or wanted.reads_documents or groups
    return by or ("city" if grouped else None)


class _Drawer:
    """Draws one figure of these groups or those; the question is asked once where it can be."""

    def __init__(
        self,
        study: "Study",
        wanted: "Figure",
        by: Any,
        language: "Language",
        options: Mapping[str, Any],
    ) -> None:
        self.study, self.wanted, self.by, self.language = study, wanted, by, language
        given = dict(options)
        known = {option.name for option in query(wanted.query).options}
        self.drawing = {
            one: given.pop(one)
            for one in wanted.choices
            if one in given and (one not in known or one not in wanted.asks)
        }
        self.given: dict[str, Any] = {**wanted.asks, **given}
        self.whole: Answer | None = None

    @property
    def attribute(self) -> str:
        """The attribute groups are named by; "" for none or several."""
        return self.by if isinstance(self.by, str) else ""

    def table(self, groups: Sequence[str] | None) -> "Answer":
        from wenma.publish.figures import only

        if self.wanted.at_once and groups and self.attribute:
            part = self.study.where({self.attribute: list(groups)})
            return part.ask(self.wanted.query, by=self.by, **self.given)
        if self.whole is None:
            self.whole = self.study.ask(self.wanted.query, by=self.by, **self.given)
        if not groups:
            return self.whole
        return replace(self.whole, frame=only(self.whole, list(groups)).frame)

    def chart(self, groups: Sequence[str] | None) -> "Chart":
        drawing = dict(self.drawing)
        table = self.table(groups)
        if self.wanted.reads_documents:
            drawing["documents"] = self.documents(groups)
        return self.wanted.draw(table, table.codes, language=self.language, **drawing)

    def documents(self, groups: Sequence[str] | None) -> Any:
        given = self.given
        own = {name: value for name, value in given.items() if name not in _OF_ASK}
        choice, apart, _ = self.study.choose(
            query(self.wanted.query),
            given.get("coder"), given.get("codebook"), given.get("without"), own,
        )  # fmt: skip
        data = self.study.dataset(choice, apart=apart)
        data = data.where(both(self.study.filters, self.given.get("where") or {}))
        cases = (data.once()[0] if self.study.once or given.get("once") else data).cases
        if groups and self.attribute:
            cases = cases[cases[self.attribute].astype(str).isin(groups)]
        return cases

    def groups(self) -> list[str]:
        """The groups the figure would show, the largest first; none where it has no groups."""
        from wenma.publish.figures import largest

        if not self.attribute or self.wanted.blocks == "one":
            return []
        try:
            every = largest(self.documents(None), self.attribute)
        except KeyError:
            raise QueryError(
                f'the documents have no attribute "{self.attribute}" to group by',
                cure=f"They have: {', '.join(self.study.attributes())}",
                zh=f"文件没有属性“{self.attribute}”。",
            ) from None
        if self.wanted.at_once:
            return every
        frame = self.table(None).frame
        column = "group" if "group" in frame else self.attribute
        there = set(frame[column].astype(str)) if column in frame else set()
        return [name for name in every if name in there]

    def left_out(self, count: int, every: int) -> str:
        from wenma.publish.labels import attribute_name

        by = attribute_name(self.attribute, language=self.language)
        if self.language == "zh":
            return f"只画计数汉字最多的 {count} 个{by}（共 {every} 个）"
        return f"The {count} with the most counted text, by {by}, of {every}"
