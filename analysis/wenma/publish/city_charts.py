"""Cities (plans, periods, documents) beside each other: bars that add up, and profiles."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from wenma.errors import QueryError
from wenma.publish.drawing import (
    INK,
    LINE,
    ROW_POINTS,
    SIZE,
    Chart,
    Door,
    code_rows,
    colour_of,
    counts_beside,
    ems,
    finished,
    in_table_order,
    inline,
    link_encoding,
    many_blocks,
    tooltips,
)
from wenma.publish.labels import Language, code_names, heading
from wenma.publish.palette import COLOURS, DASHES, SHAPES
from wenma.publish.placement import spread_boxes
from wenma.queries.table import Table, nearest
from wenma.statistics.percentages import rounded_to_whole

MOSTCOLOURS = 8
"""Lines of a profile that can be told apart."""


_WIDE = 460
"""Points of a bar of 100 %."""


def stacked_bars(
    table: Table,
    codes: pd.DataFrame,
    *,
    dimension: str | None = None,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """How each city divides its references among the codes of a dimension: bars of 100 %.

    The numbers in the bars are rounded so that they add up to 100.0. The
    number behind a bar is its references; a city without any has no bar.
    """
    many_blocks(table)
    rows, path = _of_one_dimension(table, codes, "share", dimension, language, door)
    names, groups = in_table_order(rows, "name"), in_table_order(rows, "place")
    colours = colour_of(codes)
    totals: list[dict[str, Any]] = []
    for group in groups:
        block = [row for row in rows if row["place"] == group]
        known = all(row["share"] is not None for row in block)
        printed = rounded_to_whole([row["share"] if known else float("nan") for row in block], 1)
        left = 0.0
        for row, one in zip(block, printed, strict=True):
            share = row["share"] or 0.0
            row["from"], row["to"], left = left, left + share, left + share
            row["middle"] = (row["from"] + row["to"]) / 2
            # Narrower pieces have no room for a number; the pointer and the table tell it.
            row["printed"] = f"{one:.1f}" if known and share >= 7 else ""
            # In grey print the name in the piece says what its colour cannot.
            named = f"{row['name']} {row['printed']}"
            fits = row["printed"] and ems(named) * (SIZE - 2) + 8 < share * _WIDE / 100
            row["said"] = named if fits else row["printed"]
            row["ink"] = _ink(colours[row["code"]])
        own = [row["references_own"] for row in block if "references_own" in row]
        count = sum(own) if len(own) == len(block) else sum(row["references"] for row in block)
        whole = f"n = {count:,}"
        totals.append({"place": group, "shown": whole, "at": 100.0})
    y = alt.Y("place:N", title=None, sort=groups)
    scale = alt.Scale(domain=[0, 100], nice=False)
    tooltip = tooltips(["group", "code", *counts_beside(table, "share")], language, table.by)
    bars = (
        alt.Chart(inline(rows))
        .mark_bar(height=ROW_POINTS - 6, stroke="white", strokeWidth=1.5)
        .encode(
            x=alt.X("from:Q", title=None, scale=scale, axis=alt.Axis(values=[0, 25, 50, 75, 100])),
            x2="to:Q",
            y=y,
            color=alt.Color(
                "name:N",
                sort=names,
                scale=alt.Scale(
                    domain=names,
                    range=[
                        colours[next(row["code"] for row in rows if row["name"] == name)]
                        for name in names
                    ],
                ),
                legend=_legend(),
            ),
            tooltip=tooltip,
            **link_encoding(door),
        )
    )
    numbers = (
        alt.Chart(inline(rows))
        .mark_text(fontSize=SIZE - 2)
        .encode(
            x=alt.X("middle:Q", scale=scale),
            y=y,
            text="said:N",
            color=alt.Color("ink:N", scale=None),
        )
    )
    behind = (
        alt.Chart(inline(totals))
        .mark_text(align="left", dx=6, fontSize=SIZE - 2, color=INK)
        .encode(x=alt.X("at:Q", scale=scale), y=y, text="shown:N")
    )
    chart = alt.layer(bars, numbers, behind).properties(width=_WIDE, height=alt.Step(ROW_POINTS))
    return finished(chart, table, [_said(codes, path, "share", language)], language)


def grouped_bars(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "per_1000",
    dimension: str | None = None,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """The codes of a dimension, each with a bar for every city, its number behind it."""
    many_blocks(table)
    rows, path = _of_one_dimension(table, codes, measure, dimension, language, door)
    groups = _few(in_table_order(rows, "place"), table)
    most = max((row[measure] for row in rows if row[measure] is not None), default=0) or 1
    y = alt.Y("place:N", title=None, sort=groups, axis=alt.Axis(labels=False))
    # Letters of the legend stand at the bars, for grey print.
    x = alt.X(
        f"{measure}:Q",
        title=None,
        axis=alt.Axis(tickCount=4),
        scale=alt.Scale(domain=[0, most * 1.25], nice=False),
    )
    for row in rows:
        row["behind"] = f"{row['shown']} {row['place']}"
    base = alt.Chart()
    bars = base.mark_bar(height=ROW_POINTS - 12).encode(
        x=x,
        y=y,
        color=alt.Color(
            "place:N",
            scale=alt.Scale(domain=groups, range=COLOURS[: len(groups)]),
            legend=None,
        ),
        tooltip=tooltips(["group", "code", *counts_beside(table, measure)], language, table.by),
        **link_encoding(door),
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=SIZE - 2, color=INK).encode(
        x=x, y=y, text="behind:N"
    )
    chart = (
        alt.layer(bars, numbers)
        .properties(width=460, height=alt.Step(ROW_POINTS - 8))
        .facet(
            data=inline(rows),
            row=alt.Row(
                "name:N",
                title=None,
                sort=in_table_order(rows, "name"),
                header=alt.Header(
                    labelAngle=0, labelAlign="left", labelFontSize=SIZE, labelLimit=0
                ),
            ),
            spacing=8,
        )
    )
    return finished(chart, table, [_said(codes, path, measure, language)], language)


def city_profile(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "share",
    dimension: str | None = None,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """A line for each city over the codes of a dimension, its name at its end.

    Says what a radar says, and its heights can be compared. Up to eight
    cities: more lines cannot be told apart.
    """
    many_blocks(table)
    rows, path = _of_one_dimension(table, codes, measure, dimension, language, door)
    groups = _few(in_table_order(rows, "place"), table)
    names = in_table_order(rows, "name")
    high = 300.0
    most = max((row[measure] for row in rows if row[measure] is not None), default=0) or 1
    top = most * 1.08
    last = [
        next((r for r in reversed(rows) if r["place"] == g and r[measure] is not None), None)
        for g in groups
    ]
    ends = [row for row in last if row is not None]
    for row, moved in zip(
        ends,
        spread_boxes(
            [row[measure] / top * high for row in ends], SIZE + 3, low=SIZE, high=high - 4
        ),
        strict=True,
    ):
        row["label_y"] = moved / high * top
    scale = alt.Scale(domain=[0, top], nice=False)
    x = alt.X("name:N", title=None, sort=names, axis=alt.Axis(grid=True))
    y = alt.Y(f"{measure}:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5))
    color = alt.Color("place:N", scale=alt.Scale(domain=groups, range=COLOURS), legend=None)
    known = [row for row in rows if row[measure] is not None]
    base = alt.Chart(inline(known)).encode(x=x, y=y, color=color)
    lines = base.mark_line(strokeWidth=2).encode(
        strokeDash=alt.StrokeDash(
            "place:N", scale=alt.Scale(domain=groups, range=DASHES), legend=None
        )
    )
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(
        shape=alt.Shape("place:N", scale=alt.Scale(domain=groups, range=SHAPES), legend=None),
        tooltip=tooltips(["group", "code", *counts_beside(table, measure)], language, table.by),
        **link_encoding(door),
    )
    step = max(90, max(map(ems, names), default=1) * SIZE + 12)
    labels = (
        alt.Chart(inline([{**row, "name": names[-1]} for row in ends]))
        .mark_text(align="left", dx=step / 2, fontSize=SIZE)
        .encode(x=x, y=alt.Y("label_y:Q", scale=scale), text="place:N", color=color)
    )
    # In grey, and where lines end close together, the shape says whose name it is.
    keys = (
        alt.Chart(inline([{**row, "name": names[-1]} for row in ends]))
        .mark_point(filled=True, size=60, opacity=1, xOffset=step / 2 - 10)
        .encode(
            x=x,
            y=alt.Y("label_y:Q", scale=scale),
            shape=alt.Shape("place:N", scale=alt.Scale(domain=groups, range=SHAPES), legend=None),
            color=color,
        )
    )
    chart = alt.layer(lines, dots, keys, labels).properties(width=alt.Step(step), height=high)
    return finished(chart, table, [_said(codes, path, measure, language)], language)


def _of_one_dimension(
    table: Table,
    codes: pd.DataFrame,
    measure: str,
    dimension: str | None,
    language: Language,
    door: Door | None,
) -> tuple[list[dict[str, Any]], str]:
    """The rows of one dimension's codes, of the first unless another is named."""
    rows = code_rows(table, codes, measure, language=language, door=door)
    paths = list(dict.fromkeys(row["code"].partition("/")[0] for row in rows))
    wanted = dimension or (paths[0] if paths else "")
    if dimension is not None and dimension not in paths:
        raise QueryError(
            f'there is no dimension "{dimension}"',
            cure=nearest(dimension, paths),
            zh=f"没有维度“{dimension}”。",
        )
    return [row for row in rows if row["code"].partition("/")[0] == wanted], wanted


def _said(codes: pd.DataFrame, path: str, measure: str, language: Language) -> str:
    """The dimension and what is measured of it."""
    gap = "：" if language == "zh" else ": "
    name = code_names(codes, language=language).get(path, path)
    return f"{name}{gap}{heading(measure, language=language)}"


def _few(groups: Sequence[str], table: Table) -> list[str]:
    if len(groups) > MOSTCOLOURS:
        raise QueryError(
            f"{len(groups)} lines cannot be told apart",
            cure=f"Choose up to {MOSTCOLOURS}, as --groups {' '.join(groups[:3])}",
            zh=f"{len(groups)} 条线无法分辨，最多画 {MOSTCOLOURS} 条：请用 --groups 选择。",
        )
    return list(groups)


def _legend() -> alt.Legend:
    return alt.Legend(
        orient="top",
        title=None,
        labelFontSize=SIZE,
        labelLimit=0,
        symbolType="square",
        symbolStrokeColor=LINE,
    )


def _ink(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"
