import hashlib
from dataclasses import replace

import pytest

from wenma.errors import SourceError
from wenma.sources.listings.listing import READABLE, entries
from wenma.sources.reading import fingerprint, read, read_entry, reader
from wenma.sources.word.libreoffice import soffice

TEXT = "一、总体要求\n到2025年，建成韧性城市。\n"


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "云州规划.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_document_carries_its_text_its_metadata_and_the_hash_of_its_file(plan):
    (entry,) = entries([plan]).entries
    document = read_entry(replace(entry, city="云州", year=2025))
    assert document.text == TEXT.strip()
    assert (document.id, document.city, document.year) == ("云州规划.txt", "云州", 2025)
    assert document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert document.address(0) == "一、总体要求"


def test_a_folder_is_read_as_its_documents(plan):
    assert [d.id for d in read(plan.parent)] == ["云州规划.txt"]


def test_the_fingerprint_changes_with_what_changes_the_text_and_with_nothing_else(plan):
    (entry,) = entries([plan]).entries
    before = fingerprint(entry)
    moved = plan.rename(plan.with_name("moved.txt"))
    assert fingerprint(replace(entry, path=moved)) == before
    assert fingerprint(replace(entry, path=moved, city="云州", year=2025)) == before
    assert fingerprint(replace(entry, path=moved, title="另一题名")) != before
    moved.write_text(TEXT + "新增一句。", encoding="utf-8")
    assert fingerprint(replace(entry, path=moved)) != before


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n ", "is empty"),
        ("a.txt", "\ufeff\u200b\n".encode(), "holds no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "is not text"),
        ("a.txt", b"(cid:31)(cid:30)(cid:29) " * 50, "glyph numbers"),
        ("a.docx", b"PK\x03\x04 broken", "cannot be read as a Word file"),
        ("a.docx", "一、目标".encode(), "cannot be read as a Word file"),
        ("a.pdf", b"%PDF-1.4 broken", "cannot be read as a PDF"),
        ("a.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "is not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_a_next_step(tmp_path, name, data, complaint):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError, match=complaint) as caught:
        read(path)
    assert caught.value.file == str(path)
    assert caught.value.cure


def test_a_file_that_vanished_is_named(plan):
    (entry,) = entries([plan]).entries
    plan.unlink()
    with pytest.raises(SourceError, match="is not there"):
        read_entry(entry)


def test_every_suffix_the_manifest_lets_in_has_a_reader(tmp_path):
    for suffix in READABLE:
        assert callable(reader(tmp_path / f"a{suffix}"))
    with pytest.raises(SourceError, match=r"cannot read \.xyz"):
        reader(tmp_path / "a.xyz")


def test_real_files_in_awkward_formats_are_read_or_refused_with_a_next_step(shared):
    refused = set()
    for path in sorted((shared / "formats").rglob("*")):
        if path.suffix.lower() == ".doc" and soffice() is None:
            continue
        if path.suffix.lower() in READABLE:
            try:
                (document,) = read(path)
            except SourceError as slip:
                assert slip.cure and slip.file == str(path)
                refused.add(path.name)
            else:
                assert document.text
    assert refused == {
        "北京市政府公报_PDF_CID乱码片段.txt",
        "2026-national-work-report-pyhualong.html",
    }
