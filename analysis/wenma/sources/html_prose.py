"""How much of a piece of a page is text that people read: its sentences and clauses."""

import re
from collections.abc import Iterable

from wenma.sources.html_page import Piece

_ENDS = "。；！？"
_CLAUSE = re.compile(r"[，。；：！？、\s]+")
_LEAST_CLAUSE = 6  # characters; shorter ones are on any page


def sentence_ends(text: str) -> int:
    """How many sentences end in a text.

    >>> sentence_ends("建成城市。发展；完善！")
    3
    """
    return sum(text.count(mark) for mark in _ENDS)


def prose(piece: Piece) -> int:
    """Sentences of a piece that is neither a link nor a heading."""
    away = piece.linked >= 0.5 * len(bare(piece.text))
    heading = piece.hint in ("h1", "h2", "h3") and len(piece.text) < 80
    return 0 if away or heading else sentence_ends(piece.text)


def bare(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


def clause_set(texts: Iterable[str]) -> set[str]:
    """What stands between any two marks of the texts; what is very short is not counted."""
    return {
        clause for text in texts for clause in _CLAUSE.split(text) if len(clause) >= _LEAST_CLAUSE
    }


def repeats(texts: Iterable[str], known: set[str]) -> bool:
    """Whether most of the texts' clauses are among those known: however they are cut, a copy."""
    own = clause_set(texts)
    size = sum(map(len, own))
    return bool(size) and sum(map(len, own & known)) >= 0.7 * size
