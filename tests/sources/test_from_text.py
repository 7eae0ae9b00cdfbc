import pytest

from wenma.errors import SourceError
from wenma.records import Document
from wenma.sources import from_text
from wenma.sources.document import parse_document
from wenma.sources.from_text import extract
from wenma.sources.outlines.numbering import number

PARAGRAPHS = [
    "一、总体要求",
    "云州市坚持人民至上，把韧性城市建设放在突出位置，统筹防灾减灾救灾和安全生产，健全监测预警体系，"
    "到2030年，5G基站达到1200座，GDP年均增长5.5%，让每个社区都有避难场所、每条街道都有专业队伍。",
    "二、主要任务",
    "（一）加强监测预警",
    "完善应急物资储备，提升基层治理能力，推动资源向薄弱地区倾斜，形成共建共治共享的新格局，"
    "持续提升防范化解重大风险的能力和水平，切实维护人民群众生命财产安全和社会大局稳定。",
    "（二）加强应急救援",
    "建强专业救援队伍，每年开展综合演练不少于12次，推动救援力量下沉到街道和社区，做到一旦有事，"
    "十五分钟内到场处置，最大限度减少人员伤亡和财产损失。",
]


def read(text: str) -> list[str]:
    found = parse_document(extract(text.encode()).lines)
    kept = [p for p in found.paragraphs if p.kind != "page_number"]
    return [found.text[p.start : p.end] for p in kept]


def wrapped(size: int, indent: str) -> list[str]:
    """The paragraphs three times over, cut into lines of `size` characters."""
    lines = []
    for paragraph in PARAGRAPHS * 3:
        line = paragraph if number(paragraph) else indent + paragraph
        lines += [line[at : at + size] for at in range(0, len(line), size)]
    return lines


def test_lines_are_numbered_as_an_editor_numbers_them():
    found = extract("甲\r\n乙\r丙\n\n丁\x0c戊\u2028己".encode()).lines
    assert [(line.line, line.text) for line in found] == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
        (5, "丁"),
        (5, "戊"),
        (5, "己"),
    ]


@pytest.mark.parametrize(
    "end", ["\x0c", "\u2028", "\u2029", "\x85", "\x0b", "\n\n", "\r", "\n\x0c"]
)
def test_whatever_ends_a_paragraph_in_another_program_ends_it_here(end):
    assert read(end.join(PARAGRAPHS)) == PARAGRAPHS


@pytest.mark.parametrize("space", [" ", "  ", "\u3000", "\xa0"])
def test_a_letter_spaced_text_is_closed_up(space):
    assert read("\n".join(space.join(text) for text in PARAGRAPHS)) == PARAGRAPHS


def test_two_words_set_apart_in_a_letter_spaced_line_stay_two():
    spaced = " ".join(
        "建设城市大脑，推动数据共享，GDP growth不低于百分之五，人均收入稳步提高，城乡差距缩小。"
    )
    assert read(f"{spaced}\n{spaced}")[0].count("GDP growth") == 1


@pytest.mark.parametrize("indent", ["\u3000\u3000", "    "])
@pytest.mark.parametrize("size", [20, 30, 40, 60])
def test_hard_line_ends_are_undone_whatever_their_width(size, indent):
    assert read("\n".join(wrapped(size, indent))) == PARAGRAPHS * 3


@pytest.mark.parametrize("page", ["- {} -", "— {} —", "第 {} 页"])
def test_page_numbers_between_hard_lines_do_not_break_a_paragraph(page):
    lines = wrapped(30, "\u3000\u3000")
    for count, at in enumerate(range(len(lines) - len(lines) % 8, 0, -8)):
        lines[at:at] = ["", page.format(9 - count), ""]
    assert read("\n".join(lines)) == PARAGRAPHS * 3


def test_line_ends_of_several_systems_in_one_file():
    lines = wrapped(30, "\u3000\u3000")
    ends = ["\n", "\r\n", "\r"]
    text = "".join(line + ends[at % 3] for at, line in enumerate(lines))
    assert read(text) == PARAGRAPHS * 3


def test_an_empty_line_after_every_hard_line_changes_nothing():
    assert read("\n\n".join(wrapped(30, "\u3000\u3000"))) == PARAGRAPHS * 3


def test_a_latin_word_broken_with_a_hyphen_is_whole_again():
    long = "建设新型基础设施，推广智慧应急平台，完善治理" * 8
    lines = [long[at : at + 22] for at in range(0, len(long), 22)]
    text = "\n".join(
        [*lines, "推动新型公共基础设施建设 resilient infra-", "structure取得明显成效。"]
    )
    assert read(text) == [f"{long}推动新型公共基础设施建设 resilient infrastructure取得明显成效。"]


def test_what_was_lost_in_reading_stands_in_the_report():
    signs = extract("一、目标\n建成".encode() + b"\xff" + "城市。".encode()).signs
    assert [(sign.kind, sign.where, sign.look) for sign in signs] == [
        ("lost_bytes", "line 2", True)
    ]


def test_a_file_of_line_ends_has_no_lines_and_one_of_too_many_lines_is_refused(monkeypatch):
    assert extract(b"\n" * 100_000 + b"\r\n \n").lines == []
    monkeypatch.setattr(from_text, "_MOST_LINES", 1000)
    with pytest.raises(SourceError, match="more than 1,000 lines") as caught:
        extract("中\n".encode() * 1001)
    assert caught.value.zh


@pytest.mark.parametrize("name", ["ff", "u2028", "spaced", "wrap30_pages2"])
def test_shapes_made_to_fail_read_as_the_plain_text(shared, name):
    def parsed(name: str) -> tuple[list[str], list[tuple[str, int, str]]]:
        data = (shared / "made" / "text" / f"{name}.txt").read_bytes()
        found = parse_document(extract(data).lines)
        document = Document("", found.text, sections=found.sections, paragraphs=found.paragraphs)
        kept = [p for p in document.paragraphs if p.kind != "page_number"]
        return [document.text[p.start : p.end] for p in kept], [
            (section.title, section.level, section.role) for section in document.sections
        ]

    assert parsed(name) == parsed("known")


def test_recognised_text_keeps_its_paragraphs(shared):
    folder = shared / "made" / "text"
    known = (folder / "ocr.known").read_text(encoding="utf-8")
    assert len(read((folder / "ocr.txt").read_text(encoding="utf-8"))) == len(known.split("\n")) - (
        known.endswith("\n")
    )
