"""The codebook as a paper's appendix prints it: every code with all that is said of it.

The parts are those of MacQueen et al. (1998): code, definition, when to use and when not,
examples; with them the wording that is evidence, what keeps it from counting, near misses and
source, and what changed since the version before.
"""

from collections.abc import Sequence

from wenma.codebook.versions import Change, compare_versions
from wenma.publish.labels import Language
from wenma.publish.printed_table import Cell, Panel, PrintedTable, panel_of
from wenma.records import Bilingual, Code, Codebook, Rule

TITLE = Bilingual("编码手册", "Codebook")
CHANGES: dict[str, Bilingual] = {
    "added": Bilingual("新增", "added"),
    "removed": Bilingual("删除", "removed"),
    "moved": Bilingual("移动", "moved"),
    "merged": Bilingual("合并", "merged"),
    "recoded": Bilingual("须重新编码", "codings made anew"),
    "rescored": Bilingual("量表分值", "scores of a scale"),
    "reworded": Bilingual("改写", "reworded"),
    "examples": Bilingual("例句", "examples"),
    "reordered": Bilingual("顺序", "reordered"),
    "reindexed": Bilingual("指数", "index"),
}
"""The kinds of change between two versions."""

_HEADS = Bilingual(
    "编码|定义|何时用|何时不用|指示词|排除|例句|近似而不编码的例句|出处",
    "Code|Definition|When to use|When not|Indicator terms|Excluded|Examples|Near misses|Source",
)
_CHANGED = Bilingual("编码|变化|所改之处", "Code|Change|What changed")
_SCOPE = Bilingual("（编码范围）", "(scope)")
_WHOLE = Bilingual("（整个编码本）", "(the whole codebook)")
_PARTS: dict[str, Bilingual] = {
    "not_in": Bilingual("不计于", "not in"),
    "not_with": Bilingual("同句有则不计", "not beside"),
    "not_under": Bilingual("标题含则不计", "not under"),
    "not_roles": Bilingual("不计章节", "not in sections"),
    "under": Bilingual("仅标题含", "only under"),
    "roles": Bilingual("仅章节", "only in sections"),
}


def codebook_table(
    book: Codebook,
    before: Codebook | None = None,
    *,
    language: Language = "zh",
    kept: str = "",
) -> PrintedTable:
    """The codebook with all its parts, and a panel of what changed since the version `before`.

    `kept` is the day a project took it in, printed where the codebook states no date of its own.
    """
    zh = language == "zh"
    panels = [_codes(book, language)]
    if before is not None:
        panels.append(_changes(before, book, language))
    notes = [f"{'本版改动：' if zh else 'Changes of this version: '}{book.changes}"] * bool(
        book.changes
    )
    if masks := "；".join(book.masks):
        words = "以下名称之内的字词不作依据：" if zh else "What lies inside these is no evidence: "
        notes.append(words + masks)
    return PrintedTable(
        TITLE,
        tuple(panels),
        language,
        name="codebook",
        notes=tuple(notes),
        basis=_basis(book, language, kept),
    )


def _basis(book: Codebook, language: Language, kept: str) -> str:
    """Which codebook it is, by whom and of when."""
    zh = language == "zh"
    not_stated = "未注明" if zh else "not stated"
    said = [
        f"{book.id} {book.version}",
        f"{'作者' if zh else 'author'} {book.author or not_stated}",
        f"{'日期' if zh else 'date'} {book.date or not_stated}",
        *[f"{'项目收录于' if zh else 'in the project since'} {kept}"] * bool(kept),
        *[f"{'出处' if zh else 'source'} {' '.join(book.source.split())}"] * bool(book.source),
        f"SHA-256 {book.fingerprint}",
    ]
    return ("；" if zh else "; ").join(said)


def _codes(book: Codebook, language: Language) -> Panel:
    rows = []
    if book.scope:
        scope = Code("", _SCOPE.zh, _SCOPE.en, definition=book.scope_definition, rules=book.scope)
        rows.append(_row(scope, language))
    rows += [_row(code, language) for code in book.codes]
    head = _HEADS.in_language(language).split("|")
    # Columns that hold nothing are left out.
    kept = [at for at in range(len(head)) if at == 0 or any(row[at].text for row in rows)]
    return panel_of([head[at] for at in kept], [[row[at] for at in kept] for row in rows])


def _row(code: Code, language: Language) -> list[Cell]:
    name = (code.zh if language == "zh" else code.en) or code.path
    parts = (code.when, code.when_not)
    texts = [
        code.definition,
        *("；".join(some) for some in parts),
        "；".join(f"{rule.id}：{rule_wording(rule, language)}" for rule in code.rules),
        "；".join(f"{one.id}：{words}" for one in code.rules if (words := _limits(one, language))),
        "；".join(code.examples),
        "；".join(code.near_misses),
        code.source,
    ]
    depth = max(code.depth - 1, 0) if code.path else 0
    return [
        Cell(name, small=code.path, depth=depth, role="head"),
        *(Cell(" ".join(text.split())) for text in texts),
    ]


def rule_wording(rule: Rule, language: Language = "zh") -> str:
    """What a rule fires by, in words.

    >>> rule_wording(Rule("r", terms=("预警", "监测")))
    '预警、监测'
    >>> rule_wording(Rule("r", all_of=(("预警",), ("平台", "系统"))))
    '［预警］与［平台、系统］同句'
    """
    zh = language == "zh"
    if rule.terms:
        return "、".join(rule.terms)
    if rule.near:
        first, second = ("、".join(words) for words in rule.near[:2])
        far = rule.near.within
        return (
            f"［{first}］与［{second}］相距 {far} 字以内"
            if zh
            else f"[{first}] within {far} characters of [{second}]"
        )
    if rule.all_of:
        groups = [f"［{'、'.join(one)}］" for one in rule.all_of]
        return "与".join(groups) + "同句" if zh else " and ".join(groups) + " in one unit"
    if rule.pattern:
        return f"{'正则' if zh else 'pattern'} {rule.pattern}"
    if rule.tokens:
        return f"{'词式' if zh else 'tokens'} {' | '.join(rule.tokens)}"
    return "该处各单元" if zh else "every unit there"


def _limits(rule: Rule, language: Language) -> str:
    """What keeps a rule from firing, or binds it to a place."""
    told = [
        f"{name.in_language(language)} {'、'.join(words)}"
        for part, name in _PARTS.items()
        if (words := getattr(rule, part))
    ]
    zh = language == "zh"
    told += [("整词" if zh else "whole words")] * rule.words
    told += [("不计标题" if zh else "not in headings")] * (not rule.headings)
    alone = "仅当本编码他规则不触发" if zh else "only where no other rule fires"
    told += [alone] * rule.otherwise
    return "，".join(told)


def _changes(before: Codebook, book: Codebook, language: Language) -> Panel:
    changes: Sequence[Change] = compare_versions(before, book)
    names = {code.path: code for one in (before, book) for code in one.codes}
    rows = [
        (
            Cell(_named(one.code, names, language), small=one.code, role="head"),
            Cell(CHANGES[one.what].in_language(language)),
            Cell(one.detail),
        )
        for one in changes
    ]
    zh = language == "zh"
    if not rows:
        rows = [(Cell("没有变化" if zh else "no changes", role="head"), Cell(""), Cell(""))]
    since = f"与 {before.version} 版相比" if zh else f"since version {before.version}"
    return panel_of(_CHANGED.in_language(language).split("|"), rows, since)


def _named(path: str, names: dict[str, Code], language: Language) -> str:
    if not path:
        return _WHOLE.in_language(language)
    code = names.get(path)
    return ((code.zh if language == "zh" else code.en) if code else "") or path
