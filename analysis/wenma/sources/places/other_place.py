"""A text that names another place than the one it is filed under."""

from collections import Counter

from wenma.records import Bilingual, Sign
from wenma.sources.guesses.clues import Clues, Parsed, clues
from wenma.sources.guesses.guess_place import REPORTS, named_places, shown_name, spoken_rank
from wenma.sources.places.place_mentions import mention_counts, places_meant
from wenma.sources.places.places import Division, PlaceLevel, place_of, places_called

_FEWEST, _LEAD, _SELDOM = 12, 3, 10
"""So often, so many times the next, and so many times the one it is filed under, is a city named
in a text that is its own."""
_RANKS: dict[PlaceLevel, tuple[str, ...]] = {
    "nation": ("国家",), "province": ("省", "区县"), "municipality": ("市",),
    "prefecture": ("市",), "county": ("区县", "市"),
}  # fmt: skip
"""What rank of government may report under the name of a place; an autonomous
region says 区 too."""


def other_place(found: Parsed, city: str) -> Sign | None:
    """The sign that a text is another place's than the `city` the manifest files it under.

    Told by its title, by whose government it reports for, by the congress and the mayor its head
    names; where it states none of these, by a city named again and again when the one it should
    be of is hardly named. None for a city that is not on the list, and where one of the places
    stated is the city, lies in it or (a county's document issued by its city) holds it.
    """
    filed = [one] if (one := place_of(city)) else list(places_called(city))
    if not filed:
        return None
    said = clues(found)
    stated = list(named_places(said))
    stated += [(place, said.outer) for place in places_meant(said.outer)]
    if stated:
        if any(_fits(place, one) for place, _ in stated for one in filed):
            return _of_other_rank(said, city, filed)
        place, ground = stated[0]
        return _sign(shown_name(place), ground, city)
    return _of_other_rank(said, city, filed) or _seldom_named(said, city, filed)


def _fits(place: Division, filed: Division) -> bool:
    if "nation" in (place.level, filed.level):
        return place == filed
    return place.lies_in(filed) or (filed.level == "county" and filed.lies_in(place))


def _of_other_rank(said: Clues, city: str, filed: list[Division]) -> Sign | None:
    """A report for 区人民政府 under the name of a city, or for 市人民政府 under a province's."""
    report = REPORTS.search(said.opening)
    rank = spoken_rank(report["whose"]) if report else ""
    if report is None or not rank or any(rank in _RANKS[one.level] for one in filed):
        return None
    return _sign(f"{report['whose']}{report['organ']}", report[0], city)


def _seldom_named(said: Clues, city: str, filed: list[Division]) -> Sign | None:
    """A text that hardly names its city, and another one all the time."""
    counts = mention_counts(said.text)
    own = sum(counts[name] for name in {name for one in filed for name in one.names} | {city})
    named: Counter[Division] = Counter()
    for name, times in counts.items():
        if (place := place_of(name)) is not None and place.is_city:
            named[place] += times
    if not named:
        return None
    (best, most), *rest = named.most_common(2)
    if most < max(_FEWEST, _SELDOM * own, _LEAD * (rest[0][1] if rest else 0)):
        return None
    if any(best.lies_in(one) or not one.is_city for one in filed):
        return None
    return _sign(best.short, f"{best.short} × {most}", city)


def _sign(named: str, ground: str, city: str) -> Sign:
    shown = ground if len(ground) <= 60 else f"{ground[:60]}…"
    return Sign(
        "other_place",
        Bilingual(
            f"文中写的是{named}（“{shown}”），登记的却是{city}",
            f'the text is of {named} ("{shown}"), and filed under {city}',
        ),
    )
