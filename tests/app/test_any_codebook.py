"""Any codebook is shown on every page, a flat one too; of several the one that is chosen."""

from pathlib import Path

import pytest

from tests.app.conftest import coded_with, drawn_by_us
from wenma.app.main import PAGES
from wenma.shipped import shipped
from wenma.study.study import Study

FLAT = """codebook: flat
version: "1"
name: {zh: 三码, en: Three codes}
codes:
  - {id: warn, name: {zh: 预警, en: Warning}, rules: [{id: t, terms: [预警]}]}
  - {id: drill, name: {zh: 演练, en: Drill}, rules: [{id: t, terms: [演练]}]}
  - {id: funds, name: {zh: 资金, en: Funds}, rules: [{id: t, terms: [资金]}]}
"""


@pytest.fixture(scope="module")
def coded_by(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample corpus coded by each of three codebooks, and by two of them."""
    folder = tmp_path_factory.mktemp("books")
    flat = folder / "flat.yaml"
    flat.write_text(FLAT, encoding="utf-8")
    found = {
        name: coded_with(book, shipped("corpus"), folder / f"{name}.db")
        for name, book in (("instruments", "policy_instruments"), ("hazards", "hazards"),
                           ("flat", flat))
    }  # fmt: skip
    found["two"] = coded_with("resilience", shipped("corpus"), folder / "two.db")
    with Study.open(found["two"]) as study:
        study.code(codebook=flat)
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["instruments", "hazards", "flat", "two"])
def test_every_page_draws_or_says_what_to_choose(opened, coded_by, name, page):
    app = opened(page, project=coded_by[name], person="林一")
    assert not app.exception
    assert not [one.value for one in app.text if "error" in one.value.lower()]
    if page in ("overview", "frequencies", "framework", "documents"):
        assert len(app.dataframe[0].value)


def test_a_flat_codebook_is_crossed_with_an_attribute(opened, coded_by):
    (table,) = opened("framework", project=coded_by["flat"]).dataframe
    with Study.open(coded_by["flat"]) as study:
        expected = study.ask("matrix", rows="level:1", columns="city").frame
    assert list(table.value["units"]) == list(expected["units"])


def test_the_units_of_a_task_are_coded_with_a_flat_codebook(opened, coded_by):
    with Study.open(coded_by["flat"]) as study:
        study.assign("试", ["林一", "周二"], units=2)
    app = opened("tasks", project=coded_by["flat"], person="林一")
    (codes,) = [one for one in app.multiselect if one.label == "编码"]
    assert codes.options == ["预警", "演练", "资金"]
    codes.set_value(["drill"])
    app = app.run()
    next(one for one in app.button if one.label == "保存，下一处").click()
    assert not app.run().exception
    with Study.open(coded_by["flat"]) as study:
        every = [one.code for id in study.document_ids() for one in study.codings(id, coder="林一")]
    assert every == ["drill"]


def test_of_two_codebooks_the_one_chosen_is_asked_and_its_coder_stands_in_the_head(
    opened, coded_by
):
    app = opened("overview", project=coded_by["two"], codebook="resilience")
    assert "rules:resilience@" in drawn_by_us(app, "study")
    other = next(one for one in app.selectbox if one.label == "用哪个编码本")
    app = other.set_value("flat").run()
    assert "rules:flat@1" in drawn_by_us(app, "study")


def test_an_artefact_is_asked_of_the_codebook_that_can_fill_it(opened, coded_by):
    app = opened("export", project=coded_by["two"], codebook="flat", artefact="A10")
    assert not app.exception and not app.info
    assert "rules:resilience@" in drawn_by_us(app)
