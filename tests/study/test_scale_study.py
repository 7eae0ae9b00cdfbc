"""Scales from the codebook to the answer: by rules, by people, in a project opened anew."""

from pathlib import Path

import pytest

from tests.codebook.test_scales import SCALES
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import QueryError
from wenma.queries.table import query
from wenma.study.study import Study

BOOK = SCALES.replace(
    "name: {zh: 法律}, score: 3", "name: {zh: 法律}, score: 3, rules: [{id: own, terms: [本条例]}]"
).replace(
    "name: {zh: 通知}, score: 1", "name: {zh: 通知}, score: 1, rules: [{id: own, terms: [本通知]}]"
)
TEXTS = {
    "条例_2020.txt": (
        "一、总则\n本条例自公布之日起施行。\n到2025年建成十处避难场所。\n鼓励社会参与。"
    ),
    "通知_2021.txt": "一、任务\n本通知自印发之日起执行。\n加强防汛工作。\n必须落实责任。",
}


@pytest.fixture
def judged(tmp_path: Path):
    """Two documents scored by rules on force, by two people on aim and means."""
    folder = tmp_path / "文件"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    both = {
        "建成十处": "text/aim/exact", "加强防汛": "text/aim/vague", "必须落实": "text/means/hard",
    }  # fmt: skip
    given = {
        "甲": both | {"鼓励": "text/means/soft"},
        "乙": both | {"鼓励": "text/means/hard"},
    }
    with Study.create(tmp_path / "s.db", codebook=parse_codebook(BOOK)) as study:
        study.code(folder)
        for person, codes in given.items():
            with study.session(person) as session:
                for id in study.document_ids():
                    text = study.project.document(id).text
                    for words, code in codes.items():
                        if (at := text.find(words)) >= 0:
                            start = text.rfind("\n", 0, at) + 1
                            session.code(id, start, text.find("。", at) + 1, code)
    with Study.open(tmp_path / "s.db") as study:
        yield study


def test_rules_and_people_together_give_the_product(judged):
    rules = "rules:strength@1.0"
    table = judged.ask("scores", coder=[rules, "甲"], by="document", view="products")
    totals = dict(zip(table.frame["group"], table.frame["total"], strict=True))
    # 3 × (2.5 + 1) and 1 × (1 + 3).
    assert {name[:2]: total for name, total in totals.items()} == {"条例": 10.5, "通知": 4}
    assert any("政策效力 = 力度 × (目标 + 措施)" in note.zh for note in table.notes)
    alone = judged.ask("scores", view="products")
    # Rules alone scored no aim; of means, absent counts 0.
    assert alone.frame["scored_documents"].item() == 0
    assert alone.basis["coders"] == rules


def test_two_people_agree_on_the_points(judged):
    table = judged.ask("scale_agreement", coders=["甲", "乙"])
    frame = table.frame.set_index("code")
    assert frame.loc["text/aim", ["compared", "ordinal_alpha"]].tolist() == [2, 1]
    assert frame.loc["text/means", ["compared", "agreed"]].tolist() == [2, 50]
    assert frame.loc["force", "compared"] == 0
    assert set(frame["verdict"]) == {"few", "undefined"}


def test_an_answer_is_printed_in_both_languages(judged, tmp_path: Path):
    for view in ("scales", "points", "products"):
        answer = judged.ask("scores", by="document", view=view)
        for language, said in (("zh", "文件"), ("en", "documents")):
            for ending in ("md", "docx", "tex", "xlsx", "csv", "json"):
                file = answer.save(tmp_path / f"{view}.{ending}", language=language)
                assert file.stat().st_size
            assert said in answer.save(tmp_path / "a.md", language=language).read_text("utf-8")


def test_rows_lead_to_the_sentences_they_count(judged):
    table = judged.ask("scores", coder="甲", view="points")
    row = [*table.frame["code"]].index("text/means/hard")
    found = judged.ask("excerpts", coder="甲", **table.drill_through(row))
    assert len(found.frame) == table.frame["scored_units"][row] == 1


def test_a_figure_of_the_means_with_n(judged, tmp_path: Path):
    figure = judged.figure("score_lines", by="document", coder=["rules:strength@1.0", "甲"])
    figure.save(tmp_path / "f.svg")
    svg = (tmp_path / "f.svg").read_text(encoding="utf-8")
    assert "力度" in svg and "n=1" in svg


def test_a_study_without_scales_is_told_where_to_get_them(tmp_path: Path):
    plain = parse_codebook(BOOK[: BOOK.index("products:")] + BOOK[BOOK.index("codes:\n") :])
    assert plain.scales
    none = parse_codebook(
        'codebook: n\nversion: "1"\nname: {zh: 无}\ncodes:\n  - {id: a, name: {zh: 甲}}\n'
    )
    with (
        Study.create(tmp_path / "n.db", codebook=none) as study,
        pytest.raises(QueryError, match=r"policy_strength\.yaml"),
    ):
        study.ask("scores")
    assert query("scores").options[0].choices == ("scales", "points", "products")
