import difflib
import io

import pytest

from tests.sources.pdf_twins import known
from tests.sources.small_pdf import SCAN, small_pdf, text_at
from wenma.errors import SourceError
from wenma.sources import from_image, from_pdf, ocr, ocr_cache
from wenma.sources.ocr import FoundLine, in_order
from wenma.sources.page_signs import recognised_sign
from wenma.sources.pdf.file import opened_page, opened_pdf
from wenma.sources.pdf.picture import drawn_page

ROWS = [text[:26] for text in known() if len(text) > 26][:6]
PAGE = text_at(*[(60, 760 - 26 * at, 16, row) for at, row in enumerate(ROWS)])


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WENMA_CACHE", str(tmp_path))
    return tmp_path / "ocr"


@pytest.fixture(scope="module")
def engine():
    """The real engine; skips where wenma[ocr] is not installed."""
    pytest.importorskip("rapidocr_onnxruntime", reason="needs wenma[ocr]", exc_type=ImportError)


@pytest.fixture(scope="module")
def scan():
    """The upper half of a page of known text, as a picture."""
    with opened_pdf(small_pdf(PAGE, box="0 580 595 842")) as pdf, opened_page(pdf, 1) as page:
        return drawn_page(page, 200 / 72)


def right(found):
    """Share of the known characters that were recognised in their order."""
    text = "".join("".join(line.text.split()) for line in found.lines)
    truth = "".join(ROWS)
    blocks = difflib.SequenceMatcher(None, truth, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(truth)


def saved(*frames, form):
    out = io.BytesIO()
    more = {"save_all": True, "append_images": frames[1:]} if form == "TIFF" else {}
    frames[0].save(out, form, **more)
    return out.getvalue()


def as_pdf(picture):
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=200)
    return out.getvalue()


def stretch(text, left, top, confidence=0.9):
    return FoundLine(text, confidence, left, top, left + 20 * len(text), top + 24)


def test_stretches_are_read_from_the_top_down_and_from_the_left():
    found = in_order([stretch("丙", 0, 80), stretch("乙", 200, 3), stretch("甲", 0, 0)])
    assert found.lines == [("甲 乙", ""), ("丙", "")]


def test_recognised_columns_are_read_one_after_the_other():
    left, right = "大力发展特色产业推进数字乡村", "加强乡村人才培训培育新农人队"
    found = in_order(
        [stretch(text, x, 40 * at) for at in range(4) for x, text in ((0, left), (400, right))]
    )
    assert [text for text, _ in found.lines] == [left] * 4 + [right] * 4


def test_lines_of_both_columns_taken_for_one_ask_for_a_look():
    left, right = "大力发展特色产业推进数字乡村", "加强乡村人才培训培育新农人队"
    found = [stretch(text, x, 40 * at) for at in range(9) for x, text in ((0, left), (300, right))]
    assert not in_order(found).doubtful
    found[8:10] = [stretch(left + right, 0, 160)]
    assert in_order(found).doubtful


def test_recognised_cells_are_rows():
    rows = [
        ("指标", "2022年", "属性"),
        ("城镇化率", "64.1", "预期性"),
        ("覆盖率", "38.5", "约束性"),
    ]
    found = in_order(
        [
            stretch(cell, 300 * at, 40 * row)
            for row, cells in enumerate(rows)
            for at, cell in enumerate(cells)
        ]
    )
    assert found.lines == [(" | ".join(row), "table") for row in rows]


def test_stains_are_left_out_and_confidence_is_of_what_is_read():
    found = in_order(
        [stretch("甲乙丙", 0, 0, 0.9), stretch("丁", 0, 60, 0.5), stretch("癶", 0, 90, 0.2)]
    )
    assert [text for text, _ in found.lines] == ["甲乙丙", "丁"]
    assert found.confidence == pytest.approx((3 * 0.9 + 0.5) / 4)


@pytest.mark.parametrize(("confidence", "look"), [(0.97, False), (0.7, True)])
def test_an_unsure_reading_asks_for_a_look(confidence, look):
    sign = recognised_sign({3: in_order([stretch("建设韧性城市", 0, 0, confidence)])})
    assert (sign.kind, sign.look, sign.where) == ("recognised", look, "pp. 3")
    assert f"{confidence:.0%}" in sign.said.en and f"{confidence:.0%}" in sign.said.zh


def test_a_page_seen_before_is_not_recognised_again(scan, monkeypatch):
    asked = []
    monkeypatch.setattr(ocr, "_found", lambda picture: asked.append(1) or [stretch("甲", 0, 0)])
    assert ocr.recognised(scan) == ocr.recognised(scan) and len(asked) == 1


def test_a_reading_that_was_stopped_goes_on_after_the_pages_already_done(monkeypatch):
    done = []

    def found(picture):
        if len(done) == 1:
            done.append(0)
            raise KeyboardInterrupt
        done.append(1)
        return [stretch("建设韧性城市", 0, 0)]

    monkeypatch.setattr(ocr, "_found", found)
    monkeypatch.setattr(from_pdf, "ocr_installed", lambda: True)
    data = small_pdf(PAGE, SCAN, SCAN + "9 9 m 99 99 l S\n")
    with pytest.raises(KeyboardInterrupt):
        from_pdf.extract(data)
    read = from_pdf.extract(data)
    assert done == [1, 0, 1] and read.blank_pages == ()
    assert [line.page for line in read.lines][-2:] == [2, 3]


def test_without_the_engine_a_picture_is_refused_with_the_way_to_it(monkeypatch, scan):
    monkeypatch.setattr(from_image, "ocr_installed", lambda: False)
    with pytest.raises(SourceError, match="picture") as caught:
        from_image.extract(saved(scan, form="PNG"))
    assert "pip install 'wenma[ocr]'" in caught.value.cure


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n broken", b"GIF89a", b"", b"II*\x00 tiff"])
def test_a_broken_picture_ends_in_a_sentence(monkeypatch, data):
    monkeypatch.setattr(from_image, "ocr_installed", lambda: True)
    with pytest.raises(SourceError) as caught:
        from_image.extract(data)
    assert caught.value.cure and caught.value.zh


def test_a_picture_of_more_pixels_than_a_page_is_refused(monkeypatch):
    Image = pytest.importorskip("PIL.Image", reason="needs Pillow")
    monkeypatch.setattr(from_image, "ocr_installed", lambda: True)
    with pytest.raises(SourceError, match="picture"):
        from_image.extract(saved(Image.new("1", (9000, 9000)), form="PNG"))


def test_a_scan_in_a_pdf_is_recognised(engine, scan):
    found = from_pdf.extract(as_pdf(scan))
    assert right(found) >= 0.98
    assert [sign.kind for sign in found.signs] == ["recognised"] and found.blank_pages == ()
    assert len(found.lines) == len(ROWS)


def test_a_bad_copy_of_a_page_is_still_mostly_recognised(engine, scan):
    from PIL import ImageFilter

    small = scan.convert("L").resize((scan.width * 2 // 3, scan.height * 2 // 3))
    bad = small.filter(ImageFilter.GaussianBlur(0.7)).rotate(0.7, fillcolor=240)
    assert right(from_image.extract(saved(bad, form="JPEG"))) >= 0.9


def test_the_frames_of_a_tiff_are_pages(engine, scan):
    from PIL import Image

    white = Image.new("RGB", scan.size, "white")
    found = from_image.extract(saved(scan, white, scan, form="TIFF"))
    assert (found.pages, found.blank_pages) == (3, (2,))
    assert {line.page for line in found.lines} == {1, 3}


def test_the_cache_knows_the_engine(engine, scan):
    ocr.recognised(scan)
    assert ocr_cache.kept_page(ocr_cache.picture_key(scan, "rapidocr_onnxruntime"))
