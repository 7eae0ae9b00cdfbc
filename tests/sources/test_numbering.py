import pytest

from wenma.sources.outlines.numbering import number, value


@pytest.mark.parametrize(
    ("line", "family", "figures"),
    [
        ("第一编 总论", "part", (1,)),
        ("第三篇 推进协同治理", "part", (3,)),
        ("第十二章 保障措施", "chapter", (12,)),
        ("第二节 完善机制", "section", (2,)),
        ("第一百零六条 本法自公布之日起施行。", "article", (106,)),
        ("十一、组织实施", "item", (11,)),
        ("（三）加强监测。", "bracketed item", (3,)),
        ("(四)健全预案", "bracketed item", (4,)),
        ("7．完善平台", "point", (7,)),
        ("7、完善平台", "point", (7,)),
        ("（2）更新设备", "bracketed point", (2,)),
        ("1.2 指导思想", "decimal 2", (1, 2)),
        ("2.3.2 人民生活更有品质", "decimal 3", (2, 3, 2)),
        ("专栏3 重点工程", "box", (3,)),
        ("附件：指标解释", "appendix", ()),
        ("名词解释", "appendix", ()),
    ],
)
def test_the_number_of_a_heading_is_known(line, family, figures):
    found = number(line)
    assert found is not None
    assert (found.family, found.value) == (family, figures)


@pytest.mark.parametrize(
    "line",
    [
        "第十届全国人民代表大会",
        "第三季度经济回升",
        "2025.我们",
        "2025年建成",
        "3.5%以上的增速",
        "2.69 万亿元",
        "10-4的概率",
        "一是加强领导。",
        "附近居民",
        "",
    ],
)
def test_what_only_looks_like_a_number_is_none(line):
    assert number(line) is None


def test_chinese_figures_are_read_up_to_the_hundreds():
    written = "一 十 十一 二十 二十三 一百 一百零六 一百一十八 二百".split()
    assert [value(w) for w in written] == [1, 10, 11, 20, 23, 100, 106, 118, 200]
