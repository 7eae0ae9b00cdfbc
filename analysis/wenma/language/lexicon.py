"""Word lists: the words jieba must keep whole, and the stop words."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from wenma.errors import LexiconError
from wenma.shipped import shipped

STOP_WORDS = "stopwords.txt"
PARTS_OF_SPEECH = frozenset(
    "a ad ag an b c d df dg e eng f g h i j k l m mg mq n ng nr nrfg nrt ns nt nz o p q r rg rr rz"
    " s t tg u ud ug uj ul uv uz v vd vg vi vn vq x y z zg".split()
)
"""Parts of speech as jieba writes them."""


class LexiconEntry(NamedTuple):
    """A word to keep whole, its part of speech, and where it is written."""

    word: str
    pos: str = "n"
    file: str | None = None
    line: int | None = None

    @property
    def place(self) -> str | None:
        """The line as error messages name it."""
        return None if self.line is None else f"line {self.line}"


def field_lexicon() -> Path:
    """The folder of the field's own words, as shipped in ``codebooks/lexicon``."""
    return shipped("codebooks") / "lexicon"


def read_lexicon(path: str | os.PathLike[str]) -> tuple[LexiconEntry, ...]:
    """The entries of a word list, in order; of a folder, those of all its ``.txt`` by name.

    One word a line, after it perhaps a part of speech (``n`` where none is
    given), ``#`` begins a comment. Frequencies are refused: jieba needs one
    that fits its dictionary, and a guessed one can split the very word it
    stands beside. A folder's ``stopwords.txt`` is not part of its lexicon.

    Raises `LexiconError` with file and line for a frequency, a space inside a
    word, an unknown part of speech, or a word written twice.
    """
    entries: dict[str, LexiconEntry] = {}
    for file in _lists(Path(path)):
        for number, fields in _rows(file):
            entry = _entry(fields, file, number)
            first = entries.setdefault(entry.word, entry)
            if first is not entry:
                raise LexiconError(
                    f'"{entry.word}" is already in {first.file}, line {first.line}',
                    file=file,
                    place=entry.place,
                    cure="Keep one of the two",
                    zh=f"“{entry.word}”在 {first.file} 第 {first.line} 行已有，请只留一处。",
                )
    return tuple(entries.values())


def stop_words(path: str | os.PathLike[str] | None = None) -> frozenset[str]:
    """Words that say nothing about a text's subject, from a list of one word a line.

    Without `path` our own list: function words, pronouns, numerals, units and
    connectives. Verbs that policy texts live on (加强, 推进, 完善) are not in
    it: how often a plan uses them is a finding.

    >>> {"的", "以及"} <= stop_words(), "推进" in stop_words()
    (True, False)
    """
    file = Path(path) if path is not None else field_lexicon() / STOP_WORDS
    seen: dict[str, int] = {}
    for number, fields in _rows(file):
        if len(fields) > 1:
            raise LexiconError(
                f'"{" ".join(fields)}" has a space inside',
                file=file,
                place=f"line {number}",
                cure="Write one stop word a line",
                zh=f"“{' '.join(fields)}”中间有空格，请每行写一个停用词。",
            )
        first = seen.setdefault(fields[0], number)
        if first != number:
            raise LexiconError(
                f'"{fields[0]}" is already in line {first}',
                file=file,
                place=f"line {number}",
                cure="Keep one of the two",
                zh=f"“{fields[0]}”在第 {first} 行已有，请只留一处。",
            )
    return frozenset(seen)


def list_fingerprint(listed: Iterable[str]) -> str:
    """How many words a list has, and eight letters that change with any of them.

    To print under a table, so that another can tell which list it was made with.
    The order of the words does not matter.

    >>> list_fingerprint(["的", "以及"]), list_fingerprint(["以及", "的"])
    ('2 #2b70db62', '2 #2b70db62')
    """
    ordered = sorted(listed)
    digest = hashlib.sha256("\n".join(ordered).encode()).hexdigest()
    return f"{len(ordered):,} #{digest[:8]}"


def _lists(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.glob("*.txt") if file.name != STOP_WORDS)
    if not files:
        raise LexiconError(
            "the folder holds no word list",
            file=path,
            cure="Put a .txt file there",
            zh="文件夹中没有词表，请放入 .txt 文件。",
        )
    return files


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise LexiconError(
            reason,
            file=file,
            cure="Name a word list that can be read",
            zh=f"词表无法读取（{reason}），请换一个可读的词表。",
        ) from error
    except UnicodeDecodeError as error:
        raise LexiconError(
            "is not UTF-8 text",
            file=file,
            cure="Save the list as UTF-8 text",
            zh="词表不是 UTF-8 文本，请另存为 UTF-8。",
        ) from error
    for number, line in enumerate(text.split("\n"), start=1):
        # C# is a word, "# 注" is not: a comment stands first or after a space.
        fields = f" {line}".replace("\t", " ").split(" #", 1)[0].split()
        if fields:
            yield number, fields


def _entry(fields: list[str], file: Path, number: int) -> LexiconEntry:
    word, *rest = fields
    if not rest:
        return LexiconEntry(word, file=str(file), line=number)
    if len(rest) == 1 and rest[0] in PARTS_OF_SPEECH:
        return LexiconEntry(word, rest[0], str(file), number)
    if any(field.isdecimal() for field in rest):
        problem = f'"{word}" has a frequency'
        cure = "Leave the number out: the one that keeps the word whole is computed"
        zh = f"“{word}”带了词频，请删去：能保持整词的词频会自动算出。"
    elif len(rest) == 1 and rest[0].isascii():
        problem = f'"{rest[0]}" is not a part of speech of jieba'
        cure = "Write one such as n, v, ns, nt, nz, or none, and no space inside a word"
        zh = f"“{rest[0]}”不是 jieba 的词性。请写 n、v、ns、nt、nz 等，或不写；词中不能有空格。"
    else:
        problem = f'"{" ".join(fields)}" has a space inside'
        cure = "Write one word a line, without spaces"
        zh = f"“{' '.join(fields)}”中间有空格，请每行写一个词，不带空格。"
    raise LexiconError(problem, file=file, place=f"line {number}", cure=cure, zh=zh)
