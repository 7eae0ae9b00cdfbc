"""The ways in which a thing can be counted, and how one differs from another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product

BY_RULES, AFTER_REVIEW = "by rules", "after review"
AS_CODED = "as coded"
COUNTED, OUT = "counted", "left out"
RATE, NUMBER, UNITS, IN_SCOPE_UNITS, DIMENSION, MEAN_RATE, DOCUMENTS = (
    "per 1,000 Han", "number", "share of units", "share of units in scope",
    "share of dimension", "mean rate", "share of documents",
)  # fmt: skip
"""What a way divides by, or does not."""

CHOICES = (
    "codings", "counted_in", "counted_as", "with_headings", "boilerplate", "copied", "copies"
)  # fmt: skip
"""The choices a way makes. One more, as whether the coder's error is corrected for, is one more
field of `Way` and its options in `claim`; all that follows goes through this list."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to count.

    codings     "by rules", or "after review": without what people rejected, with what they added
    counted_in  "as coded": passages with the code; or units of another size that have it
    counted_as  what these are divided by
    with_headings, boilerplate, copied, copies  "counted" or "left out": headings; units of
        boilerplate; units that stand in a passage of an earlier document; copies of documents
    kind, left_out  the rule, term or document that is left out, and which of these it is
    """

    codings: str = BY_RULES
    counted_in: str = AS_CODED
    counted_as: str = RATE
    with_headings: str = OUT
    boilerplate: str = COUNTED
    copied: str = COUNTED
    copies: str = COUNTED
    kind: str = ""
    left_out: str = ""

    def departures(self, usual: "Way") -> frozenset[tuple[str, str]]:
        """The choices in which this way is another than the usual one, with what it chooses.

        >>> sorted(Way(counted_in="clause", copies="left out").departures(Way()))
        [('copies', 'left out'), ('counted_in', 'clause')]
        """
        return frozenset(
            (name, getattr(self, name))
            for name in CHOICES
            if getattr(self, name) != getattr(usual, name)
        )

    def without(self, kind: str, left_out: str) -> "Way":
        """The same way with a rule, term or document left out."""
        return replace(self, kind=kind, left_out=left_out)

    def told(self) -> dict[str, str]:
        """The choices by name, as columns."""
        return asdict(self)


def usual_way(options: Mapping[str, Sequence[str]]) -> Way:
    """The way that takes the first of the options of each choice."""
    return Way(**{name: several[0] for name, several in options.items()})


def crossed_ways(options: Mapping[str, Sequence[str]]) -> list[Way]:
    """Every combination of these options of the choices, the usual way first.

    The share of documents is of no unit: it stands with the usual one alone.

    >>> ways = crossed_ways({"counted_in": ["as coded", "clause"],
    ...     "counted_as": ["number", "share of documents"]})
    >>> [(way.counted_in, way.counted_as) for way in ways]
    [('as coded', 'number'), ('as coded', 'share of documents'), ('clause', 'number')]
    """
    usual = usual_way(options)
    every = (
        Way(**dict(zip(options, chosen, strict=True))) for chosen in product(*options.values())
    )
    return [
        way for way in every if way.counted_as != DOCUMENTS or way.counted_in == usual.counted_in
    ]


def one_step(ways: Iterable[Way], usual: Way) -> list[Way]:
    """The usual way, and those that differ from it in one choice."""
    return [way for way in ways if len(way.departures(usual)) <= 1]
