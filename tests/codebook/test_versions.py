"""What changed between two versions of a codebook."""

from analysis.codebook.versions import compare
from analysis.codebook.yaml_file import parse_codebook
from tests.codebook.test_yaml_file import SMALL


def changes(*replacements: tuple[str, str]) -> list[tuple[str, str, str]]:
    text = SMALL
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    found = compare(parse_codebook(SMALL), parse_codebook(text))
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
