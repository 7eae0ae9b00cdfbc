from dataclasses import replace

import pandas as pd

from wenma.publish.markdown_table import display_width, markdown_text
from wenma.publish.print_table import print_every_column
from wenma.queries.assessment import assessment
from wenma.queries.documents import documents
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.queries.table import Note, Table


def excerpt(text):
    """A table of one excerpt."""
    return Table("excerpts", pd.DataFrame({"document": ["甲"], "excerpt": [text]}))


def markdown(table, **options):
    return markdown_text(print_every_column(table, **options))


def test_markdown_prints_a_dash_for_the_undefined_and_the_notes_and_basis_below(small):
    text = markdown(small.ask(frequency, by="city"), language="zh")
    line = next(line for line in text.split("\n") if "浔汀市" in line and "stage/resist" in line)
    assert [cell.strip() for cell in line.split("|")[1:-1]] == (
        ["浔汀市", "stage/resist", "0", "0", "0", "—", "0", "0.000", "500"]
    )
    assert "- 浔汀市：维度 stage 没有参考点，占比留空。" in text
    assert text.rstrip().split("\n")[-1].startswith("统计依据：文件 4")


def test_markdown_keeps_a_text_in_its_cell_and_free_of_markup():
    line = markdown(excerpt("水位|雨量\n<b>与*风*</b>")).split("\n")[2]
    assert r"水位\|雨量 \<b>与\*风\*\</b>" in line


def test_markdown_lines_of_short_cells_stand_under_each_other(small):
    lines = markdown(small.ask(documents, by="city")).split("\n")[:5]
    assert len({display_width(line) for line in lines}) == 1


def test_a_note_is_printed_in_the_language_asked_for():
    table = Table("frequency", pd.DataFrame({"code": ["a"]}), (Note("Why.", zh="缘由。"),))
    assert "- 缘由。" in markdown(table) and "- Why." in markdown(table, language="en")


def test_a_matrix_is_drawn_with_names_and_sums(small):
    table = small.ask(matrix)
    lines = markdown(table, codes=small.codes).split("\n")
    last = [line for line in lines if line.startswith("| 合计")]
    assert len(last) == 1
    assert last[0].rstrip("| ").endswith(f"{table.frame['units'].sum()} (100.00)")
    assert sum(line.startswith("| 期望数 ") for line in lines) == table.frame["code"].nunique()


def test_an_assessment_is_drawn_with_what_each_judgement_rests_on(small):
    lacking = small.codings[small.codings["unit"] == 0].assign(code="stance/deficit")
    codings = pd.concat([small.codings, lacking], ignore_index=True)
    table = replace(small, codings=codings).ask(assessment, by="city")
    head, _, *rows = markdown(table, codes=small.codes).split("\n")
    assert head.replace(" ", "") == "|璇江市|制度|技术|主体|"
    resist = next(row for row in rows if row.startswith("| 抵御"))
    cells = [cell.strip() for cell in resist.split("|")[1:-1]]
    assert cells == ["抵御", "太少，无法判断 0/0/1", "太少，无法判断 0/0/1", "未述"]
    text = markdown(table, codes=small.codes, language="en")
    assert "too few to say 0/0/1" in text and "not stated" in text
