"""What a document leaves unstated and may be known of it: shown with its ground, to be taken."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from wenma.app import person
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.study.guessed import Offer

LONGEST = 40
"""Characters of a ground that are shown."""


def guess_panel(view: View, name: str, id: str, fault: str) -> None:
    """Draw the guesses at a document's empty fields; those stated in the text are marked to take.

    What goes wrong is left in ``session_state[fault]``.
    """
    say = view.say
    offers = {one.guess.attribute: one for one in view.study.guesses(documents=[id])}
    if not offers:
        return
    key = f"guesses {id} {sorted(offers)}"
    taken = st.multiselect(
        say("guesses"),
        [*offers],
        default=[one for one, offer in offers.items() if offer.guess.sure],
        format_func=lambda one: _shown(view, offers[one]) if one in offers else one,
        key=key,
        help=say("guesses_help"),
    )
    st.button(
        say("take_guesses"),
        key=f"take {key}",
        on_click=partial(_take, view, name, [offers[one] for one in taken], fault),
        disabled=not (name and taken),
    )


def _shown(view: View, offer: Offer) -> str:
    guess = offer.guess
    ground = guess.ground if len(guess.ground) <= LONGEST else f"{guess.ground[:LONGEST]}…"
    doubt = "" if guess.sure else f" {view.say('inferred')}"
    return f"{view.attribute(guess.attribute)}: {guess.value}{doubt} ← {ground}"


def _take(view: View, name: str, offers: Sequence[Offer], fault: str) -> None:
    try:
        with person.session(view.project, name, least="supervisor") as session:
            session.accept_guesses(offers)
    except WenmaError as error:
        st.session_state[fault] = error.said(view.say.language)
