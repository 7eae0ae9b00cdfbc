"""How much is said of each code in one period after another: a dot for each, joined by a line."""

from typing import Any

import altair as alt
import pandas as pd

from wenma.publish.drawing import (
    ROW_POINTS,
    SIZE,
    Chart,
    Door,
    by_dimension,
    dimensions_of,
    finished,
    in_table_order,
    link_encoding,
    one_block,
    subtitle_of,
    table_rows,
    tooltips,
)
from wenma.publish.labels import Language, code_names, heading
from wenma.publish.palette import COLOURS, SHAPES
from wenma.queries.table import Table


def period_dots(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "per_1000",
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """A `periods` table: a line from the code's least to its most, a dot for each period.

    A period in which the measure is undefined has no dot. Dimensions themselves are left out.
    """
    one_block(table)
    names = code_names(codes, language=language)
    rows: list[dict[str, Any]] = []
    for row in table_rows(table, measure, language=language, door=door):
        top, _, below = row["code"].partition("/")
        if below and row[measure] is not None:
            row["name"] = names.get(row["code"], row["code"])
            row["dimension"] = names.get(top, top)
            rows.append(row)
    periods = in_table_order(rows, "period")
    y = alt.Y(
        "name:N", title=None, sort=in_table_order(rows, "name"), axis=alt.Axis(labelPadding=10)
    )
    x = alt.X(f"{measure}:Q", title=None, axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=True))
    base = alt.Chart()
    lines = (
        base.transform_aggregate(
            least=f"min({measure})", most=f"max({measure})", groupby=["name", "dimension"]
        )
        .mark_rule(strokeWidth=2, color="#bbbbbb")
        .encode(x=alt.X("least:Q"), x2="most:Q", y=y)
    )
    dots = base.mark_point(size=80, filled=True, opacity=0.85).encode(
        x=x,
        y=y,
        color=alt.Color(
            "period:N",
            sort=periods,
            scale=alt.Scale(domain=periods, range=COLOURS[: max(len(periods), 1)]),
            legend=alt.Legend(title=None, orient="top", labelFontSize=SIZE, labelLimit=0),
        ),
        shape=alt.Shape(
            "period:N",
            sort=periods,
            scale=alt.Scale(domain=periods, range=SHAPES[: max(len(periods), 1)]),
        ),
        tooltip=[
            alt.Tooltip("period:N", title=heading("period", language=language)),
            *tooltips(["code", measure, "references"], language),
        ],
        **link_encoding(door),
    )
    layers = alt.layer(lines, dots).properties(width=420, height=alt.Step(ROW_POINTS))
    chart = by_dimension(layers, rows, dimensions_of(rows, codes, language))
    said = heading(measure, language=language)
    return finished(chart, table, subtitle_of(table, [said], language), language)
