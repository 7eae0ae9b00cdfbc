"""Who codes what blind: the form that draws the units of a task and gives them out."""

import re

import streamlit as st

from wenma.app import person, table_view, text_component
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.study.tasks import share_seen, units_to_see

USUAL = 0.05
"""The share of units of the rarest code a task is to show, unless another number is asked for."""

PLANNED = (
    "code", "coded_units", "sample_size", "judged_coded", "corrected_low", "corrected_high",
    "by_half",
)  # fmt: skip
"""What the form shows of the plan of a sample."""

DONE, FAULT = "task given", "task form fault"
_BETWEEN = re.compile(r"[\s,，、;；]+")


def task_form(view: View, name: str, *, expanded: bool) -> None:
    """The form, for whoever may give tasks."""
    say = view.say
    if not person.may(name, "supervisor"):
        return
    for key in (DONE, FAULT):
        if told := st.session_state.pop(key, ""):
            text_component.lines(key, ("body", told))
    with st.expander(say("give_task"), expanded=expanded):
        first, second, third = st.columns([2, 3, 1], vertical_alignment="bottom")
        task = first.text_input(say("task_name"), key="new task", placeholder=say("task_example"))
        people = second.text_input(
            say("task_people"), key="new task people", placeholder=say("people_example")
        )
        units = third.number_input(
            say("task_units"), min_value=1, value=units_to_see(USUAL), key="new task units"
        )
        st.caption(say("task_help", n=units, share=f"{100 * share_seen(int(units)):.2g}"))
        if st.toggle(say("show_plan"), key="sample plan"):
            plan = view.ask("sample_plan")
            table_view.show_table(view, plan, "sample plan", columns=PLANNED, height=320)
        named = [one for one in _BETWEEN.split(people) if one]
        st.button(
            say("give_task"),
            disabled=not (task.strip() and named),
            on_click=_give,
            args=(view, name, task.strip(), named, int(units)),
        )


def _give(view: View, name: str, task: str, people: list[str], size: int) -> None:
    say = view.say
    try:
        with person.session(view.project, name, least="supervisor") as session:
            drawn = session.study.assign(task, people, units=size, assigned_by=name)
    except WenmaError as error:
        st.session_state[FAULT] = error.said(say.language)
        return
    st.session_state[DONE] = say(
        "task_given",
        n=len(drawn.chosen),
        people="、".join(people) if say.language == "zh" else ", ".join(people),
        codes=drawn.codes,
        cities=drawn.cities,
        roles=drawn.roles,
    )
