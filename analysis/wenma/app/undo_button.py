"""A button that takes back what the page shows as the last act, and nothing else."""

from functools import partial

import streamlit as st

from wenma.app import person
from wenma.app.numbered_acts import out_of_date
from wenma.app.view import View
from wenma.errors import WenmaError


def undo_button(
    view: View, name: str, acts: int, fault: str, *, shortcut: str | None = None
) -> None:
    """Draw it for a page that knows of so many `acts` of this person.

    Pressed twice, the second press is about what the first was about. What went wrong is
    left in ``session_state[fault]``.
    """
    st.button(
        view.say("undo"),
        key=f"undo {name} {acts}",
        on_click=partial(_undo, view, name, acts, fault),
        shortcut=shortcut,
        disabled=not name,
        width="stretch",
    )


def _undo(view: View, name: str, acts: int, fault: str) -> None:
    try:
        with person.session(view.project, name) as session:
            if problem := out_of_date(session.study, {"after": acts}):
                st.session_state[fault] = view.say(problem)
                return
            session.undo()
    except WenmaError as error:
        st.session_state[fault] = error.said(view.say.language)
