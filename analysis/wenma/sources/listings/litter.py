"""What systems and word processors leave beside people's files."""

from collections.abc import Iterable

_NAMES = frozenset({"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin"})


def is_litter(parts: Iterable[str]) -> bool:
    """Is a file of this path nobody's document: hidden, a lock, a cache of pictures?

    >>> is_litter(["__MACOSX", "._甲.txt"]), is_litter(["规划", "~$甲.docx"]), is_litter(["甲.txt"])
    (True, True, False)
    """
    return any(part.startswith((".", "~$")) or part.casefold() in _NAMES for part in parts)
