"""Every page, in both languages, on the sample corpus."""

import pytest

from tests.app.conftest import coded_with, tree_of
from wenma.app import screens
from wenma.app.main import PAGES
from wenma.app.messages import MESSAGES
from wenma.publish.artefacts import ARTEFACTS, ArtefactTable
from wenma.study.study import Study


def asked(name, study, **options):
    return study.ask(name, **options).frame


def named(study):
    """Path → name of each code, in the order of the codebook."""
    frame = study.dataset().codes
    return dict(zip(frame["code"], frame["zh"], strict=True))


def test_every_file_of_the_pages_is_a_page():
    from pathlib import Path

    files = {path.stem for path in Path(screens.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(PAGES)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(opened, page, language):
    app = opened(page, language=language)
    assert not app.exception
    assert [one.value for one in app.header] == [getattr(MESSAGES[page], language)]


def test_the_four_figures_are_those_of_the_sample(opened, study):
    shown = [one.value for one in opened().metric]
    data = study.dataset()
    codings = data.details()
    body = codings[codings["kind"] != "heading"]
    table = asked("documents", study)
    everywhere = data.everywhere
    subjects = body[~body["code"].isin(everywhere)]
    units = subjects.groupby("document")["unit"].nunique().sum() / table["units"].sum()
    assert shown == [
        f"{len(table)}",
        f"{table['countable'].sum():,}",
        f"{len(body):,}",
        f"{units:.1%}",
    ]


def test_the_table_of_frequencies_is_the_querys(opened, study):
    shown = opened("frequencies", by="plan").dataframe[0].value
    expected = asked("frequency", study, by="plan")
    assert list(shown["references"]) == list(expected["references"])
    assert list(shown["group"]) == list(expected["group"])
    names = named(study)
    assert list(shown["code"]) == [names[path] for path in expected["code"]]


def test_cooccurrence_of_one_city_is_that_citys(opened, study):
    city = study.documents()["city"].iloc[0]
    shown = opened("cooccurrence", where=f"city={city}").dataframe[0].value
    every = asked("cooccurrence", study, by="city")
    assert list(shown["n11"]) == list(every[every["group"] == city]["n11"])


def test_the_framework_shows_two_cities_beside_each_other(opened, study):
    left, right = (table.value for table in opened("framework").dataframe)
    every = asked("matrix", study, by="city")
    first, second = every["group"].unique()[:2]
    assert list(left["units"]) == list(every[every["group"] == first]["units"])
    assert list(right["units"]) == list(every[every["group"] == second]["units"])


def test_all_documents_can_be_chosen_beside_a_city(opened, study):
    left = opened("framework", left="all").dataframe[0].value
    assert list(left["units"]) == list(asked("matrix", study)["units"])


def references(study):
    table = asked("frequency", study)
    return dict(zip(table["code"], table["references"], strict=True))


def test_the_codebook_tells_how_often_each_rule_fired(opened, study):
    book = study.codebook()
    code = next(one for one in book.codes if one.path == "stage/absorb")
    app = opened("codebook", code=code.path)
    (rules,) = (table.value for table in app.dataframe if "fired" in table.value)
    codings = study.dataset().details()
    body = codings[codings["kind"] != "heading"]
    mine = body[body["code"] == code.path]["rule"]
    expected = [sum(rule.id in one.split("; ") for one in mine) for rule in code.rules]
    assert list(rules["fired"]) == expected
    rows = tree_of(app)["rows"]
    assert [row["path"] for row in rows] == [*named(study)]
    assert {row["path"]: row["references"] for row in rows} == references(study)


def test_the_documents_page_has_a_row_for_each_document(opened, study):
    shown = opened("documents").dataframe[0].value
    assert list(shown["title"]) == list(study.documents()["title"])
    assert list(shown["han"]) == list(study.documents()["han"])


def test_without_a_project_the_sample_corpus_is_coded_and_said_to_be_one(
    opened, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    from wenma.app import project_file

    project_file.sample.clear()
    app = opened(project=None)
    project_file.sample.clear()
    assert app.metric[0].value == "7"
    assert any("wenma app" in one.value for one in app.caption)
    assert list(tmp_path.rglob("sample-*.db"))


def test_a_project_that_cannot_be_opened_is_a_sentence_not_a_traceback(opened, tmp_path):
    strange = tmp_path / "notes.db"
    strange.write_text("这不是项目")
    said = {
        "en": f"{strange}: is not a wenma project. Name another file; this one is left as it is.",
        "zh": f"{strange}：不是 wenma 项目，未作任何改动。请另选文件。",
    }
    for language, line in said.items():
        app = opened(project=strange, language=language)
        assert not app.exception
        assert [one.value for one in app.text] == [line]
    assert strange.read_text() == "这不是项目"


def test_a_project_without_codings_says_what_to_do(opened, tmp_path):
    empty = tmp_path / "empty.db"
    Study.create(empty).close()
    app = opened(project=empty)
    assert not app.exception
    assert "wenma code" in app.text[0].value


def test_a_codebook_that_found_nothing_says_so_on_every_page(opened, tmp_path):
    (tmp_path / "甲.txt").write_text("一、任务\n加强预警。\n", encoding="utf-8")
    book = tmp_path / "small.yaml"
    book.write_text(
        'codebook: small\nversion: "1"\nname: {zh: 小, en: Small}\ncodes:\n'
        "  - {id: rare, name: {zh: 罕见, en: Rare}, rules: [{id: r, terms: [火星]}]}\n",
        encoding="utf-8",
    )
    file = coded_with(book, tmp_path / "甲.txt", tmp_path / "small.db")
    for page in PAGES:
        app = opened(page, project=file)
        assert not app.exception, page
        assert not app.text or "error" not in app.text[0].value


MARKUP = ("markdown", "caption", "header", "subheader", "title", "metric", "alert", "html")


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_a_study_goes_where_streamlit_reads_markup(opened, attack, page):
    app = opened(page, project=attack, excerpts='{"code": "stage"}')
    assert not app.exception
    drawn = [node for kind in MARKUP for node in app.get(kind)]
    drawn += [*app.button, *app.selectbox, *app.multiselect, *app.segmented_control]
    said = [
        text
        for node in drawn
        for text in (
            getattr(node, "label", ""),
            node.proto.__str__() if node.type in MARKUP else "",
        )
    ]
    assert said
    assert not [text for text in said if "alert" in text or "203.0.113" in text]


def test_app_py_is_the_same_app(sample, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from tests.conftest import ROOT

    monkeypatch.setenv("WENMA_PROJECT", str(sample))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=900).run()
    assert not app.exception
    assert app.header[0].value == "总览"


def test_codes_can_be_together_in_a_wider_window(opened, study):
    shown = opened("cooccurrence", window="paragraph").dataframe[0].value
    expected = asked("cooccurrence", study, window="paragraph")
    assert list(shown["n11"]) == list(expected["n11"])
    assert list(shown["n11"]) != list(asked("cooccurrence", study)["n11"])


def test_search_shows_words_in_their_lines_and_counts_them_by_city(opened, study):
    app = opened("search", pattern="应急")
    assert not app.exception
    lines, cities = (one.value for one in app.dataframe)
    assert set(lines["hit"]) == {"应急"}
    assert cities["lines"].sum() == len(lines) > len(study.document_ids())
    filtered = opened("search", pattern="应急", **{"in": "stage/absorb"}).dataframe[0].value
    assert 0 < len(filtered) < len(lines)


def test_search_says_what_to_do_and_what_is_no_pattern(opened):
    assert "写下要找的词" in opened("search").info[0].value
    app = opened("search", pattern="(应急", regex="yes")
    assert not app.exception and not app.dataframe
    assert opened("search", pattern="没有这个词").dataframe[0].value.empty


def test_the_cities_page_shows_the_pairs_and_one_citys_words(opened, study):
    app = opened("cities", own=study.documents()["city"].iloc[0])
    shown = app.dataframe[0].value
    expected = asked("cities", study, of=["stage"])
    assert list(shown["similarity"]) == list(expected["similarity"])
    words = asked("keyness", study, by="city", group=study.documents()["city"].iloc[0])
    assert list(app.dataframe[1].value["word"]) == list(words["word"])


def test_one_city_alone_is_told_that_nothing_can_be_compared(opened, study):
    app = opened("cities", city=study.documents()["city"].iloc[0])
    assert not app.exception
    assert any("比较至少需要两组" in one.value for one in app.info)


def test_the_framework_is_judged_where_the_codebook_has_stances(opened, study):
    left = opened("framework", left="all").dataframe[0].value
    every = asked("assessment", study)
    for column in ("achievement", "commitment", "deficit", "units"):
        assert list(left[column]) == list(every[column])
    counted = opened("framework", left="all", shows="counts").dataframe[0].value
    assert list(counted["percent"]) == list(asked("matrix", study)["percent"])


@pytest.mark.parametrize("artefact", [one.id for one in ARTEFACTS])
def test_every_artefact_is_exported_or_says_why_not(opened, artefact):
    app = opened("export", artefact=artefact)
    assert not app.exception
    chosen = next(one for one in ARTEFACTS if one.id == artefact)
    if any(why.value.startswith("空缺") for why in app.info):
        assert chosen.needs
    else:
        names = [one.proto.label for one in app.get("download_button")]
        assert names[:3] == ["报告（网页）", "报告（Word）", "可复现包"]
        # Nobody has judged a drawn sample of this study.
        tables = [
            part for part in chosen.parts if isinstance(part, ArtefactTable) and not part.judged
        ]
        if artefact == "A11":  # asks for codes of dilemmas, and says so in its place
            tables = []
        assert names.count("docx") == len(tables)
        assert names.count("svg") == sum(len(part.charts) for part in tables)
