"""Which place a document is of, and of which level: guessed from title, issuer, opening, text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from wenma.sources.guesses.clues import Clues
from wenma.sources.guesses.guess import Guess
from wenma.sources.outlines.own_title import ClueLine
from wenma.sources.places.place_mentions import mention_counts, places_meant
from wenma.sources.places.places import Division, city_of, place_of, places_called, province_of

NATION = "国家"
LEVELS = {
    "nation": NATION, "province": "省", "municipality": "市", "prefecture": "市", "county": "区县",
}  # fmt: skip
"""What a document of such a place states as its level."""

_MINISTRY = (
    "(?:国家[一-龥]{2,12}(?:局|委|委员会|署)|(?:外交|国防|发展改革|教育|科学技术|科技|公安|民政|司法|财政|"
    "工业和信息化|人力资源[和]?社会保障|自然资源|国土资源|生态环境|环境保护|住房[和]?城乡建设|建设|"
    "交通运输|铁道|水利|农业农村|农业|商务|文化和旅游|文化|卫生|应急管理|监察)部)"
)
_STATE = re.compile("[“”\"'《]?(?:中共中央|国务院|全国人民代表大会|中华人民共和国)")
_STATE_LINE = re.compile(
    f"(?:国务院|全国人民代表大会|中共中央)|[0-9一二三四五六七八九十〇年月日（(]*{_MINISTRY}(?:令?$|办公厅|关于|印发|、)"
)
_STATE_ORDER = re.compile(f"(?:国务院|{_MINISTRY})(?:令|公告)")
_TO_ALL = re.compile("^各省、自治区、直辖市")
# 全国文明城市, 国家级新区 are what a city plans to be.
_OF_COUNTRY = re.compile(
    '[“"《]?(?:十.五[”"]?(?:期间)?)?(?:全国|国家)(?!级|[一-龥]{0,8}(?:城市|县|区|示范))'
)
REPORTS = re.compile(
    "代表(?:中共)?(?P<whose>[^，。：；！\\n代表]{0,14}?)"
    "(?P<organ>人民政府|政府|行政公署|行署|国务院)[^。\\n]{0,12}(?:报告|汇报)"
)
_BODY = re.compile(
    "(?P<name>[一-龥]{2,12}?)(?:第.{1,4}届人民代表大会|人民政府|市长|省长|州长|区长|县长|盟长|主席|"
    "[一二三四五六七八九十]{1,3}届人大)"
)
_RANKS = (
    ("自治区", "省"), ("省", "省"), ("州", "市"), ("盟", "市"), ("地区", "市"), ("市", "市"),
    ("县", "区县"), ("区", "区县"), ("旗", "区县"),
)  # fmt: skip
_SIGNATURE = 30
"""Characters of a line at the foot that may be a signature."""
_COUNTRY = re.compile("全国|我国|国家(?!级)")
_OWN = {"市": re.compile("全市|我市|市委|全州|我州|州委"), "省": re.compile("全省|我省|省级")}
_FEWEST, _LEAD, _LEAD_ALONE, _FEWEST_COUNTRY = 4, 2.0, 3.0, 20
"""A city is guessed from the text when it is named so often, and so many times the next one;
more times where nothing says whether a city or a province speaks."""


def place_guesses(found: Clues) -> Iterator[Guess]:
    """City and level, each where there is ground for one."""
    rank, rank_ground = _rank(found.opening)
    stated = next(_stated(found), None)
    if stated is None:
        stated = _most_named(found, rank)
    if stated is not None:
        place, ground, where, sure = stated
        yield Guess("city", shown_name(place), ground, where, sure)
        if not rank:
            yield Guess("level", level_of(place), ground, where, sure)
    if rank:
        yield Guess("level", rank, rank_ground, "text")


def level_of(place: Division) -> str:
    """The level documents of a place state; a county directly under its province is a city.

    >>> [level_of(place_of(one)) for one in ("国家", "广东", "上海", "凉山", "天门", "昆山")]
    ['国家', '省', '市', '市', '市', '区县']
    """
    return "市" if place.level == "county" and city_of(place) == place else LEVELS[place.level]


def shown_name(place: Division) -> str:
    """What a document states as its city: the short name where it means the place.

    Districts and counties go by their full names (海拉尔区), cities of that rank do not (昆山).

    >>> shown_name(place_of("上海市")), shown_name(place_of("吉林省")), shown_name(place_of("全国"))
    ('上海', '吉林省', '国家')
    """
    if place.level == "nation":
        return NATION
    full = place.level == "county" and not place.name.endswith("市")
    return place.name if full or place_of(place.short) != place else place.short


_Found = tuple[Division, str, str, bool]


def _stated(found: Clues) -> Iterator[_Found]:
    """Places the document states, the best ground first."""
    if issuer := found.facts.get("issuer", ""):
        yield from _named(issuer, "page")
    yield from _of_head(found)
    for line in found.foot:
        if len(line.text) <= _SIGNATURE:
            yield from _in_line(line)
    yield from _named(found.file_name, "file name")


def _of_head(found: Clues) -> Iterator[_Found]:
    titles = [found.title, found.outer]
    if _is_of_state(found.title) and not _is_of_state(found.outer):
        titles.reverse()  # who hands on what the State issued is no part of the State
    for title in dict.fromkeys(titles):
        yield from _named(title, "title")
    for line in found.head:
        yield from _in_line(line)
    if (said := REPORTS.search(found.opening)) is not None:
        whose = NATION if said["organ"] == "国务院" else said["whose"]
        if (place := place_of(whose)) is not None:
            yield place, said[0], "text", True
    if _OF_COUNTRY.match(found.title):
        yield _nation(), found.title, "title", True


def named_places(found: Clues) -> Iterator[tuple[Division, str]]:
    """The places that title, head and opening state the text to be of, each with the words."""
    yield from ((place, ground) for place, ground, _, _ in _of_head(found))


def _named(words: str, where: str) -> Iterator[_Found]:
    """The place a title or an issuer names first."""
    if _is_of_state(words):
        yield _nation(), words, where, True
    elif places := places_meant(words):
        yield places[0], words, where, True


def _is_of_state(words: str) -> bool:
    return any(
        (_STATE.match(words), _STATE_LINE.match(words), _STATE_ORDER.search(words)),
    )


def _nation() -> Division:
    nation = place_of(NATION)
    assert nation is not None
    return nation


def _in_line(line: ClueLine) -> Iterator[_Found]:
    """The place whose congress, government or head a short line names."""
    titled = line.kind == "title"
    if _TO_ALL.match(line.text) or (titled and _is_of_state(line.text)):
        yield _nation(), line.text, line.where, True
    elif titled and (said := _BODY.search(line.text)) is not None:
        yield from ((place, line.text, line.where, True) for place in places_meant(said[0])[-1:])


def _rank(opening: str) -> tuple[str, str]:
    """The level the one who reports is of (我代表州人民政府: 市), and the words."""
    if (said := REPORTS.search(opening)) is None:
        return "", ""
    if said["organ"] == "国务院":
        return NATION, said[0]
    place = place_of(said["whose"])
    if place is not None:
        return level_of(place), said[0]
    return spoken_rank(said["whose"]), said[0]


def spoken_rank(whose: str) -> str:
    """The level of a government that calls itself so; "" where it does not say.

    >>> spoken_rank("州"), spoken_rank("自治区"), spoken_rank("区"), spoken_rank("")
    ('市', '省', '区县', '')
    """
    return next((rank for ending, rank in _RANKS if whose.endswith(ending)), "")


def _most_named(found: Clues, rank: str) -> _Found | None:
    """The place of that level which the text names far more often than any other."""
    if rank == NATION:
        return _nation(), "国务院", "text", True
    counts = mention_counts(found.text)
    ways = [([rank], _LEAD)] if rank else [(["市", "省"], _LEAD_ALONE)]
    if not rank and (spoken := _spoken_rank(found.text)):
        ways.append(([spoken], _LEAD))
    for ranks, lead in ways:
        if (best := _leading(_scores(counts, ranks), lead)) is not None:
            times = sum(counts[name] for name in best.names)
            return best, f"{best.short} × {times}", "text", False
    country = len(_COUNTRY.findall(found.text))
    most = max(counts.values(), default=0)
    if not rank and country >= max(_FEWEST_COUNTRY, _LEAD * most):
        return _nation(), f"全国、我国、国家 × {country}", "text", False
    return None


def _leading(scores: Counter[Division], lead: float) -> Division | None:
    """The place with the most, if it has so many times what the next one has."""
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < _FEWEST:
        return None
    return ranked[0][0] if len(ranked) < 2 or ranked[0][1] >= lead * ranked[1][1] else None


def _spoken_rank(text: str) -> str:
    """Whether a text speaks of 全市 or of 全省, "" where it does of neither."""
    (rank, most), (_, fewer) = sorted(
        ((rank, len(words.findall(text))) for rank, words in _OWN.items()), key=lambda one: -one[1]
    )[:2]
    return rank if most >= _FEWEST and most >= _LEAD * fewer else ""


def _scores(counts: Counter[str], ranks: Sequence[str]) -> Counter[Division]:
    """How much speaks for each place: its names, and half of those of what lies in it."""
    scores: Counter[Division] = Counter()
    for name, times in counts.items():
        for place in places_called(name):
            if level_of(place) in ranks:
                scores[place] += times
            outer = city_of(place) if place.level == "county" else province_of(place)
            # Where a city may be meant as well, what names it is no ground for its province.
            apart = len(ranks) > 1 and place.level != "county"
            if outer not in (None, place) and level_of(outer) in ranks and not apart:
                scores[outer] += times / 2  # type: ignore[assignment]  # it counts halves too
    return scores
