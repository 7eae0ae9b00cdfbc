"""A project seen through one coder."""

import pytest
import wenma
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError
from wenma.queries.table import query
from wenma.study.opened_study import open_study

from tests.store.conftest import YAML, make_document


def test_the_codebook_used_last_answers_unless_another_is_named(project, keep):
    keep(make_document())
    keep(
        make_document(), codebook=parse_codebook(YAML.replace('"1"', '"2"').replace("物资", "队伍"))
    )
    assert (open_study(project).coder, len(open_study(project).codings)) == ("rules:small@2", 2)
    older = open_study(project, coder="rules:small@1")
    assert (older.codebook.version, len(older.codings)) == ("1", 3)


def test_an_unknown_coder_and_an_empty_project_say_what_to_do(project, keep):
    with pytest.raises(ProjectError, match="Make some: wenma code"):
        open_study(project)
    keep(make_document())
    with pytest.raises(ProjectError, match=r"Did you mean rules:small@1\?"):
        open_study(project, coder="rules:smal@1")


def test_documents_the_codebook_has_not_coded_yet_are_in_no_table(project, keep):
    keep(make_document())
    keep(make_document("乙.txt"))
    newer = parse_codebook(YAML.replace('"1"', '"2"'))
    keep(make_document("乙.txt"), codebook=newer)  # and then the run was killed
    study = open_study(project)
    assert list(study.documents["document"]) == ["乙.txt"]
    assert study.uncoded == 1
    assert study.basis["uncoded"] == "1"
    assert study.units is None
    units = open_study(project, with_units=True).units
    assert units is not None and set(units["document"]) == {"乙.txt"}
    older = open_study(project, coder="rules:small@1")
    assert (len(older.documents), older.uncoded, older.basis["uncoded"]) == (2, 0, "")


def test_codings_by_older_rules_of_the_same_version_are_not_mixed_in(project, keep):
    keep(make_document())
    keep(make_document("乙.txt"))
    changed = parse_codebook(YAML.replace("物资", "队伍"))
    keep(make_document("乙.txt"), codebook=changed)
    study = open_study(project)
    assert set(study.codings["document"]) == {"乙.txt"}
    assert study.uncoded == 1


def test_the_basis_says_in_what_and_by_which_version_was_coded(project, keep):
    keep(make_document())
    basis = open_study(project).basis
    assert basis["unit_size"] == "sentence"
    assert basis["software"] == f"wenma {wenma.__version__}"


def test_several_coders_are_asked_as_one_and_what_they_share_counts_once(project, keep):
    """Two versions of the rules: 物资 is found by the first alone, 预警 and 救援 by both."""
    keep(make_document())
    newer = parse_codebook(YAML.replace('"1"', '"2"').replace(", 物资", ""))
    keep(make_document(), codebook=newer)
    keep(make_document("乙.txt"))  # only the older rules looked at this one
    study = open_study(project, coder=["rules:small@1", "rules:small@2"])
    assert study.coder == study.basis["coder"] == "rules:small@1 + rules:small@2"
    assert set(study.codings["document"]) == {"甲.txt"}
    assert study.uncoded == 1
    by_whom = dict(zip(study.codings["evidence"], study.codings["coder"], strict=True))
    assert by_whom == {
        "预警": "rules:small@1; rules:small@2",
        "救援": "rules:small@1; rules:small@2",
        "物资": "rules:small@1",
    }
    alone = open_study(project, coder="rules:small@1").codings
    assert list(study.codings.columns) == list(alone.columns)
    assert study.codings.dtypes.equals(alone.dtypes)
    table = query("frequency").function(study.codings, documents=study.documents, codes=study.codes)
    counts = dict(zip(table.frame["code"], table.frame["references"], strict=True))
    assert (counts["stage/resist"], counts["stage/absorb"]) == (1, 2)
