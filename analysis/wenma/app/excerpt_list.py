"""The excerpts behind a number, under the page that shows the number."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import streamlit as st

from wenma.app import address, text_component
from wenma.app.reading_view import excerpt_runs
from wenma.app.table_view import downloads
from wenma.app.text_component import Chip, ShownPassage
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.publish import labels
from wenma.study.answer import Answer

AT_ONCE = 20
"""Excerpts shown before one asks for more."""


def show_excerpts(view: View) -> None:
    """Draw the excerpts the address asks for, if it asks for any."""
    door = address.asked_excerpts()
    if not door:
        return
    say = view.say
    try:
        table = view.ask("excerpts", **door)
    except (WenmaError, TypeError) as error:  # an address written by hand may ask for anything
        told = error.said(say.language) if isinstance(error, WenmaError) else str(error)
        text_component.lines("excerpts-error", ("body", told))
        return
    size = len(table.frame)
    title, close = st.columns([5, 1], vertical_alignment="center")
    with title:
        text_component.lines(
            "excerpts-title",
            ("title", say("excerpts_of", n=f"{size:,}") if size else say("no_excerpts")),
            ("faint", _told(view, door)),
            call=address.one("excerpts"),
        )
    close.button(say("close"), on_click=address.open_door, args=(None,), width="stretch")
    if not size:
        return
    limit_key = f"limit {address.one('excerpts')}"
    limit = st.session_state.get(limit_key, AT_ONCE)
    _passages(view, table, limit)
    more, files = st.columns(2)
    if (left := size - limit) > 0:
        more.button(
            say("more", n=min(AT_ONCE, left), left=f"{left:,}"),
            on_click=_more,
            args=(limit_key, limit + AT_ONCE),
        )
    with files:
        downloads(view, table, "excerpts")


def chips(
    view: View,
    codes: Iterable[str],
    counts: Mapping[str, int] | None = None,
    *,
    hidden: Collection[str] = (),
) -> list[Chip]:
    """Codes as the text component draws them."""
    return [
        Chip(
            path,
            view.code_name(path),
            view.codes[path].colour,
            (counts or {}).get(path, 0),
            path not in hidden,
        )
        for path in codes
    ]


def _passages(view: View, table: Answer, limit: int) -> None:
    order = {path: number for number, path in enumerate(view.codes)}
    shown: list[ShownPassage] = []
    places: list[dict[str, str]] = []
    frame = table.frame.head(limit)
    for values in frame.itertuples(index=False, name=None):
        row = dict(zip(frame.columns, values, strict=True))
        codes = [path for path in row["codes"].split("; ") if path in order]
        place = {"document": row["document"], "at": str(row["start"])}
        places.append(place)
        shown.append(
            ShownPassage(
                head=" › ".join(
                    part for part in (view.document_name(row["document"]), row["section"]) if part
                ),
                runs=excerpt_runs(
                    row["excerpt"],
                    row["start"],
                    _evidence(view, row, codes),
                    tuple(order[path] for path in codes),
                ),
                foot=_foot(view, row, codes),
                address=address.link("reader", **place),
            )
        )
    key = "excerpts-list"
    text_component.passages(
        key, passages=shown, chips=chips(view, order), opened=_opener(key, places)
    )


def _evidence(view: View, row: Mapping[str, Any], codes: Collection[str]) -> list[tuple[int, int]]:
    codings = view.codings(row["document"]).get((row["start"], row["end"]), [])
    return [(e.start, e.end) for one in codings if one.code in codes for e in one.evidence]


def _foot(view: View, row: Mapping[str, Any], codes: Iterable[str]) -> str:
    say = view.say
    names = " · ".join(view.code_name(path) for path in codes)
    return "　".join(
        part
        for part in (
            names,
            f"{say('evidence')} {row['evidence']}" if row["evidence"] else "",
            f"{say('rule')} {row['rule']}" if row["rule"] else say("by_person"),
        )
        if part
    )


def _told(view: View, door: Mapping[str, Any]) -> str:
    """What the excerpts are narrowed to, in words."""
    words = []
    for name, value in {**door.get("where", {}), **door}.items():
        if isinstance(value, str):
            text = view.code_name(value) if name in ("code", "also") else value
            text = view.document_name(value) if name == "document" else text
            told = labels.BASIS.get(name)
            label = told.in_language(view.say.language) if told else view.attribute(name)
            words.append(f"{label} {text}")
    return " · ".join(words)


def _more(key: str, limit: int) -> None:
    st.session_state[key] = limit


def _opener(key: str, places: list[dict[str, str]]) -> Callable[[], None]:
    def opened() -> None:
        number = st.session_state[key].passage
        if isinstance(number, int) and 0 <= number < len(places):
            address.go("reader", **places[number])

    return opened
