"""A codebook changed on the page: sentences from the review, rules tried at once, a new version.

The draft lives in the browser's session until it is saved; nothing is written before.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis.app import address, person, project_file, text_component
from analysis.app.view import View
from analysis.cli import clock
from analysis.codebook.amending import Kind, amended
from analysis.codebook.versions import compare
from analysis.codebook.yaml_file import parse_codebook
from analysis.coding.examples import failing_examples
from analysis.errors import WenmaError
from analysis.project.peoples_work import added_by_people, rejected_by_people
from analysis.project.recoding import Trial, recode, trial
from analysis.project.store import Project
from analysis.records import Codebook, by_rules

DRAFT, TOLD, TRIED = "codebook draft", "codebook told", "codebook tried"
NUMBER = "codebook draft number"
"""Counts the drafts put into the field by others than the keyboard: each is a new field."""
AT_ONCE = 200
"""Sentences offered for a code."""


def draw(view: View, path: str) -> None:
    """The draft, what the review offers for it, a trial, and saving."""
    say = view.say
    if not by_rules(view.study.coder):
        return
    # A draft is long: it is sent to the browser only when it is wanted.
    if not address.tick(say("change_codebook"), "change"):
        return
    with st.container(border=True):
        _offered(view, path)
        st.text_area(
            say("draft"),
            value=st.session_state.get(DRAFT, view.study.codebook.text),
            key=_field(),
            height=320,
            on_change=_typed,
        )
        if told := st.session_state.pop(TOLD, ""):
            text_component.lines("draft-told", ("body", told))
        first, second, third, fourth = st.columns(4)
        first.button(say("try_draft"), on_click=partial(_try, view), width="stretch")
        second.button(
            say("save_draft"), on_click=partial(_save, view), type="primary", width="stretch"
        )
        third.download_button(
            say("draft_file"),
            data=_draft(view),
            file_name=f"{view.study.codebook.id}.yaml",
            mime="application/yaml",
            on_click="ignore",
            width="stretch",
        )
        fourth.button(say("drop_draft"), on_click=_drop, width="stretch")
        if TRIED in st.session_state:
            _tried(view, st.session_state[TRIED])


def _draft(view: View) -> str:
    return str(st.session_state.get(DRAFT, view.study.codebook.text))


def _field() -> str:
    return f"{DRAFT} {st.session_state.get(NUMBER, 0)}"


def _typed() -> None:
    st.session_state[DRAFT] = st.session_state[_field()]
    st.session_state.pop(TRIED, None)


def _drop() -> None:
    for key in (DRAFT, TRIED):
        st.session_state.pop(key, None)
    st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1


def _offered(view: View, path: str) -> None:
    """What people rejected may become near misses; what they added, examples."""
    import pandas as pd

    say = view.say
    state = project_file.state(view.project)
    hidden = project_file.hidden(view.project, person.known(), state)
    with Project.open(view.project) as project:
        offers: tuple[tuple[Kind, list[str]], ...] = (
            ("near_misses", rejected_by_people(project, path, most=AT_ONCE, hidden=hidden)),
            ("examples", added_by_people(project, path, most=AT_ONCE, hidden=hidden)),
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
                column_config={"sentence": st.column_config.TextColumn(say("chosen_unit"))},
            )


def _take(view: View, path: str, kind: Kind, sentences: list[str], key: str) -> None:
    rows = st.session_state[key].selection.rows
    if not rows:
        return
    try:
        st.session_state[DRAFT] = amended(_draft(view), path, kind, sentences[rows[0]])
        st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1
        st.session_state[TOLD] = view.say("taken", sentence=sentences[rows[0]])
    except WenmaError as error:
        st.session_state[TOLD] = str(error)


def _with_draft(view: View, act: Callable[[Codebook, Project], None]) -> None:
    try:
        book = parse_codebook(_draft(view), file=view.say("draft"))
        with Project.open(view.project) as project:
            act(book, project)
    except WenmaError as error:
        st.session_state[TOLD] = str(error)


def _try(view: View) -> None:
    def tried(book: Codebook, project: Project) -> None:
        if wrong := _wrong(view, book):  # a near miss is one before its rule is mended
            st.session_state[TOLD] = wrong
        st.session_state[TRIED] = trial(project, book, against=view.study.coder, most=5)

    _with_draft(view, tried)


def _save(view: View) -> None:
    old = view.study.codebook

    def saved(book: Codebook, project: Project) -> None:
        if person.role(person.known()) != "supervisor":
            st.session_state[TOLD] = view.say("supervisors_only")
        elif not compare(old, book):
            st.session_state[TOLD] = view.say("no_change")
        elif book.coder == old.coder:
            st.session_state[TOLD] = view.say("raise_version", version=old.version)
        elif wrong := _wrong(view, book):
            st.session_state[TOLD] = wrong
        else:
            count = recode(project, book, now=clock.now)
            _drop()
            st.session_state[TOLD] = view.say("draft_saved", coder=book.coder, n=count)

    _with_draft(view, saved)


def _wrong(view: View, book: Codebook) -> str:
    """The examples and near misses the draft's rules do not obey, in a sentence; "" for none."""
    found = list(failing_examples(book))
    if not found:
        return ""
    some = "；".join(f"{one.code} {one.sentence}（{one.why}）" for one in found[:3])
    return view.say("examples_fail", n=len(found), some=some)


def _tried(view: View, result: Trial) -> None:
    import pandas as pd

    say = view.say
    paths = [path for path in view.codes if result.added[path] or result.gone[path]]
    if not paths:
        st.text(say("nothing_changes"))
        return
    st.dataframe(
        pd.DataFrame(
            [
                (view.code_name(path), result.added[path], result.gone[path], result.kept[path])
                for path in paths
            ],
            columns=["code", "added", "gone", "kept"],
        ),
        hide_index=True,
        key=f"tried {say.language}",
        column_config={
            name: st.column_config.Column(say(f"tried_{name}" if name != "code" else name))
            for name in ("code", "added", "gone", "kept")
        },
    )
    text_component.lines(
        "tried-some",
        *(
            ("quote", f"{'+' if one.added else '−'} {view.code_name(one.code)}　{one.text}")
            for one in result.some[:40]
        ),
    )
