"""What is lacking to the left, what is done and promised to the right, for each code."""

from typing import Any

import altair as alt
import pandas as pd

from wenma.publish.drawing import (
    INK,
    LINE,
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
)
from wenma.publish.labels import Language, code_names, heading
from wenma.queries.table import Table

_GROUNDS = {"deficit": "#8f1d2c", "achievement": "#6fb98f", "commitment": "#d5e3f0"}
"""From left to right; told apart in grey by how dark they are."""
_WIDE = 440


def stance_bars(
    table: Table, codes: pd.DataFrame, *, language: Language = "zh", door: Door | None = None
) -> Chart:
    """A `stance_shift` table: units with a deficit, an achievement, a commitment, code by code.

    Codes nobody was given are left out. A unit with two stances is in
    two bars, so that lengths are not shares of anything.
    """
    one_block(table)
    names = code_names(codes, language=language)
    pieces: list[dict[str, Any]] = []
    for at, row in enumerate(table_rows(table, "units", language=language, door=None)):
        if not row["units"]:
            continue
        edge = -row["deficit"]
        top = row["code"].partition("/")[0]
        for stance in _GROUNDS:
            pieces.append(
                {
                    "code": row["code"],
                    "name": names.get(row["code"], row["code"]),
                    "dimension": names.get(top, top),
                    "stance": heading(stance, language=language),
                    "units": row[stance],
                    "from": edge,
                    "to": edge + row[stance],
                    "ink": "#ffffff" if stance == "deficit" else INK,
                    **({"href": door(table.drill_through(at, stance))} if door else {}),
                }
            )
            edge += row[stance]
    left = max((-piece["from"] for piece in pieces), default=0)
    right = max((piece["to"] for piece in pieces), default=1)
    for piece in pieces:
        # A piece too narrow for its number leaves it to the pointer and the table.
        room = (piece["to"] - piece["from"]) / (left + right or 1) * _WIDE
        piece["shown"] = str(piece["units"]) if room > 8 * len(str(piece["units"])) else ""
    words = [heading(stance, language=language) for stance in _GROUNDS]
    x = alt.X(
        "from:Q",
        title=None,
        scale=alt.Scale(domain=[-left, right], nice=False),
        axis=alt.Axis(labelExpr="abs(datum.value)", tickMinStep=1, tickCount=6),
    )
    y = alt.Y("name:N", title=None, sort=in_table_order(pieces, "name"))
    tooltip = [
        alt.Tooltip("name:N", title=heading("code", language=language)),
        alt.Tooltip("stance:N", title=" "),
        alt.Tooltip("units:Q", title=heading("units", language=language)),
    ]
    base = alt.Chart()
    bars = base.mark_bar(height=ROW_POINTS - 8).encode(
        x=x,
        x2="to:Q",
        y=y,
        color=alt.Color(
            "stance:N",
            scale=alt.Scale(domain=words, range=list(_GROUNDS.values())),
            legend=alt.Legend(
                title=None, orient="top", labelFontSize=SIZE, labelLimit=0, symbolType="square"
            ),
        ),
        tooltip=tooltip,
        **link_encoding(door),
    )
    numbers = (
        base.transform_calculate(middle="(datum.from + datum.to) / 2")
        .mark_text(fontSize=SIZE - 2)
        .encode(
            x=alt.X("middle:Q"),
            y=y,
            text="shown:N",
            color=alt.Color("ink:N", scale=None),
            **link_encoding(door),
        )
    )
    zero = base.transform_calculate(zero="0").mark_rule(color=LINE).encode(x="zero:Q")
    layers = alt.layer(zero, bars, numbers).properties(width=_WIDE, height=alt.Step(ROW_POINTS))
    chart = by_dimension(layers, pieces, dimensions_of(pieces, codes, language))
    said = (
        "单元数；带两种立场的单元两处都计"
        if language == "zh"
        else "Units; one with two stances is counted in both"
    )
    return finished(chart, table, subtitle_of(table, [said], language), language)
