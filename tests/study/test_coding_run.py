"""The main job: what is new is coded, what people did stays, what cannot be kept is named."""

from pathlib import Path

import pytest

from tests.store.conftest import NOW, YAML
from wenma.codebook.yaml_file import parse_codebook
from wenma.shipped import shipped
from wenma.sources.listings.listing import entries
from wenma.store.coding_session import CodingSession
from wenma.store.project import Project
from wenma.study.coding_run import Summary, code_entries
from wenma.study.study import Study

BOOK = parse_codebook(YAML)
NEWER = parse_codebook(YAML.replace('"1"', '"2"'))
HEAD = "path,title,city,year,人口\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    for name, text in (("甲", "加强预警和救援。\n储备物资。"), ("乙", "开展救援。")):
        (tmp_path / "plans" / f"{name}.txt").write_text(text, encoding="utf-8")
    state(tmp_path / "plans", "甲.txt,甲规划,云州,2021,10\n乙.txt,乙规划,云州,2021,20\n")
    return tmp_path / "plans"


def state(folder: Path, rows: str) -> None:
    (folder / "manifest.csv").write_text(HEAD + rows, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path):
    with Project.open(tmp_path / "study.db", create=True) as opened:
        yield opened


def run(project: Project, folder: Path, *, codebook=BOOK, **options) -> Summary:
    listing = entries([folder])
    return code_entries(
        project, listing.entries, codebook, now=lambda: NOW, unlisted=listing.unlisted, **options
    )


def test_what_a_manifest_says_anew_is_taken_over_without_coding_again(project, folder):
    run(project, folder)
    ids = [row.id for row in project.rows(coding_ids())]
    state(folder, "甲.txt,甲规划,溪州,2022,10\n乙.txt,乙规划,云州,2021,20\n")
    told = run(project, folder)
    assert (told.coded, told.unchanged, told.attributes_changed) == (0, 2, 1)
    assert (project.document("甲.txt").city, project.document("甲.txt").year) == ("溪州", 2022)
    assert [row.id for row in project.rows(coding_ids())] == ids
    again = run(project, folder)
    assert again.attributes_changed == 0


def coding_ids():
    from wenma.store.schema import coding

    return coding.select().order_by(coding.c.id)


def test_a_correction_outlives_the_manifest_read_again_and_the_file_changed(project, folder):
    run(project, folder)
    CodingSession(project, "林一").correct("甲.txt", "人口", "11", now=NOW)
    (folder / "甲.txt").write_text("加强预警。", encoding="utf-8")
    assert run(project, folder).coded == 1
    assert dict(project.document("甲.txt").attributes) == {"人口": "11"}


def test_without_its_manifest_a_folder_says_nothing_of_its_documents(project, folder):
    run(project, folder)
    (folder / "manifest.csv").unlink()
    told = run(project, folder)
    assert told.attributes_changed == 0 and project.document("甲.txt").city == "云州"


def test_a_file_its_manifest_does_not_list_is_named(project, folder):
    (folder / "丙.txt").write_text("储备物资。", encoding="utf-8")
    assert [Path(one).name for one in run(project, folder).unlisted] == ["丙.txt"]
    assert project.document_ids() == ["甲.txt", "乙.txt"]


def test_work_on_words_that_are_gone_is_in_the_summary(project, folder):
    run(project, folder)
    lin = CodingSession(project, "林一")
    lin.code("甲.txt", 0, 8, "stage/resist", now=NOW)
    lin.code("甲.txt", 9, 14, "stage/absorb", now=NOW)
    (folder / "甲.txt").write_text("总体要求。\n加强预警和救援。", encoding="utf-8")
    told = run(project, folder)
    assert [(one.table, one.person, one.words) for one in told.unplaced] == [
        ("coding", "林一", "储备物资。")
    ]
    (kept,) = project.codings("甲.txt", coder="林一")
    assert project.document("甲.txt").text[kept.start : kept.end] == "加强预警和救援。"


def test_a_run_that_stops_early_leaves_the_tables_of_the_version_before(project, folder):
    run(project, folder)

    def stopped(id: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(project, folder, codebook=NEWER, seen=stopped)
    assert project.codebooks()[-1].version == "1"
    assert run(project, folder, codebook=NEWER).coded == 1
    assert project.codebooks()[-1].version == "2"


def test_the_first_version_is_in_use_from_its_first_document_on(project, folder):
    def stopped(id: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(project, folder, seen=stopped)
    assert project.codebooks()[-1].used == NOW


def test_a_document_that_cannot_be_kept_is_named_and_the_others_are_coded(project, folder):
    with project.exclusive() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER closed BEFORE INSERT ON document WHEN NEW.id = '甲.txt' "
            "BEGIN SELECT RAISE(ABORT, '此文件不收'); END"
        )
    told = run(project, folder)
    assert [id for id, _ in told.failed] == ["甲.txt"] and told.coded == 1
    assert project.document_ids() == ["乙.txt"] and project.codebooks()[-1].used == NOW


class TestAnotherFileOfTheSameName:
    """Same path: the same document. Elsewhere: the same bytes, or asked about."""

    @pytest.fixture
    def other(self, tmp_path: Path, folder: Path, project: Project) -> Path:
        run(project, folder)
        (tmp_path / "new").mkdir()
        return tmp_path / "new" / "乙.txt"

    def test_other_bytes_are_refused_though_the_first_file_is_gone(self, project, folder, other):
        other.write_text("储备物资。", encoding="utf-8")
        (folder / "乙.txt").unlink()
        told = run(project, other)
        ((id, error),) = told.failed
        assert id == "乙.txt" and "--replace" in str(error) and "--replace" in error.said("zh")
        assert project.document("乙.txt").text == "开展救援。"

    def test_other_bytes_replace_it_where_that_is_said(self, project, folder, other):
        other.write_text("储备物资。", encoding="utf-8")
        assert run(project, other, replace=True).coded == 1
        assert project.document("乙.txt").text == "储备物资。"

    def test_the_same_bytes_are_the_file_moved(self, project, folder, other):
        (folder / "乙.txt").rename(other)
        told = run(project, other)
        assert not told.failed and told.documents == 1

    def test_the_same_path_is_an_update(self, project, folder, other):
        (folder / "乙.txt").write_text("储备物资。", encoding="utf-8")
        assert run(project, folder).coded == 1
        assert project.document("乙.txt").text == "储备物资。"


def test_create_with_another_codebook_codes_an_old_study_by_it(tmp_path: Path) -> None:
    books = shipped("codebooks")
    plan = tmp_path / "plan.txt"
    plan.write_text("第一条 建立应急预案，开展培训。\n", encoding="utf-8")
    where = tmp_path / "study.db"
    with Study.create(where, codebook=books / "resilience.yaml") as study:
        study.code(plan)
    with Study.create(where, codebook=books / "policy_instruments.yaml") as study:
        assert study.code().codebook.id == "policy_instruments"
        assert study.where(filename=["plan.txt"]).codebooks().keys() >= {"policy_instruments"}
