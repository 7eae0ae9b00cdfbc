"""检索: where is this word or pattern?"""

from collections.abc import Callable

import streamlit as st

from wenma.app import address, text_component
from wenma.app.table_view import ROW, downloads
from wenma.app.view import View
from wenma.errors import QueryError
from wenma.publish import labels
from wenma.study.answer import Answer

SORTS = ("place", "left", "right")
EVERY_CODE = "any"
SIDES = 19
"""Characters shown on either side of a hit."""
HEIGHT = 560


def draw(view: View) -> None:
    """Words in their lines, and how many there are in each city."""
    say = view.say
    first, second, third, fourth = st.columns([4, 2, 2, 2], vertical_alignment="bottom")
    with first:
        pattern = address.written(say("look_for"), "pattern", placeholder=say("look_for_example"))
    with second:
        code = address.select(
            say("in_code"),
            "in",
            [EVERY_CODE, *view.codes],
            show=lambda path: say("any_code") if path == EVERY_CODE else view.code_name(path),
        )
    with third:
        sort = address.select(say("sorted_by"), "sort", SORTS, show=lambda key: say(f"by_{key}"))
    with fourth:
        regex = address.tick(say("as_pattern"), "regex")
    if not pattern:
        st.info(say("nothing_looked_for"))
        return
    options = {"pattern": pattern, "regex": regex, "code": None if code == EVERY_CODE else code}
    by = view.telling
    try:
        table = view.ask("kwic", sort=sort, width=SIDES, limit=1000, **options)
        counts = view.ask("kwic", by=by, limit=0, **options).frame["group"].value_counts()
    except QueryError as error:  # a pattern on its way to being one
        text_component.lines("search-error", ("body", error.said(view.say.language)))
        return
    lines, cities = st.columns([4, 1])
    with lines:
        _lines(view, table)
    with cities:
        st.dataframe(
            counts.rename_axis("group").reset_index(name="lines"),
            key=f"search groups {say.language}",
            hide_index=True,
            height=min(HEIGHT, ROW * (len(counts) + 1) + 2),
            column_config={
                "group": st.column_config.Column(view.attribute(by)),
                "lines": st.column_config.NumberColumn(say("places"), format="localized"),
            },
        )


def _lines(view: View, table: Answer) -> None:
    say = view.say
    frame = table.frame[["left", "hit", "right"]].copy()
    frame["document"] = [view.document_name(id) for id in table.frame["document"]]
    key = f"search lines {say.language}"
    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=min(HEIGHT, ROW * (len(frame) + 1) + 2),
        column_config={
            "left": st.column_config.TextColumn("", alignment="right", width=290),
            "hit": st.column_config.TextColumn(say("hit")),
            "right": st.column_config.TextColumn("", width=270),
            "document": st.column_config.TextColumn(say("document"), width=150),
        },
        selection_mode="single-cell",
        on_select=_opener(key, table),
    )
    text_component.lines(
        "search-notes",
        ("faint", say("click_line") if len(frame) else say("not_found")),
        *(("faint", note) for note in labels.notes(table, language=say.language)),
        ("faint", labels.basis_line(table, language=say.language)),
    )
    downloads(view, table, "search")


def _opener(key: str, table: Answer) -> Callable[[], None]:
    def opened() -> None:
        cells = st.session_state[key].selection.cells
        if cells:
            row = table.frame.iloc[cells[0][0]]
            address.go("reader", document=str(row["document"]), at=str(row["start"]))

    return opened
