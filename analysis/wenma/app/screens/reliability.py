"""信度效度: can these numbers be trusted?"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from wenma.app import address, person, text_component
from wenma.app.comparison_panel import comparison_panel
from wenma.app.numbered_acts import out_of_date
from wenma.app.table_view import show_table
from wenma.app.undo_button import undo_button
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.records import MIXED, people
from wenma.study.comparing import CoderComparison, compare_coders, tasks_of_both
from wenma.study.own_work import own_acts, settled
from wenma.study.session import Settlement

SIZES = ("unit", "paragraph", "character")
EVERYTHING = "everything"
_FAULT = "settle fault"
SHOWN = 300
"""Disagreements in the table."""


def draw(view: View) -> None:
    """Per code how far two coders agree, in plain words; where they differ; settling it."""
    say = view.say
    coders = [one for one in view.coders if one not in MIXED]
    if len(coders) < 2:
        st.info(say("one_coder"))
        return
    persons = people(coders)
    first, second, third, fourth = st.columns([3, 3, 3, 4], vertical_alignment="bottom")
    with first:
        one = address.select(say("coder_one"), "one", coders, default=(persons or coders)[0])
    with second:
        others = [name for name in coders if name != one]
        usual = next((name for name in persons if name != one), others[0])
        other = address.select(say("coder_other"), "other", others, default=usual)
    shared = tasks_of_both(view.study, one, other)
    with third:
        chosen = address.select(
            say("compared_on"),
            "on",
            [*shared, EVERYTHING],
            show=lambda name: say("everything_coded") if name == EVERYTHING else name,
        )
    with fourth:
        size = address.switch(say("compared_in"), "size", SIZES, show=lambda s: say(f"size_{s}"))
    task = "" if chosen == EVERYTHING else chosen
    try:
        table = view.ask("agreement", coders=[one, other], size=size, task=task)
        comparison = compare_coders(view.study, one, other, task=task, headings=view.headings)
    except WenmaError as error:
        text_component.lines("reliability-error", ("body", error.said(view.say.language)))
        return
    show_table(
        view,
        table,
        "reliability",
        columns=(
            "code", "verdict", "compared", "by_any", "by_all", "agreed", "holsti", "kappa", "alpha",
            "alpha_low", "alpha_high", "ac1", "u_alpha",
        ),
        height=420,
    )  # fmt: skip
    _differences(view, comparison)
    comparison_panel(view, comparison)


def _differences(view: View, comparison: CoderComparison) -> None:
    say, one, other = view.say, comparison.one, comparison.other
    st.subheader(say("differences"), anchor=False)
    first, second = st.columns([2, 3], vertical_alignment="bottom")
    with first:
        name = person.asked(say)
    with second:
        under = address.select(
            say("code"),
            "differing",
            [EVERYTHING, *view.codes],
            show=lambda path: say("any_code") if path == EVERYTHING else view.code_name(path),
        )
    found = comparison.differences(under="" if under == EVERYTHING else under)
    with person.study_now(view.project) as study:
        known, acts = settled(study), own_acts(study)
    waiting = [unit for unit in comparison.alike() if unit[:2] not in known]
    _agreed(view, name, waiting, acts)
    if not len(found):
        st.success(say("no_differences"))
        return
    shown = found.head(SHOWN).copy()
    for column in ("both", "first", "second"):
        shown[column] = [_named(view, codes) for codes in shown[column]]
    places = [*zip(found["document"], found["unit"], strict=True)]
    shown["settled"] = [
        (_named(view, "; ".join(known[place])) or say("none_of_these")) if place in known else ""
        for place in places[:SHOWN]
    ]
    shown["document"] = [view.document_name(id) for id in shown["document"]]
    key = f"differences {one} {other} {under} {say.language}"
    st.dataframe(
        shown[["text", "first", "second", "both", "settled", "document"]],
        key=key,
        hide_index=True,
        height=300,
        selection_mode="single-row",
        on_select="rerun",
        column_config={
            "text": st.column_config.TextColumn(say("chosen_unit"), width="large"),
            "first": st.column_config.TextColumn(one),
            "second": st.column_config.TextColumn(other),
            "both": st.column_config.TextColumn(say("by_both")),
            "settled": st.column_config.TextColumn(say("settle")),
            "document": st.column_config.TextColumn(say("document")),
        },
    )
    done = sum(place in known for place in places)
    st.caption(say("differences_help", n=f"{len(found):,}", done=f"{done:,}"))
    rows = st.session_state[key].selection.rows if key in st.session_state else []
    if rows and rows[0] < len(found):
        _settle(view, name, found.to_dict("records")[rows[0]], acts)


def _agreed(view: View, name: str, waiting: Sequence[Settlement], acts: int) -> None:
    """Settle all units on which both agree and that nobody has settled, in one act."""
    say = view.say
    all_of_them, back = st.columns([5, 1])
    all_of_them.button(
        say("settle_agreed", n=f"{len(waiting):,}"),
        key=f"settle agreed {acts}",
        on_click=partial(_settled, view, name, waiting, acts),
        disabled=not (name and waiting),
    )
    with back:
        undo_button(view, name, acts, _FAULT)
    if fault := st.session_state.pop(_FAULT, ""):
        text_component.lines("settle-fault", ("body", fault))


def _settle(view: View, name: str, row: Mapping[Hashable, Any], acts: int) -> None:
    say = view.say
    document, unit = str(row["document"]), int(row["unit"])
    codes = [
        code
        for column in ("both", "first", "second")
        for code in str(row[column]).split("; ")
        if code
    ]
    with st.container(border=True):
        text_component.lines("settle-text", ("quote", str(row["text"])))
        left, right, go = st.columns([4, 3, 1], vertical_alignment="bottom")
        key = f"settle {document} {unit}"
        with left:
            st.multiselect(
                say("settled_codes"),
                view.leaves,
                default=[code for code in codes if code in view.leaves],
                format_func=view.code_name,
                key=key,
                select_all=False,  # Streamlit says it in English only
            )
        with right:
            st.text_input(say("settled_note"), key=f"{key} note")
        go.button(
            say("settle"),
            key=f"{key} {acts}",
            on_click=partial(_settle_one, view, name, (document, unit), key, acts),
            disabled=not name,
            width="stretch",
        )
        st.button(say("open_in_reader"), on_click=_opener(view, document, unit))


def _settle_one(view: View, name: str, unit: tuple[str, int], key: str, acts: int) -> None:
    # What is chosen and written at this moment: it may not be drawn yet.
    codes, note = st.session_state.get(key, ()), str(st.session_state.get(f"{key} note", ""))
    _settled(view, name, [Settlement(*unit, tuple(codes))], acts, note)


def _settled(
    view: View, name: str, units: Sequence[Settlement], acts: int, note: str | None = None
) -> None:
    """Settle these units, once: a second press of the same button knows of no more acts."""
    note = view.say("agreed_note") if note is None else note
    try:
        with person.session(view.project, name, least="supervisor") as session:
            if out_of_date(session.study, {"after": acts}):
                return
            session.settle(units, note)
        st.session_state[_FAULT] = view.say("settled", n=f"{len(units):,}")
    except WenmaError as error:
        st.session_state[_FAULT] = error.said(view.say.language)


def _opener(view: View, document: str, unit: int) -> Callable[[], None]:
    def opened() -> None:
        one = next((u for u in view.document(document)[1] if u.number == unit), None)
        if one is not None:
            address.go("reader", document=document, at=str(one.start))

    return opened


def _named(view: View, codes: str) -> str:
    names = (view.code_name(code) for code in codes.split("; ") if code)
    return ("、" if view.say.language == "zh" else ", ").join(names)
