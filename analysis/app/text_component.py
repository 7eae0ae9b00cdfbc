"""Text on the page that is never more than text: a component of our own.

A document may hold anything. What it holds reaches the browser as data and is
set as `textContent`; no string of a document is ever read as HTML or Markdown.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from analysis.app.reading_view import Block, Entry, Run

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "wenma_text",
    css=(_HERE / "text_component.css").read_text(encoding="utf-8"),
    js=(_HERE / "text_component.js").read_text(encoding="utf-8"),
)


class Chip(NamedTuple):
    """A code of the legend."""

    path: str
    name: str
    colour: str
    uses: int
    shown: bool


class Passage(NamedTuple):
    """An excerpt: what stands over it, its runs, what stands under it, and where it leads."""

    head: str
    runs: tuple[Run, ...]
    foot: str
    address: str


def reading(
    key: str,
    *,
    version: str,
    blocks: Sequence[Block],
    outline: Sequence[Entry],
    chips: Sequence[Chip],
    words: dict[str, str],
    unit: int | None,
    chosen: Callable[[], None],
    toggled: Callable[[], None],
) -> None:
    """A document with its outline and legend.

    A click on a sentence leaves its unit's number in ``session_state[key].unit``
    and calls `chosen`; one on a code of the legend leaves its path in ``.code``
    and calls `toggled`. `version` names the content: while it stays, the
    browser keeps what it has drawn and only moves the mark to `unit`.
    """
    _mount(
        key=key,
        data={
            "form": "reading",
            "version": version,
            "blocks": [_plain(block) for block in blocks],
            "outline": [list(entry) for entry in outline],
            "chips": [chip._asdict() for chip in chips],
            "words": words,
            "unit": unit,
        },
        on_unit_change=chosen,
        on_code_change=toggled,
        height=HEIGHT,
    )


def passages(
    key: str,
    *,
    passages: Sequence[Passage],
    chips: Sequence[Chip],
    opened: Callable[[], None],
) -> None:
    """Excerpts one below the other.

    A click leaves the passage's position in ``session_state[key].passage`` and
    calls `opened`; each is a link too, so that it opens in a new tab.
    """
    _mount(
        key=key,
        data={
            "form": "passages",
            "blocks": [
                {"head": one.head, "foot": one.foot, "href": one.address, "runs": _runs(one.runs)}
                for one in passages
            ],
            "chips": [chip._asdict() for chip in chips],
        },
        on_passage_change=opened,
    )


HEIGHT = 624
"""Pixels of the reader: with the heading it fills a screen of 800."""


def lines(key: str, *texts: tuple[str, str], call: str = "") -> None:
    """Lines of plain text, each with its kind: title, strong, code, body, quote, name, faint.

    A new `call` brings them into sight.
    """
    _mount(key=key, data={"form": "lines", "call": call, "lines": [list(t) for t in texts]})


def _plain(block: Block) -> dict[str, Any]:
    return {"kind": block.kind, "level": block.level, "runs": _runs(block.runs)}


def _runs(runs: Sequence[Run]) -> list[list[Any]]:
    return [[one.text, one.unit, list(one.codes), int(one.evidence)] for one in runs]
