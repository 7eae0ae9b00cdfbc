"""编码频次: how often is each code used, per city or plan?"""

from dataclasses import replace

import streamlit as st

from wenma.app import address
from wenma.app.chart_view import longest, mark_door, show_chart
from wenma.app.excerpt_list import show_excerpts
from wenma.app.group_choice import attributes_said, by_of, choose_by
from wenma.app.largest_groups import largest_groups
from wenma.app.messages import as_it_stands
from wenma.app.table_view import show_table
from wenma.app.view import View
from wenma.publish.charts import frequency_bars, frequency_small_multiples
from wenma.queries.table import Table

MEASURES = {
    "references": "references",
    "per_1000": "per_1000",
    "share": "share",
    "file_count": "documents",
}
"""The words of the switch, and the columns they choose."""

ROOM = 530
"""Pixels for the panels side by side."""

ALL_CODES = ""

AT_ONCE = 24
"""Groups drawn at once; the table has all."""


def draw(view: View) -> None:
    """Ranked bars of all codes beside a panel for each group; the table under them."""
    say, language = view.say, view.say.language
    if not len(view.data):
        st.info(say("no_codings"))
        return
    first, second, third, fourth = st.columns([4, 2, 2, 2], vertical_alignment="bottom")
    with first:
        words = address.switch(say("measure"), "measure", list(MEASURES), show=say)
    by = choose_by(view, second, third)
    dimension = ALL_CODES
    if view.parents:  # a flat codebook is one dimension
        with fourth:
            dimension = address.select(
                say("dimension"), "dimension", view.dimensions, show=view.code_name
            )
    measure = MEASURES[words]
    left, right = st.columns([5, 7])
    with left:
        st.subheader(say("ranked"), anchor=False)
        bars = frequency_bars(
            view.ask("frequency"),
            view.codes_frame,
            measure=measure,
            language=language,
            door=mark_door(view),
        )
        show_chart(bars, "ranked", rows=21, width=230)
    grouped = view.ask("frequency", by=by_of(by))
    with right:
        st.subheader(say("one_for_each", by=as_it_stands(attributes_said(view, by))), anchor=False)
        several = _part(largest_groups(grouped, AT_ONCE), dimension)
        columns = max(1, min(3, ROOM // (longest(several.frame["group"].unique()) + 60)))
        multiples = frequency_small_multiples(
            several,
            view.codes_frame,
            measure=measure,
            columns=columns,
            language=language,
            door=mark_door(view),
        )
        show_chart(multiples, "multiples", rows=21, width=_panel(several, view, columns))
        groups = grouped.frame["group"].nunique()
        if groups > AT_ONCE:
            st.caption(say("group_count", shown=AT_ONCE, all=groups))
    show_excerpts(view)
    st.subheader(say("table"), anchor=False)
    show_table(
        view,
        grouped,
        "frequencies",
        columns=(
            "group",
            "code",
            "documents",
            "references_own",
            "references",
            "share",
            "share_of",
            "per_1000",
            "countable",
        ),
    )


def _part(table: Table, dimension: str) -> Table:
    """The codes of one dimension."""
    if dimension == ALL_CODES:
        return table
    code = table.frame["code"]
    inside = (code == dimension) | code.str.startswith(f"{dimension}/")
    return replace(table, frame=table.frame[inside].reset_index(drop=True))


def _panel(table: Table, view: View, columns: int) -> int:
    """Pixels for a panel, so many of which stand beside the longest name of a code."""
    names = [view.code_name(path) for path in table.frame["code"].unique() if path in view.leaves]
    return max(70, (ROOM - longest(names)) // columns - 16)
