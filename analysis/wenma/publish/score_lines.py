"""Scores on scales from one group to the next: a panel for each scale, n beside each dot."""

from typing import Any

import altair as alt
import pandas as pd

from wenma.publish.drawing import (
    SIZE,
    Chart,
    Door,
    ems,
    finished,
    in_panels,
    in_table_order,
    link_encoding,
    many_blocks,
    table_rows,
)
from wenma.publish.labels import Language, code_names, fixed_word, heading
from wenma.publish.palette import COLOURS
from wenma.queries.table import Table

_STEP = 46
"""Points from one group to the next, at least: a year has room."""
_IN_TIME = ("year", "period", "date")
"""Attributes whose values follow each other, so that a line between them says something."""


def score_lines(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "mean",
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """A `scores` table by group: the mean (or median, total) of each scale, group after group.

    Beside each dot stands n, of what the mean is of. Years and periods are joined by a line. A
    group in which nothing is scored has no dot, and the line stops there; a scale on which
    nothing is scored has no panel.
    """
    many_blocks(table)
    names = code_names(codes, language=language)
    rows: list[dict[str, Any]] = []
    for row in table_rows(table, measure, language=language, door=door):
        if "code" in row:
            of = fixed_word(str(row["score_of"]), language=language)
            called = f"{names.get(row['code'], row['code'])} · {of}"
            many = row["scored_units" if row["score_of"] == "unit" else "scored_documents"]
        else:
            called = row["product" if language == "zh" else "product_en"]
            many = row["scored_documents"]
        label = "" if row[measure] is None else f"n={many:,}"
        rows.append({**row, "name": called, "many": many, "label": label})
    places = in_table_order(rows, "place")
    known = {row["name"] for row in rows if row[measure] is not None}
    rows = [row for row in rows if row["name"] in known]
    x = alt.X("place:N", sort=places, title=None, axis=alt.Axis(grid=False))
    y = alt.Y(f"{measure}:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
    base = alt.Chart().encode(x=x, y=y)
    joined = "datum.group != ''" if table.by in _IN_TIME else "false"
    lines = base.transform_filter(joined).mark_line(strokeWidth=2, color=COLOURS[0])
    dots = base.mark_circle(size=60, opacity=1, color=COLOURS[0]).encode(
        tooltip=[
            alt.Tooltip("name:N", title=heading("code", language=language)),
            alt.Tooltip("place:N", title=heading("group", language=language, by=table.by)),
            alt.Tooltip(f"{measure}:Q", title=heading(measure, language=language), format=".3f"),
            alt.Tooltip("many:Q", title="n"),
        ],
        **link_encoding(door),
    )
    counts = base.mark_text(dy=-12, fontSize=SIZE - 2, color="#555555").encode(text="label:N")
    step = max([_STEP, *(round(ems(place) * SIZE) + 14 for place in places)])
    layers = alt.layer(lines, dots, counts).properties(width=alt.Step(step), height=150)
    panels = in_panels(layers, rows, "name", columns=1, spacing=16).resolve_scale(y="independent")
    return finished(panels, table, [heading(measure, language=language)], language)
