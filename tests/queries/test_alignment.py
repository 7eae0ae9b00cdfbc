"""Which problems have an answer."""

import math

import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.alignment import alignment
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts

THEMES = ("law", "data", "people", "silence")
CODES = [
    *("dilemma", *(f"dilemma/{name}" for name in THEMES), "dilemma/law/late"),
    *("pathway", *(f"pathway/{name}" for name in THEMES), "pathway/other"),
]


@pytest.fixture
def themes(small, coding_of):
    given = ["dilemma/law", "dilemma/law/late", "pathway/law", "pathway/law", "pathway/law"]
    given += ["dilemma/data", "pathway/people", "pathway/other"]
    rows = [coding_of("甲", unit, path) for unit, path in enumerate(given)]
    codes = pd.DataFrame({"code": CODES, "zh": CODES, "en": CODES})
    return type(small)(pd.DataFrame(rows), small.documents, codes)


def test_each_theme_is_weighed_with_the_codes_below_it(themes):
    frame = themes.ask(alignment).frame.set_index("code")
    assert frame.loc["dilemma/law", ["references", "answers", "answers_per_problem"]].tolist() == [
        2,
        3,
        1.5,
    ]
    assert frame["alignment"].tolist() == [
        *("answered", "problem without pathway", "pathway without problem", "neither")
    ]
    assert math.isnan(frame.loc["dilemma/people", "answers_per_problem"])
    assert frame.loc["dilemma/data", "answers_per_problem"] == 0
    assert "pathway/other" not in set(frame["answer"])


def test_both_numbers_lead_to_their_passages(themes):
    table = themes.ask(alignment, by="city")
    for at, row in table.frame.iterrows():
        door = table.drill_through(at)
        assert len(themes.ask(excerpts, **door).frame) == row["references"]
        assert len(themes.ask(excerpts, **door | {"code": row["answer"]}).frame) == row["answers"]
        door = table.drill_through(at, "answers")
        assert len(themes.ask(excerpts, **door).frame) == row["answers"]


def test_units_are_counted_beside_passages(themes, coding_of):
    more = [coding_of("甲", 2, "dilemma/law"), coding_of("甲", 2, "dilemma/law/late")]
    codings = pd.concat([themes.codings, pd.DataFrame(more)])
    row = type(themes)(codings, themes.documents, themes.codes).ask(alignment).frame.iloc[0]
    counted = ["problem_units", "answer_units", "both_units", "units_ratio"]
    assert row[counted].tolist() == [3, 3, 1, 1]


def test_stances_make_problems_and_answers_of_themes(themes, coding_of):
    said = {"a": ["stance/deficit", "stance/commitment"], "b": ["stance/deficit"], "c": []}
    rows = [
        coding_of("甲", unit, path)
        for unit, (name, stances) in enumerate(said.items())
        for path in [f"theme/{name}", *stances]
    ]
    paths = ["theme", *(f"theme/{n}" for n in said), "stance", *said["a"]]
    codes = pd.DataFrame({"code": paths, "zh": paths, "en": paths})
    study = type(themes)(pd.DataFrame(rows), themes.documents, codes)
    table = study.ask(alignment, themes="theme")
    counted = ["problem_units", "answer_units", "both_units"]
    assert table.frame[counted].values.tolist() == [[1, 1, 1], [1, 0, 0], [0, 0, 0]]
    assert table.frame["alignment"].tolist() == [
        *("answered", "problem without pathway", "neither")
    ]
    for at, row in table.frame.iterrows():
        for column in ("problem_units", "answer_units"):
            door = table.drill_through(at, column)
            assert study.ask(excerpts, **door).frame["unit"].nunique() == row[column]
    with pytest.raises(QueryError, match="no code"):
        study.ask(alignment, themes="theme", lacking="stance/none")


def test_a_codebook_without_themes_says_what_to_do(large, themes):
    with pytest.raises(QueryError, match=r"dilemmas_pathways\.yaml"):
        large.ask(alignment)
    with pytest.raises(QueryError, match="no theme in common"):
        large.ask(alignment, problems="stage", answers="layer")
    with pytest.raises(QueryError, match="--answers CODE"):
        themes.ask(alignment, answers="way")


def test_without_codings_every_theme_is_silent(themes):
    table = alignment(
        dataset(themes.codings.iloc[:0], documents=themes.documents, codes=themes.codes)
    )
    assert (
        set(table.frame["alignment"]) == {"neither"}
        and table.frame["answers_per_problem"].isna().all()
    )
    assert alignment(dataset(themes.codings.iloc[:0])).frame.empty
