"""A part of a Dataset is the Dataset of a part."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenma.queries.dataset import Dataset, dataset

DOCUMENTS = pd.DataFrame(
    {
        "document": list("甲乙丙丁"),
        "city": ["璇江", "和槐", "璇江", "浔汀"],
        "year": [2021, 2026, 2026, 2021],
        "units": 6,
        "countable": 60,
        "characters": 60,
    }
)
UNITS = pd.DataFrame(
    [
        {"document": name, "unit": unit, "start": 10 * unit, "end": 10 * unit + 9, "kind": "body",
         "text": f"第{unit}句应急预警。"}
        for name in "甲乙丙丁"
        for unit in range(6)
    ]
)  # fmt: skip
CODINGS = st.lists(
    st.tuples(
        st.sampled_from("甲乙丙丁"),
        st.integers(-1, 5),
        st.sampled_from(["stage", "stage/resist", "layer/actor"]),
        st.sampled_from(["李", "王"]),
    ),
    min_size=1,
    max_size=25,
)


def framed(rows: list[tuple[str, int, str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["document", "unit", "code", "coder"])
    start = 10 * frame["unit"].clip(lower=0)
    return frame.assign(
        start=start, end=start + 9, kind="body", rule="r", excerpt="应急预警。", section="一、总则"
    )


def told(data: Dataset) -> list[tuple[object, ...]]:
    """What a Dataset says of its codings, by its columns and by its texts."""
    c = data.columns
    rows = list(
        zip(
            [c.documents[n] for n in c.document],
            c.unit.tolist(),
            [c.paths[n] for n in c.code],
            [c.coders[n] for n in c.coder],
            [data.cases["document"][n] if n >= 0 else None for n in data.case],
            strict=True,
        )
    )
    frame = data.details()
    assert frame[["document", "unit", "code", "coder"]].values.tolist() == [
        list(row[:4]) for row in rows
    ]
    return rows


@settings(max_examples=60, deadline=None)
@given(
    rows=CODINGS,
    wanted=st.sampled_from([{"city": "璇江"}, {"year": 2026, "city": ["和槐", "璇江"]}]),
)
def test_choosing_cases_is_choosing_the_rows_of_both_frames(rows, wanted):
    frame = framed(rows)
    kept = DOCUMENTS[
        np.all([DOCUMENTS[k].isin(v if isinstance(v, list) else [v]) for k, v in wanted.items()], 0)
    ]
    part = dataset(frame, documents=DOCUMENTS).where(wanted)
    alone = dataset(frame[frame["document"].isin(kept["document"])], documents=kept)
    assert told(part) == told(alone)
    assert part.cases.equals(alone.cases)


@settings(max_examples=60, deadline=None)
@given(rows=CODINGS, draw=st.randoms(use_true_random=False))
def test_some_of_the_codings_are_those_rows(rows, draw):
    frame = framed(rows)
    mask = np.array([draw.random() < 0.5 for _ in rows], dtype=bool)
    part = dataset(frame, documents=DOCUMENTS).only(mask)
    assert told(part) == told(dataset(frame[mask], documents=DOCUMENTS))
    again = np.arange(int(mask.sum()))[::2]
    assert told(part.only(again)) == told(dataset(frame[mask].iloc[again], documents=DOCUMENTS))


@settings(max_examples=60, deadline=None)
@given(rows=CODINGS, code=st.sampled_from(["stage", "stage/resist", "layer"]))
def test_leaving_a_code_out_is_taking_the_rows_of_its_units_away(rows, code):
    frame = framed(rows)
    codes = pd.DataFrame({"code": ["stage", "stage/resist", "layer", "layer/actor"]})
    data = dataset(frame, documents=DOCUMENTS, codes=codes, units=UNITS)
    fewer, gone = data.without(code)
    carries = frame["code"].str.startswith(code)
    place = list(zip(frame["document"], frame["unit"], frame["start"], strict=True))
    out = {one for one, has in zip(place, carries, strict=True) if has}
    left = frame[[one not in out for one in place]]
    assert told(fewer) == told(dataset(left, documents=DOCUMENTS, codes=codes))
    assert gone == len(out)
    units = {(document, unit) for document, unit, _ in out if unit >= 0}
    assert fewer.cases["units"].sum() == 24 - len(units)
    assert fewer.units is not None and len(fewer.units) == 24 - len(units)


@settings(max_examples=40, deadline=None)
@given(rows=CODINGS)
def test_it_does_not_matter_which_part_is_taken_first(rows):
    data = dataset(
        framed(rows),
        documents=DOCUMENTS,
        units=UNITS,
        codes=pd.DataFrame({"code": ["stage", "stage/resist", "layer", "layer/actor"]}),
    )
    wanted = {"city": "璇江"}
    one = data.where(wanted).without("stage/resist")[0]
    other = data.without("stage/resist")[0].where(wanted)
    assert told(one) == told(other) and one.cases.equals(other.cases)


def test_the_columns_of_a_store_are_narrow_and_no_number_overflows(large):
    from dataclasses import replace

    from wenma.queries.cooccurrence import cooccurrence
    from wenma.queries.coverage import coverage
    from wenma.queries.frequency import frequency

    wide = large.data
    # So far into a text, and in so many documents, that a product leaves 32 bits.
    far = 2**30
    c = wide.columns
    shifted = {name: getattr(c, name) + far for name in ("start", "end", "anchor")}
    narrow = {
        name: values.astype(np.int32)
        for name, values in (
            {n: getattr(c, n) for n in ("document", "unit", "code")} | shifted
        ).items()
    }
    moved = replace(wide, columns=replace(c, **narrow))
    for query in (frequency, coverage, cooccurrence):
        pd.testing.assert_frame_equal(query(moved).frame, query(wide).frame)


@pytest.mark.parametrize("column", ["document", "start", "end", "code", "unit", "kind"])
def test_a_frame_of_codings_needs_these_columns(column):
    from wenma.errors import QueryError

    with pytest.raises(QueryError, match=f"no column {column}") as refused:
        dataset(framed([("甲", 0, "stage", "李")]).drop(columns=column))
    assert refused.value.zh
