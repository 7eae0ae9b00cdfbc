"""What somebody says of proposals: each is an act of theirs, its answer goes to the browser."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Lock
from typing import Any

import streamlit as st

from wenma.app import person
from wenma.app.numbered_acts import NOTHING_DONE, ActAnswer, do_new_acts, out_of_date
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.study.own_work import ProposalKey, own_verdicts
from wenma.study.session import Decision, Session, Verdict

REVIEW = "review"
"""Where the component leaves what was decided."""
REVIEW_DONE, REVIEW_SHOWN, SKIPPED = "review done", "review shown", "review skipped"

_DECISIONS: dict[str, Decision] = {
    "accept": "accepted",
    "reject": "rejected",
    "change": "rejected",
}
# To look whether a proposal is decided and to decide on it is one act, in every tab.
_one_at_a_time = Lock()


def on_review(view: View, name: str) -> Callable[[], None]:
    """What is called when the component has decisions, each to be made once."""

    def acted() -> None:
        done = st.session_state.get(REVIEW_DONE, NOTHING_DONE)
        sent = st.session_state[REVIEW].act
        st.session_state[REVIEW_DONE] = do_new_acts(sent, done, partial(_do, view, name))

    return acted


def decide_many(
    view: View, name: str, some: Sequence[ProposalKey], decision: Decision, reason: str = ""
) -> str:
    """Decide in one act on all of these nobody of that name has decided on; what to say."""
    try:
        with _one_at_a_time, person.session(view.project, name) as session:
            known = own_verdicts(session.study)
            verdicts = [
                Verdict(*one, view.coder, decision, reason) for one in some if one not in known
            ]
            if not verdicts:
                return view.say("decided_already")
            session.decide(verdicts)
    except WenmaError as error:
        return error.said(view.say.language)
    return ""


def _do(view: View, name: str, asked: Mapping[str, Any]) -> ActAnswer:
    say = view.say
    try:
        with _one_at_a_time, person.session(view.project, name) as session:
            if problem := out_of_date(session.study, asked):
                return {"text": say(problem), "failed": True}
            if asked["verb"] == "undo":
                act = session.undo()
                return {"text": say("act_undo", verb=say(f"verb_{act.verb}")) if act
                        else say("nothing_to_undo")}  # fmt: skip
            if problem := _decided(session, asked):
                return {"text": say(problem), "failed": True}
    except (KeyError, TypeError, ValueError):  # no page of ours asks so
        return {"text": say("not_understood"), "failed": True}
    except WenmaError as error:
        return {"text": error.said(say.language), "failed": True}
    return {"text": say("act_done", act=say(str(asked["verb"])))}


def _decided(session: Session, asked: Mapping[str, Any]) -> str:
    """Decide on the proposal that was on the screen; the message where that cannot be, or ""."""
    one = ProposalKey(
        str(asked["document"]), int(asked["start"]), int(asked["end"]), str(asked["code"])
    )
    verb, coder = str(asked["verb"]), str(asked["coder"])
    if one in own_verdicts(session.study, one.document):
        return "decided_already"
    if one != st.session_state.get(REVIEW_SHOWN):
        return "not_shown"
    if verb == "skip":
        st.session_state.setdefault(SKIPPED, set()).add(one)
        return ""
    there = session.study.codings(one.document, coder=coder)
    if not any((c.start, c.end, c.code) == one[1:] for c in there):
        return "not_proposed"
    decision = _DECISIONS[verb]
    instead = (one.start, one.end, str(asked["to"])) if verb == "change" else None
    if instead and instead[2] in ("", one.code):
        raise ValueError(instead)
    reason = str(asked.get("reason") or "") if decision == "rejected" else ""
    session.decide([Verdict(*one, coder, decision, reason, instead)])
    return ""
