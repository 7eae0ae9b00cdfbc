"""A project seen through one coder."""

import pytest

from analysis.codebook.yaml_file import parse_codebook
from analysis.errors import ProjectError
from analysis.project.study import open_study
from tests.project.conftest import YAML, make_document


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
