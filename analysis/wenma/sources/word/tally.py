"""What of a Word file is no part of its text, counted on the way through it."""

from collections import Counter

from wenma.records import Bilingual, LeftOut, Sign


class Tally:
    """Parts left out by their kind, and changes accepted. A stretch cut into runs is one part."""

    def __init__(self) -> None:
        self._parts: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._open = ""
        self.insertions = self.deletions = self.pictures = 0

    def leave(self, kind: str, text: str) -> None:
        """Count text that is left out; blank text is not counted."""
        length = len("".join(text.split()))
        if not length:
            return
        self._parts[kind] += self._open != kind
        self._characters[kind] += length
        self._open = kind

    def close(self) -> None:
        """Say that text was read: what is left out after it is a part of its own."""
        self._open = ""

    def note(self, kind: str) -> None:
        """Count a part without text."""
        self._parts[kind] += 1

    def left_out(self) -> tuple[LeftOut, ...]:
        """All that was left out, in the order in which it was met."""
        return tuple(LeftOut(kind, n, self._characters[kind]) for kind, n in self._parts.items())

    def signs(self) -> tuple[Sign, ...]:
        """That changes were read as accepted, where the file tracks any."""
        if not self.insertions + self.deletions:
            return ()
        told = Bilingual(
            f"文件含修订：插入 {self.insertions} 处，删除 {self.deletions} 处，按全部接受读取",
            f"tracked changes, read as accepted: {self.insertions} insertions,"
            f" {self.deletions} deletions",
        )
        return (Sign("tracked_changes", told, look=False),)
