"""What sort of document it is, its title, number and issuer."""

import re
from collections.abc import Iterator

from wenma.sources.guesses.clues import Clues
from wenma.sources.guesses.guess import Guess
from wenma.sources.guesses.guess_place import REPORTS
from wenma.sources.places.places import Division, place_of

_EMERGENCY = "应急|防灾|减灾|救灾|抗震|地震|防汛|抗旱|消防|安全生产|突发|安全韧性|内涝灾害"
_RULES = "意见|通知|办法|规定|决定|细则|措施|通告|公告|批复|制度|要点"
_NOTE = "(?:[（(〔][^（）()〔〕]{2,30}[）)〕])*$"
_SORTS = (
    ("政府工作报告", re.compile("政府工作(?:的)?报告")),
    ("五年规划纲要", re.compile("国民经济和社会发展第.{1,3}个五年(?:规划|计划)")),
    ("法律", re.compile(f"^中华人民共和国.{{1,24}}法{_NOTE}")),
    ("法规", re.compile(f"条例{_NOTE}")),
    ("应急预案", re.compile(f"预案{_NOTE}")),
    ("应急规划", re.compile(f"(?:{_EMERGENCY}).*(?:规划|纲要|导则|行动计划|战略){_NOTE}")),
    ("专项规划", re.compile(f"(?:规划|纲要|计划|战略|行动方案|导则){_NOTE}")),
    ("应急管理规范性文件", re.compile(f"(?:{_EMERGENCY}).*(?:{_RULES}){_NOTE}")),
    ("规范性文件", re.compile(f"(?:{_RULES}|方案){_NOTE}")),
)
"""Sorts of document by their titles, the most telling first."""
_LOOKS_BACK = re.compile("20[0-9]{2}年(?:政府|主要)?(?:工作)?(?:主要)?(?:工作)?(?:的)?回顾")
_LOOKS_AHEAD = re.compile("20[0-9]{2}年(?:政府|主要|重点)*(?:工作|任务|目标)")
_NUMBER = re.compile(
    "(?P<number>[一-龥]{1,10}[〔\\[（(][12][0-9]{3}[〕\\]）)] ?(?:第)?[0-9]{1,5} ?号)$"
    "|^(?P<standard>DB[0-9]{2}/T? ?[0-9]{2,5}(?:\\.[0-9]+)?[—-][0-9]{4})"
)
_ISSUES = re.compile("^(?P<who>[一-龥、]{2,40}?)(?:关于|印发|转发|批转|发布|公布|对(?:全国|第?十))")
_ORGAN = re.compile(
    "^[一-龥]{2,20}(?:人民政府|政府办公[厅室]|委员会|国务院|办公[厅室]|厅|局|部)$|^国务院$"
)


def kind_guesses(found: Clues) -> Iterator[Guess]:
    """Title, kind, number and issuer, each where there is ground for one."""
    if title := found.facts.get("title", ""):
        yield Guess("title", title, title, "page")
    elif found.title:
        yield Guess("title", found.title, found.outer, found.where)
    yield from _kind(found, title)
    yield from _number(found)
    yield from _issuer(found)


def _kind(found: Clues, of_page: str) -> Iterator[Guess]:
    if (said := REPORTS.search(found.opening)) is not None:
        yield Guess("kind", "政府工作报告", said[0], "text")
        return
    for words, where in ((found.title, "title"), (of_page, "page"), (found.outer, "title")):
        for kind, sort in _SORTS if words else ():
            if sort.search(words):
                yield Guess("kind", kind, words, where)
                return
    headings = "\n".join(found.headings) or found.opening
    back, ahead = _LOOKS_BACK.search(found.opening), _LOOKS_AHEAD.search(headings)
    if "各位代表" in found.text and ahead:
        yield Guess("kind", "政府工作报告", f"各位代表 … {ahead[0]}", "text", False)
    elif back and ahead:
        yield Guess("kind", "政府工作报告", f"{back[0]} … {ahead[0]}", "text", False)
    else:
        for kind, sort in _SORTS:
            if sort.search(found.file_name):
                yield Guess("kind", kind, found.file_name, "file name", False)
                return


def _number(found: Clues) -> Iterator[Guess]:
    if number := found.facts.get("number", ""):
        yield Guess("number", number, number, "page")
        return
    for line in (*found.head, *found.foot):
        if len(line.text) <= 40 and (said := _NUMBER.search(line.text)) is not None:
            yield Guess("number", said["number"] or said["standard"], line.text, line.where)
            return


def _issuer(found: Clues) -> Iterator[Guess]:
    if issuer := found.facts.get("issuer", ""):
        yield Guess("issuer", issuer, issuer, "page")
        return
    if (said := _ISSUES.match(found.outer)) is not None and _is_organ(said["who"]):
        yield Guess("issuer", said["who"], found.outer, found.where)
        return
    for line in (*found.head[1:], *found.foot):
        if line.kind == "title" and _ORGAN.match(line.text):
            yield Guess("issuer", line.text, line.text, line.where)
            return
    if (said := REPORTS.search(found.opening)) is not None:
        whose = said["whose"] + said["organ"]
        if whose == "国务院" or place_of(said["whose"]) is not None:
            yield Guess("issuer", whose, said[0], "text")


def _is_organ(words: str) -> bool:
    return bool(_ORGAN.match(words) or re.match("国务院|中共", words))


def reporting_issuer(place: Division) -> str:
    """The government of a place, which its report is of.

    >>> reporting_issuer(place_of("上海"))
    '上海市人民政府'
    """
    return "国务院" if place.level == "nation" else f"{place.name}人民政府"
