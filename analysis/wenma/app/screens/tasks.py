"""编码任务: the units somebody is to code, one at a time, blind to rules and to others."""

from collections.abc import Sequence
from functools import partial
from threading import Lock

import streamlit as st

from wenma.app import address, person, text_component
from wenma.app.messages import as_it_stands
from wenma.app.reading_view import excerpt_runs
from wenma.app.task_form import task_form
from wenma.app.text_component import ShownPassage
from wenma.app.undo_button import undo_button
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.study.own_work import Task, own_acts, own_tasks

_FAULT = "task fault"

_one_at_a_time = Lock()


def draw(view: View) -> None:
    """The next unit in its paragraph, and the codes to choose from."""
    say = view.say
    first, second, _ = st.columns([2, 3, 2], vertical_alignment="bottom")
    with first:
        name = person.asked(say)
    if not name:
        st.info(say("name_first"))
        return
    with person.study_now(view.project) as study:
        mine = own_tasks(study)
        acts = own_acts(study)
    named = list(dict.fromkeys(one.task for one in mine))
    if not named:
        st.info(say("no_tasks"))
        task_form(view, name, expanded=True)
        return
    with second:
        chosen = address.select(say("task"), "task", named)
    units = [one for one in mine if one.task == chosen]
    waiting = [one for one in units if not one.done]
    done = len(units) - len(waiting)
    st.progress(done / len(units), text=say("task_progress", done=done, all=len(units)))
    if fault := st.session_state.pop(_FAULT, ""):
        text_component.lines("task-fault", ("body", fault))
    if waiting:
        _unit(view, name, waiting[0])
    else:
        st.success(say("task_done"))
    undo_button(view, name, acts, _FAULT, shortcut="z")
    task_form(view, name, expanded=False)


def _unit(view: View, name: str, task: Task) -> None:
    say = view.say
    document, units = view.document(task.document)
    unit = next((one for one in units if one.number == task.unit), None)
    if unit is None:
        st.info(say("no_such_document"))
        return
    part = document.paragraphs[unit.paragraph]
    text, start = document.text, unit.start
    with person.study_now(view.project) as study:  # what one coded there before is not lost
        own = [
            one.code
            for one in study.codings(task.document, coder=name)
            if (one.start, one.end) == (unit.start, unit.end)
        ]
    with st.container(border=True):
        text_component.passages(
            "task-unit",
            passages=[
                ShownPassage(
                    head=view.document_name(task.document),
                    runs=(
                        *excerpt_runs(text[part.start : start], 0, [], ()),
                        *excerpt_runs(text[start : unit.end], start, [(start, unit.end)], ()),
                        *excerpt_runs(text[unit.end : max(part.end, unit.end)], 0, [], ()),
                    ),
                    foot="",
                    address=address.link("reader", document=task.document, at=str(start)),
                )
            ],
            chips=[],
            opened=lambda: None,
        )
        # A row of its own for each two, so that Tab goes as the eye does.
        lists = _lists(view)
        places = [place for _ in [*lists][::2] for place in st.columns(2)]
        keys = []
        for place, (dimension, codes) in zip(places, lists.items(), strict=False):
            keys.append(f"task {task.document} {task.unit} {dimension} {say.language}")
            with place:
                st.multiselect(
                    as_it_stands(view.code_name(dimension)) if dimension else say("code"),
                    codes,
                    default=[path for path in codes if path in own],
                    format_func=view.code_name,
                    placeholder=say("none_of_these"),
                    key=keys[-1],
                    select_all=False,  # Streamlit says it in English only
                )
        # A button of its own for each unit: pressed twice, the second press is about the unit
        # the first was about, and not about the next, which nobody has seen yet.
        st.button(
            say("save_and_next"),
            key=f"save {task.task} {task.document} {task.unit}",
            on_click=partial(_judge, view, name, task, keys),
            shortcut="ctrl+enter",
            type="primary",
        )


def _lists(view: View) -> dict[str, list[str]]:
    """The codes to choose from, a list for each dimension; "" for codes that stand alone."""
    found: dict[str, list[str]] = {}
    for path in view.leaves:
        dimension, sign, _ = path.partition("/")
        found.setdefault(dimension if sign else "", []).append(path)
    return found


def _judge(view: View, name: str, task: Task, keys: Sequence[str]) -> None:
    # What is chosen at this moment: a code just picked may not be drawn yet.
    codes = [code for key in keys for code in st.session_state.get(key, ())]
    try:
        with _one_at_a_time, person.session(view.project, name) as session:
            if task in own_tasks(session.study):  # as it was drawn: not done yet
                session.judge(task.task, task.document, task.unit, codes)
    except WenmaError as error:
        st.session_state[_FAULT] = error.said(view.say.language)
