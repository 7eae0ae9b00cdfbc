"""One question gives one answer, whoever asks it; an answer saves and shows itself."""

import json
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.errors import UsageError
from wenma.queries.table import queries

NEEDED = {
    "kwic": {"pattern": "救援"},
    "collocates": {"word": "救援", "min_count": 1},
    "words": {"min_count": 1},
    "keyness": {"min_count": 1},
    "matrix": {"rows": ["city"], "columns": ["stage"]},
    "agreement": {"coders": ["林一", "rules:small@1"], "resamples": 20},
    "overall_agreement": {"coders": ["林一", "rules:small@1"]},
    "confusion_matrix": {"coders": ["林一", "rules:small@1"]},
    "nvivo_comparison": {"coders": ["林一", "rules:small@1"]},
    "disagreement_list": {"coders": ["林一", "rules:small@1"]},
}
"""What a question cannot do without in a study of six lines."""
REFUSED = {
    "pmc", "scores", "scale_agreement", "stance_shift", "shift_pairs", "alignment", "assessment",
    "attention", "matrix", "audit", "estimates", "differences",
}  # fmt: skip
"""What may be refused (codes it wants are not there, a city stands in the rows already): then in
both ways, with the same words."""


def typed(options: dict[str, object]) -> list[str]:
    found: list[str] = []
    for name, value in options.items():
        values = value if isinstance(value, list) else [value]
        found += [f"--{name.replace('_', '-')}", *map(str, values)]
    return found


@pytest.mark.parametrize("name", [one.name for one in queries()])
@pytest.mark.parametrize("by", [None, "city"])
def test_the_command_line_gives_the_answer_of_the_study(decided, name, by, tmp_path, capsys):
    if "postgresql" in decided.name:
        pytest.skip("one kind of project is enough here")
    options = NEEDED.get(name, {}) | ({"by": by} if by else {})
    capsys.readouterr()
    ended = main(["query", decided.name, name, *typed(options), "--format", "json"])
    said = capsys.readouterr()
    if ended:
        assert name in REFUSED, said.err
        with pytest.raises(Exception) as error:
            decided.ask(name, **options)
        assert str(error.value).partition(":")[0] in said.err
        return
    decided.ask(name, **options).save(tmp_path / "表.json")
    assert json.loads(said.out) == json.loads((tmp_path / "表.json").read_text(encoding="utf-8"))


def test_filters_and_coder_stand_in_the_basis_in_both_ways(decided, tmp_path, capsys):
    if "postgresql" in decided.name:
        pytest.skip("one kind of project is enough here")
    given = ["--where", "city=云州", "--where", "year=2021", "--coder", "reviewed"]
    assert main(["query", decided.name, "frequency", *given, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    table = decided.where(city="云州", year=2021).ask("frequency", coder="reviewed")
    table.save(tmp_path / "表.json")
    assert told == json.loads((tmp_path / "表.json").read_text(encoding="utf-8"))
    assert table.basis["where"] == "city=云州; year=2021" and table.basis["coder"] == "reviewed"


@pytest.mark.parametrize("ending", ["md", "csv", "xlsx", "json", "docx", "tex"])
def test_an_answer_saves_itself_with_its_codes_named(decided, tmp_path: Path, ending):
    file = decided.ask("frequency").save(tmp_path / f"表.{ending}")
    content = file.read_bytes()
    if ending in ("md", "csv", "tex"):
        assert "抵御" in content.decode("utf-8-sig")
    elif ending == "json":
        assert json.loads(content)
    else:
        assert content.startswith(b"PK")


def test_another_ending_is_refused_and_nothing_written(decided, tmp_path: Path):
    with pytest.raises(UsageError) as error:
        decided.ask("frequency").save(tmp_path / "表.odt")
    assert error.value.said("zh") != error.value.said("en")
    assert list(tmp_path.glob("表*")) == []


def test_an_answer_shows_itself_in_a_notebook(decided):
    table = decided.ask("frequency", by="city")
    page, text = table._repr_html_(), table._repr_markdown_()
    for shown in (page, text):
        assert "抵御" in shown and "云州" in shown
    assert "<table" in page and "<script" not in page


def test_a_report_says_what_nothing_could_fill_and_asks_whom_it_is_told(decided, tmp_path: Path):
    missing = decided.report(tmp_path / "报告.html", coder="reviewed")
    page = (tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "A15" in missing and "reviewed" in page
    references = decided.ask("frequency", coder="reviewed").frame.set_index("code")["references"]
    assert references["stage/absorb"] == 4
    with pytest.raises(UsageError):
        decided.report(tmp_path / "报告.pdf")


def test_a_figure_and_a_network_are_of_the_coder_asked(decided, tmp_path: Path):
    figure = decided.figure("attention_heatmap", coder="reviewed", by="city")
    figure.save(tmp_path / "图.svg")
    assert "云州" in (tmp_path / "图.svg").read_text(encoding="utf-8")
    told = decided.export(tmp_path / "网.graphml", coder="reviewed")
    assert told["codes"] == 2 and (tmp_path / "网.graphml").stat().st_size > 0
    with pytest.raises(UsageError) as error:
        decided.export(tmp_path / "网.docx")
    assert "可用" in error.value.said("zh")
