"""The fifteen artefacts a study of policy documents publishes, and what each is made of.

A new question or chart joins the report by one line here. A question that this
wenma does not have yet is named with the reason why its place is empty.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from wenma.publish.reported import Reported
from wenma.records import Bilingual

Layout = Literal["rows", "drawn", "wide"]
ArtefactNeed = Literal["index", "stance", "cities", "people", "reference"]


@dataclass(frozen=True)
class ArtefactChart:
    """A chart of `wenma.publish.charts` by the name of its function."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    words: Bilingual | None = None  # its caption; otherwise that of its table


@dataclass(frozen=True)
class ArtefactTable:
    """One table of an artefact, and the charts drawn from it.

    rows   a row of the report for each row of the table, by `sort`; the `most` first
    drawn  a cross table as it is read in print
    wide   groups down, codes across, `value` in the cells and the count `beside` it
    """

    query: str
    options: Mapping[str, Any] = field(default_factory=dict)
    charts: tuple[ArtefactChart, ...] = ()
    layout: Layout = "rows"
    value: str = ""
    beside: str = ""
    sort: str = ""
    most: int = 2_000
    groups: int = 0  # cities it shows, where that is fewer than of other tables
    each_dimension: bool = False  # asked of each dimension of the codebook by itself
    judged: bool = False  # only where people judged units drawn with known chances
    words: Bilingual | None = None  # its caption; otherwise the question's title

    def of(self, dimension: str, names: Mapping[str, str]) -> "ArtefactTable":
        """The same of one dimension."""
        words, name = self.words, names.get(dimension, dimension)
        if words:
            words = Bilingual(f"{words.zh}：{name}", f"{words.en}: {name}")
        options = {**self.options, "of": [dimension]}
        return replace(self, options=options, words=words, each_dimension=False)


@dataclass(frozen=True)
class Own:
    """A table the report makes itself: no question to the codings answers it."""

    name: Literal["codebook", "samples", "settings", "validity"]


@dataclass(frozen=True)
class Artefact:
    """One of the fifteen: its parts, and what a project must have for it."""

    id: str
    title: Bilingual
    parts: tuple[ArtefactTable | Own, ...]
    needs: tuple[ArtefactNeed, ...] = ()


_BARS = ArtefactChart("frequency_bars")

ARTEFACTS: tuple[Artefact, ...] = (
    Artefact("A1", Bilingual("样本表", "Sample"), (ArtefactTable("documents"),)),
    Artefact("A2", Bilingual("编码手册", "Codebook"), (Own("codebook"),)),
    Artefact("A3", Bilingual("编码示例表", "Examples of codings"), (Own("samples"),)),
    Artefact(
        "A4",
        Bilingual("节点层级统计表", "Tree of codes"),
        (
            ArtefactTable("frequency", charts=(_BARS,)),
            ArtefactTable("estimates", judged=True),
            ArtefactTable("coverage"),
        ),
    ),
    Artefact(
        "A5",
        Bilingual("城市×节点关注度", "Attention of cities to codes"),
        (
            ArtefactTable(
                "frequency",
                {"by": "city"},
                charts=(ArtefactChart("attention_heatmap", {"measure": "share"}),),
                layout="wide",
                value="share",
                beside="references",
            ),
            ArtefactTable("frequency", {"by": "city"}, layout="wide", value="per_1000"),
            ArtefactTable(
                "attention",
                {"by": "city"},
                each_dimension=True,
                words=Bilingual("注意力分配（按城市）的检验", "Attention by city, tested"),
            ),
            ArtefactTable(
                "estimates",
                {"by": "city"},
                judged=True,
                words=Bilingual("按城市校正后的编码频次", "Code frequencies by city, corrected"),
            ),
            ArtefactTable("differences", {"by": "city"}, judged=True, most=200),
            ArtefactTable("cities", most=200),
            ArtefactTable(
                "cities",
                {"view": "map"},
                words=Bilingual("城市与节点对应分析", "Cities and codes, correspondence analysis"),
                charts=(
                    ArtefactChart(
                        "cities_map",
                        words=Bilingual("城市与节点对应分析图", "Map of cities and codes"),
                    ),
                ),
            ),
            ArtefactTable(
                "periods",
                charts=(
                    ArtefactChart(
                        "period_dots", words=Bilingual("各期编码频次", "Codes by period")
                    ),
                ),
            ),
        ),
        needs=("cities",),
    ),
    Artefact(
        "A6",
        Bilingual("阶段×层面交叉表", "Stages by layers"),
        (
            ArtefactTable("matrix", charts=(ArtefactChart("framework_matrix"),), layout="drawn"),
            ArtefactTable("matrix", {"by": "city"}, layout="drawn"),
            ArtefactTable("assessment", layout="drawn"),
        ),
    ),
    Artefact(
        "A7",
        Bilingual("代码共现矩阵与网络", "Co-occurrence of codes"),
        (
            ArtefactTable(
                "cooccurrence",
                charts=(
                    ArtefactChart(
                        "cooccurrence_heatmap",
                        words=Bilingual(
                            "编码共现矩阵（Jaccard）", "Matrix of co-occurrence (Jaccard)"
                        ),
                    ),
                    ArtefactChart(
                        "cooccurrence_network",
                        words=Bilingual("编码共现网络（NPMI）", "Network of co-occurrence (NPMI)"),
                    ),
                ),
                sort="phi",
            ),
        ),
    ),
    Artefact(
        "A8",
        Bilingual("高频词表", "Frequent words"),
        (ArtefactTable("words", charts=(ArtefactChart("words_cloud"),)),),
    ),
    Artefact(
        "A9",
        Bilingual("关键性词表", "Keyness"),
        (
            ArtefactTable(
                "keyness",
                {"limit": 20},
                groups=24,
                charts=(ArtefactChart("keyness_words"),),
                words=Bilingual(
                    "关键词（每个城市前 20 个）", "Keywords (the first 20 of each city)"
                ),
            ),
        ),
    ),
    Artefact(
        "A10",
        Bilingual("立场与范式转型表", "Stance and shift"),
        (
            ArtefactTable("stance_shift", charts=(ArtefactChart("stance_bars"),)),
            ArtefactTable("shift_pairs"),
        ),
        needs=("stance",),
    ),
    Artefact(
        "A11",
        Bilingual("困境—路径对应", "Alignment of problems and pathways"),
        (ArtefactTable("alignment"),),
        needs=("stance",),
    ),
    Artefact(
        "A12",
        Bilingual("编码者信度报告", "Agreement of coders"),
        (
            ArtefactTable("overall_agreement"),
            ArtefactTable("agreement"),
            ArtefactTable("confusion_matrix", layout="drawn"),
            ArtefactTable("nvivo_comparison"),
            ArtefactTable("disagreement_list", most=100),
        ),
        needs=("people",),
    ),
    Artefact(
        "A13",
        Bilingual("词典效度报告", "Validity of the rules"),
        (Own("validity"), ArtefactTable("audit", judged=True)),
        needs=("reference",),
    ),
    Artefact(
        "A14",
        Bilingual("饱和度与稳健性", "Saturation and robustness"),
        (
            ArtefactTable("saturation", charts=(ArtefactChart("saturation_curve"),)),
            ArtefactTable("robustness"),
            ArtefactTable(
                "robustness",
                {"rank": "groups", "by": "city"},
                sort="move",
                most=60,
                words=Bilingual("稳健性：各编码的城市次序", "Robustness of the order of cities"),
            ),
            ArtefactTable(
                "robustness",
                {"rank": "cells", "by": "city"},
                words=Bilingual("稳健性：城市×编码各格的次序", "Robustness of the order of cells"),
            ),
        ),
    ),
    Artefact(
        "A15",
        Bilingual("PMC 表与曲面", "PMC index and surface"),
        (ArtefactTable("pmc", charts=(ArtefactChart("pmc_surface"),)),),
        needs=("index",),
    ),
)
"""In the order of a paper."""

APART = {
    "quality": "is for those who prepare a corpus",
    "copies": "is for those who prepare a corpus",
    "indicators": "lists what texts measure: no coding is counted",
    "reuse": "compares texts: no coding is counted",
    "excerpts": "stands behind every number",
    "rules": "is for those who mend a codebook",
    "sample_plan": "is for those who draw a sample",
    "scores": "is for a codebook with scales",
    "scale_agreement": "is for a codebook with scales",
    "kwic": "asks for a word",
    "collocates": "asks for a word",
}
"""Questions that are in no artefact, and why."""

PACK_ARTEFACT = Artefact("A15", Bilingual("可复现包", "Reproducibility pack"), (Own("settings"),))
"""The other half of A15, there whatever the codebook is."""


def lack(need: ArtefactNeed, studies: Sequence[Reported], people: int) -> Bilingual | None:
    """Why this project cannot fill an artefact; None when one of its codebooks can."""
    missing = [_NEEDS[need](one, people) for one in studies]
    return None if None in missing else missing[0]


def _index(study: Reported, _: int) -> Bilingual | None:
    if study.codebook.index is not None:
        return None
    return Bilingual(
        "编码本没有 index（指数定义）：可用 codebooks/pmc.yaml 编码，或在编码本中加入 index。",
        "The codebook has no index: code with codebooks/pmc.yaml, or add index to the codebook.",
    )


def _stance(study: Reported, _: int) -> Bilingual | None:
    if any(code.dimension in ("stance", "dilemma", "pathway") for code in study.codebook.codes):
        return None
    return Bilingual(
        "编码本没有立场、困境或路径编码。",
        "The codebook has no codes of stance, problem or pathway.",
    )


def _cities(study: Reported, _: int) -> Bilingual | None:
    named = {city for city in study.documents["city"] if isinstance(city, str) and city}
    if len(named) > 1:
        return None
    return Bilingual(
        f"样本中注明城市的只有 {len(named)} 个：比较至少需要两个。",
        f"The sample names {len(named)} cities: a comparison needs two.",
    )


def _people(_: Reported, people: int) -> Bilingual | None:
    if people > 1:
        return None
    return Bilingual(
        f"信度需要至少两名编码者各自编码同一批单元；本项目有 {people} 名人工编码者。",
        f"Agreement needs two people who coded the same units; this project has {people}.",
    )


def _reference(_: Reported, __: int) -> Bilingual | None:
    return Bilingual(
        "效度需要参照编码：wenma report 项目.db --gold 参照.jsonl --output 报告.html。",
        "Validity needs a reference coding: "
        "wenma report FILE.db --gold FILE.jsonl --output F.html.",
    )


_NEEDS: Mapping[ArtefactNeed, Callable[[Reported, int], Bilingual | None]] = {
    "index": _index,
    "stance": _stance,
    "cities": _cities,
    "people": _people,
    "reference": _reference,
}
