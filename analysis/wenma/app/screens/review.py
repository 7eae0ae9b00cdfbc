"""复核: is the machine right?"""

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import streamlit as st

from wenma.app import address, person, project_file, text_component
from wenma.app.reading_view import excerpt_runs
from wenma.app.text_component import Chip, Passage
from wenma.app.view import View
from wenma.cli import clock
from wenma.errors import WenmaError
from wenma.records import by_rules
from wenma.reliability.rule_precision import wilson
from wenma.store.annotations import decided_proposals
from wenma.store.coding_session import CodingSession
from wenma.store.document_edits import Decision, Verdict
from wenma.store.project import Project

ORDERS = ("by_text", "by_chance")
AT_ONCE = 40
"""Proposals in the table for many at once."""
REASON, FAULT, SKIPPED = "review reason", "review fault", "review skipped"


class Proposal(NamedTuple):
    """A code that rules set on a span, waiting for somebody to say whether it is right."""

    document: str
    start: int
    end: int
    code: str
    section: str
    excerpt: str
    rule: str
    evidence: str

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What it is known by, whichever version of the rules made it."""
        return self.document, self.start, self.end, self.code


def draw(view: View) -> None:
    """One proposal at a time, three keys; then many at once."""
    say = view.say
    if not by_rules(view.study.coder):
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
    every = _proposals(view, code)
    if order == "by_chance":
        random.Random(f"{name} {code}").shuffle(every)
    with Project.open(view.project) as project:
        known = decided_proposals(project, person=name)
    mine = [known[one.key] for one in every if one.key in known]
    open_ones = [one for one in every if one.key not in known]
    skipped = st.session_state.setdefault(SKIPPED, set())
    waiting = [one for one in open_ones if one.key not in skipped] or open_ones
    _progress(view, len(mine), len(every), mine.count("accepted"), sampled=order == "by_chance")
    if fault := st.session_state.pop(FAULT, ""):
        text_component.lines("review-fault", ("body", fault))
    if not waiting:
        st.success(say("review_done"))
        _back(view, name)
        return
    _one(view, waiting[0], name)
    _many(view, waiting, name)


def _proposals(view: View, code: str) -> list[Proposal]:
    frame = view.study.codings
    rows = frame[(frame["code"] == code) & (frame["kind"] != "heading")]
    columns = "document start end code section excerpt rule evidence".split()
    found = (Proposal(*row) for row in rows[columns].itertuples(index=False, name=None))
    return list({one.key: one for one in found}.values())


def _progress(view: View, done: int, every: int, accepted: int, *, sampled: bool) -> None:
    say = view.say
    told = say("review_progress", done=f"{done:,}", all=f"{every:,}")
    if done:
        told += say("review_right", share=f"{accepted / done:.0%}", n=f"{accepted:,}")
        if sampled:
            low, high = wilson(accepted, done)
            told += say("review_interval", low=f"{low:.0%}", high=f"{high:.0%}")
    st.progress(done / every if every else 1.0, text=told)


def _one(view: View, one: Proposal, name: str) -> None:
    say, code = view.say, view.codes[one.code]
    before, after = _around(view, one)
    with st.container(border=True):
        text_component.lines("review-code", ("title", view.code_name(one.code)))
        text_component.passages(
            "review-passage",
            passages=[
                Passage(
                    head=" › ".join(filter(None, (view.document_name(one.document), one.section))),
                    runs=(
                        *excerpt_runs(before, 0, [], ()),
                        *excerpt_runs(one.excerpt, one.start, _evidence(view, one), (0,)),
                        *excerpt_runs(after, 0, [], ()),
                    ),
                    foot=f"{say('rule')} {one.rule}　{say('evidence')} {one.evidence}",
                    address=address.link("reader", document=one.document, at=str(one.start)),
                )
            ],
            chips=[Chip(one.code, view.code_name(one.code), code.colour, 0, True)],
            opened=lambda: address.go("reader", document=one.document, at=str(one.start)),
        )
        text_component.lines("review-definition", ("faint", code.definition))
        accept, reject, skip, back = st.columns(4)
        _button(accept, say("accept"), "a", partial(_decide, view, name, [one], "accepted"))
        _button(reject, say("reject"), "d", partial(_decide, view, name, [one], "rejected"))
        _button(skip, say("skip"), "s", partial(_skip, one))
        _button(back, say("undo"), "z", partial(_undo, view, name))
        reason, other, change = st.columns([3, 2, 1], vertical_alignment="bottom")
        reason.text_input(say("reason"), key=REASON, placeholder=say("reason_example"))
        choices = [path for path in view.leaves if path != one.code]
        with other:
            to = st.selectbox(
                say("other_code"), choices, format_func=view.code_name, key="review to"
            )
        _button(change, say("change"), "e", partial(_decide, view, name, [one], "rejected", to))


def _many(view: View, waiting: Sequence[Proposal], name: str) -> None:
    """The next proposals to choose from, or all there are: decided in one act, or not at all."""
    import pandas as pd

    say, listed = view.say, waiting[:AT_ONCE]
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
        yes, no = st.columns(2)
        words = f" ({len(chosen):,})"
        _button(
            yes, say("accept") + words, None, partial(_decide, view, name, chosen, "accepted"),
            off=not chosen, key="accept many",
        )  # fmt: skip
        _button(
            no, say("reject") + words, None, partial(_decide, view, name, chosen, "rejected"),
            off=not chosen, key="reject many",
        )  # fmt: skip


def _around(view: View, one: Proposal) -> tuple[str, str]:
    """The rest of the paragraph before and after the passage."""
    document, _, _ = project_file.document(view.project, one.document, view.study.coder, view.state)
    here = next((part for part in document.paragraphs if part.start <= one.start < part.end), None)
    if here is None:
        return "", ""
    return document.text[here.start : one.start], document.text[one.end : max(here.end, one.end)]


def _evidence(view: View, one: Proposal) -> list[tuple[int, int]]:
    codings = project_file.codings(view.project, one.document, view.study.coder, view.state)
    return [
        (part.start, part.end)
        for coding in codings.get((one.start, one.end), [])
        if coding.code == one.code
        for part in coding.evidence
    ]


def _button(
    place: "st.delta_generator.DeltaGenerator",
    words: str,
    shortcut: str | None,
    act: Callable[[], None],
    *,
    off: bool = False,
    key: str | None = None,
) -> None:
    place.button(
        words, on_click=act, shortcut=shortcut, width="stretch", disabled=off, key=key or words
    )


def _decide(
    view: View, name: str, some: Sequence[Proposal], verdict: Decision, to: str | None = None
) -> None:
    reason = str(st.session_state.get(REASON, ""))
    verdicts = [
        Verdict(
            *one.key, view.study.coder, verdict, reason if verdict == "rejected" else "",
            (one.start, one.end, to) if to else None,
        )
        for one in some
    ]  # fmt: skip
    _at_desk(view, name, lambda desk: desk.decide(verdicts, now=clock.now()))
    st.session_state[REASON] = ""


def _undo(view: View, name: str) -> None:
    _at_desk(view, name, lambda desk: desk.undo(now=clock.now()))


def _skip(one: Proposal) -> None:
    st.session_state[SKIPPED].add(one.key)


def _back(view: View, name: str) -> None:
    st.button(view.say("undo"), on_click=partial(_undo, view, name), shortcut="z")


def _at_desk(view: View, name: str, act: Callable[[CodingSession], object]) -> None:
    try:
        with Project.open(view.project) as project:
            act(person.desk(project, name))
    except WenmaError as error:
        st.session_state[FAULT] = error.said(view.say.language)
