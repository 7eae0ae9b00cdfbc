"""总览: what is in this study, and what stands out?"""

import streamlit as st

from wenma.app.attention_chart import AT_ONCE, attention_chart
from wenma.app.chart_view import show_chart
from wenma.app.excerpt_list import show_excerpts
from wenma.app.largest_groups import largest_groups
from wenma.app.messages import as_it_stands
from wenma.app.table_view import show_table
from wenma.app.view import View
from wenma.study.totals import totals


def draw(view: View) -> None:
    """Four figures, the attention heat map, its table."""
    say = view.say
    known = totals(view.data, headings=view.headings)
    for column, (label, value) in zip(
        st.columns(4),
        (
            ("figure_documents", f"{known.documents:,}"),
            ("figure_han", f"{known.han:,}"),
            ("figure_references", f"{known.references:,}"),
            ("figure_coded", f"{known.coded:.1%}" if known.units else "–"),
        ),
        strict=True,
    ):
        column.metric(say(label), value)
    if not known.references:
        st.info(say("no_codings"))
        return
    by = view.telling
    table = view.ask("frequency", by=by)
    st.subheader(say("attention", by=as_it_stands(view.attribute(by).lower())), anchor=False)
    show_chart(attention_chart(view, largest_groups(table, AT_ONCE)), "attention")
    told = say("attention_colour")
    if (groups := table.frame["group"].nunique()) > AT_ONCE:
        told += say("group_count", shown=AT_ONCE, all=groups)
    st.caption(told)
    show_excerpts(view)
    show_table(
        view,
        table,
        "overview",
        columns=("group", "code", "documents", "references", "share", "per_1000"),
        height=320,
    )
