from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from analysis.cli.main import main
from analysis.publish.gallery import CHARTS
from analysis.shipped import shipped


def coded(folder: Path, codebook: str) -> Path:
    path = folder / f"{codebook}.db"
    book = str(shipped("codebooks") / f"{codebook}.yaml")
    code = ["code", str(shipped("corpus")), "--codebook", book, "--project", str(path)]
    assert main([*code, "--format", "json"]) == 0
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample corpus, coded."""
    return str(coded(tmp_path_factory.mktemp("sample"), "resilience"))


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample corpus, coded with a codebook that has an index."""
    return str(coded(tmp_path_factory.mktemp("indexed"), "pmc"))


def test_every_figure_is_drawn_of_the_sample(sample: str, indexed: str, tmp_path: Path):
    for name in CHARTS:
        output = tmp_path / f"{name}.svg"
        project = indexed if CHARTS[name].query == "pmc" else sample
        assert main(["figure", project, name, "--output", str(output)]) == 0
        svg = output.read_text(encoding="utf-8")
        assert svg.startswith("<svg") and "</text>" in svg


def test_without_a_name_the_figures_are_listed(sample: str, capsys):
    assert main(["figure", sample]) == 0
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines()] == list(CHARTS)


def test_a_png_has_the_dots_asked_for_and_a_pdf_is_one_page(sample: str, tmp_path: Path):
    picture, page = tmp_path / "f.png", tmp_path / "f.pdf"
    assert main(["figure", sample, "stacked_bars", "--output", str(picture)]) == 0
    with Image.open(BytesIO(picture.read_bytes())) as image:
        assert round(image.info["dpi"][0]) == 300
    assert main(["figure", sample, "stacked_bars", "--output", str(page)]) == 0
    with pypdfium2.PdfDocument(page) as pdf:
        assert len(pdf) == 1 and "抵御" in pdf[0].get_textpage().get_text_bounded()


def test_one_city_some_cities_and_another_measure(sample: str, tmp_path: Path):
    output = tmp_path / "f.svg"

    def drawn(*asked: str) -> str:
        assert main(["figure", sample, *asked, "--output", str(output)]) == 0
        return output.read_text(encoding="utf-8")

    one = drawn("frequency_bars", "--city", "璇江市", "--measure", "per_1000")
    assert "璇江市" in one and "每千字参考点" in one
    some = drawn("attention_heatmap", "--groups", "澜屿市", "璇江市", "--language", "en")
    assert "Resist" in some and "和槐市" not in some
    assert some.index("澜屿市") < some.index("璇江市")
    layers = drawn("stacked_bars", "--dimension", "layer")
    assert "制度" in layers and "抵御" not in layers
    strict = drawn("cooccurrence_network", "--threshold", "0.3", "--least", "5")
    assert "≥ 5" in strict and "≥ 0.30" in strict
    strip = drawn("dispersion_strip", "--groups", "澜屿市")
    assert "澜屿市" in strip and "璇江市" not in strip


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (["stacked_bar", "--output", "f.svg"], 1, 'Did you mean "stacked_bars"'),
        (["stacked_bars", "--output", "f.gif"], 2, "End it in one of .svg, .png, .pdf"),
        (["stacked_bars", "--output", "f.svg", "--city", "璇江市"], 2, "--groups 璇江市"),
        (["frequency_bars", "--output", "f.svg", "--by", "city"], 2, "--city NAME"),
        (["frequency_bars", "--output", "f.svg", "--city", "璇江"], 1, 'Did you mean "璇江市"'),
        (["frequency_bars", "--output", "f.svg", "--measure", "shar"], 1, 'Did you mean "share"'),
        (["stacked_bars", "--output", "f.png", "--dpi", "0"], 2, "at least 1 dot"),
        (["pmc_surface", "--output", "f.svg"], 1, "has no index"),
        (["stacked_bars", "--output", "nowhere/f.svg"], 1, "cannot be written"),
    ],
)
def test_a_slip_is_one_line_with_its_cure(
    sample: str, tmp_path: Path, capsys, monkeypatch, asked, code, said
):
    monkeypatch.chdir(tmp_path)
    assert main(["figure", sample, *asked]) == code
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1
    assert not list(tmp_path.glob("f.*"))
