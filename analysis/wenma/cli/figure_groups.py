"""A figure of the cities that were asked for, or of as many as can be read on a page."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from wenma.cli.messages import said
from wenma.cli.query_command import ask, conditions_of

if TYPE_CHECKING:
    from wenma.publish.drawing import Chart
    from wenma.publish.drawn_figure import DrawnFigure
    from wenma.publish.figures import Figure
    from wenma.queries.table import Query, Table
    from wenma.study.opened_study import Study


def sized(
    study: "Study",
    wanted: "Figure",
    asked: "Query",
    chosen: Mapping[str, Any],
    *,
    groups: Sequence[str] | None = None,
    width: float | None = None,
) -> "DrawnFigure":
    """The figure, for print of `width` centimetres or on an A4 page.

    Where no groups are named and all would make its labels smaller than 6 points, the
    largest that fit are drawn, and the figure says so. Of named ones none is left out.
    """
    from wenma.publish.drawing import said_too
    from wenma.publish.drawn_figure import DrawnFigure
    from wenma.publish.figure_size import LEGIBLE, fits, most_that_fit, smallest_label
    from wenma.publish.picture_files import sides_of

    drawer = _Drawer(study, wanted, asked, chosen)
    every = [] if groups else drawer.groups()

    def of(count: int) -> "Chart":
        if count == len(every):
            return drawer.chart(groups)
        return said_too(drawer.chart(every[:count]), drawer.left_out(count, len(every)))

    count = len(every) and most_that_fit(
        min(len(every), wanted.most), lambda n: fits(*sides_of(of(n)), width=width)
    )
    drawn = DrawnFigure(of(count))
    scale = drawn.scale(width)
    if smallest_label(scale) < LEGIBLE:
        size = f"{smallest_label(scale):.1f}"
        print(
            said(
                zh=f"印出后最小的字为 {size} 磅：请少选几个组，或加大 --width",
                en=f"its smallest labels are {size} points in print: "
                "name fewer groups, or a larger --width",
            ),
            file=sys.stderr,
        )
    return drawn


class _Drawer:
    """Draws one figure of these groups or those; the question is asked once where it can be."""

    def __init__(
        self, study: "Study", wanted: "Figure", asked: "Query", chosen: Mapping[str, Any]
    ) -> None:
        given = dict(chosen)
        self.study, self.wanted, self.asked = study, wanted, asked
        self.language = given.pop("language")
        self.drawing = {one: given.pop(one) for one in wanted.choices}
        self.given: dict[str, Any] = {**wanted.asks, **given}
        self.by: str | None = given["by"]
        self.whole: Table | None = None

    def table(self, groups: Sequence[str] | None) -> "Table":
        from wenma.publish.figures import only

        if self.wanted.at_once and groups and self.by:
            return ask(self.study, self.asked, among={self.by: groups}, **self.given)
        if self.whole is None:
            self.whole = ask(self.study, self.asked, **self.given)
        return only(self.whole, list(groups)) if groups else self.whole

    def chart(self, groups: Sequence[str] | None) -> "Chart":
        drawing = dict(self.drawing)
        table = self.table(groups)
        if self.wanted.reads_documents:
            documents = self.study.documents
            if groups and self.by:
                documents = documents[documents[self.by].isin(groups)]
            drawing["documents"] = documents
        return self.wanted.draw(table, self.study.codes, language=self.language, **drawing)

    def groups(self) -> list[str]:
        """The groups the figure would show, the largest first; none where it has no groups."""
        from wenma.publish.figures import largest
        from wenma.queries.document_filter import filter_documents

        if not self.by or self.wanted.blocks == "one":
            return []
        documents = filter_documents(
            self.study.documents, conditions_of(self.given.get("where") or ())
        )
        every = largest(documents, self.by)
        if self.wanted.at_once:
            return every
        frame = self.table(None).frame
        column = "group" if "group" in frame else self.by
        there = set(frame[column].astype(str)) if column in frame else set()
        return [name for name in every if name in there]

    def left_out(self, count: int, every: int) -> str:
        from wenma.publish.labels import fixed_word

        by = fixed_word(str(self.by), language=self.language)
        if self.language == "zh":
            return f"只画计数汉字最多的 {count} 个{by}（共 {every} 个）"
        return f"The {count} with the most counted text, by {by}, of {every}"
