"""Footnotes and endnotes of a Word file, found by their marks."""

from collections.abc import Sequence
from typing import Any, Literal

from wenma.sources.word.blocks import WordBlock
from wenma.sources.word.open_elements import marks_itself
from wenma.sources.word.xml import W

NoteKind = Literal["footnote", "endnote"]
_NAMES: dict[NoteKind, str] = {"footnote": "注", "endnote": "尾注"}


class WordNotes:
    """The notes of a document, each given out once and counted by its kind."""

    def __init__(self, footnotes: Any, endnotes: Any) -> None:
        self._by_id: dict[tuple[str, str], Any] = {}
        for kind, root in (("footnote", footnotes), ("endnote", endnotes)):
            for note in () if root is None else root.iter(W + kind):
                self._by_id[kind, note.get(W + "id", "")] = note
        self._counts: dict[NoteKind, int] = {"footnote": 0, "endnote": 0}

    def take(self, kind: NoteKind, mark: Any) -> tuple[str, Any]:
        """What the note of a mark is called (注1：) and its element; None at a second mark."""
        note = self._by_id.pop((kind, mark.get(W + "id", "")), None)
        if note is None:
            return "", None
        # A mark of the writer's own (*) takes no number.
        if marks_itself(mark):
            return f"{_NAMES[kind]}：", note
        self._counts[kind] += 1
        return f"{_NAMES[kind]}{self._counts[kind]}：", note


def note_blocks(name: str, blocks: Sequence[WordBlock]) -> list[WordBlock]:
    """A note's blocks: lines of their own, the first headed by its name."""
    written = [block for block in blocks if block.text.strip()]
    if not written:
        return []
    first = written[0]._replace(text=name + written[0].text.strip(), hint="")
    return [block._replace(part="note") for block in (first, *written[1:])]
