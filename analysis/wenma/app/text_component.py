"""Text on the page that is never more than text: a component of our own.

A document may hold anything. What it holds reaches the browser as data and is
set as `textContent`; no string of a document is ever read as HTML or Markdown.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from wenma.app.reading_view import Block, OutlineLine, Stripe, TextRun

_HERE = Path(__file__).parent
# Laid end to end they are one module: nothing is built, nothing is fetched.
_SCRIPTS = (
    "acts.js",
    "text_offsets.js",
    "text_margin.js",
    "code_picker.js",
    "text_coding.js",
    "review_card.js",
    "text_component.js",
)


def _read(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


_mount = st.components.v2.component(
    "wenma_text",
    css=_read("text_component.css", "text_coding.css", "review_card.css"),
    js=_read(*_SCRIPTS),
)


class Chip(NamedTuple):
    """A code of the legend."""

    path: str
    name: str
    colour: str
    uses: int
    shown: bool


class ShownPassage(NamedTuple):
    """An excerpt: what stands over it, its runs, what stands under it, and where it leads."""

    head: str
    runs: tuple[TextRun, ...]
    foot: str
    address: str


def packed_paper(version: str, blocks: Sequence[Block], stripes: Sequence[Stripe]) -> bytes:
    """The text of a document with one coder's marks, as the browser takes it.

    It is large and seldom changes: packed once, it goes to the browser once.
    """
    body = {
        "blocks": [_plain(block) for block in blocks],
        "stripes": stripes,
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return f"{version}\n{text}".encode()


def reading(
    key: str,
    paper: bytes,
    *,
    document: str,
    mine: Sequence[Stripe],
    outline: Sequence[OutlineLine],
    chips: Sequence[Chip],
    codes: Sequence[Mapping[str, Any]],
    words: Mapping[str, str],
    unit: int | None,
    undecided: Sequence[int],
    panel: Mapping[str, Any],
    keys: Sequence[str],
    person: str,
    acts: int,
    done: Mapping[str, Any],
    chosen: Callable[[], None],
    toggled: Callable[[], None],
    acted: Callable[[], None],
) -> None:
    """A document with its outline, its margin, its legend, a code picker and the chosen unit.

    `paper` is what `packed_paper` made of it; `mine` are the codings of the person at
    the desk. Both count codes by their place in `codes`. A click on a sentence
    leaves its unit's number in ``session_state[key].unit`` and calls `chosen`;
    one on a code of the legend leaves its path in ``.code`` and calls `toggled`.
    What somebody does to codings is left in ``.act``, as
    ``{"page": …, "acts": [{"n": 1, "verb": "code", "start": …}, …]}``, and calls
    `acted`: every act the browser has not yet seen in `done`
    (``{"page": …, "n": the last one done, "text": what came of it}``), so that
    none is lost when two follow each other fast. Each says whose it is (`person`) and
    which words it covers; one that takes back says how many acts of that person the page
    knew (`acts`). Offsets are code points of the document.
    """
    _mount(
        key=key,
        data={
            "form": "reading",
            "version": paper[: paper.index(b"\n")].decode(),
            "document": document,
            "mine": mine,
            "outline": outline,
            "chips": [chip._asdict() for chip in chips],
            "codes": list(codes),
            "words": dict(words),
            "unit": unit,
            "undecided": list(undecided),
            "panel": dict(panel),
            "keys": list(keys),
            "person": person,
            "acts": acts,
            "done": dict(done),
        },
        on_unit_change=chosen,
        on_code_change=toggled,
        on_act_change=acted,
        height=HEIGHT,
    )
    # A message of its own: as long as it stays the same, it is not sent again.
    _mount(key=f"{key}-paper", data=paper)


def passages(
    key: str,
    *,
    passages: Sequence[ShownPassage],
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
                {"head": one.head, "foot": one.foot, "href": one.address, "runs": one.runs}
                for one in passages
            ],
            "chips": [chip._asdict() for chip in chips],
        },
        on_passage_change=opened,
    )


def review_card(
    key: str,
    proposal: Mapping[str, Any] | None,
    passage: ShownPassage | None,
    *,
    chip: Chip | None,
    definition: str,
    codes: Mapping[str, str],
    words: Mapping[str, str],
    person: str,
    acts: int,
    done: Mapping[str, Any],
    acted: Callable[[], None],
    opened: Callable[[], None],
) -> None:
    """One proposal with buttons and keys to decide on it; without one, a way back alone.

    What somebody decides is left in ``session_state[key].act`` as `reading` leaves acts:
    each holds all that `proposal` does, so that it is about what was on the screen.
    `codes` are those that can be put in its place, with their names.
    """
    block = passage and {
        "head": passage.head,
        "foot": passage.foot,
        "href": passage.address,
        "runs": passage.runs,
    }
    _mount(
        key=key,
        data={
            "form": "review",
            "proposal": dict(proposal) if proposal else None,
            "shown": chip
            and {
                "name": chip.name,
                "definition": definition,
                "block": block,
                "chip": chip._asdict(),
            },
            "codes": [{"path": path, "name": name} for path, name in codes.items()],
            "words": dict(words),
            "person": person,
            "acts": acts,
            "done": dict(done),
        },
        on_act_change=acted,
        on_opened_change=opened,
    )


HEIGHT = 644
"""Pixels of the reader: with the heading it fills a screen of 800."""


def lines(key: str, *texts: tuple[str, str], call: str = "") -> None:
    """Lines of plain text, each with its kind: title, strong, code, body, quote, name, faint.

    A new `call` brings them into sight.
    """
    _mount(key=key, data={"form": "lines", "call": call, "lines": [list(t) for t in texts]})


def _plain(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "level": block.level,
        "start": block.start,
        "runs": block.runs,  # plain tuples: JSON takes them as they are
    }
