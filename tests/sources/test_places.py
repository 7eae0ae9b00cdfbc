"""A name of a place, however it is written, is one place of the official list."""

import csv

import pytest

from wenma.errors import SourceError
from wenma.sources.places.places import (
    all_places,
    city_of,
    one_spelling,
    place_of,
    places_called,
    province_of,
    same_place,
)
from wenma.sources.places.regions import memberships, region_named, regions


def code(name: str) -> str:
    place = place_of(name)
    return place.code if place else ""


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("上海 上海市 上_海 上\u200b海市 ⼤同市", "310000 310000 310000 310000 140200"),
        ("内蒙古 内蒙古自治区 广西 广西壮族自治区 新疆", "150000 150000 450000 450000 650000"),
        ("黔东南 黔东南州 黔东南苗族侗族自治州 锡林郭勒 锡林郭勒盟",
         "522600 522600 522600 152500 152500"),
        ("广西自治区 黔东南自治州 内蒙 长阳自治县", "450000 522600 150000 420528"),
        ("阿里 阿里地区 喀什 大兴安岭", "542500 542500 653100 232700"),
        ("香港 香港特别行政区 台湾", "810000 810000 710000"),
        ("中国 国家 全国", "100000 100000 100000"),
        # A city's name is not that of a county inside it, nor that of a district elsewhere.
        ("长沙 长沙县 西安 西安区 黄山 黄山区", "430100 430121 610100  341000 341003"),
        ("昆山 浦东新区 天门 神农架", "320583 310115 429006 429021"),
    ],
)  # fmt: skip
def test_each_way_of_writing_a_place_has_its_code(names, expected):
    assert [code(one.replace("_", "\u3000")) for one in names.split()] == expected.split(" ")


@pytest.mark.parametrize(
    "name", ["鼓楼区", "朝阳", "吉林", "城区", "甲市", "", " ", "市", "省" * 99]
)
def test_a_name_that_may_mean_several_places_or_none_means_nothing(name):
    assert place_of(name) is None


def test_a_name_is_told_apart_by_what_it_lies_in():
    assert code("福建省福州市鼓楼区") == code("福州鼓楼") == "350102"
    assert code("江苏南京鼓楼区") == "320106"
    assert code("辽宁朝阳") == "211300" and code("北京市朝阳区") == "110105"
    nanjing = place_of("南京")
    assert place_of("鼓楼区", within=nanjing).code == "320106"
    assert place_of("吉林", within=place_of("吉林省")).code == "220000"
    assert place_of("浦东", within=nanjing) is None


def test_places_know_what_they_lie_in():
    assert province_of(place_of("凉山")).name == "四川省"
    assert city_of(place_of("万州")).name == province_of(place_of("万州")).name == "重庆市"
    assert province_of(place_of("国家")) is None and city_of(place_of("四川")) is None
    assert [one.name for one in places_called("海南")] == ["海南省", "海南藏族自治州", "海南区"]


def test_the_list_is_whole():
    """The numbers that the yearbook of 2025 gives: 34 provinces, 333 prefectures; no code twice."""
    levels = [len(all_places(one)) for one in ("nation", "province", "municipality", "prefecture")]
    assert levels == [1, 30, 4, 333]
    every = all_places()
    assert len({one.code for one in every}) == len(every)
    assert all(province_of(one) for one in every if one.level != "nation")
    for one in every:
        assert place_of(one.name, within=province_of(one)) is not None or one.level == "county"


def test_cities_are_spelt_as_most_documents_spell_them():
    assert one_spelling(["上海", "上海市", "上海市"]) == ["上海市"] * 3
    assert one_spelling(["上海市", "上海"]) == ["上海", "上海"]
    assert one_spelling(["甲市", "甲", "吉林", "吉林省", "吉林市", ""]) == [
        "甲市", "甲", "吉林", "吉林省", "吉林市", "",
    ]  # fmt: skip
    assert same_place("上 海", "上海市") and not same_place("吉林", "吉林省")


def test_regions_name_places_of_the_list_and_the_four_share_out_the_country():
    four = [one for one in regions() if one.attribute == "region"]
    held = [place.code for one in four for place in one.members]
    mainland = {one.code for one in all_places("province", "municipality")}
    assert sorted(held) == sorted(mainland - {"710000", "810000", "820000"})
    # As many cities as the plans themselves count.
    counted = {"长三角城市群": 26, "粤港澳大湾区": 11, "成渝": 16, "长江中游": 31, "中原": 30}
    assert {name: len(region_named(name).members) for name in counted} == counted


def test_every_member_that_is_written_is_found():
    from wenma.sources.places import regions as room

    with room._FILE.open(encoding="utf-8") as lines:
        written = {row["name"]: row["members"].split() for row in csv.DictReader(lines)}
    assert {one.name: len(one.members) for one in regions()} == {
        name: len(members) for name, members in written.items()
    }


def test_a_document_belongs_to_the_regions_its_city_lies_in():
    wanted = [region_named(one) for one in ("东部", "东北", "长三角", "中原", "关中平原")]
    assert memberships("昆山", wanted) == {"region": "东部", "cluster": "长三角"}
    assert memberships("运城", wanted) == {"cluster": "中原、关中平原"}
    assert memberships("国家", wanted) == memberships("甲市", wanted) == {}
    with pytest.raises(SourceError, match="there is no region or cluster") as told:
        region_named("长三郊")
    assert "粤港澳大湾区" in told.value.said("zh")
