"""A map of points with their names: correspondence analysis, scaling, likeness of cities."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from wenma.publish.drawing import INK, LINE, SIZE, Chart, ems, inline, looking, needs
from wenma.publish.palette import COLOURS, SHAPES
from wenma.publish.placement import beside

_HIGH = SIZE + 4.0
"""Points a line of label takes."""


def points_map(
    frame: pd.DataFrame,
    title: str,
    *,
    subtitle: Sequence[str] = (),
    axes: tuple[str, str] = ("", ""),
    size: int = 520,
) -> Chart:
    """Points by `x` and `y`, with `name` or `label` beside them and a shape for each `kind`.

    One unit is as long across as up, so that distances can be read, and no
    label covers another or a point; a far one has a line to its point. For
    correspondence analysis, scaling, similarity of cities. Rows without a
    number are left out; an empty `label` leaves a point without one.
    """
    needs(frame, "name", "x", "y", "kind")
    kept = frame[np.isfinite(frame[["x", "y"]].to_numpy(dtype=float)).all(axis=1)]
    words = kept["label"] if "label" in kept else kept["name"]
    xs, ys = kept["x"].to_numpy(dtype=float), kept["y"].to_numpy(dtype=float)
    if not len(kept):
        xs = ys = np.zeros(1)
    # The same scale both ways, and a margin for the labels.
    length = max(float(np.ptp(xs)), float(np.ptp(ys))) or 1.0
    unit = (size - 160) / length
    wide, high = float(np.ptp(xs)) * unit + 220, max(float(np.ptp(ys)) * unit + 80, 160)
    left = float(xs.min()) - 110 / unit
    top = float(ys.max() + (high / unit - np.ptp(ys)) / 2)
    spots = [
        (float((x - left) * unit), float((top - y) * unit)) for x, y in zip(xs, ys, strict=True)
    ][: len(kept)]
    named = [str(word) if isinstance(word, str) else "" for word in words]
    order = [at for at, word in enumerate(named) if word]
    boxes = beside(
        [*(spots[at] for at in order), *(s for at, s in enumerate(spots) if at not in set(order))],
        [(SIZE * ems(named[at]) + 4, _HIGH) for at in order] + [(0, 0)] * (len(kept) - len(order)),
        room=(wide, high),
    )
    kinds = list(dict.fromkeys(kept["kind"].astype(str)))
    dots: list[dict[str, Any]] = [
        {"name": str(row.name_), "kind": str(row.kind), "x": float(row.x), "y": float(row.y)}
        for row in kept.rename(columns={"name": "name_"}).itertuples()
    ]
    labels: list[dict[str, Any]] = []
    for at, box in zip(order, boxes, strict=False):
        x, y = spots[at]
        labels.append(
            {
                "label": named[at],
                "kind": dots[at]["kind"],
                "lx": left + box.x / unit,
                "ly": top - box.y / unit,
                "x": dots[at]["x"],
                "y": dots[at]["y"],
                "far": abs(box.x - x) > box.wide / 2 + 12 or abs(box.y - y) > box.high / 2 + 12,
            }
        )
    across = alt.Scale(domain=[left, left + wide / unit], nice=False, zero=False)
    upward = alt.Scale(domain=[top - high / unit, top], nice=False, zero=False)
    color = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=COLOURS), legend=_above(kinds))
    axis = alt.Axis(grid=False, tickCount=6)
    rules = alt.Chart(inline([{"zero": 0}])).mark_rule(color=LINE)
    layers = [
        rules.encode(x=alt.X("zero:Q", scale=across)),
        rules.encode(y=alt.Y("zero:Q", scale=upward)),
        alt.Chart(inline([one for one in labels if one["far"]]))
        .mark_rule(color="#9a9a9a", strokeWidth=0.8)
        .encode(
            x=alt.X("x:Q", scale=across),
            y=alt.Y("y:Q", scale=upward),
            x2="lx:Q",
            y2="ly:Q",
        ),
        alt.Chart(inline(dots))
        .mark_point(filled=True, size=70, opacity=1)
        .encode(
            x=alt.X("x:Q", scale=across, title=axes[0] or None, axis=axis),
            y=alt.Y("y:Q", scale=upward, title=axes[1] or None, axis=axis),
            color=color,
            shape=alt.Shape(
                "kind:N", scale=alt.Scale(domain=kinds, range=SHAPES), legend=_above(kinds)
            ),
            tooltip=["name:N", alt.Tooltip("x:Q", format=".3f"), alt.Tooltip("y:Q", format=".3f")],
        ),
        alt.Chart(inline(labels))
        .mark_text(fontSize=SIZE, color=INK)
        .encode(x=alt.X("lx:Q", scale=across), y=alt.Y("ly:Q", scale=upward), text="label:N"),
    ]
    chart = alt.layer(*layers).properties(width=round(wide), height=round(high))
    return looking(chart, title, subtitle)


def _above(kinds: Sequence[str]) -> alt.Legend | None:
    if len(kinds) < 2:
        return None
    return alt.Legend(orient="top", title=None, labelFontSize=SIZE, labelLimit=0)
