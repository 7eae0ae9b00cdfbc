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
    reference: bool = False,
) -> list[str]:
    """Corpus, unit, codebook, coder, design, tests, correction, software, in paragraphs.

    With a `reference`, the rules were held against a reference coding.
    """
    told = (_chinese if language == "zh" else _english)(study, unit_size, versions, date)
    inference = [one.in_language(language) for one in (*_TESTS, _correction(study, reference))]
    return [*told[:-1], _design(study).in_language(language), *inference, told[-1]]


def _design(study: Reported) -> Bilingual:
    """What a figure of this study can be said of: the documents were chosen, not drawn."""
    cities = study.documents[study.documents["city"] != ""].groupby("city")["document"].nunique()
    single = int((cities == 1).sum())
    places = _places(study)
    zh = f"其中 {_count(single)} 个{places.zh}只有一份文件，无从推断其他文件，不作检验。"
    en = (
        f" {_count(single)} of the {places.en} have one document, from which nothing can be "
        "told of others: they are not tested."
    )
    return Bilingual(
        "样本。文件由研究者选定，并非随机抽取；计数与占比是对这些文件的全数统计。"
        "凡检验与区间，均问“若换作同类的其他文件会怎样”，以整份文件而非句子为抽样单位，"
        "因为同一文件的句子彼此相似。" + zh * bool(single),
        "Design. The documents were chosen and not drawn at random; counts and shares are of all "
        "of them. Every test and interval asks what other documents of the kind would show, and "
        "takes whole documents and not sentences as the units of sampling, since sentences of one "
        "document are alike." + en * bool(single),
    )


_TESTS = (
    Bilingual(
        "检验。城市间的关注度与规划期的变化以置换检验：整份文件重新分派到各组，"
        "共 1,999 次随机分派（文件不多于 8 份时穷尽所有分派），双侧；"
        "各格的 p 按 Benjamini–Hochberg（1995）校正为 q，* q < .05，** q < .01，*** q < .001，"
        "期望频数不足 5 的格子不标星号（Cochran 1954）；"
        "效应量为经偏差校正的 Cramér's V（Bergsma 2013）与调整残差（Haberman 1973）。"
        "编码共现只在两码均可出现的单元中计数，列出依据同一字词的共现；"
        "效应量为比值比，其 95% 区间以整份文件为单位作刀切法，"
        "t 分布自由度按 Johnson & Rust（1992），"
        "任一格不足 5 个单元或兼有两码的文件不足 5 份时不给区间。"
        "其余各表所用检验见其表注。百分比按最大余数法取舍。",
        "Tests. Attention of cities and change between periods are tested by permutation: whole "
        "documents are dealt to the groups anew, 1,999 times at random (in every way there is, up "
        "to 8 documents), two-sided; p of the cells is adjusted to q (Benjamini & Hochberg 1995), "
        "* q < .05, ** q < .01, *** q < .001, with no star where fewer than 5 are expected "
        "(Cochran 1954); effect sizes are Cramér's V corrected for bias (Bergsma 2013) and "
        "adjusted residuals (Haberman 1973). Co-occurrence is counted in the units in which both "
        "codes can stand, with the meetings that rest on the same characters told apart; its "
        "effect size is the odds ratio, with a 95 % interval by jackknife of whole documents "
        "(Student's t, degrees of freedom of Johnson & Rust 1992) and none where a cell has fewer "
        "than 5 units or fewer than 5 documents hold both. Other tests are named under their "
        "tables. Percentages are rounded by largest remainders.",
    ),
)


def _correction(study: Reported, reference: bool) -> Bilingual:
    """Whether the numbers were corrected for the coder's errors: here they are not."""
    ruled = by_rules(study.coder)
    zh, en = ("规则", "the rules") if ruled else ("编码者", "the coder")
    judged = Bilingual(
        "其误差以参照编码衡量，见编码效度一节。" if reference
        else "本报告未附参照编码，误差大小未知。",
        "How often they err is judged by a reference coding, under Validity." if reference
        else "No reference coding comes with this report, so how often they err is not known here.",
    )  # fmt: skip
    if (sample := study.data.load_judged()) is not None:
        return Bilingual(
            f"校正。任务“{sample.task}”按已知概率抽取单元，已由人判定 {len(sample.document)} 个，"
            "判定时看不到机器的编码。以此按事后分层校正各编码的频次与组间差异，与未校正的数值并列；"
            "区间为 Clopper–Pearson（有效样本量，Korn & Graubard 1998），合成时平方相加"
            f"（Zou & Donner 2008）。其余各表为{zh}所编的计数，未经校正。{judged.zh}",
            f"Correction. Units of the task {sample.task!r} were drawn with known chances, and "
            f"people judged {len(sample.document)} of them without seeing the machine's codes. "
            "Frequencies of codes and differences of groups are corrected from them by "
            "post-stratification and stand beside the uncorrected; intervals are Clopper and "
            "Pearson's on the effective size (Korn & Graubard 1998), squared and added (Zou & "
            "Donner 2008). The other tables "
            f"count what {en} coded and are not corrected. {judged.en}",
        )
    return Bilingual(
        f"校正。各表为{zh}所编的计数，未按人工复核样本校正编码误差。{judged.zh}",
        f"Correction. Tables count what {en} coded and are not corrected for errors of coding by a "
        f"sample coded by hand. {judged.en}",
    )


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
