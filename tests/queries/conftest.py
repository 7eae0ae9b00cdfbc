"""A small study whose counts can be seen by eye, and a larger one drawn by a seed."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd
import pytest

from wenma.queries.dataset import Dataset, dataset
from wenma.queries.judged_sample import JudgedSample
from wenma.records import Grade, Index, Product, Scale, Scoring

CODES = [
    ("stage", "阶段", "Stage", "#444444"),
    ("stage/resist", "抵御", "Resist", "#0072b2"),
    ("stage/absorb", "吸收", "Absorb", "#56b4e9"),
    ("stage/recover", "恢复", "Recover", "#009e73"),
    ("stage/adapt", "适应", "Adapt", "#e69f00"),
    ("layer", "层面", "Layer", "#666666"),
    ("layer/institution", "制度", "Institution", "#d55e00"),
    ("layer/technology", "技术", "Technology", "#cc79a7"),
    ("layer/technology/sensing", "感知", "Sensing", "#b0558f"),
    ("layer/technology/platform", "平台", "Platform", "#8f3f72"),
    ("layer/actor", "主体", "Actor", "#f0e442"),
]
STANCES = [
    ("stance", "立场", "Stance", "#888888"),
    ("stance/deficit", "短板", "Deficit", "#a83246"),
    ("stance/achievement", "成效", "Achievement", "#2e8b57"),
    ("stance/achievement/emerging", "初步成效", "Emerging", "#8fbf9f"),
    ("stance/commitment", "承诺", "Commitment", "#c98a00"),
]
THEMES = [
    ("dilemma", "困境", "Dilemma", "#777777"),
    ("dilemma/participation", "多元参与", "Participation", "#884444"),
    ("pathway", "路径", "Pathway", "#777777"),
    ("pathway/participation", "多元参与", "Participation", "#448844"),
]
SHIFTS = [
    ("shift", "转型", "Shift", "#777777"),
    ("shift/passive-to-active", "被动到主动", "Passive to active", "#448844"),
]
"""All in the codebook of the small study; nobody gave them."""
INDEX = Index(("stage", "layer"), (Grade("好", "Good", 1), Grade("差", "Poor", 0)))
STAGE = Scale(
    "stage",
    tuple(
        (f"stage/{one}", float(n))
        for n, one in enumerate(("resist", "absorb", "recover", "adapt"), 1)
    ),
    Scoring(),
)
LAYER = Scale(
    "layer",
    (("layer/institution", 1.0), ("layer/technology", 2.0), ("layer/actor", 4.0)),
    Scoring("unit", "sum", 0.0),
)
PRODUCTS = (Product("both", "乘积", "Product", (("stage",), ("layer",))),)
"""The small study's stages and layers read as scales."""
STOCK = "应急 预警 发展 建设 的 数字经济 和 产业 2035年 ， 监测 演练 物资 社区 救援 创新".split()
"""What the sentences of the large study are made of."""
CITIES = ["璇江市", "和槐市", "浔汀市", "澄汇市", "澜屿市", "磐岭市", "钧陵市"]


LOOKED_FOR = {"kwic": {"pattern": "应急"}, "collocates": {"word": "应急"}}
"""What a question cannot do without."""


@dataclass(frozen=True)
class Study:
    codings: pd.DataFrame
    documents: pd.DataFrame | None
    codes: pd.DataFrame | None
    units: pd.DataFrame | None = None

    def ask(self, function: Any, *, units: Any = ..., where: Any = None, **options: Any) -> Any:
        """The answer of a query; with `units`, of other texts than the study's."""
        study = self if units is ... else replace(self, units=units)
        if where is not None and "where" in signature(function).parameters:
            options["where"], where = where, None
        asked = study.data.where(where or {})
        return function(asked, **(LOOKED_FOR.get(function.__name__, {}) | options))

    @property
    def data(self) -> Dataset:
        found = dataset(
            self.codings, documents=self.documents, codes=self.codes, units=self.units,
            index=INDEX, scales=(STAGE, LAYER), products=PRODUCTS,
        )  # fmt: skip
        return replace(found, load_judged=lambda: judged_sample(self.units))


def judged_sample(units: pd.DataFrame | None) -> JudgedSample | None:
    """Every third unit, as if drawn and judged: each fourth of these carries a code."""
    if units is None:
        return None
    drawn = units.iloc[::3]
    many = len(drawn)
    return JudgedSample(
        task="审", people=("林",), document=tuple(drawn["document"]),
        unit=drawn["unit"].to_numpy(), chance=np.full(many, 1 / 3), row=np.arange(many),
        worth=np.ones(many), carries=(np.arange(many) % 4 == 0)[:, None],
        paths=("stage/resist",), drawn=many,
    )  # fmt: skip


def code_frame(codes: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "code": path,
                "parent": path.rpartition("/")[0],
                "dimension": path.partition("/")[0],
                "level": path.count("/") + 1,
                "zh": zh,
                "en": en,
                "colour": colour,
                "order": order,
            }
            for order, (path, zh, en, colour) in enumerate(codes)
        ]
    )


def coding(
    document: str,
    unit: int,
    code: str,
    *,
    city: str = "璇江市",
    start: int | None = None,
    end: int | None = None,
    kind: str = "body",
    coder: str = "rules:resilience@1.0",
    rule: str = "r1",
    evidence: str = "预警",
) -> dict[str, Any]:
    """One coding; a unit is ten characters long unless start and end say otherwise."""
    start = 10 * unit if start is None else start
    end = start + 10 if end is None else end
    return {
        "document": document,
        "city": city,
        "plan": "应急体系规划",
        "period": "十四五",
        "section": "第一章 总则",
        "start": start,
        "end": end,
        "excerpt": f"{document}第{start}字起的一句。",
        "code": code,
        "coder": coder,
        "rule": rule,
        "evidence": evidence,
        "unit": unit,
        "kind": kind,
        "role": "tasks",
        "page": None,
        "line": unit + 1,
    }


def document(name: str, *, city: str = "璇江市", **numbers: Any) -> dict[str, Any]:
    return {
        "document": name,
        "title": f"{city}应急体系规划",
        "city": city,
        "plan": "应急体系规划",
        "period": "十四五",
        "year": 2021,
        "kind": "规划",
        "level": "市",
        "issuer": f"{city}人民政府",
        "number": "",
        "source": "样本",
        "han": 1000,
        "countable": 500,
        "heading_han": 100,
        "characters": 1000,
        "sections": 9,
        "units": 100,
        "headings": 9,
        "sha256": "0" * 64,
    } | numbers


def sentence(
    document: str, unit: int, text: str, *, kind: str = "body", section: int = 0
) -> dict[str, Any]:
    """One unit with its text, beginning where its codings do."""
    start = 10 * unit
    return {
        "document": document,
        "unit": unit,
        "kind": kind,
        "section": section,
        "paragraph": unit,
        "role": "tasks",
        "start": start,
        "end": start + len(text),
        "text": text,
    }


def said(city: int, unit: int) -> str:
    """Words of the stock, two more the city's own; nothing is drawn, so that codings stay."""
    own = STOCK[city] * (unit % 3 == 0)
    return own + "".join(STOCK[(7 * unit + city * step) % len(STOCK)] for step in range(4)) + "。"


SENTENCES = [
    sentence("甲", 0, "建立应急联动预警机制"),
    sentence("甲", 1, "应急预警和应急演练。"),
    sentence("甲", 2, "第一节应急管理的任务", kind="heading"),
    sentence("甲", 3, "完善应急体系，应急！"),
    sentence("乙", 0, "应急指挥，应急救援。"),
    sentence("丙", 5, "发展数字经济和产业；"),
    sentence("丁", 0, "应急2035年达3.5%。"),
]
"""The text of the small study: ten characters a unit."""


@pytest.fixture
def sentence_of() -> Callable[..., dict[str, Any]]:
    return sentence


@pytest.fixture
def coding_of() -> Callable[..., dict[str, Any]]:
    return coding


@pytest.fixture
def small() -> Study:
    """Two documents of one city, one of another, one without a coding.

    甲: unit 0 resist + sensing; unit 1 resist (two coders) + platform + sensing;
        unit 2 absorb, in a heading; a free span with resist over units 0 and 1.
    乙: unit 0 resist + institution.      丙: unit 5 adapt.     丁: nothing.
    """
    codings = [
        coding("甲", 0, "stage/resist", rule="r1; r2", evidence="监测; 预警"),
        coding("甲", 0, "layer/technology/sensing", rule="s1", evidence="感知"),
        coding("甲", 1, "stage/resist"),
        coding("甲", 1, "stage/resist", coder="李", rule="", evidence=""),
        coding("甲", 1, "layer/technology/platform", rule="p1", evidence="平台"),
        coding("甲", 1, "layer/technology/sensing", rule="s1", evidence="感知"),
        coding("甲", 2, "stage/absorb", kind="heading"),
        coding("甲", -1, "stage/resist", start=5, end=15, coder="李", rule="", evidence=""),
        coding("乙", 0, "stage/resist"),
        coding("乙", 0, "layer/institution"),
        coding("丙", 5, "stage/adapt", city="和槐市"),
    ]
    documents = [
        document("甲"),
        document("乙", countable=1500, characters=3000),
        document("丙", city="和槐市"),
        document("丁", city="浔汀市"),
    ]
    return Study(
        pd.DataFrame(codings),
        pd.DataFrame(documents),
        code_frame(CODES + STANCES + THEMES + SHIFTS),
        pd.DataFrame(SENTENCES),
    )


@pytest.fixture(scope="session")
def large() -> Study:
    """Seven cities, fourteen documents, some 1,900 codings: units, headings, tables, free spans."""
    draw = random.Random(20260101)
    leaves = [path for path, *_ in CODES if path not in {"stage", "layer"}]
    codings, documents, sentences = [], [], []
    for number, city in enumerate(CITIES):
        for plan, period in (("应急体系规划", "十四五"), ("韧性城市规划", "十五五")):
            name = f"{city}{period}"
            units = draw.randint(80, 140)
            documents.append(
                document(
                    name,
                    city=city,
                    plan=plan,
                    period=period,
                    units=units,
                    characters=10 * units,
                    countable=8 * units,
                )
            )
            for unit in range(units + 9):
                kind = "heading" if unit >= units else draw.choice(["body"] * 5 + ["table"])
                sentences.append(
                    sentence(name, unit, said(number, unit), kind=kind, section=unit // 20)
                )
                for path in leaves:
                    if draw.random() > 0.07 + 0.02 * ((len(path) + number) % 5):
                        continue
                    row = coding(name, unit, path, city=city, kind=kind, rule=f"r{len(path)}")
                    codings.append(row | {"plan": plan, "period": period})
                    if draw.random() < 0.1:
                        codings.append(codings[-1] | {"coder": "李", "rule": "", "evidence": ""})
                    if draw.random() < 0.1:
                        free = {"unit": -1, "start": 10 * unit + 3, "end": 10 * unit + 17}
                        codings.append(codings[-1] | free)
    return Study(
        pd.DataFrame(codings),
        pd.DataFrame(documents),
        code_frame(CODES),
        pd.DataFrame(sentences),
    )
