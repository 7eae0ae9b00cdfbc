"""A sentence that compares, as people write it: 恢复: 上海 > 广州."""

import re
from dataclasses import dataclass
from typing import Literal

from wenma.errors import QueryError

Order = Literal[">", "<", "most", "least"]
"""Each side above the next, each below it, the one side above or below all others."""

CLAIM_EXAMPLES = ("恢复: 上海 > 广州", "成都: 抵御 > 恢复", "恢复 · 上海: 十五五 > 十四五")
"""Sentences that can be claimed."""

_ALIKE = str.maketrans("：＞＜＝／　・•‧∙", ":><=/ ····")
"""Full-width signs and other dots, as they are read."""
_OTHER_SIGN = re.compile(r"[≥≤≈≠≧≦]|>=|<=|=>|=<|==|!=|<>|>>|<<")
_EXTREME = re.compile(
    r"^(?P<side>.+?)(?:\s+|(?<=[^\x00-\x7f]))"
    r"(?:(?P<most>最多|最高|highest|most)|(?P<least>最少|最低|lowest|least))$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ClaimText:
    """The parts of such a sentence: names before the colon, names of each side, and the order.

    Several names of one place (恢复 · 上海) stand with a dot between them. `word` is that for
    the most or the least, as it was said.
    """

    topic: tuple[str, ...]
    sides: tuple[tuple[str, ...], ...]
    order: Order
    word: str = ""

    @property
    def sentence(self) -> str:
        """The sentence, written the one way.

        >>> read_claim("恢复：上海＞广州").sentence, read_claim("恢复:上海最多").sentence
        ('恢复: 上海 > 广州', '恢复: 上海 最多')
        """
        named = [" · ".join(side) for side in self.sides]
        said = f"{named[0]} {self.word}" if self.word else f" {self.order} ".join(named)
        return f"{' · '.join(self.topic)}: {said}" if self.topic else said


def read_claim(text: str) -> ClaimText:
    """The sentence taken apart; `QueryError` for what is not such a sentence.

    ``TOPIC: SIDE > SIDE`` with more sides, or ``<``, or ``TOPIC: SIDE 最多`` (最少, highest,
    lowest). Signs may be full-width. What the names mean is not looked at.

    >>> read_claim("恢复 · 上海: 十四五 < 十五五")
    ClaimText(topic=('恢复', '上海'), sides=(('十四五',), ('十五五',)), order='<', word='')
    >>> read_claim("成都：抵御最多").order
    'most'
    """
    plain = " ".join(text.translate(_ALIKE).split())
    if sign := _OTHER_SIGN.search(plain):
        raise _refused(
            text,
            f'"{sign[0]}" is not a sign of a claim',
            f"“{sign[0]}”不能用于论断",
            cure="A claim says which is more: write > or <",
            how="论断须说明孰多孰少：请写 > 或 <。",
        )
    topic, colon, rest = plain.partition(":")
    if not colon:
        topic, rest = "", plain
    names = _names(text, topic, "before the colon", "冒号之前") if colon else ()
    signs = sorted({*re.findall("[<>]", rest)})
    if len(signs) > 1:
        raise _refused(text, "both > and < stand in it", "既有 > 又有 <", cure="Use one of them")
    if signs:
        parts = [
            _names(text, one, f"beside {signs[0]}", f"{signs[0]} 的一侧")
            for one in rest.split(signs[0])
        ]
        return ClaimText(names, tuple(parts), ">" if signs[0] == ">" else "<")
    if found := _EXTREME.match(rest.strip()):
        side = _names(text, found["side"], "before it", "最多、最少之前")
        order: Order = "most" if found["most"] else "least"
        return ClaimText(names, (side,), order, found["most"] or found["least"])
    raise _refused(
        text,
        "it says of nothing that it is more or less",
        "没有说明孰多孰少",
        cure=f"Write it like one of these: {'; '.join(CLAIM_EXAMPLES)}",
        how=f"请仿照：{'；'.join(CLAIM_EXAMPLES)}",
    )


def _names(text: str, part: str, where: str, wo: str) -> tuple[str, ...]:
    names = tuple(one.strip() for one in part.split("·"))
    if not all(names):
        raise _refused(
            text,
            f"a name is missing {where}",
            f"{wo}缺少名称",
            cure=f"Write it like this: {CLAIM_EXAMPLES[0]}",
            how=f"请仿照：{CLAIM_EXAMPLES[0]}",
        )
    return names


def _refused(text: str, why: str, wei: str, *, cure: str, how: str = "") -> QueryError:
    return QueryError(
        f'"{text}" cannot be claimed: {why}', cure=cure, zh=f"“{text}”无法检验：{wei}。{how}"
    )
