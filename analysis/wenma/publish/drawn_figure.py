"""A figure that was drawn: it shows itself in a notebook and saves itself as a picture."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from wenma.errors import UsageError
from wenma.publish.drawing import Chart
from wenma.publish.figure_size import printed_scale
from wenma.publish.file_writing import write_file
from wenma.publish.picture_files import DPI, PICTURE_FORMATS, png_bytes, sides_of, svg_bytes

WIDEST = 100
"""Centimetres a picture is wide at most."""


@dataclass(frozen=True, eq=False)
class DrawnFigure:
    """A figure as it was drawn; `chart` is Altair's, to be changed by who knows it."""

    chart: Chart

    @cached_property
    def sides(self) -> tuple[float, float]:
        """The width and height the figure has of itself, in points."""
        return sides_of(self.chart)

    def scale(self, width: float | None = None) -> float:
        """By what it is enlarged in print, to `width` centimetres or on an A4 page."""
        return printed_scale(*self.sides, width=width)

    def save(self, path: str | Path, *, width: float | None = None, dpi: int = DPI) -> None:
        """Write the figure to a file that ends in .svg, .png or .pdf, whole or not at all.

        `width` is in centimetres, of itself what an A4 page holds; `dpi` are the dots an
        inch of a png. UsageError for another ending and for what no picture can be.
        """
        output = Path(path)
        form = picture_format(output, width=width, dpi=dpi)
        scale = self.scale(width)
        if form == "png":
            write_file(png_bytes(self.chart, scale=scale, dpi=dpi), output)
        else:
            write_file(PICTURE_FORMATS[form](self.chart, scale=scale), output)

    def _repr_svg_(self) -> str:
        return svg_bytes(self.chart).decode()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"image/svg+xml": self._repr_svg_()}


def picture_format(output: Path, *, width: float | None = None, dpi: int = DPI) -> str:
    """The kind of picture a file's ending names; UsageError where it names none.

    So too for a width beyond 1 to 100 centimetres, and for less than 1 dot an inch.

    >>> picture_format(Path("图1.PNG"), width=8.5)
    'png'
    """
    ending = output.suffix.lstrip(".").lower()
    if ending not in PICTURE_FORMATS:
        endings = ", ".join(f".{one}" for one in PICTURE_FORMATS)
        raise UsageError(
            f"{output.name!r} does not tell the kind of picture",
            cure=f"End it in one of {endings}.",
            zh=f"从“{output.name}”看不出图片格式。文件名请以 {endings} 之一结尾。",
        )
    if dpi < 1:
        raise UsageError(
            "a picture has at least 1 dot an inch",
            cure="Leave out --dpi: it is 300.",
            zh="图片每英寸至少 1 点。可不写 --dpi，默认为 300。",
        )
    if width is not None and not 1 <= width <= WIDEST:
        raise UsageError(
            f"a picture is 1 to {WIDEST} centimetres wide",
            cure="A column of a paper is 8.5, a page 17.5",
            zh=f"图片宽度为 1 至 {WIDEST} 厘米：论文单栏 8.5，整页 17.5。",
        )
    return ending
