import pandas as pd

from wenma.publish.concordance_lines import concordance_lines
from wenma.publish.markdown_table import display_width
from wenma.queries.kwic import kwic
from wenma.queries.table import Table


def test_the_hits_stand_in_one_column_whatever_stands_before_them(small):
    lines = concordance_lines(small.ask(kwic, pattern="急")).split("\n\n")[0].split("\n")
    assert len(lines) == len(small.ask(kwic, pattern="急").frame)
    before = {display_width(line.partition("[急]")[0]) for line in lines}
    assert len(before) == 1
    ends = {display_width(line.rpartition("  ")[0]) for line in lines}
    assert len(ends) == 1


def test_the_place_follows_the_line_and_the_basis_the_lines(small):
    text = concordance_lines(small.ask(kwic, pattern="演练", by="city"), language="en")
    assert text.startswith("应急预警和应急 [演练] 。  璇江市 › 甲 › 第一节应急管理的任务\n\n")
    assert "looked for 演练" in text and "sorted by place" in text


def test_notes_come_in_the_readers_language_without_any_line(small):
    table = small.ask(kwic, pattern="气候")
    assert concordance_lines(table).startswith("- 所查文字中没有出现。\n")
    assert concordance_lines(table, language="en").startswith("- It stands nowhere")


def test_a_text_cannot_break_its_line_or_move_the_cursor():
    row = {"left": "一\n二", "hit": "三\x1b[2J", "right": "\u3000四\t五", "document": "d"}
    table = Table("kwic", pd.DataFrame([row | {"section": "", "start": 0, "end": 1}]))
    assert concordance_lines(table).startswith("一 二 [三[2J]  四 五  d\n")
