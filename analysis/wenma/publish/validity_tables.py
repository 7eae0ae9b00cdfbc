"""Rules against a reference as a report prints it: per code, per city, and what misled them."""

from collections.abc import Iterator, Mapping, Sequence

from wenma.publish.labels import NAMELESS, Language
from wenma.publish.printed_table import Cell, PrintedTable, panel_of
from wenma.records import Bilingual
from wenma.reliability.validation import Provenance, Validated
from wenma.reliability.validity import Comparison, Measure, Validity

MOST_TRAPS = 60
"""Misleading words a report lists, the most often wrong of each code first."""

_CODES = Bilingual(
    "编码|参照|规则|查准率|查全率|F1|MCC|α|参照两遍 α",
    "Code|Reference|Rules|Precision|Recall|F1|MCC|α|α of two passes",
)
_CITIES = Bilingual(
    "城市|编码|参照|规则|查准率|查全率|F1|MCC|α",
    "City|Code|Reference|Rules|Precision|Recall|F1|MCC|α",
)
_ERRORS = Bilingual(
    "编码|差异|参照行|文件|触发词语|句子",
    "Code|Difference|Row|Document|Words|Sentence",
)
MOST_ERRORS = 100
"""Sentences a report lists on which rules and reference differ."""
_TRAPS = Bilingual(
    "编码|词语|规则|触发句数|误报句数|仅由其误报",
    "Code|Words|Rule|Rows fired on|False alarms|By these words alone",
)


def validity_tables(
    found: Validated, *, coder: str, names: Mapping[str, str], language: Language
) -> Iterator[PrintedTable]:
    """The tables of a comparison: each code, each city, the words that misled the rules."""
    basis = provenance_line(found.provenance, coder=coder, language=language)

    def printed(
        title: Bilingual, content: tuple[Bilingual, Sequence[Sequence[Cell]]], said: Sequence[str]
    ) -> PrintedTable:
        head, rows = content
        panel = panel_of(head.in_language(language).split("|"), rows)
        return PrintedTable(title, (panel,), language, notes=tuple(said), basis=basis)

    whole = found.whole
    names = {**names, "scope": Bilingual("编码范围", "Scope").in_language(language)}
    rows = [_line(one, names, between=True) for one in _measured(whole)]
    yield printed(
        Bilingual("规则与参照编码：各编码", "Rules against the reference, by code"),
        (_CODES, rows),
        _notes(whole, names, language),
    )
    if any(name for name, _ in found.cities):
        lines = [
            (Cell(name or NAMELESS.in_language(language), role="head"), *_line(one, names))
            for name, own in found.cities
            for one in _measured(own)
        ]
        yield printed(
            Bilingual("规则与参照编码：各城市", "Rules against the reference, by city"),
            (_CITIES, lines),
            [_sizes(found, language), *_notes(whole, names, language)[:1]],
        )
    if whole.errors:
        yield printed(
            Bilingual("漏编与误编的句子", "Sentences missed and false alarms"),
            (_ERRORS, _errors(whole, names, language)),
            [_cut(MOST_ERRORS, len(whole.errors), language)] * (len(whole.errors) > MOST_ERRORS),
        )
    traps = sorted(whole.traps, key=lambda one: -one.wrong)
    if traps:
        cut = Bilingual(
            f"只列误报最多的 {MOST_TRAPS} 个（共 {len(traps)} 个）。",
            f"The {MOST_TRAPS} most often wrong of {len(traps)}.",
        ).in_language(language)
        lines = [
            (
                _code(one.code, names),
                Cell(one.words),
                Cell(one.rule),
                *map(_count, (one.hits, one.wrong, one.alone)),
            )
            for one in traps[:MOST_TRAPS]
        ]
        yield printed(
            Bilingual(
                "陷阱词：使规则误报的词语", "Traps: words on which the rules gave false alarms"
            ),
            (_TRAPS, lines),
            [cut] * (len(traps) > MOST_TRAPS),
        )


def _errors(
    whole: Comparison, names: Mapping[str, str], language: Language
) -> list[tuple[Cell, ...]]:
    """A line for each sentence on which rules and reference differ, evenly over the codes."""
    seen: dict[str, int] = {}
    ordered = []
    for error in whole.errors:
        ordered.append((seen.get(error.code, 0), error))
        seen[error.code] = seen.get(error.code, 0) + 1
    shown = sorted(ordered, key=lambda one: one[0])[:MOST_ERRORS]
    place = {one.code: at for at, one in enumerate(whole.codes)}
    missed, false = (
        Bilingual("漏编", "missed").in_language(language),
        Bilingual("误编", "false alarm").in_language(language),
    )
    return [
        (
            _code(one.code, names),
            Cell(missed if one.missed else false),
            Cell(one.row.id),
            Cell(one.row.document),
            Cell(one.evidence),
            Cell(one.row.text),
        )
        for _, one in sorted(shown, key=lambda one: (place.get(one[1].code, -1), one[0]))
    ]


def _cut(shown: int, every: int, language: Language) -> str:
    return Bilingual(
        f"共 {every} 句，各编码轮流列出至多 {shown} 句；全部见 wenma validate --errors。",
        f"{shown} of {every}, the codes in turn; all: wenma validate --errors.",
    ).in_language(language)


def provenance_line(one: Provenance, *, coder: str, language: Language) -> str:
    """Which reference it was, and how it was made as far as its file tells."""
    if language == "zh":
        twice = (
            f"；{one.twice} 句经两遍编码，其中 {one.settled} 句两遍不一致后裁定"
            if one.twice
            else "；文件未保留各遍编码"
        )
        return (
            f"参照：{one.file}（SHA-256 前 12 位 {one.sha256[:12]}），{one.rows} 句，"
            f"来自 {one.documents} 份文件{twice}；编码者 {coder}"
        )
    twice = (
        f"; {one.twice} coded in two passes, {one.settled} of these settled where they differed"
        if one.twice
        else "; the file keeps no passes"
    )
    return (
        f"Reference: {one.file} (SHA-256 {one.sha256[:12]}…), {one.rows} sentences of "
        f"{one.documents} documents{twice}; coder {coder}"
    )


def _measured(one: Comparison) -> list[Validity]:
    return [*one.codes, *([one.scope] if one.scope else [])]


def _line(one: Validity, names: Mapping[str, str], *, between: bool = False) -> tuple[Cell, ...]:
    numbers = (one.precision, one.recall, one.f1, one.mcc, one.alpha)
    cells = [
        _code(one.code, names),
        _count(one.support),
        _count(one.found),
        *(Cell(_measure(number), number=True) for number in numbers),
    ]
    if between:
        cells.append(Cell(_number(one.between), number=True))
    return tuple(cells)


def _notes(one: Comparison, names: Mapping[str, str], language: Language) -> list[str]:
    mean = _number(one.macro_f1())
    left = "、".join(names.get(code, code) for code in one.unjudged)
    said = [
        Bilingual(
            "括号内为 95 % 置信区间：查准率、查全率为 Wilson 区间；"
            "F1、MCC、α 逐一去除一份文件求得（刀切法，t 分布）。无括号为太少，无法判断"
            "（带该编码的句子不足 10 个、只有一份文件或毫无差异）；— 为无定义。",
            "In brackets 95 % intervals: of precision and recall Wilson's; of F1, MCC and α by "
            "leaving out each document in turn (jackknife, Student's t). Without brackets: too few "
            "to say (fewer than 10 rows with the code, one document, or nothing varies). — is "
            "undefined: "
            "rules or reference never gave the code.",
        ),
        Bilingual(
            f"{len(one.codes)} 个编码的宏平均 F1：{mean}。α 为 Krippendorff α，规则与参照为两名"
            "编码者；MCC 为 Matthews 相关系数。",
            f"Macro-F1 of {len(one.codes)} codes: {mean}. α is Krippendorff's, rules and reference "
            "as two coders; MCC is Matthews's correlation.",
        ),
    ]
    if left:
        said.append(
            Bilingual(
                f"参照中未出现、故未评定的编码：{left}。",
                f"Not in the reference, so not judged: {left.replace('、', ', ')}.",
            )
        )
    return [words.in_language(language) for words in said]


def _sizes(found: Validated, language: Language) -> str:
    nameless = NAMELESS.in_language(language)
    parts = [f"{name or nameless} {own.rows}" for name, own in found.cities]
    if language == "zh":
        return f"各城市句数：{'、'.join(parts)}。"
    return f"Rows of each city: {', '.join(parts)}."


def _code(path: str, names: Mapping[str, str]) -> Cell:
    return Cell(names.get(path, path), small=path, role="head")


def _count(number: int) -> Cell:
    return Cell(f"{number:,}", number=True, value=number)


def _measure(one: Measure) -> str:
    interval = f" [{_number(one.low)}, {_number(one.high)}]" if one.low == one.low else ""
    return _number(one.value) + interval


def _number(number: float) -> str:
    return "—" if number != number else f"{number:.2f}"
