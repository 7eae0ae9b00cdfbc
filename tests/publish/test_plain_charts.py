"""Charts of plain frames: maps, trees, curves, words."""

import itertools
import math
import random

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import linkage

from tests.publish.charted import drawn, rows_of
from wenma.errors import QueryError
from wenma.publish.curves import curve
from wenma.publish.dendrogram import dendrogram
from wenma.publish.placement import Box
from wenma.publish.points_map import points_map
from wenma.publish.word_charts import keyness_dots, word_cloud


@pytest.fixture
def points():
    draw = random.Random(11)
    return pd.DataFrame(
        {
            "name": [f"城市{n}" for n in range(20)],
            "x": [draw.gauss(0, 1) for _ in range(20)],
            "y": [draw.gauss(0, 0.4) for _ in range(20)],
            "kind": ["城市", "编码"] * 10,
        }
    )


def test_every_point_of_a_map_stands_at_its_numbers(points):
    rows = rows_of(points_map(points, "对应分析"), "name", "kind")
    assert [(row["name"], row["x"], row["y"]) for row in rows] == list(
        points[["name", "x", "y"]].itertuples(index=False, name=None)
    )


def test_a_unit_of_a_map_is_as_long_across_as_up(points):
    spec = points_map(points, "对应分析").to_dict()
    layer = next(one for one in spec["layer"] if "shape" in one["encoding"])
    low, high = layer["encoding"]["x"]["scale"]["domain"]
    bottom, top = layer["encoding"]["y"]["scale"]["domain"]
    assert spec["width"] / (high - low) == pytest.approx(spec["height"] / (top - bottom), rel=0.01)
    for row in rows_of(points_map(points, "对应分析"), "name", "kind"):
        assert low < row["x"] < high and bottom < row["y"] < top


def test_no_label_of_a_map_covers_another(points):
    chart = points_map(points, "对应分析")
    spec = chart.to_dict()
    layer = next(one for one in spec["layer"] if "shape" in one["encoding"])
    low, high = layer["encoding"]["x"]["scale"]["domain"]
    unit = spec["width"] / (high - low)
    labels = max((rows for rows in drawn(chart) if rows and "lx" in rows[0]), key=len)
    assert len(labels) == 20
    boxes = [
        Box(r["lx"] * unit, r["ly"] * unit, 13 * (2 + 0.55 * len(r["label"][2:])), 16)
        for r in labels
    ]
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))


def test_a_point_without_a_label_or_a_number_has_none(points):
    points["label"] = points["name"].where(points["kind"] == "城市", "")
    points.loc[0, "x"] = math.nan
    chart = points_map(points, "对应分析")
    assert len(rows_of(chart, "name", "kind")) == 19
    assert {row["kind"] for row in rows_of(chart, "lx")} == {"城市"}


def test_a_map_of_one_point_and_of_none_is_drawn(points):
    for some in (points.head(1), points.head(0)):
        assert points_map(some, "对应分析").to_dict(validate=True)["width"] > 0


def test_the_joints_of_a_tree_stand_at_scipys_heights():
    joined = linkage(np.random.default_rng(5).random((9, 3)), "average")
    chart = dendrogram(joined, [f"城市{n}" for n in range(9)], "聚类")
    corners = rows_of(chart, "joint")
    heights = [max(r["x"] for r in corners if r["joint"] == joint) for joint in range(8)]
    assert sorted(heights) == pytest.approx(sorted(joined[:, 2]))
    leaves = rows_of(chart, "zero")
    assert sorted(row["name"] for row in leaves) == [f"城市{n}" for n in range(9)]
    # The two that scipy joins first stand next to each other.
    order = [row["name"] for row in leaves]
    first, second = (order.index(f"城市{int(one)}") for one in joined[0, :2])
    assert abs(first - second) == 1


def test_names_that_do_not_fit_a_tree_are_refused():
    joined = linkage(np.eye(3), "average")
    with pytest.raises(QueryError, match="2 names do not fit a tree of 3 leaves"):
        dendrogram(joined, ["甲", "乙"], "聚类")


def test_a_curve_has_the_frames_values_and_a_gap_where_there_is_none():
    frame = pd.DataFrame(
        {"step": [1, 2, 3, 1, 2], "value": [4, math.nan, 6, 1, 2], "group": list("甲甲甲乙乙")}
    )
    chart = curve(frame, "饱和")
    assert [row["value"] for row in rows_of(chart, "step", "value")] == [4, None, 6, 1, 2]
    ends = rows_of(chart, "label")
    assert {row["group"]: row["value"] for row in ends} == {"甲": 6, "乙": 2}


def test_an_empty_curve_is_drawn():
    assert curve(pd.DataFrame({"step": [], "value": [], "group": []}), "饱和").to_dict()


def test_the_most_typical_words_of_each_group_are_drawn_with_their_counts():
    frame = pd.DataFrame(
        {
            "word": ["监测", "预警", "灾后", "安置", "空"],
            "zeta": [2.0, 5.0, 3.0, -1.0, math.nan],
            "tf": [20, 7, 9, 1200, 3],
            "group": ["甲", "甲", "乙", "乙", "乙"],
        }
    )
    rows = rows_of(keyness_dots(frame, "关键词", most=2), "zeta")
    assert [(row["group"], row["line"], row["zeta"]) for row in rows] == [
        ("甲", "预警 (7)", 5.0),
        ("甲", "监测 (20)", 2.0),
        ("乙", "灾后 (9)", 3.0),
        ("乙", "安置 (1,200)", -1.0),
    ]
    assert len(rows_of(keyness_dots(frame, "关键词", most=1), "zeta")) == 2


@pytest.fixture
def words():
    draw = random.Random(2)
    syllables = "监测预警灾害应急救援恢复重建平台数据社区演练物资"
    return pd.DataFrame(
        {
            "word": ["".join(draw.choices(syllables, k=draw.randint(1, 6))) for _ in range(90)],
            "tf": [max(1, round(900 / (n + 1))) for n in range(90)],
        }
    )


def test_no_word_of_a_cloud_lies_on_another_and_the_picture_is_always_the_same(words):
    chart = word_cloud(words, "高频词")
    rows = rows_of(chart, "wide")
    boxes = [Box(row["x"], row["y"], row["wide"], row["high"]) for row in rows]
    assert len(boxes) == 90
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))
    assert chart.to_json() == word_cloud(words, "高频词").to_json()


def test_the_words_of_a_cloud_are_the_tables_and_their_area_is_their_count(words):
    rows = rows_of(word_cloud(words, "高频词", most=30), "wide")
    assert [(row["word"], row["tf"]) for row in rows] == list(
        words.head(30).itertuples(index=False, name=None)
    )
    big = [row for row in rows if row["size"] > 10]
    assert len(big) > 5
    for row in big:
        assert (row["size"] / rows[0]["size"]) ** 2 == pytest.approx(row["tf"] / rows[0]["tf"])


def test_an_empty_cloud_is_drawn():
    assert drawn(word_cloud(pd.DataFrame({"word": ["空"], "tf": [0]}), "高频词")) is not None


def test_a_frame_without_its_columns_is_refused():
    for draw in (points_map, curve, keyness_dots, word_cloud):
        with pytest.raises(QueryError, match="the frame has no column"):
            draw(pd.DataFrame({"other": [1]}), "题")
