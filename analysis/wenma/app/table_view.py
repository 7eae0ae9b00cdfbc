"""A table on the page: names instead of paths, numbers that open their excerpts, files."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from wenma.app import address, text_component
from wenma.app.view import View
from wenma.publish import labels, list_layout, table_files
from wenma.publish.columns import TABLE_COLUMNS
from wenma.study.answer import Answer

FILES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

ROW = 35
"""Pixels of a row of a table."""


def show_table(
    view: View,
    table: Answer,
    key: str,
    *,
    columns: Sequence[str],
    height: int = 420,
) -> None:
    """The table's `columns`; a click on any cell opens the excerpts its row counts.

    `height`, in pixels, is the most a long table takes.
    """
    language = view.say.language
    frame = table.frame[[column for column in columns if column in table.frame]].copy()
    for column in ("code", "code_b"):
        if column in frame:
            frame[column] = [view.code_name(path) for path in frame[column]]
    for column in ("judgement", "tendency", "verdict"):
        if column in frame:
            frame[column] = [labels.fixed_word(word, language=language) for word in frame[column]]
    for column in ("signs", "left_out_parts"):
        if column in frame:
            frame[column] = [list_layout.cell_text(one, language) for one in frame[column]]
    if table.by == "document" and "group" in frame:
        frame["group"] = [view.document_name(id) for id in frame["group"]]
    st.dataframe(
        frame,
        key=f"table {key} {language}",
        hide_index=True,
        height=min(height, ROW * (len(frame) + 1) + 2),
        column_config={column: _column(column, table, view) for column in map(str, frame)},
        placeholder="–",
        selection_mode="single-cell",
        on_select=_opener(f"table {key} {language}", view, table),
    )
    under, files = st.columns([3, 2])
    with under:
        text_component.lines(
            f"{key}-notes",
            ("faint", view.say("click_number")),
            *(("faint", note) for note in labels.notes(table, language=language)),
            ("faint", labels.basis_line(table, language=language)),
        )
    with files:
        downloads(view, table, key)


def downloads(view: View, table: Answer, name: str) -> None:
    """The table as files, made when asked for."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        for form, mime in FILES.items():
            st.download_button(
                form,
                data=_writer(view, table, form),
                file_name=f"{name}.{form}",
                mime=mime,
                key=f"{name}-{form}",
                on_click="ignore",
                icon=":material/download:",
            )


def _writer(view: View, table: Answer, form: str) -> Callable[[], str | bytes]:
    return lambda: table_files.table_content(
        table, form, codes=table.codes, language=view.say.language
    )


def _column(column: str, table: Answer, view: View) -> ColumnConfig:
    heading = labels.heading(column, language=view.say.language, by=table.by)
    kind = table.frame[column].dtype.kind
    if kind not in "iuf" or column == "year":
        return st.column_config.Column(heading)
    decimals = min(TABLE_COLUMNS[column].decimals, 2)
    # What is no whole number may be printed as one, as the counts are that a sample corrects.
    form = "localized" if kind != "f" and not decimals else f"%,.{decimals}f"
    return st.column_config.NumberColumn(heading, format=form)


def _opener(key: str, view: View, table: Answer) -> Callable[[], None]:
    def opened() -> None:
        cells = st.session_state[key].selection.cells
        if cells and table.drill_to == "kwic":  # a word's lines have a page of their own
            address.go("search", pattern=str(table.drill_through(cells[0][0])["pattern"]))
            return
        address.open_door(view.door(table.drill_through(*cells[0])) if cells else None)

    return opened
