"""Two coders side by side: NVivo's coding comparison, and which code stands for which."""

import pandas as pd
import streamlit as st

from wenma.app import address
from wenma.app.view import View
from wenma.study.comparing import CoderComparison
from wenma.study.exporting import shielded

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


def comparison_panel(view: View, comparison: CoderComparison) -> None:
    """Both, counted only when they are wanted: a large study has many units."""
    say, one, other = view.say, comparison.one, comparison.other
    if address.tick(say("confusion"), "confusion"):
        dimension = address.select(
            say("dimension"), "confused", view.parents or view.dimensions, show=view.code_name
        )
        under = [path for path in view.codes if path.rpartition("/")[0] == dimension]
        codes = under or view.dimensions
        table = comparison.confusion(codes)
        names = [*map(view.code_name, codes), say("none_of_these")]
        table.columns = pd.Index(names)
        table.insert(0, f"{one} ＼ {other}", names)
        st.dataframe(table, hide_index=True)
        st.caption(say("confusion_help", one=one, other=other))
    if address.tick(say("nvivo"), "nvivo"):
        rows = pd.DataFrame(comparison.nvivo([*view.codes]), columns=[*COLUMNS])
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
