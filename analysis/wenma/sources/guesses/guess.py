"""A guess at what is known of a document, with the words it rests on."""

from dataclasses import dataclass

GUESSED = ("title", "city", "level", "kind", "period", "year", "issuer", "number", "date")
"""What is guessed, in the order it is told."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What an attribute of a document may be: offered to people, never believed unasked.

    `ground` is the words it rests on, `where` the place they stand ("page", "title", "file name",
    "line 3", "text"). `sure` says that the document states it there; else it is inferred (a city
    named more often than any other).
    """

    attribute: str
    value: str
    ground: str
    where: str
    sure: bool = True
