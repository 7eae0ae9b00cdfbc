"""Everything that can go wrong, one tree.

::

    WenmaError
    ├── SourceError      a file, folder or manifest cannot be read
    ├── LexiconError     a word list has a mistake
    ├── CodebookError    a codebook has a mistake
    ├── ProjectError     a project file cannot be opened or written
    ├── QueryError       a question cannot be asked of this project
    ├── AccessError      this person may not do this
    └── UsageError       the command line was used wrongly (exit code 2)

A message is one line that names the file, the place in it and the next step.
The library raises, the command line prints the line and exits, the app shows
the same sentence in the language of the page: `zh` says problem and cure in Chinese.
"""

import re
from pathlib import Path
from typing import Self, TypeVar

_Kind = TypeVar("_Kind", bound="WenmaError")


class WenmaError(Exception):
    """Base of all errors; reads ``file, place: problem. Next step.``

    >>> print(WenmaError("column 'city' is missing", file="m.csv", place="line 1", cure="Add it"))
    m.csv, line 1: column 'city' is missing. Add it.
    """

    exit_code = 1

    def __init__(
        self,
        problem: str,
        *,
        file: str | Path | None = None,
        place: str | None = None,
        cure: str | None = None,
        zh: str = "",
    ) -> None:
        self.problem, self.place, self.cure = problem, place, cure
        # A cure that is put together elsewhere may know itself in Chinese too.
        self.zh = zh + getattr(cure, "zh", "") if zh else ""
        self.file = None if file is None else str(file)
        where = ", ".join(part for part in (self.file, place) if part)
        line = f"{where}: {problem}" if where else problem
        if cure:
            line = f"{_ended(line)} {cure}"
        super().__init__(_shown(_ended(line)))

    def said(self, language: str) -> str:
        """The line in the language of a page; in English where no Chinese was given.

        >>> WenmaError("is locked", file="a.db", zh="文件被占用。").said("zh")
        'a.db：文件被占用。'
        """
        if language != "zh" or not self.zh:
            return str(self)
        place = re.sub(r"^line (\d+)$", r"第 \1 行", self.place or "")
        place = re.sub(r"^characters (\d+) to (\d+)$", r"第 \1 至 \2 字", place)
        where = "，".join(part for part in (self.file, place) if part)
        return _shown(f"{where}：{self.zh}" if where else self.zh)

    def in_file(self, file: str | Path) -> Self:
        """The same error, found in this file.

        >>> print(WenmaError("is empty", cure="Fill it", zh="是空的，请填写。").in_file("a.txt"))
        a.txt: is empty. Fill it.
        """
        cure = None if self.cure is None else str(self.cure)
        return _rebuild(type(self), self.problem, file, self.place, cure, self.zh)

    def __reduce__(self) -> tuple[object, ...]:
        # An error must survive the way back from a worker process with its fields.
        cure = None if self.cure is None else str(self.cure)
        return _rebuild, (type(self), self.problem, self.file, self.place, cure, self.zh)


# What would steer a terminal, turn a line around, or be no character at all.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def _shown(line: str) -> str:
    """One line; what cannot be seen in it is written as its number.

    >>> _shown("a\\x1b[2J\\nb")
    'a\\\\x1b[2J b'
    """
    one = " ".join(line.split("\n"))
    return _UNSEEN.sub(lambda hit: hit[0].encode("unicode_escape").decode(), one)


def _ended(line: str) -> str:
    return line if line.endswith((".", "?", "!", "。", "？", "！")) else f"{line}."


def _rebuild(
    kind: type[_Kind],
    problem: str,
    file: str | Path | None,
    place: str | None,
    cure: str | None,
    zh: str,
) -> _Kind:
    return kind(problem, file=file, place=place, cure=cure, zh=zh)


class SourceError(WenmaError):
    """A file, folder or manifest cannot be read."""


class LexiconError(WenmaError):
    """A word list has a mistake."""


class CodebookError(WenmaError):
    """A codebook has a mistake."""


class ProjectError(WenmaError):
    """A project file cannot be opened or written."""


class QueryError(WenmaError):
    """A question cannot be asked of this project."""


class AccessError(WenmaError):
    """This person may not do this here."""


class UsageError(WenmaError):
    """The command line was used wrongly."""

    exit_code = 2
