"""框架矩阵: two dimensions crossed, for one city beside another."""

import streamlit as st

from wenma.app import address
from wenma.app.chart_view import door, show_chart
from wenma.app.excerpt_list import show_excerpts
from wenma.app.group_choice import choose_group
from wenma.app.table_view import show_table
from wenma.app.view import View
from wenma.publish.assessment_tiles import assessment_tiles
from wenma.publish.charts import framework_matrix
from wenma.queries.table import Table

SIDES = ("left", "right")
MARKS = ("marks", "counts")
STANCES = ("stance/achievement", "stance/commitment", "stance/deficit")
"""What a mark is judged by; a codebook without them has counts alone."""
COUNTED = ("code", "code_b", "units", "percent", "expected")
MARKED = ("code", "code_b", "judgement", "achievement", "commitment", "deficit", "units")


def draw(view: View) -> None:
    """Two tables side by side: what is strong, promised, lacking; or how many units."""
    say = view.say
    parents = list(dict.fromkeys(code.parent for code in view.codes.values() if code.parent))
    if len(parents) < 2:
        st.info(say("no_crossing"))
        return
    judged = all(path in view.codes for path in STANCES)
    first, second, third = st.columns([1, 1, 1], vertical_alignment="bottom")
    with first:
        rows = address.select(say("framework_rows"), "rows", parents, show=view.code_name)
    with second:
        others = [path for path in parents if path != rows]
        columns = address.select(say("framework_columns"), "columns", others, show=view.code_name)
    marks = False
    if judged:
        with third:
            marks = address.switch(say("framework_shows"), "shows", MARKS, show=say) == "marks"
    tables: list[tuple[View, Table]] = []
    for number, (side, place) in enumerate(zip(SIDES, st.columns(2), strict=True)):
        with place:
            narrowed = choose_group(view, say(side), side, first=number)
            table = narrowed.ask("assessment" if marks else "matrix", rows=rows, columns=columns)
            chart = (assessment_tiles if marks else framework_matrix)(
                table, view.study.codes, language=say.language, door=door(narrowed)
            )
            show_chart(chart, side, rows=56 if marks else 48, columns=110)
            st.text(say("units_in_table", n=f"{int(table.frame['units'].sum()):,}"))
            tables.append((narrowed, table))
    st.caption(say("marks_help") if marks else say("framework_help"))
    show_excerpts(view)
    for side, place, (narrowed, table) in zip(SIDES, st.columns(2), tables, strict=True):
        with place:
            show_table(narrowed, table, side, columns=COUNTED if not marks else MARKED, height=300)
