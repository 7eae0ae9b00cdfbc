"""Guesses at what documents leave unstated, and the regions their cities lie in: both offered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from wenma.errors import UsageError
from wenma.sources.guesses.guess import GUESSED, Guess
from wenma.sources.guesses.guessing import empty_fields, guesses
from wenma.sources.places.regions import memberships, region_named, regions

if TYPE_CHECKING:
    from wenma.study.study import Study


class Offer(NamedTuple):
    """A guess at an attribute that a document does not state."""

    document: str
    guess: Guess


def offered_guesses(
    study: "Study", documents: Sequence[str] = (), attributes: Sequence[str] = ()
) -> list[Offer]:
    """Guesses at the empty fields of these documents, or of all; nothing is written.

    Of these `attributes` only, where they are named; `UsageError` for one that is not guessed.
    """
    if strange := [one for one in attributes if one not in GUESSED]:
        raise UsageError(
            f"{strange[0]} is not guessed",
            cure=f"Name some of: {', '.join(GUESSED)}",
            zh=f"“{strange[0]}”不在可推测的属性之列。可选：{'、'.join(GUESSED)}。",
        )
    offers: list[Offer] = []
    for id in documents or study.document_ids():
        document = study.document(id)
        wanted = [one for one in empty_fields(document) if one in (attributes or GUESSED)]
        if wanted:
            made = guesses(document, facts=dict(document.quality.facts))
            offers += [Offer(id, guess) for guess in made if guess.attribute in wanted]
    return offers


def region_corrections(
    study: "Study", names: Sequence[str] = (), documents: Sequence[str] = ()
) -> list[tuple[str, str, str]]:
    """What documents are to state of the regions and clusters named: document, attribute, value.

    Without names, 东部, 中部, 西部 and 东北. Left out are documents of no city that lies in one of
    them, and those that state it already. `SourceError` for a region there is not.
    """
    four = [one for one in regions() if one.attribute == "region"]
    wanted = [region_named(one) for one in names] or four
    ids = documents or study.document_ids()
    found: list[tuple[str, str, str]] = []
    for document in map(study.document, ids):
        stated = dict(document.attributes)
        for attribute, value in memberships(document.city, wanted).items():
            if stated.get(attribute) != value:
                found.append((document.id, attribute, value))
    return found
