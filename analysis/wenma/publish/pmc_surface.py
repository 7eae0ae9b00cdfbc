"""The PMC surface: nine variables of a policy as three rows of three."""

import math
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.publish.drawing import INK, SIZE, Chart, Door, finished, in_panels, link_encoding
from wenma.publish.labels import NAMELESS, Language, code_names
from wenma.queries.pmc import surface
from wenma.queries.table import Table
from wenma.records import Index

MOST_PANELS = 12
"""Surfaces that fit on a page."""

_SHADES = ["#f7fbff", "#d2e3f3", "#9dc6e0", "#5ba3cf", "#2879b9", "#08478f"]


def pmc_surface(
    table: Table,
    codes: pd.DataFrame,
    *,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """The surface of each document or city as nine shaded cells, their heights as numbers.

    A shade means the same height in every panel: 0 is white, 1 darkest. Up to
    twelve; a row without an index is left out. `codes` carries the index.
    """
    index, known, who = _surfaces(table)
    names = code_names(codes, language=language)
    rows: list[dict[str, Any]] = []
    for at in known:
        heights = surface(table, at, index=index)
        whole = table.frame["pmc"].iloc[at]
        place = str(table.frame[who].iloc[at]) or NAMELESS.in_language(language)
        panel = f"{place}  PMC {whole:.2f}"
        for cell, variable in enumerate(index.surface):
            height = float(heights[divmod(cell, 3)])
            rows.append(
                {
                    "panel": panel,
                    "line": cell // 3,
                    "across": cell % 3,
                    "height": height,
                    "name": names.get(variable, variable),
                    "number": f"X{index.variables.index(variable) + 1}  {height:.2f}",
                    "ink": "#ffffff" if height > 0.6 else INK,
                    **({"href": door(table.drill_through(at))} if door else {}),
                }
            )
    x = alt.X("across:O", axis=None)
    y = alt.Y("line:O", axis=None)
    base = alt.Chart().encode(x=x, y=y)
    cells = base.mark_rect(stroke="#8a8a8a").encode(
        fill=alt.Fill("height:Q", scale=alt.Scale(domain=[0, 1], range=_SHADES), legend=None),
        tooltip=[alt.Tooltip("name:N", title="X"), alt.Tooltip("height:Q", format=".2f")],
        **link_encoding(door),
    )
    ink = alt.Color("ink:N", scale=None)
    words = base.mark_text(fontSize=SIZE - 2, dy=-8).encode(text="name:N", color=ink)
    numbers = base.mark_text(fontSize=SIZE - 1, dy=9).encode(text="number:N", color=ink)
    layers = alt.layer(cells, words, numbers).properties(width=alt.Step(92), height=alt.Step(46))
    chart = in_panels(layers, rows, "panel")
    said = (
        "3×3 曲面：每格为一项一级变量的得分（0—1），颜色越深越高"
        if language == "zh"
        else "Surface of 3 × 3: the value of a variable in each cell (0 to 1), darker is higher"
    )
    return finished(chart, table, [said], language)


def pmc_relief(
    table: Table,
    codes: pd.DataFrame,
    *,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """The same surfaces seen from above at a slant, as papers draw them.

    A corner stands as high as its variable, over its place on the dashed
    ground; its number is beside it. The nearest corner is the last variable,
    and a hollow is the weakness. For reading values take `pmc_surface`.
    """
    index, known, who = _surfaces(table)
    rows: list[dict[str, Any]] = []
    for at in known:
        heights = surface(table, at, index=index)
        whole = table.frame["pmc"].iloc[at]
        place = str(table.frame[who].iloc[at]) or NAMELESS.in_language(language)
        panel = f"{place}  PMC {whole:.2f}"
        href = {"href": door(table.drill_through(at))} if door else {}
        for step, (line, across) in enumerate([(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)]):
            left, up = _slanted(line, across, 0.0)
            rows.append({"panel": panel, "kind": "ground", "step": step, "x": left, "y": up})
        # From the furthest to the nearest, so that what is near covers what is behind it.
        for patch, (line, across) in enumerate([(0, 0), (0, 1), (1, 0), (1, 1)]):
            corners = [(0, 0), (0, 1), (1, 1), (1, 0)]
            spots = [(line + down, across + over) for down, over in corners]
            mean = float(np.mean([heights[spot] for spot in spots]))
            for step, spot in enumerate([*spots, spots[0]]):
                left, up = _slanted(*spot, float(heights[spot]))
                rows.append(
                    {
                        **{"panel": panel, "kind": "patch", "patch": patch, "step": step},
                        **{"x": left, "y": up, "mean": mean},
                    }
                )
        for cell, variable in enumerate(index.surface):
            line, across = divmod(cell, 3)
            height = float(heights[line, across])
            left, up = _slanted(line, across, height)
            number = f"X{index.variables.index(variable) + 1} {height:.2f}"
            rows.append(
                {"panel": panel, "kind": "corner", "x": left, "y": up, "height": height}
                | {"number": number, **href}
            )
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-2.3, 2.3], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-2.05, 1.55], nice=False))
    base = alt.Chart().encode(x=x, y=y)
    ground = (
        base.transform_filter("datum.kind == 'ground'")
        .mark_line(color="#8a8a8a", strokeDash=[4, 3], strokeWidth=1)
        .encode(order="step:Q")
    )
    patches = [
        base.transform_filter(f"datum.kind == 'patch' && datum.patch == {patch}")
        .mark_line(stroke=INK, strokeWidth=1, fillOpacity=0.92)
        .encode(
            fill=alt.Fill("mean:Q", scale=alt.Scale(domain=[0, 1], range=_SHADES), legend=None),
            order="step:Q",
        )
        for patch in range(4)
    ]
    corner = base.transform_filter("datum.kind == 'corner'")
    dots = corner.mark_circle(color=INK, size=22, opacity=1).encode(**link_encoding(door))
    halo = corner.mark_text(
        fontSize=SIZE - 2, dy=-10, stroke="white", strokeWidth=3.5, color="white"
    ).encode(text="number:N")
    numbers = corner.mark_text(fontSize=SIZE - 2, dy=-10, color=INK).encode(text="number:N")
    layers = alt.layer(ground, *patches, dots, halo, numbers).properties(width=300, height=225)
    chart = in_panels(layers, rows, "panel")
    said = (
        "曲面：各角高度为一级变量得分（0—1），虚线为 0 平面"
        if language == "zh"
        else "Surface: each corner as high as its variable (0 to 1); the dashed ground is 0"
    )
    return finished(chart, table, [said], language)


def _slanted(line: int, across: int, height: float) -> tuple[float, float]:
    """A corner of the grid seen from above at a slant, the ground's middle at 0, 0."""
    return (across - line) * 0.9, (2 - across - line) * 0.5 + height * 1.1 - 0.9


def _surfaces(table: Table) -> tuple[Index, list[int], str]:
    """The index, the rows that have a surface, and the column that names them."""
    index = table.index
    if index is None:
        raise QueryError(
            "the codebook has no index, and so no surface",
            cure="Code the documents with codebooks/pmc.yaml",
            zh="编码本没有指数（index），画不出曲面。请用 codebooks/pmc.yaml 编码。",
        )
    who = "group" if "group" in table.frame else "document"
    known = [at for at, value in enumerate(table.frame["pmc"]) if not math.isnan(value)]
    if len(known) > MOST_PANELS:
        first = " ".join(str(table.frame[who].iloc[at]) for at in known[:3])
        raise QueryError(
            f"{len(known)} surfaces do not fit on a page",
            cure=f"Choose up to {MOST_PANELS}, as --groups {first}",
            zh=f"{len(known)} 个曲面排不进一页，最多 {MOST_PANELS} 个：请用 --groups 选择。",
        )
    return index, known, who
