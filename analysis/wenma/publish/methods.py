"""The paragraph on methods, filled from what was done: ready to paste into 研究设计."""

import re
from collections.abc import Mapping

from wenma.publish.labels import Language
from wenma.publish.reported import Reported
from wenma.records import Bilingual, by_rules
from wenma.sources.cleaning import squeeze

_UNITS = {
    "sentence": Bilingual("句子", "the sentence"),
    "clause": Bilingual("分句", "the clause"),
    "paragraph": Bilingual("段落", "the paragraph"),
    "section": Bilingual("章节", "the section"),
}

_SENTENCE = re.compile(r"[^。！？]*?(?:[。！？]+|[.!?](?=\s|$)|$)\s*")
"""A sentence of Chinese or of English, with its stop."""
_HAN = re.compile(r"[\u4e00-\u9fff]")

_FIGURES = str.maketrans("一二三四五六七八九", "123456789")
"""十四五 goes before 十五五."""


def facts(study: Reported, *, language: Language) -> list[tuple[str, str]]:
    """What was studied, in numbers: name, number.

    Documents, cities, plans' periods, Han characters, units, codings, codes.
    """
    documents, zh = study.documents, language == "zh"
    cities, periods = _named(study, "city"), _named(study, "period")
    told = [
        (("文件", "Documents")[not zh], _count(len(documents))),
        (("城市", "Cities")[not zh], _count(len(cities)) if cities else ""),
        (("规划期", "Periods")[not zh], ("、" if zh else ", ").join(periods)),
        (("计数汉字", "Han characters counted")[not zh], _count(documents["countable"].sum())),
        (("编码单元", "Units")[not zh], _count(documents["units"].sum())),
        (("编码参考点", "Codings")[not zh], _count(_codings(study)[0])),
        (("编码", "Codes")[not zh], _count(len(study.codes))),
    ]
    return [(name, number) for name, number in told if number]


def methods(
    study: Reported,
    *,
    unit_size: str,
    versions: Mapping[str, str],
    date: str,
    language: Language,
) -> list[str]:
    """Corpus, unit, codebook, rules, coder, headings, software and date, in paragraphs."""
    return (_chinese if language == "zh" else _english)(study, unit_size, versions, date)


def _chinese(study: Reported, unit_size: str, versions: Mapping[str, str], date: str) -> list[str]:
    book, documents = study.codebook, study.documents
    cities, periods = _named(study, "city"), _named(study, "period")
    own, headings = _codings(study)
    whence = [f"涉及 {_count(len(cities))} 个{_places(study).zh}"] * bool(cities)
    whence += [f"规划期为{'、'.join(periods)}{_without_period(study).zh}"] * bool(periods)
    dimensions = "、".join(f"{name}（{count} 个编码）" for name, count in _dimensions(study, "zh"))
    ruled = by_rules(study.coder)
    return [
        f"语料。本研究以 {_count(len(documents))} 份政策文件为语料"
        f"{'（' + '，'.join(whence) + '）' if whence else ''}，"
        f"共 {_count(documents['han'].sum())} 个汉字，其中正文与表格计数汉字"
        f" {_count(documents['countable'].sum())} 个；目录、页码与页眉页脚不计。"
        + f"项目中另有 {study.uncoded} 份文件尚未编码，未计入。"
        * bool(study.uncoded),
        f"编码单元。以{_UNITS[unit_size].zh}为编码单元，共 {_count(documents['units'].sum())} 个；"
        "同一单元可有多个编码，标题不计入统计。",
        f"编码本。采用编码本《{book.zh}》{book.version} 版（标识 {book.id}，SHA-256 前 12 位"
        f" {book.fingerprint[:12]}），含{dimensions}，共 {_count(_rules(study))} 条规则。"
        + f"编码范围：{_scope(study, 'zh')}"
        * bool(book.scope_definition),
        (
            f"编码。由规则自动编码（编码者 {study.coder}），规则按字符匹配，每处编码保留原文的"
            "起止位置、触发的规则与词语；"
            if ruled
            else f"编码。由 {study.coder} 编码；"
        )
        + f"共得编码参考点 {_count(own)} 处（标题中另有 {_count(headings)} 处，不计）。",
        f"软件。wenma 文码 {versions['wenma']}，{_software(versions)}。统计于 {date} 完成。",
    ]


def _english(study: Reported, unit_size: str, versions: Mapping[str, str], date: str) -> list[str]:
    book, documents = study.codebook, study.documents
    cities, periods = _named(study, "city"), _named(study, "period")
    own, headings = _codings(study)
    whence = [f"{_count(len(cities))} {_places(study).en}"] * bool(cities)
    whence += [f"periods: {', '.join(periods)}{_without_period(study).en}"] * bool(periods)
    dimensions = ", ".join(
        f"{name} ({count} code{'s' * (count != 1)})" for name, count in _dimensions(study, "en")
    )
    ruled = by_rules(study.coder)
    return [
        f"Corpus. {_count(len(documents))} policy documents"
        f"{' (' + '; '.join(whence) + ')' if whence else ''} with "
        f"{_count(documents['han'].sum())} Han characters, of which "
        f"{_count(documents['countable'].sum())} in body text and tables are counted; tables of "
        "contents, page numbers and running heads are not."
        + f" {study.uncoded} documents not yet coded are left out."
        * bool(study.uncoded),
        f"Unit. The unit of coding is {_UNITS[unit_size].en}: "
        f"{_count(documents['units'].sum())} units. A unit may carry several codes; headings are "
        "not counted.",
        f"Codebook. {book.en or book.zh}, version {book.version} (id {book.id}, SHA-256 "
        f"{book.fingerprint[:12]}…): {dimensions}; {_count(_rules(study))} rules."
        + f" Scope: {_scope(study, 'en')}"
        * bool(book.scope_definition),
        (
            f"Coding. Rules coded the texts (coder {study.coder}); they match characters, and each "
            "coding keeps its span, the rule and the words that made it. "
            if ruled
            else f"Coding. {study.coder} coded the texts. "
        )
        + f"{_count(own)} codings resulted ({_count(headings)} more in headings, not counted).",
        f"Software. wenma {versions['wenma']}, {_software(versions)}. Counted on {date}.",
    ]


def _places(study: Reported) -> Bilingual:
    """What the column city holds: cities, or provinces and the state too."""
    levels = set(study.documents["level"]) if "level" in study.documents else set()
    if levels & {"国家", "省"}:
        return Bilingual("地区（城市、省与国家）", "places (cities, provinces and the state)")
    return Bilingual("城市", "cities")


def _without_period(study: Reported) -> Bilingual:
    period = study.documents["period"]
    none = sum(not (isinstance(one, str) and one) for one in period)
    if not none:
        return Bilingual("", "")
    return Bilingual(f"，另有 {_count(none)} 份未注明", f"; {_count(none)} documents state none")


def _named(study: Reported, column: str) -> list[str]:
    names = study.documents[column]
    found = {name for name in names if isinstance(name, str) and name}
    return sorted(found, key=lambda name: name.translate(_FIGURES))


def _codings(study: Reported) -> tuple[int, int]:
    """Codings in the text, and in headings."""
    headings = int((study.codings["kind"] == "heading").sum())
    return len(study.codings) - headings, headings


def _dimensions(study: Reported, language: Language) -> list[tuple[str, int]]:
    codes = study.codebook.codes
    return [
        (getattr(top, language) or top.path, sum(c.dimension == top.path for c in codes) - 1)
        for top in codes
        if top.depth == 1
    ]


def _rules(study: Reported) -> int:
    return sum(len(code.rules) for code in study.codebook.codes)


def _software(versions: Mapping[str, str]) -> str:
    names = [name for name in versions if name != "wenma"]
    return ", ".join(f"{'Python' if n == 'python' else n} {versions[n]}" for n in names)


def _count(number: float) -> str:
    return f"{int(number):,}"


def _scope(study: Reported, language: Language) -> str:
    """What the codebook says of its scope in one language: its definition may hold both."""
    definition = squeeze(" ".join(study.codebook.scope_definition.split()))
    own = "".join(
        sentence
        for sentence in _SENTENCE.findall(definition)
        if bool(_HAN.search(sentence)) == (language == "zh")
    ).strip()
    if own:
        return _ended(own, "。" if language == "zh" else ".")
    return "见编码本（英文）。" if language == "zh" else "as the codebook defines it, in Chinese."


def _ended(sentence: str, stop: str) -> str:
    text = squeeze(" ".join(sentence.split()))
    return text if text.endswith(("。", ".")) else text + stop
