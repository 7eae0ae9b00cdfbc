"""The PMC surface: nine variables of a policy as three rows of three."""

import math
from typing import Any

import altair as alt
import pandas as pd

from analysis.errors import QueryError
from analysis.publish.drawing import INK, SIZE, Chart, Door, finished, inline, link
from analysis.publish.labels import NAMELESS, Language, code_names
from analysis.queries.pmc import surface
from analysis.queries.table import Table

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
    index = codes.attrs.get("index")
    if index is None:
        raise QueryError(
            "the codebook has no index, and so no surface",
            cure="Code the documents with codebooks/pmc.yaml",
        )
    names = code_names(codes, language=language)
    who = "group" if "group" in table.frame else "document"
    known = [at for at, value in enumerate(table.frame["pmc"]) if not math.isnan(value)]
    if len(known) > MOST_PANELS:
        first = " ".join(str(table.frame[who].iloc[at]) for at in known[:3])
        raise QueryError(
            f"{len(known)} surfaces do not fit on a page",
            cure=f"Choose up to {MOST_PANELS}, as --only {first}",
        )
    rows: list[dict[str, Any]] = []
    for at in known:
        heights = surface(table, at, index=index)
        whole = table.frame["pmc"].iloc[at]
        place = str(table.frame[who].iloc[at]) or getattr(NAMELESS, language)
        for cell, variable in enumerate(index.surface):
            height = float(heights[divmod(cell, 3)])
            rows.append(
                {
                    "panel": f"{place}  PMC {whole:.2f}",
                    "line": cell // 3,
                    "across": cell % 3,
                    "height": height,
                    "name": names.get(variable, variable),
                    "number": f"X{index.variables.index(variable) + 1}  {height:.2f}",
                    "ink": "#ffffff" if height > 0.6 else INK,
                    **({"href": door(table.door(at))} if door else {}),
                }
            )
    x = alt.X("across:O", axis=None)
    y = alt.Y("line:O", axis=None)
    base = alt.Chart().encode(x=x, y=y)
    cells = base.mark_rect(stroke="#8a8a8a").encode(
        fill=alt.Fill("height:Q", scale=alt.Scale(domain=[0, 1], range=_SHADES), legend=None),
        tooltip=[alt.Tooltip("name:N", title="X"), alt.Tooltip("height:Q", format=".2f")],
        **link(door),
    )
    ink = alt.Color("ink:N", scale=None)
    words = base.mark_text(fontSize=SIZE - 2, dy=-8).encode(text="name:N", color=ink)
    numbers = base.mark_text(fontSize=SIZE - 1, dy=9).encode(text="number:N", color=ink)
    chart = (
        alt.layer(cells, words, numbers)
        .properties(width=alt.Step(92), height=alt.Step(46))
        .facet(
            alt.Facet(
                "panel:N",
                title=None,
                sort=list(dict.fromkeys(row["panel"] for row in rows)),
                header=alt.Header(labelFontSize=SIZE, labelFontWeight="bold", labelLimit=0),
            ),
            data=inline(rows),
            columns=3,
            spacing=20,
        )
    )
    said = (
        "3×3 曲面：每格为一项一级变量的得分（0—1），颜色越深越高"
        if language == "zh"
        else "Surface of 3 × 3: the value of a variable in each cell (0 to 1), darker is higher"
    )
    return finished(chart, table, [said], language)
