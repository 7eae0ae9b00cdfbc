import pytest

from tests.sources.small_pdf import small_pdf, text_at
from wenma.sources.document import parse_document
from wenma.sources.from_pdf import extract

LEFT = (
    "一、重点任务",
    "大力发展特色产业推进数字乡村",
    "建设完善农产品加工流通体系让",
    "农民更多分享产业链的增值收益",
    "健全监测预警和物资储备的体系",
)
RIGHT = (
    "二、保障措施",
    "加强乡村人才培训培育新农人队",
    "伍落实各项支持政策强化考核评",
    "价按季度通报进展情况推动教育",
    "医疗养老资源向基层延伸补短板",
)


def texts(*pages):
    return [line.text.strip() for line in extract(small_pdf(*pages)).lines]


def across(*columns, top=700.0, left=60.0, step=190.0):
    """Columns drawn row by row."""
    return text_at(
        *[
            (left + step * at, top - 20 * number, 12.0, row)
            for number, rows in enumerate(zip(*columns, strict=True))
            for at, row in enumerate(rows)
        ]
    )


def test_columns_drawn_row_by_row_are_read_one_after_the_other():
    assert texts(across(LEFT, RIGHT)) == [*LEFT, *RIGHT]


def test_columns_drawn_one_after_the_other_stay_in_that_order():
    drawn = across(LEFT) + across(RIGHT, left=250.0)
    assert texts(drawn) == [*LEFT, *RIGHT]


def test_a_title_over_the_columns_comes_first_and_text_below_them_last():
    title = (150.0, 740.0, 16.0, "云溪市乡村振兴行动方案")
    rest = (60.0, 560.0, 12.0, "本方案自印发之日起施行由市农业农村部门负责解释")
    found = texts(text_at(title) + across(LEFT, RIGHT) + text_at(rest))
    assert found == [title[3], *LEFT, *RIGHT, rest[3]]


def test_three_columns_are_read_from_the_left():
    third = tuple(text.replace("体系", "机制") for text in reversed(LEFT[1:]))
    found = texts(across(LEFT[1:], RIGHT[1:], third, step=185.0, left=20.0))
    assert found == [*LEFT[1:], *RIGHT[1:], *third]


def test_a_running_head_and_a_page_number_stay_at_the_edges_of_the_page():
    head, foot = (60.0, 780.0, 9.0, "云溪市公报"), (60.0, 540.0, 9.0, "— 3 —")
    found = texts(text_at(head) + across(LEFT, RIGHT) + text_at(foot))
    assert found == [head[3], *LEFT, *RIGHT, foot[3]]


def test_a_short_last_column_is_known_by_the_page_before():
    short = across(LEFT[1:], RIGHT[1:]).splitlines()
    last = "\n".join(short[:4] + short[4::2]) + "\n"
    found = texts(across(LEFT, RIGHT), last)
    assert found[10:] == [*LEFT[1:], *RIGHT[1:3]]


def test_one_column_stays_as_it_is_drawn():
    rows = [f"第{at}行健全县乡村三级工作机制明确责任单位和完成时限" for at in range(6)]
    page = text_at(*[(60.0, 700.0 - 20 * at, 12.0, row) for at, row in enumerate(rows)])
    assert texts(page) == rows


def test_contents_with_leaders_are_not_torn_apart():
    rows = [f"第{at}章 总体要求和主要目标……………………………………{at}" for at in "一二三四五六"]
    page = text_at(*[(60.0, 700.0 - 20 * at, 12.0, row) for at, row in enumerate(rows)])
    assert texts(page) == rows


def test_contents_whose_numbers_stand_apart_are_not_torn_apart():
    rows = [
        (x, 700.0 - 20 * at, 12.0, text)
        for at, title in enumerate("甲乙丙丁戊己")
        for x, text in ((60.0, f"第{at}章 {title}类任务和保障措施"), (480.0, str(3 * at + 1)))
    ]
    found = " ".join(texts(text_at(*rows))).split()
    assert found == " ".join(text for *_, text in rows).split()


def test_signatures_side_by_side_are_no_columns():
    rows = text_at(
        (60, 700, 12, "甲方（盖章）："), (300, 700, 12, "乙方（盖章）："),
        (60, 670, 12, "日期："), (300, 670, 12, "日期："),
    )  # fmt: skip
    assert len(texts(rows)) == 2


def test_columns_that_cannot_be_told_ask_for_a_look():
    ragged = [row if at % 3 == 1 else row[:7] for at, row in enumerate(LEFT[1:] + RIGHT[1:])]
    found = extract(small_pdf(across(ragged, ragged[::-1])))
    (sign,) = found.signs
    assert (sign.kind, sign.look, sign.where) == ("columns", True, "pp. 1")


@pytest.mark.parametrize("name", ["two_columns_rows", "two_columns_cols"])
def test_the_made_columns_are_read_in_order(shared, name):
    found = extract((shared / f"made/pdf/{name}.pdf").read_bytes())
    text = "".join("".join(line.text.split()) for line in found.lines)
    assert text.index("让农民更多分享") < text.index("二、保障措施") < text.index("队伍，落实")
    assert not found.signs


def test_the_made_gazette_is_read_whole(shared):
    text = parse_document(extract((shared / "made/pdf/twocol105.pdf").read_bytes()).lines).text
    known = (shared / "made/text/known.txt").read_text(encoding="utf-8")
    paragraphs = {"".join(one.split()) for one in text.split("\n")}
    wanted = ["".join(one.split()) for one in known.split("\n") if one.strip()]
    assert sum(one in paragraphs for one in wanted) >= 0.9 * len(wanted)
