"""The draft of a codebook: changed step by step, tried at once, saved as a new version.

The draft lives in the browser's session until it is saved; nothing is written before.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

import streamlit as st

from wenma.app import address, person
from wenma.app.view import View
from wenma.codebook.editing import EditedCodebook, Paths, cached_codebook, follow_paths
from wenma.codebook.next_version import next_version
from wenma.codebook.versions import Change, compare_versions
from wenma.errors import CodebookError, WenmaError
from wenma.records import Codebook
from wenma.study.own_draft import DraftStep, KeptDraft, keep_own_draft, own_draft
from wenma.study.revising import REVISE_VERB, Trial, failing_examples, put_to_use, try_codebook

DRAFT, TOLD, TRIED = "codebook draft", "codebook told", "codebook tried"
LOADED = "codebook draft loaded"
"""Whose draft of which codebook has been looked for."""
KEPT_DRAFT = "codebook draft kept"
"""What was in the project when it was last looked at."""
NUMBER = "codebook draft number"
"""Counts the drafts made by others than the YAML field: each is a new field."""
MOST_STEPS = 100
"""Steps of a draft that can be taken back."""


class Draft(NamedTuple):
    """What is drafted on a version, with the steps before and those taken back."""

    base: str  # fingerprint of the version it began from
    now: DraftStep
    before: tuple[DraftStep, ...] = ()
    after: tuple[DraftStep, ...] = ()


def current_draft(view: View) -> Draft:
    """The draft; where there is none, the version in use as it is."""
    book = view.book
    whose = (book.id, person.known())
    if st.session_state.get(LOADED) != whose:
        _change_hands(view, whose)
    found: Draft | None = st.session_state.get(DRAFT)
    return found or Draft(book.fingerprint, DraftStep(book.text, {}))


def _change_hands(view: View, whose: tuple[str, str]) -> None:
    """Take up what this person had begun before the browser was closed.

    What is drafted here without a name becomes theirs: its steps follow the kept ones.
    """
    begun_here: Draft | None = st.session_state.pop(DRAFT, None)
    here = begun_here if st.session_state.get(LOADED) == (whose[0], "") else None
    kept = None
    if whose[1]:
        with person.study_now(view.project) as study:
            kept = own_draft(study, view.book.id)
    st.session_state[LOADED], st.session_state[KEPT_DRAFT] = whose, kept
    if kept:
        *before, now = kept.steps[: kept.at + 1]
        found = Draft(kept.base, now, tuple(before), kept.steps[kept.at + 1 :])
        st.session_state[DRAFT] = found
    if here and here.now.text != view.book.text:
        earlier = kept.steps[: kept.at + 1] if kept else ()
        _now(view, Draft(here.base, here.now, (*earlier, *here.before)[-MOST_STEPS:]))


def _now(view: View, new: Draft | None, *, typed: bool = False) -> None:
    """The draft is this one now, here and in the project under its person's name; None for none."""
    codebook, name = st.session_state.get(LOADED, (view.book.id, ""))
    if name:
        kept = new and KeptDraft(new.base, (*new.before, new.now, *new.after), len(new.before))
        try:
            with person.session(view.project, name) as session:
                known: KeptDraft | None = st.session_state.get(KEPT_DRAFT)
                keep_own_draft(session.study, codebook, kept, instead_of=known)
        except WenmaError as error:
            tell_next(error.said(view.say.language))
            return
        st.session_state[KEPT_DRAFT] = kept
    if new is None:
        st.session_state.pop(DRAFT, None)
    else:
        st.session_state[DRAFT] = new
    st.session_state.pop(TRIED, None)
    if not typed:
        st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1


def begun(view: View) -> bool:
    """Has anything been drafted?"""
    return current_draft(view).now.text != view.book.text


def book_of(view: View) -> Codebook:
    """The codebook the draft makes; `CodebookError` when it makes none."""
    text = current_draft(view).now.text
    if text == view.book.text:
        return view.book
    try:
        return cached_codebook(text)
    except CodebookError as error:
        raise CodebookError(
            error.problem, file=view.say("draft"), place=error.place, cure=error.cure, zh=error.zh
        ) from None


def changes(view: View) -> list[Change]:
    """What the draft changes."""
    return compare_versions(view.book, book_of(view), paths=current_draft(view).now.paths)


def change(view: View, *acts: Callable[[str, str], EditedCodebook]) -> Paths | None:
    """Change the draft by these acts on its text and version, as one step; where paths went.

    None when one of them cannot be: nothing is changed then, and why is told.
    """
    here = current_draft(view)
    text, paths, moved = here.now.text, here.now.paths, dict[str, str]()
    try:
        version = free_version(view)
        for act in acts:
            done = act(text, version)
            text, paths = done.text, follow_paths(paths, done.paths)
            moved = follow_paths(moved, done.paths)
    except WenmaError as error:
        tell_next(error.said(view.say.language))
        return None
    take(view, text, paths)
    return moved


def free_version(view: View) -> str:
    """The version the draft gets: the next that no codings are kept under."""
    book = view.book
    with person.study_now(view.project) as study:
        taken = study.codebooks().get(book.id, ())
    return next_version(book.version, taken)


def take(view: View, text: str, paths: Paths | None = None, *, typed: bool = False) -> None:
    """The draft becomes this text; what it was can be had back."""
    here = current_draft(view)
    if text == here.now.text:
        return
    step = DraftStep(text, here.now.paths if paths is None else paths)
    _now(view, Draft(here.base, step, (*here.before, here.now)[-MOST_STEPS:]), typed=typed)


def take_step(view: View, way: Literal["undo", "redo"]) -> None:
    """Take the last step of the draft back, or do it again.

    Where there is none, so with the version the person saved last.
    """
    here = current_draft(view)
    if way == "undo" and here.before:
        *rest, last = here.before
        _now(view, Draft(here.base, last, tuple(rest), (here.now, *here.after)))
    elif way == "redo" and here.after:
        first, *later = here.after
        _now(view, Draft(here.base, first, (*here.before, here.now), tuple(later)))
    else:
        _saved_back(view, way)


def drop(view: View) -> None:
    """Forget the draft."""
    _now(view, None)


def tell_next(text: str) -> None:
    """Say this when the page is drawn next."""
    st.session_state[TOLD] = text


def try_out(view: View) -> None:
    """Say what the draft would add and take away."""

    def tried(book: Codebook) -> None:
        if wrong := _wrong(view, book):  # a near miss is one before its rule is mended
            tell_next(wrong)
        paths = current_draft(view).now.paths
        with person.study_now(view.project) as study:
            st.session_state[TRIED] = try_codebook(study, book, paths=paths, most=5).trial

    _with_draft(view, tried)


def tried() -> Trial | None:
    """What the draft would do, once it has been tried."""
    found: Trial | None = st.session_state.get(TRIED)
    return found


def save(view: View) -> None:
    """Put the draft to use as a new version: one act of the person, if they may."""
    old, say, name = view.book, view.say, person.known()

    def saved(book: Codebook) -> None:
        here = current_draft(view)
        with person.study_now(view.project) as study:
            in_use = study.codebook(study.choice(codebook=old.id))
        if not person.may(name, "supervisor"):
            tell_next(say("supervisors_only"))
        elif not name:
            tell_next(say("name_first"))
        elif here.base != in_use.fingerprint:
            tell_next(say("draft_overtaken"))
        elif not compare_versions(old, book, paths=here.now.paths):
            tell_next(say("no_change"))
        elif book.coder == old.coder:
            tell_next(say("raise_version", version=old.version))
        elif wrong := _wrong(view, book):
            tell_next(wrong)
        else:
            paths = _known(here.now.paths, old, book)
            with person.session(view.project, name, least="supervisor") as session:
                done = put_to_use(session.study, book, paths, person=name)
            drop(view)
            address.write(coder="")
            told = say("draft_saved", coder=book.coder, n=done.documents)
            if moved := done.codings + done.verdicts + done.memos:
                told += say("draft_carried", n=moved)
            if done.left:
                told += say("draft_left", n=done.left)
            tell_next(told)

    _with_draft(view, saved)


def _known(paths: Paths, old: Codebook, new: Codebook) -> Mapping[str, str]:
    """The paths that lead from one version to the other: YAML typed since may have undone some."""
    before, after = ({code.path for code in book.codes} for book in (old, new))
    return {o: n for o, n in paths.items() if o in before and (not n or n in after)}


def _saved_back(view: View, way: Literal["undo", "redo"]) -> None:
    """Undo or redo of a saved version, by who saved it."""
    say, name = view.say, person.known()
    if not name or not person.may(name, "supervisor"):
        tell_next(say("name_first") if not name else say("supervisors_only"))
        return
    try:
        with person.session(view.project, name, least="supervisor") as session:
            last = session.next_back(way)
            if last is None:
                tell_next(say(f"nothing_to_{way}"))
            elif last.verb != REVISE_VERB:
                tell_next(say("last_elsewhere", verb=say(f"verb_{last.verb}")))
            else:
                (session.undo if way == "undo" else session.redo)()
                drop(view)
                address.write(coder="")
                tell_next(say(f"act_{way}", verb=say(f"verb_{REVISE_VERB}")))
    except WenmaError as error:
        tell_next(error.said(say.language))


def _with_draft(view: View, act: Callable[[Codebook], None]) -> None:
    try:
        act(book_of(view))
    except WenmaError as error:
        tell_next(error.said(view.say.language))


def _wrong(view: View, book: Codebook) -> str:
    """The examples and near misses the draft's rules do not obey, in a sentence; "" for none."""
    found = list(failing_examples(book))
    if not found:
        return ""
    some = "；".join(f"{one.code} {one.sentence}（{one.why}）" for one in found[:3])
    return view.say("examples_fail", n=len(found), some=some)
