"""A text filed under a place that is not its own is told; others are left in peace."""

import csv
from pathlib import Path

import pytest

from wenma.sources.document import parse_document
from wenma.sources.entry import Entry
from wenma.sources.from_text import extract
from wenma.sources.places.other_place import other_place
from wenma.sources.reading import read_entry


def said_of(text: str, city: str) -> str:
    sign = other_place(parse_document(extract(text.encode()).lines), city)
    return sign.said.zh if sign else ""


def report(opening: str, rest: str = "") -> str:
    return f"各位代表：\n{opening}，请予审议。\n一、2023年工作回顾\n过去一年很不平凡。{rest}\n"


STATE = report("现在，我代表国务院，向大会报告政府工作")
CITY = report("现在，我代表市人民政府，向大会报告工作", "绍兴的路更宽了。" * 15)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        (STATE, "台州"),
        (STATE, "浙江省"),
        (CITY, "台州"),
        (CITY, "国家"),
        (CITY, "浙江"),
        (
            "政府工作报告\n——2024年1月9日在绍兴市第九届人民代表大会第三次会议上\n各位代表：好。\n",
            "台州",
        ),
        ("绍兴市“十五五”应急体系规划\n一、规划背景\n全市应急能力有了提升。\n", "宁波市"),
        (report("现在，我代表区人民政府，向大会报告工作", "黄山区的路宽了。"), "黄山"),
    ],
)
def test_a_text_of_another_place_is_told(text, city):
    assert city in said_of(text, city)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        (STATE, "国家"),
        (STATE, "全国"),
        (CITY, "绍兴市"),
        (CITY, "甲市"),  # not on the list
        (CITY, ""),
        ("国务院关于绍兴市城市总体规划的批复\n浙江省人民政府：\n原则同意规划。\n", "绍兴"),
        ("柯桥区应急体系规划\n一、背景\n全区应急能力有了提升。\n", "绍兴"),
        ("绍兴市柯桥区应急体系规划\n一、背景\n全区应急能力有了提升。\n", "柯桥区"),
        (report("我代表省人民政府，向大会报告工作", "吉林要振兴。" * 9), "吉林"),
        (report("我代表自治区人民政府，向大会报告工作"), "广西壮族自治区"),
        ("吉林市应急体系规划\n一、背景\n能力有了提升。\n", "吉林"),
        ("一、任务\n学习上海经验。\n", "绍兴"),
    ],
)
def test_a_text_of_the_place_it_is_filed_under_is_left_in_peace(text, city):
    assert said_of(text, city) == ""


def test_the_three_that_are_filed_wrongly_are_found_and_a_handful_at_most_besides(shared: Path):
    with (shared / "corpus" / "manifest.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [*csv.DictReader(lines)]
    told = []
    for row in rows:
        entry = Entry(path=shared / "corpus" / row["path"], id=row["path"], title=row["title"])
        if other_place(read_entry(entry), row["city"]):
            told.append(row["path"])
    planted = [row["path"] for row in rows if row["path"].startswith("gwr_city_mislabelled/")]
    assert len(planted) == 3 and set(planted) <= set(told)
    assert len(told) - len(planted) <= 3, told
