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
