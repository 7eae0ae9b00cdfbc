"""导出: what goes into the paper?"""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from wenma.app import address, text_component
from wenma.app.view import View
from wenma.errors import QueryError, WenmaError
from wenma.publish import labels, table_files
from wenma.publish.artefacts import ARTEFACTS, Artefact, ArtefactChart, ArtefactTable, Own, lack
from wenma.publish.figures import figure
from wenma.publish.picture_files import PICTURE_FORMATS, svg_bytes
from wenma.publish.reported import Reported
from wenma.queries.table import query as find
from wenma.records import people
from wenma.study.answer import Answer
from wenma.study.exporting import NETWORKS
from wenma.study.judging import with_judged

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TABLES = {
    "docx": WORD,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "tex": "application/x-tex",
    "md": "text/markdown",
    "csv": "text/csv",
}
WHOLES = ("report_html", "report_docx", "pack")
FIGURES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


def draw(view: View) -> None:
    """The whole report and the pack; then one artefact at a time, its pictures and files."""
    say = view.say
    if not len(view.data):
        st.info(say("no_codings"))
        return
    stem = Path(view.project).stem if "://" not in view.project else "wenma"
    wholes: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("report_html", "html", "text/html", partial(_written, view, "report.html")),
        ("report_docx", "docx", WORD, partial(_written, view, "report.docx")),
        ("pack", "zip", "application/zip", partial(_written, view, "pack.zip")),
    )
    for column, (name, ending, mime, make) in zip(st.columns(3), wholes, strict=True):
        column.download_button(
            say(name),
            data=make,
            file_name=f"{stem}.{ending}",
            mime=mime,
            key=f"export {name}",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )
    st.caption(say("export_help"))
    named = {one.id: one for one in ARTEFACTS}
    chosen = named[
        address.select(
            say("artefact"),
            "artefact",
            list(named),
            show=lambda id: f"{id} {named[id].title.in_language(say.language)}",
            default="A4",
        )
    ]
    studies = _studies(view)
    persons = len(people(view.coders))
    reasons = [why for need in chosen.needs if (why := lack(need, studies, persons))]
    if reasons:
        told = " ".join(getattr(one, say.language) for one in reasons)
        st.info(say("artefact_empty", why=told))
        return
    with st.spinner(say("making")):
        for number, part in enumerate(chosen.parts):
            if not _waits(view, part):
                _part(view, chosen, number, part)


def _waits(view: View, part: ArtefactTable | Own) -> bool:
    """Does this table want a judged sample, and there is none yet?"""
    if isinstance(part, Own) or not part.judged:
        return False
    return with_judged(view.study, view.data).load_judged() is None


def _part(view: View, artefact: Artefact, number: int, part: ArtefactTable | Own) -> None:
    say = view.say
    if isinstance(part, Own):
        st.caption(say("own_part"))
        return
    try:
        table = _answer(view, view.key, part.query, json.dumps(dict(part.options)))
    except WenmaError as error:
        text_component.lines(f"export-{number}", ("body", error.said(view.say.language)))
        return
    words = part.words or labels.QUERIES[part.query]
    name = f"{artefact.id}-{number + 1}-{part.query}"
    with st.container(border=True):
        text_component.lines(f"title {name}", ("title", getattr(words, say.language)))
        for at, chart in enumerate(part.charts if len(table.frame) else ()):
            _picture(view, table, chart, f"{name}-{at + 1}")
        text_component.lines(
            f"basis {name}",
            *(("faint", note) for note in labels.notes(table, language=say.language)),
            ("faint", labels.basis_line(table, language=say.language)),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(say("table_files"))
            for form, mime in TABLES.items():
                _file(name, form, mime, partial(_table, view, table, form))
            for form in NETWORKS if part.query == "cooccurrence" else ():
                make = partial(_network, view, f"network{form}")
                _file(name, form.lstrip("."), "application/octet-stream", make)


def _picture(view: View, table: Answer, chart: ArtefactChart, name: str) -> None:
    drawn = figure(chart.name).draw(table, table.codes, language=view.say.language, **chart.options)
    st.image(svg_bytes(drawn).decode())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(view.say("picture_files"))
        for form, mime in FIGURES.items():
            _file(name, form, mime, partial(PICTURE_FORMATS[form], drawn))


def _file(name: str, form: str, mime: str, make: Callable[[], str | bytes]) -> None:
    st.download_button(
        form,
        data=make,
        file_name=f"{name}.{form}",
        mime=mime,
        key=f"{name}.{form}",
        on_click="ignore",
        icon=":material/download:",
    )


def _table(view: View, table: Answer, form: str) -> str | bytes:
    return table_files.table_content(table, form, codes=table.codes, language=view.say.language)


def _studies(view: View) -> list[Reported]:
    """What the coder coded, and where that is the rules what those of other codebooks did."""
    first = Reported(view.data, view.book)
    others = [one for one in view.study.codebooks() if one != view.book.id]
    if not view.of_rules:
        return [first]
    choices = [view.study.choice(codebook=one) for one in others]
    return [
        first,
        *(Reported(view.study.dataset(one), view.study.codebook(one)) for one in choices),
    ]


@st.cache_resource(show_spinner=False, max_entries=40)
def _answer(_view: View, key: tuple[Any, ...], query: str, options: str) -> Answer:
    """The answer of the coder; where their codebook has not the codes, of one that has."""
    given = json.loads(options)
    try:
        return _view.ask(query, **given)
    except QueryError as error:
        if find(query).compares or not _view.of_rules:
            raise
        for book in _view.study.codebooks():
            if book != _view.book.id:
                try:
                    return _view.study.ask(query, codebook=book, headings=_view.headings, **given)
                except QueryError:
                    continue
        raise error


def _network(view: View, name: str) -> bytes:
    return _content(name, lambda file: view.study.export(file, headings=view.headings, **view.who))


def _written(view: View, name: str) -> bytes:
    """The pack of the whole study, or a report of what the filters leave."""
    if name == "pack.zip":
        return _content(name, lambda file: view.study.export(file))
    # The rules that are asked unless another coder is named leave room for other codebooks.
    coder = None if view.coder == view.study.choice().name else view.choice.asked
    return _content(name, lambda file: view.study.report(file, coder=coder))


def _content(name: str, write: Callable[[Path], object]) -> bytes:
    """What is written into a file of that name."""
    with TemporaryDirectory() as folder:
        file = Path(folder, name)
        write(file)
        return file.read_bytes()
