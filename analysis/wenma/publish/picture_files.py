"""Charts become pictures: SVG, PNG and PDF, drawn on this machine without asking the network."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import vl_convert

from wenma.errors import QueryError
from wenma.publish.drawable_text import Drawable, specification

DPI = 300
"""Dots an inch of a PNG: what journals ask of a picture."""
POINTS = 72
"""A chart's own lengths are points, so many an inch."""
FONT_PACKAGE = "noto-cjk-sans-otc"
"""A package that carries Noto Sans CJK under the SIL Open Font License."""

_SIDE = re.compile(r'\b(width|height)="([\d.]+)"')
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<text x="4" y="32" font-size="30" font-family="Noto Sans CJK SC">{}</text></svg>'
)


def svg_bytes(chart: Drawable, *, scale: float = 1.0) -> bytes:
    """The chart as SVG; its words stay text that a drawing program can edit."""
    svg: str = vl_convert.vegalite_to_svg(_specification(chart), allowed_base_urls=[])
    if scale != 1.0:
        wide, high = (f'{side}="{one * scale:g}"' for side, one in _sides(svg))
        svg = _SIDE.sub(lambda found: wide if found[1] == "width" else high, svg, count=2)
    return svg.encode()


def png_bytes(chart: Drawable, *, scale: float = 1.0, dpi: int = DPI) -> bytes:
    """The chart as PNG with so many dots an inch, which the file states too."""
    png: bytes = vl_convert.vegalite_to_png(
        _specification(chart), scale=scale, ppi=dpi, allowed_base_urls=[]
    )
    return png


def pdf_bytes(chart: Drawable, *, scale: float = 1.0) -> bytes:
    """The chart as one page of PDF, its fonts inside."""
    pdf: bytes = vl_convert.svg_to_pdf(svg_bytes(chart, scale=scale).decode())
    return pdf


def sides_of(chart: Drawable) -> tuple[float, float]:
    """The width and height the chart has of itself, in points."""
    svg: str = vl_convert.vegalite_to_svg(_specification(chart), allowed_base_urls=[])
    sides = [one for _, one in _sides(svg)]
    if len(sides) != 2:
        raise QueryError(
            "there is nothing to draw: no document has what this figure shows",
            cure="See with wenma documents what is known of them.",
            zh="没有可画的内容：各份文件都没有此图所示的属性。请用 wenma documents 查看。",
        )
    return sides[0], sides[1]


def _sides(svg: str) -> list[tuple[str, float]]:
    head = svg[: svg.index(">")]
    return [(found[1], float(found[2])) for found in _SIDE.finditer(head)]


PICTURE_FORMATS = {"svg": svg_bytes, "png": png_bytes, "pdf": pdf_bytes}
"""The pictures by the ending of their files."""


def _specification(chart: Drawable) -> dict[str, Any]:
    if not _chinese():
        raise QueryError(
            "this machine has no font with Chinese characters, and a picture would show boxes",
            cure="Install one: apt install fonts-noto-cjk on Debian, "
            f"or anywhere pip install {FONT_PACKAGE}",
            zh="本机没有中文字体，图中文字会变成方框。请安装 fonts-noto-cjk。",
        )
    return specification(chart)


@cache
def _chinese() -> bool:
    """Whether Chinese can be drawn; the font of `FONT_PACKAGE` is taken where it is installed."""
    if _drawn():
        return True
    found = find_spec(FONT_PACKAGE.replace("-", "_"))
    if found is None or found.origin is None:
        return False
    vl_convert.register_font_directory(str(Path(found.origin).parent))
    return _drawn()


def _drawn() -> bool:
    # Names of fonts differ between systems, and so do their folders; but where no
    # font knows them, all characters look alike.
    return bool(
        vl_convert.svg_to_png(_PROBE.format("永")) != vl_convert.svg_to_png(_PROBE.format("国"))
    )
