import pytest

from wenma.errors import SourceError
from wenma.sources.document import parse_document
from wenma.sources.from_pdf import extract


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


def test_pages_without_text_are_refused_with_the_way_to_ocr():
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
