"""When a document is from and which years it plans: dates, year and period."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wenma.sources.guesses.clues import Clues
from wenma.sources.guesses.guess import Guess
from wenma.sources.outlines.own_title import ClueLine

_DIGITS = str.maketrans("〇○零０oO一二三四五六七八九", "000000123456789")
_DATE = re.compile(
    "(?P<year>[12][0-9]{3}|[一二][〇○零0o一二三四五六七八九]{3}) ?[年./-] ?"
    "(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?: ?[月./-] ?"
    "(?:(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?日?)?)?"
)
_EVENT = re.compile("通过|批准|公布|发布|印发|修[正订]|施行|会议|大会|日期|时间")
_REVIEW = re.compile(
    "(?P<year>20[0-9]{2})年(?:政府|主要|重点|全市|全省)?(?:主要)?工作(?:的)?(?:主要)?(?:回顾|总结)"
)
_COMING = re.compile(
    "(?P<year>20[0-9]{2})年(?:的)?(?:政府|全[市省州区县]|经济社会发展|经济社会)?(?:的)?"
    "(?:主要|重点|总体|目标|奋斗|预期)?(?:工作|任务|目标|要求|思路|安排)(?!报告|确定|完成|全面)"
)
_LAST_YEAR = re.compile("刚刚过去的(?P<past>20[0-9]{2})年|(?P<then>20[0-9]{2})年(?:，)?是")
_NUMBERED = re.compile("[〔\\[（(](?P<year>[12][0-9]{3})[〕\\]）)] ?(?:第)?[0-9]{1,5} ?号")
_FIVE = re.compile(
    "[“\"'‘]?(?P<short>十[一二三四五六七八])五[”\"'’]?|第(?P<long>十[一二三四五六七八]?)个五年"
)
_SPAN = re.compile("(?P<from>20[0-9]{2}) ?年? ?[-—–－~～至到]{1,2} ?(?P<to>20[0-9]{2}) ?年?")
_FILE_YEAR = re.compile("(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?![0-9])")


class _Day(NamedTuple):
    year: int
    written: str
    whole: str
    where: str


def time_guesses(found: Clues) -> Iterator[Guess]:
    """Year, date and period, each where there is ground for one."""
    day = _stated_day(found)
    if day is not None:
        if day.written.count("-") == 2:
            yield Guess("date", day.written, day.whole, day.where)
        yield Guess("year", str(day.year), day.whole, day.where)
    else:
        yield from _year(found)
    yield from _period(found)


def _stated_day(found: Clues) -> _Day | None:
    """The day the document was issued, passed or read out: of several at its head the last."""
    for words, where in ((found.facts.get("date", ""), "page"),):
        if days := _days(words, where):
            return days[0]
    head = [day for line in found.head if _dates(line) for day in _days(line.text, line.where)]
    if head:
        return max(head, key=lambda one: one.written)
    foot = [
        day for line in found.foot if _is_date(line.text) for day in _days(line.text, line.where)
    ]
    return foot[-1] if foot else None


def _dates(line: ClueLine) -> bool:
    """Does a line at the head say when the document came about, and not tell a story?"""
    if line.kind == "table" or _SPAN.search(line.text):
        return False
    if _is_date(line.text):
        return True
    return line.kind == "title" and _EVENT.search(line.text) is not None


def _is_date(words: str) -> bool:
    found = _DATE.match(words.strip("（()）"))
    return found is not None and found.end() >= len(words.strip("（()）")) - 9


def _days(words: str, where: str) -> list[_Day]:
    days = []
    for found in _DATE.finditer(words):
        year = int(found["year"].translate(_DIGITS))
        if not 1949 <= year <= 2100:
            continue
        parts = [number for part in ("month", "day") if (number := _number(found[part] or ""))]
        written = "-".join([str(year), *(f"{one:02}" for one in parts)])
        days.append(_Day(year, written, words, where))
    return days


def _number(written: str) -> int:
    """A day or a month in digits or characters; 0 for none.

    >>> _number("12"), _number("十二"), _number("二十八"), _number("三十"), _number("")
    (12, 12, 28, 30, 0)
    """
    if written.isascii():
        return int(written or 0)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int(written.translate(_DIGITS)) if len(written) == 1 else 0
    return int((tens or "一").translate(_DIGITS)) * 10 + int((ones or "〇").translate(_DIGITS))


def _year(found: Clues) -> Iterator[Guess]:
    """The year where no day is stated: by the number, by what a report looks back on, the name."""
    for line in (*found.head, *found.foot):
        if line.kind == "title" and (said := _NUMBERED.search(line.text)) is not None:
            yield Guess("year", said["year"], said[0], line.where)
            return
    if (report := _reported(found)) is not None:
        yield report
        return
    if len(years := set(_FILE_YEAR.findall(found.file_name))) == 1:
        (year,) = years
        yield Guess("year", year, found.file_name, "file name", False)


def _reported(found: Clues) -> Guess | None:
    """The year a report is of: the one after the year it looks back on, or the one it plans."""
    for words in (*found.headings, found.opening):
        if (said := _REVIEW.search(words)) is not None:
            return Guess("year", str(int(said["year"]) + 1), said[0], "text", False)
    if coming := [said for words in found.headings for said in _COMING.finditer(words)]:
        last = max(coming, key=lambda said: said["year"])
        return Guess("year", last["year"], last[0], "text", False)
    if (last_year := _LAST_YEAR.search(found.opening)) is not None and "各位代表" in found.text:
        year = int(last_year["past"] or last_year["then"]) + 1
        return Guess("year", str(year), last_year[0], "text", False)
    return None


def _period(found: Clues) -> Iterator[Guess]:
    for words, where in ((found.title, "title"), (found.file_name, "file name")):
        if (said := _FIVE.search(words)) is not None:
            yield Guess("period", f"{said['short'] or said['long']}五", words, where)
            return
        if (span := _SPAN.search(words)) is not None:
            yield Guess("period", f"{span['from']}—{span['to']}", words, where)
            return
