"""导出: what goes into the paper?"""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from wenma.app import address, project_file, text_component
from wenma.app.view import View
from wenma.cli.query_command import ask
from wenma.cli.report_command import people_apart, report_of
from wenma.errors import WenmaError
from wenma.interchange.graphs import GRAPHS, network
from wenma.publish import labels, table_files
from wenma.publish.artefacts import ARTEFACTS, Artefact, ArtefactChart, ArtefactTable, Own, lack
from wenma.publish.figures import figure
from wenma.publish.picture_files import PICTURE_FORMATS, svg_bytes
from wenma.queries.table import Table
from wenma.queries.table import query as find
from wenma.records import people
from wenma.store.project import Project

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
    if not len(view.study.codings):
        st.info(say("no_codings"))
        return
    stem = Path(view.project).stem if "://" not in view.project else "wenma"
    wholes: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("report_html", "html", "text/html", partial(_report, view, "html")),
        ("report_docx", "docx", WORD, partial(_report, view, "docx")),
        ("pack", "zip", "application/zip", partial(_pack, view)),
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
    people = _people(view)
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
    reasons = [why for need in chosen.needs if (why := lack(need, view.study, people))]
    if reasons:
        told = " ".join(getattr(one, say.language) for one in reasons)
        st.info(say("artefact_empty", why=told))
        return
    with st.spinner(say("making")):
        for number, part in enumerate(chosen.parts):
            _part(view, chosen, number, part)


def _part(view: View, artefact: Artefact, number: int, part: ArtefactTable | Own) -> None:
    say = view.say
    if isinstance(part, Own):
        st.caption(say("own_part"))
        return
    try:
        key = (view.project, view.state, view.filters)
        table = _answer(view, key, part.query, json.dumps(dict(part.options)))
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
            for form in GRAPHS if part.query == "cooccurrence" else ():
                _file(name, form, "application/octet-stream", partial(_graph, view, table, form))


def _picture(view: View, table: Table, chart: ArtefactChart, name: str) -> None:
    drawn = figure(chart.name).draw(
        table, view.study.codes, language=view.say.language, **chart.options
    )
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


def _table(view: View, table: Table, form: str) -> str | bytes:
    return table_files.table_content(
        table, form, codes=view.study.codes, language=view.say.language
    )


def _graph(view: View, table: Table, form: str) -> bytes:
    return GRAPHS[form](network(table, view.study.codes))


@st.cache_resource(show_spinner=False, max_entries=40)
def _answer(_view: View, key: tuple[Any, ...], query: str, options: str) -> Table:
    asked = find(query)
    if asked.compares:
        with Project.open(_view.project) as project:
            compared = people_apart(project)
        if compared is not None:
            return ask(compared, asked, **json.loads(options))
    return _view.ask(query, **json.loads(options))


def _people(view: View) -> int:
    return len(people(project_file.coders(view.project, view.state)))


def _report(view: View, form: str) -> bytes:
    from wenma.publish.report_docx import report_docx
    from wenma.publish.report_html import report_html

    with Project.open(view.project) as project:
        compared = people_apart(project)
    made = report_of(
        replace(view.study, units=view.units),
        compared=compared,
        unit_size=view.study.unit_size.partition("; ")[0] or "sentence",
        coders=project_file.coders(view.project, view.state),
        language=view.say.language,
    )
    return report_html(made).encode() if form == "html" else report_docx(made)


def _pack(view: View) -> bytes:
    from wenma.interchange.bundle import bundle
    from wenma.study.opened_study import open_study

    with Project.open(view.project) as project:
        study = open_study(project, coder=view.study.coder, with_units=True)
        return bundle(project, study, partial(ask, study), language=view.say.language)
