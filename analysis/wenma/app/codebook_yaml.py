"""The draft of a codebook as YAML, for experts; and what the review offers for it."""

from functools import partial

import streamlit as st

from wenma.app import codebook_draft, person
from wenma.app.codebook_draft import NUMBER
from wenma.app.view import View
from wenma.codebook.editing import SentenceList, add_sentence
from wenma.study.own_work import offered_sentences

MOST_OFFERED = 200
"""Sentences offered for a code."""


def draw(view: View, path: str) -> None:
    """What the review offers for the code, and the whole text."""
    _offered(view, path)
    st.text_area(
        view.say("draft"),
        value=codebook_draft.current_draft(view).now.text,
        key=_field(),
        height=420,
        on_change=_typed,
        args=(view,),
    )


def _field() -> str:
    return f"draft {st.session_state.get(NUMBER, 0)}"


def _typed(view: View) -> None:
    codebook_draft.take(view, st.session_state[_field()], typed=True)


def _offered(view: View, path: str) -> None:
    """What people rejected may become near misses; what they added, examples."""
    import pandas as pd

    say = view.say
    was = next(
        (old for old, new in codebook_draft.current_draft(view).now.paths.items() if new == path),
        path,
    )
    with person.study_now(view.project) as study:
        found = offered_sentences(study, was, most=MOST_OFFERED)
    offers: tuple[tuple[SentenceList, list[str]], ...] = (
        ("near_misses", found.near_misses),
        ("examples", found.examples),
    )
    for place, (kind, sentences) in zip(st.columns(2), offers, strict=True):
        with place:
            st.text(say(f"offered_{kind}", n=len(sentences)))
            if not sentences:
                continue
            key = f"offered {kind} {path} {say.language}"
            st.dataframe(
                pd.DataFrame({"sentence": sentences}),
                key=key,
                hide_index=True,
                height=180,
                selection_mode="single-row",
                on_select=partial(_take, view, path, kind, sentences, key),
                column_config={"sentence": st.column_config.TextColumn(say("sentence"))},
            )


def _take(view: View, path: str, kind: SentenceList, sentences: list[str], key: str) -> None:
    rows = st.session_state[key].selection.rows
    if not rows:
        return
    sentence = sentences[rows[0]]
    done = codebook_draft.change(
        view, lambda text, version: add_sentence(text, path, kind, sentence, version=version)
    )
    if done is not None:
        codebook_draft.tell_next(view.say("taken", sentence=sentence))
