"""历史: who did what when?"""

import streamlit as st

from wenma.app import person, text_component
from wenma.app.view import View
from wenma.study.session import Act

COLUMNS = ("at", "who", "what", "document", "rows", "taken_back")
VERBS = (
    "code", "uncode", "recode", "extend", "split", "merge", "accept", "reject", "decide", "note",
    "assign", "judge", "settle", "run", "bring", "revise",
    "correct", "set_case", "remove_case", "follow",
)  # fmt: skip
SHOWN = 500
"""Newest acts in the table; the file has all."""


def draw(view: View) -> None:
    """The newest acts, and the whole history as a file."""
    import pandas as pd

    say = view.say
    with person.study_now(view.project) as study:
        acts, holding = study.history(most=SHOWN)
    if not acts:
        st.info(say("no_history"))
        return
    rows = [
        (
            act.at,
            act.person,
            _what(view, act),
            view.document_name(act.document) if act.document else "",
            len(act.edits),
            act.kind == "do" and act.id not in holding,
        )
        for act in acts
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=COLUMNS),
        hide_index=True,
        height=560,
        key=f"history {say.language}",
        column_config={
            name: st.column_config.Column(say(name if name == "document" else f"history_{name}"))
            for name in COLUMNS
        },
    )
    text_component.lines("history-help", ("faint", say("history_help")))
    st.download_button(
        "jsonl",
        data=lambda: _lines(view),
        file_name="history.jsonl",
        mime="application/jsonl",
        on_click="ignore",
        icon=":material/download:",
    )


def _what(view: View, act: Act) -> str:
    verb = view.say(f"verb_{act.verb}")
    return verb if act.kind == "do" else view.say(f"act_{act.kind}", verb=verb)


def _lines(view: View) -> str:
    with person.study_now(view.project) as study:
        return study.history_lines()
