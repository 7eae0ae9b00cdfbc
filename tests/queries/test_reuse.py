"""Text reuse on sentences made so that what is shared can be counted by eye."""

import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.reuse import reuse
from wenma.queries.table import query
from wenma.study.question import put

SIGNS = "".join(map(chr, range(0x4E00, 0x9000)))


def own(at, size=30):
    """Characters that stand nowhere else."""
    return SIGNS[at * 100 : at * 100 + size]


SHARED, SECOND = own(1), own(2, 24)
DOCUMENTS = {
    "国": [
        (0, "一、要求"),
        (0, SHARED + "。"),
        (0, SECOND[:12] + "，2025：" + SECOND[12:] + "到年"),
    ],
    "省": [(0, "一、要求"), (0, own(3)), (1, "二、任务"), (1, SHARED[:25] + "，" + own(4))],
    "市": [(0, "一、任务"), (0, "2030 " + SHARED), (0, SECOND), (0, own(5, 10))],
}
FACTS = {"国": (2021, "国家", "北"), "省": (2022, "省", "北"), "市": (2023, "市", "南")}


def made(documents, facts):
    rows = []
    for name, units in documents.items():
        at = 0
        for number, (section, text) in enumerate(units):
            kind = "heading" if text[1:2] == "、" else "body"
            rows.append(
                {"document": name, "unit": number, "kind": kind, "section": section,
                 "paragraph": number, "role": "other", "start": at, "end": at + len(text),
                 "text": text}
            )  # fmt: skip
            at += len(text) + 1
    units = pd.DataFrame(rows)
    bodies = units[units["kind"] == "body"]
    known = pd.DataFrame(
        [
            {"document": name, "year": year, "level": level, "city": city,
             "units": int((bodies["document"] == name).sum()), "headings": 1,
             "characters": int(bodies.loc[bodies["document"] == name, "text"].str.len().sum())}
            for name, (year, level, city) in facts.items()
        ]
    )  # fmt: skip
    codes = pd.DataFrame({"code": ["stage"], "parent": "", "level": 1, "dimension": "stage"})
    codings = bodies.assign(code="stage", coder="规则")
    return dataset(codings, documents=known, units=units, codes=codes)


@pytest.fixture
def study():
    return made(DOCUMENTS, FACTS)


def rows(table, *columns):
    return list(table.frame[[*columns]].itertuples(index=False, name=None))


def test_a_pair_stands_once_with_the_later_document_first(study):
    table = reuse(study)
    assert rows(table, "document", "other", "reused", "passages", "longest") == [
        ("市", "国", 54, 1, 54),
        ("市", "省", 25, 1, 25),
        ("省", "国", 25, 1, 25),
    ]


def test_shares_are_of_the_han_characters_of_each(study):
    first = reuse(study).frame.iloc[0]
    assert first["reused_share"] == pytest.approx(100 * 54 / (30 + 24 + 10))
    assert first["reused_other"] == pytest.approx(100 * 54 / (30 + 24 + 2))


def test_signs_and_figures_between_the_same_characters_do_not_part_a_passage():
    texts = {"甲": [(0, own(1))], "乙": [(0, own(1)[:9] + "，2025（" + own(1)[9:])]}
    table = reuse(made(texts, {"甲": (2020, "市", "东"), "乙": (2021, "市", "东")}))
    assert rows(table, "document", "other", "reused", "longest") == [("乙", "甲", 30, 30)]


def test_a_passage_has_its_places_in_both_texts(study):
    table = reuse(study, rows="passage")
    units = study.units.groupby("document")
    texts = {name: "\n".join(some["text"]) for name, some in units}
    assert len(table.frame) == 3
    for row in table.frame.itertuples():
        here = texts[row.document][row.start : row.end]
        there = texts[row.other][row.other_start : row.other_end]
        assert here.replace("\n", "") == row.excerpt
        han = ["".join(sign for sign in text if sign in SIGNS) for text in (here, there)]
        assert han[0] == han[1] and len(han[0]) == row.han
    assert rows(table, "document", "section", "other_section") == [
        ("市", "一、任务", "一、要求"),
        ("省", "二、任务", "一、要求"),
        ("市", "一、任务", "二、任务"),
    ]


def test_each_section_says_how_much_it_has_from_the_level_above(study):
    table = reuse(study, rows="section", taken_from="above")
    assert rows(table, "document", "section", "han", "reused", "other", "from_other") == [
        ("国", "一、要求", 56, 0, "", 0),
        ("省", "一、要求", 30, 0, "", 0),
        ("省", "二、任务", 55, 25, "国", 25),
        ("市", "一、任务", 64, 54, "国", 54),
    ]


def test_a_document_of_a_later_year_is_no_source_though_it_stands_above():
    later = made(DOCUMENTS, FACTS | {"国": (2026, "国家", "北"), "省": (None, "省", "北")})
    table = reuse(later, taken_from="above")
    assert rows(table, "document", "other") == [("市", "省"), ("省", "国")]


def test_earlier_is_by_the_year_and_those_without_one_are_told(study):
    dateless = made(DOCUMENTS, FACTS | {"省": (None, "省", "北")})
    table = reuse(dateless, taken_from="earlier")
    assert rows(table, "document", "other") == [("市", "国")]
    assert any("1 documents do not state their year" in note for note in table.notes)
    levelless = made(DOCUMENTS, FACTS | {"市": (2023, "", "南")})
    assert rows(reuse(levelless, taken_from="above"), "document", "other") == [("省", "国")]
    assert len(reuse(dateless).frame) == 3


def test_shorter_passages_count_when_asked_for_and_not_else(study):
    assert len(reuse(study, least=26).frame) == 1
    assert reuse(study, least="56").frame.empty
    for wrong in ("many", 1, "0"):
        with pytest.raises(QueryError, match="least"):
            reuse(study, least=wrong)


def test_headings_are_compared_when_they_are_counted(study):
    assert reuse(study, headings=True, least=2).frame["reused"].sum() > (
        reuse(study, least=2).frame["reused"].sum()
    )


def test_one_document_beside_the_others_and_an_unknown_one(study):
    assert len(reuse(study, document="省").frame) == 2
    assert {*reuse(study, rows="section", document="省").frame["document"]} == {"省"}
    with pytest.raises(QueryError, match="no document"):
        reuse(study, document="县")
    with pytest.raises(QueryError, match="rows cannot be"):
        reuse(study, rows="pairs")


def test_wording_of_a_fifth_of_the_documents_is_counted_apart_and_left_out_when_asked():
    phrase, quoted = own(1, 20), own(2, 40)
    texts = {f"文{n}": [(0, own(10 + n)), (0, phrase)] for n in range(8)}
    texts["文6"].append((0, quoted))
    texts["文7"].append((0, quoted))
    study = made(texts, {name: (2020 + n, "市", "东") for n, name in enumerate(texts)})
    first = reuse(study).frame.iloc[0]
    assert (first["document"], first["other"]) == ("文7", "文6")
    # 20 of the phrase and 40 of what only two have; side by side they are one passage of 60.
    assert (first["reused"], first["common_wording"], first["passages"]) == (60, 0, 1)
    rest = reuse(study).frame.iloc[1:]
    assert len(rest) == 27 and (rest["common_wording"] == rest["reused"]).all()
    only = reuse(study, common=False)
    assert rows(only, "document", "other", "reused") == [("文7", "文6", 60)]
    assert only.basis["common_wording"] == "left out"


def test_more_rows_than_asked_for_are_told(study):
    table = reuse(study, limit=1)
    assert rows(table, "document", "other") == [("市", "国")]
    assert any("1 of 3 rows" in note for note in table.notes)
    assert len(reuse(study, limit=0).frame) == 3


def test_without_copied_leaves_out_units_that_stand_in_an_earlier_document(study):
    table = put(study, query("documents"), without_copied=True)
    assert table.basis["without_copied"] == "2"
    left = table.frame.set_index("document")
    assert left["references"].to_dict() == {"国": 2, "省": 2, "市": 1}
    assert left["units"].to_dict() == {"国": 2, "省": 2, "市": 1}


def test_what_was_copied_is_known_though_the_source_is_not_asked(study):
    table = put(study, query("documents"), where={"city": "南"}, without_copied=True)
    assert table.frame["references"].tolist() == [1]
    assert table.basis["without_copied"] == "2"


def test_a_document_without_a_year_is_later_than_all_that_have_one():
    texts = {"无年": [(0, own(1))], "有年": [(0, own(1))]}
    study = made(texts, {"无年": (None, "市", "东"), "有年": (2021, "市", "东")})
    left = put(study, query("documents"), without_copied=True).frame.set_index("document")
    assert left["references"].to_dict() == {"无年": 0, "有年": 1}
