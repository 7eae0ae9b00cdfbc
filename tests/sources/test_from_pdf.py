import pytest

from tests.sources.small_pdf import SCAN, lines_at, small_pdf, stream, text_at, written
from wenma.errors import SourceError
from wenma.sources import from_pdf
from wenma.sources.document import parse_document
from wenma.sources.from_pdf import extract
from wenma.sources.reading import read

PAGE = text_at((60, 700, 12, "建设韧性城市，守住安全底线，健全监测预警体系。"))


@pytest.fixture
def without_ocr(monkeypatch):
    """As where wenma[ocr] is not installed."""
    monkeypatch.setattr(from_pdf, "ocr_installed", lambda: False)


def pdf(*pages):
    """A small PDF with a Chinese font that is named, not embedded."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        "/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/ItalicAngle 0"
        "/Ascent 752/Descent -271/CapHeight 737/StemV 58/FontBBox[-25 -254 1000 880]>>>>",
    ]
    for page in pages:
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in page)
        stream = f"BT /F 12 Tf 60 780 Td\n{shown}ET"
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {len(objects) + 2} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    return data + f"{tail}startxref\n{len(data)}\n%%EOF".encode()


def test_every_line_knows_its_page():
    found = extract(pdf(["一、总体要求", "建成韧性城市。"], ["二、主要任务"])).lines
    assert [(line.text, line.page, line.line) for line in found] == [
        ("一、总体要求", 1, 1),
        ("建成韧性城市。", 1, 2),
        ("二、主要任务", 2, 1),
    ]


def test_a_sentence_broken_by_a_page_is_whole_in_the_document():
    first = ["我们统筹发展和安全健全监测预警体系完善应急物资"] * 4
    document = parse_document(extract(pdf([*first, "1"], ["储备，守住底线。", "2"])).lines)
    assert "应急物资储备，守住底线。" in document.text
    assert document.source_map.place(document.text.index("守住")).page == 2
    assert [p.kind for p in document.paragraphs].count("page_number") == 2


def test_pages_without_text_are_refused_with_the_way_to_ocr(without_ocr):
    with pytest.raises(SourceError, match="no text layer") as caught:
        extract(pdf([], []))
    assert "OCR" in caught.value.cure


def test_a_broken_file_is_refused():
    with pytest.raises(SourceError, match="cannot be read as a PDF"):
        extract(pdf(["一、总体要求"])[:150])


def test_a_real_report_is_read_page_by_page(shared):
    (path,) = (shared / "formats" / "pdf").glob("2021年深圳市*.pdf")
    found = extract(path.read_bytes()).lines
    assert {line.page for line in found} == set(range(1, max(line.page for line in found) + 1))


def test_pages_without_text_are_named(without_ocr):
    assert extract(small_pdf(PAGE, SCAN, PAGE, SCAN)).blank_pages == (2, 4)


@pytest.mark.parametrize("stamp", ["3", "- 3 -", "第3页", "扫描全能王创建"])
def test_a_page_number_or_stamp_on_a_picture_is_no_text(without_ocr, stamp):
    page = SCAN + text_at((280, 40, 9, stamp))
    assert extract(small_pdf(PAGE, page)).blank_pages == (2,)


@pytest.mark.parametrize("turn", ["", "/Rotate 90", "/Rotate 180"])
def test_a_picture_covers_its_page_wherever_the_page_begins(without_ocr, turn):
    scan = "q 595 0 0 842 300 400 cm /I Do Q\n" + text_at((400, 420, 9, "7"))
    data = small_pdf(
        text_at((400, 900, 12, "建设韧性城市，守住安全底线。")), scan, box="300 400 895 1242"
    )
    assert extract(data.replace(b"/Type/Page/", b"/Type/Page%s/" % turn.encode())).blank_pages == (
        2,
    )


def test_a_line_on_picture_after_picture_is_a_stamp(without_ocr):
    stamp = text_at((60, 40, 9, "云溪市人民政府办公室文件扫描件专用"))
    assert extract(small_pdf(PAGE, *[SCAN + stamp] * 3)).blank_pages == (2, 3, 4)


def test_a_cover_on_a_picture_has_text(without_ocr):
    cover = SCAN + text_at((60, 600, 30, "云溪市乡村振兴战略规划"))
    assert extract(small_pdf(cover, PAGE)).blank_pages == ()


def test_a_page_number_alone_is_text_where_nothing_else_is_drawn(without_ocr):
    assert extract(small_pdf(PAGE, text_at((280, 40, 9, "2")))).blank_pages == ()


def test_a_file_of_pictures_with_page_numbers_is_refused(without_ocr):
    pages = [SCAN + text_at((280, 40, 9, f"第 {at} 页 共 40 页")) for at in range(1, 4)]
    with pytest.raises(SourceError, match="no text layer") as caught:
        extract(small_pdf(*pages))
    assert "pip install 'wenma[ocr]'" in caught.value.cure
    assert "pip install 'wenma[ocr]'" in caught.value.zh


def test_pages_without_a_character_map_are_named(without_ocr):
    nonsense = text_at(*[(60, 700 - 20 * at, 12, "\ue012\ue013\ue014" * 8) for at in range(3)])
    text = text_at(*[(60, 700 - 20 * at, 12, "健全监测预警体系守住底线" * 3) for at in range(4)])
    (sign,) = extract(small_pdf(text, nonsense, text)).signs
    assert (sign.kind, sign.look, sign.where) == ("no_character_map", True, "pp. 2")


def test_a_file_without_a_character_map_is_refused(without_ocr):
    nonsense = text_at(*[(60, 700 - 20 * at, 12, "\ue012\ue013\ue014" * 8) for at in range(9)])
    with pytest.raises(SourceError, match="without a character map") as caught:
        extract(small_pdf(nonsense, PAGE))
    assert "OCR" in caught.value.cure and "OCR" in caught.value.zh


def test_a_font_without_names_or_map_is_noticed(without_ocr):
    names = " ".join(f"/g{at}" for at in range(1, 61))
    font = (
        f"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+X/FirstChar 1/LastChar 60"
        f"/Widths[{'600 ' * 60}]/Encoding<</Type/Encoding/Differences[1 {names}]>>>>"
    )
    shown = "".join(f"{at:02x}" for at in range(1, 61))
    page = stream(f"BT /F 12 Tf 60 700 Td <{shown}> Tj ET".encode())
    data = written(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>"
            "/Contents 5 0 R>>",
            font,
            page,
        ]
    )
    with pytest.raises(SourceError, match="without a character map"):
        extract(data)


def test_text_that_stands_upright_keeps_the_order_it_is_drawn_in():
    turned = "".join(
        f"BT /F 12 Tf 0 1 -1 0 {100 + 20 * at} 60 Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
        for at, text in enumerate(("建设韧性城市守住底线", "健全监测预警体系机制"))
    )
    text = "".join(line.text for line in extract(small_pdf(turned)).lines)
    assert text == "建设韧性城市守住底线健全监测预警体系机制"


def test_text_beyond_the_edges_of_the_page_is_left_out_and_told():
    found = extract(small_pdf(PAGE + text_at((900, 700, 12, "页外"), (60, -200, 12, "文字"))))
    assert (
        "".join(line.text for line in found.lines).strip()
        == "建设韧性城市，守住安全底线，健全监测预警体系。"
    )
    assert [(one.kind, one.parts, one.characters) for one in found.left_out] == [("hidden", 1, 4)]


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("box", ["0 0 595 842", "100 100 900 900"])
def test_a_page_shown_turned_is_read(turn, box):
    page = text_at((120, 700, 12, "建设韧性城市"), (500, 700, 12, "守住底线"))
    data = small_pdf(page, box=box).replace(b"/Type/Page/", f"/Type/Page/Rotate {turn}/".encode())
    found = extract(data)
    text = "".join("".join(line.text.split()) for line in found.lines)
    assert "建设韧性城市" in text and "守住底线" in text and not found.left_out
    assert not extract(small_pdf(PAGE, SCAN + PAGE, box=box)).blank_pages


def test_a_drawing_of_many_lines_is_read_as_text():
    grid = lines_at(*[(0, y, 595, y) for y in range(10, 800)])
    (line,) = extract(small_pdf(grid + PAGE)).lines
    assert line.text.startswith("建设韧性城市")


def test_the_made_scans_are_named(shared, without_ocr):
    scans = extract((shared / "made/pdf/scanmix.pdf").read_bytes())
    assert (scans.pages, scans.blank_pages) == (12, tuple(range(3, 13)))
    cover = extract((shared / "made/pdf/cover_then_scans.pdf").read_bytes())
    assert cover.blank_pages == tuple(range(2, 22))


def test_the_made_pages_ask_for_a_look(shared, without_ocr):
    (document,) = read(shared / "made/pdf/scanmix.pdf")
    kinds = [sign.kind for sign in document.quality.to_look_at]
    assert kinds == ["blank_pages", "cut_short"]  # its last page with words ends in a sentence


def test_the_made_column_is_read_whole(shared):
    text = parse_document(extract((shared / "made/pdf/onecol.pdf").read_bytes()).lines).text
    known = (shared / "made/text/known.txt").read_text(encoding="utf-8")
    found = {"".join(one.split()) for one in text.split("\n")}
    wanted = ["".join(one.split()) for one in known.split("\n") if one.strip()]
    assert sum(one in found for one in wanted) >= 0.95 * len(wanted)
