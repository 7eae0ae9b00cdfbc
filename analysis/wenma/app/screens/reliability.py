"""信度效度: can these numbers be trusted?"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from wenma.app import address, person, project_file, text_component
from wenma.app.comparison_panel import comparison_panel
from wenma.app.filters import narrowed
from wenma.app.numbered_acts import out_of_date
from wenma.app.table_view import show_table
from wenma.app.undo_button import undo_button
from wenma.app.view import View
from wenma.cli import clock
from wenma.errors import WenmaError
from wenma.queries.table import Table, query
from wenma.records import people
from wenma.reliability.disagreements import agreements, disagreements
from wenma.store.annotations import settled_codes
from wenma.store.coding_session import Settlement
from wenma.store.history import count_acts
from wenma.store.project import Project
from wenma.store.task_units import on_units, shared_tasks
from wenma.study.opened_study import Study

if TYPE_CHECKING:
    from pandas import DataFrame

SIZES = ("unit", "paragraph", "character")
EVERYTHING = "everything"
_FAULT = "settle fault"
SHOWN = 300
"""Disagreements in the table."""


def draw(view: View) -> None:
    """Per code how far two coders agree, in plain words; where they differ; settling it."""
    say = view.say
    coders = [one for one in view.coders if one]
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
    with Project.open(view.project) as project:
        shared = shared_tasks(project, {one, other})
    with third:
        chosen = address.select(
            say("compared_on"),
            "on",
            [*shared, EVERYTHING],
            show=lambda name: say("everything_coded") if name == EVERYTHING else name,
        )
    with fourth:
        size = address.switch(say("compared_in"), "size", SIZES, show=lambda s: say(f"size_{s}"))
    study = _study(view, one, other)
    if chosen != EVERYTHING:
        study = on_units(study, shared[chosen])
    try:
        table = _agreement(study, view, (one, other), size)
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
    asked = chosen != EVERYTHING
    units = _units(view, study, asked=asked)
    _differences(view, study, one, other, units, asked=asked)
    comparison_panel(view, study, one, other, units)


def _units(view: View, study: Study, *, asked: bool) -> "DataFrame":
    """The units the table compares: those of the task, or of the documents both have coded."""
    assert study.units is not None
    units = study.units if view.filters.headings else study.units[study.units["kind"] != "heading"]
    if asked:
        return units
    coders = study.codings.groupby("document")["coder"].nunique()
    return units[units["document"].isin(coders.index[coders > 1])]


def _study(view: View, one: str, other: str) -> Study:
    state = project_file.state(view.project)
    return narrowed(project_file.apart(view.project, (one, other), state), view.filters)


def _agreement(study: Study, view: View, between: tuple[str, str], size: str) -> Table:
    table = query("agreement").function(
        study.codings,
        documents=study.documents,
        codes=study.codes,
        units=study.units,
        headings=view.filters.headings,
        between=between,
        size=size,
        draws=200,
    )
    return replace(table, basis={**study.basis, **table.basis})


def _differences(
    view: View, study: Study, one: str, other: str, units: "DataFrame", *, asked: bool
) -> None:
    say = view.say
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
    found = disagreements(
        study.codings, units, one, other, under="" if under == EVERYTHING else under
    )
    with Project.open(view.project) as project:
        settled = settled_codes(project)
        acts = count_acts(project, name)
    alike = agreements(study.codings, units, one, other, empty=asked)
    waiting = [Settlement(*unit) for unit in alike if unit[:2] not in settled]
    _agreed(view, name, waiting, acts)
    if not len(found):
        st.success(say("no_differences"))
        return
    shown = found.head(SHOWN).copy()
    for column in ("both", "first", "second"):
        shown[column] = [_named(view, codes) for codes in shown[column]]
    places = [*zip(found["document"], found["unit"], strict=True)]
    shown["settled"] = [
        (_named(view, "; ".join(settled[place])) or say("none_of_these"))
        if place in settled
        else ""
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
    done = sum(place in settled for place in places)
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
        with Project.open(view.project) as project:
            desk = person.desk(project, name, least="supervisor")
            if out_of_date(project, name, {"after": acts}):
                return
            desk.settle(units, note, now=clock.now())
        st.session_state[_FAULT] = view.say("settled", n=f"{len(units):,}")
    except WenmaError as error:
        st.session_state[_FAULT] = error.said(view.say.language)


def _opener(view: View, document: str, unit: int) -> Callable[[], None]:
    def opened() -> None:
        with Project.open(view.project) as project:
            one = next((u for u in project.units(document) if u.number == unit), None)
        if one is not None:
            address.go("reader", document=document, at=str(one.start))

    return opened


def _named(view: View, codes: str) -> str:
    names = (view.code_name(code) for code in codes.split("; ") if code)
    return ("、" if view.say.language == "zh" else ", ").join(names)
