"""The tree of a codebook on the page: a component of our own, to read and to rearrange."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "wenma_tree",
    css=(_HERE / "codebook_tree.css").read_text(encoding="utf-8"),
    js=(_HERE / "codebook_tree.js").read_text(encoding="utf-8"),
)

TREE_HEIGHT = 600


class TreeRow(NamedTuple):
    """A code of the tree. `mark` is what a draft has made of it, in a word; "" for nothing."""

    path: str
    name: str
    id: str
    colour: str
    depth: int
    references: int
    mark: str


def tree(
    key: str,
    rows: Sequence[TreeRow],
    *,
    chosen: str,
    may_move: bool,
    words: Mapping[str, str],
    done: Mapping[str, Any],
    on_chosen: Callable[[], None],
    on_act: Callable[[], None],
) -> None:
    """Codes one below the other, each at its depth.

    A click leaves the code's path in ``session_state[key].chosen`` and calls `on_chosen`.
    Where codes may be moved, dragging one or Alt with an arrow leaves
    ``{"page": …, "acts": [{"n": 1, "path": …, "to": …, "where": "before"}, …]}`` in ``.act``
    (or ``"step": "up"`` instead of `to` and `where`) and calls `on_act`; the browser sends
    an act again until `done` (``{"page": …, "n": the last one done}``) names it.
    """
    _mount(
        key=key,
        data={
            "rows": [row._asdict() for row in rows],
            "chosen": chosen,
            "may": may_move,
            "words": dict(words),
            "done": dict(done),
        },
        on_chosen_change=on_chosen,
        on_act_change=on_act,
        height=TREE_HEIGHT + 48,
    )
