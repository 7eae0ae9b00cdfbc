"""spaCy token patterns, checked when a codebook is read: sound, and none that can run for ever.

The matcher follows every way a pattern may go on at once. Each operator without an end (``*``,
``+``, ``{2,}``) multiplies the ways by the words of the sentence: with three of them, 380
characters take a minute.
"""

import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]  # unknown to typeshed
from typing import Any

from wenma.records import Bilingual

MOST_ENDLESS = 2
"""Operators without an end that one pattern may have."""
WIDEST = 30
"""So many words more or less, and an operator counts as one without an end."""
MOST_WAYS = 1000
"""Ways that the operators with an end may make of one pattern."""

_COUNTED = re.compile(r"\{(\d*)(,?)(\d*)\}")
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_SIGNS = {"1": (1, 1), "!": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}


def token_fault(pattern: list[dict[str, Any]]) -> Bilingual | None:
    """What is wrong with a token pattern, with the cure; None for one that can be used.

    >>> token_fault([{"TEXT": "救援"}, {"OP": "*"}, {"TEXT": "演练"}])
    >>> print(token_fault([{"TEXT": "救援"}, {"OP": "*"}, {"OP": "*"}, {"OP": "+"}]).en)
    has 3 operators without an end (* and +) in one pattern, and 2 are the most: sentences would \
take hours. Give the others an end, as in OP: "{0,5}".
    """
    return _strange_value(pattern) or _not_spacys(pattern) or _endless(pattern) or _regex(pattern)


def is_endless(pattern: list[dict[str, Any]]) -> bool:
    """Does the work it makes grow faster than the text?"""
    wide = any(_room(token) > WIDEST for token in pattern)
    return wide or any(True for _ in _asked(pattern, ("REGEX", "FUZZY")))


def _strange_value(value: Any) -> Bilingual | None:
    """YAML reads dates and more where a word was meant; there is no pattern of such."""
    if isinstance(value, dict):
        return _strange_value([*value, *value.values()])
    if isinstance(value, list):
        return next(filter(None, map(_strange_value, value)), None)
    if value is None or isinstance(value, str | bool) or _is_number(value):
        return None
    shown = str(value)[:60]
    return Bilingual(
        en=f"holds {shown}, which YAML reads as no word. Put it in quotes.",
        zh=f"含有 {shown}，YAML 不读作词。请加引号。",
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < 1 << 31


def _not_spacys(pattern: list[dict[str, Any]]) -> Bilingual | None:
    # Loading spaCy takes a second: only for those who write its patterns.
    from spacy.schemas import validate_token_pattern

    faults = validate_token_pattern(pattern)
    if any("_" in token for token in pattern):
        faults = ["_ asks for an attribute of one's own, and there are none here", *faults]
    if not faults:
        return None
    what = " ".join(faults[0].replace("[pattern -> ", "[").split())[:200]
    return Bilingual(
        en=f"is no token pattern of spaCy: {what}. See https://spacy.io/usage/rule-based-matching.",
        zh=f"不是 spaCy 的词语模式：{what}。写法见 https://spacy.io/usage/rule-based-matching。",
    )


def _endless(pattern: list[dict[str, Any]]) -> Bilingual | None:
    rooms = [_room(token) for token in pattern]
    endless = sum(room > WIDEST for room in rooms)
    ways = 1
    for room in rooms:
        ways *= 1 if room > WIDEST else room + 1
    if endless <= MOST_ENDLESS and ways <= MOST_WAYS:
        return None
    if endless > MOST_ENDLESS:
        return Bilingual(
            en=f"has {endless} operators without an end (* and +) in one pattern, and "
            f"{MOST_ENDLESS} are the most: sentences would take hours. "
            'Give the others an end, as in OP: "{0,5}".',
            zh=f"一个模式中有 {endless} 个没有上限的运算符（* 与 +），至多 {MOST_ENDLESS} 个，"
            '否则一句话要算几小时。请给其余的写上限，如 OP: "{0,5}"。',
        )
    return Bilingual(
        en=f"can go {ways:,} ways from one word, and {MOST_WAYS:,} are the most. "
        "Lower the numbers in OP, or make two patterns of it.",
        zh=f"从一个词出发有 {ways:,} 种走法，至多 {MOST_WAYS:,} 种。"
        "请减小 OP 中的数字，或拆成两个模式。",
    )


def _room(token: dict[str, Any]) -> int:
    """How many words more or fewer a token may stand for; beyond `WIDEST` for no end."""
    sign = str(token.get("OP", "1"))
    low, high = _SIGNS.get(sign, (1, 1))
    if counted := _COUNTED.fullmatch(sign):
        low = int(counted[1] or 0)
        high = int(counted[3]) if counted[3] else None if counted[2] else low
    return WIDEST + 1 if high is None or high > WIDEST else max(0, high - low)


def _asked(value: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """What stands under these keys, however deep."""
    coming = [value]
    while coming:
        one = coming.pop()
        if isinstance(one, dict):
            yield from (str(v) for k, v in one.items() if str(k).startswith(keys))
            coming += one.values()
        elif isinstance(one, list):
            coming += one


def _regex(pattern: list[dict[str, Any]]) -> Bilingual | None:
    for written in _asked(pattern, ("REGEX",)):
        try:
            re.compile(written)
            tree = _parser.parse(written)
        except (re.error, RecursionError, OverflowError) as error:
            return Bilingual(
                en=f"has a REGEX that cannot be used ({error}). Mend it, or write the words out.",
                zh=f"其中的 REGEX 不能用（{error}）。请改正，或把词写出来。",
            )
        if _repeats(tree) > MOST_ENDLESS:
            return Bilingual(
                en=f"has a REGEX that could run for ever ({written[:60]}): a repeat within a "
                f"repeat, or more than {MOST_ENDLESS} of them. Give them an end, as in {{0,5}}.",
                zh=f"其中的 REGEX 可能算不完（{written[:60]}）：重复套重复，"
                f"或多于 {MOST_ENDLESS} 处。请写上限，如 {{0,5}}。",
            )
    return None


def _repeats(tree: Any) -> int:
    """Repeats without an end in a regular expression.

    One with a choice or a further repeat inside, or a look back at a group, is many: each turn
    may be taken in several ways.
    """
    found = 0
    for kind, value in tree:
        if kind is _constants.GROUPREF:
            return MOST_ENDLESS + 1
        repeat = kind in _REPEATS and value[1] > 1
        if repeat and any(_chooses(one) for one in _parts(value)):
            return MOST_ENDLESS + 1
        found += int(repeat and value[1] > WIDEST) + sum(map(_repeats, _parts(value)))
    return found


def _chooses(tree: Any) -> bool:
    """May it match one text in several ways?"""
    return any(
        kind in (*_REPEATS, _constants.BRANCH) or any(map(_chooses, _parts(value)))
        for kind, value in tree
    )


def _parts(value: Any) -> Iterator[Any]:
    coming = [value]
    while coming:
        one = coming.pop()
        if isinstance(one, _parser.SubPattern):
            yield one
        elif isinstance(one, list | tuple):
            coming += one
