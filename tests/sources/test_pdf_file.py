import zlib

import pytest

from tests.sources.small_pdf import small_pdf, stream, text_at, written
from wenma.errors import SourceError
from wenma.sources.from_pdf import extract
from wenma.sources.pdf import glyphs as pdf_glyphs
from wenma.sources.pdf.file import opened_page, opened_pdf

PAGE = text_at((60, 700, 12, "建设韧性城市，守住安全底线。"))


def tree(pages, *others):
    return written(["<</Type/Catalog/Pages 2 0 R>>", pages, *others])


@pytest.mark.parametrize(
    "data",
    [
        tree("<</Type/Pages/Count 3/Kids[2 0 R 2 0 R]>>"),
        tree("<</Type/Pages/Count 2/Kids[9 0 R 10 0 R]>>"),
        tree("<</Type/Pages/Count 0/Kids[]>>"),
        written(["<</Type/Catalog>>"]),
        b"%PDF-1.7 and nothing more",
        b"PK\x03\x04 not a PDF",
        small_pdf(PAGE)[:300],
    ],
    ids=["cyclic", "missing pages", "no pages", "no tree", "head alone", "other", "cut short"],
)
def test_a_broken_file_ends_in_a_sentence(data):
    with pytest.raises(SourceError) as caught:
        extract(data)
    assert caught.value.cure and caught.value.zh


def test_a_page_that_cannot_be_loaded_is_named_and_the_others_are_read():
    broken = small_pdf(PAGE, PAGE).replace(b"/Kids[6 0 R 8 0 R]", b"/Kids[6 0 R 99 0 R]")
    found = extract(broken)
    assert [line.page for line in found.lines] == [1] and found.blank_pages == (2,)


def test_more_pages_than_any_document_has_are_refused():
    kids = "3 0 R " * 100_000
    data = tree(f"<</Type/Pages/Count 100000/Kids[{kids}]>>", "<</Type/Page/Parent 2 0 R>>")
    with pytest.raises(SourceError, match="100,000 pages"):
        extract(data)


@pytest.mark.parametrize("layers", [1, 2])
def test_a_part_that_unpacks_to_much_more_is_refused(layers):
    packed = b" " * (70 << 20)
    for _ in range(layers):
        packed = zlib.compress(packed, 9)
    words = f"/Filter[{'/FlateDecode' * layers}]"
    data = tree(
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        stream(packed, words),
    )
    with pytest.raises(SourceError, match="unpacks"):
        extract(data)


def test_a_large_white_picture_is_no_bomb():
    picture = stream(
        zlib.compress(b"\xff" * (70 << 20), 9),
        "/Type/XObject/Subtype/Image/Width 8960/Height 8192/BitsPerComponent 8"
        "/ColorSpace/DeviceGray/Filter/FlateDecode",
    )
    assert extract(small_pdf(PAGE) + picture).lines


def test_a_page_with_more_glyphs_than_any_page_shows_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_glyphs, "_MOST_GLYPHS", 2000)
    rows = [(60, 4 * at, 3, "建设韧性城市，守住安全底线。") for at in range(200)]
    with pytest.raises(SourceError, match="characters"):
        extract(small_pdf(text_at(*rows)))


def test_a_page_of_very_many_glyphs_is_read_without_their_places(monkeypatch):
    monkeypatch.setattr(pdf_glyphs, "_MOST_PLACED", 10)
    assert extract(small_pdf(PAGE)).lines[0].text.strip() == "建设韧性城市，守住安全底线。"


@pytest.mark.parametrize("box", ["0 0 1e9 1e9", "0 0 400 100000", "0 0 0 0", "400 800 -5 -5"])
def test_a_page_of_any_size_is_read(box):
    page = text_at((0, 0, 12, "建设韧性城市，守住安全底线。"))
    (line,) = extract(small_pdf(page, box=box)).lines
    assert line.text == "建设韧性城市，守住安全底线。"


def test_the_file_is_closed_when_reading_stops():
    with pytest.raises(RuntimeError), opened_pdf(small_pdf(PAGE)) as pdf:
        with opened_page(pdf, 1) as page:
            assert page is not None
        raise RuntimeError
    assert pdf.raw is None


def locked(data, *, user, owner):
    """The file with passwords, by a library that is not wenma's."""
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf to lock a file")
    import io

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_file_locked_for_readers_is_refused():
    with pytest.raises(SourceError, match="locked by a password"):
        extract(locked(small_pdf(PAGE), user="秘密", owner="owner"))


def test_a_file_locked_for_changes_alone_is_read():
    assert extract(locked(small_pdf(PAGE), user="", owner="owner")).lines
