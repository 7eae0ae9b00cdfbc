import io

import pytest

from tests.sources.small_pdf import SCAN, small_pdf, text_at
from wenma.errors import SourceError
from wenma.sources.pdf.picture import page_picture

PAGE = text_at((60, 700, 40, "建设韧性城市"))
Image = pytest.importorskip("PIL.Image", reason="needs Pillow")


def drawn(*given):
    return Image.open(io.BytesIO(page_picture(*given)))


def test_a_page_is_drawn_at_the_scale_asked_for():
    assert drawn(small_pdf("", PAGE), 2, 2).size == (1190, 1684)


def test_the_picture_shows_the_page_asked_for():
    white, dark = (drawn(small_pdf("", SCAN), page, 0.5).convert("L") for page in (1, 2))
    assert white.getextrema() == (255, 255) and dark.getextrema()[0] < 255


@pytest.mark.parametrize("box", ["0 0 1e6 1e6", "0 0 1 100000", "0 0 100000 1"])
def test_a_huge_page_is_drawn_small(box):
    picture = drawn(small_pdf(PAGE, box=box), 1, 4)
    assert picture.width * picture.height <= 12_100_000 and max(picture.size) <= 16_001


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_that_is_not_there_is_refused(page):
    with pytest.raises(SourceError, match="has no page"):
        page_picture(small_pdf(PAGE), page)
