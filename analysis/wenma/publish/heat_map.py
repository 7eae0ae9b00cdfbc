"""Tables as cells shaded by their numbers, with the numbers printed in them."""

import math
import re
from typing import Any

import altair as alt

from wenma.publish.drawing import (
    INK,
    LINE,
    PALE,
    ROW_POINTS,
    SIZE,
    Chart,
    Door,
    by_dimension,
    ems,
    in_panels,
    in_table_order,
    inline,
    link_encoding,
    room_for,
)

_SHADES = ["#f7fbff", "#d2e3f3", "#9dc6e0", "#5ba3cf", "#2879b9", "#08478f"]
_MANY = 14
"""Columns beyond which their names stand in short lines."""
_SIGNED = ["#b35806", "#f1a340", "#fee0b6", "#f7f7f7", "#d8daeb", "#998ec3", "#542788"]


def cells_of(
    rows: list[dict[str, Any]], measure: str, *, across: str, down: str
) -> list[dict[str, Any]]:
    """Rows as cells of a heat map: their column, their line, and the number their shade shows."""
    for row in rows:
        row["across"], row["down"] = row[across], row[down]
        row.setdefault("shade", row[measure])
    return rows


def heatmap(
    cells: list[dict[str, Any]],
    tooltip: list[alt.Tooltip],
    *,
    door: Door | None,
    step: int = 44,
    panels: list[str] | None = None,
    dimensions: list[str] | None = None,
) -> Chart:
    """Cells shaded by their number and with it printed in them.

    A panel for each of `panels` side by side, or for each of `dimensions`, the
    names of the cells' dimensions, one under another.
    """
    labels, upright = _over(in_table_order(cells, "across"))
    deepest = max((name.count("\n") + 1 for name in labels.values()), default=1)
    for cell in cells:
        label = labels[cell["across"]]
        cell["across"] = label if panels else "\n" * (deepest - 1 - label.count("\n")) + label
    columns, lines = in_table_order(cells, "across"), in_table_order(cells, "down")
    widest = max((ems(line) for name in columns for line in name.split("\n")), default=1)
    longest = widest if upright else 1.4
    rows = max((cell["shown"].count("\n") + 1 for cell in cells), default=1)
    numbers = [cell["shade"] for cell in cells if cell["shade"] is not None]
    reach = max(map(abs, numbers), default=0) or 1
    signed = min(numbers, default=0) < 0
    for cell in cells:
        # Where white reads better than black on the shade: the two-hued scale darkens later.
        dark = abs(cell["shade"] or 0) > (0.8 if signed else 0.7) * reach
        cell["ink"] = "#ffffff" if dark else INK
    scale = alt.Scale(
        domain=[-reach, reach] if signed else [0, reach], range=_SIGNED if signed else _SHADES
    )
    x = alt.X(
        "across:N",
        title=None,
        sort=columns,
        axis=alt.Axis(
            # A panel's own name stands over it.
            orient="bottom" if panels else "top",
            labelExpr="split(datum.value, '\\n')",
            labelLineHeight=SIZE + 3,
            # Vega hangs all lines of a label below its first, into the cells.
            labelPadding=4 if panels else 4 + (SIZE + 3) * (deepest - 1),
            **({} if upright else _turned(below=bool(panels))),
        ),
    )
    y = alt.Y("down:N", title=None, sort=lines)
    base = alt.Chart().encode(x=x, y=y)
    ground = base.mark_rect(fill=PALE, stroke=LINE)
    shades = (
        base.mark_rect(stroke=LINE)
        .encode(
            color=alt.Color("shade:Q", scale=scale, legend=None),
            tooltip=tooltip,
            **link_encoding(door),
        )
        .transform_filter("isValid(datum.shade)")
    )
    texts = base.mark_text(
        fontSize=SIZE - 1, lineBreak="\n", lineHeight=SIZE + 1, dy=-(SIZE + 1) * (rows - 1) / 2
    ).encode(
        text="shown:N", color=alt.Color("ink:N", scale=None), tooltip=tooltip, **link_encoding(door)
    )
    wide = max(step, math.ceil(SIZE * longest) + 10, room_for(cells) + 10)
    high = max(ROW_POINTS, step * 2 // 3, rows * (SIZE + 1) + 8)
    chart = (
        alt.layer(ground, shades, texts)
        .properties(width=alt.Step(wide), height=alt.Step(high))
        .resolve_scale(color="independent")
    )
    if dimensions:
        return by_dimension(chart, cells, dimensions, padding=-14)
    if panels is None:
        whole: Chart = chart.properties(data=inline(cells))
        return whole
    apart: Chart = in_panels(chart, cells, "place", order=panels).resolve_axis(x="independent")
    return apart


def _over(names: list[str]) -> tuple[dict[str, str], bool]:
    """Each name as it stands over its column, in lines, and whether it stands upright.

    Over many columns Chinese is cut into short lines, and what has longer words is turned.
    """
    many = len(names) > _MANY
    cut = {name: _lines(name, 3.2 if many else 7) for name in names}
    longest = max((ems(line) for lines in cut.values() for line in lines), default=1)
    if many and longest > 4.5:
        return {name: name for name in names}, False
    return {name: "\n".join(lines) for name, lines in cut.items()}, True


def _turned(*, below: bool) -> dict[str, Any]:
    side = "right" if below else "left"
    return {"labelAngle": -90, "labelAlign": side, "labelBaseline": "middle"}


def _lines(name: str, width: float = 7) -> list[str]:
    """A name cut into lines that stand over a column: long Chinese evenly, else between words.

    >>> _lines("城市生命线安全运行"), _lines("Emergency plan revision")
    (['城市生命线', '安全运行'], ['Emergency', 'plan', 'revision'])
    >>> _lines("和槐市_韧性城市规划_2026.md")
    ['和槐市_', '韧性城市规划_', '2026.md']
    """
    lines = [""]
    for word in re.findall(r"[^\s_]*[\s_]|[^\s_]+", name):
        parts = max(1, math.ceil(ems(word) / width)) if ems(word) > len(word) * 0.8 else 1
        size = math.ceil(len(word) / parts)
        for part in (word[at : at + size] for at in range(0, len(word), size)):
            if lines[-1] and ems((lines[-1] + part).strip()) > width:
                lines.append("")
            lines[-1] += part
    return [line.strip() for line in lines]
