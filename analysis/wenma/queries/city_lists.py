"""Lists of cities that studies compare, each with its year and where it is from."""

from collections.abc import Iterable
from dataclasses import dataclass

from wenma.errors import QueryError
from wenma.queries.table import nearest
from wenma.sources.places.places import place_of


@dataclass(frozen=True, slots=True)
class CityList:
    """The cities that a source called megacities in one year."""

    name: str
    year: int
    source: str
    source_zh: str
    cities: tuple[str, ...]

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """The cities of the list that are not among the names."""
        there = {short(name) for name in names}
        return tuple(city for city in self.cities if city not in there)


_SEVEN = ("上海", "北京", "深圳", "重庆", "广州", "成都", "天津")

LISTS = {
    one.name: one
    for one in (
        CityList("seven 2020", 2020, "census of 2020", "2020 年人口普查", _SEVEN),
        CityList(
            "ten 2022 yearbook", 2022, "yearbook of 2022", "2022 年年鉴",
            (*_SEVEN, "东莞", "武汉", "杭州"),
        ),
    )
}  # fmt: skip
"""Megacities 超大城市. The number changed, so a study must say whose list it took."""


def city_list(name: str) -> CityList:
    """The list of that name; QueryError when there is none.

    >>> len(city_list("seven 2020").cities), len(city_list("ten 2022 yearbook").cities)
    (7, 10)
    """
    if name not in LISTS:
        raise QueryError(
            f'there is no list of cities "{name}"',
            cure=nearest(name, LISTS),
            zh=f"没有城市名单“{name}”。",
        )
    return LISTS[name]


def short(city: str) -> str:
    """What a city is called for short, as 北京 for 北京市.

    >>> short("北京市"), short("北京"), short("恩施土家族苗族自治州"), short("甲市"), short("市")
    ('北京', '北京', '恩施', '甲', '市')
    """
    place = place_of(city)
    return place.short if place else city.removesuffix("市") or city
