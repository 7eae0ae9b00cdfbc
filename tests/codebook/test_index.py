"""An index in a codebook: what is kept, and what every mistake is told as."""

import pytest

from tests.codebook.test_yaml_file import SMALL
from wenma.codebook.versions import compare_versions
from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.errors import CodebookError
from wenma.records import Grade, Index
from wenma.shipped import shipped

INDEX = """\
index:
  variables: [stage, open]
  constant: [open]
  grades:
    - {name: {zh: 优秀, en: Excellent}, at_least: 1.5}
    - {name: {zh: 不良}, at_least: 0}
"""
OPEN = """\
  - id: open
    name: {zh: 公开}
"""
WITH_INDEX = SMALL + OPEN + INDEX


def test_an_index_is_kept_with_its_variables_and_grades():
    assert parse_codebook(WITH_INDEX).index == Index(
        variables=("stage", "open"),
        grades=(Grade("优秀", "Excellent", 1.5), Grade("不良", "不良", 0)),
        constant=("open",),
    )


def test_a_codebook_without_an_index_has_none():
    assert parse_codebook(SMALL).index is None


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("[stage, open]", "[satge, open]"), 17, "not a code at the top of the tree. Did you mean"),
        (("[stage, open]", "[stage/resist, open]"), 17, "'variables'"),
        (("[stage, open]", "[stage, open, stage]"), 17, "'stage' twice. Delete one of them."),
        (("constant: [open]", "constant: [opne]"), 18, "not one of its variables. Did you mean 'o"),
        (("  constant: [open]\n", ""), 17, "'open' has no codes under it, so nothing tells"),
        (("constant", "constants"), 18, "Did you mean 'constant'?"),
        (("  grades", "  surface: [stage, open]\n  grades"), 19, "has 2 variables, and three by"),
        (("at_least: 0", "at_least: 2"), 21, "Write the grades from the highest to the lowest."),
        (("at_least: 0", "at_least: 0.5"), 21, "Let the last grade begin at 0."),
        (("at_least: 1.5", "at_least: 7"), 20, "begins at 7, and an index of 2 variables reaches"),
        (("at_least: 0", "at_least: -1"), 21, "It is at least 0."),
        (("at_least: 0", "at_least: .nan"), 21, "'at_least'"),
        (("at_least: 0", "at_least: '0'"), 21, "'at_least'"),
        (("variables: [stage, open]", "variables: []"), 17, "'variables' is empty"),
        (("index:", "indices:"), 16, "Did you mean 'index'?"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_cure(change, line, said):
    wrong = WITH_INDEX.replace(*change, 1)
    assert wrong != WITH_INDEX
    with pytest.raises(CodebookError) as caught:
        parse_codebook(wrong, file="c.yaml")
    assert str(caught.value).startswith(f"c.yaml, line {line}: ")
    assert said in str(caught.value)


def test_more_than_ten_variables_are_refused():
    more = "".join(f"  - id: v{number}\n    name: {{zh: 变量}}\n" for number in range(10))
    names = ", ".join(f"v{number}" for number in range(10))
    text = SMALL + OPEN + more + INDEX.replace("open]", f"open, {names}]")
    with pytest.raises(CodebookError, match=r"has 12 variables\. Keep 10"):
        parse_codebook(text)


def test_a_new_cut_changes_the_index_and_asks_for_no_new_coding():
    old = parse_codebook(WITH_INDEX)
    new = parse_codebook(WITH_INDEX.replace("1.5", "1.8"))
    assert [(c.what, c.detail) for c in compare_versions(old, parse_codebook(SMALL + OPEN))] == [
        ("reindexed", "index removed")
    ]
    assert [(c.what, c.detail) for c in compare_versions(parse_codebook(SMALL + OPEN), old)] == [
        ("reindexed", "index added")
    ]
    assert [(c.what, c.detail) for c in compare_versions(old, new)] == [("reindexed", "grades")]


def test_the_shipped_index_has_ten_variables_and_a_surface_without_the_constant():
    book = load_codebook(shipped("codebooks") / "pmc.yaml")
    index = book.index
    assert len(index.variables) == 10 and index.constant == index.variables[9:]
    assert index.surface == index.variables[:9]
    assert [cut.at_least for cut in index.grades] == [9, 7, 5, 0]


def test_every_indicator_of_the_shipped_index_says_what_it_means_and_is_tried():
    book = load_codebook(shipped("codebooks") / "pmc.yaml")
    indicators = [code for code in book.codes if code.depth == 2]
    assert 40 <= len(indicators) <= 50
    for code in indicators:
        assert code.definition and code.when and code.when_not and code.source and code.rules
        assert len(code.examples) >= 2 and len(code.near_misses) >= 2
