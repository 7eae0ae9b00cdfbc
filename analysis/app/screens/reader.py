"""阅读: what does the text say, why was it coded so, and how do I code it?"""

from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import streamlit as st

from analysis.app import address, code_picker, person, project_file, text_component
from analysis.app.code_picker import AtHand
from analysis.app.excerpt_list import chips
from analysis.app.reading_view import (
    blocks,
    carrying,
    codes_used,
    outline,
    stripes,
    undecided,
    unit_at,
    within,
)
from analysis.app.texts import Say
from analysis.app.view import View
from analysis.cli.clock import now
from analysis.errors import ProjectError, WenmaError
from analysis.project.acts import Act
from analysis.project.desk import Desk, named
from analysis.project.history import history
from analysis.project.peoples_work import decided, memos
from analysis.project.store import Project
from analysis.records import Coding, Document, Unit

KEY = "reader"
DONE = "reader-done"
USED = "reader-used"


class _Paper(NamedTuple):
    """A document as the person at the desk sees it."""

    document: Document
    units: Sequence[Unit]
    theirs: Sequence[Coding]
    mine: Sequence[Coding]
    judged: Collection[tuple[int, int, str]]
    memos: Mapping[str, Sequence[tuple[str, str]]]
    """What a memo is about → each person and what they wrote."""


def draw(view: View) -> None:
    """The outline, the text with its codes, the codings of the chosen sentence."""
    _page(view, person.known())


@st.fragment  # coding draws this page again, not the whole app
def _page(view: View, seen_by: str) -> None:
    try:
        _draw(view)
    except WenmaError as error:
        st.text(str(error))
    if person.known() != seen_by:
        # Whose codings may be shown depends on who looks: the app asks again.
        st.rerun(scope="app")


def _draw(view: View) -> None:
    say = view.say
    first, second, third, fourth, last = st.columns(
        [4, 2.2, 2.2, 1.9, 2.2], vertical_alignment="bottom"
    )
    with first:
        id = _document(view)
    with last:
        name = _person(say)
    if problem := _refused(name):
        st.text(problem)
        name = ""
    paper = _paper(view, id, name)
    to_decide = undecided(paper.units, paper.theirs, mine=paper.mine, judged=paper.judged)
    with second:
        whose = _whose(say)
    with third:
        stance = _stance(view)
    with fourth:
        only = address.tick(say("only_undecided"), "undecided")
    theirs, mine = _shown(paper, to_decide if only else None, whose=whose, stance=stance)
    hidden = address.several("hidden")
    order = {code: n for n, code in enumerate(view.codes) if code not in hidden}
    counts = codes_used([*theirs, *mine], view.codes)
    unit = _chosen(paper.units)
    text_component.reading(
        KEY,
        _packed(view, paper, theirs, order),
        document=id,
        mine=stripes(mine, order=order),
        outline=outline(paper.document, [*theirs, *mine]),
        chips=chips(view, counts, counts, hidden=hidden),
        codes=code_picker.plain(code_picker.entries(view.codes.values(), language=say.language)),
        words=_words(view),
        unit=unit.number if unit else None,
        undecided=[one.number for one in to_decide],
        panel=_panel(view, paper, unit, name),
        keys=_at_hand(view, name).keys,
        done=st.session_state.get(DONE, {"page": "", "n": 0, "text": ""}),
        chosen=_on_unit(paper.units),
        toggled=_on_code,
        acted=_on_act(view, name),
    )


# -- what is asked for ------------------------------------------------------------------


def _document(view: View) -> str:
    ids = list(view.study.documents["document"])
    asked = address.one("document")
    # A link leads to its document even where the filters would leave it out.
    if asked and asked not in ids and asked in view.names:
        ids.insert(0, asked)
    elif asked and asked not in ids:
        st.info(view.say("no_such_document"))
    return address.select(
        view.say("document"),
        "document",
        ids,
        show=view.document_name,
        hide_label=True,
        clears=("at", "hidden"),
    )


def _person(say: Say) -> str:
    """Who codes: known from another page, from the address, or written here."""
    known = str(st.session_state.get("person", ""))
    if known and not address.one("person"):
        address.write(person=known)
    return person.asked(say)


def _refused(name: str) -> str:
    """Why this name cannot be a coder's; empty when it can, and where there is none."""
    if name:
        try:
            named(name)
        except ProjectError as error:
            return str(error)
    return ""


def _whose(say: Say) -> str:
    names = {
        "both": say("whose_both"),
        "mine": say("whose_mine"),
        "theirs": say("whose_theirs"),
    }
    return address.select(
        say("whose"), "whose", list(names), show=names.__getitem__, hide_label=True
    )


def _stance(view: View) -> str:
    """The stance a unit must carry to be shown; empty for any, or where none are coded."""
    paths = [path for path, code in view.codes.items() if code.parent == "stance"]
    if not paths:
        return ""
    return address.select(
        view.say("stance"),
        "stance",
        ["", *paths],
        show=lambda path: view.code_name(path) if path else view.say("any_stance"),
        hide_label=True,
    )


def _chosen(units: Sequence[Unit]) -> Unit | None:
    at = address.one("at")
    return unit_at(units, int(at)) if at.isdecimal() else None


# -- what is there ------------------------------------------------------------------------


def _paper(view: View, id: str, name: str) -> _Paper:
    coder = view.study.coder
    known = project_file.coders(view.project, view.state)
    names = [coder] if coder in known else coder.split(" + ")
    document, units, _ = project_file.document(view.project, id, names[0], view.state)
    theirs = [
        coding
        for other in names
        if other != name
        for coding in project_file.document(view.project, id, other, view.state)[2]
    ]
    # Tasks change by acts of people, which the state of the view leaves out.
    hidden = project_file.hidden(view.project, name, project_file.state(view.project))
    notes: dict[str, list[tuple[str, str]]] = {}
    with Project.open(view.project) as project:  # what people do is read as it is now
        mine = project.codings(id, coder=name) if name else []
        judged = {key[1:] for key in decided(project, person=name, document=id)}
        for about, who, text, _ in memos(project):
            if who not in hidden:
                notes.setdefault(about, []).append((who, text))
    return _Paper(document, units, theirs, mine, judged, notes)


def _shown(
    paper: _Paper, units: Sequence[Unit] | None, *, whose: str, stance: str
) -> tuple[Sequence[Coding], Sequence[Coding]]:
    """The codings the filters let through, of the chosen coder and of the person."""
    theirs = [] if whose == "mine" else paper.theirs
    mine = [] if whose == "theirs" else paper.mine
    if stance:
        every = (*paper.theirs, *paper.mine)
        stated = [one for one in every if f"{one.code}/".startswith(f"{stance}/")]
        of_stance = carrying(paper.units, stated)
        theirs, mine = within(theirs, of_stance), within(mine, of_stance)
    if units is not None:
        theirs, mine = within(theirs, units), within(mine, units)
    return theirs, mine


def _packed(view: View, paper: _Paper, theirs: Sequence[Coding], order: Mapping[str, int]) -> bytes:
    """The text with the chosen coder's marks, worked out anew only when one has changed."""
    marks = [(one.start, one.end, one.code, one.coder) for one in theirs]
    known = (view.project, paper.document.id, view.state, marks, list(order))
    return _pack(sha256(repr(known).encode()).hexdigest()[:16], paper, theirs, order)


@st.cache_resource(show_spinner=False, max_entries=12)
def _pack(
    version: str, _paper: _Paper, _theirs: Sequence[Coding], _order: Mapping[str, int]
) -> bytes:
    drawn = blocks(_paper.document, _paper.units, _theirs, order=_order)
    return text_component.packed(version, drawn, stripes(_theirs, order=_order))


def _at_hand(view: View, name: str) -> AtHand:
    """The codes this person used last in this project."""
    whose = (view.project, name)
    kept = st.session_state.get(USED)
    if kept is None or kept[0] != whose:
        found = AtHand()
        if name:
            with Project.open(view.project) as project:
                acts, _ = history(project)
            found = code_picker.used_last(acts, person=name, known=view.codes)
        kept = st.session_state[USED] = (whose, found)
    found = kept[1]
    return found


# -- the panel at the right -----------------------------------------------------------------


def _panel(view: View, paper: _Paper, unit: Unit | None, name: str) -> dict[str, Any]:
    """The chosen unit, where it stands, each of its codings with rule and words, memos."""
    say, document = view.say, paper.document
    here: list[dict[str, Any]] = []
    if unit:
        own = {(one.start, one.end, one.code) for one in paper.mine}
        for mine, codings in ((True, paper.mine), (False, paper.theirs)):
            here += [
                _told(view, paper, one, name, mine=mine)
                | {"taken": not mine and (one.start, one.end, one.code) in own}
                for one in codings
                if one.start < unit.end and one.end > unit.start
            ]
    lines = _place(say, document, unit) if unit else [("faint", say("choose_sentence"))]
    if unit and not here:
        lines.append(("faint", say("not_coded")))
    paper_memo = _memo(paper, f"document:{document.id}", name)
    return {
        "lines": [list(line) for line in lines],
        "codings": here,
        "document": {"name": say("document_memo"), **paper_memo},
    }


def _place(say: Say, document: Document, unit: Unit) -> list[tuple[str, str]]:
    place = document.place(unit.start)
    words = [
        say("place_page", page=place.page) if place.page else "",
        say("place_line", line=place.line) if place.line else "",
    ]
    return [
        ("title", say("sentence")),
        ("quote", document.text[unit.start : unit.end]),
        ("faint", document.address(unit.section)),
        ("faint", f"{say('place_in_file')} {' '.join(filter(None, words))}" if any(words) else ""),
    ]


def _told(view: View, paper: _Paper, one: Coding, name: str, *, mine: bool) -> dict[str, Any]:
    say, text = view.say, paper.document.text
    words_of: dict[str, dict[str, None]] = {}
    for e in one.evidence:
        words_of.setdefault(e.rule, {})[text[e.start : e.end]] = None
    lines = [
        ["faint", f"{say('rule')} {rule}　{say('evidence')} {' · '.join(found)}"]
        for rule, found in words_of.items()
    ]
    if not mine and not lines:
        lines = [["faint", say("by_person")]]
    about = f"coding:{paper.document.id}:{one.start}:{one.end}:{one.code}"
    code = view.codes.get(one.code)
    return {
        "start": one.start,
        "end": one.end,
        "code": one.code,
        "own": int(mine),
        "name": view.code_name(one.code),
        "colour": code.colour if code else "#888888",
        "whose": say("mine") if mine else one.coder,
        "lines": lines,
        **_memo(paper, about, name),
    }


def _memo(paper: _Paper, about: str, name: str) -> dict[str, Any]:
    written = paper.memos.get(about, ())
    return {
        "about": about,
        "memo": next((text for who, text in written if who == name), ""),
        "others": [[who, text] for who, text in written if who != name],
    }


def _words(view: View) -> dict[str, str]:
    say = view.say
    return {
        "outline": say("outline"),
        "no_outline": say("no_outline"),
        "show_codes": say("show_codes"),
        "sentence": say("sentence"),
        "mine": say("mine"),
        "theirs": view.study.coder,
        "find_code": say("find_code"),
        "no_code": say("no_code"),
        "selected": say("selected", n="{n}"),
        "unit_meant": say("unit_meant"),
        "nothing_meant": say("nothing_meant"),
        "select_first": say("select_first"),
        "choose_own": say("choose_own"),
        "recoding": say("recoding"),
        "no_key": say("no_key"),
        "keys": say("key_help"),
        "undecided": say("undecided_left", n="{n}"),
        "none_after": say("none_after"),
        "none_before": say("none_before"),
        "uncode": say("uncode"),
        "recode": say("recode"),
        "extend": say("extend"),
        "split": say("split"),
        "merge": say("merge"),
        "take": say("take"),
        "memo": say("memo"),
        "keep": say("keep"),
        "leave": say("leave"),
    }


# -- what somebody does -----------------------------------------------------------------------


def _on_unit(units: Sequence[Unit]) -> Callable[[], None]:
    starts = {one.number: one.start for one in units}

    def chosen() -> None:
        number = st.session_state[KEY].unit
        if number in starts:
            address.write(at=str(starts[number]))

    return chosen


def _on_code() -> None:
    code = st.session_state[KEY].code
    hidden = address.several("hidden")
    if code:
        left = [one for one in hidden if one != code]
        address.write(hidden=left if code in hidden else [*hidden, str(code)])


def _on_act(view: View, name: str) -> Callable[[], None]:
    def acted() -> None:
        asked = st.session_state[KEY].act
        if not isinstance(asked, Mapping):
            return
        page, acts = str(asked.get("page")), asked.get("acts")
        before = st.session_state.get(DONE, {})
        reached = before.get("n", 0) if before.get("page") == page else 0
        for one in acts if isinstance(acts, list) else ():
            number = one.get("n") if isinstance(one, Mapping) else None
            # The browser asks again until it hears an answer: nothing is done twice.
            if isinstance(number, int) and number > reached:
                reached = number
                st.session_state[DONE] = {"page": page, "n": number, **_do(view, name, one)}

    return acted


def _do(view: View, name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Do one act at the desk; what came of it, as the browser is told."""
    say = view.say
    if not name:
        return {"text": say("needs_name"), "failed": True}
    try:
        with Project.open(view.project) as project:
            return _done(view, person.desk(project, name), asked)
    except (KeyError, TypeError, ValueError):  # no page of ours asks so
        return {"text": say("not_understood"), "failed": True}
    except WenmaError as error:
        return {"text": str(error), "failed": True}


def _done(view: View, desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    say, verb = view.say, asked["verb"]
    if verb in ("undo", "redo"):
        act = desk.undo(now=now()) if verb == "undo" else desk.redo(now=now())
        return {"text": _taken_back(view, verb, act, str(asked["document"])), "coding": None}
    if verb == "note":
        desk.note(str(asked["about"]), str(asked["text"]), now=now())
        return {"text": say("act_done", act=say("verb_note"))}
    coding = _coded(desk, verb, asked)
    if coding:
        _show(view, str(asked["document"]), coding["start"], coding["end"])
    if coding and verb in ("code", "recode"):
        whose, used = (view.project, desk.person), _at_hand(view, desk.person)
        st.session_state[USED] = (whose, code_picker.used_now(coding["code"], used))
        return {"text": say("coded_as", code=view.code_name(coding["code"])), "coding": coding}
    return {"text": say("act_done", act=say(f"verb_{verb}")), "coding": coding}


def _coded(desk: Desk, verb: str, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """Change codings; the one that is now the chosen one."""
    id, code = str(asked["document"]), str(asked["code"])
    if verb == "merge":
        spans = [(int(start), int(end)) for start, end in asked["spans"]]
        desk.merge(id, spans, code, now=now())
        start, end = min(one for one, _ in spans), max(one for _, one in spans)
        return {"start": start, "end": end, "code": code}
    start, end = int(asked["start"]), int(asked["end"])
    if verb == "code":
        desk.code(id, start, end, code, now=now())
    elif verb == "uncode":
        desk.uncode(id, start, end, code, now=now())
        return None
    elif verb == "recode":
        desk.recode(id, start, end, code, str(asked["to"]), now=now())
        code = str(asked["to"])
    elif verb == "extend":
        to = int(asked["to_start"]), int(asked["to_end"])
        desk.extend(id, start, end, code, *to, now=now())
        start, end = to
    elif verb == "split":
        end_of_first = int(asked["at"])
        desk.split(id, start, end, code, end_of_first, now=now())
        end = end_of_first
    else:
        raise ValueError(verb)
    return {"start": start, "end": end, "code": code}


def _show(view: View, id: str, start: int, end: int) -> None:
    """Turn to the unit a coding begins in, unless the chosen one has a part of it."""
    _, units, _ = project_file.document(view.project, id, view.study.coder, view.state)
    unit = _chosen(units)
    if unit is None or unit.end <= start or unit.start >= end:
        address.write(at=str(start))


def _taken_back(view: View, verb: str, act: Act | None, here: str) -> str:
    say = view.say
    if act is None:
        return say("nothing_to_undo") if verb == "undo" else say("nothing_to_redo")
    told = say(f"act_{verb}", verb=say(f"verb_{act.verb}"))
    if act.document and act.document != here:
        told += say("in_document", document=view.document_name(act.document))
    return told
