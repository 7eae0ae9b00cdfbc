"""The page's address says what is on it, so that a view can be sent to a colleague.

The address is the one truth: a widget shows what the address says, and what a
person chooses is written into it before the page is drawn again. A step to
another page empties the address; what holds on every page is then put back.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

KEPT = ("language", "person", "coder", "city", "plan", "period", "headings")
"""What holds on every page."""

_REMEMBERED = "address"
_STEP = "step"


def settle() -> None:
    """Put back what holds on every page after a step to another one."""
    if "language" not in st.query_params:
        write(**{"language": ["zh"], **st.session_state.get(_REMEMBERED, {})})
    st.session_state[_REMEMBERED] = kept()


def kept() -> dict[str, list[str]]:
    """The part of the address that holds on every page."""
    return {name: several(name) for name in KEPT if name in st.query_params}


def one(name: str, default: str = "") -> str:
    """What the address says of `name`."""
    return str(st.query_params.get(name, default))


def several(name: str) -> list[str]:
    """All the address says of `name`."""
    return list(st.query_params.get_all(name))


def write(**values: str | Sequence[str]) -> None:
    """Put these into the address; an empty value is taken out."""
    for name, value in values.items():
        if value:
            st.query_params[name] = value if isinstance(value, str) else list(value)
        elif name in st.query_params:
            del st.query_params[name]


def link(page: str, **values: str) -> str:
    """An address of a page of this app, with the filters that hold now."""
    return f"{page}?{urlencode({**kept(), **values}, doseq=True)}"


def go(page: str, **values: str) -> None:
    """Turn to another page before anything is drawn: for callbacks."""
    st.session_state[_STEP] = (page, {**kept(), **values})


def step() -> tuple[str, dict[str, Any]] | None:
    """The page to turn to and its address, once; None to stay."""
    found: tuple[str, dict[str, Any]] | None = st.session_state.pop(_STEP, None)
    return found


def door() -> dict[str, Any]:
    """The excerpts the address asks to be opened: options of that query, or nothing."""
    try:
        found = json.loads(one("excerpts", "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def open_door(options: dict[str, Any] | None) -> None:
    """Ask for the excerpts behind a number; None closes them."""
    write(excerpts=json.dumps(options, ensure_ascii=False) if options else "")


def select(
    label: str,
    name: str,
    options: Sequence[str],
    *,
    show: Callable[[str], str] = str,
    default: str | None = None,
    hide_label: bool = False,
    clears: Sequence[str] = (),
) -> str:
    """A list to choose one from; `default` (or the first) is not written into the address.

    `clears` are parts of the address that mean nothing after another choice.
    """
    usual = default if default is not None else next(iter(options), "")
    key, here = _prepared(name, options, usual)
    st.selectbox(
        label,
        options,
        key=key,
        format_func=show,
        on_change=_moved,
        args=(name, key, usual, *clears),
        label_visibility="collapsed" if hide_label else "visible",
    )
    return here


def switch(
    label: str,
    name: str,
    options: Sequence[str],
    *,
    show: Callable[[str], str],
    hide_label: bool = False,
) -> str:
    """Words side by side to choose one from. Labels are drawn as Markdown: only our own words."""
    usual = options[0]
    key, here = _prepared(name, options, usual)
    st.segmented_control(
        label,
        options,
        key=key,
        format_func=show,
        required=True,
        wrap=True,
        on_change=_moved,
        args=(name, key, usual),
        label_visibility="collapsed" if hide_label else "visible",
    )
    return here


def pick(
    label: str,
    name: str,
    options: Sequence[str],
    *,
    show: Callable[[str], str] = str,
    placeholder: str,
) -> tuple[str, ...]:
    """A list to choose several from; none chosen means all."""
    key = _key(name)
    here = [value for value in several(name) if value in options]
    _set(key, here)
    st.multiselect(
        label,
        options,
        key=key,
        format_func=show,
        placeholder=placeholder,
        on_change=_moved,
        args=(name, key, None),
        select_all=False,  # Streamlit says it in English only
    )
    return tuple(here)


def written(label: str, name: str, *, placeholder: str) -> str:
    """A line to write in."""
    key = _key(name)
    here = one(name)
    _set(key, here)
    st.text_input(label, key=key, placeholder=placeholder, on_change=_moved, args=(name, key, None))
    return here


def tick(label: str, name: str) -> bool:
    """A yes or no, no being the rule."""
    key = _key(name)
    here = one(name) == "yes"
    _set(key, here)
    st.toggle(label, key=key, on_change=_moved, args=(name, key, None))
    return here


def _prepared(name: str, options: Iterable[str], usual: str) -> tuple[str, str]:
    key = _key(name)
    here = one(name, usual)
    if here not in options:
        here = usual
    _set(key, here)
    return key, here


def _key(name: str) -> str:
    # Options change their wording with the language, and a widget would lose its place.
    return f"{name} {one('language')}"


def _set(key: str, value: Any) -> None:
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _moved(name: str, key: str, usual: str | None, *clears: str) -> None:
    value = st.session_state[key]
    if isinstance(value, bool):
        value = "yes" if value else ""
    if name == "language":  # always in the address: it tells a fresh one from an emptied one
        write(language=value)
        return
    gone = dict.fromkeys((*clears, "excerpts"), "")
    write(**{name: "" if value == usual else value, **gone})
