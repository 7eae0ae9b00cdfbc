"""How much of a page's text people read as such: its sentences and clauses."""

import re
from collections.abc import Iterable

from wenma.sources.lines import Hint

_ENDS = "。；！？"
# What stands between two marks; what is shorter is on any page.
_CLAUSE = re.compile(r"[^，。；：！？、\s]{6,}")


def sentence_ends(text: str) -> int:
    """How many sentences end in a text.

    >>> sentence_ends("建成城市。发展；完善！")
    3
    """
    return sum(text.count(mark) for mark in _ENDS)


def prose(text: str, hint: Hint, linked: int) -> int:
    """Sentences of a block that is neither a heading nor, with half its characters, a link."""
    heading = hint in ("h1", "h2", "h3") and len(text) < 80
    return 0 if heading or linked >= 0.5 * len(bare(text)) else sentence_ends(text)


def bare(text: str) -> str:
    """A block's text without its spaces."""
    return text.replace(" ", "").replace("\xa0", "").replace("\u3000", "")


def clause_set(texts: Iterable[str]) -> set[str]:
    """The clauses of the texts.

    >>> sorted(clause_set(["建成韧性城市，发展。", "提升防灾能力；"]))
    ['建成韧性城市', '提升防灾能力']
    """
    return {hit[0] for text in texts for hit in _CLAUSE.finditer(text)}


def repeats(texts: Iterable[str], known: set[str]) -> bool:
    """Whether most of the texts' clauses are among those known: however they are cut, a copy."""
    own = clause_set(texts)
    size = sum(map(len, own))
    return bool(size) and sum(map(len, own & known)) >= 0.7 * size
