"""上海 and 上海市 are one place in every question; the State and provinces are asked for."""

from pathlib import Path

import pytest

from wenma.shipped import shipped
from wenma.store.attribute_edits import Case
from wenma.study.study import Study

BOOK = shipped("codebooks") / "resilience.yaml"


def study_of(folder: Path, *cities: str) -> Study:
    rows = [f"{n}.txt,题{n},{city},2021" for n, city in enumerate(cities)]
    for n in range(len(cities)):
        text = f"一、任务\n加强灾害监测预警。提升第{n}类抗灾能力。完善应急救援体系。"
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    manifest = "\n".join(["path,title,city,year", *rows, ""])
    (folder / "manifest.csv").write_text(manifest, encoding="utf-8")
    study = Study.create(":memory:", codebook=BOOK)
    study.add(folder)
    study.code()
    return study


def groups(study: Study, name: str = "frequency", **options: object) -> set[str]:
    return set(study.ask(name, by="city", **options).frame["group"])


def test_two_spellings_of_a_city_are_one_group_as_most_documents_spell_it(tmp_path):
    with study_of(tmp_path, "上海市", "上 海", "上海\u200b市", "甲市", "甲") as study:
        assert groups(study) == {"上海市", "甲市", "甲"}
        assert groups(study, where={"city": "上海"}) == {"上海市"}
        assert study.ask("documents").frame["city"].tolist()[:3] == ["上海市"] * 3
        shanghai = study.ask("frequency", where={"city": "上海"}).frame["references"].sum()
        apart = [study.ask("frequency", where={"document": f"{n}.txt"}) for n in range(3)]
        assert shanghai == sum(one.frame["references"].sum() for one in apart) > 0
        assert set(study.ask("excerpts", by="city").frame["city"]) == {"上海市", "甲市", "甲"}


def test_what_was_typed_stays_and_counts_again(tmp_path):
    with study_of(tmp_path, "上海市", "上海", "上海市") as study:
        with study.session("林一") as session:
            session.correct("0.txt", "city", "上海")
        assert groups(study) == {"上海"}
        history = study.history_lines()
        assert '"value": "上海市"' in history or '"value":"上海市"' in history
        assert study.document("2.txt").city == "上海市"


def test_a_passage_of_another_spelling_is_the_same_city(tmp_path):
    with study_of(tmp_path, "上海市", "上海市", "广州") as study:
        with study.session("林一") as session:
            session.keep_cases([_found("2.txt", 0, 14, "上海")], origin="名称")
        assert groups(study) == {"上海市", "广州"}


def test_a_rule_finds_no_passage_of_the_city_itself_by_another_name(tmp_path):
    with study_of(tmp_path, "上海市", "广州") as study:
        (tmp_path / "9.txt").write_text("一、任务\n上海加强预警。广州加强预警。", encoding="utf-8")
        study.add(tmp_path / "9.txt")
        with study.session("林一") as session:
            session.correct("9.txt", "city", "上海市")
        found = study.find_cases("city", names=["上海", "广州"], documents=["9.txt"])
        assert [one.value for one in found] == ["广州"]


def _found(document: str, start: int, end: int, value: str) -> Case:
    return Case(document, start, end, "city", value)


def test_a_manifest_with_stray_spaces_has_one_city(shared, tmp_path):
    with Study.create(":memory:", codebook=BOOK) as study:
        study.add(shared / "made" / "manifest" / "city_spaces")
        study.code()
        assert set(study.documents()["city"]) == {"甲市"}


def test_cities_are_compared_without_the_state_and_provinces_unless_asked(tmp_path):
    with study_of(tmp_path, "国家", "广东省", "广州", "深圳市", "上海", "甲市") as study:
        table = study.ask("cities", view="profile")
        assert set(table.frame["group"]) == {"广州", "深圳市", "上海", "甲市"}
        assert table.basis["no_cities"] == "国家, 广东省"
        assert any("国家 and 广东省" in note or "国家, 广东省" in note for note in table.notes)
        every = study.ask("cities", view="profile", provinces=True)
        assert {"国家", "广东省"} < set(every.frame["group"]) and "no_cities" not in every.basis
        named = study.ask("cities", view="profile", where={"city": ["国家", "上海"]})
        assert set(named.frame["group"]) == {"国家", "上海"}
        by_document = study.ask("cities", view="profile", by="document")
        assert len(set(by_document.frame["group"])) == 6


def test_attention_by_city_is_of_cities_too(tmp_path):
    with study_of(tmp_path, "国家", "广东", "广州", "深圳市") as study:
        table = study.ask("attention")
        assert set(table.frame["group"]) == {"广州", "深圳市"}
        assert table.basis["no_cities"] == "国家, 广东"
        assert len(set(study.ask("attention", provinces=True).frame["group"])) == 4
        assert len(set(study.ask("attention", by=["city", "year"]).frame["group"])) == 4


def test_where_there_are_provinces_alone_they_are_compared(tmp_path):
    with study_of(tmp_path, "浙江", "广东省") as study:
        assert set(study.ask("cities", view="profile").frame["group"]) == {"浙江", "广东省"}


def test_a_list_of_cities_knows_its_cities_by_any_name(tmp_path):
    with study_of(tmp_path, "上海", "北 京 市", "苏州") as study:
        table = study.ask("cities", view="profile", list="seven 2020")
        assert len(set(table.frame["group"])) == 2


@pytest.mark.parametrize("city", ["上海", "上海市", "上 海 市", "上海\u200b"])
def test_a_city_is_asked_for_by_any_of_its_names(tmp_path, city):
    with study_of(tmp_path, "上海市", "广州") as study:
        assert groups(study, where={"city": city}) == {"上海市"}
