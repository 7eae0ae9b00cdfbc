"""What changed between two versions of a codebook."""

from tests.codebook.test_yaml_file import SMALL
from wenma.codebook import editing
from wenma.codebook.versions import compare_versions
from wenma.codebook.yaml_file import parse_codebook


def changes(*replacements: tuple[str, str]) -> list[tuple[str, str, str]]:
    text = SMALL
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    found = compare_versions(parse_codebook(SMALL), parse_codebook(text))
    return [(c.code, c.what, c.detail) for c in found]


def test_the_same_codebook_has_no_changes():
    assert changes() == []


def test_a_new_term_means_coding_again():
    assert changes(("[监测预警]", "[监测预警, 预报]")) == [
        ("stage/resist", "recoded", "rules ~monitoring")
    ]


def test_a_better_definition_does_not():
    assert changes(("灾前的防范", "灾前的防范与准备")) == [
        ("stage/resist", "reworded", "definition")
    ]


def test_a_renamed_code_is_one_gone_and_one_come():
    assert changes(("id: resist", "id: prevent")) == [
        ("stage/prevent", "added", "抵御"),
        ("stage/resist", "removed", "抵御"),
    ]


def test_a_code_that_moved_or_went_into_another_is_told_so_where_its_path_is_known():
    text = SMALL.replace("id: resist", "id: prevent")
    paths = {"stage/resist": "stage/prevent"}
    found = compare_versions(parse_codebook(SMALL), parse_codebook(text), paths=paths)
    assert [(c.code, c.what, c.detail) for c in found] == [
        ("stage/prevent", "moved", "stage/resist")
    ]
    two = editing.add_code(SMALL, id="absorb", zh="吸收", under="stage").text
    merged = editing.merge_code(two, "stage/absorb", "stage/resist")
    found = compare_versions(parse_codebook(two), parse_codebook(merged.text), paths=merged.paths)
    assert ("stage/resist", "merged", "stage/absorb") in [(c.code, c.what, c.detail) for c in found]
    assert "removed" not in {c.what for c in found}


def test_another_order_of_the_same_codes_is_a_change():
    two = editing.add_code(SMALL, id="absorb", zh="吸收", under="stage").text
    other = editing.shift_code(two, "stage/absorb", "up")
    found = compare_versions(parse_codebook(two), parse_codebook(other.text), paths=other.paths)
    assert [(c.code, c.what) for c in found] == [("", "reordered")]
