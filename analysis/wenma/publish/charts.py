"""Tables become charts: the same in the browser and in files.

Every chart carries its numbers with it and asks the network for nothing. A
code has its codebook's colour everywhere; heat maps run from light to dark in
one hue, so that they read in grey print and without colour vision, and have
their numbers in the cells. `door` makes a mark a link: it takes what
`Table.drill_through` gives and returns the address to open.
"""

import math
from collections.abc import Mapping
from typing import Any

import altair as alt
import networkx as nx
import pandas as pd

from wenma.publish.drawing import (
    CHART_FONT,
    INK,
    ROW_POINTS,
    SIZE,
    UNNAMED,
    Chart,
    Door,
    by_dimension,
    code_rows,
    colour_of,
    colours_of,
    counts_beside,
    dimensions_of,
    ems,
    finished,
    in_panels,
    in_table_order,
    inline,
    link_encoding,
    many_blocks,
    one_block,
    scale_end,
    shown_number,
    subtitle_of,
    table_rows,
    tooltips,
)
from wenma.publish.heat_map import cells_of, heatmap
from wenma.publish.labels import Language, code_names, heading
from wenma.queries.cooccurrence import units_with
from wenma.queries.table import Table

__all__ = [
    "CHART_FONT",
    "INK",
    "SIZE",
    "attention_heatmap",
    "attention_residuals",
    "cooccurrence_heatmap",
    "cooccurrence_network",
    "framework_matrix",
    "frequency_bars",
    "frequency_small_multiples",
]


def frequency_bars(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "references",
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """Codes ranked by how often they are used, each dimension by itself.

    Shows the codes that have none under them. `measure` is a column of
    `frequency` or `coverage`; a table by city must be one city's block.
    """
    one_block(table)
    rows = code_rows(table, codes, measure, language=language, door=door)
    rows.sort(key=lambda row: -(row[measure] or 0))
    dimensions = dimensions_of(rows, codes, language)
    words = heading(measure, language=language)
    across = alt.X(
        f"{measure}:Q",
        title=None,
        axis=alt.Axis(tickCount=5),
        scale=alt.Scale(domain=[0, scale_end(rows, measure, 420)], nice=False),
    )
    down = alt.Y("name:N", title=None, sort=in_table_order(rows, "name"))
    base = alt.Chart()
    bars = base.mark_bar(height=ROW_POINTS - 8).encode(
        x=across,
        y=down,
        color=colours_of(codes),
        tooltip=tooltips(["code", *counts_beside(table, measure)], language),
        **link_encoding(door),
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=SIZE, color=INK).encode(
        x=across, y=down, text="shown:N"
    )
    layers = alt.layer(bars, numbers).properties(width=420, height=alt.Step(ROW_POINTS))
    chart = by_dimension(layers, rows, dimensions)
    return finished(chart, table, subtitle_of(table, [words], language), language)


def frequency_small_multiples(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "per_1000",
    columns: int = 4,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """The same bars for every city (plan, period, document): one scale, the codebook's order."""
    many_blocks(table)
    rows = code_rows(table, codes, measure, language=language, door=door)
    groups = in_table_order(rows, "place")
    wide = max(150, math.ceil(SIZE * max(map(ems, groups), default=1)))
    words = heading(measure, language=language)
    across = alt.X(
        f"{measure}:Q",
        title=None,
        # The numbers stand at the bars; an axis would hang under empty places of the last row.
        axis=alt.Axis(tickCount=3, labels=False),
        scale=alt.Scale(domain=[0, scale_end(rows, measure, wide)], nice=False),
    )
    down = alt.Y("name:N", title=None, sort=in_table_order(rows, "name"))
    base = alt.Chart()
    bars = base.mark_bar(height=ROW_POINTS - 10).encode(
        x=across,
        y=down,
        color=colours_of(codes),
        tooltip=tooltips(["group", "code", *counts_beside(table, measure)], language, table.by),
        **link_encoding(door),
    )
    numbers = base.mark_text(align="left", dx=3, fontSize=SIZE - 2, color=INK).encode(
        x=across, y=down, text="shown:N"
    )
    layers = alt.layer(bars, numbers).properties(width=wide, height=alt.Step(ROW_POINTS - 4))
    chart = in_panels(layers, rows, "place", order=groups, columns=columns, spacing=16)
    return finished(chart, table, [words], language)


def attention_heatmap(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "share",
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """Codes by cities (plans, periods, documents), the number in each cell.

    Each dimension is a panel with shades of its own, from nothing to its highest
    number: a share is one of its dimension, and a small dimension is not pale for
    being small. An undefined number is a dash on grey; the table's notes say why.
    """
    many_blocks(table)
    rows = code_rows(table, codes, measure, language=language, door=door)
    said = [heading(measure, language=language)]
    if not any((row[measure] or 0) < 0 for row in rows):
        tops: dict[str, float] = {}
        for row in rows:
            tops[row["dimension"]] = max(tops.get(row["dimension"], 0.0), row[measure] or 0.0)
        for row in rows:
            known = row[measure] is not None
            row["shade"] = row[measure] / (tops[row["dimension"]] or 1.0) if known else None
        said.append(
            "各维度的色阶分别由 0 至该维度最大值，不同维度之间深浅不可比"
            if language == "zh"
            else "Shades run from 0 to the highest of each dimension: do not compare them across"
        )
    for row in rows:
        row["shown"] = row["shown"].replace(" (", "\n(")  # the count under its percentage
    cells = cells_of(rows, measure, across="place", down="name")
    tooltip = tooltips(["group", "code", *counts_beside(table, measure)], language, table.by)
    chart = heatmap(cells, tooltip, door=door, dimensions=dimensions_of(rows, codes, language))
    return finished(chart, table, said, language)


def attention_residuals(
    table: Table,
    codes: pd.DataFrame,
    *,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """Codes by cities, the adjusted residual of an `attention` table in each cell.

    Beyond ±1.96 a city gives a code more or less than its share by more than chance does.
    """
    return attention_heatmap(table, codes, measure="residual", language=language, door=door)


def framework_matrix(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "units",
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """A cross table as it is read in print: rows by columns, the number in each cell.

    A table by city has a panel for each city, all on one scale of shades.
    """
    names = code_names(codes, language=language)
    crossing = "code_b" in table.frame
    rows = table_rows(table, measure, language=language, door=door)
    for row in rows:
        row["name"] = names.get(row["code"], row["code"])
        row["name_b"] = names.get(row["code_b"], row["code_b"]) if crossing else row["place"]
    cells = cells_of(rows, measure, across="name_b", down="name")
    said = ["group"] * ("group" in table.frame) + ["code"] + ["code_b"] * crossing
    tooltip = tooltips([*said, *counts_beside(table, measure)], language, table.by)
    chart = heatmap(
        cells,
        tooltip,
        door=door,
        step=56,
        panels=in_table_order(rows, "place") if crossing and "group" in table.frame else None,
    )
    return finished(chart, table, [heading(measure, language=language)], language)


def cooccurrence_heatmap(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "jaccard",
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """Every pair of codes by how much they go together; `measure` is a column of `cooccurrence`.

    Below the diagonal, each pair once; pairs that never meet have no shade.
    Measures that can fall below chance (npmi, phi) have a hue for each side.
    A table by city must be one city's block.
    """
    one_block(table)
    names = code_names(codes, language=language)
    rows = table_rows(table, measure, language=language, door=door)
    for row in rows:
        row["name"] = names.get(row["code"], row["code"])
        row["name_b"] = names.get(row["code_b"], row["code_b"])
        # Two rare codes seldom meet by chance either: npmi -1 must not be the loudest cell.
        row["shade"] = row[measure] if row["n11"] else None
    cells = cells_of(rows, measure, across="name", down="name_b")
    tooltip = tooltips(["code", "code_b", *counts_beside(table, measure)], language)
    chart = heatmap(cells, tooltip, door=door)
    words = heading(measure, language=language)
    never = "（灰底：从未共现）" if language == "zh" else " (grey: never together)"
    subtitle = subtitle_of(table, [words + never], language)
    return finished(chart, table, subtitle, language)


def cooccurrence_network(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "npmi",
    threshold: float | None = None,
    min_count: int = 2,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """Codes on a ring in the codebook's order, joined where they go together.

    A line joins codes that meet in at least `min_count` units and whose `measure`
    is at least `threshold`; the subtitle says so. Without one it is chosen so that
    the strongest lines stay, at most three to two codes. Codes keep their place
    whatever the numbers, the threshold or the city, so that two pictures can
    be compared. A larger dot carries more units, a thicker line a higher measure.
    """
    one_block(table)
    names = code_names(codes, language=language)
    colours = colour_of(codes)
    rows = table_rows(table, measure, language=language, door=door)
    paired = {path for row in rows for path in (row["code"], row["code_b"])}
    places = _ring([path for path in codes["code"] if path in paired])
    meeting = [row for row in rows if row["n11"]]
    often = [row for row in meeting if row["n11"] >= min_count and row[measure] is not None]
    chosen = threshold is None
    if threshold is None:
        threshold = _strongest([row[measure] for row in often], round(1.5 * len(places)))
    joined = [row for row in often if row[measure] >= threshold]
    top = max((row[measure] for row in joined), default=1.0)
    for row in joined:
        (row["x"], row["y"]), (row["x2"], row["y2"]) = places[row["code"]], places[row["code_b"]]
        row["name"], row["name_b"] = (names.get(row[key], row[key]) for key in ("code", "code_b"))
        row["width"] = 1 + 7 * (row[measure] - threshold) / (top - threshold or 1)
    carried = units_with(table)
    most = max(carried.values(), default=0) or 1
    nodes: list[dict[str, Any]] = [
        {
            "code": path,
            "name": names.get(path, path),
            "units": carried[path],
            "x": x,
            "y": y,
            "label_x": x * 1.06 + (0.03 if x >= 0 else -0.03),
            "label_y": y * 1.06,
            "colour": colours.get(path, UNNAMED),
            "area": 60 + 640 * carried[path] / most,
            **(
                {"href": door({**_without_second(table.drill_through(0)), "code": path})}
                if door
                else {}
            ),
        }
        for path, (x, y) in places.items()
    ]
    radius = max(150, 13 * len(places))
    margin = math.ceil(SIZE * max((ems(node["name"]) for node in nodes), default=1)) + 30
    wide = 1.12 + margin / radius
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-wide, wide], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.2, 1.2], nice=False))
    lines = (
        alt.Chart(inline(joined))
        .mark_rule(color="#555555", opacity=0.55, strokeCap="round")
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            size=alt.Size("width:Q", scale=None),
            tooltip=tooltips(["code", "code_b", *counts_beside(table, measure)], language),
            **link_encoding(door),
        )
    )
    dots = (
        alt.Chart(inline(nodes))
        .mark_circle(opacity=1, stroke="white", strokeWidth=1.5)
        .encode(
            x=x,
            y=y,
            size=alt.Size("area:Q", scale=None),
            color=alt.Color("colour:N", scale=None),
            tooltip=tooltips(["code", "units"], language),
            **link_encoding(door),
        )
    )
    labels = [
        alt.Chart(inline([node for node in nodes if (node["x"] >= 0) == right]))
        .mark_text(
            align="left" if right else "right", fontSize=SIZE, color=INK, dx=10 * (2 * right - 1)
        )
        .encode(
            x=alt.X("label_x:Q", axis=None, scale=alt.Scale(domain=[-wide, wide], nice=False)),
            y="label_y:Q",
            text="name:N",
        )
        for right in (False, True)
    ]
    words, limit = heading(measure, language=language), shown_number(threshold, measure)
    if language == "zh":
        said = [
            f"连线：共现单元 ≥ {min_count} 且 {words} ≥ {limit}："
            f"{len(joined)} 对（共现者 {len(meeting)} 对）"
            + "；阈值使连线不多于编码数的 1.5 倍"
            * chosen,
            f"圆越大，单元越多；线越粗，{words} 越高",
        ]
    else:
        said = [
            f"Lines: ≥ {min_count} units with both, {words} ≥ {limit}: "
            f"{len(joined)} of {len(meeting)} pairs that meet"
            + "; at most 1.5 lines a code"
            * chosen,
            f"Larger dot: more units. Thicker line: higher {words}",
        ]
    chart = alt.layer(lines, dots, *labels).properties(
        width=round(2 * radius * wide), height=round(2 * radius * 1.2)
    )
    return finished(chart, table, subtitle_of(table, said, language), language)


def _strongest(numbers: list[float], most: int) -> float:
    """The lowest threshold of two decimals, as it is printed, that at most so many numbers reach.

    >>> _strongest([0.5, 0.314, 0.312, -0.2], 2), _strongest([0.5, 0.2], 4)
    (0.32, 0.0)
    """
    positive = sorted((number for number in numbers if number >= 0), reverse=True)
    if len(positive) <= most:
        return 0.0
    limit = math.floor(positive[most] * 100 + 1) / 100  # above the first one too many
    return round(limit, 2)


def _ring(paths: list[str]) -> dict[str, tuple[float, float]]:
    """A place on the unit circle for each code, clockwise from the top."""
    at = nx.circular_layout(nx.empty_graph(len(paths)))
    # Half a step on from the top, no label stands above another's dot.
    turn = math.pi / 2 - math.pi / max(len(paths), 1)
    places = {}
    for number, path in enumerate(paths):
        angle = turn - math.atan2(at[number][1], at[number][0]) if len(paths) > 1 else turn
        places[path] = (round(math.cos(angle), 6), round(math.sin(angle), 6))
    return places


def _without_second(door: Mapping[str, Any]) -> dict[str, Any]:
    return {option: value for option, value in door.items() if option != "also"}
