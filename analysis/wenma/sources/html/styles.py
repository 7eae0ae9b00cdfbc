"""What a page's styles hide."""

import re
from collections.abc import Iterator
from typing import Any

_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{4}"
)
# Of a block it only closes the gaps between its parts, which have sizes of their own.
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?![.\d])")
_BRACE = re.compile(r"([{}])")
_SIMPLE = re.compile(r"[.#][\w-]+")


def hidden_style(style: str, *, block: bool) -> bool:
    """Whether an element's own style, in lower case, hides it.

    >>> hidden_style("display: none", block=True), hidden_style("font-size:0", block=True)
    (True, False)
    """
    return bool(_HIDES.search(style)) or (not block and bool(_NO_SIZE.search(style)))


def hidden_names(tree: Any) -> frozenset[str]:
    """Classes (``.name``) and ids (``#name``) that the page's own style sheets hide."""
    names: set[str] = set()
    for node in tree.css("style"):
        for selectors, body in _rules(node.text()):
            if _HIDES.search(body.lower()):
                names.update(
                    one.strip().lower()
                    for one in selectors.split(",")
                    if _SIMPLE.fullmatch(one.strip())
                )
    return frozenset(names)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and bodies of a style sheet; those of another medium (print) are passed over."""
    head, depth = "", 0
    other = 0  # the depth at which another medium's rules began
    for part in _BRACE.split(sheet):
        if part == "{":
            depth += 1
            other = other or (depth if head.lstrip().startswith("@") else 0)
        elif part == "}":
            other = 0 if depth <= other else other
            depth = max(0, depth - 1)
        elif depth and not other:
            yield head, part
        else:
            head = part
