"""One known text, set by three programs, comes back as it was written."""

import difflib
import shutil

import pytest

from tests.sources import pdf_twins
from wenma.sources.document import parse_document
from wenma.sources.from_pdf import extract

KINDS = {
    "one column": {},
    "two columns": {"columns": True},
    "table": {"table": True},
    "notes": {"notes": True},
}


def chromium(folder, **kind):
    program = shutil.which("chromium") or pytest.skip("needs the program chromium")
    return pdf_twins.by_chromium(pdf_twins.as_html(**kind), folder, program)


def libreoffice(folder, **kind):
    program = shutil.which("soffice") or pytest.skip("needs LibreOffice (soffice)")
    return pdf_twins.by_libreoffice(folder, program, **kind)


def reportlab(folder, **kind):
    pytest.importorskip("reportlab", reason="needs reportlab")
    return pdf_twins.by_reportlab(**kind)


def bare(text):
    return "".join(text.split())


def read(data):
    """The text without tables and notes, its paragraphs, the rows of its tables, the signs."""
    taken = extract(data)
    found = parse_document(taken.lines)
    texts = [(bare(found.text[one.start : one.end]), one.kind) for one in found.paragraphs]
    notes = {f"{at}{bare(note)}" for at, note in enumerate(pdf_twins.NOTES, 1)}
    body = [text for text, kind in texts if kind != "table" and text not in notes]
    return body, [text for text, kind in texts if kind == "table"], taken.signs


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("program", [chromium, libreoffice, reportlab])
def test_a_twin_is_read_whole(program, kind, tmp_path):
    body, rows, signs = read(program(tmp_path, **KINDS[kind]))
    known = [bare(text) for text in pdf_twins.known()]
    alike = difflib.SequenceMatcher(None, "".join(known), "".join(body), autojunk=False).ratio()
    assert alike >= 0.999
    assert sum(text in body for text in known) >= 0.8 * len(known)
    table = [bare(" | ".join(row)) for row in pdf_twins.TABLE]
    assert rows == (table if kind == "table" else [])
    assert not signs


def test_a_twin_drawn_across_its_columns_is_read_in_order(tmp_path):
    pytest.importorskip("reportlab", reason="needs reportlab")
    body, rows, signs = read(pdf_twins.by_reportlab(across=True))
    assert "".join(body) == bare("".join(pdf_twins.known()))
    assert not rows and not signs
