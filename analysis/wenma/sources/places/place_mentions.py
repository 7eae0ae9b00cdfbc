"""Names of places in a text, told apart from words that only look like them."""

from collections import Counter
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from wenma.sources.places.places import Division, all_places, city_of, place_of

# Sayings and persons that hold a place's name without meaning the place.
_NO_PLACES = (
    "长治久安 世界大同 天下大同 孙中山 中山路 中山装 朝阳产业 文山会海 遵义会议 延安精神 大庆精神 "
    "兴安岭 示范县 模范县"
).split()
_SHORTEST = 2


class Mention(NamedTuple):
    """A place's name where it stands in a text."""

    start: int
    end: int
    name: str


def place_mentions(text: str) -> list[Mention]:
    """Every name of a province, city or county in a text, the longest at each place.

    >>> [one.name for one in place_mentions("长治久安：上海市浦东新区与长治市")]
    ['上海市', '浦东新区', '长治市']
    """
    matcher, words = _matcher()
    found = matcher.find_matches_as_indexes(text)
    return [Mention(start, end, words[n]) for n, start, end in found if words[n] not in _NO_PLACES]


def mention_counts(text: str) -> Counter[str]:
    """How often each name of a place stands in a text."""
    return Counter(one.name for one in place_mentions(text))


def places_meant(text: str) -> list[Division]:
    """The places a short text (a title, a heading) names, in order; the inner one of 甲省乙市.

    >>> [one.name for one in places_meant("江苏省昆山市与上海市共建方案")]
    ['昆山市', '上海市']
    """
    mentions = place_mentions(text)
    joined: list[tuple[int, str]] = []
    for at, one in enumerate(mentions):
        if at and mentions[at - 1].end == one.start and place_of(joined[-1][1] + one.name):
            joined[-1] = (one.end, joined[-1][1] + one.name)
        else:
            joined.append((one.end, one.name))
    return [place for _, name in joined if (place := place_of(name)) is not None]


@cache
def _matcher() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    names = {
        name
        for place in all_places()
        if place.level != "nation"
        # Of a county inside a city the full name alone: 新华 and 和平 are words.
        for name in (place.names if city_of(place) in (place, None) else place.names[:1])
        if len(name) >= _SHORTEST
    }
    words = sorted(names) + _NO_PLACES
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(words, matchkind=longest), words
