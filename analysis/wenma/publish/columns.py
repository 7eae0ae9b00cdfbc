"""Every column a table can have: its heading in both languages, and how its numbers are printed."""

from dataclasses import dataclass
from typing import Any

from wenma.records import Bilingual


@dataclass(frozen=True, slots=True)
class Column(Bilingual):
    """A column's heading in both languages, and how many decimals its numbers are shown with."""

    decimals: int = 0


TABLE_COLUMNS: dict[str, Column] = {
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
    "indicator": Column("指标", "Indicator"),
    "amount": Column("原文数值", "As written"),
    "value": Column("数值", "Value", 2),
    "measured_in": Column("单位", "Unit"),
    "for_year": Column("指标年份", "For the year"),
    "nature": Column("属性", "Nature"),
    "changes": Column("达到或增减", "Comes to or changes by"),
    "amounts": Column("数值个数", "Amounts"),
    "indicators": Column("指标个数", "Indicators"),
    "binding": Column("约束性", "Binding"),
    "anticipated": Column("预期性", "Anticipated"),
    "to_look_at": Column("待查看", "To look at"),
    "signs": Column("读取情况", "What reading met"),
    "bytes": Column("文件字节", "Bytes of file"),
    "pages": Column("页数", "Pages"),
    "blank_pages": Column("无文字页", "Pages without text"),
    "left_out_parts": Column("未读入或不编码", "Left out or not coded"),
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
    # copies, and text that two documents share
    "copy_of": Column("副本，原件为", "Copy of"),
    "other": Column("另一文件", "Other document"),
    "kinship": Column("关系", "Kinship"),
    "likeness": Column("相似度 %", "Alike %", 1),
    "in_other": Column("见于另一文件 %", "% in other", 1),
    "of_other": Column("占另一文件 %", "% of other", 1),
    "reused": Column("相同汉字", "Han shared"),
    "reused_share": Column("占本文件 %", "% of document", 1),
    "reused_other": Column("占另一文件 %", "% of other", 1),
    "common_wording": Column("其中通用表述", "Of these common wording"),
    "passages": Column("相同段落", "Passages"),
    "longest": Column("最长段落汉字", "Longest passage"),
    "from_other": Column("与之相同汉字", "Han shared with it"),
    "other_section": Column("另一文件章节", "Section of other"),
    "other_start": Column("另一文件起", "Start in other"),
    "other_end": Column("另一文件止", "End in other"),
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
    "share_low": Column("占比下限 %", "% from", 2),
    "share_high": Column("占比上限 %", "% to", 2),
    "share_of": Column("占比分母", "% is of"),
    "per_1000": Column("每千字参考点", "Per 1,000 Han", 3),
    "per_1000_low": Column("每千字下限", "Per 1,000 from", 3),
    "per_1000_high": Column("每千字上限", "Per 1,000 to", 3),
    "coded": Column("已编码字符", "Characters coded"),
    "characters": Column("字符总数", "Characters"),
    "coverage": Column("覆盖率 %", "Coverage %", 2),
    "n11": Column("共现单元", "Units with both"),
    "n1": Column("编码单元", "Units with code"),
    "n2": Column("编码二单元", "Units with second"),
    "n": Column("可共现单元", "Units both can stand in"),
    "jaccard": Column("Jaccard", "Jaccard", 4),
    "dice": Column("Dice", "Dice", 4),
    "cosine": Column("余弦", "Cosine", 4),
    "lift": Column("提升度", "Lift", 3),
    "npmi": Column("NPMI", "NPMI", 4),
    "phi": Column("φ", "φ", 4),
    "g2": Column("G²", "G²", 3),
    "overlapping": Column("依据重叠", "On the same characters"),
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
    "left_out": Column("去除的文件、规则或词语", "Document, rule or term left out"),
    "ranked": Column("排序编码数", "Codes in order"),
    "tau": Column("Kendall τ-b", "Kendall's τ-b", 3),
    "rho": Column("Spearman ρ", "Spearman's ρ", 3),
    "move": Column("最大位移", "Largest move", 1),
    "rank": Column("原位次", "Place", 1),
    "rank_then": Column("新位次", "Place then", 1),
    "judgement": Column("评估", "Assessment"),
    "tendency": Column("倾向", "Tendency"),
    "rests_on": Column("所据单元", "Rests on units"),
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
    # coders against each other
    "compared": Column("比较数", "Compared"),
    "by_any": Column("至少一人编码", "By any"),
    "by_all": Column("全体编码", "By all"),
    "by_each": Column("各人编码", "By each"),
    "agreed": Column("一致率 %", "Agreement %", 2),
    "holsti": Column("Holsti 系数", "Holsti", 3),
    "composite": Column("Holsti 复合信度", "Holsti's reliability", 3),
    "kappa": Column("κ", "κ", 3),
    "pi": Column("Scott π", "Scott's π", 3),
    "alpha": Column("Krippendorff α", "Krippendorff's α", 3),
    "alpha_low": Column("α 下限", "α from", 3),
    "alpha_high": Column("α 上限", "α to", 3),
    "ac1": Column("Gwet AC1", "Gwet's AC1", 3),
    "brennan_prediger": Column("Brennan–Prediger", "Brennan–Prediger", 3),
    "u_alpha": Column("uα（选段）", "uα of spans", 3),
    "verdict": Column("判断", "Verdict"),
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

ORDINAL = frozenset(("year", "page", "line", "unit", "start", "end", "other_start", "other_end"))
"""Numbers that name a place or a time: no comma parts their thousands."""

WORD_COLUMNS = frozenset(
    "kind role uneven judgement tendency alignment variant verdict nature changes kinship".split()
)
"""Columns whose cells are fixed words, told in the reader's language."""

_CHANCES = frozenset(("p", "q"))


def number_text(number: Any, column: str) -> str:
    """A number as it is printed; what is undefined is a dash, and no p is printed as nought.

    >>> number_text(1234.5, "countable"), number_text(float("nan"), "share")
    ('1,234', '—')
    >>> number_text(2025, "year"), number_text(-0.001, "share")
    ('2025', '0.00')
    >>> number_text(3e-9, "p"), number_text(0.0321, "q")
    ('<0.0001', '0.0321')
    """
    if number is None or number != number:
        return "—"
    decimals = TABLE_COLUMNS[column].decimals
    least = 10.0**-decimals
    if column in _CHANCES and 0 <= number < least:
        return f"<{least:.{decimals}f}"
    shown = f"{number:{'' if column in ORDINAL else ','}.{decimals}f}"
    return shown if any(map("123456789".__contains__, shown)) else shown.removeprefix("-")
