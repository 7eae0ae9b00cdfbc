"""The overview's heat map: what each city speaks of, code by code."""

from typing import Any

import altair as alt

from wenma.app.chart_view import longest, mark_door
from wenma.app.view import View
from wenma.publish.drawing import CHART_FONT, INK, SIZE
from wenma.queries.table import Table

ROOM = 940
"""Pixels from the first label to the last column."""
NARROWEST, WIDEST = 18, 110
AT_ONCE = 36
"""Groups there is room for."""
SHADES = ["#f7fbff", "#d2e3f3", "#9dc6e0", "#5ba3cf", "#2879b9", "#08478f"]


def attention_chart(view: View, table: Table) -> alt.FacetChart:
    """References per 1,000 Han, codes by groups; a shade compares the groups of one code.

    Dimensions differ tenfold in how often they are coded: on one scale for
    all codes only the most frequent would be seen.
    """
    cells = _cells(view, table)
    groups, names, dimensions = (
        list(dict.fromkeys(cell[key] for cell in cells)) for key in ("group", "name", "dimension")
    )
    room = ROOM - longest(names) - longest(dimensions)
    step = max(NARROWEST, min(WIDEST, room // max(len(groups), 1)))
    level = longest(groups) < step
    say = view.say
    base = alt.Chart().encode(
        x=alt.X(
            "group:N",
            sort=groups,
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=0 if level else -60,
                labelAlign="center" if level else "left",
            ),
        ),
        y=alt.Y("name:N", sort=names, title=None),
        tooltip=[
            alt.Tooltip("group:N", title=" × ".join(map(view.attribute, table.attributes))),
            alt.Tooltip("name:N", title=say("code")),
            alt.Tooltip("rate:Q", title=say("per_1000"), format=".2f"),
            alt.Tooltip("references:Q", title=say("references"), format=",d"),
        ],
    )
    shades = base.mark_rect(stroke="white").encode(
        color=alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=SHADES), legend=None)
    )
    numbers = base.mark_text(fontSize=SIZE - 1).encode(
        # Small cells keep their number in the tooltip.
        text=alt.value("") if step < 30 else "shown:N",
        color=alt.Color("ink:N", scale=None),
    )
    chart: alt.FacetChart = (
        alt.layer(shades, numbers)
        .properties(width=alt.Step(step), height=alt.Step(24))
        .resolve_scale(color="independent")
        .facet(
            data=alt.InlineData(values=cells),
            row=alt.Row(
                "dimension:N",
                sort=dimensions,
                title=None,
                header=alt.Header(
                    labelAngle=0,
                    labelAlign="left",
                    labelFontSize=SIZE,
                    labelFontWeight="bold",
                    labelLimit=0,
                ),
            ),
            spacing=4,
        )
        .resolve_scale(y="independent")
        # Slanted labels lean over the last column.
        .properties(background="white", padding={"right": 5 if level else longest(groups) // 2})
        .configure(font=CHART_FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=SIZE,
            labelLimit=0,
            labelOverlap=False,
            labelColor=INK,
            domain=False,
            ticks=False,
        )
        .configure_header(labelColor=INK)
    )
    return chart


def _cells(view: View, table: Table) -> list[dict[str, Any]]:
    frame = table.frame[table.frame["code"].isin(view.leaves)]
    highest = frame.groupby("code")["per_1000"].max()
    cells = []
    for at, row in zip(frame.index, frame.to_dict("records"), strict=True):
        rate = row["per_1000"]
        known = rate == rate
        shade = rate / highest[row["code"]] if known and highest[row["code"]] else 0.0
        cells.append(
            {
                "group": row["group"] or "–",
                "name": view.code_name(row["code"]),
                "dimension": view.code_name(row["code"].partition("/")[0]),
                "rate": rate if known else None,
                "references": row["references"],
                "shown": f"{rate:.1f}" if known else "–",
                "shade": shade,
                "ink": "#ffffff" if shade > 0.6 else INK,
                "href": mark_door(view)(table.drill_through(at)),
            }
        )
    return cells
