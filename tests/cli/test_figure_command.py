import json
import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from wenma.cli.main import main
from wenma.publish.figures import CHARTS, largest
from wenma.shipped import shipped
from wenma.study.study import Study


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


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample corpus, coded with a codebook that has scales."""
    return str(coded(tmp_path_factory.mktemp("scored"), "policy_strength"))


def test_every_figure_is_drawn_of_the_sample(
    sample: str, indexed: str, scored: str, tmp_path: Path
):
    for name in CHARTS:
        output = tmp_path / f"{name}.svg"
        project = {"pmc": indexed, "scores": scored}.get(CHARTS[name].query, sample)
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
    strict = drawn("cooccurrence_network", "--threshold", "0.3", "--min-count", "5")
    assert "≥ 5" in strict and "≥ 0.30" in strict
    assert drawn("cooccurrence_network", "--threshold", "0.3", "--least", "5") == strict
    strip = drawn("dispersion_strip", "--groups", "澜屿市")
    assert "澜屿市" in strip and "璇江市" not in strip


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (["stacked_bar", "--output", "f.svg"], 1, 'Did you mean "stacked_bars"'),
        (["stacked_bars", "--output", "f.gif"], 2, "End it in one of .svg, .png, .pdf"),
        (["stacked_bars", "--output", "f.svg", "--city", "璇江市"], 2, "--groups 璇江市"),
        (["frequency_bars", "--output", "f.svg", "--by", "city"], 2, "--groups NAME"),
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


def test_a_picture_has_the_width_asked_for_whatever_its_kind(sample: str, tmp_path: Path):
    asked = ["figure", sample, "stacked_bars", "--width", "8.5"]
    for ending in ("svg", "png", "pdf"):
        assert main([*asked, "--output", str(tmp_path / f"f.{ending}")]) == 0
    with Image.open(tmp_path / "f.png") as image:
        assert image.width / 300 * 2.54 == pytest.approx(8.5, abs=0.05)
    with pypdfium2.PdfDocument(tmp_path / "f.pdf") as pdf:
        assert pdf[0].get_width() / 72 * 2.54 == pytest.approx(8.5, abs=0.05)
    svg = (tmp_path / "f.svg").read_text(encoding="utf-8")
    wide = float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])
    assert wide / 72 * 2.54 == pytest.approx(8.5, abs=0.05)
    assert main([*asked[:-1], "0", "--output", str(tmp_path / "g.svg")]) == 2


def test_a_figure_shows_as_many_cities_as_can_be_read_and_says_so(
    sample: str, tmp_path: Path, capsys
):
    output = tmp_path / "f.svg"
    asked = ["figure", sample, "attention_heatmap", "--output", str(output), "--width"]
    assert main([*asked, "17"]) == 0
    assert "只画" not in output.read_text(encoding="utf-8")
    assert main([*asked, "8"]) == 0
    few = output.read_text(encoding="utf-8")
    count = int(re.search(r"只画计数汉字最多的 (\d) 个城市（共 7 个）", few)[1])
    with Study.open(sample) as study:
        every = largest(study.documents(), "city")
    shown = [city for city in every if f">{city}</text>" in few]
    assert shown == every[:count] and count < 7
    capsys.readouterr()
    assert main([*asked, "8", "--groups", *every]) == 0
    assert "points in print" in capsys.readouterr().err
    assert all(f">{city}</text>" in output.read_text(encoding="utf-8") for city in every)


@pytest.mark.parametrize("name", ["cities_tree", "cities_map"])
def test_likeness_is_asked_of_the_documents_of_the_cities_named(sample: str, tmp_path: Path, name):
    output = tmp_path / "f.svg"
    cities = ["澜屿市", "璇江市", "和槐市"]
    assert main(["figure", sample, name, "--output", str(output), "--groups", *cities]) == 0
    svg = output.read_text(encoding="utf-8")
    assert all(f">{city}</text>" in svg for city in cities) and "钧陵市" not in svg
    given = ["figure", sample, name, "--output", str(output), "--groups", "澜屿"]
    assert main([*given, "璇江市"]) == 1


def test_the_network_chooses_its_threshold_and_prints_it(sample: str, tmp_path: Path, capsys):
    output = tmp_path / "f.svg"
    assert main(["figure", sample, "cooccurrence_network", "--output", str(output)]) == 0
    said = output.read_text(encoding="utf-8")
    limit, count = re.search(r"NPMI ≥ (\d\.\d\d)：(\d+) 对", said).groups()
    capsys.readouterr()
    assert main(["query", sample, "cooccurrence", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    codes = {row[key] for row in rows for key in ("code", "code_b")}
    strong = [row for row in rows if row["n11"] >= 2 and row["npmi"] >= float(limit)]
    assert len(strong) == int(count) <= 1.5 * len(codes)
    # One hundredth less and there are too many.
    lower = [row for row in rows if row["n11"] >= 2 and row["npmi"] >= float(limit) - 0.01]
    assert float(limit) == 0 or len(lower) > 1.5 * len(codes) - 1
