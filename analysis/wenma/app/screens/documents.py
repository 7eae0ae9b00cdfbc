"""文件: where do the texts come from, are they whole?"""

import streamlit as st

from wenma.app import address
from wenma.app.excerpt_list import show_excerpts
from wenma.app.table_view import show_table
from wenma.app.view import View


def draw(view: View) -> None:
    """The sample table with what tells a text that was not read whole."""
    say = view.say
    st.caption(say("documents_help"))
    show_table(
        view,
        view.ask("documents"),
        "documents",
        columns=(
            "title",
            "city",
            "plan",
            "period",
            "year",
            "han",
            "sections",
            "units",
            "references",
            "issuer",
            "number",
            "kind",
            "level",
            "source",
        ),
        height=460,
    )
    id = address.door().get("document")
    if id:
        st.button(
            say("open_document"),
            type="primary",
            on_click=address.go,
            args=("reader",),
            kwargs={"document": id},
        )
    show_excerpts(view)
