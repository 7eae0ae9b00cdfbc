"""A report becomes one HTML file that opens offline and asks the network for nothing.

Whatever came from a document, a manifest or a codebook is escaped, here and
in `html_table`; charts pass through `inline_svg`. Should a mark slip through all
the same, the page's own policy lets no script run and no address be fetched.
"""

import re
from collections.abc import Iterator, Mapping

from wenma.publish.html_table import called, html_caption, text, to_html
from wenma.publish.inline_svg import inline_svg
from wenma.publish.labels import Language
from wenma.publish.passages import Passages, Quote
from wenma.publish.printed_table import PrintedTable
from wenma.publish.report import Report, ReportFigure, ReportSection
from wenma.publish.report_style import STYLE
from wenma.records import Bilingual

LONGEST = 400
"""Characters of a quoted passage; a longer one is cut and says so."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LINK = re.compile(r'href="#([ew]+\d+)"')
_TABLE, _FIGURE = Bilingual("表", "Table"), Bilingual("图", "Figure")
_LANG = {"zh": "zh-CN", "en": "en"}
_WORDS: dict[str, Bilingual] = {
    "contents": Bilingual("目录", "Contents"),
    "skip": Bilingual("跳到正文", "Skip to the content"),
    "methods": Bilingual("研究设计（可直接粘贴）", "Methods (ready to paste)"),
    "behind": Bilingual("数字背后的原文", "The passages behind the numbers"),
    "rules": Bilingual("依据", "evidence"),
    "missing": Bilingual("暂缺", "not here"),
}


def report_html(report: Report) -> str:
    """The whole page."""
    language = report.language
    above = [
        f'<a class="skip" href="#main">{_word("skip", language)}</a>',
        "<header>",
        f"<h1>{text(report.title)}</h1>",
        f'<p class="subtitle">{text(report.subtitle)}</p>',
        _facts(report),
        "</header>",
        _contents(report),
        '<main id="main">',
        f'<section id="methods"><h2>{_word("methods", language)}</h2>',
        *(f"<p>{text(paragraph)}</p>" for paragraph in report.methods),
        "</section>",
        *(_section(one, at, report) for at, one in enumerate(report.sections)),
    ]
    # A chart asks for more doors than it draws: only those that are on the page are opened.
    used = {anchor for part in above for anchor in _LINK.findall(part)}
    body = "\n".join([*above, _behind(report, used), "</main>"])
    return (
        f'<!DOCTYPE html>\n<html lang="{_LANG[language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _word(key: str, language: Language) -> str:
    return text(_WORDS[key].in_language(language))


def _facts(report: Report) -> str:
    pairs = (
        f"<div><dt>{text(name)}</dt><dd>{text(number)}</dd></div>" for name, number in report.facts
    )
    return f'<dl class="facts">{"".join(pairs)}</dl>'


def _contents(report: Report) -> str:
    language = report.language
    lines = [f'<li><a href="#methods">{_word("methods", language)}</a></li>']
    for at, one in enumerate(report.sections):
        name = text(one.title.in_language(language))
        link = f'<a href="#s{at}">{one.id} {name}</a>'
        if one.items:
            lines.append(f"<li>{link} {_numbers(one, language)}</li>")
        else:
            lines.append(f'<li class="empty">{link} · {_word("missing", language)}</li>')
    lines.append(f'<li><a href="#behind">{_word("behind", language)}</a></li>')
    heading = _word("contents", language)
    items = "".join(lines)
    return f'<nav aria-label="{heading}"><h2>{heading}</h2><ul class="contents">{items}</ul></nav>'


def _numbers(section: ReportSection, language: Language) -> str:
    """表 1、图 1: what of it is where."""
    gap = "、" if language == "zh" else ", "
    links = gap.join(
        f'<a href="#{_id(one)}">{_called(one).in_language(language)}</a>' for one in section.items
    )
    return f'<span class="small">{links}</span>'


def _id(one: PrintedTable | ReportFigure) -> str:
    return f"{'t' if isinstance(one, PrintedTable) else 'f'}{one.number}"


def _called(one: PrintedTable | ReportFigure) -> Bilingual:
    return called(_TABLE if isinstance(one, PrintedTable) else _FIGURE, one.number)


def _section(section: ReportSection, at: int, report: Report) -> str:
    language = report.language
    second = "en" if language == "zh" else "zh"
    parts = [
        f'<section id="s{at}" aria-labelledby="h{at}"><h2 id="h{at}">{section.id} '
        f'{text(section.title.in_language(language))} <span class="en small" '
        f'lang="{_LANG[second]}">{text(section.title.in_language(second))}</span></h2>'
    ]
    for one in section.items:
        parts += [to_html(one)] if isinstance(one, PrintedTable) else _figure(one, language)
    parts += [f'<p class="reason">{text(reason)}</p>' for reason in section.reasons]
    return "\n".join([*parts, "</section>"])


def _figure(figure: ReportFigure, language: Language) -> Iterator[str]:
    label = " ".join(one.in_language(language) for one in (_called(figure), figure.title))
    svg = inline_svg(figure.chart, prefix=f"f{figure.number}", label=label)
    box = f'<div class="scroll" tabindex="0" role="region" aria-label="{text(label)}">'
    caption = html_caption(figure.title, _called(figure))
    yield f'<figure id="f{figure.number}">{box}{svg}</div>'
    yield f"<figcaption>{caption}</figcaption></figure>"


def _behind(report: Report, used: set[str]) -> str:
    language = report.language
    told = (
        "每个数字列出其所计原文，多于上限的在全部之中均匀抽取；括号内为清洗后文本的字符位置。"
        if language == "zh"
        else "Of each number the passages it counts; where they are more than are quoted, evenly "
        "spread over all. In brackets the place in the cleaned text, in characters."
    )
    heading = _word("behind", language)
    return "\n".join(
        [
            f'<section id="behind"><h2>{heading}</h2>',
            f'<p class="small">{text(told)}</p>',
            *(_passages(one, report) for one in report.passages if one.anchor in used),
            "</section>",
        ]
    )


def _passages(passages: Passages, report: Report) -> str:
    shown, count = len(passages.quotes), passages.count
    if report.language == "zh":
        said = f"{count:,} 处" + f"，列 {shown} 处" * (shown < count)
    else:
        said = f"{count:,} passages" + f", {shown} quoted" * (shown < count)
    quotes = "".join(_quote(one, report) for one in passages.quotes)
    return (
        f'<section class="door" id="{passages.anchor}"><h3>{text(_door(passages.door, report))} '
        f'<span class="small">{text(said)}</span></h3><ol class="passages">{quotes}</ol></section>'
    )


def _door(door: Mapping[str, object], report: Report) -> str:
    """What a number counts, in words: 抵御 × 制度 · 璇江市."""
    also = door.get("also", ())
    codes = [door["code"]] if "code" in door else []
    codes += list(also) if isinstance(also, tuple) else [also]
    named = " × ".join(report.names.get(str(code), str(code)) for code in codes)
    own = ("（自身）", " (own)")[report.language == "en"] if door.get("children") is False else ""
    where = door.get("where", {})
    told = {**door, **(where if isinstance(where, Mapping) else {})}
    others = [
        report.titles.get(str(value), str(value)) if key == "document" else str(value)
        for key, value in told.items()
        if key != "where"
        and key not in ("code", "also", "children", "headings")
        and value not in ("", None)
    ]
    return " · ".join(part for part in (named + own, *others) if part)


def _quote(quote: Quote, report: Report) -> str:
    zh = report.language == "zh"
    cut = quote.text[:LONGEST]
    more = len(quote.text) - len(cut)
    if more:
        cut += f"……（另 {more:,} 字）" if zh else f" … ({more:,} characters more)"
    place = [report.titles.get(quote.document) or quote.document, quote.section]
    if quote.page:
        place.append(f"第 {quote.page} 页" if zh else f"p. {quote.page}")
    if quote.line:
        place.append(f"第 {quote.line} 行" if zh else f"line {quote.line}")
    where = " · ".join(part for part in place if part) + f" [{quote.start}–{quote.end}]"
    evidence = f"{_word('rules', report.language)}{'：' if zh else ': '}{text(quote.evidence)}"
    return (
        f'<li><q lang="zh-CN">{text(cut)}</q> <cite>{text(where)}'
        f"{' · ' + evidence if quote.evidence else ''}</cite></li>"
    )
