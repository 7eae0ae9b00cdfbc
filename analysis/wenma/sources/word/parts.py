"""The parts of a Word file that hold text: document, styles, numbers, notes, what it embeds."""

from collections.abc import Iterator
from typing import Any

from wenma.sources.listings.zipped import Zipped, broken, xml_root
from wenma.sources.word.xml import A, W, texts_within

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MAIN = "word/document.xml"


class Parts:
    """A Word file opened: its document and the parts it refers to, read when asked for."""

    def __init__(self, data: bytes) -> None:
        self._zip = Zipped(data)
        self._name = next(
            (to for kind, to in self._zip.related("").values() if kind == "officeDocument"), _MAIN
        )
        root = self._zip.xml(self._name)
        if root is None or root.find(W + "body") is None:
            raise broken()
        self.body: Any = root.find(W + "body")
        self._related = self._zip.related(self._name)

    def one(self, kind: str) -> Any:
        """The root of the part of a kind (styles, numbering, footnotes), None without it."""
        return next(self.all(kind), None)

    def all(self, kind: str) -> Iterator[Any]:
        """The roots of all parts of a kind (header, footer)."""
        seen: set[str] = set()
        for one, name in self._related.values():
            if one == kind and name not in seen:
                seen.add(name)
                root = self._zip.xml(name)
                if root is not None:
                    yield root

    def embedded(self, reference: str) -> bytes:
        """The bytes of the part a reference names; b"" where it is not there."""
        _, name = self._related.get(reference, ("", ""))
        return self._zip.part(name) if name else b""

    def diagram(self, reference: str) -> list[str]:
        """The words of a diagram (SmartArt), one string a shape."""
        data = self.embedded(reference)
        root = xml_root(data) if data.strip() else None
        texts = [] if root is None else texts_within(root, _DIAGRAM + "pt", A + "t")
        return [text.strip() for text in texts]
