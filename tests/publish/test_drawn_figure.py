from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from wenma.errors import UsageError
from wenma.publish.figures import figure
from wenma.queries.frequency import frequency


@pytest.fixture(scope="module")
def bars():
    return figure("frequency_bars")


def test_a_figure_shows_itself_in_a_notebook(bars, small):
    drawn = bars.of(small.ask(frequency), small.codes)
    shown = drawn._repr_mimebundle_()["image/svg+xml"]
    assert shown.startswith("<svg") and ">抵御</text>" in shown
    assert drawn._repr_svg_() == shown


def test_a_figure_is_saved_as_its_files_ending_says(bars, small, tmp_path: Path):
    drawn = bars.of(small.ask(frequency), small.codes)
    for ending in ("svg", "png", "pdf"):
        drawn.save(tmp_path / f"图.{ending}", width=8.5, dpi=100)
    assert 'width="240.9' in (tmp_path / "图.svg").read_text(encoding="utf-8")[:400]
    with Image.open(BytesIO((tmp_path / "图.png").read_bytes())) as picture:
        assert round(picture.info["dpi"][0]) == 100
        assert picture.width == pytest.approx(8.5 / 2.54 * 100, abs=2)
    with pypdfium2.PdfDocument(tmp_path / "图.pdf") as pdf:
        assert pdf[0].get_width() == pytest.approx(8.5 / 2.54 * 72, abs=1)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("图.jpg", {}, "does not tell the kind of picture"),
        ("图.png", {"dpi": 0}, "at least 1 dot"),
        ("图.svg", {"width": 101}, "1 to 100 centimetres"),
    ],
)
def test_what_no_picture_can_be_is_refused_and_nothing_written(
    bars, small, tmp_path: Path, name, options, said
):
    drawn = bars.of(small.ask(frequency), small.codes)
    with pytest.raises(UsageError, match=said) as refused:
        drawn.save(tmp_path / name, **options)
    assert refused.value.zh and not list(tmp_path.iterdir())
