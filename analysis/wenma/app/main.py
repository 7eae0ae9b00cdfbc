"""The entry of the browser app: language, pages, filters; then the page itself.

``wenma app FILE.db``, ``streamlit run app.py -- FILE.db``, or WENMA_PROJECT.
"""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st

from wenma.app import address, person, project_file, text_component
from wenma.app.filters import choices, draw_filters
from wenma.app.messages import LANGUAGES, Say
from wenma.app.view import View
from wenma.errors import QueryError, WenmaError
from wenma.records import RULES, by_rules
from wenma.study.study import Study

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


def draw_app() -> None:
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
    try:
        left = len(view.documents)
    except QueryError:  # each filter has documents, and all of them together none
        left = 0
    if left:
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
        study = project_file.study(project, state, person.access(), say.language)
        books = [*study.codebooks()]
        book = address.one("codebook", next(iter(books), ""), fits=books.__contains__)
        coders = _coders(study, book)
        coder = address.one("coder", next(iter(coders), ""), fits=coders.__contains__)
        choice = study.choice(coder=coder or None, codebook=None if by_rules(coder) else book)
        # Before the filters are drawn: they offer what these documents are said to be.
        whole = study.dataset(choice)
    st.caption(say("filters"))
    if len(books) > 1:
        address.select(say("of_codebook"), "codebook", books, clears=("coder", "code", "reviewed"))
    if len(coders) > 1:
        address.select(say("coder"), "coder", coders, show=say.coder)
    filters = draw_filters(say, choices(whole.cases, study.attributes()))
    headings = address.tick(say("headings"), "headings")
    once = address.tick(say("once"), "once")
    return View(study.where(filters, once=once), choice, say, project, state, headings, coders)


def _coders(study: Study, book: str) -> tuple[str, ...]:
    """Everybody who may be asked of a codebook: the versions of its rules, then people."""
    own = f"{RULES}{book}@"
    return tuple(one for one in study.coders() if not by_rules(one) or one.startswith(own))


def _not_understood(say: Say) -> None:
    """What of the address was passed over, if anything was."""
    if found := address.doubts():
        words = (f"{name}={value[:60]}" for name, value in found[:SHOWN_DOUBTS])
        shown = "　".join(one if one.isprintable() else ascii(one)[1:-1] for one in words)
        text_component.lines("address", ("faint", say("address_passed_over", what=shown)))


def _heading(view: View, name: str) -> None:
    """The page's title beside the name of the study."""
    say, book = view.say, view.book
    title, study = st.columns([1, 3], vertical_alignment="bottom")
    title.header(say(name), anchor=False)
    with study:
        if project_file.asked_for() is None:
            st.caption(f"{say('sample')} `{say('sample_command')}`", text_alignment="right")
            return
        named = book.zh if say.language == "zh" else book.en
        parts = (Path(view.project).name, named, say.coder(view.coder))
        text_component.lines("study", ("name", " · ".join(parts)))
