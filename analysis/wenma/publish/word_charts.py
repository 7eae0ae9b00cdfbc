"""Pictures of word tables."""

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from wenma.publish.drawing import SIZE, Chart, ems, in_panels, inline, looking, needs
from wenma.publish.placement import packed_boxes


def keyness_dots(
    frame: pd.DataFrame,
    title: str,
    *,
    subtitle: Sequence[str] = (),
    axis: str = "ζ",
    most: int = 20,
) -> Chart:
    """Words by how typical they are (`zeta`), a column for each `group`; a larger dot is used more.

    The `most` highest of each group, `tf` beside the word.
    """
    needs(frame, "word", "zeta", "tf", "group")
    kept = frame[np.isfinite(frame["zeta"].to_numpy(dtype=float))]
    groups = list(dict.fromkeys(kept["group"].astype(str)))
    rows: list[dict[str, Any]] = []
    biggest = float(kept["tf"].max()) if len(kept) else 1.0
    for group in groups:
        block = kept[kept["group"].astype(str) == group]
        block = block.sort_values("zeta", ascending=False, kind="stable").head(most)
        rows += [
            {
                "group": group,
                "word": str(one.word),
                "line": f"{one.word} ({one.tf:,})",
                "zeta": float(one.zeta),
                "tf": int(one.tf),
                "area": 30 + 300 * float(one.tf) / (biggest or 1.0),
            }
            for one in block.itertuples()
        ]
    reach = max((abs(row["zeta"]) for row in rows), default=1.0) * 1.08 or 1.0
    lowest = min((row["zeta"] for row in rows), default=0.0)
    # Half a dot's room, so that none covers the words.
    low = min(0.0, lowest) * 1.08 - reach * 0.07
    x = alt.X(
        "zeta:Q",
        title=None,
        scale=alt.Scale(domain=[low, reach], nice=False),
        axis=alt.Axis(tickCount=4),
    )
    y = alt.Y("line:N", title=None, sort=alt.EncodingSortField("zeta", order="descending"))
    base = alt.Chart()
    stems = base.mark_rule(color="#b5b5b5").encode(x=x, x2=alt.datum(0), y=y)
    dots = base.mark_circle(color="#08478f", opacity=1).encode(
        x=x,
        y=y,
        size=alt.Size("area:Q", scale=None),
        tooltip=["word:N", alt.Tooltip("zeta:Q", title=axis, format=".2f"), "tf:Q"],
    )
    layers = alt.layer(stems, dots).properties(width=180, height=alt.Step(SIZE + 8))
    panels = in_panels(layers, rows, "group", order=groups, spacing=24)
    chart: Chart = panels.resolve_scale(y="independent")
    return looking(chart, title, [*subtitle, axis])


def word_cloud(
    frame: pd.DataFrame, title: str, *, subtitle: Sequence[str] = (), most: int = 100
) -> Chart:
    """A picture of a word table: `word` by `tf`, the area of a word as its count.

    Its numbers belong in a table beside it. The same table gives the same
    picture, no word lies on another, and the darkest are the commonest.
    """
    needs(frame, "word", "tf")
    block = frame[frame["tf"] > 0].sort_values("tf", ascending=False, kind="stable").head(most)
    top = float(block["tf"].max()) if len(block) else 1.0
    sizes = [max(10.0, 54 * math.sqrt(float(tf) / top)) for tf in block["tf"]]
    words = [str(word) for word in block["word"]]
    boxes = packed_boxes(
        [(size * ems(word) + 6, size * 1.12) for word, size in zip(words, sizes, strict=True)]
    )
    wide = max((abs(box.x) + box.wide / 2 for box in boxes), default=100) + 4
    high = max((abs(box.y) + box.high / 2 for box in boxes), default=60) + 4
    rows = [
        {
            "word": word,
            "tf": int(tf),
            "x": box.x,
            "y": box.y,
            "wide": box.wide,
            "high": box.high,
            "size": size,
            "ink": _grey(float(tf) / top),
        }
        for word, tf, box, size in zip(words, block["tf"], boxes, sizes, strict=True)
    ]
    chart = alt.layer(
        alt.Chart(inline(rows))
        .mark_text(baseline="middle")
        .encode(
            x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-wide, wide], nice=False)),
            y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[high, -high], nice=False)),
            text="word:N",
            size=alt.Size("size:Q", scale=None, legend=None),
            color=alt.Color("ink:N", scale=None),
            tooltip=["word:N", "tf:Q"],
        )
    ).properties(width=round(2 * wide), height=round(2 * high))
    return looking(chart, title, subtitle)


def _grey(share: float) -> str:
    """From a light blue to a dark one."""
    light, dark = (0x6B, 0x9E, 0xC8), (0x08, 0x30, 0x6B)
    mix = math.sqrt(share)
    parts = (round(a + (b - a) * mix) for a, b in zip(light, dark, strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)
