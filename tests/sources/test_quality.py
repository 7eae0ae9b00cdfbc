import random

import pytest

from wenma.sources.document import parse_document
from wenma.sources.lines import Extract, Line
from wenma.sources.listings.listing import entries
from wenma.sources.quality import page_ranges, reading_quality
from wenma.sources.reading import read_entry

TEXT = "一、总体要求\n" + "\n".join(
    f"建成韧性城市的第{n}项工作是完善预警和救援机制，到{2026 + n}年基本完成。" for n in range(12)
)


def report(text: str, *, size: int | None = None, **taken):
    lines = [Line(part, None, n) for n, part in enumerate(text.split("\n"), 1)]
    given = Extract(lines, **taken)
    return reading_quality(given, parse_document(lines), size=size or len(text.encode()), city="")


def kinds(text: str, **given) -> list[str]:
    return [sign.kind for sign in report(text, **given).to_look_at]


def test_a_plain_plan_needs_no_look():
    told = report(TEXT)
    assert told.signs == ()
    assert (told.characters, told.pages, told.left_out) == (len(TEXT), None, ())


@pytest.mark.parametrize("wrong", ["gb18030", "latin-1", "cp1252"])
def test_a_text_read_in_a_wrong_encoding_is_told(wrong):
    garbled = TEXT.encode().decode(wrong, "replace")
    assert "mojibake" in kinds(garbled)


def test_big5_read_as_gb18030_is_told():
    assert "mojibake" in kinds(("強化應急體系，保障民生。" * 9).encode("big5").decode("gb18030"))


def test_a_text_in_traditional_script_is_not_taken_for_garbled():
    assert kinds("強化應急管理體系，完善預警機制，保障災後恢復重建。" * 9) == []


def test_characters_that_could_not_be_read_are_told_with_the_first_place():
    (sign,) = report(TEXT.replace("预警", "预\ufffd", 1)).to_look_at
    assert sign.kind == "replacement"
    assert "善预\ufffd和" in sign.said.zh


def test_a_few_private_characters_are_noted_and_many_need_a_look():
    few = report(TEXT + "\n" + "完善\ue000制度。" + "".join(map(str, range(900))))
    assert [(sign.kind, sign.look) for sign in few.signs] == [("private_use", False)]
    assert kinds(TEXT.replace("完善", "\ue000\ue001")) == ["private_use"]


def test_hardly_any_text_in_a_large_file_is_told():
    assert kinds("首页 新闻 公开 服务 互动", size=200_000) == ["little_text"]
    assert kinds("关于同意设立试点的复函。\n同意你省设立试点。", size=2_000) == []


def test_a_text_that_comes_again_and_again_is_told():
    assert kinds("\n".join([TEXT.split("\n", 1)[1]] * 5)) == ["repeated"]
    assert kinds(TEXT + "\n各位代表：" * 30) == []


def test_an_end_in_mid_sentence_is_told_and_a_signature_is_not():
    assert kinds(TEXT[:-4]) == ["cut_short"]
    signed = "\n某市人民政府办公厅秘书处依照本市政务公开的有关规定于2026年5月28日印发"
    assert kinds(TEXT + signed) == []


def test_pages_without_text_are_named():
    told = report(TEXT, pages=12, blank_pages=(3, 4, 5, 9))
    (sign,) = told.to_look_at
    assert sign.said.en == "4 of 12 pages hold no text (pp. 3–5, 9)"


def test_page_ranges_hold_each_page_once():
    random.seed(4)
    for _ in range(50):
        pages = tuple(sorted(random.sample(range(1, 40), 12)))
        read: list[int] = []
        for part in page_ranges(pages).split(", "):
            first, _, last = part.partition("–")
            read += range(int(first), int(last or first) + 1)
        assert tuple(read) == pages


def test_page_numbers_are_left_out_and_counted():
    lines = [Line(text, page, n) for page in (1, 2, 3) for n, text in
             enumerate([f"第{page}页的正文说明工作安排。", f"— {page} —"], 1)]  # fmt: skip
    told = reading_quality(Extract(lines, pages=3), parse_document(lines), size=90, city="")
    assert [(part.kind, part.parts) for part in told.left_out] == [("page_number", 3)]


def test_of_the_real_corpus_hardly_a_document_needs_a_look(shared):
    suspect = [
        (entry.id, sign.kind)
        for entry in entries([shared / "corpus"]).entries
        for sign in read_entry(entry).quality.to_look_at
    ]
    assert len(suspect) <= 6, suspect
