"""编码共现: which ideas go together, and where?"""

from dataclasses import replace

import streamlit as st

from wenma.app import address
from wenma.app.chart_view import longest, mark_door, show_chart
from wenma.app.excerpt_list import show_excerpts
from wenma.app.group_choice import choose_group
from wenma.app.table_view import show_table
from wenma.app.view import View
from wenma.publish.charts import cooccurrence_heatmap, cooccurrence_network
from wenma.queries.cooccurrence import units_with
from wenma.queries.table import Table
from wenma.queries.windows import WINDOWS

MEASURES = {"npmi": 0.1, "n11": 3, "jaccard": 0.05, "g2": 10.83}
"""The measures in the order of the switch, and from which value on the network draws a line."""

UNDEFINED = ("npmi", "g2")
"""Measures not drawn for codes that never meet."""

AT_ONCE = 16
"""Codes a heat map of half a page can name with their numbers."""


def draw(view: View) -> None:
    """The heat map beside the network; the table under them."""
    say, language = view.say, view.say.language
    left, middle, right = st.columns([5, 2, 2], vertical_alignment="bottom")
    with left:
        measure = address.switch(say("measure"), "measure", list(MEASURES), show=say)
    with middle:
        window = address.select(say("together_in"), "window", WINDOWS, show=say)
    with right:
        narrowed = choose_group(view, say("where"), "where")
    st.caption(say(f"{measure}_help"))
    table = narrowed.ask("cooccurrence", window=window)
    if not len(table.frame) or not table.frame["n11"].sum():
        st.info(say("no_pairs"))
        return
    met = _met(table)
    left, right = st.columns([11, 9])
    with left:
        st.subheader(say("heat_map"), anchor=False)
        chart = cooccurrence_heatmap(
            met, view.codes_frame, measure=measure, language=language, door=mark_door(narrowed)
        )
        show_chart(chart, "pairs", rows=24, columns=_column(met, view))
        if measure in UNDEFINED:
            st.caption(say("pairs_help"))
        if (codes := len(_units(table))) > AT_ONCE:
            st.caption(say("pairs_count", shown=AT_ONCE, all=codes))
    with right:
        st.subheader(say("network"), anchor=False)
        chart = cooccurrence_network(
            met,
            view.codes_frame,
            measure=measure,
            threshold=MEASURES[measure],
            language=language,
            door=mark_door(narrowed),
        )
        show_chart(chart, "network", width=430, height=390)
        st.caption(say("network_help", measure=say(measure), limit=MEASURES[measure]))
    show_excerpts(view)
    st.subheader(say("table"), anchor=False)
    show_table(
        narrowed,
        table,
        "cooccurrence",
        columns=(
            "code",
            "code_b",
            "n11",
            "n1",
            "n2",
            "n",
            "overlapping",
            "jaccard",
            "dice",
            "cosine",
            "lift",
            "npmi",
            "phi",
            "expected",
            "g2",
            "p",
            "q",
            "uneven",
        ),
    )


def _column(table: Table, view: View) -> int:
    """Pixels for a column, so that the heat map stands beside the network."""
    paths = dict.fromkeys([*table.frame["code"], *table.frame["code_b"]])
    name = longest(map(view.code_name, paths))
    return max(16, min(36, (510 - name - 50) // max(len(paths) - 1, 1)))


def _units(table: Table) -> dict[str, int]:
    """The units of each code that occurs here."""
    return {code: units for code, units in units_with(table).items() if units}


def _met(table: Table) -> Table:
    """The pairs of the commonest codes; no measure for those that never meet.

    Two rare codes seldom meet by chance either: their -1 would stand out most
    and mean least.
    """
    units = _units(table)
    drawn = sorted(units, key=lambda code: -units[code])[:AT_ONCE]
    frame = table.frame[table.frame["code"].isin(drawn) & table.frame["code_b"].isin(drawn)].copy()
    frame.loc[frame["n11"] == 0, list(UNDEFINED)] = float("nan")
    return replace(table, frame=frame.reset_index(drop=True))
