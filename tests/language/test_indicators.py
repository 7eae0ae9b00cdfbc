from wenma.language.indicators import TextPart, find_indicators


def rows(*texts: str) -> list[tuple]:
    found = find_indicators([TextPart(text, True, 0) for text in texts])
    return [(one.name, one.number, one.unit, one.year, one.nature) for one in found]


def said(text: str) -> list[tuple]:
    found = find_indicators([TextPart(text, False, 100)])
    return [(one.name, one.amount, one.number, one.unit, one.year, one.change) for one in found]


def test_a_row_takes_years_and_nature_from_the_head_of_its_table():
    assert rows(
        "序号 | 指标名称 | 单位 | 2025年 | 2030年 | 属性",
        "1 | 城市绿地率 | % | 31.5 | 33 | 约束性",
        "2 | 每万人避难面积 | 平方米 | — | 12,000 | 预期性",
    ) == [
        ("城市绿地率", 31.5, "%", "2025", "binding"),
        ("城市绿地率", 33.0, "%", "2030", "binding"),
        ("每万人避难面积", 12000.0, "平方米", "2030", "anticipated"),
    ]


def test_cells_one_below_the_other_are_a_row_that_its_nature_ends():
    assert rows("综合", "（2项）", "1", "预警信息公众", "覆盖率（%）", "90", "95", "约束性",
                "2", "救援队伍人数", "人", "300", "预期性") == [
        ("预警信息公众覆盖率", 90.0, "%", "", "binding"),
        ("预警信息公众覆盖率", 95.0, "%", "", "binding"),
        ("救援队伍人数", 300.0, "人", "", "anticipated"),
    ]  # fmt: skip


def test_a_row_without_number_is_no_indicator_and_words_are_no_table():
    assert rows("牵头单位 | 配合单位", "应急局 | 消防、公安") == []


def test_what_is_less_than_an_amount_keeps_its_bound_as_written():
    found = find_indicators([TextPart("年均受灾人次 | <15,000 | 预期性", True, 7)])
    assert [(one.amount, one.number, one.start, one.end) for one in found] == [
        ("<15,000", 15000.0, 7, 7 + len("年均受灾人次 | <15,000 | 预期性"))
    ]


def test_a_sentence_says_amounts_with_the_year_before_them():
    assert said("到2030年，全市常住人口城镇化率达到75%左右，森林覆盖率提高到42.5%（约束性）。") == [
        ("常住人口城镇化率", "达到75%左右", 75.0, "%", "2030", False),
        ("森林覆盖率", "提高到42.5%", 42.5, "%", "2030", False),
    ]


def test_rising_by_is_told_from_rising_to():
    assert said("地区生产总值同比增长6.2%，单位能耗累计下降14%，床位数增至300张。") == [
        ("地区生产总值", "同比增长6.2%", 6.2, "%", "", True),
        ("单位能耗", "累计下降14%", 14.0, "%", "", True),
        ("床位数", "增至300张", 300.0, "张", "", False),
    ]


def test_a_range_has_no_single_number():
    for text in ("固定资产投资增长5%—7%左右。", "固定资产投资增长5~7%左右。"):
        ((_, amount, number, unit, _, _),) = said(text)
        assert (amount, number, unit) == (text[6:-1], None, "%")


def test_counts_of_projects_are_no_indicators():
    assert said("今年建设30个项目，新增5座水库，投资达到3个方面。") == []


def test_the_place_is_that_of_the_words():
    text = "建成韧性城市，公众知晓率达到90%以上。"
    (one,) = find_indicators([TextPart(text, False, 40)])
    assert text[one.start - 40 : one.end - 40] == "公众知晓率达到90%以上"


def test_a_row_without_end_is_read_once_from_left_to_right():
    # Tried by a pattern of nested repeats, forty such cells did not end.
    text = "1a 2—" * 3_000 + " x约束性"
    assert find_indicators([TextPart(text, True, 0), TextPart(text, False, 0)]) == []
    wide = "避难面积 " + "1 " * 3_000 + "约束性"
    assert len(find_indicators([TextPart(wide, True, 0)])) == 3_000
