"""The entry of the browser app: language, pages, filters; then the page itself.

``wenma app FILE.db``, ``streamlit run app.py -- FILE.db``, or WENMA_PROJECT.
"""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st

from wenma.app import address, person, project_file, text_component
from wenma.app.filters import COLUMNS, Filters, narrowed
from wenma.app.messages import LANGUAGES, Say
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.study.opened_study import Study

# In the order of a working day; each a file of `wenma.app.screens`.
PAGES = (
    "overview",
    "frequencies",
    "cooccurrence",
    "framework",
    "cities",
    "reader",
    "review",
    "tasks",
    "search",
    "codebook",
    "reliability",
    "documents",
    "history",
    "export",
)

SHOWN_DOUBTS = 5

_STYLE = Path(__file__).with_name("page.css")


def main() -> None:
    """Draw the app once."""
    address.settle()
    say = Say("en" if address.one("language", fits=LANGUAGES.__contains__) == "en" else "zh")
    st.set_page_config(page_title=say("app"), layout="wide", initial_sidebar_state="expanded")
    st.html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")
    drawn: list[View] = []
    pages = {
        name: st.Page(
            partial(_page, name, drawn),
            title=say(name),
            url_path=name,
            default=name == PAGES[0],
        )
        for name in PAGES
    }
    if not person.access().may("reader"):
        # Where people sign in, nobody else reads: an address is no key.
        st.header(say("app"), anchor=False)
        person.account(say)
        return
    page = st.navigation(list(pages.values()), expanded=True)
    if step := address.step():
        st.switch_page(pages[step[0]], query_params=step[1])
    try:
        # The sidebar is drawn here, not by the page, so that it lives through a change of page.
        with st.sidebar:
            address.switch(
                say("language"),
                "language",
                list(LANGUAGES),
                show=LANGUAGES.__getitem__,
                hide_label=True,
            )
            person.account(say)
            drawn.append(_view(say))
        strange = st.container()
        page.run()
        with strange:
            _not_understood(say)
    except WenmaError as error:
        with st.container(border=True):
            st.text(error.said(say.language))


def _page(name: str, drawn: Sequence[View]) -> None:
    view = drawn[0]
    _heading(view, name)
    if len(view.study.documents):
        import_module(f"wenma.app.screens.{name}").draw(view)
    else:
        st.info(view.say("nothing_left"))


def _view(say: Say) -> View:
    """The project seen through the filters, which are drawn on the way."""
    project = project_file.asked_for()
    if project is None:
        with st.spinner(say("coding_sample")):
            project = project_file.sample()
    state = project_file.state(project)
    with st.spinner(say("opening"), show_time=False):
        hidden = project_file.hidden(project, person.known(), state)
        coders = tuple(one for one in project_file.coders(project, state) if one not in hidden)
        coder = address.one("coder", next(iter(coders), ""), fits=coders.__contains__)
        state = project_file.seen_by(coder, state)
        study = project_file.study(project, coder, state)
    filters = _filters(say, study, coders)
    seen = narrowed(study, filters)
    return View(seen, study, filters, say, project, state, coders=coders)


def _filters(say: Say, study: Study, coders: tuple[str, ...]) -> Filters:
    """One set of filters for all pages."""
    st.caption(say("filters"))
    if len(coders) > 1:
        address.select(say("coder"), "coder", coders)
    chosen: dict[str, tuple[str, ...]] = {}
    for column in COLUMNS:
        names = sorted(name for name in study.documents[column].unique() if name)
        if len(names) > 1:
            chosen[column] = address.pick(say(column), column, names, placeholder=say("all"))
    headings = address.tick(say("headings"), "headings")
    return Filters(coder=study.coder, headings=headings, **chosen)


def _not_understood(say: Say) -> None:
    """What of the address was passed over, if anything was."""
    if found := address.doubts():
        words = (f"{name}={value[:60]}" for name, value in found[:SHOWN_DOUBTS])
        shown = "　".join(one if one.isprintable() else ascii(one)[1:-1] for one in words)
        text_component.lines("address", ("faint", say("address_passed_over", what=shown)))


def _heading(view: View, name: str) -> None:
    """The page's title beside the name of the study."""
    say, book = view.say, view.study.codebook
    title, study = st.columns([1, 3], vertical_alignment="bottom")
    title.header(say(name), anchor=False)
    with study:
        if project_file.asked_for() is None:
            st.caption(f"{say('sample')} `{say('sample_command')}`", text_alignment="right")
            return
        named = book.zh if say.language == "zh" else book.en
        parts = (Path(view.project).name, named, view.study.coder)
        text_component.lines("study", ("name", " · ".join(parts)))
