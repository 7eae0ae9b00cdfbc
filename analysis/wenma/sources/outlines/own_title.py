"""The title a text itself bears, joined where it is broken over lines."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_KINDS = (
    "规划|纲要|意见|通知|通告|公告|通报|办法|决定|报告|方案|计划|条例|规定|细则|批复|复函|函|答复|法|"
    "建议|导则|指南|标准|预案|措施|要点|白皮书|战略|规程|制度|规则|倡议|行动|汇编|清单|公报"
)
_NOTE = "(?:[（(〔][^（）()〔〕]{2,30}[）)〕])"
_ENDS_TITLE = re.compile(f"(?:{_KINDS})》?{_NOTE}{{0,3}}$")
_ORGAN = (
    "(?:国务院|中共中央|全国人民代表大会|中共[一-龥]{2,10}委|"
    "[一-龥]{2,24}?(?:人民政府|办公厅|办公室|委员会|管委会|厅|局|部|委|院))"
)
_BY_ORGAN = re.compile(
    f"{_ORGAN}(?:、?{_ORGAN})?(?:关于|印发|转发|批转|发布|公布|对(?:全国|第?十))"
)
_GOES_ON = re.compile("(?:关于|印发|发布|转发|加强|和|与|的|及|国民经济和社会发展|规划)$")
_CONTINUES = re.compile("(?:关于|和|与|及|的|《|第.{1,3}个五年|工作的|.{0,8}的通知$)")
_NO_TITLE = re.compile(
    "[。；;！!？?：:]|^(?:来源|时间|作者|发布|分享|当前位置|您的位置|附件?|注|[—-]{1,2}[12])"
    "|[〔\\[][12][0-9]{3}[〕\\]]|^[（(]?[12][0-9]{3} ?[年./-]?[0-9 ]*月?"
    "(?:[0-9 ]*日)?[）)]?$"
)
_LONGEST = 100
_FIRST = 2


class ClueLine(NamedTuple):
    """A paragraph that may say something of the document, and where in the file it stands."""

    text: str
    where: str
    kind: str


def own_title(head: Sequence[ClueLine]) -> tuple[str, str]:
    """The title among the first lines, and where it begins; "" where there is none.

    >>> own_title([ClueLine("甲市人民政府关于印发", "line 1", "title"),
    ...            ClueLine("甲市防灾规划的通知", "line 2", "title")])
    ('甲市人民政府关于印发甲市防灾规划的通知', 'line 1')
    """
    for at, line in enumerate(head):
        # The first heading may be the title; later ones are of the text.
        named = line.kind == "title" or (line.kind == "heading" and at < _FIRST)
        if named and _may_be(line.text) and _ENDS_TITLE.search(line.text):
            first = _first_line(head, at)
            last = _last_line(head, first, at)
            return "".join(one.text for one in head[first : last + 1]), head[first].where
    return "", ""


def _may_be(words: str) -> bool:
    return len(words) <= _LONGEST and not _NO_TITLE.search(words)


def _first_line(head: Sequence[ClueLine], last: int) -> int:
    """Where the title begins: with who issues it, or the first of lines that go on."""
    first, text = last, head[last].text
    best = last
    goes_on = True
    while first and head[first - 1].kind == "title" and _may_be(head[first - 1].text):
        above = head[first - 1].text
        if len(above) + len(text) > _LONGEST:
            break
        goes_on = goes_on and bool(_GOES_ON.search(above) or _CONTINUES.match(text))
        first, text = first - 1, above + text
        if goes_on or _BY_ORGAN.match(text):
            best = first
    return best


def _last_line(head: Sequence[ClueLine], first: int, last: int) -> int:
    """Where the title ends: a line that ends like one may still be its middle."""
    text = "".join(one.text for one in head[first : last + 1])
    while last + 1 < len(head) and head[last + 1].kind == "title":
        below = head[last + 1].text
        unfinished = text.count("《") > text.count("》") or below[0] in "和与及暨"
        unfinished = unfinished or _BY_ORGAN.match(text) is not None
        if not (unfinished and _may_be(below) and _ENDS_TITLE.search(below)):
            break
        if len(text) + len(below) > _LONGEST or _BY_ORGAN.match(below):
            break
        last, text = last + 1, text + below
    return last
