"""Names of columns, queries and codes, in Chinese and in English."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from wenma.publish.columns import COLUMNS, Column, Words
from wenma.queries.table import Table

if TYPE_CHECKING:
    import pandas as pd

Language = Literal["zh", "en"]

QUERIES: dict[str, Words] = {
    "documents": Words("样本表", "Sample of documents"),
    "frequency": Words("编码频次", "Code frequencies"),
    "coverage": Words("编码覆盖率", "Coverage of codes"),
    "attention": Words("注意力分配", "Attention"),
    "cities": Words("规划比较", "Plans compared"),
    "periods": Words("规划期变化", "Change between periods"),
    "cooccurrence": Words("编码共现", "Code co-occurrence"),
    "matrix": Words("交叉矩阵", "Cross table"),
    "assessment": Words("框架评估", "Assessment by the framework"),
    "stance_shift": Words("立场与范式转型", "Stance and shift"),
    "alignment": Words("困境—路径对应", "Dilemmas and pathways"),
    "pmc": Words("PMC 指数", "PMC index"),
    "saturation": Words("饱和度", "Saturation"),
    "robustness": Words("稳健性", "Robustness"),
    "agreement": Words("编码者信度", "Agreement of coders"),
    "rules": Words("规则触发", "Rules at work"),
    "excerpts": Words("原文片段", "Excerpts"),
    "words": Words("高频词", "Most frequent words"),
    "keyness": Words("关键词", "Keywords"),
    "kwic": Words("上下文索引", "Words in their lines"),
    "collocates": Words("搭配词", "Collocates"),
}
"""Titles of the queries' tables."""

BASIS: dict[str, Words] = {
    "project": Words("项目", "project"),
    "codebook": Words("编码本", "codebook"),
    "coder": Words("编码者", "coder"),
    "coders": Words("编码者", "coders"),
    "unit_size": Words("分析单元", "unit"),
    "software": Words("软件", "software"),
    "uncoded": Words("尚未编码、未计入的文件", "documents not yet coded and left out"),
    "documents": Words("文件", "documents"),
    "codings": Words("编码参考点", "codings"),
    "headings": Words("标题", "headings"),
    "by": Words("分组", "by"),
    "children": Words("下级编码", "codes under a code"),
    "of": Words("所比编码的上级", "codes under"),
    "view": Words("比较方式", "view"),
    "list": Words("城市名单", "list"),
    "family": Words("合为一组", "one group"),
    "order": Words("顺序", "order"),
    "base": Words("基数文件", "base"),
    "run": Words("每轮文件", "run"),
    "threshold": Words("阈值", "threshold"),
    "window": Words("共现窗口", "window"),
    "within": Words("相距不超过单元数", "units off"),
    "rows": Words("行", "rows"),
    "columns": Words("列", "columns"),
    "code": Words("编码", "code"),
    "also": Words("同单元编码", "also"),
    "city": Words("城市", "city"),
    "plan": Words("规划", "plan"),
    "period": Words("规划期", "period"),
    "document": Words("文件", "document"),
    "kind": Words("类型", "kind"),
    "rule": Words("规则", "rule"),
    "under": Words("所在标题含", "under the heading"),
    "where": Words("文件范围", "documents where"),
    "without": Words("不计带此编码的单元", "without units of"),
    "words": Words("总词数", "words"),
    "parts": Words("分散度划分", "parts"),
    "lexicon": Words("词典", "lexicon"),
    "stop_words": Words("停用词", "stop words left out"),
    "boilerplate": Words("套话", "boilerplate"),
    "against": Words("对照", "against"),
    "alpha": Words("先验强度", "prior of"),
    "max_dp": Words("DP 上限", "DP at most"),
    "least": Words("最低词频", "at least"),
    "pattern": Words("查找", "looked for"),
    "regex": Words("正则表达式", "regular expression"),
    "whole": Words("整词", "whole"),
    "near": Words("近旁有", "near"),
    "lines": Words("处", "places"),
    "sort": Words("排序", "sorted by"),
    "nth": Words("第几词", "word"),
    "size": Words("比较单位", "compared by"),
    "resample": Words("重抽样对象", "drawn"),
    "draws": Words("重抽样次数", "samples"),
}
"""What stands in a table's basis."""

VALUES: dict[str, Words] = {
    "left out": Words("不计", "left out"),
    "counted": Words("计入", "counted"),
    "apart": Words("各自计数", "counted apart"),
    "counted with parents": Words("并入上级", "counted with parents"),
    "city": Words("城市", "city"),
    "plan": Words("规划", "plan"),
    "period": Words("规划期", "period"),
    "document": Words("文件", "document"),
    "body": Words("正文", "body"),
    "table": Words("表格", "table"),
    "heading": Words("标题", "heading"),
    "current_state": Words("现状", "current state"),
    "problems": Words("问题", "problems"),
    "goals": Words("目标", "goals"),
    "tasks": Words("任务", "tasks"),
    "safeguards": Words("保障", "safeguards"),
    "front_matter": Words("前件", "front matter"),
    "appendix": Words("附件", "appendix"),
    "other": Words("其他", "other"),
    "unit": Words("编码单元", "unit"),
    "sentence": Words("句", "sentence"),
    "clause": Words("分句", "clause"),
    "paragraph": Words("段落", "paragraph"),
    "section": Words("章节", "section"),
    "strength": Words("成效", "strength"),
    "emerging": Words("初步成效", "emerging"),
    "mixed": Words("兼有", "mixed"),
    "deficit": Words("短板", "deficit"),
    "promise": Words("承诺", "promise"),
    "not stated": Words("未述", "not stated"),
    "group": Words("组", "group"),
    "code": Words("编码", "code"),
    "pairs": Words("两两比较", "pairs"),
    "profile": Words("各组概貌", "profile"),
    "tree": Words("聚类", "tree"),
    "map": Words("对应分析", "correspondence analysis"),
    "components": Words("主成分", "principal components"),
    "city and period": Words("同一城市、同一规划期", "city and period"),
    "corpus": Words("语料顺序", "of the corpus"),
    "size": Words("由长到短", "longest first"),
    "lowest level": Words("最低一级", "lowest level"),
    "headings in": Words("计入标题", "headings in"),
    "headings out": Words("不计标题", "headings out"),
    "boilerplate out": Words("去除通用提法", "boilerplate out"),
    "clauses": Words("按分句数", "clauses"),
    "sentences": Words("按句数", "sentences"),
    "paragraphs": Words("按段落数", "paragraphs"),
    "sections": Words("按章节数", "sections"),
    "documents": Words("按文件数", "documents"),
    "mean rate": Words("各文件每千字频次之均值", "mean of documents' rates"),
    "one document out": Words("去除一份文件", "one document out"),
    "one rule out": Words("去除一条规则", "one rule out"),
    "one term out": Words("去除一个词语", "one term out"),
    "answered": Words("有应对", "answered"),
    "problem without pathway": Words("有困境无路径", "problem without pathway"),
    "pathway without problem": Words("有路径无困境", "pathway without problem"),
    "neither": Words("均未述", "neither"),
    "tenth": Words("十等分", "tenths"),
    "all others": Words("其余各组", "all others"),
    "one word": Words("是", "one word"),
    "place": Words("原文顺序", "place"),
    "left": Words("左侧词", "words to the left"),
    "right": Words("右侧词", "words to the right"),
    "character": Words("字符", "character"),
    "reliable": Words("可靠", "reliable"),
    "tentative": Words("仅供参考", "tentative"),
    "unreliable": Words("不可靠", "unreliable"),
    "prevalence": Words("分布偏斜，另看 AC1", "prevalence: see AC1"),
    "undefined": Words("无定义", "undefined"),
    "True": Words("是", "yes"),
    "False": Words("否", "no"),
}
"""Words that stand in cells and in the basis."""

NAMELESS = Words("（未注明）", "(not stated)")
"""How a group without a name is called in a chart."""


def heading(column: str, *, language: Language, by: str | None = None) -> str:
    """The heading of a column; that of `group` says what the groups are.

    >>> heading("per_1000", language="zh"), heading("group", language="en", by="city")
    ('每千字参考点', 'City')
    """
    return _in(language, COLUMNS[by if column == "group" and by else column])


def title(name: str, *, language: Language) -> str:
    """The title of a query's table.

    >>> title("matrix", language="zh")
    '交叉矩阵'
    """
    return _in(language, QUERIES[name])


def value(word: str, *, language: Language) -> str:
    """A fixed word of a cell or of the basis; anything else stays as it is.

    >>> value("problems", language="zh"), value("璇江市", language="en")
    ('问题', '璇江市')
    """
    return _in(language, VALUES[word]) if word in VALUES else word


def notes(table: Table, *, language: Language) -> list[str]:
    """The sentences under a table."""
    return [note.zh if language == "zh" else str(note) for note in table.notes]


def basis(table: Table, *, language: Language) -> dict[str, str]:
    """What a table was counted from, named for reading."""
    return {
        _in(language, BASIS[key]) if key in BASIS else key: value(said, language=language)
        for key, said in table.basis.items()
        if said
    }


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


def named(table: Table, names: Mapping[str, str]) -> "pd.DataFrame":
    """The table's frame with the names of its codes beside their paths."""
    frame = table.frame.copy()
    for column in ("code", "code_b", "codes", "answer", "name"):
        if column in frame:
            words = [
                "; ".join(names.get(path, path) for path in paths.split("; "))
                for paths in frame[column]
            ]
            frame.insert(list(frame).index(column) + 1, f"{column}_name", words)
    return frame


def _in(language: Language, words: Words | Column) -> str:
    return words.zh if language == "zh" else words.en


def _repeated(names: Iterable[str]) -> set[str]:
    return {name for name, times in Counter(names).items() if times > 1}
