"""框架矩阵: two sets of codes crossed, or codes and an attribute, for one group beside another."""

import streamlit as st

from wenma.app import address
from wenma.app.chart_view import mark_door, show_chart
from wenma.app.excerpt_list import show_excerpts
from wenma.app.group_choice import choose_group
from wenma.app.table_view import show_table
from wenma.app.view import View
from wenma.publish.assessment_tiles import assessment_tiles
from wenma.publish.charts import framework_matrix
from wenma.study.answer import Answer

SIDES = ("left", "right")
MARKS = ("marks", "counts")
STANCES = ("stance/achievement", "stance/commitment", "stance/deficit")
"""What a mark is judged by; a codebook without them has counts alone."""
TOP = "level:1"
"""All codes at the top of the tree."""
COUNTED = ("group", "code", "code_b", "units", "percent", "expected")
MARKED = (
    "code",
    "code_b",
    "judgement",
    "tendency",
    "achievement",
    "commitment",
    "deficit",
    "units",
)


def draw(view: View) -> None:
    """Two tables side by side: what is strong, promised, lacking; or how many units."""
    say = view.say
    first, second, third = st.columns([1, 1, 1], vertical_alignment="bottom")
    codes = view.parents or [TOP]
    sides = [*dict.fromkeys([*view.parents, TOP, *view.groupings])]
    with first:
        rows = address.select(say("framework_rows"), "rows", sides, show=lambda s: _called(view, s))
    with second:
        # Two attributes say nothing of codes: one side is always of codes.
        others = [one for one in (sides if rows in codes or rows == TOP else [*codes, TOP])
                  if one != rows]  # fmt: skip
        columns = address.select(
            say("framework_columns"),
            "columns",
            [*dict.fromkeys(others)],
            show=lambda side: _called(view, side),
            default=_usual(view, rows, others),
        )
    judged = all(path in view.codes for path in STANCES)
    judged &= rows in view.parents and columns in view.parents
    marks = False
    if judged:
        with third:
            marks = address.switch(say("framework_shows"), "shows", MARKS, show=say) == "marks"
    # Where an attribute is crossed one table compares its values already.
    of_codes = not {rows, columns} & {*view.groupings}
    shown = SIDES if of_codes else SIDES[:1]
    tables: list[tuple[View, Answer]] = []
    for number, (side, place) in enumerate(zip(shown, st.columns(len(shown)), strict=True)):
        with place:
            narrowed = choose_group(view, say(side), side, first=number if of_codes else None)
            table = narrowed.ask("assessment" if marks else "matrix", rows=rows, columns=columns)
            chart = (assessment_tiles if marks else framework_matrix)(
                table, view.codes_frame, language=say.language, door=mark_door(narrowed)
            )
            show_chart(chart, side, rows=56 if marks else 48, columns=110)
            st.text(say("units_in_table", n=f"{int(table.frame['units'].sum()):,}"))
            tables.append((narrowed, table))
    st.caption(say("marks_help") if marks else say("framework_help"))
    show_excerpts(view)
    for side, place, (narrowed, table) in zip(shown, st.columns(len(shown)), tables, strict=True):
        with place:
            show_table(narrowed, table, side, columns=COUNTED if not marks else MARKED, height=300)


def _called(view: View, side: str) -> str:
    if side == TOP:
        return view.say("top_codes")
    return view.code_name(side) if side in view.codes else view.attribute(side)


def _usual(view: View, rows: str, others: list[str]) -> str:
    """What stands in the columns before anyone has chosen: codes, else what tells texts apart."""
    codes = [one for one in others if one in view.parents]
    if rows in view.codes or rows == TOP:
        return next(iter(codes), view.telling)
    return next(iter(codes), TOP)
