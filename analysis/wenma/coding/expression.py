"""A regular expression taken apart: the words it cannot do without, and what trying it may cost.

Only what patterns of codebooks are nearly always made of is understood: literals,
classes, groups, alternatives, repeats, ``^`` and ``$``. Of anything else nothing
is said, and who asks must do without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LARGEST_CLASS = 12
"""A class of more characters than that says too little to look for."""
MANY_WORDS = 400
"""Words that stand one for another: beyond so many a shorter one is looked for."""

_NOTHING = frozenset([""])
_MARKS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


@dataclass(frozen=True, slots=True)
class Characters:
    """One character: of these, or any but these."""

    these: frozenset[str]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or the end of the text."""


@dataclass(frozen=True, slots=True)
class Either:
    """One of several ways to go on, each a row of parts."""

    options: tuple[tuple["PatternPart", ...], ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part from `low` to `high` times; None for no limit."""

    part: "PatternPart"
    low: int
    high: int | None


PatternPart = Characters | Edge | Either | Repeat


@dataclass(frozen=True, slots=True)
class Expression:
    """A pattern that was understood."""

    parts: tuple[PatternPart, ...]
    strict: str  # the pattern as Python's `re` must have it: `$` is the very end

    def words(self) -> frozenset[str]:
        """Words one of which stands in every match; empty where nothing can be said.

        >>> sorted(parsed("由[^，。]{2,9}(负责|承担)").words())
        ['承担', '负责']
        """
        words: list[str] = []
        for word in sorted(_needed(self.parts) or (), key=len):
            if not any(shorter in word for shorter in words):
                words.append(word)
        return frozenset(words)

    def ways(self, longest: int) -> float:
        """At most so many ways to go on from one place of a text of `longest` characters.

        >>> parsed("从[^，]{0,8}[向到].*").ways(100)
        9.0
        >>> parsed("([^，]*的)*工作").ways(100)
        inf
        """
        *before, last = self.parts or [Edge()]
        # A repeat at the very end takes what it can and is never asked again.
        if isinstance(last, Repeat) and isinstance(last.part, Characters):
            return _ways(before, longest, [last])
        return _ways(self.parts, longest)


class _Unread(Exception):
    """The pattern holds something that is not understood here."""


def parsed(pattern: str) -> Expression | None:
    """The pattern taken apart; None where it holds something that is not understood."""
    reader = _Reader(pattern)
    try:
        parts = reader.whole()
    except _Unread:
        return None
    return Expression(parts, reader.strict())


@dataclass
class _Reader:
    pattern: str
    at: int = 0
    ends: list[int] = field(default_factory=list)  # where a `$` stands

    def whole(self) -> tuple[PatternPart, ...]:
        parts = self.alternatives()
        if self.at < len(self.pattern):
            raise _Unread
        return parts

    def strict(self) -> str:
        return "".join(r"\Z" if at in self.ends else char for at, char in enumerate(self.pattern))

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise _Unread
        self.at += 1
        return char

    def alternatives(self) -> tuple[PatternPart, ...]:
        options = [self.row()]
        while self.peek() == "|":
            self.take()
            options.append(self.row())
        return options[0] if len(options) == 1 else (Either(tuple(options)),)

    def row(self) -> tuple[PatternPart, ...]:
        parts: list[PatternPart] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.part()))
        return tuple(parts)

    def part(self) -> PatternPart:
        char = self.take()
        if char == "(":
            if self.peek() == "?":
                self.take()
                if self.take() != ":":
                    raise _Unread
            inside = self.alternatives()
            if self.take() != ")":
                raise _Unread
            return inside[0] if len(inside) == 1 else Either((inside,))
        if char == "[":
            return self.characters()
        if char == ".":
            return Characters(frozenset("\n"), negated=True)
        if char in "^$":
            if char == "$":
                self.ends.append(self.at - 1)
            return Edge()
        if char in "*+?{}])":
            raise _Unread
        return Characters(frozenset(self.escaped() if char == "\\" else char))

    def escaped(self) -> str:
        char = self.take()
        if char == "n":
            return "\n"
        if char.isalnum() or not char.isascii():
            raise _Unread
        return char

    def characters(self) -> Characters:
        negated = self.peek() == "^"
        if negated:
            self.take()
        inside = self.pattern[self.at :].partition("]")[0]
        if any(mark * 2 in inside for mark in "-&|~"):  # `re` keeps these for set operations
            raise _Unread
        these: set[str] = set()
        while (char := self.take()) != "]":
            if char == "[":
                raise _Unread
            first = self.escaped() if char == "\\" else char
            if self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] != "]":
                self.take()
                char = self.take()
                last = self.escaped() if char == "\\" else char
                if not ord(first) <= ord(last) < ord(first) + 128:
                    raise _Unread
                these.update(map(chr, range(ord(first), ord(last) + 1)))
            else:
                these.add(first)
        if not these:
            raise _Unread
        return Characters(frozenset(these), negated)

    def repeated(self, part: PatternPart) -> PatternPart:
        char = self.peek()
        if not char or char not in "?*+{":
            return part
        self.take()
        low, high = self.counts() if char == "{" else _MARKS[char]
        # A second mark (`+?`, `{2}+`) means another thing to every engine.
        if (self.peek() and self.peek() in "?*+{") or isinstance(part, Edge):
            raise _Unread
        return Repeat(part, low, high)

    def counts(self) -> tuple[int, int | None]:
        inside = ""
        while (char := self.take()) != "}":
            inside += char
        low, comma, high = inside.partition(",")
        if not (low.isascii() and low.isdigit() and (not high or high.isdigit())):
            raise _Unread
        return int(low), int(high) if high else (None if comma else int(low))


def _needed(parts: Sequence[PatternPart]) -> frozenset[str] | None:
    """The best of the sets of words one of which a row of parts cannot do without."""
    found = [words for words in _sets(parts) if "" not in words]
    return max(found, key=_worth, default=None)


def _worth(words: frozenset[str]) -> tuple[int, int]:
    """Long words are rare, few words are soon told apart."""
    return min(map(len, words)), -len(words)


def _sets(parts: Sequence[PatternPart]) -> Iterator[frozenset[str]]:
    """Sets of words of each of which a row of parts needs one."""
    run = _NOTHING
    for part in parts:
        strings = _strings([part])
        if strings and len(run) * len(strings) <= MANY_WORDS:
            run = frozenset(a + b for a in run for b in strings)
            continue
        yield run
        run = strings or _NOTHING
        if isinstance(part, Either):
            each = [_needed(option) for option in part.options]
            yield frozenset().union(*filter(None, each)) if all(each) else _NOTHING
        elif isinstance(part, Repeat) and part.low:
            yield _needed([part.part]) or _NOTHING
    yield run


def _strings(parts: Sequence[PatternPart]) -> frozenset[str]:
    """Every text a row of parts matches; empty where they are too many to tell."""
    run = _NOTHING
    for part in parts:
        each: frozenset[str] = frozenset()
        if isinstance(part, Characters) and not part.negated:
            each = part.these if len(part.these) <= LARGEST_CLASS else each
        elif isinstance(part, Either):
            options = [_strings(option) for option in part.options]
            each = frozenset().union(*options) if all(options) else each
        elif isinstance(part, Repeat) and (part.low, part.high) == (0, 1):
            inside = _strings([part.part])
            each = inside | _NOTHING if inside else each
        elif isinstance(part, Repeat) and part.low < 4 and part.low == part.high:
            each = _strings([part.part] * part.low)
        if not 0 < len(run) * len(each) <= MANY_WORDS:
            return frozenset()
        run = frozenset(a + b for a in run for b in each)
    return run


def _ways(parts: Sequence[PatternPart], longest: int, after: Sequence[PatternPart] = ()) -> float:
    """In how many ways a row of parts can match from one place, with `after` to come."""
    ways = 1.0
    for at, part in enumerate(parts):
        ways *= _ways_of(part, (*parts[at + 1 :], *after), longest)
    return ways


def _ways_of(part: PatternPart, after: Sequence[PatternPart], longest: int) -> float:
    if isinstance(part, Characters | Edge):
        return 1
    if isinstance(part, Either):
        return _ways_of_either(part, after, longest)
    times = (longest if part.high is None else part.high - part.low) + 1.0
    if isinstance(part.part, Characters):
        # Where nothing it takes can begin what follows, there is one way to end.
        return 1 if _apart(part.part, _first(after)) else times
    inside = _ways([part.part], longest)
    if part.high == 1:
        return inside + (part.low == 0)
    # A repeat of what itself may go several ways can double at every step.
    return inside * times if _ways([part.part], longest, [part.part]) == 1 else float("inf")


def _ways_of_either(part: Either, after: Sequence[PatternPart], longest: int) -> float:
    """Of the options only those count together that may begin with the same character."""
    anything = 0.0
    by_first: dict[str, float] = {}
    for option in part.options:
        ways = _ways(option, longest, after)
        first = _first(option)
        if first is None:
            anything += ways
        for char in first or ():
            by_first[char] = by_first.get(char, 0) + ways
    return anything + max(by_first.values(), default=0)


def _first(parts: Sequence[PatternPart]) -> frozenset[str] | None:
    """The characters with which a row of parts may begin; None where it may be any."""
    found: frozenset[str] = frozenset()
    for at, part in enumerate(parts):
        if isinstance(part, Edge):
            return None
        if isinstance(part, Characters):
            return None if part.negated else found | part.these
        options = part.options if isinstance(part, Either) else ((part.part,),)
        if isinstance(part, Repeat) and part.low == 0:
            options = (*options, ())
        for option in options:
            first = _first((*option, *parts[at + 1 :]) if () in options else option)
            if first is None:
                return None
            found |= first
        return found
    return None


def _apart(these: Characters, first: frozenset[str] | None) -> bool:
    if first is None:
        return False
    return first <= these.these if these.negated else these.these.isdisjoint(first)
