"""What is asked of a project: the codings of a choice of coders, on what rules have coded."""

import pytest

import wenma
from tests.store.conftest import YAML, make_document
from tests.study.conftest import of_city
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError
from wenma.study.study import Study


def counts(study: Study, **asked: object) -> dict[tuple[str, str], int]:
    """Group and code → references."""
    frame = study.ask("frequency", by="city", **asked).frame
    frame = frame[frame["code"] != "stage"]
    return dict(zip(zip(frame["group"], frame["code"], strict=True), frame["references"],
                    strict=True))  # fmt: skip


def test_the_codebook_used_last_answers_unless_another_is_named(project, keep):
    keep(make_document())
    keep(
        make_document(), codebook=parse_codebook(YAML.replace('"1"', '"2"').replace("物资", "队伍"))
    )
    study = Study(project)
    assert study.ask("frequency").basis["coder"] == "rules:small@2"
    assert (len(study.dataset()), study.ask("excerpts").basis["codebook"]) == (2, "small 2")
    older = study.ask("excerpts", coder="rules:small@1")
    assert (older.basis["codebook"], older.basis["codings"]) == ("small 1", "3")
    assert study.ask("excerpts", codebook="small@1").frame.equals(older.frame)


def test_an_empty_project_says_what_to_do(project):
    with pytest.raises(ProjectError, match="Make some: wenma code") as error:
        Study(project).ask("frequency")
    assert "wenma code" in error.value.said("zh")


def test_documents_the_codebook_has_not_coded_yet_are_in_no_table(project, keep):
    keep(make_document())
    keep(make_document("乙.txt"))
    newer = parse_codebook(YAML.replace('"1"', '"2"'))
    keep(make_document("乙.txt"), codebook=newer)  # and then the run was killed
    study = Study(project)
    table = study.ask("documents")
    assert list(table.frame["document"]) == ["乙.txt"] and table.basis["uncoded"] == "1"
    assert set(study.dataset().units["document"]) == {"乙.txt"}
    older = study.ask("documents", coder="rules:small@1")
    assert (len(older.frame), older.basis["uncoded"]) == (2, "")


def test_codings_by_older_rules_of_the_same_version_are_not_mixed_in(project, keep):
    keep(make_document())
    keep(make_document("乙.txt"))
    changed = parse_codebook(YAML.replace("物资", "队伍"))
    keep(make_document("乙.txt"), codebook=changed)
    table = Study(project).ask("excerpts")
    assert set(table.frame["document"]) == {"乙.txt"} and table.basis["uncoded"] == "1"


def test_the_basis_says_in_what_and_by_which_version_was_coded(project, keep):
    keep(make_document())
    basis = Study(project).ask("frequency").basis
    assert basis["unit_size"] == "sentence"
    assert basis["software"] == f"wenma {wenma.__version__}"


def test_several_coders_are_asked_as_one_and_what_they_share_counts_once(project, keep):
    """Two versions of the rules: 物资 is found by the first alone, 预警 and 救援 by both."""
    keep(make_document())
    newer = parse_codebook(YAML.replace('"1"', '"2"').replace(", 物资", ""))
    keep(make_document(), codebook=newer)
    keep(make_document("乙.txt"))  # only the older rules looked at this one
    study = Study(project)
    both = ["rules:small@1", "rules:small@2"]
    table = study.ask("frequency", coder=both)
    assert table.basis["coder"] == "rules:small@1 + rules:small@2" and table.basis["uncoded"] == "1"
    count = dict(zip(table.frame["code"], table.frame["references"], strict=True))
    assert (count["stage/resist"], count["stage/absorb"]) == (1, 2)
    data = study.dataset(study.choose(wenma_query("frequency"), both, None, None, {})[0])
    details = data.details()
    assert set(details["document"]) == {"甲.txt"}
    assert dict(zip(details["evidence"], details["coder"], strict=True)) == {
        "预警": "rules:small@1; rules:small@2",
        "救援": "rules:small@1; rules:small@2",
        "物资": "rules:small@1",
    }
    alone = study.dataset().details()
    assert list(details.columns) == list(alone.columns) and details.dtypes.equals(alone.dtypes)


def wenma_query(name: str):
    from wenma.queries.table import query

    return query(name)


# -- what was decided ------------------------------------------------------------------


def test_reviewed_is_the_rules_without_what_was_rejected_and_with_what_people_added(decided):
    """甲: one rejected, one accepted, one added; 乙: a unit settled as one code alone."""
    assert counts(decided) == {
        ("云州", "stage/resist"): 2, ("云州", "stage/absorb"): 4,
        ("溪州", "stage/resist"): 1, ("溪州", "stage/absorb"): 2,
    }  # fmt: skip
    assert counts(decided, coder="reviewed") == {
        ("云州", "stage/resist"): 3, ("云州", "stage/absorb"): 2,
        ("溪州", "stage/resist"): 1, ("溪州", "stage/absorb"): 2,
    }  # fmt: skip


def test_decided_is_only_what_people_accepted_made_or_settled(decided):
    assert counts(decided, coder="decided") == {
        ("云州", "stage/resist"): 3, ("云州", "stage/absorb"): 0,
        ("溪州", "stage/resist"): 0, ("溪州", "stage/absorb"): 0,
    }  # fmt: skip


@pytest.mark.parametrize("coder", ["reviewed", "decided"])
def test_the_basis_says_how_much_was_decided_by_group_and_uneven_comparisons_are_told(
    decided, coder
):
    table = decided.ask("frequency", by="city", coder=coder)
    assert table.basis["decided"] == "4 of 9 (溪州 0 of 3, 云州 4 of 6)"
    uneven = [note for note in table.notes if "uneven" in note]
    assert len(uneven) == 1 and "67%" in uneven[0] and "67%" in uneven[0].zh
    whole = decided.ask("frequency", coder=coder)
    assert whole.basis["decided"] == "4 of 9"
    assert not [note for note in whole.notes if "uneven" in note]
    assert "decided" not in decided.ask("frequency", by="city").basis


def test_what_one_accepted_and_another_rejected_is_left_out_until_it_is_settled(study):
    from tests.store.conftest import NOW
    from tests.study.conftest import acting, spans, verdict

    (first, *_) = spans(study, "甲.txt")
    acting(study, "林一").decide([verdict("甲.txt", *first, "accepted")], now=NOW)
    before = counts(study, coder="reviewed")
    acting(study, "周二").decide([verdict("甲.txt", *first, "rejected")], now=NOW)
    after = counts(study, coder="reviewed")
    key = ("云州", first[2])
    assert after == {**before, key: before[key] - 1}


def test_everywhere_the_same_codings_are_reviewed(decided):
    """The same counts by whatever question: its excerpts, its documents, its cross table."""
    counted = sum(counts(decided, coder="reviewed").values())
    excerpts = decided.ask("excerpts", coder="reviewed")
    assert sum(one.count("; ") + 1 for one in excerpts.frame["codes"]) == counted == 8
    assert excerpts.basis["codings"] == "8"


def test_the_last_span_of_the_longest_document_is_told_from_any_other(project, keep):
    """Spans are numbered for documents of any length: none falls on another's number."""
    from tests.store.conftest import NOW
    from tests.study.conftest import acting, spans, verdict

    far = "一、任务\n" + "无。" * 5_000_000 + "\n加强预警。"
    keep(of_city("长.txt", "云州", far))
    study = Study(project)
    (coded,) = spans(study, "长.txt")
    acting(study, "林一").decide([verdict("长.txt", *coded, "rejected")], now=NOW)
    assert counts(study, coder="reviewed")["云州", "stage/resist"] == 0
