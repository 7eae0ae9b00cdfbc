"""The page of a PDF beside its text: the right one, of the very file that was read."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.sources.small_pdf import small_pdf, text_at
from wenma.errors import SourceError
from wenma.study.study import Study

PAGES = [text_at((60, 700, 12, f"第{n}页：加强防灾减灾救灾体系建设，储备物资。")) for n in "一二三"]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "规划.pdf").write_bytes(small_pdf(*PAGES))
    (tmp_path / "报告.txt").write_text("加强预警。", encoding="utf-8")
    with Study.create(tmp_path / "study.db") as study:
        study.add(tmp_path / "规划.pdf", tmp_path / "报告.txt")
        yield study


def test_a_place_of_the_text_leads_to_its_page(study):
    text = study.document("规划.pdf").text
    for number, name in enumerate("一二三", 1):
        page = study.document("规划.pdf").place(text.index(f"第{name}页")).page
        assert page == number
        png = study.page_picture("规划.pdf", page)
        assert Image.open(io.BytesIO(png)).size == (893, 1263)  # 1.5 pixels a point


def test_what_is_no_pdf_has_no_page(study):
    with pytest.raises(SourceError, match="is no PDF"):
        study.page_picture("报告.txt", 1)
    with pytest.raises(SourceError, match="no page 9"):
        study.page_picture("规划.pdf", 9)


def test_a_file_that_is_gone_or_another_one_is_told(study, tmp_path: Path):
    (tmp_path / "规划.pdf").write_bytes(small_pdf(PAGES[0]))
    with pytest.raises(SourceError, match="another file"):
        study.page_picture("规划.pdf", 1)
    (tmp_path / "规划.pdf").unlink()
    with pytest.raises(SourceError, match="not there"):
        study.page_picture("规划.pdf", 1)
