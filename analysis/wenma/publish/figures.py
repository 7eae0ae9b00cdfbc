"""The figures by name: which question each is of, and what draws it."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from wenma.errors import QueryError
from wenma.publish import charts
from wenma.publish.assessment_tiles import assessment_tiles
from wenma.publish.city_charts import MOSTCOLOURS, city_profile, grouped_bars, stacked_bars
from wenma.publish.dispersion_strip import dispersion_strip
from wenma.publish.drawing import Chart
from wenma.publish.drawn_figure import DrawnFigure
from wenma.publish.period_dots import period_dots
from wenma.publish.pmc_surface import pmc_relief, pmc_surface
from wenma.publish.query_figures import (
    cities_map,
    cities_tree,
    keyness_words,
    saturation_curve,
    words_cloud,
)
from wenma.publish.score_lines import score_lines
from wenma.publish.stance_bars import stance_bars
from wenma.queries.table import Table, nearest

Blocks = Literal["one", "many", "any"]
"""Whether a figure is of one city at a time, compares several, or does either."""

GIVEN = ("language", "door", "documents")
"""Keywords of a chart that are no choice of its reader."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: the query it shows, the chart function, and one line about it."""

    query: str
    draw: Callable[..., Chart]
    summary: str
    blocks: Blocks = "any"
    asks: Mapping[str, Any] = field(default_factory=dict)
    most: int = 60
    """Groups one figure shows of itself, where no others were asked for."""
    at_once: bool = False
    """Whether its question sets all groups beside each other, so that they are chosen before."""

    @property
    def choices(self) -> dict[str, inspect.Parameter]:
        """What the reader of the figure may choose: measure, dimension, threshold."""
        parameters = inspect.signature(self.draw).parameters.values()
        return {
            one.name: one
            for one in parameters
            if one.kind is one.KEYWORD_ONLY and one.name not in GIVEN
        }

    def of(self, table: Table, codes: pd.DataFrame, **options: Any) -> DrawnFigure:
        """The figure of this answer, drawn: it shows itself and can be saved.

        `options` are the figure's choices and the `language`; `documents` where it
        `reads_documents`. QueryError for an answer it cannot show.
        """
        return DrawnFigure(self.draw(table, codes, **options))

    @property
    def reads_documents(self) -> bool:
        """Whether the chart needs the documents beside the table."""
        return "documents" in inspect.signature(self.draw).parameters


CHARTS: dict[str, Figure] = {
    "frequency_bars": Figure(
        "frequency", charts.frequency_bars, "codes ranked by use, each dimension by itself", "one"
    ),
    "frequency_small_multiples": Figure(
        "frequency", charts.frequency_small_multiples, "the same bars for every city", "many"
    ),
    "attention_heatmap": Figure(
        "frequency", charts.attention_heatmap, "codes by cities, the number in each cell", "many"
    ),
    "attention_residuals": Figure(
        "attention",
        charts.attention_residuals,
        "codes by cities: which city gives which code more or less than its due",
        "many",
    ),
    "stacked_bars": Figure(
        "frequency", stacked_bars, "how each city divides a dimension: bars of 100 %", "many"
    ),
    "grouped_bars": Figure(
        "frequency",
        grouped_bars,
        "the codes of a dimension, a bar for each city",
        "many",
        most=MOSTCOLOURS,
    ),
    "city_profile": Figure(
        "frequency",
        city_profile,
        "a line for each city over the codes of a dimension",
        "many",
        most=MOSTCOLOURS,
    ),
    "dispersion_strip": Figure(
        "excerpts", dispersion_strip, "where in the documents the codes of a dimension stand"
    ),
    "framework_matrix": Figure("matrix", charts.framework_matrix, "stages by layers, in numbers"),
    "assessment_tiles": Figure(
        "assessment", assessment_tiles, "stages by layers: strength, promise, deficit, not stated"
    ),
    "cooccurrence_heatmap": Figure(
        "cooccurrence", charts.cooccurrence_heatmap, "pairs of codes by how much they meet", "one"
    ),
    "cooccurrence_network": Figure(
        "cooccurrence", charts.cooccurrence_network, "codes joined where they meet", "one"
    ),
    "pmc_surface": Figure("pmc", pmc_surface, "the 3 × 3 surface of each document or city"),
    "pmc_relief": Figure("pmc", pmc_relief, "the same surfaces seen at a slant"),
    "score_lines": Figure(
        "scores", score_lines, "scores on each scale, group after group, with n", "many"
    ),
    "stance_bars": Figure(
        "stance_shift", stance_bars, "what is lacking, done and promised of each code", "one"
    ),
    "period_dots": Figure(
        "periods", period_dots, "how much is said of each code, period by period", "one"
    ),
    "cities_map": Figure(
        "cities",
        cities_map,
        "cities and codes by correspondence analysis",
        "many",
        {"view": "map"},
        40,
        at_once=True,
    ),
    "cities_tree": Figure(
        "cities",
        cities_tree,
        "which cities are alike, as a tree",
        "many",
        {"view": "tree"},
        at_once=True,
    ),
    "keyness_words": Figure("keyness", keyness_words, "the words each city prefers", "many"),
    "words_cloud": Figure("words", words_cloud, "the commonest words, as a picture", "one"),
    "saturation_curve": Figure("saturation", saturation_curve, "codes found by documents read"),
}
"""Every figure; a new one is one entry."""


def figure(name: str) -> Figure:
    """The figure of that name; QueryError when there is none.

    >>> figure("stacked_bars").query, sorted(figure("cooccurrence_network").choices)
    ('frequency', ['measure', 'min_count', 'threshold'])
    """
    if name not in CHARTS:
        raise QueryError(
            f'there is no figure "{name}"', cure=nearest(name, CHARTS), zh=f"没有图“{name}”。"
        )
    return CHARTS[name]


def largest(documents: pd.DataFrame, by: str) -> list[str]:
    """The groups of some documents, those with the most counted characters first."""
    sizes = documents.groupby(by, sort=False)["countable"].sum()
    return [str(name) for name in sizes.sort_values(ascending=False, kind="stable").index if name]


def only(table: Table, names: list[str]) -> Table:
    """The rows of some groups, or documents, in the order they are named.

    QueryError for a name that is not there.
    """
    column = "group" if "group" in table.frame else table.by or "document"
    if column not in table.frame:
        raise QueryError(
            "this figure sets all groups beside each other at once",
            cure="Choose them with --where city=ONE,OTHER",
            zh="此图并列各组，请用 --where 选定城市。",
        )
    there = list(dict.fromkeys(table.frame[column].astype(str)))
    for name in names:
        if name not in there:
            raise QueryError(
                f'there is no {table.by or column} "{name}"',
                cure=nearest(name, there),
                zh=f"没有“{name}”这一组。",
            )
    place = {name: at for at, name in enumerate(names)}
    rows = table.frame[table.frame[column].isin(names)]
    order = rows[column].map(place).argsort(kind="stable")
    frame = rows.iloc[order].reset_index(drop=True)
    return replace(table, frame=frame)
