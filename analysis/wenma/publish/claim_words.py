"""What is said of a claim, in sentences: for the card, and for the paper."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from wenma.publish.columns import TABLE_COLUMNS, number_text
from wenma.publish.labels import Language, fixed_word
from wenma.queries.claim import FAILS, HOLDS, UNDEFINED
from wenma.queries.claim_summary import ClaimSummary, Departures, told_departures
from wenma.queries.table import Note, Table
from wenma.queries.ways import CHOICES
from wenma.records import Bilingual

MOST_NAMED = 5
"""Sets of departures, and things a claim hangs on, that are named in a sentence."""

FEW = 10
"""References below which the card says that they are few."""

_KINDS = {
    "rule": (Bilingual("条规则", "rules"), Bilingual("规则", "rule")),
    "term": (Bilingual("个词语", "terms"), Bilingual("词语", "term")),
    "document": (Bilingual("份文件", "documents"), Bilingual("文件", "document")),
}
_VERDICTS = {
    HOLDS: Bilingual("成立", "holds"),
    FAILS: Bilingual("不成立", "fails"),
    UNDEFINED: Bilingual("无从判断", "says nothing"),
}


def headline(summary: ClaimSummary) -> Bilingual:
    """In how many ways the sentence holds."""
    if not summary.ways:
        return Bilingual("没有一种计法可以判断。", "No way to count says anything.")
    share = share_text(summary.holding, summary.ways)
    return Bilingual(
        f"{summary.ways:,} 种计法中有 {summary.holding:,} 种成立（{share}）。",
        f"Holds in {summary.holding:,} of {summary.ways:,} ways to count ({share}).",
    )


def share_text(some: int, many: int) -> str:
    """A share in percent, never 0 or 100 where it is not.

    >>> share_text(999, 1000), share_text(1, 1000), share_text(2, 3), share_text(3, 3)
    ('>99 %', '<1 %', '67 %', '100 %')
    """
    percent = round(100 * some / many)
    if percent == 100 and some < many:
        return ">99 %"
    return "<1 %" if percent == 0 and some else f"{percent} %"


def claim_lines(table: Table, summary: ClaimSummary, hinges: pd.DataFrame) -> Iterator[Bilingual]:
    """What a reader should know beside the share: a line each."""
    usual = table.frame.iloc[0]
    yield Bilingual(
        f"通常计法（{_way(usual, 'zh')}）：{_values(usual, 'zh')}，{_rests_on(summary).zh}"
        f"{_equal(usual).zh}{_VERDICTS[summary.usual].zh}。",
        f"The usual way ({_way(usual, 'en')}): {_values(usual, 'en')}{_rests_on(summary).en}; "
        f"{_equal(usual).en}it {_VERDICTS[summary.usual].en}.",
    )
    yield _few(usual, summary)
    yield _turning(summary)
    yield _hanging(summary, hinges)
    low, high = summary.ratios
    if not np.isnan(low):
        pair = {(one["side_a"], one["side_b"]) for _, one in table.frame.iterrows()}
        zh = (
            f"{usual['side_a']}与{usual['side_b']}之比"
            if len(pair) == 1
            else "起决定作用的两侧之比"
        )
        en = f"{usual['side_a']} is" if len(pair) == 1 else "The side that decides is"
        other = usual["side_b"] if len(pair) == 1 else "the other"
        yield Bilingual(
            f"各计法中，{zh}为 {_ratio(low)} 至 {_ratio(high)}。",
            f"{en} {_ratio(low)} to {_ratio(high)} times {other}, by the way to count.",
        )
    if summary.undefined:
        yield Bilingual(
            f"另有 {summary.undefined:,} 种计法无从判断，未计入。",
            f"{summary.undefined:,} more ways say nothing, and are not counted.",
        )


def paper_paragraph(
    sentence: str, table: Table, summary: ClaimSummary, hinges: pd.DataFrame
) -> Bilingual:
    """A paragraph ready for the paper."""
    usual, basis = table.frame.iloc[0], table.basis
    head, turning, hanging = headline(summary), _turning(summary), _hanging(summary, hinges)
    rests = _rests_on(summary)
    return Bilingual(
        f"为检验“{sentence}”是否取决于计数方式，本文把合理的计数选择全部组合（多重宇宙分析；"
        f"Steegen 等，2016；Simonsohn 等，2020），共 {summary.ways:,} 种计法，选择包括"
        f"{_choices(table.frame, 'zh')}。该论断在其中 {summary.holding:,} 种成立"
        f"（{share_text(summary.holding, summary.ways) if summary.ways else '—'}）。"
        f"通常计法（{_way(usual, 'zh')}）下，{_values(usual, 'zh')}"
        f"{'（' + rests.zh.rstrip('，') + '）' if rests.zh else ''}。{turning.zh}{hanging.zh}"
        "以上为计数结果的比较，不是抽样推断。"
        f"统计依据：{basis.get('documents', '')} 份文件，编码本 {basis.get('codebook', '')}，"
        f"编码日期 {basis.get('coded', '')}，{basis.get('software', '')}。",
        f"To see whether “{sentence}” depends on how it is counted, every combination of the "
        "defensible choices was counted (multiverse analysis: Steegen et al., 2016; Simonsohn et "
        f"al., 2020): {summary.ways:,} ways, by {_choices(table.frame, 'en')}. The sentence "
        f"{head.en[0].lower()}{head.en[1:]} In the usual way ({_way(usual, 'en')}): "
        f"{_values(usual, 'en')}{rests.en}. {turning.en} {hanging.en} These are "
        "comparisons of counts and no inference from a sample. "
        f"Basis: {basis.get('documents', '')} documents, codebook {basis.get('codebook', '')}, "
        f"coded on {basis.get('coded', '')}, {basis.get('software', '')}.",
    )


def _rests_on(summary: ClaimSummary) -> Bilingual:
    """How many references the values rest on, where they are not these themselves."""
    a, b = summary.references
    if a != a or (a, b) == summary.values:
        return Bilingual("", "")
    return Bilingual(f"参考点 {a:,.0f} 与 {b:,.0f} 处，", f" ({a:,.0f} and {b:,.0f} references)")


def _equal(usual: "pd.Series[str]") -> Bilingual:
    same = bool(usual["value_a"] == usual["value_b"])
    return Bilingual("两侧相等，" * same, "both are equal, so that " * same)


def _few(usual: "pd.Series[str]", summary: ClaimSummary) -> Bilingual:
    """That a side rests on few references, whatever the share of ways."""
    least = min(summary.references)
    if least != least or least >= FEW:
        return Bilingual("", "")
    name = usual["side_a" if summary.references[0] == least else "side_b"]
    return Bilingual(
        f"{name}只有 {least:,.0f} 处参考点：增减一两处，数值就会明显不同。",
        f"{name} has {least:,.0f} references: one or two more or fewer would change its value "
        "much.",
    )


def _turning(summary: ClaimSummary) -> Bilingual:
    if summary.usual == UNDEFINED or not summary.ways:
        return Bilingual("", "")
    if not summary.turning:
        return Bilingual(
            "没有任何一种选择的组合使结论改变。", "No combination of choices turns the verdict."
        )
    shown = summary.turning[:MOST_NAMED]
    more = len(summary.turning) - len(shown)
    zh = "；".join(_departures(one, "zh") for one in shown) + f"；另有 {more} 种" * bool(more)
    en = "; ".join(_departures(one, "en") for one in shown) + f"; {more} more" * bool(more)
    return Bilingual(
        f"只需以下任一改动，结论即改变：{zh}。", f"Any one of these turns the verdict: {en}."
    )


def _departures(departures: Departures, language: Language) -> str:
    gap = " ＋ " if language == "zh" else " + "
    return gap.join(_choice(name, chosen, language) for name, chosen in told_departures(departures))


def _choice(name: str, chosen: str, language: Language) -> str:
    """A choice in words: 不计通用提法, 按分句."""
    word = fixed_word(chosen, language=language)
    what = TABLE_COLUMNS[name].in_language(language)
    if chosen in ("counted", "left out"):
        return f"{word}{what}" if language == "zh" else f"{what.lower()} {word}"
    if name in ("counted_in", "counted_as"):
        return f"{what}取“{word}”" if language == "zh" else f"{what.lower()} {word}"
    return word


def _hanging(summary: ClaimSummary, hinges: pd.DataFrame) -> Bilingual:
    tried = {kind: many for kind, many in summary.tried.items() if many}
    if not tried:
        return Bilingual("", "")
    zh = "、".join(f"{many:,} {_KINDS[kind][0].zh}" for kind, many in tried.items())
    en = ", ".join(f"{many:,} {_KINDS[kind][0].en}" for kind, many in tried.items())
    others = len(hinges) - len(summary.hinges)
    elsewhere = Bilingual(
        f"另有 {others} 项只改变其他计法下的结论。" * bool(others),
        f" {others} more {'turn' if others > 1 else 'turns'} the verdict of other ways only."
        * bool(others),
    )
    if not summary.hinges:
        none = Bilingual("通常计法的结论均不改变。", "none turns the verdict of the usual way.")
        if not others:
            none = Bilingual("结论均不改变。", "none turns the verdict.")
        return Bilingual(
            f"逐一去除 {zh}，{none.zh}{elsewhere.zh}",
            f"Left out one by one, {en}: {none.en}{elsewhere.en}",
        )
    shown = [*hinges.head(min(len(summary.hinges), MOST_NAMED)).to_dict("records")]
    more = len(summary.hinges) - len(shown)
    return Bilingual(
        f"逐一去除 {zh}：论断有赖于{'、'.join(_hinge(one, 'zh') for one in shown)}"
        + f"等 {len(summary.hinges)} 项" * bool(more)
        + f"，去除其一，通常计法的结论即改变。{elsewhere.zh}",
        f"Left out one by one, {en}: the verdict of the usual way hangs on "
        f"{', '.join(_hinge(one, 'en') for one in shown)}"
        + f" and {more} more" * bool(more)
        + f", each of which turns it.{elsewhere.en}",
    )


def _hinge(one: Mapping[Hashable, Any], language: Language) -> str:
    kind = _KINDS[str(one["kind"])][1].in_language(language)
    return f"{kind}“{one['left_out']}”" if language == "zh" else f"{kind} “{one['left_out']}”"


def _way(row: "pd.Series[str]", language: Language) -> str:
    """The usual way in a few words."""
    told = [fixed_word(row["counted_as"], language=language)]
    if row["counted_as"] == "number":
        told = [fixed_word(row["counted_in"], language=language)]
    told.append(_choice("with_headings", row["with_headings"], language))
    if row["codings"] != "by rules":
        told.append(fixed_word(row["codings"], language=language))
    return ("，" if language == "zh" else ", ").join(told)


def _values(row: "pd.Series[str]", language: Language) -> str:
    number = {
        at: ("—" if row[at] != row[at] else f"{row[at]:,.4g}") for at in ("value_a", "value_b")
    }
    if language == "zh":
        said = f"{row['side_a']} {number['value_a']}，{row['side_b']} {number['value_b']}"
        return said + (f"（{row['reason'].zh}）" if isinstance(row["reason"], Note) else "")
    said = f"{row['side_a']} {number['value_a']}, {row['side_b']} {number['value_b']}"
    return said + (f" ({row['reason']})" if row["reason"] else "")


def _ratio(number: float) -> str:
    return number_text(number, "ratio")


def _choices(frame: pd.DataFrame, language: Language) -> str:
    """The choices that were crossed, with their options."""
    counting = frame[frame["kind"] == ""]
    told = []
    for name in CHOICES:
        options = [*dict.fromkeys(counting[name])]
        if len(options) < 2:
            continue
        what = TABLE_COLUMNS[name].in_language(language)
        words = _listed((fixed_word(one, language=language) for one in options), language)
        told.append(f"{what}（{words}）" if language == "zh" else f"{what.lower()} ({words})")
    return ("、" if language == "zh" else ", ").join(told)


def _listed(words: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(words)
