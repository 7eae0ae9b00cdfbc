"""What a draft of a codebook changes against the version in use, and what its rules would do."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from wenma.app import codebook_draft, text_component
from wenma.app.view import View
from wenma.codebook.versions import Change
from wenma.records import Code, Codebook
from wenma.study.revising import Trial


def compared(view: View, book: Codebook) -> Sequence[Change]:
    """What a draft changes; nothing for the version in use."""
    return codebook_draft.changes(view) if book is not view.book else ()


FIELD_NAMES = {
    "zh": "name_zh",
    "en": "name_en",
    "definition": "definition",
    "when": "when",
    "when_not": "when_not",
    "source": "source",
    "colour": "colour",
}
"""What each field that people read is called on the page."""


def draw(view: View, book: Codebook) -> None:
    """What differs from the version in use, the file, and what the rules would do."""
    import pandas as pd

    say, text = view.say, codebook_draft.current_draft(view).now.text
    changes = compared(view, book)
    if not changes and not codebook_draft.begun(view):
        return
    text_component.lines(
        "changes-title",
        ("strong", say("draft_changes", version=book.version, old=view.book.version)),
    )
    names = {code.path: _code_name(view, code) for code in (*view.book.codes, *book.codes)}
    st.dataframe(
        pd.DataFrame(
            [
                (
                    names.get(one.code, say("whole_codebook")),
                    say(f"change_{one.what}"),
                    _detail(view, one),
                )
                for one in changes
            ],
            columns=["code", "what", "detail"],
        ),
        hide_index=True,
        key=f"changes {say.language}",
        column_config={
            "code": st.column_config.Column(say("code")),
            "what": st.column_config.Column(say("change_what")),
            "detail": st.column_config.Column(say("change_detail"), width="large"),
        },
    )
    first, second, _ = st.columns([2, 2, 5])
    first.download_button(
        say("draft_file"),
        data=text,
        file_name=f"{book.id}.yaml",
        mime="application/yaml",
        on_click="ignore",
        width="stretch",
    )
    second.button(say("drop_draft"), on_click=partial(codebook_draft.drop, view), width="stretch")
    if (result := codebook_draft.tried()) is not None:
        _tried(view, names, result)


def _detail(view: View, change: Change) -> str:
    """What a change is about, in the words of the page: fields, rules, or the path before."""
    say = view.say
    if change.what == "reworded":
        between = "、" if say.language == "zh" else ", "
        return between.join(say(FIELD_NAMES[name]) for name in change.detail.split(", "))
    if change.what == "recoded" and change.code:
        rules = change.detail.removeprefix("rules ")
        return rules if rules != change.detail else say("considered")
    return change.detail if change.what in ("moved", "merged") else ""


def _tried(view: View, names: Mapping[str, str], result: Trial) -> None:
    """Codings a version would add and take away, by code, with some to look at."""
    import pandas as pd

    say = view.say
    text_component.lines("tried-title", ("strong", say("tried")))
    paths = [path for path in names if result.added[path] or result.gone[path]]
    if not paths:
        st.text(say("nothing_changes"))
        return
    st.dataframe(
        pd.DataFrame(
            [
                (names[path], result.added[path], result.gone[path], result.kept[path])
                for path in paths
            ],
            columns=["code", "added", "gone", "kept"],
        ),
        hide_index=True,
        key=f"tried {say.language}",
        column_config={
            name: st.column_config.Column(say(f"tried_{name}" if name != "code" else name))
            for name in ("code", "added", "gone", "kept")
        },
    )
    text_component.lines(
        "tried-some",
        *(
            ("quote", f"{'+' if one.added else '−'} {names.get(one.code, one.code)}　{one.text}")
            for one in result.some[:40]
        ),
    )


def _code_name(view: View, code: Code) -> str:
    return code.zh if view.say.language == "zh" else code.en
