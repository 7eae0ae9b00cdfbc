"""Two coders side by side: NVivo's coding comparison, and which code stands for which."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from wenma.app import address
from wenma.app.view import View
from wenma.interchange.bundle import shielded
from wenma.records import Coding, Unit
from wenma.reliability.coding_comparison import coding_comparison
from wenma.reliability.confusion import confusion
from wenma.study.opened_study import Study

COLUMNS = {
    "Code": "code",
    "File": "document",
    "File Size": "nvivo_size",
    "Kappa": "nvivo_kappa",
    "Agreement (%)": "nvivo_agreement",
    "A and B (%)": "nvivo_both",
    "Not A and Not B (%)": "nvivo_neither",
    "Disagreement (%)": "nvivo_disagreement",
    "A and Not B (%)": "nvivo_first",
    "B and Not A (%)": "nvivo_second",
}
"""NVivo's headings, and the word each has on the page."""


def comparison_panel(view: View, study: Study, one: str, other: str, units: pd.DataFrame) -> None:
    """Both, counted only when they are wanted: a large study has many units."""
    say = view.say
    if address.tick(say("confusion"), "confusion"):
        dimension = address.select(
            say("dimension"), "confused", view.dimensions, show=view.code_name
        )
        codes = [path for path in view.codes if path.rpartition("/")[0] == dimension]
        table = confusion(study.codings, units, one, other, codes=codes)
        names = [*map(view.code_name, codes), say("none_of_these")]
        table.columns = pd.Index(names)
        table.insert(0, f"{one} ＼ {other}", names)
        st.dataframe(table, hide_index=True)
        st.caption(say("confusion_help", one=one, other=other))
    if address.tick(say("nvivo"), "nvivo"):
        rows = pd.DataFrame(_compared(view, study, one, other, units), columns=[*COLUMNS])
        rows["Code"] = [view.code_name(path) for path in rows["Code"]]
        rows["File"] = [view.document_name(id) for id in rows["File"]]
        words = {name: say(word, one=one, other=other) for name, word in COLUMNS.items()}
        shown = rows.rename(columns=words)
        st.dataframe(shown.round(4), hide_index=True, height=320)
        st.caption(say("nvivo_help"))
        st.download_button(
            "csv",
            data=lambda: shown.map(shielded).to_csv(index=False).encode("utf-8-sig"),
            file_name="coding_comparison.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )


def _compared(
    view: View, study: Study, one: str, other: str, units: pd.DataFrame
) -> Iterator[dict[str, object]]:
    """Each code somebody gave, in each document that is compared, by units."""
    pieces: dict[str, list[Unit]] = {}
    columns = units[["document", "unit", "start", "end", "kind", "section", "paragraph"]]
    for document, *unit in columns.itertuples(index=False, name=None):
        pieces.setdefault(document, []).append(Unit(*unit))
    sides = [
        [
            Coding(document, unit, start, end, code, who)
            for document, unit, start, end, code in study.codings.loc[
                study.codings["coder"] == who, ["document", "unit", "start", "end", "code"]
            ].itertuples(index=False, name=None)
        ]
        for who in (one, other)
    ]
    given = {coding.code for side in sides for coding in side}
    found = coding_comparison(
        *sides,
        codes=[path for path in view.codes if path in given],
        lengths=dict.fromkeys(pieces, 0),
        units=pieces,
    )
    return (each.row() for each in found)
