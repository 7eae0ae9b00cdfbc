"""The page's address says what is on it, so that a view can be sent to a colleague.

The address is the one truth: a widget shows what the address says, and what a
person chooses is written into it before the page is drawn again. A step to
another page empties the address; what holds on every page is then put back.
"""

import json
from collections.abc import Callable, Sequence
from inspect import signature
from typing import Any, get_type_hints
from urllib.parse import urlencode

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from wenma.queries.table import query

MORE = "where."
"""Stands before an attribute of the manifest's own, whose name may be that of anything else."""
KEPT = ("language", "person", "codebook", "coder", "city", "plan", "period", "headings", "once")
"""What holds on every page, beside the filters that begin with `MORE`."""

LONGEST = 4000
"""Characters of one value; a longer one is not looked at."""

_REMEMBERED = "address"
_DOUBTS = "address not understood"
_STEP = "step"


def settle() -> None:
    """Put back what holds on every page after a step to another one."""
    st.session_state[_DOUBTS] = {}
    if "language" not in st.query_params:
        write(**{"language": ["zh"], **st.session_state.get(_REMEMBERED, {})})
    st.session_state[_REMEMBERED] = kept()


def kept() -> dict[str, list[str]]:
    """The part of the address that holds on every page."""
    more = [name for name in st.query_params if name.startswith(MORE) and _plain(name)]
    return {name: several(name) for name in (*KEPT, *more) if name in st.query_params}


def sensible(
    values: Sequence[str], fits: Callable[[str], bool] | None = None, *, several: bool = False
) -> tuple[list[str], list[str]]:
    """What an address says of one thing, and what in it is not understood.

    A value is not when it is too long, holds a control character or does not `fits`; of one
    thing said more than once, unless `several` may be, the last is taken.

    >>> sensible(["7", "x", "9"], str.isdecimal)
    (['9'], ['x', '7'])
    >>> sensible(["a", "b" * 5000], several=True)[0]
    ['a']
    """
    good = [one for one in values if _plain(one) and (fits is None or fits(one))]
    strange = [one for one in values if one not in good]
    if several or not good:
        return good, strange
    return good[-1:], strange + [one for one in good if one != good[-1]]


def one(name: str, default: str = "", *, fits: Callable[[str], bool] | None = None) -> str:
    """What the address says of `name`; the default where it says nothing that can be meant."""
    return next(iter(_read(name, fits)), default)


def several(name: str, *, fits: Callable[[str], bool] | None = None) -> list[str]:
    """All the address says of `name` that can be meant."""
    return _read(name, fits, several=True)


def number_said(name: str, *, below: int) -> int | None:
    """A whole number from 0 on; None where the address gives none below that.

    >>> [_whole(one, 100) for one in ("7", "-1", "1e9", "９", "100", "")]
    [True, False, False, False, False, False]
    """
    found = one(name, fits=lambda value: _whole(value, below))
    return int(found) if found else None


def doubts() -> list[tuple[str, str]]:
    """What was not understood since the page began to be drawn: the name, what it said."""
    found: dict[tuple[str, str], None] = st.session_state.get(_DOUBTS, {})
    return list(found)


def _read(name: str, fits: Callable[[str], bool] | None, *, several: bool = False) -> list[str]:
    said = [value for value in st.query_params.get_all(name) if value]
    good, strange = sensible(said, fits, several=several)
    for value in strange:
        st.session_state.setdefault(_DOUBTS, {})[name, value] = None
    return good


def _plain(value: str) -> bool:
    return len(value) <= LONGEST and not any(
        sign < " " or "\x7f" <= sign < "\xa0" or "\ud800" <= sign < "\ue000" for sign in value
    )


def _whole(value: str, below: int) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 12 and int(value) < below


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


def asked_excerpts() -> dict[str, Any]:
    """The excerpts the address asks to be opened: options of that query, or nothing."""
    found = one("excerpts", "{}", fits=lambda value: _options(value) is not None)
    return _options(found) or {}


def _options(value: str) -> dict[str, Any] | None:
    """The options of the query excerpts that are written so; None where they are none.

    >>> _options('{"code": "stage"}'), _options('{"also": "stage"}')
    ({'code': 'stage'}, {'also': 'stage'})
    >>> _options('{"where": {"city": "上海"}}')
    {'where': {'city': '上海'}}
    >>> [_options(one) for one in ("[[[", "[1]", '{"code": 5}', '{"units": 1}', "NaN")]
    [None, None, None, None, None]
    """
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    function = query("excerpts").function
    hints = get_type_hints(function)
    _, *options = signature(function).parameters
    known = {name: hints[name] for name in options}
    return found if all(_is(known.get(name), one) for name, one in found.items()) else None


def _is(hint: Any, value: object) -> bool:
    if hint is None:
        return False
    for one in (value, [value] if isinstance(value, str) else value):  # one name for a list of one
        try:
            TypeAdapter(hint).validate_python(one, strict=True)
        except ValidationError:
            continue
        return True
    return False


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
    here = several(name, fits=options.__contains__)
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
    here = one(name, fits="yes".__eq__) == "yes"
    _set(key, here)
    st.toggle(label, key=key, on_change=_moved, args=(name, key, None))
    return here


def _prepared(name: str, options: Sequence[str], usual: str) -> tuple[str, str]:
    key = _key(name)
    here = one(name, usual, fits=lambda value: value in options)
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
