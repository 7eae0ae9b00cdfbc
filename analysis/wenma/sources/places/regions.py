"""Regions and urban clusters by name: which places belong to them, since when, by which source.

`regions.csv` holds the definitions, each with its year and the document it is from. A member is a
province with all that lies in it, or a city with its counties. Where a source takes in only some
counties of a city (成渝, 长江中游, 关中平原, 兰州—西宁) the city counts as a member.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wenma.errors import SourceError
from wenma.sources.places.places import Division, place_of

_FILE = Path(__file__).with_name("regions.csv")


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the country, or a cluster of cities.

    `attribute` is what a document's membership is called: "region" for 东部, 中部, 西部 and 东北,
    which share out the whole country, "cluster" for the others.
    """

    name: str
    attribute: str
    year: int
    source: str
    members: tuple[Division, ...]

    def holds(self, place: Division) -> bool:
        """Does a place belong to it?

        >>> east = region_named("东部")
        >>> east.holds(place_of("昆山")), east.holds(place_of("武汉"))
        (True, False)
        """
        return any(place.lies_in(one) for one in self.members)


def regions() -> tuple[Region, ...]:
    """All regions and clusters that can be asked for."""
    return _read()


def region_named(name: str) -> Region:
    """The region of that name; SourceError when there is none.

    >>> region_named("成渝").source
    '成渝地区双城经济圈建设规划纲要'
    """
    known = {one.name: one for one in _read()}
    if name not in known:
        raise SourceError(
            f'there is no region or cluster "{name}"',
            cure=f"These are known: {', '.join(known)}",
            zh=f"没有名为“{name}”的地区或城市群。现有：{'、'.join(known)}。",
        )
    return known[name]


def memberships(city: str, wanted: Sequence[Region]) -> dict[str, str]:
    """What a document of this city is to state: attribute and name; nothing where in none of them.

    A city in two clusters has both, in the order they are asked in.

    >>> memberships("西安", [region_named("西部"), region_named("关中平原")])
    {'region': '西部', 'cluster': '关中平原'}
    >>> memberships("国家", regions())
    {}
    """
    place = place_of(city)
    found: dict[str, list[str]] = {}
    for region in wanted if place else ():
        if place and region.holds(place):
            found.setdefault(region.attribute, []).append(region.name)
    return {attribute: "、".join(names) for attribute, names in found.items()}


@cache
def _read() -> tuple[Region, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Region(
                row["name"],
                row["attribute"],
                int(row["year"]),
                row["source"],
                tuple(place for one in row["members"].split() if (place := place_of(one))),
            )
            for row in csv.DictReader(lines)
        )
