"""A flipped bit is told: no other text and no other number in silence."""

import random
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.conftest import NOW, YAML, cut, make_document
from wenma.codebook.yaml_file import parse_codebook
from wenma.coding.coder import Coder
from wenma.errors import WenmaError
from wenma.store import schema
from wenma.store.columns import coding_columns, document_texts
from wenma.store.damage import damages
from wenma.store.frames import documents_frame, units_frame
from wenma.store.project import Project

BOOK = parse_codebook(YAML)
FLIPS = 145


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of some forty pages of texts, units and codings."""
    file = tmp_path_factory.mktemp("damage") / "whole.db"
    coder = Coder(BOOK)
    with Project.open(file, create=True) as project:
        project.keep_codebook(BOOK, now=NOW)
        for n in range(12):
            lines = "\n".join(f"第{n}份第{m}条，加强预警，储备物资{m}件。" for m in range(60))
            document = make_document(f"{n}.txt", f"一、任务\n{lines}")
            units = cut(document)
            project.keep(document, units, coder.code(document, units), codebook=BOOK,
                         unit_size="sentence", fingerprint="f", position=n, now=NOW)  # fmt: skip
    return file


def told(file: Path) -> list[object]:
    """All that a table may be made of."""
    with Project.open(file) as project:
        columns = coding_columns(project, [BOOK.coder])
        counts = documents_frame(project).drop(columns=[*schema.STANDARD], errors="ignore")
        return [
            document_texts(project),
            counts.to_json(),
            units_frame(project).to_json(),
            [getattr(columns, name).tolist() for name in ("document", "unit", "start", "end",
                                                          "code", "heading", "ordinal")],
            columns.paths,
        ]  # fmt: skip


def test_a_whole_project_has_no_damage(whole):
    with Project.open(whole) as project:
        assert damages(project) == []


def test_of_many_flipped_bits_none_gives_another_text_or_number_in_silence(whole, tmp_path):
    before, size = told(whole), whole.stat().st_size
    rolled = random.Random(13)
    silent, found, harmless = [], 0, 0
    for flip in range(FLIPS):
        file = tmp_path / f"{flip}.db"
        shutil.copy(whole, file)
        at, bit = rolled.randrange(size), rolled.randrange(8)
        with file.open("r+b") as bytes_:
            bytes_.seek(at)
            byte = bytes_.read(1)[0]
            bytes_.seek(at)
            bytes_.write(bytes([byte ^ (1 << bit)]))
        try:
            after = told(file)
            with Project.open(file) as project:
                damaged = damages(project)
        except WenmaError:
            found += 1
            continue
        finally:
            file.unlink()
        if damaged:
            found += 1
        elif after == before:
            harmless += 1
        else:
            silent.append((at, bit))
    assert silent == []
    assert found > FLIPS / 4 and found + harmless == FLIPS


CHANGES = {
    "its text": "UPDATE content SET text = replace(text, '物资3件', '物资8件') WHERE document = 1",
    "its numbers": "UPDATE document SET countable = countable + 1 WHERE key = 1",
    "its layout": "UPDATE content SET layout = substr(layout, 2) WHERE document = 1",
    "its sections and units": 'UPDATE unit SET "end" = "end" - 1 WHERE document = 1 AND number = 3',
    "the evidence by rules:small@1": "UPDATE coding SET evidence = '[]' WHERE document = 1",
}


@pytest.mark.parametrize("part", CHANGES)
def test_what_is_damaged_is_named(part, whole, tmp_path):
    file = tmp_path / "changed.db"
    shutil.copy(whole, file)
    with Project.open(file) as project:
        with project.exclusive() as connection:
            connection.execute(text(CHANGES[part]))
        assert [(one.of, one.part.en) for one in damages(project)] == [("0.txt", part)]


@pytest.mark.parametrize("part", ["its text", "its numbers"])
def test_a_damaged_document_is_not_read(part, whole, tmp_path):
    file = tmp_path / "changed.db"
    shutil.copy(whole, file)
    with Project.open(file) as project:
        with project.exclusive() as connection:
            connection.execute(text(CHANGES[part]))
        with pytest.raises(WenmaError, match=r"is damaged: .* of 0\.txt") as error:
            project.document("0.txt")
        assert "wenma check" in str(error.value.cure)
