from itertools import pairwise

from tests.sources.small_pdf import lines_at, small_pdf, text_at
from wenma.sources.from_pdf import extract

ROWS = (
    ("指标", "2022年", "属性"),
    ("城镇化率（%）", "64.1", "预期性"),
    ("森林覆盖率（%）", "38.5", "约束性"),
    ("研发投入强度（%）", "2.4", "预期性"),
)
XS = (60.0, 260.0, 360.0, 460.0)
PROSE = "健全县乡村三级工作机制明确责任单位和完成时限按季度通报进展"


def read(page):
    found = extract(small_pdf(page)).lines
    return [line.text for line in found if line.hint == "table"], [
        line.text.strip() for line in found if not line.hint
    ]


def cells(rows=ROWS, top=700.0, height=24.0):
    return text_at(
        *[
            (x + 4, top - height * at - 16, 12.0, cell)
            for at, row in enumerate(rows)
            for x, cell in zip(XS, row, strict=False)
            if cell
        ]
    )


def level(*heights, left=60.0, right=460.0):
    return lines_at(*[(left, y, right, y) for y in heights])


def upright(*places, top=700.0, bottom=604.0):
    return lines_at(*[(x, top, x, bottom) for x in places])


def joined(rows=ROWS):
    return [" | ".join(row) for row in rows]


def test_a_table_with_lines_is_read_by_rows():
    page = level(700, 676, 652, 628, 604) + upright(*XS) + cells()
    assert read(page) == (joined(), [])


def test_a_table_open_at_its_sides_is_read_by_rows():
    page = level(700, 676, 652, 628, 604) + upright(*XS[1:3]) + cells()
    assert read(page)[0] == joined()


def test_a_table_drawn_cell_by_cell_is_read_by_rows():
    boxes = "".join(
        f"{a} {700 - 24 * row - 24} {b - a} 24 re S\n" for row in range(4) for a, b in pairwise(XS)
    )
    assert read(boxes + cells())[0] == joined()


def test_lines_drawn_as_thin_areas_are_lines():
    page = "".join(f"60 {y} 400 0.7 re f\n" for y in (700, 676, 652, 628, 604))
    page += "".join(f"{x} 604 0.7 96 re f\n" for x in XS)
    assert read(page + cells())[0] == joined()


def test_text_of_neighbouring_cells_that_nearly_touch_stays_apart():
    page = level(700, 676, 652, right=260) + upright(60, 140, 260, bottom=652)
    page += text_at((64, 684, 12, "自来水普及率"), (141, 684, 12, "91.5"))
    page += text_at((64, 660, 12, "森林"), (144, 660, 12, "38.5"))
    assert read(page)[0] == ["自来水普及率 | 91.5", "森林 | 38.5"]


def test_a_cell_of_several_lines_stays_one_cell():
    page = level(700, 640, 616, right=260) + upright(60, 140, 260, bottom=616)
    page += text_at((64, 684, 12, "农民人均可"), (64, 668, 12, "支配收入"), (144, 676, 12, "2.18"))
    page += text_at((64, 622, 12, "森林"), (144, 622, 12, "38.5"))
    assert read(page)[0] == ["农民人均可支配收入 | 2.18", "森林 | 38.5"]


def test_a_cell_merged_over_rows_is_told_once():
    page = (
        level(700, 652, right=260)
        + level(676, left=140, right=260)
        + upright(60, 140, 260, bottom=652)
    )
    page += text_at((64, 672, 12, "生态"), (144, 684, 12, "38.5"), (144, 660, 12, "41.0"))
    assert "".join(read(page)[0]).count("生态") == 1


def test_a_box_around_text_is_no_table():
    page = level(720, 600) + upright(50, 500, top=720, bottom=600)
    page += text_at(*[(60, 700 - 20 * at, 12, PROSE) for at in range(4)])
    assert read(page) == ([], [PROSE] * 4)


def test_a_box_with_a_title_is_no_table():
    page = level(720, 690, 600) + upright(50, 500, top=720, bottom=600)
    page += text_at((200, 700, 12, "专栏1 重点工程"))
    page += text_at(*[(60, 670 - 20 * at, 12, PROSE) for at in range(3)])
    assert read(page) == ([], ["专栏1 重点工程", PROSE, PROSE, PROSE])


def test_a_table_of_three_lines_is_read_by_rows():
    assert read(level(700, 676, 604) + cells())[0] == joined()


def test_a_table_of_three_lines_may_go_on_on_the_next_page():
    page = level(700, 676) + cells() + text_at((60, 500, 12, PROSE))
    assert read(page) == (joined(), [PROSE])


def test_a_label_of_two_lines_belongs_to_its_row_of_figures():
    page = level(700, 676, 620) + cells(ROWS[:1])
    page += text_at((64, 656, 12, "常住人口"), (64, 632, 12, "（万人）"))
    page += text_at((264, 644, 12, "156.23"), (364, 644, 12, "预期性"))
    assert read(page)[0] == ["指标 | 2022年 | 属性", "常住人口（万人） | 156.23 | 预期性"]


def test_text_between_two_tables_of_one_width_is_text():
    page = level(760, 736, 712) + cells(ROWS[:2], top=760)
    page += text_at(*[(60, 690 - 20 * at, 12, PROSE) for at in range(3)])
    page += level(600, 576, 552) + cells(ROWS[:2], top=600)
    assert read(page) == (joined(ROWS[:2]) * 2, [PROSE] * 3)


def test_rows_of_cells_without_any_lines_are_a_table():
    page = text_at((60, 740, 12, PROSE)) + cells() + text_at((60, 560, 12, PROSE))
    assert read(page) == (joined(), [PROSE, PROSE])


def test_prose_is_never_a_table():
    rules = level(720, 600, left=50, right=500)
    page = text_at(*[(60, 700 - 20 * at, 12, f"{PROSE[:14]}  {PROSE[14:]}") for at in range(4)])
    assert read(rules + page)[0] == []


def test_the_made_tables_are_rows(shared):
    for name, wanted in (
        ("table", "指标 20 | 指标 21 | 指标 22 | 指标 23"),
        ("onecol", "3 | 年均因自然灾害直接经济损失占比 | <3% | 预期性"),
    ):
        lines = extract((shared / f"made/pdf/{name}.pdf").read_bytes()).lines
        assert wanted in [line.text for line in lines if line.hint == "table"]


def test_the_tables_of_a_real_report_are_rows(shared):
    (path,) = (shared / "formats" / "pdf").glob("2021年深圳市*.pdf")
    rows = [line.text for line in extract(path.read_bytes()).lines if line.hint == "table"]
    assert "12-14 岁 | 21.54 | 115.62" in rows
    assert "大鹏新区 | 5.05 | 2.58 | 2.47 | 104.45" in rows
    assert "协会名称 | 会员(人) | 男性(人) | 女性（人） | 会员性别比（女=100）" in rows
