"""文件: where do the texts come from, are they whole, and what is stated of them?"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from wenma.app import address, person, text_component
from wenma.app.excerpt_list import show_excerpts
from wenma.app.table_view import show_table
from wenma.app.undo_button import undo_button
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.queries.grouping import as_text
from wenma.study.own_work import own_acts

COUNTS = ("han", "sections", "units", "references")
LAST = ("issuer", "number", "kind", "level", "source")
KINDS = ("text", "number", "date")
"""What an attribute is found to be."""
_FAULT = "attribute fault"


def draw(view: View) -> None:
    """The sample table with what tells a text that was not read whole; attributes to correct."""
    say = view.say
    st.caption(say("documents_help"))
    stated = [name for name in view.study.attributes() if name in ("title", *view.groupings)]
    first = [name for name in stated if name not in ("document", *LAST)]
    last = [name for name in LAST if name in stated]
    show_table(
        view,
        view.ask("documents"),
        "documents",
        columns=(*first, *COUNTS, *last),
        height=460,
    )
    id = str(address.asked_excerpts().get("document", ""))
    if id in view.names:
        st.button(
            say("open_document"),
            type="primary",
            on_click=address.go,
            args=("reader",),
            kwargs={"document": id},
        )
    show_excerpts(view)
    _quality(view)
    _attributes(view, id)


def _quality(view: View) -> None:
    """How each document was read: what was left out, and what somebody should look at."""
    say = view.say
    table = view.ask("quality")
    suspect = int((table.frame["to_look_at"] > 0).sum())
    st.subheader(say("quality"), anchor=False)
    told = say("quality_look").format(suspect) if suspect else say("quality_whole")
    text_component.lines("quality", ("body", told))
    show_table(
        view,
        table,
        "quality",
        columns=("document", "to_look_at", "signs", "pages", "blank_pages", "left_out_parts"),
        height=320,
    )


def _attributes(view: View, chosen: str) -> None:
    """What is stated of one document, each value to be corrected; and of which kind it is."""
    say = view.say
    st.subheader(say("attributes"), anchor=False)
    if fault := st.session_state.pop(_FAULT, ""):
        text_component.lines("attribute-fault", ("body", fault))
    first, second = st.columns([2, 5], vertical_alignment="bottom")
    with first:
        name = person.asked(say)
    with second:
        id = address.select(
            say("document"),
            "of",
            view.documents,
            show=view.document_name,
            default=chosen if chosen in view.documents else None,
        )
    import pandas as pd

    frame = view.study.documents()
    kinds = {one: kind for one, kind in view.study.attributes().items() if one != "document"}
    row = frame[frame["document"] == id]
    values = {one: str(as_text(row[one]).iloc[0]) for one in kinds}
    with person.study_now(view.project) as study:
        acts = own_acts(study)
    key = f"attributes {id} {acts} {say.language}"
    st.data_editor(
        pd.DataFrame(
            {
                "attribute": [view.attribute(one) for one in kinds],
                "value": list(values.values()),
                "kind": [say(f"kind_{kind}") for kind in kinds.values()],
            }
        ),
        key=key,
        hide_index=True,
        disabled=["attribute", "kind"] if name else True,
        on_change=_corrector(view, name, id, key, [*kinds]),
        column_config={
            "attribute": st.column_config.TextColumn(say("attribute")),
            "value": st.column_config.TextColumn(say("attribute_value"), width="large"),
            "kind": st.column_config.TextColumn(say("attribute_kind")),
        },
    )
    st.caption(say("attributes_help"))
    with st.form("new attribute", clear_on_submit=True):
        third, fourth, fifth = st.columns([2, 3, 2], vertical_alignment="bottom")
        third.text_input(say("new_attribute"), key="new attribute name")
        fourth.text_input(say("attribute_value"), key="new attribute value")
        fifth.form_submit_button(
            say("add_attribute"),
            on_click=partial(_add, view, name, id),
            disabled=not name,
            width="stretch",
        )
    undo_button(view, name, acts, _FAULT)


def _corrector(
    view: View, name: str, id: str, key: str, attributes: list[str]
) -> Callable[[], None]:
    def corrected() -> None:
        for row, cells in st.session_state[key]["edited_rows"].items():
            if "value" in cells:
                _correct(view, name, id, attributes[int(row)], str(cells["value"] or ""))

    return corrected


def _add(view: View, name: str, id: str) -> None:
    attribute = str(st.session_state["new attribute name"]).strip()
    _correct(view, name, id, attribute, str(st.session_state["new attribute value"]))


def _correct(view: View, name: str, id: str, attribute: str, value: str) -> None:
    try:
        with person.session(view.project, name, least="supervisor") as session:
            session.correct(id, attribute, value)
    except WenmaError as error:
        st.session_state[_FAULT] = error.said(view.say.language)
