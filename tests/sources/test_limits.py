"""No file stops us: each is read, or refused in one sentence, within its time and memory."""

import logging
import os
import shutil
import socket
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.sources.bombs import BOMBS, PARAGRAPH, pdf, word
from wenma.errors import SourceError
from wenma.shipped import shipped
from wenma.sources import from_text, limits, reading
from wenma.sources.listings import opening
from wenma.sources.listings.listing import entries
from wenma.sources.reading import read
from wenma.study.study import Study

GOOD = "加强预警。\n储备物资。\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and owners are of POSIX")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what it may hold")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits a test can wait for."""
    monkeypatch.setattr(limits, "SECONDS", 6.0)
    monkeypatch.setattr(limits, "MEMORY", 256 << 20)


@LINUX
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused_and_the_next_file_is_read(name: str, tmp_path: Path, soon: None):
    (tmp_path / name).write_bytes(BOMBS[name]())
    try:
        assert len(read(tmp_path / name)[0].text) <= limits.MOST_CHARACTERS
    except SourceError as error:
        assert error.file == str(tmp_path / name)
        assert error.cure and error.zh and "\n" not in str(error)
    (tmp_path / "good.docx").write_bytes(word([PARAGRAPH]))
    assert read(tmp_path / "good.docx")[0].text == "加强防汛预警。"


@LINUX
def test_the_others_are_coded_and_the_study_is_whole(tmp_path: Path, soon: None):
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("paragraphs.docx", "packed_twice.pdf", "one_line.txt"):
        (folder / name).write_bytes(BOMBS[name]())
    (folder / "good.docx").write_bytes(word([PARAGRAPH]))
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    with Study.create(
        tmp_path / "a.db", codebook=shipped("codebooks") / "resilience.yaml"
    ) as study:
        run = study.code(folder)
        assert sorted(id for id, _ in run.failed) == [
            "one_line.txt",
            "packed_twice.pdf",
            "paragraphs.docx",
        ]
        assert sorted(study.document_ids()) == ["good.docx", "good.txt"]


def test_what_takes_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SECONDS", 0.001)
    (tmp_path / "a.docx").write_bytes(word([PARAGRAPH]))
    with pytest.raises(SourceError, match="takes longer than") as caught:
        read(tmp_path / "a.docx")
    assert "秒" in caught.value.said("zh")


def test_a_reader_says_itself_what_it_needs():
    class Patient:
        SECONDS, MEMORY = 600.0, 2 << 30

    assert limits.allowance(Patient) == limits.Allowance(600.0, 2 << 30, limits.LARGEST)
    assert limits.allowance(from_text) == limits.Allowance()


def test_a_file_too_large_to_be_read_is_not_opened_for_it(tmp_path: Path):
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(limits.LARGEST + 1)
    with pytest.raises(SourceError, match="419 MB, and at most 419 MB"):
        read(tmp_path / "a.pdf")


def test_a_small_text_is_read_here_and_a_word_file_elsewhere(tmp_path: Path, monkeypatch):
    def nowhere(*_: object, **__: object) -> None:
        raise AssertionError("called elsewhere")

    monkeypatch.setattr(limits, "call_endable", nowhere)
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(word([PARAGRAPH]))
    assert read(tmp_path / "a.txt")
    with pytest.raises(AssertionError, match="elsewhere"):
        read(tmp_path / "a.docx")


FAULTS = [
    RecursionError("too deep"), MemoryError(), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
    zipfile.BadZipFile("bad"), etree.XMLSyntaxError("bad", 1, 1, 1), OSError(5, "I/O"),
    KeyError("part"), AssertionError(), ValueError("two\nlines\x1b[2J"), StopIteration(),
]  # fmt: skip


class TestAFaultNobodyForesaw:
    """It is one sentence that names the file, and where it was is not lost."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "plans").mkdir()
        for name in ("a.txt", "b.txt"):
            (tmp_path / "plans" / name).write_text(name + GOOD, encoding="utf-8")
        return tmp_path / "plans"

    @pytest.fixture(params=FAULTS, ids=lambda fault: type(fault).__name__)
    def fault(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Exception:
        whole = from_text.extract

        def broken(data: bytes) -> object:
            if data.startswith(b"a.txt"):
                raise request.param
            return whole(data)

        monkeypatch.setattr(from_text, "extract", broken)
        fault: Exception = request.param
        return fault

    def test_is_told_of_its_file_and_the_other_is_read(self, folder, fault, tmp_path, caplog):
        with caplog.at_level(logging.INFO, "wenma"), Study.create(
            tmp_path / "a.db", codebook=shipped("codebooks") / "resilience.yaml"
        ) as study:  # fmt: skip
            run = study.code(folder)
            assert study.document_ids() == ["b.txt"]
        ((id, error),) = run.failed
        assert id == "a.txt" and str(error).startswith(str(folder / "a.txt"))
        assert error.cure and error.zh and not set("\n\x1b") & set(str(error))
        assert len(caplog.records) == 1 and type(fault).__name__ in caplog.text

    def test_is_raised_as_it_is_to_whoever_looks_for_it(self, folder, fault, monkeypatch):
        monkeypatch.setenv("WENMA_DEBUG", "1")
        with pytest.raises(type(fault)):
            read(folder / "a.txt")


def test_a_fault_in_coding_one_document_is_not_the_others(tmp_path: Path, monkeypatch):
    from wenma.coding.coder import Coder

    whole = Coder.code_in_scope

    def broken(self, document, units):
        if document.id == "a.txt":
            raise IndexError("out of range")
        return whole(self, document, units)

    monkeypatch.setattr(Coder, "code_in_scope", broken)
    (tmp_path / "plans").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "plans" / name).write_text(GOOD, encoding="utf-8")
    with Study.create(
        tmp_path / "a.db", codebook=shipped("codebooks") / "resilience.yaml"
    ) as study:
        run = study.code(tmp_path / "plans")
        assert [id for id, _ in run.failed] == ["a.txt"] and study.document_ids() == ["b.txt"]
    assert "IndexError" in str(run.failed[0][1])


def test_a_broken_pdf_is_one_sentence_whatever_is_broken(tmp_path: Path):
    sound = pdf(b"BT /F1 12 Tf 9 9 Td (Plan of the city) Tj ET")
    broken = {
        "kids": sound.replace(b"/Kids[3 0 R ]", b"/Kids[2 0 R ]"),
        "count": sound.replace(b"/Count 1", b"/Count 9"),
        "page": sound.replace(b"/Type/Page/", b"/Type/Pge_/"),
        "filter": sound.replace(b"FlateDecode", b"FlateDecoed"),
        "end": sound[:-200],
    }
    for name, data in broken.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
        try:
            read(tmp_path / f"{name}.pdf")
        except SourceError as error:
            assert error.file and error.cure and error.zh


class TestWhatIsNoFile:
    """Folders hold more than files: nothing of it is waited for, and nothing passed in silence."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "plans").mkdir()
        (tmp_path / "plans" / "good.txt").write_text(GOOD, encoding="utf-8")
        return tmp_path / "plans"

    def reasons(self, folder: Path) -> dict[str, str]:
        listing = entries([folder])
        assert [entry.id for entry in listing.entries] == ["good.txt"]
        return {path.name: reason for path, reason in listing.skipped}

    @POSIX
    def test_pipes_sockets_and_devices_are_named_and_not_opened(self, folder: Path):
        os.mkfifo(folder / "pipe.txt")
        (folder / "device.txt").symlink_to("/dev/zero")
        with socket.socket(socket.AF_UNIX) as one:
            here = Path.cwd()
            os.chdir(folder)  # the address of a socket may not be long
            try:
                one.bind("socket.txt")
            finally:
                os.chdir(here)
            assert set(self.reasons(folder)) == {"pipe.txt", "device.txt", "socket.txt"}
        for name in ("pipe.txt", "device.txt"):
            with pytest.raises(SourceError, match="is no file"):
                entries([folder / name])

    @POSIX
    def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(self, folder: Path):
        (entry,) = entries([folder]).entries
        entry.path.unlink()
        os.mkfifo(entry.path)
        with pytest.raises(SourceError, match="is no file"):
            reading.read_entry(entry)
        with pytest.raises(SourceError, match="is no file"):
            reading.fingerprint(entry)

    @POSIX
    def test_links_in_a_ring_and_into_nothing_are_named_and_not_followed(self, folder: Path):
        (folder / "ring.txt").symlink_to("ring.txt")
        (folder / "lost.txt").symlink_to("nowhere")
        (folder / "above").symlink_to("..")
        (folder / "linked.txt").symlink_to("../real.txt")
        (folder.parent / "real.txt").write_text(GOOD, encoding="utf-8")
        listing = entries([folder])
        assert [entry.id for entry in listing.entries] == ["good.txt", "linked.txt"]
        assert {path.name for path, _ in listing.skipped} == {"ring.txt", "lost.txt", "above"}
        with pytest.raises(SourceError):
            entries([folder / "ring.txt"])

    @POSIX
    def test_a_folder_that_may_not_be_opened_is_named(self, somebody: Path):
        (somebody / "good.txt").write_text(GOOD, encoding="utf-8")
        (somebody / "closed").mkdir()
        (somebody / "closed" / "b.txt").write_text(GOOD, encoding="utf-8")
        (somebody / "closed").chmod(0)
        try:
            assert "cannot be opened" in self.reasons(somebody)["closed"]
            (somebody / "good.txt").chmod(0)
            with pytest.raises(SourceError, match="cannot be opened"):
                read(somebody / "good.txt")
        finally:
            (somebody / "closed").chmod(0o700)

    @pytest.fixture
    def somebody(self) -> Iterator[Path]:
        """A folder of somebody who may not open everything, as root may."""
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        folder = Path(tempfile.mkdtemp())
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            shutil.rmtree(folder)

    @LINUX
    def test_a_name_that_is_no_text_is_named_and_can_be_printed(self, folder: Path):
        strange = os.fsdecode(os.fsencode(folder) + b"/\xd4\xc6.txt")
        Path(strange).write_text(GOOD, encoding="utf-8")
        assert list(self.reasons(folder).values()) == ["its name is no text: rename it"]
        assert entries([Path(strange)]).entries == ()
        below = Path(os.fsdecode(os.fsencode(folder) + b"/\xd4\xc6"))
        below.mkdir()
        (below / "a.txt").write_text(GOOD, encoding="utf-8")
        with pytest.raises(SourceError, match="whose name is no text") as caught:
            read(below)
        str(caught.value).encode()

    def test_a_name_too_long_or_with_a_zero_is_nowhere(self, folder: Path):
        for name in ("甲" * 5000 + ".txt", "a\0.txt"):
            with pytest.raises(SourceError, match="no such file"):
                entries([folder / name])
        (folder / "manifest.csv").write_text(f"path,title,city\n{'甲' * 5000}.txt,甲,云州\n")
        with pytest.raises(SourceError, match="not there"):
            entries([folder])

    def test_folders_within_folders_without_end_are_walked(self, folder: Path):
        deep = folder
        for _ in range(300):
            deep = deep / "d"
        deep.mkdir(parents=True)
        (deep / "a.txt").write_text(GOOD, encoding="utf-8")
        assert len(entries([folder]).entries) == 2


def test_a_file_that_changes_while_it_is_read_is_not_believed(tmp_path: Path, monkeypatch):
    """Another program writes on between the two looks at the file."""
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")
    look = os.fstat
    looks = []

    def written_meanwhile(file: int) -> os.stat_result:
        seen = look(file)
        looks.append(seen.st_size)
        with path.open("a", encoding="utf-8") as more:
            more.write(GOOD)
        return seen

    monkeypatch.setattr(opening.os, "fstat", written_meanwhile)
    with pytest.raises(SourceError, match="changed while it was read"):
        opening.read_bytes(path)
    assert len(set(looks)) > 1


def test_a_file_that_vanishes_is_told(tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(word([PARAGRAPH]))
    (entry,) = entries([tmp_path]).entries
    entry.path.unlink()
    with pytest.raises(SourceError, match="is not there"):
        reading.read_entry(entry)
