"""复核: is the machine right?"""

import random
from collections.abc import Sequence
from functools import partial

import streamlit as st

from wenma.app import address, person, text_component
from wenma.app.numbered_acts import NOTHING_DONE
from wenma.app.reading_view import excerpt_runs
from wenma.app.review_acts import (
    REVIEW,
    REVIEW_DONE,
    REVIEW_SHOWN,
    SKIPPED,
    decide_many,
    on_review,
)
from wenma.app.text_component import Chip, ShownPassage
from wenma.app.view import View
from wenma.study.own_work import ProposalKey, own_acts, own_verdicts
from wenma.study.proposals import Proposal, proposals, wilson
from wenma.study.session import Decision

ORDERS = ("by_text", "by_chance")
LISTED = 40
"""Proposals in the table for many at once."""
_REASON, _SAID = "review reason", "review said"
CARD_WORDS = (
    "accept", "reject", "skip", "undo", "change", "reason", "reason_example", "other_code",
    "working",
)  # fmt: skip


def draw(view: View) -> None:
    """One proposal at a time, three keys; then many at once."""
    person.own_part(view.say, partial(_draw, view))


def _draw(view: View) -> None:
    say = view.say
    if not view.of_rules:
        st.info(say("review_rules_only"))
        return
    first, second, third = st.columns([2, 3, 2], vertical_alignment="bottom")
    with first:
        name = person.asked(say)
    with second:
        code = address.select(say("code"), "reviewed", view.leaves, show=view.code_name)
    with third:
        order = address.switch(say("review_order"), "order", ORDERS, show=say)
    if not name:
        st.info(say("name_first"))
        return
    every = proposals(view.data, code)
    if order == "by_chance":
        random.Random(f"{name} {code}").shuffle(every)
    with person.study_now(view.project) as study:
        known, acts = own_verdicts(study), own_acts(study)
    mine = [known[one.key] for one in every if one.key in known]
    open_ones = [one for one in every if one.key not in known]
    skipped = st.session_state.setdefault(SKIPPED, set())
    waiting = [one for one in open_ones if one.key not in skipped] or open_ones
    _progress(view, len(mine), len(every), mine.count("accepted"), sampled=order == "by_chance")
    if told := st.session_state.pop(_SAID, ""):
        text_component.lines("review-said", ("body", told))
    if not waiting:
        st.success(say("review_done"))
    _card(view, waiting[0] if waiting else None, name, acts)
    if waiting:
        _many(view, waiting, name)


def _progress(view: View, done: int, every: int, accepted: int, *, sampled: bool) -> None:
    say = view.say
    told = say("review_progress", done=f"{done:,}", all=f"{every:,}")
    if done:
        told += say("review_right", share=f"{accepted / done:.0%}", n=f"{accepted:,}")
        if sampled:
            low, high = wilson(accepted, done)
            told += say("review_interval", low=f"{low:.0%}", high=f"{high:.0%}")
    st.progress(done / every if every else 1.0, text=told)


def _card(view: View, one: Proposal | None, name: str, acts: int) -> None:
    say = view.say
    st.session_state[REVIEW_SHOWN] = one.key if one else None
    code = view.codes[one.code] if one else None
    text_component.review_card(
        REVIEW,
        {**one.key._asdict(), "coder": view.coder} if one else None,
        _passage(view, one) if one else None,
        chip=Chip(code.path, view.code_name(code.path), code.colour, 0, True) if code else None,
        definition=code.definition if code else "",
        codes={path: view.code_name(path) for path in view.leaves},
        words={word: say(word) for word in CARD_WORDS},
        person=name,
        acts=acts,
        done=st.session_state.get(REVIEW_DONE, NOTHING_DONE),
        acted=on_review(view, name),
        opened=partial(_open, one),
    )


def _passage(view: View, one: Proposal) -> ShownPassage:
    say = view.say
    before, after = _around(view, one)
    return ShownPassage(
        head=" › ".join(filter(None, (view.document_name(one.document), one.section))),
        runs=(
            *excerpt_runs(before, 0, [], ()),
            *excerpt_runs(one.excerpt, one.start, _evidence(view, one), (0,)),
            *excerpt_runs(after, 0, [], ()),
        ),
        foot=f"{say('rule')} {one.rule}　{say('evidence')} {one.evidence}",
        address=address.link("reader", document=one.document, at=str(one.start)),
    )


def _open(one: Proposal | None) -> None:
    if one is not None:
        address.go("reader", document=one.document, at=str(one.start))
        st.rerun(scope="app")


def _many(view: View, waiting: Sequence[Proposal], name: str) -> None:
    """The next proposals to choose from, or all there are: decided in one act, or not at all."""
    import pandas as pd

    say, listed = view.say, waiting[:LISTED]
    with st.expander(say("many_at_once")):
        key = f"review many {waiting[0].key} {say.language}"
        st.dataframe(
            pd.DataFrame(
                [(one.excerpt, one.rule, view.document_name(one.document)) for one in listed],
                columns=["excerpt", "rule", "document"],
            ),
            key=key,
            hide_index=True,
            selection_mode="multi-row",
            on_select="rerun",
            column_config={
                "excerpt": st.column_config.TextColumn(say("chosen_unit"), width="large"),
                "rule": st.column_config.TextColumn(say("rule")),
                "document": st.column_config.TextColumn(say("document")),
            },
        )
        rows = st.session_state[key].selection.rows if key in st.session_state else []
        chosen = [listed[row] for row in rows if row < len(listed)]
        # Under a key of its own for what is waiting: after an act it is not ticked any more.
        every = f"review all {waiting[0].key} {len(waiting)}"
        if st.checkbox(say("all_waiting", n=f"{len(waiting):,}"), key=every):
            chosen = list(waiting)
        reason = st.text_input(
            say("reason_for_all"), key=_REASON, placeholder=say("reason_example")
        )
        # So are the buttons: pressed twice, the second is about what was chosen for the first.
        keys = [one.key for one in chosen]
        for place, word, decision in zip(
            st.columns(2), ("accept", "reject"), ("accepted", "rejected"), strict=True
        ):
            place.button(
                f"{say(word)} ({len(keys):,})",
                key=f"{word} {every}",
                on_click=_decide,
                args=(view, name, keys, decision, reason if word == "reject" else ""),
                disabled=not keys,
                width="stretch",
            )


def _around(view: View, one: Proposal) -> tuple[str, str]:
    """The rest of the paragraph before and after the passage."""
    document, _ = view.document(one.document)
    here = next((part for part in document.paragraphs if part.start <= one.start < part.end), None)
    if here is None:
        return "", ""
    return document.text[here.start : one.start], document.text[one.end : max(here.end, one.end)]


def _evidence(view: View, one: Proposal) -> list[tuple[int, int]]:
    codings = view.codings(one.document)
    return [
        (part.start, part.end)
        for coding in codings.get((one.start, one.end), [])
        if coding.code == one.code
        for part in coding.evidence
    ]


def _decide(
    view: View, name: str, some: Sequence[ProposalKey], decision: Decision, reason: str
) -> None:
    st.session_state[_SAID] = decide_many(view, name, some, decision, reason)
    st.session_state[_REASON] = ""
