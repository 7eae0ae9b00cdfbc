"""Where in each plan a code stands: a stroke for every passage, from the first sentence on."""

from typing import Any

import altair as alt
import pandas as pd

from wenma.errors import QueryError
from wenma.publish.drawing import INK, LINE, Chart, Door, finished, in_panels, link_encoding
from wenma.publish.labels import NAMELESS, Language, code_names, heading
from wenma.queries.table import Table, nearest


def dispersion_strip(
    table: Table,
    codes: pd.DataFrame,
    *,
    documents: pd.DataFrame,
    dimension: str | None = None,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """Where the passages of an `excerpts` table stand in their documents, 0 to 100 %.

    A column for each code directly under the dimension (the first, unless
    another is named), a line for each city, or for what the table is sorted by.
    The place of a passage is that of its unit among all units of its document,
    headings too; free spans have no unit and are left out.
    """
    tops = [path for path in codes["code"] if "/" not in path]
    path = dimension or next(iter(tops), "")
    below = [one for one in codes["code"] if one.rpartition("/")[0] == path]
    if not below:
        parents = list(dict.fromkeys(one.rpartition("/")[0] for one in codes["code"] if "/" in one))
        raise QueryError(
            f'no codes are under "{path}"',
            cure=nearest(path, parents),
            zh=f"“{path}”之下没有编码。",
        )
    names = code_names(codes, language=language)
    lines = table.by or "city"
    units = documents.set_index("document")[["units", "headings"]].sum(axis=1).to_dict()
    rows: list[dict[str, Any]] = []
    frame = table.frame
    for at, row in enumerate(frame.to_dict("records")):
        there = str(row["codes"]).split("; ")
        whole = units.get(row["document"], 0)
        if row["unit"] < 0 or not whole:
            continue
        for code in below:
            if any(one == code or one.startswith(f"{code}/") for one in there):
                rows.append(
                    {
                        "code": code,
                        "name": names.get(code, code),
                        "place": str(row.get(lines) or NAMELESS.in_language(language)),
                        "document": row["document"],
                        "at": 100 * (int(row["unit"]) + 0.5) / whole,
                        **(
                            {"href": door({**table.drill_through(at), "code": code})}
                            if door
                            else {}
                        ),
                    }
                )
    known = documents[lines] if lines in documents else frame[lines]
    places = [one or NAMELESS.in_language(language) for one in dict.fromkeys(known.fillna(""))]
    shown = [names.get(code, code) for code in below]
    # A place without a passage keeps its empty line: silence is a finding.
    ground = [
        {"name": name, "place": place, "zero": 0, "full": 100} for name in shown for place in places
    ]
    y = alt.Y("place:N", title=None, sort=places)
    x = alt.X(
        "at:Q",
        title=None,
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(values=[0, 50, 100], grid=False),
    )
    both = [{**one, "kind": "line"} for one in ground] + [{**one, "kind": "stroke"} for one in rows]
    base = alt.Chart()
    rails = (
        base.transform_filter("datum.kind == 'line'")
        .mark_rule(color=LINE)
        .encode(x=alt.X("zero:Q"), x2="full:Q", y=y)
    )
    strokes = (
        base.transform_filter("datum.kind == 'stroke'")
        .mark_tick(color=INK, opacity=0.55, thickness=1.2, height=14)
        .encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("name:N", title=heading("code", language=language)),
                alt.Tooltip("document:N", title=heading("document", language=language)),
                alt.Tooltip("at:Q", title="%", format=".1f"),
            ],
            **link_encoding(door),
        )
    )
    layers = alt.layer(rails, strokes).properties(width=170, height=alt.Step(20))
    chart = in_panels(layers, both, "name", order=shown, columns=4, spacing=16)
    said = (
        "每条短线为一处原文；横轴：所在句在全文中的位置（%）"
        if language == "zh"
        else "A stroke for each passage; across: the place of its sentence in the document (%)"
    )
    return finished(chart, table, [said], language)
