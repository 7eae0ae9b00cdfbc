"""Values over steps, a line for each group."""

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from wenma.publish.drawing import SIZE, Chart, in_table_order, inline, looking, needs
from wenma.publish.palette import COLOURS, DASHES
from wenma.publish.placement import spread_boxes


def curve(
    frame: pd.DataFrame,
    title: str,
    *,
    subtitle: Sequence[str] = (),
    axes: tuple[str, str] = ("", ""),
) -> Chart:
    """`value` over `step`, a line for each `group` with its name at its end.

    For saturation: codes found by documents read. Undefined values leave a gap.
    """
    needs(frame, "step", "value", "group")
    rows: list[dict[str, Any]] = [
        {"step": float(step), "group": str(group), "value": _finite(value)}
        for step, group, value in zip(frame["step"], frame["group"], frame["value"], strict=True)
    ]
    groups = in_table_order(rows, "group")
    high = 280.0
    known = [row for row in rows if row["value"] is not None]
    top = max((row["value"] for row in known), default=0.0) * 1.05 or 1.0
    low = min(0.0, *(row["value"] for row in known)) if known else 0.0
    last = {row["group"]: row for row in known}
    heights = [(row["value"] - low) / (top - low) * high for row in last.values()]
    moved = spread_boxes(heights, SIZE + 3, low=4, high=high)
    ends = [
        {**row, "label": low + at / high * (top - low)}
        for row, at in zip(last.values(), moved, strict=True)
    ]
    scale = alt.Scale(domain=[low, top], nice=False)
    color = alt.Color("group:N", scale=alt.Scale(domain=groups, range=COLOURS), legend=None)
    base = alt.Chart(inline(rows)).encode(
        x=alt.X(
            "step:Q",
            title=axes[0] or None,
            scale=alt.Scale(nice=False, zero=False),
            axis=alt.Axis(grid=False, tickMinStep=1),
        ),
        y=alt.Y(
            "value:Q",
            title=axes[1] or None,
            scale=scale,
            # Upright above the axis: turned it would stand in the numbers' way.
            axis=alt.Axis(titleAngle=0, titleAlign="left", titleX=-24, titleY=-10),
        ),
        color=color,
    )
    dash = alt.StrokeDash("group:N", scale=alt.Scale(domain=groups, range=DASHES), legend=None)
    lines = base.mark_line(strokeWidth=2, interpolate="linear").encode(strokeDash=dash)
    dots = base.mark_circle(size=22, opacity=1).encode(
        tooltip=["group:N", "step:Q", alt.Tooltip("value:Q", format=".2f")]
    )
    labels = (
        alt.Chart(inline(ends))
        .mark_text(align="left", dx=8, fontSize=SIZE)
        .encode(x="step:Q", y=alt.Y("label:Q", scale=scale), text="group:N", color=color)
    )
    chart = alt.layer(lines, dots, labels).properties(width=460, height=round(high))
    return looking(chart, title, subtitle)


def _finite(number: Any) -> float | None:
    return float(number) if number is not None and math.isfinite(number) else None
