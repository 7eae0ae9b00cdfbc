"""The tree of a clustering."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import dendrogram as tree_of

from wenma.errors import QueryError
from wenma.publish.drawing import INK, SIZE, Chart, ems, inline, looking


def dendrogram(
    linkage: NDArray[np.float64],
    names: Sequence[str],
    title: str,
    *,
    subtitle: Sequence[str] = (),
    axis: str = "",
) -> Chart:
    """The tree of a hierarchical clustering (scipy's linkage), names down the left side.

    The place of a joint is the height at which scipy joined the two.
    """
    if len(names) != len(linkage) + 1:
        raise QueryError(
            f"{len(names)} names do not fit a tree of {len(linkage) + 1} leaves",
            cure="Give one name for each row that was clustered",
            zh=f"{len(names)} 个名称与 {len(linkage) + 1} 片树叶不符。",
        )
    drawn = tree_of(linkage, no_plot=True)
    corners = [
        {"joint": joint, "step": step, "x": float(x), "y": float(y)}
        for joint, (ys, xs) in enumerate(zip(drawn["icoord"], drawn["dcoord"], strict=True))
        for step, (x, y) in enumerate(zip(xs, ys, strict=True))
    ]
    leaves: list[dict[str, Any]] = [
        {"name": str(names[leaf]), "y": 5.0 + 10 * at, "zero": 0.0}
        for at, leaf in enumerate(drawn["leaves"])
    ]
    high = 10.0 * len(leaves)
    scale = alt.Scale(domain=[high, 0], nice=False)
    room = max((ems(one["name"]) for one in leaves), default=1) * SIZE
    top = max(float(linkage[:, 2].max()), 1e-9) * 1.02
    across = alt.Scale(domain=[0, top], nice=False)
    lines = (
        alt.Chart(inline(corners))
        .mark_line(color=INK, strokeWidth=1.3)
        .encode(
            x=alt.X("x:Q", scale=across, title=axis or None, axis=alt.Axis(tickCount=5)),
            y=alt.Y("y:Q", scale=scale, axis=None),
            detail="joint:N",
            order="step:Q",
        )
    )
    labels = (
        alt.Chart(inline(leaves))
        .mark_text(align="right", dx=-8, fontSize=SIZE, color=INK)
        .encode(x=alt.X("zero:Q", scale=across), y=alt.Y("y:Q", scale=scale), text="name:N")
    )
    chart = alt.layer(lines, labels).properties(
        width=420, height=round(max(len(leaves) * (SIZE + 7), 60))
    )
    finished: Chart = looking(chart, title, subtitle)
    # The names hang over the plot's left edge, where a title would begin.
    return finished.properties(padding={"left": room + 16, "right": 16, "top": 12, "bottom": 12})
