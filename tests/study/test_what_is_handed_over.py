"""Archives, tables and folders of thousands go through a study as plain files do."""

import zipfile
from pathlib import Path

import pytest

from tests.sources.test_manifest import workbook
from wenma.errors import SourceError, UsageError
from wenma.shipped import shipped
from wenma.sources.listings.listing import entries
from wenma.sources.reading import read_entry
from wenma.study.study import Study

TEXT = "一、总体要求\n到2025年，建成韧性城市，提高防灾减灾救灾能力。"
BOOK = shipped("codebooks") / "resilience.yaml"


def folder_of(where: Path) -> Path:
    for name in ("甲市/规划.txt", "乙市/规划.txt"):
        (where / name).parent.mkdir(parents=True)
        (where / name).write_text(f"{TEXT}\n{name[:2]}落实。", encoding="utf-8")
    return where


def packed(folder: Path, file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as out:
        for path in sorted(folder.rglob("*.txt")):
            out.write(path, path.relative_to(folder).as_posix())
    return file


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_is_coded_once_and_its_folder_later_is_the_same(tmp_path, jobs):
    folder = folder_of(tmp_path / "规划")
    file = packed(folder, tmp_path / "规划.zip")
    with Study.create(tmp_path / "s.db", codebook=BOOK) as study:
        assert study.code(file, jobs=jobs).summary.coded == 2
        assert study.code(file, jobs=jobs).summary.unchanged == 2
        moved = study.code(folder, jobs=jobs)
        assert (moved.summary.unchanged, moved.failed) == (2, ())
        assert set(study.document_ids()) == {"甲市/规划.txt", "乙市/规划.txt"}


def test_another_archive_with_a_file_of_the_same_name_is_refused(tmp_path):
    folder = folder_of(tmp_path / "规划")
    one = packed(folder, tmp_path / "一.zip")
    (folder / "甲市" / "规划.txt").write_text(TEXT + "\n另一份。", encoding="utf-8")
    other = packed(folder, tmp_path / "二.zip")
    with Study.create(tmp_path / "s.db", codebook=BOOK) as study:
        study.code(one)
        refused = study.code(other)
        assert [name for name, _ in refused.failed] == ["甲市/规划.txt"]
        assert "another file of this name" in str(refused.failed[0][1])
        assert study.code(other, replace=True).summary.coded == 1


def test_a_pack_stays_a_pack_and_is_given_alone(tmp_path):
    folder = folder_of(tmp_path / "规划")
    with Study.create(tmp_path / "s.db", codebook=BOOK) as study:
        study.code(folder)
        study.export(tmp_path / "pack.zip")
    assert Study.given([tmp_path / "pack.zip"]).pack is not None
    archive = packed(folder, tmp_path / "规划.zip")
    assert Study.given([archive]).pack is None
    with pytest.raises(UsageError, match="is a pack and is coded by itself"):
        Study.given([tmp_path / "pack.zip", archive])
    assert len(Study.given([archive, folder / "甲市" / "规划.txt"]).entries) == 3


def test_a_zip_that_is_neither_pack_nor_archive_is_told_so(tmp_path):
    (tmp_path / "规划.zip").write_bytes(b"no zip at all")
    with pytest.raises(SourceError, match="cannot be unpacked"):
        Study.given([tmp_path / "规划.zip"])


def test_rows_of_a_table_are_coded_and_keep_their_rows(tmp_path):
    rows = [
        ["城市", "题名", "备用"],
        ["甲市", "甲市报告", TEXT * 3],
        ["乙市", "乙市报告", TEXT * 4],
    ]
    file = workbook(tmp_path / "报告.xlsx", rows)
    with Study.create(tmp_path / "s.db", codebook=BOOK) as study:
        assert study.code(file).summary.coded == 2
        assert study.code(file).summary.unchanged == 2
        document = study.document("报告.xlsx/乙市报告")
        assert document.city == "乙市" and document.source_map.lines[0] == 3
        given = Study.given([file], text_column="备用", title_column="城市")
        assert [entry.title for entry in given.entries] == ["甲市", "乙市"]


def test_thousands_of_small_files_are_looked_at_once_each(tmp_path, monkeypatch):
    """Names are resolved and files are opened so many times a file, however many there are."""
    looked: dict[int, float] = {}
    for count in (40, 400):
        folder = tmp_path / str(count)
        for n in range(count):
            part = folder / f"市 {n % 20}（ＡＢ）😀"
            part.mkdir(parents=True, exist_ok=True)
            (part / f"规划{n // 20}.txt").write_text(TEXT, encoding="utf-8")
        rows = (f"{p.relative_to(folder).as_posix()},题,甲" for p in folder.rglob("*.txt"))
        (folder / "manifest.csv").write_text("\n".join(["path,title,city", *rows]), "utf-8")
        calls = 0
        usual = Path.stat

        def counted(path, *, follow_symlinks=True, usual=usual):
            nonlocal calls
            calls += 1
            return usual(path, follow_symlinks=follow_symlinks)

        monkeypatch.setattr(Path, "stat", counted)
        found = entries([folder]).entries
        assert len({read_entry(entry).id for entry in found}) == count
        monkeypatch.setattr(Path, "stat", usual)
        looked[count] = calls / count
    assert looked[400] <= looked[40] * 1.5
