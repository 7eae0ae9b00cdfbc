"""The files below a folder, or inside an archive, found by the name a manifest writes."""

import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath

from wenma.sources.listings.folder import is_there


def one_form(name: str) -> str:
    """A name in the one form of Unicode two systems agree on: macOS writes é as e and an accent.

    >>> one_form("cafe\\u0301.txt") == "caf\\xe9.txt"
    True
    """
    return unicodedata.normalize("NFC", name)


class Shelf:
    """The files below `folder`; `files` lists them when they are asked for.

    The list is made once and only when a file is not where its name says, so that a manifest
    of thousands costs one look each.
    """

    def __init__(self, folder: Path, files: Callable[[], Iterable[Path]]) -> None:
        self.folder = folder
        self._files = files

    def find(self, inside: PurePosixPath) -> Path | None:
        """The file of this name below the folder, however its letters are composed."""
        path = self.folder / inside
        return path if is_there(path) else self._by_name.get(one_form(inside.as_posix()))

    def near(self, inside: PurePosixPath) -> str:
        """The file that is there and is most like the one that is not; "" when none is."""
        there = list(self._by_name)
        near = get_close_matches(inside.as_posix(), there, n=1, cutoff=0.6)
        near = near or [path for path in there if PurePosixPath(path).name == inside.name][:1]
        return near[0] if near else ""

    @cached_property
    def _by_name(self) -> dict[str, Path]:
        paths = ((path.relative_to(self.folder).as_posix(), path) for path in self._files())
        return {one_form(name): path for name, path in paths}
