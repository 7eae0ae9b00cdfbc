"""Indicators are found: what is measured, how much of it, in which unit, for which year.

Three shapes are read. A row of a table, whose cells stand beside each other (``a | b``); the
cells of a row that stand one below the other, as a table comes out of a PDF; and a clause of a
sentence that says an amount of something measurable (城镇化率达到75%). What is not surely an
indicator is left: a count of projects in a sentence is none.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Nature = Literal["", "binding", "anticipated"]

_NATURES: dict[str, Nature] = {"约束性": "binding", "约束": "binding", "预期性": "anticipated",
                               "预期": "anticipated"}  # fmt: skip


class Indicator(NamedTuple):
    """One amount an indicator has or is to have.

    `amount` is as written, with what bounds it (<15,000, 下降15%); `number` its number, None where
    there is a range or none; `change` says that the amount is what it rises or falls by. `year` is
    "" where none is said. `start` and `end` are where it stands in the text it was found in.
    """

    name: str
    amount: str
    number: float | None
    unit: str
    year: str
    nature: Nature
    change: bool
    start: int
    end: int


class TextPart(NamedTuple):
    """A unit of a document: its text, whether it is a row or cell of a table, where it begins."""

    text: str
    table: bool
    start: int


def find_indicators(parts: Sequence[TextPart]) -> list[Indicator]:
    """The indicators of a document's units, in the order they stand.

    >>> rows = ["指标 | 2020年 | 2025年 | 属性", "森林覆盖率（%） | 23.2 | 24.1 | 约束性"]
    >>> found = find_indicators([TextPart(row, True, 0) for row in rows])
    >>> [(one.name, one.number, one.unit, one.year, one.nature) for one in found]
    [('森林覆盖率', 23.2, '%', '2020', 'binding'), ('森林覆盖率', 24.1, '%', '2025', 'binding')]
    """
    found: list[Indicator] = []
    heads: tuple[str, ...] = ()
    stacked: list[TextPart] = []
    for part in parts:
        lost = _lost_row(part)
        if part.table and (" | " in part.text or "\t" in part.text):
            heads, row = _row(part, heads)
            found += row
        elif lost:
            found += _amounts(lost, (), part.start, part.start + len(part.text))
        elif part.table:
            stacked.append(part)
            if part.text.strip() in _NATURES:
                found += _stack(stacked)
                stacked = []
        else:
            stacked = []
            found += _in_sentence(part)
    return found


# -- tables ------------------------------------------------------------------------------------

_AMOUNT = re.compile(
    r"(?P<bound>(?:累计|年均|平均|\[)?(?:增长|提高|提升|增加|下降|降低|减少)?(?:到|至|达到)?"
    r"(?:不低于|不少于|不超过|不高于|大于|小于|超过|超|约|[<>≤≥＜＞≦≧]=?)?) ?"
    r"(?P<number>[-－]?[0-9][0-9,，]*(?:\.[0-9]+)?)"
    r"(?P<range> ?[~～—–\-至到] ?[0-9][0-9,，.]*)?"
    r"(?P<unit> ?(?:[%％‰]|个百分点|(?:(?!左右|以上|以下|以内)[^0-9，。；、（）()\[\]\s]){0,8}))"
    r"(?P<about>左右|以上|以下|以内)?\]?"
)
_CHANGE = re.compile("增长|提高|提升|增加|下降|降低|减少")
_RISING = re.compile("(?:增长|提高|提升|下降|降低|减少)(?:率|幅度)?(?:[（(].*)?$")
_YEAR = re.compile("(20[0-9]{2}) ?年?")
_UNIT = re.compile(r"[（(\[]([^（）()]*(?:[（(][^（）()]*[）)])?[^（）()]*)[）)\]] ?$")
_SERIAL = re.compile(r"[0-9]{1,3}[.．、]?$")
_NAMES = re.compile("指标|名称|项目|内容")


def _row(part: TextPart, heads: tuple[str, ...]) -> tuple[tuple[str, ...], list[Indicator]]:
    """The indicators of a row under these headings; the headings, new where the row holds some."""
    cells = [cell.strip() for cell in re.split(r" \| |\t", part.text)]
    if _is_head(cells):
        return tuple(cells), []
    if len(cells) != len(heads):
        heads = ()
    return heads, _amounts(cells, heads, part.start, part.start + len(part.text))


def _lost_row(part: TextPart) -> list[str]:
    """The cells of a row that lost its rules, which its nature at the end tells; else none.

    >>> _lost_row(TextPart("事故 死亡人数 下降 15% 约束性", False, 0))
    ['事故 死亡人数', '下降15%', '约束性']
    >>> _lost_row(TextPart("指标分为约束性和预期性", False, 0))
    []
    """
    words = part.text.split()
    if len(words) < 3 or words[-1] not in ("约束性", "预期性"):
        return []
    first = len(words) - 1
    while first > 1 and _AMOUNT_WORD.search(words[first - 1]):
        first -= 1
    # 下降 15% is one amount in two words.
    amounts = re.sub("(下降|增长|提高|降低|减少) ", r"\1", " ".join(words[first:-1])).split()
    return [" ".join(words[:first]), *amounts, words[-1]] if amounts else []


_AMOUNT_WORD = re.compile("[0-9—]|^(?:下降|增长|提高|降低|减少)$")


def _is_head(cells: Sequence[str]) -> bool:
    told = [bool(_NAMES.search(cell) or _YEAR.search(cell) or cell in ("属性", "性质", "单位"))
            for cell in cells]  # fmt: skip
    return bool(_NAMES.search(" ".join(cells))) and sum(told) >= 2


def _stack(cells: Sequence[TextPart]) -> list[Indicator]:
    """The cells of one row, one below the other, its nature last; without what stands above it."""
    texts = [cell.text.strip() for cell in cells]
    first = max((at for at, text in enumerate(texts[:-1]) if _SERIAL.match(text)
                 and not _is_amount_cell(texts, at)), default=-1) + 1  # fmt: skip
    merged = _merged(texts[first:])
    return _amounts(merged, (), cells[first].start, cells[-1].start + len(cells[-1].text))


def _is_amount_cell(texts: Sequence[str], at: int) -> bool:
    """A bare number is a serial only where words follow it."""
    following = texts[at + 1]
    return not re.match("[\u4e00-\u9fffA-Za-z“]", following) or following in _NATURES


def _merged(texts: Sequence[str]) -> list[str]:
    """A name broken over lines is one cell."""
    cells: list[str] = []
    for text in texts:
        wordy = bool(re.match("[\u4e00-\u9fffA-Za-z“（(]", text)) and text not in _NATURES
        if wordy and _A_UNIT.fullmatch(text):
            cells.append(f"（{text}）")
        elif cells and cells[-1].startswith("（") and wordy:
            cells.append(text)
        elif cells and wordy and not _AMOUNT.fullmatch(cells[-1]) and cells[-1] not in _NATURES:
            cells[-1] += text
        else:
            cells.append(text)
    return cells


def _amounts(cells: Sequence[str], heads: Sequence[str], start: int, end: int) -> list[Indicator]:
    """One indicator for each amount of a row."""
    nature: Nature = next((_NATURES[cell] for cell in cells if cell in _NATURES), "")
    at = next((n for n, cell in enumerate(cells) if _is_name(cell)), -1)
    if at < 0:
        return []
    name, unit = _named(cells[at])
    if at + 1 < len(cells) and cells[at + 1].startswith("（") and not unit:
        unit = cells[at + 1][1:-1]
    for n, head in enumerate(heads):
        if "单位" in head and not unit and not _AMOUNT.fullmatch(cells[n]):
            unit = cells[n]
    found = []
    for n, cell in enumerate(cells[at + 1 :], at + 1):
        amount = _AMOUNT.fullmatch(re.sub("[（(].*?[）)]$", "", cell).strip())
        if amount is None or cell in _NATURES:
            continue
        head = heads[n] if heads else ""
        year = _YEAR.search(cell) if "（" in cell else _YEAR.search(head)
        rises = bool(
            _CHANGE.search(amount["bound"]) or _RISING.search(name) or _RISING.search(head)
        )
        found.append(
            Indicator(name, cell, _number(amount), amount["unit"].strip() or unit,
                      year[1] if year else "", nature, rises, start, end)
        )  # fmt: skip
    return found if nature or heads or len(found) > 1 else []


def _is_name(cell: str) -> bool:
    return (
        cell not in _NATURES
        and sum("\u4e00" <= char <= "\u9fff" for char in cell) >= 2
        and not _AMOUNT.fullmatch(cell)
    )


def _named(cell: str) -> tuple[str, str]:
    """The name of an indicator without its serial number, and the unit behind it.

    >>> _named("3.常住人口城镇化率（%）")
    ('常住人口城镇化率', '%')
    """
    words = re.sub(r"^[0-9]{1,3}[.．、 ] ?|^[#*△▲●]+", "", cell)
    unit = _UNIT.search(words)
    return (words[: unit.start()].strip(), unit[1].strip()) if unit else (words, "")


def _number(amount: re.Match[str]) -> float | None:
    if amount["range"]:
        return None
    return float(amount["number"].replace(",", "").replace("，", "").replace("－", "-"))


# -- sentences ---------------------------------------------------------------------------------

_MEASURES = (
    "率|比重|占比|比例|总值|增加值|总额|总量|产值|产量|收入|支出|投资|面积|里程|规模|寿命|年限|强度|能耗|"
    "人口|人数|起数|床位数?|指数|系数|浓度|覆盖面|时间|水平|容量|能力|用量|用水量|排放量?|蓄水量|保有量|"
    "储备量?|幅度|密度|数量"
)
_SAID = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9.“”·/（）()]{{0,40}}?(?:{_MEASURES}))"
    r"(?P<said>(?:累计|年均|平均|均|分别|力争|基本|同比|将|要|应|也)*"
    r"(?:达到|达|提高到|提升到|提高至|提升至|增加到|增加至|增至|扩大到|降至|降低到|降到|下降到|下降至|"
    r"减少到|控制在|保持在|稳定在|维持在|不低于|不少于|不超过|不高于|高于|低于|超过|突破|"
    r"增长|提高|提升|增加|下降|降低|减少|缩短至|缩短到|为))"
    r"(?P<amount>(?:不低于|不少于|不超过|不高于|约|了)?[0-9][0-9,，]*(?:\.[0-9]+)?"
    r"(?:[~～—–\-至到][0-9.]+)?)"
    r"(?P<unit>[%％‰]|个百分点|(?:万亿|百万|万|亿|千|百)?[\u4e00-\u9fff]{0,3}(?:/[\u4e00-\u9fff]{1,3})?)"
)
_ABOUT = re.compile("左右|以上|以下|以内")
_LEADING = re.compile(
    "^(?:[0-9（）().、]+|到20[0-9]{2}年(?:底|末)?|20[0-9]{2}年(?:底|末)?|力争|确保|实现|其中|全省|全市|全国|全区|"
    "使|推动|努力|预计|计划|建成|保持|按照|以及|并|和|与|及|，|”)+"
)
_UNITS = (
    "万亿元|亿元|万元|元|万人次|人次|万人|亿人|人|岁|年|天|小时|分钟|公里|千米|米|平方公里|平方千米|平方米|"
    "万平方米|公顷|万亩|亩|张|家|所|座|处|台|万吨|亿吨|吨标准煤|吨|立方米|亿立方米|万立方米|千瓦时|亿千瓦时|"
    "千瓦|万千瓦|毫米|微克|户|套|辆|万辆|次|起|件|名|项|倍|级"
)
_PER = "小时|平方公里|平方米|立方米|公里|万元|万人|千人|百户|人|年|日|天|户|床|亩|升|月|吨"
_A_UNIT = re.compile(f"(?:{_UNITS}|万?m[²³23]?)(?:/(?:{_PER}))?")


def _in_sentence(part: TextPart) -> Iterator[Indicator]:
    text = part.text
    for hit in _SAID.finditer(text):
        name = _LEADING.sub("", _outside(hit["name"]))
        unit = _trimmed(hit["unit"])
        if unit is None or len(name) < 3:
            continue
        end = hit.start("unit") + len(unit)
        further = re.compile(f"[~～—–至到-]+[0-9.]+{re.escape(unit)}").match(text, end)
        end = further.end() if further else end
        about = _ABOUT.match(text, end)
        end = about.end() if about else end
        yield Indicator(
            name,
            text[hit.start("said") : end],
            None if further else _single(hit["amount"]),
            unit,
            _year_before(text, hit.start()),
            _nature(text[end : end + 8]),
            _by_how_much(hit["said"]),
            part.start + hit.end("name") - len(name),
            part.start + end,
        )


def _single(amount: str) -> float | None:
    """The number of an amount in a sentence; None for a range.

    >>> _single("约1,200"), _single("5~7")
    (1200.0, None)
    """
    digits = amount.lstrip("不低高少超于过约了")
    return None if re.search("[~～—–至到-]", digits) else float(re.sub("[,，]", "", digits))


def _outside(words: str) -> str:
    """What follows a bracket that was not closed.

    >>> _outside("标准（其中城镇化率"), _outside("（GDP）总量")
    ('其中城镇化率', '（GDP）总量')
    """
    opened = max(words.rfind("（"), words.rfind("("))
    closed = max(words.rfind("）"), words.rfind(")"))
    return words[opened + 1 :] if opened > closed else words


def _trimmed(unit: str) -> str | None:
    """The unit without the words behind it; None where it is none.

    >>> _trimmed("万元的"), _trimmed("%"), _trimmed("的人")
    ('万元', '%', None)
    """
    if unit in ("%", "％", "‰", "个百分点"):
        return unit
    hit = _A_UNIT.match(unit)
    return hit[0] if hit else None


def _year_before(text: str, at: int) -> str:
    """The year the words before an amount speak of: the last one named."""
    years = _YEAR.findall(text[:at])
    return years[-1] if years else ""


def _by_how_much(said: str) -> bool:
    """Whether the amount is what something rises or falls by, not what it comes to.

    >>> _by_how_much("同比增长"), _by_how_much("提高到")
    (True, False)
    """
    return bool(_CHANGE.search(said)) and said[-1] not in "到至"


def _nature(behind: str) -> Nature:
    hit = re.match("[（(](约束性|预期性)", behind)
    return _NATURES[hit[1]] if hit else ""
