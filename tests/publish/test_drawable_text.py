"""A character that cannot be drawn or written aborts nothing: no picture, table, report, graph."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest

from tests.conftest import coded
from wenma.codebook.yaml_file import load_codebook
from wenma.errors import SourceError
from wenma.publish.inline_svg import inline_svg
from wenma.publish.picture_files import PICTURE_FORMATS
from wenma.shipped import shipped
from wenma.sources.reading import read
from wenma.study.notebook import code_documents
from wenma.study.study import Study

ODD = ["\x07", "\x1b[31m", "\u2028", "\u202e", "\ufffe", "\x85", "\ud800"]


def bars(name: str) -> alt.Chart:
    rows = [{"city": f"云{name}州", "much": 1}, {"city": "溪州", "much": 2}]
    spec = alt.Chart(alt.Data(values=rows), title=f"图{name}").mark_bar()
    return spec.encode(x="city:N", y="much:Q", href="city:N").facet(row="city:N")


@pytest.mark.parametrize("sign", ODD, ids=ascii)
@pytest.mark.parametrize("kind", PICTURE_FORMATS)
def test_a_picture_is_drawn_whatever_a_city_is_called(kind: str, sign: str):
    assert PICTURE_FORMATS[kind](bars(sign))


@pytest.mark.parametrize("sign", ODD, ids=ascii)
def test_so_is_one_inside_a_page(sign: str):
    assert "溪州" in inline_svg(bars(sign), prefix="a", label=f"图{sign}")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study into whose attributes another program wrote what ours would tidy away."""
    folder = tmp_path_factory.mktemp("odd")
    file = coded(shipped("corpus"), folder / "a.db")
    with sqlite3.connect(file) as database:
        for name in ("city", "title", "issuer"):
            database.execute(
                "UPDATE attribute SET value = '云' || char(7) || char(8232) || value "
                "WHERE name = ?",
                (name,),
            )
    return file


@pytest.mark.parametrize("ending", ["xlsx", "docx", "tex", "md", "csv", "json"])
def test_tables_of_such_cities_are_written(study: Path, tmp_path: Path, ending: str):
    with Study.open(study) as opened:
        for question in ("documents", "frequency"):
            by = {} if question == "documents" else {"by": ["city"]}
            opened.where().ask(question, **by).save(tmp_path / f"{question}.{ending}")
            assert (tmp_path / f"{question}.{ending}").stat().st_size


def test_figures_report_and_graph_of_such_cities_are_written(study: Path, tmp_path: Path):
    with Study.open(study) as opened:
        opened.figure("attention_heatmap", by="city").save(tmp_path / "a.png")
        opened.report(tmp_path / "a.html")
        opened.report(tmp_path / "a.docx")
        for ending in ("graphml", "gexf", "zip"):
            opened.export(tmp_path / f"a.{ending}")
    assert len(list(tmp_path.iterdir())) == 6


def test_half_a_character_in_a_document_of_a_notebook_is_named():
    (document, *_) = read(shipped("corpus"))
    book = load_codebook(shipped("codebooks") / "resilience.yaml")
    with pytest.raises(SourceError, match="half a character") as caught:
        code_documents(replace(document, city="云\ud800州"), book)
    str(caught.value).encode()
