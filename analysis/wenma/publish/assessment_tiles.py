"""The framework's stages and layers as tiles: each says its judgement and what it rests on."""

import altair as alt
import pandas as pd

from wenma.publish.drawing import (
    INK,
    SIZE,
    Chart,
    Door,
    ems,
    finished,
    in_panels,
    in_table_order,
    inline,
    link_encoding,
    table_rows,
    tooltips,
)
from wenma.publish.labels import Language, code_names, fixed_word, heading
from wenma.queries.table import Table

_GROUNDS = {
    "strength": "#1b6b3a",
    "emerging": "#8cc79b",
    "mixed": "#f5d76e",
    "deficit": "#8f1d2c",
    "promise": "#cfe0f2",
    "not stated": "#ffffff",
    "few": "#ececec",
}
"""A tile's ground; its word says the same, so that grey print loses nothing."""
_DARK = ("strength", "deficit")


def assessment_tiles(
    table: Table,
    codes: pd.DataFrame,
    *,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """A tile for each stage and layer, with its word and the units behind it.

    The three numbers are the units with achievements, commitments and
    deficits. A table by city has a panel for each city.
    """
    names = code_names(codes, language=language)
    rows = table_rows(table, "units", language=language, door=door)
    for row in rows:
        row["name"] = names.get(row["code"], row["code"])
        row["name_b"] = names.get(row["code_b"], row["code_b"])
        row["word"] = fixed_word(row["judgement"], language=language)
        row["counts"] = f"{row['achievement']} / {row['commitment']} / {row['deficit']}"
        row["ground"] = _GROUNDS[row["judgement"]]
        row["ink"] = "#ffffff" if row["judgement"] in _DARK else INK
    columns, lines = in_table_order(rows, "name_b"), in_table_order(rows, "name")
    y = alt.Y("name:N", title=None, sort=lines)
    panels = "group" in table.frame
    x = alt.X(
        "name_b:N", title=None, sort=columns, axis=alt.Axis(orient="bottom" if panels else "top")
    )
    said = ["group"] * panels + [
        "code",
        "code_b",
        "tendency",
        "units",
        "achievement",
        "commitment",
        "deficit",
    ]
    tooltip = tooltips(said, language, table.by)
    base = alt.Chart().encode(x=x, y=y, tooltip=tooltip)
    tiles = base.mark_rect(stroke="#8a8a8a", strokeWidth=1).encode(
        fill=alt.Fill("ground:N", scale=None), **link_encoding(door)
    )
    words = base.mark_text(fontSize=SIZE, fontWeight="bold", dy=-9).encode(
        text="word:N", color=alt.Color("ink:N", scale=None), **link_encoding(door)
    )
    counts = base.mark_text(fontSize=SIZE - 2, dy=9).encode(
        text="counts:N", color=alt.Color("ink:N", scale=None), **link_encoding(door)
    )
    widest = max((ems(row[key]) for row in rows for key in ("word", "counts", "name_b")), default=4)
    layered = alt.layer(tiles, words, counts).properties(
        width=alt.Step(max(84, widest * SIZE + 12)), height=alt.Step(48)
    )
    chart: Chart
    if panels:
        chart = in_panels(layered, rows, "place").resolve_axis(x="independent")
    else:
        chart = layered.properties(data=inline(rows))
    numbers = " / ".join(
        heading(column, language=language) for column in ("achievement", "commitment", "deficit")
    )
    return finished(chart, table, [numbers], language)
