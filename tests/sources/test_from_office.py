import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.sources.test_office_kind import storage, zipped
from tests.sources.word_files import (
    abstract,
    level,
    num,
    numbered,
    paragraph,
    run,
    table,
    word_file,
)  # fmt: skip
from wenma.errors import SourceError
from wenma.sources.from_docx import extract as from_docx
from wenma.sources.from_office import extract
from wenma.sources.word import libreoffice
from wenma.sources.word.libreoffice import as_docx, soffice

office = pytest.mark.skipif(soffice() is None, reason="needs the program LibreOffice")

LISTS = abstract(
    5, level(0, "%1、", "chineseCountingThousand"), level(1, "（%2）", "chineseCountingThousand")
) + num(1, 5)
CHAPTERS = ["总体要求", "主要任务", "重点工程", "保障措施"]
KNOWN = [
    "云州市韧性城市建设规划",
    *(
        line
        for at, title in enumerate(CHAPTERS)
        for line in (
            f"{'一二三四'[at]}、{title}",
            f"（一）{title}的目标。",
            f"到203{at}年，绿地率达到4{at}.5%，建成{title}所需的设施{at + 3}处。",
            f"（二）{title}的安排。",
            f"由有关部门牵头，分{at + 2}批落实，新增投资1761.4{at}亿元。",
        )
    ),
    "指标 | 单位 | 目标",
    "绿地率 | % | 45",
    "结束语：各部门按职责落实。",
]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "wenma" / "conversions"


def known_docx(*, counted):
    """The known text, its numbers counted by Word or typed."""
    body = [paragraph(KNOWN[0])]
    for line in KNOWN[1:-3]:
        if not counted:
            body.append(paragraph(line))
        elif line[1] == "、":
            body.append(numbered(line[2:], 1, 0))
        elif line[0] == "（":
            body.append(numbered(line[3:], 1, 1))
        else:
            body.append(paragraph(line))
    rows = [line.split(" | ") for line in KNOWN[-3:-1]]
    return word_file("".join(body) + table(*rows) + paragraph(KNOWN[-1]), numbering=LISTS)


def saved_as(data, suffix, folder, filter=""):
    """The file as LibreOffice saves it in another format."""
    source = folder / "known.docx"
    source.write_bytes(data)
    subprocess.run(
        [
            soffice(),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", suffix + filter, "--outdir", str(folder / "out")),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / f"known.{suffix}").read_bytes()


def similarity(lines):
    return SequenceMatcher(None, "\n".join(KNOWN), "\n".join(lines), autojunk=False).ratio()


@office
@pytest.mark.parametrize(
    ("suffix", "filter"), [("doc", ":MS Word 97"), ("odt", ""), ("rtf", ""), ("docx", "")]
)
def test_twins_of_a_known_text_are_read_whole(tmp_path, suffix, filter):
    # LibreOffice writes the 、 of a counted number into RTF as a question mark.
    data = saved_as(known_docx(counted=suffix != "rtf"), suffix, tmp_path, filter)
    taken = extract(data)
    lines = [" ".join(line.text.split()) for line in taken.lines]
    recall = sum(line in lines for line in KNOWN) / len(KNOWN)
    print(f"{suffix}: similarity {similarity(lines):.4f}, recall {recall:.4f}")
    assert similarity(lines) >= 0.99 and recall >= 0.99
    kinds = [sign.kind for sign in taken.signs if sign.kind == "converted"]
    assert kinds == ([] if suffix == "docx" else ["converted"])


@office
def test_what_is_hidden_deleted_or_a_note_survives_the_way_through_libreoffice(tmp_path):
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    deleted = '<w:del w:id="1" w:author="甲"><w:r><w:delText>旧词</w:delText></w:r></w:del>'
    body = paragraph("建成", run("隐藏", "<w:vanish/>"), deleted, "韧性城市1761.48", mark, "亿元。")
    notes = f'<w:footnote w:id="2">{paragraph("来自公报。")}</w:footnote>'
    data = saved_as(word_file(body, footnotes=notes), "doc", tmp_path, ":MS Word 97")
    taken = extract(data)
    assert [line.text.strip() for line in taken.lines] == [
        "建成韧性城市1761.48亿元。",
        "注1：来自公报。",
    ]
    assert {"hidden", "deleted"} <= {one.kind for one in taken.left_out}


@office
def test_rtf_in_chinese_bytes_with_counted_numbers_is_read_under_any_suffix():
    def written(text):
        return b"".join(b"\\'%02x" % byte for byte in text.encode("gbk"))

    one = rb"{\listlevel\levelnfc39\levelfollow2\levelstartat1{\leveltext\'02\'00" + written("、")
    lists = (
        rb"{\*\listtable{\list\listtemplateid1" + one + rb";}{\levelnumbers\'01;}}\listid7}}"
        rb"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}}"
    )
    head = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}" + lists
    data = (
        head + rb"\pard\f0\ls1\ilvl0 " + written("目标") + rb"\par\pard\plain\f0 "
        + written("建成韧性城市。") + rb"\par}"
    )  # fmt: skip
    for reader in (extract, from_docx):
        lines = [line.text for line in reader(data).lines]
        assert lines == ["一、目标", "建成韧性城市。"]


@office
def test_conversions_side_by_side_do_not_collide(cache):
    files = [rb"{\rtf1\ansi Plan " + str(at).encode() + rb" of all.\par}" for at in range(3)]
    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(extract, files))
    assert [[line.text for line in one.lines] for one in taken] == [
        [f"Plan {at} of all."] for at in range(3)
    ]
    assert len(list(cache.iterdir())) == 3


@office
def test_a_conversion_is_made_once_and_a_damaged_one_again(cache, monkeypatch):
    data = rb"{\rtf1\ansi Plan.\par}"
    first = as_docx(data, ".rtf")
    (kept,) = cache.iterdir()
    monkeypatch.setattr(libreoffice, "_SECONDS", 0)
    assert as_docx(data, ".rtf") == first
    kept.write_bytes(kept.read_bytes()[:-1])
    monkeypatch.undo()
    assert [line.text for line in from_docx(as_docx(data, ".rtf")).lines] == ["Plan."]


@office
def test_a_file_it_links_to_is_not_fetched(tmp_path):
    (tmp_path / "secret.txt").write_text("SECRETWORD", encoding="utf-8")
    link = (tmp_path / "secret.txt").as_posix()
    field = rb"{\field{\*\fldinst INCLUDETEXT " + f'"{link}"'.encode() + rb"}{\fldrslt old}}"
    taken = extract(rb"{\rtf1\ansi Plan " + field + rb".\par}")
    assert not any("SECRETWORD" in line.text for line in taken.lines)


@office
def test_a_section_it_links_to_is_not_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRETWORD", encoding="utf-8")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text")
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' office:version="1.2"><office:body><office:text><text:p>Plan.</text:p>'
        f'<text:section text:name="S"><text:section-source xlink:href="{secret.as_uri()}"'
        ' text:filter-name="Text"/><text:p>old</text:p></text:section></office:text>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    data = zipped(
        mimetype=kind, **{"content.xml": content, "META-INF__manifest.xml": manifest(kind)}
    )
    lines = [line.text for line in extract(data).lines]
    assert "Plan." in lines and not any("SECRETWORD" in line for line in lines)


def manifest(kind):
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    entries = entry.format("/", kind) + entry.format("content.xml", "text/xml")
    return f'<m:manifest xmlns:m="{space}" m:version="1.2">{entries}</m:manifest>'


def test_a_zip_bomb_does_not_reach_libreoffice(monkeypatch):
    monkeypatch.setattr(libreoffice, "soffice", lambda: pytest.fail("it was started"))
    data = zipped(
        mimetype="application/vnd.oasis.opendocument.text",
        **{"content.xml": b" " * (70 << 20)},
    )
    with pytest.raises(SourceError, match="zip bomb"):
        extract(data)


def test_without_libreoffice_the_way_out_is_told(monkeypatch):
    monkeypatch.setattr(libreoffice, "soffice", lambda: None)
    with pytest.raises(SourceError, match="LibreOffice, which is not on this machine") as caught:
        extract(rb"{\rtf1\ansi Plan.\par}")
    assert "apt install libreoffice-writer" in caught.value.cure and ".docx" in caught.value.cure
    assert "另存为 .docx" in caught.value.zh


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script")
def test_a_conversion_that_hangs_is_ended_with_all_it_started(tmp_path, monkeypatch):
    hanging = tmp_path / "soffice"
    told = tmp_path / "child"
    hanging.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {told}\nwait\n", encoding="utf-8")
    hanging.chmod(0o755)
    monkeypatch.setattr(libreoffice, "soffice", lambda: str(hanging))
    monkeypatch.setattr(libreoffice, "_SECONDS", 2)
    with pytest.raises(SourceError, match="did not finish"):
        extract(rb"{\rtf1\ansi Plan.\par}")
    child = int(told.read_text(encoding="utf-8"))
    for _ in range(100):
        if not _alive(child):
            break
        time.sleep(0.05)
    assert not _alive(child)


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that is ended and not yet collected by init runs no more.
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")


@office
def test_what_libreoffice_cannot_read_is_refused_with_a_next_step():
    with pytest.raises(SourceError) as caught:
        extract(storage("WordDocument"))
    assert caught.value.cure and caught.value.zh


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (storage("EncryptedPackage"), "password"),
        (storage("WordDocument", flags=0x0100), "password"),
        (storage("Workbook"), "spreadsheet"),
        (storage("PowerPoint Document"), "presentation"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "does not know"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n", "broken"),
    ],
)
def test_what_is_none_of_it_is_refused_with_the_true_cause(data, complaint):
    with pytest.raises(SourceError, match=complaint) as caught:
        extract(data)
    assert caught.value.cure and caught.value.zh


def texts(data):
    return [line.text for line in extract(data).lines]


def test_what_has_the_wrong_suffix_is_read_as_what_it_is():
    assert texts(word_file(paragraph("正文。"))) == ["正文。"]
    assert texts("<html><body><p>正文。</p></body></html>".encode()) == ["正文。"]
    assert texts("一、目标\n正文。".encode("gb18030")) == ["一、目标", "正文。"]


@pytest.mark.parametrize("meta", ["", '<meta charset="gb2312">'])
def test_a_web_archive_is_read_as_its_page(meta):
    page = f"<html><head>{meta}</head><body><p>一、目标</p><p>正文。</p></body></html>"
    written = b"".join(b"=%02X" % byte for byte in page.encode("gb18030"))
    folded = b"=\r\n".join(written[at : at + 60] for at in range(0, len(written), 60))
    archive = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable'
        b"\r\n\r\n" + folded + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    assert texts(archive) == ["一、目标", "正文。"]


@office
def test_word_2003_xml_is_read():
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    data = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{space}"><w:body><w:p><w:r><w:t>一、目标</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>正文。</w:t></w:r></w:p></w:body></w:wordDocument>"
    )
    assert texts(data.encode()) == ["一、目标", "正文。"]


@office
def test_real_old_word_files_are_read(shared):
    """Each has some text of its own and its running feet are counted, not read."""
    files = sorted((shared / "formats" / "doc").glob("*.doc"))
    assert files
    taken = extract(files[0].read_bytes())
    assert len(taken.lines) > 10
    assert [sign.kind for sign in taken.signs] == ["converted"]
