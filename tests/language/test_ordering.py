"""Values stand in the order people put them in."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.language.ordering import date_of, natural_key, number_of, ordered

ORDERS = [
    "九五 十五 十一五 十二五 十三五 十四五 十五五",
    "“十五”规划 “十一五”规划 “十四五”规划",
    "十四五时期 十五五时期",
    "2011–2015 2016–2020 2021–2025",
    "2019年12月 2021年3月 2021年11月",
    "2021-3 2021-10 2021-11-02",
    "第一批 第二批 第九批 第十批 第十一批 第二十批",
    "一、 二、 九、 十、 十一、 二十一、",
    "（一） （二） （十） （十一）",
    "第一章 第二章 第十章",
    "1 9 10 1,000",
    "-2 0.5 3 3.25 3.5",
    "I II III IV V IX X",
    "Ⅰ Ⅱ Ⅲ Ⅳ",
    "1月 2月 10月 12月",
    "元月 二月 十月 十一月 十二月",
    "一季度 二季度 三季度 四季度",
    "第一季度 第二季度 第三季度 第四季度",
    "2021Q1 2021Q2 2022Q1",
    "上旬 中旬 下旬",
    "3月上旬 3月中旬 3月下旬 4月上旬",
    "上半年 下半年",
    "春季 夏季 秋季 冬季",
    "甲级 乙级 丙级 丁级",
    "阶段一 阶段二 阶段十",
    "周一 周二 周六 周日",
    "方案2 方案10",
    "万州 三亚 上海 成都",
]


@pytest.mark.parametrize("order", ORDERS)
def test_values_stand_in_the_order_people_put_them_in(order):
    wanted = order.split()
    for seed in range(5):
        mixed = wanted * 2 + ["", " "][: seed % 2]
        random.Random(seed).shuffle(mixed)
        assert [one for one in ordered(mixed) if one.strip()] == wanted


def test_blank_values_come_last():
    assert ordered(["", "乙", "甲", "1"]) == ["1", "乙", "甲", ""]


@given(st.lists(st.text(alphabet="一二三五十第批年月 12、（）-–IVX甲上旬a", max_size=6)))
def test_any_values_can_be_put_in_one_order_whatever_order_they_come_in(values):
    assert ordered(values) == ordered(list(reversed(values)))
    assert sorted(ordered(values)) == sorted(set(values))


@given(st.integers(0, 10**12))
def test_numbers_stand_as_numbers(number):
    for written in (str(number), f"{number:,}"):
        assert number_of(written) == number
    assert natural_key(str(number)) < natural_key(f"{number + 1:,}")


@pytest.mark.parametrize("words", ["2025-02-30", "2025年13月", "25年", "2025-3/1", "", "十四五"])
def test_what_is_no_day_of_the_calendar_is_no_date(words):
    assert date_of(words) is None
