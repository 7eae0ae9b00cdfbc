"""What of a codebook's wording may be a slip, as ``wenma check`` tells it."""

import streamlit as st

from wenma.app.view import View
from wenma.codebook.wording_warnings import WARNING_HEADS, WordingWarning, wording_warnings
from wenma.records import Codebook

WARNINGS = "codebook warnings"


def draw(view: View, book: Codebook) -> None:
    """The warnings of the codebook on the page, the gravest first; nothing where there are none."""
    import pandas as pd

    say = view.say
    found = _warnings(book)
    if not found:
        return
    chinese = say.language == "zh"
    with st.expander(say("wording_warnings", n=len(found))):
        st.dataframe(
            pd.DataFrame(
                [
                    (
                        one.code or say("scope_or_several"),
                        one.rule,
                        one.zh if chinese else one.why,
                        WARNING_HEADS[one.kind][chinese],
                    )
                    for one in found
                ],
                columns=["code", "rule", "warning", "kind"],
            ),
            hide_index=True,
            key=f"wording warnings {say.language}",
            column_config={
                "code": st.column_config.Column(say("code")),
                "rule": st.column_config.Column(say("rule")),
                "warning": st.column_config.Column(say("warning"), width="large"),
                "kind": st.column_config.Column(say("warning_kind"), width="large"),
            },
        )


def _warnings(book: Codebook) -> list[WordingWarning]:
    """The warnings of this text of a codebook, found once."""
    known = st.session_state.get(WARNINGS)
    if known is None or known[0] != book.fingerprint:
        known = st.session_state[WARNINGS] = (book.fingerprint, wording_warnings(book))
    found: list[WordingWarning] = known[1]
    return found
