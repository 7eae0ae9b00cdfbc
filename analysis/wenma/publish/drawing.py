"""What the charts share: the rows they draw, and how they look."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

import altair as alt
import pandas as pd

from wenma.errors import QueryError
from wenma.publish.columns import TABLE_COLUMNS
from wenma.publish.labels import NAMELESS, Language, code_names, heading, title
from wenma.queries.table import Table, nearest

Chart = alt.LayerChart | alt.FacetChart
Door = Callable[[Mapping[str, Any]], str]

CHART_FONT = (
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', "
    "'WenQuanYi Micro Hei', 'Noto Sans SC', sans-serif"
)
INK, PALE, LINE = "#222222", "#f3f3f3", "#d9d9d9"
SIZE = 13
"""Points of a label; the room for one is reckoned from it."""
ROW_POINTS = 26
"""Points from one row of labels to the next."""
MOST_CODES_DRAWN = 300
"""More codes than this nobody can read in one picture."""
UNNAMED = "#767676"
"""Colour of a code to which neither it nor a code above it gives one."""

_COUNTED = {"share": "references", "coverage": "coded", "percent": "units"}
"""What a percentage is of: printed beside it."""


def one_block(table: Table) -> None:
    """QueryError when the table holds more than one group."""
    if "group" in table.frame and table.frame["group"].nunique() > 1:
        some = table.frame["group"].iloc[0]
        raise QueryError(
            f"this chart shows one {table.by} at a time",
            cure=f"Choose one: table.block({some!r})",
            zh=f"此图每次只画一组，请选其一，如“{some}”。",
        )


def many_blocks(table: Table) -> None:
    """QueryError when the table has no groups to compare."""
    if "group" not in table.frame:
        raise QueryError(
            "this chart compares groups",
            cure='Ask the query with by="city"',
            zh="此图比较各组，请按城市等分组提问。",
        )


def table_rows(
    table: Table, measure: str, *, language: Language, door: Door | None
) -> list[dict[str, Any]]:
    """The table's rows as the chart carries them: undefined is null, `shown` is for the eye."""
    numbers = [str(c) for c in table.frame if pd.api.types.is_numeric_dtype(table.frame[c])]
    if measure not in numbers:
        raise QueryError(
            f'"{measure}" is no number in this table',
            cure=nearest(measure, numbers),
            zh=f"表中没有数值列“{measure}”。",
        )
    frame = table.frame.astype(object).where(table.frame.notna(), None)
    rows = [{str(key): cell for key, cell in row.items()} for row in frame.to_dict("records")]
    for at, row in enumerate(rows):
        row["shown"] = shown_number(row[measure], measure)
        if row[measure] is not None and (count := _COUNTED.get(measure)) in row:
            row["shown"] += f" ({row[count]})"
        if "group" in row:
            row["place"] = row["group"] or NAMELESS.in_language(language)
        if door:
            row["href"] = door(table.drill_through(at))
    return rows


def code_rows(
    table: Table,
    codes: pd.DataFrame,
    measure: str,
    *,
    language: Language,
    door: Door | None,
) -> list[dict[str, Any]]:
    """Rows of the codes that add up to their dimension, with their names.

    Those that have none under them; a parent that was given itself stands for its own.
    """
    names = code_names(codes, language=language)
    if (many := table.frame["code"].nunique()) > MOST_CODES_DRAWN:
        raise QueryError(
            f"{many:,} codes do not fit a picture: at most {MOST_CODES_DRAWN} do",
            cure="Draw a part of the codebook, or read the table.",
            zh=f"{many:,} 个编码画不下，最多 {MOST_CODES_DRAWN} 个："
            "请只画编码本的一部分，或直接看表。",
        )
    parents = {path.rpartition("/")[0] for path in codes["code"]}
    given = _given(table) & parents
    rows = table_rows(table, measure, language=language, door=door)
    kept = [
        row
        for row in rows
        if (row["code"] in given or row["code"] not in parents)
        and not any(row["code"].startswith(f"{parent}/") for parent in given)
    ]
    for row in kept:
        row["name"] = names.get(row["code"], row["code"])
        dimension = row["code"].partition("/")[0]
        row["dimension"] = names.get(dimension, dimension)
    return kept


def _given(table: Table) -> set[str]:
    """Codes with references of their own."""
    frame = table.frame
    return set(frame["code"][frame["references_own"] > 0]) if "references_own" in frame else set()


def dimensions_of(rows: list[dict[str, Any]], codes: pd.DataFrame, language: Language) -> list[str]:
    """The names of the rows' dimensions, in the codebook's order."""
    names = code_names(codes, language=language)
    there = {row["dimension"] for row in rows}
    return [name for name in names.values() if name in there]


def in_panels(
    layers: Chart,
    rows: list[dict[str, Any]],
    key: str,
    *,
    order: list[str] | None = None,
    columns: int = 3,
    spacing: int = 20,
) -> Chart:
    """The chart once for each value of `key`, side by side, the value above each."""
    panels: Chart = layers.facet(
        alt.Facet(
            f"{key}:N",
            title=None,
            sort=order or in_table_order(rows, key),
            header=alt.Header(labelFontSize=SIZE, labelFontWeight="bold", labelLimit=0),
        ),
        data=inline(rows),
        columns=columns,
        spacing=spacing,
    )
    return panels


def by_dimension(
    layers: Chart, rows: list[dict[str, Any]], dimensions: list[str], *, padding: int = -8
) -> Chart:
    """The chart once for each dimension of its codes, one under another, the name above each.

    `padding` moves the name towards its own panel: Vega keeps room for an axis between them,
    though only the first panel has one.
    """
    header = alt.Header(
        labelAngle=0,
        labelAnchor="start",
        labelOrient="top",
        labelFontSize=SIZE,
        labelFontWeight="bold",
        labelLimit=0,
        labelPadding=padding,
    )
    panels = layers.facet(
        data=inline(rows),
        row=alt.Row("dimension:N", title=None, sort=dimensions, header=header),
        spacing=8,
    )
    chart: Chart = panels.resolve_scale(y="independent")
    return chart


def finished(chart: Chart, table: Table, subtitle: list[str], language: Language) -> Chart:
    """The chart with the title of its table and the look all charts share."""
    return looking(chart, title(table.name, language=language), subtitle)


def looking(chart: Chart, words: str, subtitle: Sequence[str] = ()) -> Chart:
    """The chart with a title and the look all charts share."""
    said = alt.TitleParams(
        words,
        subtitle=list(subtitle),
        anchor="start",
        fontSize=SIZE + 3,
        subtitleFontSize=SIZE,
        offset=14,
    )
    finished: Chart = (
        chart.properties(title=said, background="white", padding=12)
        .configure(font=CHART_FONT)
        .configure_axis(
            labelFontSize=SIZE,
            titleFontSize=SIZE,
            titlePadding=10,
            labelLimit=0,
            labelAngle=0,
            labelOverlap=False,
            labelColor=INK,
            titleColor=INK,
            domain=False,
            ticks=False,
            gridColor="#ececec",
        )
        .configure_view(stroke=None)
        .configure_header(labelColor=INK)
        .configure_title(color=INK, subtitleColor="#555555", limit=0)
    )
    return finished


def said_too(chart: Chart, line: str) -> Chart:
    """The chart with one line more under its title."""
    under = chart.title.copy()
    under.subtitle = [*under.subtitle, line]
    more: Chart = chart.properties(title=under)
    return more


def subtitle_of(table: Table, words: list[str], language: Language) -> list[str]:
    """The subtitle, with the name of the group where the table is one group's."""
    if "group" not in table.frame or not len(table.frame):
        return words
    return [table.frame["group"].iloc[0] or NAMELESS.in_language(language), *words]


def inline(rows: list[dict[str, Any]]) -> alt.InlineData:
    """The rows as data that travel inside the chart."""
    # As a frame, Altair would refuse more than 5,000 and guess their types.
    return alt.InlineData(values=rows)


def counts_beside(table: Table, measure: str) -> list[str]:
    """The measure and the counts it rests on, for a tooltip."""
    counts = [
        c for c in ("references", "documents", "n11", "n1", "n2", "units") if c in table.frame
    ]
    return list(dict.fromkeys([measure, *counts]))


def tooltips(columns: list[str], language: Language, by: str | None = None) -> list[alt.Tooltip]:
    """What is told of a mark under the pointer."""
    shown = {"code": "name:N", "code_b": "name_b:N", "group": "place:N"}
    return [
        alt.Tooltip(
            shown.get(column, f"{column}:Q"),
            title=heading(column, language=language, by=by),
            format=alt.Undefined if column in shown else f".{TABLE_COLUMNS[column].decimals}f",
        )
        for column in columns
    ]


def needs(frame: pd.DataFrame, *columns: str) -> None:
    """QueryError when a plain frame lacks a column."""
    if missing := [column for column in columns if column not in frame]:
        raise QueryError(
            f"the frame has no column {', '.join(missing)}",
            cure=f"Its columns are: {', '.join(map(str, frame.columns))}",
            zh=f"数据缺少列：{'、'.join(missing)}。",
        )


def link_encoding(door: Door | None) -> dict[str, Any]:
    """The encoding that makes a mark a link, where there is a door."""
    return {"href": alt.Href("href:N")} if door else {}


def colour_of(codes: pd.DataFrame) -> dict[str, str]:
    """Each code's colour: its own, or that of the nearest code above it that has one."""
    colours: dict[str, str] = {}
    for path, colour in zip(codes["code"], codes["colour"], strict=True):
        above = colours.get(path.rpartition("/")[0], UNNAMED)
        colours[path] = colour if isinstance(colour, str) and colour else above
    return colours


def colours_of(codes: pd.DataFrame) -> alt.Color:
    """The encoding that gives each code the codebook's colour."""
    colours = colour_of(codes)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color("code:N", scale=scale, legend=None)


def in_table_order(rows: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    """What the rows hold under a key, each once, in their order."""
    return list(dict.fromkeys(row[key] for row in rows))


def scale_end(rows: list[dict[str, Any]], measure: str, wide: int) -> float:
    """The end of a scale of so many pixels that has room for a number behind the longest bar."""
    longest = max((row[measure] for row in rows if row[measure] is not None), default=0)
    return float(longest * wide / (wide - room_for(rows))) or 1.0


def room_for(rows: list[dict[str, Any]]) -> int:
    """Points the longest of the numbers takes, in its longest line."""
    lines = (line for row in rows for line in row["shown"].split("\n"))
    return 8 * max(map(len, lines), default=1)


def shown_number(number: float | None, column: str) -> str:
    """A number as a cell shows it: short measures lose their last decimals, undefined is a dash.

    >>> shown_number(0.31738, "npmi"), shown_number(12, "references"), shown_number(None, "share")
    ('0.32', '12', '–')
    """
    if number is None:
        return "–"
    return f"{number:,.{min(TABLE_COLUMNS[column].decimals, 2)}f}".replace("-0.00", "0.00")


def ems(text: str) -> float:
    """How wide a text is, in Han characters."""
    return sum(1.0 if east_asian_width(character) in "WF" else 0.55 for character in text)
