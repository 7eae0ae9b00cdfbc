"""Answers whose figures are drawn from plain frames: likeness of cities, key words, saturation."""

import numpy as np
import pandas as pd

from wenma.publish.curves import curve
from wenma.publish.dendrogram import dendrogram
from wenma.publish.drawing import Chart, Door
from wenma.publish.labels import Language, code_names, heading, notes, title
from wenma.publish.points_map import points_map
from wenma.publish.word_charts import keyness_dots, word_cloud
from wenma.queries.table import Table


def cities_map(
    table: Table,
    codes: pd.DataFrame,
    *,
    size: int = 520,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """Cities and codes as correspondence analysis sets them; how much each axis tells is said.

    `size` is the width and height in points; labels are placed for that size.
    """
    names = code_names(codes, language=language)
    kinds = {kind: heading(kind, language=language, by=table.by) for kind in ("group", "code")}
    frame = table.frame.assign(
        label=[names.get(name, name) for name in table.frame["name"]],
        kind=table.frame["kind"].map(kinds),
    )
    said = notes(table, language=language)
    return points_map(frame, _title(table, language), subtitle=said, size=int(size))


def cities_tree(
    table: Table, codes: pd.DataFrame, *, language: Language = "zh", door: Door | None = None
) -> Chart:
    """Which cities are alike, step by step, from the tree of `cities`."""
    frame = table.frame
    made = {f"#{step}" for step in frame["step"]}
    joined = [*zip(frame["cluster"], frame["cluster_b"], strict=True)]
    leaves = [name for pair in joined for name in pair if name not in made]
    number = {name: at for at, name in enumerate(leaves)} | {
        f"#{step}": len(leaves) + at for at, step in enumerate(frame["step"])
    }
    linkage = np.array(
        [
            (number[a], number[b], height, size)
            for (a, b), height, size in zip(joined, frame["height"], frame["size"], strict=True)
        ],
        dtype=np.float64,
    ).reshape(-1, 4)
    return dendrogram(
        linkage,
        leaves,
        _title(table, language),
        subtitle=notes(table, language=language),
        axis=heading("height", language=language),
    )


def keyness_words(
    table: Table,
    codes: pd.DataFrame,
    *,
    most: int = 12,
    language: Language = "zh",
    door: Door | None = None,
) -> Chart:
    """The words each city prefers, by Monroe's ζ; a larger dot is used more."""
    frame = table.frame.rename(columns={"a": "tf"})
    if "group" not in frame:
        frame = frame.assign(group="")
    return keyness_dots(frame, _title(table, language), most=int(most))


def words_cloud(
    table: Table, codes: pd.DataFrame, *, language: Language = "zh", door: Door | None = None
) -> Chart:
    """A picture of the word table."""
    return word_cloud(table.frame, _title(table, language))


def saturation_curve(
    table: Table, codes: pd.DataFrame, *, language: Language = "zh", door: Door | None = None
) -> Chart:
    """Codes found by documents read."""
    frame = table.frame
    drawn = frame.rename(columns={"cumulative": "value"})
    if "group" not in drawn:
        drawn = drawn.assign(group="")
    axes = heading("documents", language=language), heading("cumulative", language=language)
    return curve(drawn, _title(table, language), axes=axes)


def _title(table: Table, language: Language) -> str:
    return title(table.name, language=language)
