"""Files made to break the reader: each is read, or ends in a sentence."""

import io
import zipfile

import pytest

from tests.sources.word_files import cell, paragraph, run, table, word_file
from wenma.errors import SourceError
from wenma.sources.from_docx import extract


def texts(*body, **parts):
    return [line.text for line in extract(word_file("".join(body), **parts)).lines]


def refusal(data):
    with pytest.raises(SourceError) as caught:
        extract(data)
    assert caught.value.cure and caught.value.zh and "\n" not in str(caught.value)
    return str(caught.value)


def changed(data, name, new):
    """The file with a part's bytes replaced; None takes it away."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", 8) as out:
        for one in old.namelist():
            part = old.read(one)
            part = new(part) if one == name and callable(new) else part
            if one != name or new is not None:
                out.writestr(one, part)
    return made.getvalue()


def test_a_part_that_inflates_without_end_is_refused():
    bomb = paragraph("甲" * 10).encode() * 1_000_000
    whole = word_file("BOMB")
    data = changed(whole, "word/document.xml", lambda part: part.replace(b"BOMB", bomb))
    assert len(data) < len(bomb) / 100
    assert "zip bomb" in refusal(data)


def test_a_size_declared_small_does_not_open_the_door():
    bomb = b" " * (80 << 20)
    whole = word_file("BOMB")
    data = bytearray(changed(whole, "word/document.xml", lambda part: part.replace(b"BOMB", bomb)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as made:
        size = made.getinfo("word/document.xml").file_size
    declared = size.to_bytes(4, "little")
    assert declared in data
    lying = bytes(data).replace(declared, (1000).to_bytes(4, "little"))
    assert "cannot be read" in refusal(lying) or "zip bomb" in refusal(lying)


def test_a_picture_however_large_is_not_inflated():
    more = {"word/media/image1.png": b"\0" * (100 << 20)}
    assert texts(paragraph("正文。"), more=more) == ["正文。"]


def test_a_directory_of_endless_parts_is_refused():
    more = {f"word/media/{at}": b"" for at in range(20_100)}
    assert "zip bomb" in refusal(word_file(paragraph("正文。"), more=more))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(encoding, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("密文", encoding="utf-8")
    head = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d ['
        f'<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "{"甲" * 1000}">]>'
    )
    whole = word_file(paragraph("正文&amp;x;"))

    def trapped(part):
        return (head + part.decode().replace("&amp;x;", "&x;&y;")).encode(encoding)

    assert "entities" in refusal(changed(whole, "word/document.xml", trapped))


def test_many_paragraphs_are_read():
    assert len(texts(paragraph("推进数字乡村建设。") * 50_000)) == 50_000


def test_thousands_of_merged_rows_are_read():
    on = cell(properties="<w:vMerge/>")
    rows = [[cell("领域", properties='<w:vMerge w:val="restart"/>'), "任务"]] + [
        [on, "任务"]
    ] * 4000
    found = texts(table(*rows))
    assert len(found) == 4001 and found[0] == "领域 | 任务" and found[-1] == " | 任务"


def test_tables_boxes_and_controls_nested_deeper_than_python_recurses():
    deep = "正文。"
    for _ in range(400):
        deep = table([cell(deep)])
    assert texts(deep) == ["正文。"]
    held = run("深处。")
    for _ in range(900):
        held = f"<w:sdt><w:sdtContent>{held}</w:sdtContent></w:sdt>"
    assert texts(paragraph(held)) == ["深处。"]
    boxed = paragraph("框。")
    for _ in range(200):
        inside = f"<v:textbox><w:txbxContent>{boxed}</w:txbxContent></v:textbox>"
        boxed = paragraph(f"<w:r><w:pict><v:shape>{inside}</v:shape></w:pict></w:r>")
    assert texts(boxed) == ["框。"]


def test_more_marks_than_memory_holds_are_refused():
    assert "more than a document can hold" in refusal(word_file("<w:p/>" * 2_600_000))
    odd = '<w:p w:a="" w:b="" w:c="" w:d=""/>'
    assert "more than a document can hold" in refusal(word_file(odd * 600_000))


def test_depth_beyond_all_reason_ends_in_a_sentence():
    deep = "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000
    assert "cannot be read as a Word file" in refusal(word_file(deep))


def test_a_document_alone_is_enough():
    data = word_file(paragraph("正文。", style="Lost"))
    for name in ("_rels/.rels", "word/_rels/document.xml.rels", "[Content_Types].xml"):
        if name != "[Content_Types].xml":
            data = changed(data, name, None)
    assert [line.text for line in extract(data).lines] == ["正文。"]


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"]
)
@pytest.mark.parametrize(
    "damage", [lambda p: p[: len(p) // 2], lambda p: b"\0" * 50, lambda p: b""]
)
def test_a_damaged_part_is_read_around_or_refused(part, damage):
    whole = word_file(paragraph("正文。"), styles="", numbering="", footnotes="")
    data = changed(whole, part, damage)
    try:
        assert [line.text for line in extract(data).lines] == ["正文。"]
    except SourceError as slip:
        assert "cannot be read as a Word file" in str(slip) and slip.cure


def test_a_file_without_its_document_is_refused():
    data = changed(word_file(paragraph("正文。")), "word/document.xml", None)
    assert "cannot be read as a Word file" in refusal(data)


def test_odd_attributes_are_passed_over():
    body = (
        paragraph("甲", properties='<w:outlineLvl w:val="abc"/><w:numPr><w:numId/></w:numPr>')
        + paragraph(run("乙", '<w:vanish w:val="maybe"/><w:vertAlign/><w:rStyle/>'))
        + paragraph(
            '<w:r><w:sym w:char="zz"/><w:sym w:char="110000000"/><w:sym/><w:fldChar/></w:r>'
        )
        + table([cell("丙", properties='<w:gridSpan w:val="-9"/><w:vMerge w:val="odd"/>'), "丁"])
        + "<w:r><w:t>无段落</w:t></w:r><w:tc/><w:tr/><w:tbl/>"
    )
    assert texts(body) == ["甲", "丙 | 丁"]


def test_a_file_under_a_password_says_so():
    data = changed(word_file(paragraph("正文。")), "", b"")
    locked = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(mark)
        while place >= 0:
            locked[place + at] |= 1
            place = locked.find(mark, place + 4)
    assert "password" in refusal(bytes(locked))


def test_a_locked_word_file_is_an_ole_file_and_says_so():
    name = "EncryptedPackage".encode("utf-16-le")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + name.ljust(128, b"\0") + b"\0" * 512
    assert "password" in refusal(data)
