"""The ways to count a claim as a curve: how large the ratio is in each, and what each chooses.

The specification curve of Simonsohn, Simmons & Nelson (2020).
"""

from typing import cast

import altair as alt

from wenma.errors import QueryError
from wenma.publish.columns import TABLE_COLUMNS
from wenma.publish.drawing import INK, PALE, SIZE, Chart, finished, inline
from wenma.publish.labels import Language, fixed_word
from wenma.queries.claim import HOLDS
from wenma.queries.table import Table
from wenma.queries.ways import CHOICES
from wenma.records import Bilingual

_WIDE = 620
_HOLDS, _FAILS = "#0072b2", "#d55e00"
_RATIO = Bilingual("{} 与 {} 之比（对数尺度）", "{} by {} (log scale)")
_DECIDING = Bilingual(
    "起决定作用的两侧之比（对数尺度）", "ratio of the sides that decide (log scale)"
)
_SAID = Bilingual(
    "每列一种计法，按比值排列；下方为该计法的选择",
    "A column for each way to count, by its ratio; below, what it chooses",
)
_LEFT = Bilingual(
    "{} 种计法的比值无定义或为零，未画出", "{} ways with no ratio, or none above 0, are not drawn"
)


def claim_curve(table: Table, *, language: Language = "zh") -> Chart:
    """The ways of a `claim` table by their ratio, and under each what it chooses.

    Rules, terms and documents left out are not drawn. QueryError where no way has a ratio.
    """
    frame = table.frame[table.frame["kind"] == ""]
    drawn = frame[frame["ratio"] > 0].sort_values("ratio", kind="stable")
    if not len(drawn):
        raise QueryError(
            "no way to count has a ratio to draw",
            cure="Read the table of ways instead",
            zh="没有一种计法有可画的比值，请看计法表。",
        )
    choices = [name for name in CHOICES if frame[name].nunique() > 1]
    order = [_option(name, one, language) for name in choices for one in dict.fromkeys(frame[name])]
    points = [
        {"at": at, "ratio": row["ratio"], "verdict": fixed_word(row["verdict"], language=language)}
        for at, (_, row) in enumerate(drawn.iterrows(), start=1)
    ]
    marks = [
        {
            "at": at,
            "option": _option(name, row[name], language),
            "verdict": points[at - 1]["verdict"],
        }
        for at, (_, row) in enumerate(drawn.iterrows(), start=1)
        for name in choices
    ]
    holds = fixed_word(HOLDS, language=language)
    others = [one for one in dict.fromkeys(one["verdict"] for one in points) if one != holds]
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=[holds, *others], range=[_HOLDS, _FAILS][: 1 + len(others)]),
        legend=alt.Legend(title=None, orient="top", labelFontSize=SIZE),
    )
    x = alt.X(
        "at:Q", title=None, axis=None, scale=alt.Scale(domain=[0, len(drawn) + 1], nice=False)
    )
    pairs = table.frame[["side_a", "side_b"]].drop_duplicates()
    said = _RATIO if len(pairs) == 1 else _DECIDING
    first = table.frame.iloc[0]
    top = alt.layer(
        alt.Chart(inline([{"one": 1}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(y="one:Q"),
        alt.Chart(inline(points))
        .mark_point(filled=True, size=16, opacity=0.9)
        .encode(
            x=x,
            y=alt.Y(
                "ratio:Q",
                title=said.in_language(language).format(first["side_a"], first["side_b"]),
                scale=alt.Scale(type="log", nice=True),
                axis=alt.Axis(tickCount=5, format="~g"),
            ),
            color=colour,
        ),
    ).properties(width=_WIDE, height=190)
    below = (
        alt.Chart(inline(marks))
        .mark_tick(thickness=1, height=12, opacity=0.8)
        .encode(
            x=x,
            y=alt.Y("option:N", title=None, sort=order, axis=alt.Axis(grid=True, gridColor=PALE)),
            color=colour,
        )
        .properties(width=_WIDE, height=alt.Step(18))
    )
    both = cast(Chart, alt.vconcat(top, below, spacing=10).resolve_scale(x="shared"))
    lines = [table.basis["claim"], _SAID.in_language(language)]
    if missing := len(frame) - len(drawn):
        lines.append(_LEFT.in_language(language).format(missing))
    return finished(both, table, lines, language)


def _option(name: str, option: str, language: Language) -> str:
    what = TABLE_COLUMNS[name].in_language(language)
    return f"{what}{'：' if language == 'zh' else ': '}{fixed_word(option, language=language)}"
