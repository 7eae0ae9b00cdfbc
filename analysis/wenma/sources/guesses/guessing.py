"""What may be known of a document, from its name, title, first lines, page and foot."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from wenma.records import Document
from wenma.sources.guesses.clues import clues
from wenma.sources.guesses.guess import GUESSED, Guess
from wenma.sources.guesses.guess_kind import kind_guesses, reporting_issuer
from wenma.sources.guesses.guess_place import place_guesses
from wenma.sources.guesses.guess_time import time_guesses
from wenma.sources.places.place_mentions import places_meant
from wenma.sources.places.places import place_of


def guesses(document: Document, *, facts: Mapping[str, str] | None = None) -> tuple[Guess, ...]:
    """A guess at each attribute there is ground for, whether the document states it or not.

    At most one for each of `GUESSED`, in that order. `facts` are what the document's page says
    (`Extract.facts`).

    >>> report = Document("1.txt", "我代表长沙市人民政府，就一年来的工作向大会作报告。")
    >>> [(one.attribute, one.value) for one in guesses(report)]
    [('city', '长沙'), ('level', '市'), ('kind', '政府工作报告'), ('issuer', '长沙市人民政府')]
    """
    name = PurePath(document.id.replace("\\", "/")).stem
    found = clues(document, file_name=name, facts=facts)
    made = {
        one.attribute: one
        for one in (*kind_guesses(found), *place_guesses(found), *time_guesses(found))
    }
    made |= {one.attribute: one for one in _of_report(made)}
    return tuple(made[name] for name in GUESSED if name in made)


def _of_report(made: Mapping[str, Guess]) -> Iterator[Guess]:
    """The issuer and title of a government's report that bears none: put together from the rest."""
    kind, city, year, title = (made.get(one) for one in ("kind", "city", "year", "title"))
    if kind is None or kind.value != "政府工作报告" or city is None:
        return
    place = place_of(city.value)
    if place is None:
        return
    if "issuer" not in made:
        yield Guess("issuer", reporting_issuer(place), city.ground, city.where, False)
    if year is not None and (title is None or not places_meant(title.value)):
        name = "国务院" if place.level == "nation" else place.name
        words = f"{kind.ground}; {city.ground}; {year.ground}"
        yield Guess("title", f"{year.value}年{name}政府工作报告", words, "text", False)


def empty_fields(document: Document) -> tuple[str, ...]:
    """Which of `GUESSED` nothing is stated of; a title that only repeats the file's name is none.

    >>> empty_fields(Document("a/1.txt", "", title="1", city="上海", year=2021))
    ('title', 'level', 'kind', 'period', 'issuer', 'number', 'date')
    """
    stated = {name: getattr(document, name) for name in GUESSED if name != "date"}
    stated |= {name: value for name, value in document.attributes if name in GUESSED}
    if stated["title"] == PurePath(document.id).stem:
        stated["title"] = ""
    return tuple(name for name in GUESSED if not stated.get(name))
