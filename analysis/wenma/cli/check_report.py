"""What ``wenma check`` found about a codebook's rules: lines to read, rows to keep."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from wenma.cli.messages import said
from wenma.codebook.wording_warnings import WARNING_HEADS, WARNING_KINDS, variant_warning

if TYPE_CHECKING:
    from wenma.codebook.wording_warnings import WordingWarning
    from wenma.records import Codebook
    from wenma.reliability.rule_diagnostics import RuleAtWork, RuleDiagnostics
    from wenma.study.codebook_check import CodebookCheck
    from wenma.study.codebook_trial import Measured, Watched

MOST = 15
"""Lines of a list on the screen; JSON has all."""

MOST_WARNINGS = 12
"""Warnings of a kind on the screen."""

MOST_HARMLESS = 3
"""Of what does no harm, so many are shown."""

POOR = 0.7
"""A rule of lower precision is told."""

SURE = 0.05
"""A word is told when fewer in a hundred would stand so near false alarms by chance."""


def report_lines(measured: "Measured | None", watched: "Watched | None") -> Iterator[str]:
    """What the rules did, list by list: first what is wrong, then what does nothing."""
    if measured:
        yield from _precision(measured)
        yield from _near_words(measured)
    if watched:
        yield "\n" + said(
            zh=f"{watched.documents:,} 份文件、{watched.units:,} 个单元上：",
            en=f"on {_many(watched.documents, 'document')}, {_many(watched.units, 'unit')}:",
        )
        left_out = said(zh="略去：", en="left out: ")
        yield from _some(f"{left_out}{reason}" for reason in watched.left_out)
        yield from _never(watched.work.rules)
        yield from _together(watched.work)
        yield from _across(watched.work)


def warning_lines(
    warnings: "Sequence[WordingWarning]", watched: "Watched | None", file: object
) -> Iterator[str]:
    """Warnings about the wording, kind by kind, the gravest first, each with its place.

    With texts, those about other spellings and about terms inside longer ones tell how often.
    """
    if watched:
        warnings = [*warnings, *_variants_in_texts(watched)]
    told = [(kind, [one for one in warnings if one.kind == kind]) for kind in WARNING_KINDS]
    if warnings:
        yield "\n" + said(zh=f"{file} 中值得再看的措辞", en=f"wording to look at in {file}")
    for kind, several in told:
        if several:
            most = MOST_HARMLESS if kind == "found already" else MOST_WARNINGS
            en, zh = WARNING_HEADS[kind]
            yield f"\n{said(zh=zh, en=en)} ({len(several)})"
            yield from _some(map(_warning, several), most)
    if watched:
        yield from _overlaps(watched)


def _warning(one: "WordingWarning") -> str:
    place = said(zh=f"第 {one.line} 行，", en=f"line {one.line}, ") if one.line else ""
    why = said(zh=one.zh, en=one.why)
    return f"{place}{_rule(one.code, one.rule)}: {why}" if one.rule else why


def _variants_in_texts(watched: "Watched") -> Iterator["WordingWarning"]:
    for one, times in sorted(watched.variants.items(), key=lambda pair: -pair[1]):
        yield variant_warning(one, times)


def _overlaps(watched: "Watched") -> Iterator[str]:
    """Where the rules of two rival codes fired on the same words, the most frequent first."""
    rivals = [
        (one, times) for one, times in watched.overlaps.items() if one.relation == "one dimension"
    ]
    if rivals:
        rivals.sort(key=lambda pair: -pair[1])
        yield "\n" + said(
            zh="同一词语上两个编码（同一维度）都触发",
            en="both fired on the same words (codes of one dimension)",
        )
        yield from _table(
            ["times", "term", "of", "inside", "of"],
            [
                [
                    f"{times:,}",
                    one.term,
                    _rule(one.code, one.rule),
                    one.longer,
                    _rule(one.other_code, one.other_rule),
                ]
                for one, times in rivals
            ],
        )


def log(
    codebook: "Codebook", measured: "Measured | None", watched: "Watched | None"
) -> list[dict[str, Any]]:
    """One row a rule, in the order of the codebook; None for what is not defined or not asked."""
    names = [("", rule.id) for rule in codebook.scope]
    names += [(code.path, rule.id) for code in codebook.codes for rule in code.rules]
    right = {(one.code, one.rule): one for one in measured.precisions} if measured else {}
    work = {(one.code, one.rule): one for one in watched.work.rules} if watched else {}
    measures = "judged right precision low high wrong_alone right_alone reason".split()
    counts = "units headings documents alone".split()
    return [
        {
            "codebook": codebook.coder,
            "code": _code(name[0]),
            "rule": name[1],
            "reference": measured.file if measured else None,
            **{field: _defined(getattr(right.get(name), field, None)) for field in measures},
            **{field: getattr(work.get(name), field, None) for field in counts},
            "silent": list(work[name].silent) if name in work else None,
        }
        for name in names
    ]


def as_json(
    check: "CodebookCheck", measured: "Measured | None", watched: "Watched | None"
) -> dict[str, Any]:
    """Every list whole; null for what was not asked."""
    work, changes = watched.work if watched else None, check.changes
    return {
        "codebook": check.codebook.coder,
        "examples": _plain(check.findings),
        "changes": None if changes is None else [asdict(one) for one in changes],
        "wording": _plain(check.warnings),
        "overlaps": [
            asdict(one) | {"times": watched.overlaps.get(one, 0) if watched else None}
            for one in check.overlaps
        ],
        "variants": [one._asdict() | {"times": n} for one, n in watched.variants.items()]
        if watched
        else None,
        "near_words": _plain(measured.near_words) if measured else None,
        "documents": watched.documents if watched else None,
        "units": watched.units if watched else None,
        "left_out": list(watched.left_out) if watched else None,
        "together": _plain(work.together) if work else None,
        "across": _plain(work.across) if work else None,
    }


def _plain(records: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {key: _defined(value) for key, value in asdict(one).items()} | {"code": _code(one.code)}
        for one in records
    ]


def _defined(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if math.isnan(value) else round(value, 6)


def _precision(measured: "Measured") -> Iterator[str]:
    judged = [one for one in measured.precisions if one.judged]
    poor = sorted(
        (one for one in judged if one.precision < POOR),
        key=lambda one: (one.right - one.judged, one.precision),
    )
    rules = len(measured.precisions)
    yield "\n" + said(
        zh=f"{measured.file} 的 {measured.rows:,} 行上，{rules} 条规则中检验了 {len(judged)} 条：",
        en=f"on the {measured.rows:,} rows of {measured.file}, which judge {len(judged)} of"
        f" {rules} rules:",
    )
    yield "\n" + said(
        zh=f"{len(poor)} 条规则的查准率低于 {_number(POOR)}",
        en=f"{_many(len(poor), 'rule')} of a precision below {_number(POOR)}",
    )
    if poor:
        yield from _table(
            said(
                zh="对,共,查准率,区间,规则,去掉它", en="right,of,precision,interval,rule,without it"
            ).split(","),
            [
                [
                    str(one.right),
                    str(one.judged),
                    _number(one.precision),
                    f"[{_number(one.low)}, {_number(one.high)}]",
                    _rule(one.code, one.rule),
                    said(
                        zh=f"少错 {one.wrong_alone} 处、少对 {one.right_alone} 处",
                        en=f"{one.wrong_alone} wrong, {one.right_alone} right fewer",
                    ),
                ]
                for one in poor
            ],
        )


def _near_words(measured: "Measured") -> Iterator[str]:
    sure = [one for one in measured.near_words if one.p < SURE]
    if sure:
        yield "\n" + said(
            zh="在误编句中比在正确句中更常出现的词",
            en="words that occur more often in a code's false alarms than in its right sentences",
        )
        yield from _table(
            said(zh="误编,正确,p,词,编码", en="wrong,right,p,word,code").split(","),
            [
                [
                    _part(one.wrong, one.all_wrong),
                    _part(one.right, one.all_right),
                    f"{one.p:.3f}",
                    one.word,
                    _code(one.code),
                ]
                for one in sure
            ],
        )


def _never(rules: "Sequence[RuleAtWork]") -> Iterator[str]:
    idle = [one for one in rules if not one.units + one.headings]
    yield "\n" + (
        said(zh=f"{len(idle)} 条规则从未触发", en=f"{_many(len(idle), 'rule')} never fired")
        if idle
        else said(zh="每条规则都触发过", en="every rule fired")
    )
    yield from _some(_rule(one.code, one.rule) for one in idle)
    silent = sum(len(one.silent) for one in rules if one.units + one.headings)
    if silent:
        yield said(
            zh=f"其余规则中 {silent:,} 个词从未起作用（--log 列出）",
            en=f"and of the other rules {_many(silent, 'word')} never counted (--log names them)",
        )


def _together(work: "RuleDiagnostics") -> Iterator[str]:
    if work.together:
        yield "\n" + said(zh="只同时触发的规则", en="rules that fire only together")
        yield from _some(
            said(
                zh=f"{_code(one.code)}：{one.rule} 与 {one.other} 总在一起（{one.units:,} 个单元）",
                en=f"{_code(one.code)}: {one.rule} and {one.other} always ({one.units:,} units)",
            )
            if one.mutual
            else said(
                zh=f"{_code(one.code)}：有 {one.rule} 必有 {one.other}"
                f"（后者 {one.other_units:,} 个单元中的 {one.units:,} 个）",
                en=f"{_code(one.code)}: {one.rule} never without {one.other}"
                f" ({one.units:,} of its {one.other_units:,} units)",
            )
            for one in work.together
        )


def _across(work: "RuleDiagnostics") -> Iterator[str]:
    if work.across:
        yield "\n" + said(
            zh="在两个词相接处误合成的词；可用 not_in 排除",
            en="words found where two other words meet; not_in keeps such places out",
        )
        yield from _table(
            said(zh="次数,共,词,最常见于,规则", en="times,of,word,most often in,rule").split(","),
            [
                [
                    f"{one.across:,}",
                    f"{one.hits:,}",
                    one.word,
                    f"{one.inside} ({one.times})",
                    _rule(one.code, one.rule),
                ]
                for one in work.across
            ],
        )


def _code(path: str) -> str:
    return path or "scope"


def _rule(code: str, rule: str) -> str:
    return f"{_code(code)}: {rule}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _part(some: int, every: int) -> str:
    return said(zh=f"{every} 之 {some}", en=f"{some} of {every}")


def _number(number: float) -> str:
    return f"{number:.2f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of one width on the screen, those of numbers to the right."""
    shown = [head, *rows[:MOST]]
    wide = [max(map(_width, column)) for column in zip(*shown, strict=True)]
    numeric = [cell[0].isdecimal() and cell[-1].isdecimal() for cell in rows[0]]
    for line in shown:
        cells = []
        for cell, size, right in zip(line, wide, numeric, strict=True):
            pad = " " * (size - _width(cell))
            cells.append(pad + cell if right else cell + pad)
        yield "  ".join(cells).rstrip()
    yield from _more(len(rows))


def _some(lines: Iterable[str], most: int = MOST) -> Iterator[str]:
    every = list(lines)
    yield from every[:most]
    yield from _more(len(every), most)


def _more(every: int, most: int = MOST) -> Iterator[str]:
    if every > most:
        yield said(zh=f"另有 {every - most} 条", en=f"and {every - most} more")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
