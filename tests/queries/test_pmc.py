"""The PMC index: published values, and what counts as 1."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from wenma.codebook.yaml_file import load_codebook
from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.pmc import grade, pmc, surface
from wenma.queries.table import Table
from wenma.records import Grade, Index
from wenma.shipped import shipped
from wenma.store.frames import codes_frame

TEN = (
    Grade("完美", "Perfect", 9),
    Grade("优秀", "Excellent", 7),
    Grade("可接受", "Acceptable", 5),
    Grade("不良", "Poor", 0),
)


def policies(has: Sequence[Sequence[int]], index: Index, *, of: int = 1) -> Table:
    """The index of documents of one plan; document d has `has[d][i]` of the `of` codes of X_i."""
    codings = pd.DataFrame(
        [
            {
                "document": f"政策{d}",
                "plan": "总体",
                "start": 0,
                "end": 9,
                "unit": 0,
                "kind": "body",
            }
            | {"code": f"{variable}/c{number}", "coder": "rules:pmc@1.0"}
            for d, counts in enumerate(has)
            for variable, count in zip(index.variables, counts, strict=True)
            for number in range(count)
        ]
    )
    documents = pd.DataFrame(
        {"document": [f"政策{d}" for d in range(len(has))], "plan": "总体", "countable": 900}
    )
    paths = [f"{variable}/c{number}" for variable in index.variables for number in range(of)]
    codes = pd.DataFrame({"code": [*index.variables, *paths]})
    codes = codes.assign(zh=codes["code"], en=codes["code"])
    data = dataset(codings, documents=documents, codes=codes, index=index)
    answer, whole = pmc(data), pmc(data, by="plan")
    assert len(whole.frame) == 1 and whole.frame["documents"].item() == len(has)
    return Table("pmc", pd.concat([answer.frame, whole.frame], ignore_index=True))


def test_the_published_means_of_ten_variables_add_up_to_the_published_index():
    # Liu et al. 2025, BMC Public Health, 33 policies on health emergencies: 6.43, acceptable.
    published = [1.00, 0.88, 0.87, 0.85, 0.86, 0.25, 0.27, 0.41, 0.54, 0.50]
    index = Index(tuple(f"x{n}" for n in range(1, 11)), TEN)
    has = [[int(d < round(100 * mean)) for mean in published] for d in range(100)]
    mean = policies(has, index).frame.iloc[-1]
    assert [round(mean[f"x{n}"], 2) for n in range(1, 11)] == published
    assert round(mean["pmc"], 2) == 6.43
    assert (mean["grade"], mean["grade_en"]) == ("可接受", "Acceptable")


def test_the_published_indices_of_five_plans_have_the_published_grades_and_mean():
    # Nine variables, five provincial plans: three good, one acceptable, one not; mean 5.80.
    grades = (Grade("良好", "Good", 6), Grade("可接受", "OK", 4), Grade("不可接受", "No", 0))
    index = Index(tuple(f"x{n}" for n in range(1, 10)), grades)
    published = [7.06, 6.23, 5.66, 6.34, 3.70]
    # In hundredths, spread evenly over nine variables of a hundred codes each.
    has = [
        [round(100 * one) // 9 + (n < round(100 * one) % 9) for n in range(9)] for one in published
    ]
    frame = policies(has, index, of=100).frame
    assert frame["pmc"].round(2).tolist() == [*published, 5.80]
    assert frame["grade_en"].tolist() == ["Good", "Good", "OK", "Good", "No", "OK"]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        *((10, "完美"), (9, "完美"), (8.99, "优秀"), (7, "优秀")),
        *((6.99, "可接受"), (5, "可接受"), (4.99, "不良"), (0, "不良")),
    ],
)
def test_the_grades_of_the_shipped_codebook_are_those_of_studies_with_ten_variables(value, name):
    index = load_codebook(shipped("codebooks") / "pmc.yaml").index
    found = grade(value, index.grades)
    assert found is not None and found.zh == name


def test_a_sum_that_misses_a_cut_by_the_last_bit_still_reaches_it():
    tenths = sum([0.1] * 70)
    assert tenths < 7
    assert grade(tenths, TEN) == TEN[1]


def test_each_second_level_code_counts_once_however_often_and_however_deep_it_stands(small):
    frame = small.ask(pmc).frame.set_index("document")
    # 甲 has resist three times, of four stages; sensing and platform are both technology.
    assert frame.loc["甲", ["x1", "x2"]].tolist() == [1 / 4, 1 / 3]
    assert math.isclose(frame.loc["甲", "pmc"], 1 / 4 + 1 / 3)
    assert frame.loc["乙", ["x1", "x2", "grade_en"]].tolist() == [1 / 4, 1 / 3, "Poor"]


def test_headings_count_when_they_are_asked_to(small):
    frame = small.ask(pmc, headings=True).frame.set_index("document")
    assert frame.loc["甲", "x1"] == 2 / 4


def test_a_coding_of_the_variable_itself_is_none_of_its_codes(small, coding_of):
    small.codings.loc[len(small.codings)] = coding_of("丁", 0, "stage", city="浔汀市")
    assert small.ask(pmc).frame.set_index("document").loc["丁", "x1"] == 0


def test_a_constant_variable_is_one_also_where_nothing_is_coded(small):
    index = small.data.index._replace(constant=("layer",))
    frame = pmc(replace(small.data, index=index)).frame.set_index("document")
    assert frame.loc["丁", ["x1", "x2", "pmc"]].tolist() == [0, 1, 1]


def test_a_document_without_text_has_no_index_and_the_table_says_so(small):
    small.documents.loc[small.documents["document"] == "丁", "countable"] = 0
    table = small.ask(pmc)
    row = table.frame.set_index("document").loc["丁"]
    assert math.isnan(row["x1"]) and math.isnan(row["pmc"]) and row["grade"] == ""
    assert any("No text to judge in 丁" in note for note in table.notes)


def test_a_group_has_the_mean_of_its_documents_with_text(small):
    frame = small.ask(pmc, by="city").frame.set_index("group")
    assert frame["documents"].tolist() == [2, 1, 1]
    small.documents.loc[small.documents["document"].isin(["乙", "丁"]), "countable"] = 0
    codings = small.codings[small.codings["document"] != "乙"]
    table = replace(small, codings=codings).ask(pmc, by="city")
    frame = table.frame.set_index("group")
    assert math.isclose(frame.loc["璇江市", "pmc"], 1 / 4 + 1 / 3)
    assert frame["documents"].tolist() == [1, 1, 0]
    assert math.isnan(frame.loc["浔汀市", "pmc"])
    assert any("乙, 丁: left out of the means" in note for note in table.notes)


def test_without_any_coding_there_is_no_index(small):
    table = replace(small, codings=small.codings.iloc[:0]).ask(pmc)
    assert table.frame["pmc"].isna().all() and table.frame["x1"].isna().all()
    assert any("no codings" in note for note in table.notes)


def test_a_codebook_without_an_index_is_told_with_a_cure(small):
    without = replace(small.data, index=None)
    with pytest.raises(QueryError, match=r"has no index.*codebooks/pmc\.yaml"):
        pmc(without)


def test_where_the_codebook_is_not_known_the_index_is_empty_with_a_reason(small):
    table = pmc(dataset(small.codings, documents=small.documents))
    assert table.frame["document"].tolist() == ["甲", "乙", "丙", "丁"]
    assert table.frame["pmc"].isna().all()
    assert any("give `codes`" in note for note in table.notes)


def test_the_notes_name_the_variables_and_the_cuts(small):
    notes = small.ask(pmc).notes
    assert [note.zh for note in notes] == ["X1 阶段；X2 层面。", "等级：好 ≥ 1，差 ≥ 0。"]
    assert notes[0] == "X1 Stage; X2 Layer."


def test_every_variable_is_the_share_of_its_codes_that_have_an_excerpt(large):
    table = large.ask(pmc)
    for row in range(0, len(table.frame), 3):
        door = table.drill_through(row)
        for column, variable in (("x1", "stage"), ("x2", "layer")):
            children = large.codes.loc[large.codes["parent"] == variable, "code"]
            there = [len(large.ask(excerpts, code=code, **door).frame) > 0 for code in children]
            assert math.isclose(table.frame[column].iloc[row], sum(there) / len(there))


def test_the_surface_holds_nine_variables_row_by_row():
    names = tuple(f"x{n}" for n in range(1, 11))
    index = Index(names, TEN, surface=(*names[1:9], names[0]))
    table = policies([[9, 1, 2, 3, 4, 5, 6, 7, 8, 0]], index, of=10)
    face = surface(table, 0, index=index)
    assert face.round(2).tolist() == [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]]


def test_an_index_without_a_surface_says_how_to_get_one(small):
    with pytest.raises(QueryError, match="under 'surface'"):
        surface(small.ask(pmc), 0, index=small.data.index)


def test_every_variable_of_the_shipped_index_is_a_code_with_codes_under_it():
    book = load_codebook(shipped("codebooks") / "pmc.yaml")
    parents = set(codes_frame(book)["parent"])
    assert book.index and {*book.index.variables} - {*book.index.constant} <= parents
    assert load_codebook(shipped("codebooks") / "hazards.yaml").index is None
