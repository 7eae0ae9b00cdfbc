import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import altair as alt
import pypdfium2
import pytest
from PIL import Image

from tests.conftest import ROOT
from wenma.publish.charts import frequency_bars
from wenma.publish.picture_files import PICTURE_FORMATS, pdf_bytes, png_bytes, svg_bytes
from wenma.queries.frequency import frequency

BARE = """
import sys
from wenma.errors import WenmaError
import altair as alt
from wenma.publish.picture_files import svg_bytes
chart = alt.Chart(alt.InlineData(values=[{"x": "监测预警"}])).mark_text().encode(text="x:N")
try:
    sys.stdout.buffer.write(svg_bytes(chart))
except WenmaError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def chart():
    rows = [{"x": "监测预警", "y": 3}, {"x": "恢复重建", "y": 5}]
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar().encode(x="x:N", y="y:Q")
    return bars.properties(width=144, height=72, padding=0)


def test_the_svg_has_the_words_as_text(large):
    svg = svg_bytes(frequency_bars(large.ask(frequency), large.codes)).decode()
    assert ">抵御</text>" in svg and ">编码频次</text>" in svg and "<image" not in svg


def test_the_png_has_so_many_dots_an_inch_and_says_so(chart):
    sizes = {}
    for dpi in (72, 300):
        with Image.open(BytesIO(png_bytes(chart, dpi=dpi))) as picture:
            sizes[dpi] = picture.size
            assert [round(one) for one in picture.info["dpi"]] == [dpi, dpi]
    assert sizes[300][0] == pytest.approx(sizes[72][0] * 300 / 72, abs=5)
    assert sizes[72][0] > 144


def test_the_pdf_is_one_page_whose_chinese_can_be_read_and_whose_font_is_inside(chart):
    content = pdf_bytes(chart)
    with pypdfium2.PdfDocument(content) as pdf:
        assert len(pdf) == 1
        text = pdf[0].get_textpage().get_text_bounded()
    assert "监测预警" in text.replace("\n", "") and b"/FontFile" in content


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_same_chart_gives_the_same_file(form, chart):
    assert PICTURE_FORMATS[form](chart) == PICTURE_FORMATS[form](chart)


def test_a_chart_that_asks_for_an_address_is_refused():
    asking = alt.Chart("https://example.org/rows.json").mark_bar().encode(x="x:Q")
    with pytest.raises(ValueError, match="allowed"):
        svg_bytes(asking)


def _without_fonts(tmp_path: Path, *, package: bool) -> str:
    """What the picture maker says on a machine that has no font at all."""
    bare = tmp_path / "fonts.conf"
    bare.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>", encoding="utf-8")
    hidden = "" if package else "import sys; sys.modules['noto_cjk_sans_otc'] = None"
    done = subprocess.run(
        [sys.executable, "-c", hidden + BARE],
        cwd=ROOT,
        env={**os.environ, "FONTCONFIG_FILE": str(bare)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only fontconfig can be told of no fonts")
def test_without_a_chinese_font_no_boxes_are_drawn_but_the_cure_is_named(tmp_path: Path):
    said = _without_fonts(tmp_path, package=False)
    assert "no font with Chinese" in said and "pip install noto-cjk-sans-otc" in said


@pytest.mark.skipif(sys.platform != "linux", reason="only fontconfig can be told of no fonts")
def test_the_font_that_pip_installs_is_taken_where_the_machine_has_none(tmp_path: Path):
    pytest.importorskip("noto_cjk_sans_otc", reason="needs the extra [fonts]")
    assert "监测预警" in _without_fonts(tmp_path, package=True)
