import io
import zipfile

import docx
import pytest

from wenma.errors import SourceError
from wenma.sources.from_docx import extract


def saved(document):
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def sample():
    document = docx.Document()
    document.add_heading("总体要求", level=1)
    document.add_paragraph("建成韧性城市。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["指标", "目标", "绿地率", "45%"], strict=True):
        cell.text = text
    document.add_paragraph("表后一段。")
    return document


def test_paragraphs_and_tables_come_in_their_order():
    assert [(line.text, line.hint) for line in extract(saved(sample())).lines] == [
        ("总体要求", "h1"),
        ("建成韧性城市。", ""),
        ("指标 | 目标", "table"),
        ("绿地率 | 45%", "table"),
        ("表后一段。", ""),
    ]


def test_a_cell_over_two_columns_is_written_once():
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    assert [line.text for line in extract(saved(document)).lines] == ["合并"]


def test_a_file_that_names_a_lost_picture_is_read_as_word_reads_it():
    whole, broken = io.BytesIO(saved(sample())), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/_rels/document.xml.rels":
                lost = (
                    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/image" Target="../NULL"/></Relationships>'
                )
                part = part.replace(b"</Relationships>", lost)
            new.writestr(name, part)
    assert len(extract(broken.getvalue()).lines) == 5


def test_a_broken_file_is_refused_with_a_next_step():
    with pytest.raises(SourceError, match="cannot be read as a Word file") as caught:
        extract(saved(sample())[:2000])
    assert caught.value.cure
