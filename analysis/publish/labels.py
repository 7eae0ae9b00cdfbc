"""Names of columns, queries and codes, in Chinese and in English."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from analysis.queries.table import Table

if TYPE_CHECKING:
    import pandas as pd

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """The same in both languages."""

    zh: str
    en: str


class Column(NamedTuple):
    """A column's heading, and how many decimals its numbers are shown with."""

    zh: str
    en: str
    decimals: int = 0


COLUMNS: dict[str, Column] = {
    # who and where
    "group": Column("组", "Group"),
    "group_b": Column("组二", "Second group"),
    "period_b": Column("组二规划期", "Second period"),
    "document": Column("文件", "Document"),
    "title": Column("标题", "Title"),
    "city": Column("城市", "City"),
    "plan": Column("规划", "Plan"),
    "period": Column("规划期", "Period"),
    "year": Column("年份", "Year"),
    "kind": Column("类型", "Kind"),
    "level": Column("层级", "Level"),
    "issuer": Column("发文机关", "Issuer"),
    "number": Column("文号", "Document number"),
    "source": Column("来源", "Source"),
    "sha256": Column("SHA-256", "SHA-256"),
    "section": Column("章节", "Section"),
    "page": Column("原文页", "Page in file"),
    "line": Column("原文行", "Line in file"),
    "unit": Column("单元序号", "Unit no."),
    "role": Column("章节性质", "Role of section"),
    "start": Column("起", "Start"),
    "end": Column("止", "End"),
    "excerpt": Column("原文片段", "Excerpt"),
    "coder": Column("编码者", "Coder"),
    "rule": Column("规则", "Rule"),
    "evidence": Column("依据", "Evidence"),
    # codes
    "code": Column("编码", "Code"),
    "code_name": Column("编码名称", "Name of code"),
    "code_b": Column("编码二", "Second code"),
    "code_b_name": Column("编码二名称", "Name of second code"),
    "codes": Column("编码", "Codes"),
    "codes_name": Column("编码名称", "Names of codes"),
    # counts and measures
    "documents": Column("文件数", "Documents"),
    "han": Column("汉字数", "Han characters"),
    "countable": Column("计数汉字", "Han characters counted"),
    "sections": Column("章节数", "Sections"),
    "units": Column("单元数", "Units"),
    "references": Column("参考点数", "References"),
    "references_own": Column("自身参考点数", "Own references"),
    "share": Column("占维度参考点 %", "% of dimension", 2),
    "per_1000": Column("每千字参考点", "Per 1,000 Han", 3),
    "coded": Column("已编码字符", "Characters coded"),
    "characters": Column("字符总数", "Characters"),
    "coverage": Column("覆盖率 %", "Coverage %", 2),
    "n11": Column("共现单元", "Units with both"),
    "n1": Column("编码单元", "Units with code"),
    "n2": Column("编码二单元", "Units with second"),
    "n": Column("单元总数", "All units"),
    "jaccard": Column("Jaccard", "Jaccard", 4),
    "dice": Column("Dice", "Dice", 4),
    "cosine": Column("余弦", "Cosine", 4),
    "lift": Column("提升度", "Lift", 3),
    "npmi": Column("NPMI", "NPMI", 4),
    "phi": Column("φ", "φ", 4),
    "g2": Column("G²", "G²", 3),
    "uneven": Column("频次差五倍以上", "More than fivefold apart"),
    "percent": Column("占表总数 %", "% of table", 2),
    "expected": Column("期望数", "Expected", 2),
    "residual": Column("调整残差", "Adjusted residual", 2),
    "p": Column("p", "p", 4),
    "q": Column("q", "q", 4),
    "stars": Column("显著", "Stars"),
    "evenness": Column("均匀度 H/ln K", "Evenness H/ln K", 3),
    "hhi": Column("集中度 HHI", "Concentration HHI", 3),
    # plans side by side
    "similarity": Column("相似度 1−JSD", "Similarity 1−JSD", 4),
    "pearson": Column("Pearson r", "Pearson r", 4),
    "word_similarity": Column("用词相似度 1−JSD", "Similarity of words 1−JSD", 4),
    "word_cosine": Column("用词余弦", "Cosine of words", 4),
    "difference": Column("与他组均值之差（百分点）", "Points above mean of others", 2),
    "step": Column("步", "Step"),
    "cluster": Column("组或类", "Group or cluster"),
    "cluster_b": Column("并入的组或类", "Joined with"),
    "height": Column("高度 √JSD", "Height √JSD", 4),
    "size": Column("含组数", "Groups in it"),
    "name": Column("点", "Point"),
    "name_name": Column("点名", "Name of point"),
    "mass": Column("质量 %", "Mass %", 2),
    "inertia": Column("惯量占比 %", "% of inertia", 2),
    "x": Column("x", "x", 4),
    "y": Column("y", "y", 4),
    "contribution_x": Column("对 x 轴贡献 %", "% of x axis", 2),
    "contribution_y": Column("对 y 轴贡献 %", "% of y axis", 2),
    "cos2_x": Column("x 轴 cos²", "cos² of x", 3),
    "cos2_y": Column("y 轴 cos²", "cos² of y", 3),
    # one period after another, one document after another, one way after another
    "before": Column("对比期", "Compared with"),
    "change": Column("占比变化（百分点）", "Change of share in points", 2),
    "found": Column("编码数", "Codes"),
    "new": Column("新编码", "New codes"),
    "cumulative": Column("累计编码", "Codes so far"),
    "reached": Column("占全部已用编码 %", "% of codes used", 2),
    "run_new": Column("本轮新编码", "New codes of run"),
    "new_information": Column("新信息比率 %", "New information %", 2),
    "variant": Column("另一种计法", "Counted otherwise"),
    "left_out": Column("去除的文件或规则", "Document or rule left out"),
    "ranked": Column("排序编码数", "Codes in order"),
    "tau": Column("Kendall τ-b", "Kendall's τ-b", 3),
    "rho": Column("Spearman ρ", "Spearman's ρ", 3),
    "move": Column("最大位移", "Largest move", 1),
    "rank": Column("原位次", "Place", 1),
    "rank_then": Column("新位次", "Place then", 1),
    "judgement": Column("评估", "Assessment"),
    "achievement": Column("成效单元", "Units achieved"),
    "emerging": Column("其中初步", "Of these emerging"),
    "commitment": Column("承诺单元", "Units promised"),
    "deficit": Column("短板单元", "Units lacking"),
    "unstated": Column("无立场单元", "Units without stance"),
    "achieved": Column("成效 %", "Achieved %", 1),
    "promised": Column("承诺 %", "Promised %", 1),
    "lacking": Column("短板 %", "Lacking %", 1),
    "promises_per_deficit": Column("每处短板的承诺", "Promises per deficit", 2),
    "answer": Column("对应路径", "Pathway"),
    "answer_name": Column("路径名称", "Name of pathway"),
    "answers": Column("路径参考点", "References of pathway"),
    "answers_per_problem": Column("路径/困境", "Answers per problem", 2),
    "alignment": Column("对应情况", "Alignment"),
    "alone": Column("仅此规则", "By this rule alone"),
    "of_code": Column("占该编码 %", "% of code", 2),
    **{f"x{number}": Column(f"X{number}", f"X{number}", 2) for number in range(1, 11)},
    "pmc": Column("PMC 指数", "PMC index", 2),
    "grade": Column("等级", "Grade (Chinese)"),
    "grade_en": Column("等级（英文）", "Grade"),
    # words
    "word": Column("词", "Word"),
    "tf": Column("词频", "Frequency"),
    "per_1000_words": Column("每千词", "Per 1,000 words", 3),
    "df": Column("出现文件数", "In documents"),
    "df_share": Column("占文件 %", "% of documents", 2),
    "dp": Column("DP", "DP", 3),
    "dp_norm": Column("DPnorm", "DPnorm", 3),
    "juilland_d": Column("Juilland D", "Juilland's D", 3),
    "a": Column("本组词频", "In the group"),
    "b": Column("对照词频", "In the others"),
    "rate_a": Column("本组每千词", "Per 1,000 words in the group", 3),
    "rate_b": Column("对照每千词", "Per 1,000 words in the others", 3),
    "log_ratio": Column("对数比", "Log ratio", 3),
    "ll": Column("LL（Rayson）", "LL (Rayson)", 2),
    "zeta": Column("ζ", "ζ", 3),
    "delta": Column("δ", "δ", 3),
    "left": Column("左", "Left"),
    "hit": Column("命中", "Hit"),
    "right": Column("右", "Right"),
    "observed": Column("近旁次数", "Near"),
    "expected_near": Column("期望次数", "Near by chance", 2),
    "lines": Column("行数", "Lines"),
    "nodes": Column("中心词次数", "Places of the node"),
    "near_words": Column("近旁总词数", "Words near the node"),
    "words": Column("总词数", "All words"),
    "mi": Column("MI", "MI", 3),
    "t": Column("t 值", "t-score", 3),
    "log_dice": Column("logDice", "logDice", 3),
}
"""Every column of every query."""

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
    "documents": Words("按文件数", "documents"),
    "mean rate": Words("各文件每千字频次之均值", "mean of documents' rates"),
    "one document out": Words("去除一份文件", "one document out"),
    "one rule out": Words("去除一条规则", "one rule out"),
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
