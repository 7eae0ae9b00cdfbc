"""Fields of a Word file: their shown result is text, their instruction is not."""

from typing import Any

from wenma.sources.word.symbols import field_shown
from wenma.sources.word.xml import W

_CHAR = W + "fldChar"
_KIND = W + "fldCharType"
_GONE = (W + "del", W + "moveFrom")


class Fields:
    """Where the walk through a story stands among its fields.

    A field that is never ended is none: its text would swallow the rest of the document.
    """

    def __init__(self, story: Any) -> None:
        self._whole = _whole(story)
        self._open: list[tuple[bool, list[str]]] = []  # in its instruction? and what that says
        self._coded = 0

    @property
    def coded(self) -> bool:
        """Whether what comes now belongs to an instruction."""
        return self._coded > 0

    def instruct(self, text: str) -> None:
        """Take a piece of instruction."""
        if self._open and self._open[-1][0]:
            self._open[-1][1].append(text)

    def meet(self, char: Any) -> str:
        """Begin, part or end a field. What a field without a result shows, comes back."""
        if char not in self._whole:
            return ""
        kind = char.get(_KIND)
        if kind == "begin":
            self._open.append((True, []))
            self._coded += 1
            return ""
        in_code, words = self._open[-1]
        self._coded -= in_code
        if kind == "separate":
            self._open[-1] = (False, words)
            return ""
        self._open.pop()
        return field_shown("".join(words)) if in_code else ""


def _whole(story: Any) -> set[Any]:
    """The marks of all fields that begin and end."""
    from lxml import etree

    found: set[Any] = set()
    open_: list[list[Any]] = []
    walk = etree.iterwalk(story, events=("start",), tag=(_CHAR, *_GONE))
    for _, char in walk:
        kind = char.get(_KIND)
        if char.tag != _CHAR:
            walk.skip_subtree()
        elif kind == "begin":
            open_.append([char])
        elif kind == "separate" and open_ and len(open_[-1]) == 1:
            open_[-1].append(char)
        elif kind == "end" and open_:
            found.update(open_.pop(), [char])
    return found
