"""A code of the draft under somebody's hand: its names, what it means, its place, its rules."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from wenma.app import address, codebook_draft
from wenma.app.codebook_draft import NUMBER
from wenma.app.view import View
from wenma.codebook.editing import (
    EditedCodebook,
    Paths,
    ShiftStep,
    add_code,
    define_code,
    merge_code,
    move_code,
    remove_code,
    rename_code,
    same_written_rules,
    shift_code,
    write_rules,
    written_rules,
)
from wenma.records import Code, Codebook

SHIFTS: tuple[ShiftStep, ...] = ("up", "down", "out", "in")
SENTENCE_LISTS = ("when", "when_not", "examples", "near_misses")
ICONS = {
    "up": ":material/arrow_upward:",
    "down": ":material/arrow_downward:",
    "out": ":material/arrow_back:",
    "in": ":material/arrow_forward:",
}


def draw(view: View, book: Codebook, code: Code) -> None:
    """Fields of a code, then its place in the tree."""
    _meaning(view, code)
    _place(view, book, code)


def shift(view: View, path: str, step: ShiftStep) -> None:
    """Move a code one place."""
    _changed(view, path, lambda text, version: shift_code(text, path, step, version=version))


def land(view: View, path: str, to: str, where: Any) -> None:
    """Move a code to where it was dropped."""
    _changed(
        view, path, lambda text, version: move_code(text, path, to, where=where, version=version)
    )


def _changed(view: View, path: str, *acts: Callable[[str, str], EditedCodebook]) -> Paths | None:
    """Change the draft; the code that was chosen stays chosen wherever it has gone."""
    paths = codebook_draft.change(view, *acts)
    if paths is not None:
        chosen = address.one("code") or path
        address.write(code=paths.get(chosen, chosen))
    return paths


def _key(name: str, code: Code) -> str:
    # Another draft is another field: what stands in it is what the draft says.
    return f"{name} {code.path} {st.session_state.get(NUMBER, 0)}"


def _meaning(view: View, code: Code) -> None:
    say = view.say
    text = codebook_draft.current_draft(view).now.text
    with st.form(_key("meaning", code), enter_to_submit=False):
        first, second, third = st.columns([3, 3, 3])
        first.text_input(say("name_zh"), value=code.zh, key=_key("zh", code))
        second.text_input(say("name_en"), value=code.en, key=_key("en", code))
        third.text_input("id", value=code.path.rpartition("/")[2], key=_key("id", code))
        st.text_area(
            say("definition"), value=code.definition, key=_key("definition", code), height=96
        )
        left, right = st.columns(2)
        for number, name in enumerate(SENTENCE_LISTS):
            (right if number % 2 else left).text_area(
                say("one_a_line", what=say(name)),
                value="\n".join(getattr(code, name)),
                key=_key(name, code),
                height=96,
            )
        st.text_area(
            say("rules_yaml"),
            value=written_rules(text, code.path),
            key=_key("rules", code),
            height=148,
        )
        st.form_submit_button(
            say("into_draft"), on_click=partial(_write, view, code), type="primary"
        )


def _write(view: View, code: Code) -> None:
    """All that was typed about a code, as one step."""

    def typed(name: str) -> str:
        return str(st.session_state[_key(name, code)])

    path = code.path
    id = typed("id").strip()
    new = f"{path.rpartition('/')[0]}/{id}".lstrip("/")
    zh, en = typed("zh"), typed("en")
    rules = typed("rules")
    acts: list[Callable[[str, str], EditedCodebook]] = [
        lambda text, version: define_code(
            text,
            path,
            definition=typed("definition"),
            **{name: typed(name).split("\n") for name in SENTENCE_LISTS},
            version=version,
        )
    ]
    if not same_written_rules(codebook_draft.current_draft(view).now.text, path, rules):
        acts.append(lambda text, version: write_rules(text, path, rules, version=version))
    if (zh.strip(), en.strip()) != (code.zh, code.en):
        english = "" if en.strip() == code.zh else en
        acts.append(
            lambda text, version: rename_code(text, path, zh=zh, en=english, version=version)
        )
    if new != path:
        acts.append(lambda text, version: rename_code(text, path, id=id, version=version))
    _changed(view, path, *acts)


def _place(view: View, book: Codebook, code: Code) -> None:
    """Buttons for one place, another parent, merging, a new code, removing."""
    say, path = view.say, code.path
    names = {
        one.path: "　" * (one.depth - 1) + (one.zh if say.language == "zh" else one.en)
        for one in book.codes
    }
    elsewhere = [one for one in names if one != path and not one.startswith(f"{path}/")]
    for place, step in zip(st.columns(4), SHIFTS, strict=True):
        place.button(
            say(f"shift_{step}"),
            key=_key(f"shift {step}", code),
            icon=ICONS[step],
            on_click=partial(shift, view, path, step),
            width="stretch",
        )
    first, second = st.columns(2)
    with first:
        to = st.selectbox(
            say("move_under"),
            ["", *elsewhere],
            key=f"{_key('under', code)} {say.language}",
            format_func=lambda one: names[one] if one else say("top_of_tree"),
        )
        st.button(
            say("move_there"),
            key=_key("move", code),
            on_click=partial(land, view, path, to, "into"),
            width="stretch",
        )
    with second:
        into = st.selectbox(
            say("merge_into"),
            elsewhere,
            index=None,
            key=f"{_key('into', code)} {say.language}",
            format_func=names.__getitem__,
            placeholder=say("choose_one"),
        )
        st.button(
            say("merge_there"),
            key=_key("merge", code),
            on_click=partial(_merge, view, path, into),
            disabled=into is None,
            width="stretch",
        )
    with st.form(_key("new", code), enter_to_submit=False):
        third, fourth, fifth = st.columns([3, 2, 4], vertical_alignment="bottom")
        third.text_input(say("new_code_name"), key=_key("new zh", code))
        fourth.text_input("id", key=_key("new id", code))
        with fifth:
            sixth, seventh = st.columns(2)
            sixth.form_submit_button(
                say("new_under"), on_click=partial(_add, view, code, path), width="stretch"
            )
            seventh.form_submit_button(
                say("new_beside"),
                on_click=partial(_add, view, code, path.rpartition("/")[0]),
                width="stretch",
            )
    st.button(say("remove_code"), key=_key("remove", code), on_click=partial(_remove, view, path))


def _merge(view: View, path: str, into: str | None) -> None:
    if into is not None:
        _changed(view, path, lambda text, version: merge_code(text, path, into, version=version))


def _add(view: View, code: Code, under: str) -> None:
    id = str(st.session_state[_key("new id", code)]).strip()
    zh = str(st.session_state[_key("new zh", code)])
    new = partial(add_code, id=id, zh=zh, under=under)
    if codebook_draft.change(view, lambda text, version: new(text, version=version)) is not None:
        address.write(code=f"{under}/{id}".lstrip("/"))


def _remove(view: View, path: str) -> None:
    done = codebook_draft.change(
        view, lambda text, version: remove_code(text, path, version=version)
    )
    if done is not None:
        address.write(code=path.rpartition("/")[0])
