"""What a document is, guessed from its own words; unknown rather than wrong."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.guesses import measure
from wenma.records import Document
from wenma.sources.guesses.guessing import empty_fields, guesses
from wenma.sources.listings.listing import entries
from wenma.sources.places.place_mentions import places_meant
from wenma.sources.reading import read_entry


def document(folder: Path, text: str, name: str = "0001.txt") -> Document:
    (folder / name).write_text(text, encoding="utf-8")
    (entry,) = entries([folder / name]).entries
    return read_entry(entry)


def guessed(folder: Path, text: str, name: str = "0001.txt") -> dict[str, str]:
    return {one.attribute: one.value for one in guesses(document(folder, text, name))}


PLAN = """云政发〔2026〕4号
苏州市人民政府关于印发
苏州市“十五五”应急体系规划的通知
各区、县（市）人民政府，市政府各部门、各直属单位：
现将规划印发给你们，请认真组织实施。
苏州市人民政府
2026年5月21日
一、规划背景
全市应急能力有了提升。上海和南京的经验得到借鉴。
"""

REPORT = """政 府 工 作 报 告
——二〇二六年一月二十七日在昆山市第十九届人民代表大会第五次会议上
昆山市市长 张三
各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2025年工作回顾
过去一年，全市经济平稳。
"""


def test_a_plan_that_is_issued_says_all_of_itself(tmp_path):
    assert guessed(tmp_path, PLAN) == {
        "title": "苏州市“十五五”应急体系规划", "city": "苏州", "level": "市", "kind": "应急规划",
        "period": "十五五", "year": "2026", "issuer": "苏州市人民政府",
        "number": "云政发〔2026〕4号", "date": "2026-05-21",
    }  # fmt: skip


def test_every_guess_says_on_which_words_it_rests_and_where_they_stand(tmp_path):
    told = document(tmp_path, PLAN)
    for one in guesses(told):
        joined = told.text.replace("\n", "")
        assert one.ground and one.ground in joined
        assert one.where in ("title", "text") or one.where.startswith("line ")


def test_a_report_says_whose_it_is_when_it_was_read_and_what(tmp_path):
    told = guessed(tmp_path, REPORT)
    assert (told["city"], told["year"], told["date"]) == ("昆山", "2026", "2026-01-27")
    assert (told["kind"], told["title"]) == ("政府工作报告", "2026年昆山市政府工作报告")


@pytest.mark.parametrize(
    ("opening", "city", "level"),
    [
        ("现在，我代表国务院，向大会报告政府工作，请予审议。", "国家", "国家"),
        ("现在，我代表上海市人民政府，向大会报告工作。", "上海", "市"),
        ("我代表自治区人民政府向大会报告政府工作。" + "广西经济向好。" * 6, "广西", "省"),
        ("我代表州人民政府，向大会报告工作。" + "凉山的路通了。" * 6, "凉山", "市"),
        ("我代表区人民政府，向大会报告工作。" + "海拉尔区的路通了。" * 6, "海拉尔区", "区县"),
        ("我代表市人民政府，向大会报告工作。" + "吉林要振兴。" * 6, "吉林市", "市"),
        ("我代表省政府，向大会报告工作。" + "吉林要振兴。" * 6, "吉林省", "省"),
    ],
)
def test_a_report_without_a_head_is_known_by_how_it_begins(tmp_path, opening, city, level):
    text = f"各位代表：\n{opening}\n一、2023年工作回顾\n过去一年很不平凡。\n"
    told = guessed(tmp_path, text)
    assert (told["city"], told["level"]) == (city, level)
    assert (told["kind"], told["year"]) == ("政府工作报告", "2024")


@pytest.mark.parametrize(
    "text",
    [
        "一、工作任务\n加强监测预警，完善应急救援体系。\n",
        "各位代表：\n我代表市人民政府，向大会报告工作。\n上海、北京、广州、深圳都有好的做法。\n",
        "鼓楼区与朝阳区的做法各有长处。\n各地都在学习。\n",
        "长治久安，世界大同，朝阳产业。\n孙中山先生说过。\n" * 8,
    ],
)
def test_where_nothing_says_which_city_none_is_guessed(tmp_path, text):
    assert "city" not in guessed(tmp_path, text)


@pytest.mark.parametrize(
    ("title", "city"),
    [
        ("国务院关于加强应急管理工作的意见", "国家"),
        ("应急管理部关于加强应急管理工作的意见", "国家"),
        ("“十四五”国家应急体系规划", "国家"),
        ("全国海洋经济发展规划", "国家"),
        ("苏州市人民政府转发国务院关于加强应急管理工作意见的通知", "苏州"),
        ("江苏省人民政府关于印发苏州市应急规划的通知", "苏州"),
        ("江苏省昆山市应急规划", "昆山"),
        ("鄂伦春自治旗应急规划", "鄂伦春自治旗"),
        ("全国文明城市创建工作方案", None),
        ("国家级新区建设规划", None),
        ("组织部关于加强培训的通知", None),
        ("甲市应急规划", None),
    ],
)
def test_the_city_is_the_one_the_title_is_about(tmp_path, title, city):
    told = guessed(tmp_path, f"{title}\n一、总则\n本文自发布之日起施行，请遵照执行。\n")
    assert told.get("city") == city


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("广州市国民经济和社会发展第十五个五年规划纲要", "五年规划纲要"),
        ("中华人民共和国防震减灾法", "法律"),
        ("江苏省消防条例", "法规"),
        ("无锡市防汛应急预案", "应急预案"),
        ("宁波市综合防灾减灾规划（2026—2030年）", "应急规划"),
        ("成都市数字经济发展规划", "专项规划"),
        ("国务院关于加强应急管理工作的意见", "应急管理规范性文件"),
        ("武汉市人民政府关于促进消费的若干措施", "规范性文件"),
        ("2026年青岛市政府工作报告", "政府工作报告"),
    ],
)
def test_the_kind_is_told_by_the_title(tmp_path, title, kind):
    told = guessed(tmp_path, f"{title}\n一、总则\n本文自发布之日起施行，请遵照执行。\n")
    assert (told["title"], told["kind"]) == (title, kind)


@pytest.mark.parametrize(
    ("line", "year", "date"),
    [
        ("（2026年2月7日广州市第十六届人民代表大会第六次会议批准）", "2026", "2026-02-07"),
        ("（二〇二五年十二月十二日广州市委全体会议通过）", "2025", "2025-12-12"),
        ("发布日期：2022-03-01", "2022", "2022-03-01"),
        ("发布日期: 2022年1月", "2022", None),
        ("穗府〔2026〕4号", "2026", None),
        ("（2021—2035年）", None, None),
    ],
)
def test_the_year_is_that_of_the_last_thing_that_happened_to_it(tmp_path, line, year, date):
    text = f"广州市国土空间规划\n{line}\n一、总则\n到2035年，基本建成韧性城市，2019年已有基础。\n"
    told = guessed(tmp_path, text)
    assert (told.get("year"), told.get("date")) == (year, date)


def test_the_name_of_the_file_is_the_last_resort(tmp_path):
    text = "一、任务\n加强监测预警，完善救援体系。\n"
    told = document(tmp_path, text, "宁波市_应急规划_十四五_2021.txt")
    made = {one.attribute: one for one in guesses(told)}
    assert {name: one.value for name, one in made.items()} == {
        "city": "宁波", "level": "市", "period": "十四五", "year": "2021",
    }  # fmt: skip
    assert {one.where for one in made.values()} == {"file name"}
    assert guesses(replace(told, id="0001.txt")) == ()


def test_what_the_page_states_goes_before_what_the_text_does(tmp_path):
    facts = {
        "title": "苏州市应急规划", "issuer": "苏州市应急管理局", "number": "苏应急〔2026〕1号",
        "date": "2026-06-01", "index_number": "014149/2026-1",
    }  # fmt: skip
    told = {one.attribute: one for one in guesses(document(tmp_path, PLAN), facts=facts)}
    assert {name: told[name].value for name in ("title", "issuer", "number", "date")} == {
        name: facts[name] for name in ("title", "issuer", "number", "date")
    }
    assert told["title"].where == told["date"].where == "page" and told["year"].value == "2026"


def test_only_empty_fields_are_to_be_guessed(tmp_path):
    told = document(tmp_path, PLAN)
    assert "title" in empty_fields(told)  # it is the file's name, and nobody's statement
    known = replace(told, title="规划", city="苏州市", attributes=(("date", "2026-05-21"),))
    assert not {"title", "city", "date"} & set(empty_fields(known))


def test_a_title_names_the_inner_place():
    assert [one.name for one in places_meant("江苏省苏州市昆山市与上海市")] == ["昆山市", "上海市"]


def test_long_lines_and_many_dates_take_no_time_to_speak_of(tmp_path):
    line = "2026年" * 20_000 + "关于印发" * 20_000 + "规划"
    assert isinstance(
        guesses(document(tmp_path, f"{line}\n{'（' * 50_000}\n代表{'市' * 9_000}")), tuple
    )


# -- measured on real documents ------------------------------------------------------------

LEAST = {"city": 0.95, "kind": 0.95, "year": 0.90, "level": 0.90}
MOST_WRONG = 0.05
"""Of the fields above; a municipality's level is 市 here and 省 there in the manifest itself."""


@pytest.fixture(scope="module")
def measured(shared: Path) -> dict[tuple[str, bool], Counter[str]]:
    return measure(shared / "corpus")


@pytest.mark.parametrize("half", [True, False], ids=["tuned on", "held out"])
@pytest.mark.parametrize("name", LEAST)
def test_enough_guesses_are_right_with_names_and_manifest_hidden(measured, name, half):
    told = measured[name, half]
    assert told["right"] / told.total() >= LEAST[name], dict(told)
    assert told["wrong"] / told.total() <= MOST_WRONG, dict(told)
