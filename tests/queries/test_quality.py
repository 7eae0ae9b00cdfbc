from dataclasses import replace

import pytest

from wenma.publish.print_table import print_every_column
from wenma.queries.quality import quality
from wenma.records import Bilingual, LeftOut, Quality, Sign

SCAN = Quality(
    9000, 40, 30, 3, (2, 3), (LeftOut("page_number", 3, 3),),
    (Sign("recognised", Bilingual("经识别", "recognised"), look=False),
     Sign("blank_pages", Bilingual("两页无字", "two pages without text"), where="p. 2")),
)  # fmt: skip
PLAIN = Quality(600, 300, 280)


@pytest.fixture
def asked(small):
    known = {"甲": SCAN, "乙": PLAIN, "丙": PLAIN}
    data = replace(small.data, load_qualities=lambda: known)
    return lambda **options: quality(data, **options)


def test_a_row_for_each_document_with_what_needs_a_look_first(asked):
    frame = asked().frame
    assert frame["document"].tolist() == ["甲", "乙", "丙", "丁"]
    assert frame["to_look_at"].tolist() == [1, 0, 0, 0]
    assert frame["signs"].tolist()[0] == "two pages without text (p. 2); recognised"
    assert frame["left_out_parts"][0] == "page numbers 3"


def test_what_has_no_pages_or_no_report_is_empty_and_not_nought(asked):
    table = asked()
    assert table.frame["pages"].isna().tolist() == [False, True, True, True]
    assert table.frame["han"].isna().tolist() == [False, False, False, True]
    assert any("1 documents were read by an earlier wenma" in note for note in table.notes)


def test_groups_add_their_documents_up(asked):
    frame = asked(by="city").frame
    assert frame["group"].tolist() == ["璇江市", "和槐市", "浔汀市"]
    assert frame["documents"].tolist() == [2, 1, 1]
    assert frame["to_look_at"].tolist() == [1, 0, 0]
    assert frame["bytes"].sum() == 9000 + 600 + 600
    assert frame["blank_pages"].tolist() == [2, 0, 0]


def test_the_table_is_told_in_the_reader_s_language(asked):
    zh, en = (print_every_column(asked(), language=one).panels[0] for one in ("zh", "en"))
    assert {"读取情况", "未读入或不编码"} <= set(zh.head) and "What reading met" in en.head
    at = zh.head.index("读取情况")
    assert zh.rows[0][at].text == "两页无字 (p. 2)；经识别"
    assert en.rows[0][at].text.startswith("two pages without text")
