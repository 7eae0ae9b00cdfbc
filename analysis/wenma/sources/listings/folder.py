"""The files below a folder; whatever else lies there is named with the reason."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no file can be written with."""
_PASSED_OVER = (".", "~$")  # what systems and word processors put beside people's files


def files_below(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files below `folder`, in order, and what can be no file of a corpus, each with why.

    Folders that may not be opened, links to folders (they may lead in a ring), pipes and
    devices are of the second kind: silence would pass for an empty folder.
    """
    found: list[Path] = []
    left_out: list[tuple[Path, str]] = []
    coming = [folder]
    while coming:
        here = coming.pop()
        try:
            inside = sorted(os.scandir(here), key=lambda one: one.name)
        except OSError as slip:
            left_out.append((here, f"the folder cannot be opened ({slip.strerror})"))
            continue
        for one in _shown(inside):
            path, reason = here / one.name, _no_file(one)
            if reason == "folder":
                coming.append(path)
            elif reason:
                left_out.append((path, reason))
            else:
                found.append(path)
    return sorted(found), sorted(left_out)


def is_there(path: Path, *, folder: bool = False) -> bool:
    """Is this a file (or a folder)? A name too long to be one is none."""
    try:
        return path.is_dir() if folder else path.is_file()
    except OSError:
        return False


def is_text(name: str) -> bool:
    """Names out of old archives may hold bytes that are no character of UTF-8."""
    return HALVES.search(name) is None


def _shown(inside: list[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    return (one for one in inside if not one.name.startswith(_PASSED_OVER))


def _no_file(one: os.DirEntry[str]) -> str:
    """Why this is no file to be read; "folder" for a folder, "" for a file."""
    try:
        if one.is_dir(follow_symlinks=False):
            return "folder"
        if one.is_dir():
            return "a link to a folder is not followed: name that folder itself"
        if one.is_file():
            return ""
        if one.is_symlink() and not Path(one).exists():
            return "a link that leads nowhere"
    except OSError as slip:
        return f"cannot be looked at ({slip.strerror})"
    return "no file (a pipe, socket or device)"
