"""What somebody does in the reader: each is an act of theirs, its answer goes to the browser."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from wenma.app import address, code_picker, person
from wenma.app.code_picker import AT_HAND, AtHand
from wenma.app.numbered_acts import NOTHING_DONE, ActAnswer, do_new_acts, out_of_date
from wenma.app.reading_view import unit_at
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.records import Unit
from wenma.study.recent_codes import recent_codes
from wenma.study.session import Act, Session
from wenma.study.study import Study

KEY = "reader"
"""Where the component leaves what was done."""
DONE = "reader-done"
USED = "reader-used"


def on_act(view: View, name: str) -> Callable[[], None]:
    """What is called when the component has acts to be done, each once."""

    def acted() -> None:
        done = st.session_state.get(DONE, NOTHING_DONE)
        sent = st.session_state[KEY].act
        st.session_state[DONE] = do_new_acts(sent, done, partial(_do, view, name))

    return acted


def _do(view: View, name: str, asked: Mapping[str, Any]) -> ActAnswer:
    """Do one act; what came of it, as the browser is told."""
    say = view.say
    if not name:
        return {"text": say("needs_name"), "failed": True}
    try:
        with person.session(view.project, name) as session:
            study = session.study
            if problem := out_of_date(study, asked) or _other_words(study, asked):
                return {"text": say(problem), "failed": True}
            return _done(view, session, asked)
    except (KeyError, TypeError, ValueError):  # no page of ours asks so
        return {"text": say("not_understood"), "failed": True}
    except WenmaError as error:
        return {"text": error.said(say.language), "failed": True}


def _other_words(study: Study, asked: Mapping[str, Any]) -> str:
    """The message for an act whose words now stand elsewhere in the text; "" where they do not."""
    covered = asked.get("covered") or []
    if not covered:
        return ""
    text = study.document(str(asked["document"])).text
    spans = asked.get("spans") or [(asked["start"], asked["end"])]
    now = ["".join(text[int(start) : int(end)].split()) for start, end in spans]
    return "" if now == ["".join(str(words).split()) for words in covered] else "text_changed"


def _done(view: View, session: Session, asked: Mapping[str, Any]) -> ActAnswer:
    say, verb = view.say, asked["verb"]
    if verb in ("undo", "redo"):
        act = session.undo() if verb == "undo" else session.redo()
        return {"text": _taken_back(view, verb, act, str(asked["document"])), "coding": None}
    if verb == "note":
        session.note(str(asked["about"]), str(asked["text"]))
        return {"text": say("act_done", act=say("verb_note"))}
    coding = _coded(session, verb, asked)
    if coding:
        _show(view, str(asked["document"]), coding["start"], coding["end"])
    if coding and verb in ("code", "recode"):
        name = session.person
        whose, used = (view.project, name), at_hand(view, name)
        st.session_state[USED] = (whose, code_picker.used_now(coding["code"], used))
        return {"text": say("coded_as", code=view.code_name(coding["code"])), "coding": coding}
    return {"text": say("act_done", act=say(f"verb_{verb}")), "coding": coding}


def _coded(session: Session, verb: str, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """Change codings; the one that is now the chosen one."""
    id, code = str(asked["document"]), str(asked["code"])
    if verb == "merge":
        spans = [(int(start), int(end)) for start, end in asked["spans"]]
        session.merge(id, spans, code)
        start, end = min(one for one, _ in spans), max(one for _, one in spans)
        return {"start": start, "end": end, "code": code}
    start, end = int(asked["start"]), int(asked["end"])
    if verb == "code":
        session.code(id, start, end, code)
    elif verb == "uncode":
        session.uncode(id, start, end, code)
        return None
    elif verb == "recode":
        session.recode(id, start, end, code, str(asked["to"]))
        code = str(asked["to"])
    elif verb == "extend":
        to = int(asked["to_start"]), int(asked["to_end"])
        session.extend(id, start, end, code, *to)
        start, end = to
    elif verb == "split":
        end_of_first = int(asked["at"])
        session.split(id, start, end, code, end_of_first)
        end = end_of_first
    else:
        raise ValueError(verb)
    return {"start": start, "end": end, "code": code}


def _show(view: View, id: str, start: int, end: int) -> None:
    """Turn to the unit a coding begins in, unless the chosen one has a part of it."""
    _, units = view.document(id)
    unit = chosen_unit(units)
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


def at_hand(view: View, name: str) -> AtHand:
    """The codes this person used last in this project."""
    whose = (view.project, name)
    kept = st.session_state.get(USED)
    if kept is None or kept[0] != whose:
        found = AtHand()
        if name:
            with person.study_now(view.project) as study:
                acts, _ = study.history()
            used = recent_codes(acts, person=name, known=view.codes, most=AT_HAND)
            found = AtHand(used, used)
        kept = st.session_state[USED] = (whose, found)
    found = kept[1]
    return found


def chosen_unit(units: Sequence[Unit]) -> Unit | None:
    """The unit the address names; None for none."""
    at = address.number_said("at", below=max((one.end for one in units), default=0))
    return None if at is None else unit_at(units, at)
