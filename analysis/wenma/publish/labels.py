"""Names of columns, queries and codes, in Chinese and in English."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from wenma.publish.columns import TABLE_COLUMNS
from wenma.queries.table import Table
from wenma.records import Bilingual

if TYPE_CHECKING:
    import pandas as pd

Language = Literal["zh", "en"]

QUERIES: dict[str, Bilingual] = {
    "documents": Bilingual("样本表", "Sample of documents"),
    "copies": Bilingual("相同与相近的文件", "Copies and kin"),
    "reuse": Bilingual("文本复用", "Text reuse"),
    "frequency": Bilingual("编码频次", "Code frequencies"),
    "coverage": Bilingual("编码覆盖率", "Coverage of codes"),
    "quality": Bilingual("读取质量", "Quality of reading"),
    "indicators": Bilingual("规划指标", "Indicators"),
    "attention": Bilingual("注意力分配", "Attention"),
    "cities": Bilingual("规划比较", "Plans compared"),
    "periods": Bilingual("规划期变化", "Change between periods"),
    "cooccurrence": Bilingual("编码共现", "Code co-occurrence"),
    "matrix": Bilingual("交叉矩阵", "Cross table"),
    "assessment": Bilingual("框架评估", "Assessment by the framework"),
    "stance_shift": Bilingual("立场与范式转型", "Stance and shift"),
    "shift_pairs": Bilingual("范式转型各对", "Paradigm shifts by pair"),
    "alignment": Bilingual("困境—路径对应", "Dilemmas and pathways"),
    "pmc": Bilingual("PMC 指数", "PMC index"),
    "scores": Bilingual("政策强度评分", "Policy strength scores"),
    "saturation": Bilingual("饱和度", "Saturation"),
    "robustness": Bilingual("稳健性", "Robustness"),
    "agreement": Bilingual("编码者信度", "Agreement of coders"),
    "sample_plan": Bilingual("抽样方案", "Plan of a sample"),
    "audit": Bilingual("编码审核", "Audit of the coding"),
    "estimates": Bilingual("校正后的编码频次", "Code frequencies, corrected"),
    "differences": Bilingual("校正后的组间差异", "Differences of groups, corrected"),
    "scale_agreement": Bilingual("量表信度", "Agreement on scales"),
    "overall_agreement": Bilingual("编码者总体信度", "Agreement of coders on all codes"),
    "confusion_matrix": Bilingual("编码混淆矩阵", "Confusion matrix of coders"),
    "nvivo_comparison": Bilingual("编码比较（NVivo）", "Coding comparison (NVivo)"),
    "disagreement_list": Bilingual("编码分歧清单", "Disagreements of coders"),
    "rules": Bilingual("规则触发", "Rules at work"),
    "excerpts": Bilingual("原文片段", "Excerpts"),
    "words": Bilingual("高频词", "Most frequent words"),
    "keyness": Bilingual("关键词", "Keywords"),
    "kwic": Bilingual("上下文索引", "Words in their lines"),
    "collocates": Bilingual("搭配词", "Collocates"),
}
"""Titles of the queries' tables."""

CLAIM_TITLES: dict[str, Bilingual] = {
    "claim": Bilingual("论断检验：各种计法", "A claim, way by way"),
    "claim_choices": Bilingual("论断检验：各项选择", "A claim, choice by choice"),
    "claim_hinges": Bilingual("论断有赖之处", "What the claim hangs on"),
    "claim_failing": Bilingual("论断不成立的计法", "Ways in which the claim fails"),
    "claim_holding": Bilingual("论断成立的计法", "Ways in which the claim holds"),
}
"""Titles of the tables about a claim."""

BASIS: dict[str, Bilingual] = {
    "project": Bilingual("项目", "project"),
    "codebook": Bilingual("编码本", "codebook"),
    "coder": Bilingual("编码者", "coder"),
    "coders": Bilingual("编码者", "coders"),
    "unit_size": Bilingual("分析单元", "unit"),
    "software": Bilingual("软件", "software"),
    "coded": Bilingual("编码日期", "coded on"),
    "claim": Bilingual("论断", "claim"),
    "boilerplate_code": Bilingual("通用提法的编码", "code of boilerplate"),
    "uncoded": Bilingual("尚未编码、未计入的文件", "documents not yet coded and left out"),
    "documents": Bilingual("文件", "documents"),
    "codings": Bilingual("编码参考点", "codings"),
    "headings": Bilingual("标题", "headings"),
    "by": Bilingual("分组", "by"),
    "children": Bilingual("下级编码", "codes under a code"),
    "of": Bilingual("所比编码的上级", "codes under"),
    "view": Bilingual("比较方式", "view"),
    "list": Bilingual("城市名单", "list"),
    "family": Bilingual("合为一组", "one group"),
    "no_cities": Bilingual("未计入的非城市", "left out, as no cities"),
    "order": Bilingual("顺序", "order"),
    "ranked": Bilingual("排序对象", "in order"),
    "base": Bilingual("基数文件", "base"),
    "run": Bilingual("每轮文件", "run"),
    "threshold": Bilingual("阈值", "threshold"),
    "window": Bilingual("共现窗口", "window"),
    "task": Bilingual("编码任务", "task"),
    "judged": Bilingual("人工判定单元", "units judged"),
    "population": Bilingual("总体", "population"),
    "judges": Bilingual("判定者", "judged by"),
    "in_scope": Bilingual("范围内的单元", "units in scope"),
    "anywhere": Bilingual("不限范围的编码", "codes that stand anywhere"),
    "overlapping": Bilingual("依据同一字词的共现", "meetings on the same characters"),
    "within": Bilingual("相距不超过单元数", "units off"),
    "rows": Bilingual("行", "rows"),
    "columns": Bilingual("列", "columns"),
    "code": Bilingual("编码", "code"),
    "also": Bilingual("同单元编码", "also"),
    "city": Bilingual("城市", "city"),
    "plan": Bilingual("规划", "plan"),
    "period": Bilingual("规划期", "period"),
    "document": Bilingual("文件", "document"),
    "kind": Bilingual("类型", "kind"),
    "rule": Bilingual("规则", "rule"),
    "under": Bilingual("所在标题含", "under the heading"),
    "where": Bilingual("文件范围", "documents where"),
    "without": Bilingual("不计带此编码的单元", "without units of"),
    "once": Bilingual("每文只计一次，未计入的副本", "copies left out"),
    "without_copied": Bilingual(
        "不计抄自更早文件的单元", "without units copied from earlier documents"
    ),
    "copies": Bilingual("副本", "copies"),
    "taken_from": Bilingual("对照文件", "compared with"),
    "least": Bilingual("相同段落至少汉字", "Han characters of a passage, at least"),
    "common_wording": Bilingual("通用表述", "common wording"),
    "words": Bilingual("总词数", "words"),
    "parts": Bilingual("分散度划分", "parts"),
    "lexicon": Bilingual("词典", "lexicon"),
    "stop_words": Bilingual("停用词", "stop words left out"),
    "boilerplate": Bilingual("套话", "boilerplate"),
    "against": Bilingual("对照", "against"),
    "alpha": Bilingual("先验强度", "prior of"),
    "max_dp": Bilingual("DP 上限", "DP at most"),
    "min_count": Bilingual("最低词频", "at least"),
    "pattern": Bilingual("查找", "looked for"),
    "regex": Bilingual("正则表达式", "regular expression"),
    "whole": Bilingual("整词", "whole"),
    "near": Bilingual("近旁有", "near"),
    "lines": Bilingual("处", "places"),
    "sort": Bilingual("排序", "sorted by"),
    "nth": Bilingual("第几词", "word"),
    "size": Bilingual("比较单位", "compared by"),
    "sampling": Bilingual("抽样", "sampling"),
    "drawn": Bilingual("单元入样概率", "chances of the units"),
    "resample": Bilingual("重抽样对象", "drawn"),
    "resamples": Bilingual("重抽样次数", "samples"),
    "interval": Bilingual("区间", "interval"),
}
"""What stands in a table's basis."""

FIXED_WORDS: dict[str, Bilingual] = {
    "left out": Bilingual("不计", "left out"),
    "counted": Bilingual("计入", "counted"),
    "apart": Bilingual("各自计数", "counted apart"),
    "counted with parents": Bilingual("并入上级", "counted with parents"),
    "city": Bilingual("城市", "city"),
    "plan": Bilingual("规划", "plan"),
    "period": Bilingual("规划期", "period"),
    "document": Bilingual("文件", "document"),
    "body": Bilingual("正文", "body"),
    "table": Bilingual("表格", "table"),
    "heading": Bilingual("标题", "heading"),
    "current_state": Bilingual("现状", "current state"),
    "problems": Bilingual("问题", "problems"),
    "goals": Bilingual("目标", "goals"),
    "tasks": Bilingual("任务", "tasks"),
    "safeguards": Bilingual("保障", "safeguards"),
    "front_matter": Bilingual("前件", "front matter"),
    "appendix": Bilingual("附件", "appendix"),
    "other": Bilingual("其他", "other"),
    "unit": Bilingual("编码单元", "unit"),
    "sentence": Bilingual("句", "sentence"),
    "clause": Bilingual("分句", "clause"),
    "paragraph": Bilingual("段落", "paragraph"),
    "section": Bilingual("章节", "section"),
    "binding": Bilingual("约束性", "binding"),
    "anticipated": Bilingual("预期性", "anticipated"),
    "by": Bilingual("增减", "changes by"),
    "to": Bilingual("达到", "comes to"),
    "strength": Bilingual("成效", "strength"),
    "emerging": Bilingual("初步成效", "emerging"),
    "mixed": Bilingual("兼有", "mixed"),
    "deficit": Bilingual("短板", "deficit"),
    "promise": Bilingual("承诺", "promise"),
    "not stated": Bilingual("未述", "not stated"),
    "group": Bilingual("组", "group"),
    "code": Bilingual("编码", "code"),
    "pairs": Bilingual("两两比较", "pairs"),
    "profile": Bilingual("各组概貌", "profile"),
    "tree": Bilingual("聚类", "tree"),
    "map": Bilingual("对应分析", "correspondence analysis"),
    "scales": Bilingual("量表", "scales"),
    "points": Bilingual("各等级", "points"),
    "products": Bilingual("乘积", "products"),
    "components": Bilingual("主成分", "principal components"),
    "city and period": Bilingual("同一城市、同一规划期", "city and period"),
    "corpus": Bilingual("语料顺序", "of the corpus"),
    "size": Bilingual("由长到短", "longest first"),
    "lowest level": Bilingual("最低一级", "lowest level"),
    "headings in": Bilingual("计入标题", "headings in"),
    "headings out": Bilingual("不计标题", "headings out"),
    "boilerplate out": Bilingual("去除通用提法", "boilerplate out"),
    "clauses": Bilingual("按分句数", "clauses"),
    "sentences": Bilingual("按句数", "sentences"),
    "paragraphs": Bilingual("按段落数", "paragraphs"),
    "sections": Bilingual("按章节数", "sections"),
    "documents": Bilingual("按文件数", "documents"),
    "raw counts": Bilingual("参考点数，不除以字数", "raw counts"),
    "share": Bilingual("占维度参考点 %", "share of dimension"),
    "codes": Bilingual("编码", "codes"),
    "groups": Bilingual("各组", "groups"),
    "cells": Bilingual("各格", "cells"),
    "mean rate": Bilingual("各文件每千字频次之均值", "mean of documents' rates"),
    "one document out": Bilingual("去除一份文件", "one document out"),
    "one rule out": Bilingual("去除一条规则", "one rule out"),
    "one term out": Bilingual("去除一个词语", "one term out"),
    "answered": Bilingual("有应对", "answered"),
    "problem without pathway": Bilingual("有困境无路径", "problem without pathway"),
    "pathway without problem": Bilingual("有路径无困境", "pathway without problem"),
    "neither": Bilingual("均未述", "neither"),
    "tenth": Bilingual("十等分", "tenths"),
    "all others": Bilingual("其余各组", "all others"),
    "one word": Bilingual("是", "one word"),
    "place": Bilingual("原文顺序", "place"),
    "left": Bilingual("左侧词", "words to the left"),
    "right": Bilingual("右侧词", "words to the right"),
    "character": Bilingual("字符", "character"),
    "pair": Bilingual("文件对", "pairs of documents"),
    "passage": Bilingual("相同段落", "passages"),
    "any": Bilingual("任何文件", "any document"),
    "earlier": Bilingual("更早的文件", "earlier documents"),
    "above": Bilingual("上级文件", "documents of a level above"),
    "same file": Bilingual("同一文件", "same file"),
    "same text": Bilingual("文字相同", "same text"),
    "near copy": Bilingual("近似副本", "near copy"),
    "inside": Bilingual("包含于", "inside"),
    "akin": Bilingual("半数相同", "akin"),
    "where each code can stand": Bilingual(
        "各编码可出现的单元", "units in which each code can stand"
    ),
    "all units": Bilingual("全部单元", "all units"),
    "more": Bilingual("更多", "more"),
    "less": Bilingual("更少", "less"),
    "open": Bilingual("尚不能分辨", "open"),
    "reliable": Bilingual("可靠", "reliable"),
    "tentative": Bilingual("仅供参考", "tentative"),
    "unreliable": Bilingual("不可靠", "unreliable"),
    "prevalence": Bilingual("分布偏斜，另看 AC1", "prevalence: see AC1"),
    "few": Bilingual("太少，无法判断", "too few to say"),
    "undefined": Bilingual("无定义", "undefined"),
    "by rules": Bilingual("规则", "rules"),
    "after review": Bilingual("复核后", "after review"),
    "as coded": Bilingual("参考点", "references"),
    "per 1,000 Han": Bilingual("每千字", "per 1,000 Han"),
    "number": Bilingual("个数", "number"),
    "share of units": Bilingual("占全部单元 %", "% of units"),
    "share of units in scope": Bilingual("占范围内单元 %", "% of units in scope"),
    "share of dimension": Bilingual("占维度 %", "% of dimension"),
    "share of documents": Bilingual("占文件 %", "% of documents"),
    "rule": Bilingual("规则", "rule"),
    "term": Bilingual("词语", "term"),
    "holds": Bilingual("成立", "holds"),
    "fails": Bilingual("不成立", "fails"),
    **{
        name: TABLE_COLUMNS[name]
        for name in (
            "codings",
            "counted_in",
            "counted_as",
            "with_headings",
            "boilerplate",
            "copied",
            "copies",
        )
    },
    "all codes": Bilingual("全部编码", "all codes"),
    "dimension": Bilingual("维度", "dimension"),
    "none of these": Bilingual("皆无", "none of these"),
    "chances not kept": Bilingual("未保存", "not kept"),
    "units of tasks": Bilingual("任务中的单元", "units of tasks"),
    "all units of documents all have coded": Bilingual(
        "各人均编过的文件之全部单元", "all units of the documents all have coded"
    ),
    "generalisation": Bilingual("推及其他文件", "generalisation"),
    "True": Bilingual("是", "yes"),
    "False": Bilingual("否", "no"),
}
"""Words that stand in cells and in the basis."""

NAMELESS = Bilingual("（未注明）", "(not stated)")
"""How a group without a name is called in a chart."""


def heading(column: str, *, language: Language, by: str | None = None) -> str:
    """The heading of a column; that of `group` says which attributes the groups are of.

    >>> heading("per_1000", language="zh"), heading("group", language="en", by="city")
    ('每千字参考点', 'City')
    >>> heading("group", language="zh", by="city × 人口")
    '城市 × 人口'
    """
    if column == "group" and by:
        return " × ".join(attribute_name(one, language=language) for one in by.split(" × "))
    return TABLE_COLUMNS[column].in_language(language)


ATTRIBUTES = {
    "region": Bilingual("地区", "Region"),
    "cluster": Bilingual("城市群", "Urban cluster"),
}
"""Attributes wenma itself may add, which are no columns of its tables."""


def attribute_name(name: str, *, language: Language) -> str:
    """What an attribute is called: a standard one in the language of the page, another as it is."""
    known = TABLE_COLUMNS.get(name) or ATTRIBUTES.get(name)
    return known.in_language(language) if known else name


def title(name: str, *, language: Language) -> str:
    """The title of a query's table.

    >>> title("matrix", language="zh")
    '交叉矩阵'
    """
    return (QUERIES | CLAIM_TITLES)[name].in_language(language)


def fixed_word(word: str, *, language: Language) -> str:
    """A fixed word of a cell or of the basis; anything else stays as it is.

    >>> fixed_word("problems", language="zh"), fixed_word("璇江市", language="en")
    ('问题', '璇江市')
    """
    return FIXED_WORDS[word].in_language(language) if word in FIXED_WORDS else word


def notes(table: Table, *, language: Language) -> list[str]:
    """The sentences under a table."""
    return [note.zh if language == "zh" else str(note) for note in table.notes]


def basis(table: Table, *, language: Language) -> dict[str, str]:
    """What a table was counted from, named for reading."""
    return {
        BASIS[key].in_language(language) if key in BASIS else key: _said(key, said, language)
        for key, said in table.basis.items()
        if said
    }


_SHARE = re.compile(r"\b([\d,]+) of ([\d,]+)\b")
_SHARES = ("decided", "in_scope")
"""What of a basis says how many of how many."""


def _said(key: str, said: str, language: Language) -> str:
    if key in _SHARES and language == "zh":
        return _SHARE.sub(r"\1（共 \2）", said)
    return fixed_word(said, language=language)


def basis_line(table: Table, *, language: Language) -> str:
    """The basis in one line.

    >>> import pandas as pd
    >>> table = Table("frequency", pd.DataFrame(), basis={"documents": "7", "headings": "left out"})
    >>> basis_line(table, language="zh")
    '统计依据：文件 7；标题 不计'
    >>> basis_line(table, language="en")
    'Basis: documents 7; headings left out'
    """
    start, gap = ("统计依据：", "；") if language == "zh" else ("Basis: ", "; ")
    return start + gap.join(f"{k} {v}" for k, v in basis(table, language=language).items())


def code_names(codes: "pd.DataFrame", *, language: Language) -> dict[str, str]:
    """Each code's name by its path; where two share a name, the parent's is added.

    >>> import pandas as pd
    >>> codes = pd.DataFrame({
    ...     "code": ["a", "a/x", "b", "b/x"], "zh": ["技术", "平台", "主体", "平台"]})
    >>> list(code_names(codes, language="zh").values())
    ['技术', '平台（技术）', '主体', '平台（主体）']
    """
    plain = {
        path: name if isinstance(name, str) and name else path
        for path, name in zip(codes["code"], codes[language], strict=True)
    }
    shared = _repeated(plain.values())
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    names = {}
    for path, name in plain.items():
        above = path.rpartition("/")[0]
        names[path] = (
            f"{name}{left}{plain.get(above, above)}{right}" if name in shared and above else name
        )
    twice = _repeated(names.values())
    return {path: f"{name} {path}" if name in twice else name for path, name in names.items()}


CODED_COLUMNS = (
    *("code", "code_b", "codes", "answer", "name", "lowest_code", "pole", "ranked_code"),
    *("by_both", "by_first", "by_second"),
)
"""Columns that hold codes, or several joined by "; "."""


def named(table: Table, names: Mapping[str, str]) -> "pd.DataFrame":
    """The table's frame with the names of its codes beside their paths."""
    frame = table.frame.copy()
    for column in CODED_COLUMNS:
        if column in frame:
            words = [
                "; ".join(names.get(path, path) for path in paths.split("; "))
                for paths in frame[column]
            ]
            frame.insert(list(frame).index(column) + 1, f"{column}_name", words)
    return frame


def _repeated(names: Iterable[str]) -> set[str]:
    return {name for name, times in Counter(names).items() if times > 1}
