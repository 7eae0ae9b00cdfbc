"""A passage may belong to another city than its document: it is counted there."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wenma.language.words import cut
from wenma.queries.agreement import agreement
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.coverage import coverage
from wenma.queries.dataset import Dataset, dataset
from wenma.queries.documents import documents
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.kwic import kwic
from wenma.queries.matrix import matrix
from wenma.queries.periods import periods
from wenma.queries.split_cases import CaseSpan, split_cases
from wenma.queries.words import words
from wenma.records import han

SPANS = [CaseSpan("甲", 20, 40, "city", "深圳"), CaseSpan("甲", 40, 50, "year", "2026")]
"""Units 2 and 3 of 甲 are 深圳's; unit 4 is of another year."""
SENTENCES = {
    "甲": ["成都建设预警。", "成都，监测。", "深圳建设应急。", "深圳预警，演练。", "成都应急。"],
    "乙": ["深圳建设物资。"],
}
ABOUT = {
    "成都": ["成都建设预警。", "成都，监测。", "成都应急。"],
    "深圳": ["深圳建设应急。", "深圳预警，演练。", "深圳建设物资。"],
}
UNITS = pd.DataFrame(
    [
        {"document": name, "unit": unit, "kind": "body", "section": 0, "paragraph": unit,
         "start": 10 * unit, "end": 10 * unit + len(text), "text": text}
        for name, texts in SENTENCES.items()
        for unit, text in enumerate(texts)
    ]
)  # fmt: skip
CODES = pd.DataFrame({"code": ["环节", "环节/抵御", "环节/吸收"]})
PUT = [
    ("甲", 0, "抵御", "李"),
    ("甲", 0, "抵御", "王"),
    ("甲", 2, "抵御", "李"),
    ("甲", 2, "吸收", "李"),
    ("甲", 3, "抵御", "王"),
    ("甲", 4, "吸收", "王"),
    ("乙", 0, "抵御", "李"),
    ("乙", 0, "抵御", "王"),
]


def counted(name: str) -> dict[str, object]:
    texts = SENTENCES[name]
    lengths = [len(text) for text in texts]
    return {
        "units": len(texts), "countable": sum(map(han, texts)), "characters": sum(lengths),
        "paragraphs": len(texts), "text_sections": 1, "sections": 1, "han": sum(map(han, texts)),
        "headings": 0, "heading_han": 0, "heading_characters": 0,
    }  # fmt: skip


@pytest.fixture
def split() -> Dataset:
    frame = pd.DataFrame(PUT, columns=["document", "unit", "code", "coder"])
    at = frame.merge(UNITS, on=["document", "unit"])
    codings = at.assign(code="环节/" + at["code"], rule="", excerpt=at["text"], section="")
    sample = pd.DataFrame(
        [
            {"document": "甲", "city": "成都", "year": "2021", "period": "十四五"} | counted("甲"),
            {"document": "乙", "city": "深圳", "year": "2021", "period": "十四五"} | counted("乙"),
        ]
    )
    whole = dataset(codings, documents=sample, codes=CODES, units=UNITS)
    cases, where = split_cases(sample, SPANS, UNITS)
    return replace(whole, cases=cases, case_map=where)


def of_city(table, city, code="环节/抵御"):
    return table.frame.set_index(["group", "code"]).loc[(city, code)]


def test_references_and_han_are_counted_in_the_city_the_sentence_is_about(split):
    table = frequency(split, by="city")
    assert of_city(table, "成都")[["references", "documents"]].tolist() == [1, 1]
    # Two sentences of 甲 and one of 乙: two documents speak of 深圳.
    assert of_city(table, "深圳")[["references", "documents"]].tolist() == [3, 2]
    for city, texts in ABOUT.items():
        assert of_city(table, city)["countable"] == sum(map(han, texts))


def test_two_attributes_of_one_document_cross(split):
    frame = frequency(split, by=["city", "year"]).frame.set_index(["group", "code"])
    found = frame["references"].unstack()["环节/吸收"]
    assert found.to_dict() == {"成都 · 2021": 0, "成都 · 2026": 1, "深圳 · 2021": 1}


@pytest.mark.parametrize("by", ["city", "year", ["city", "year"]])
@pytest.mark.parametrize(
    ("query", "column"),
    [
        (frequency, "references"),
        (coverage, "coded"),
        (coverage, "characters"),
        (cooccurrence, "n11"),
        (cooccurrence, "n"),
        (matrix, "units"),
        (documents, "countable"),
    ],
)
def test_the_whole_is_the_sum_of_its_parts(split, query, column, by):
    options = {"rows": "环节", "columns": ["环节/抵御"]} if query is matrix else {}
    if query is documents:
        parts = documents(split, by=by).frame[column].sum()
        assert parts == sum(counted(name)[column] for name in SENTENCES)
        return
    parts, whole = query(split, by=by, **options).frame, query(split, **options).frame
    keys = [key for key in ("code", "code_b") if key in whole]
    added = parts.groupby(keys, sort=False)[column].sum()
    assert added.tolist() == whole.set_index(keys)[column].tolist()


@pytest.mark.parametrize("window", ["unit", "clause", "sentence", "paragraph", "document"])
def test_the_windows_of_a_city_are_its_own(split, window):
    table = cooccurrence(split, by="city", window=window).frame.set_index("group")
    # Sentences, and clauses: 成都 has a comma in one of three sentences, 深圳 too.
    windows = {"clause": (4, 4), "document": (2, 2)}.get(window, (3, 3))
    assert (table.loc["成都", "n"], table.loc["深圳", "n"]) == windows
    assert table.loc["深圳", "n11"] == 1 and table.loc["成都", "n11"] == (window == "document") * 0


def test_excerpts_and_lines_of_a_city_are_those_about_it(split):
    part = split.where({"city": "深圳"})
    assert excerpts(part).frame[["document", "unit"]].values.tolist() == [
        ["甲", 2],
        ["甲", 3],
        ["乙", 0],
    ]
    assert set(excerpts(split).frame.query("city == '深圳'")["unit"]) == {0, 2, 3}
    lines = kwic(part, pattern="深圳").frame
    assert lines["document"].tolist() == ["甲", "甲", "乙"]
    assert not len(kwic(part, pattern="成都").frame)
    found = words(split, by="city", min_count=1, stop=False).frame.set_index(["group", "word"])[
        "tf"
    ]
    for city, texts in ABOUT.items():
        heard = Counter(word for text in texts for word in cut(text) if word[0].isalpha())
        assert found[city].to_dict() == heard


def test_a_door_of_a_city_leads_to_what_it_counts(split):
    table = frequency(split, by=["city", "year"])
    for row in range(len(table.frame)):
        door = table.drill_through(row)
        behind = excerpts(split.where(door.pop("where")), **door).frame
        assert len(behind) == table.frame["references"][row]


def test_agreement_compares_the_sentences_about_each_city(split):
    table = agreement(split, by="city", resamples=0)
    assert of_city(table, "成都")[["compared", "by_any", "by_all"]].tolist() == [3, 1, 1]
    assert of_city(table, "深圳")[["compared", "by_any", "by_all"]].tolist() == [3, 3, 1]
    whole = agreement(split, resamples=0).frame.set_index("code")
    assert whole.loc["环节/抵御", ["compared", "by_any", "by_all"]].tolist() == [6, 4, 2]


def test_what_is_left_out_is_taken_off_its_own_city(split):
    kept, gone = split.without("环节/吸收")
    assert gone == 2
    table = frequency(kept, by="city")
    assert of_city(table, "深圳")["references"] == 2
    han_of = sum(map(han, ["深圳预警，演练。", "深圳建设物资。"]))
    assert of_city(table, "深圳")["countable"] == han_of
    assert documents(kept, by="city").frame.set_index("group")["units"].to_dict() == {
        "成都": 2,
        "深圳": 2,
    }


def test_periods_of_a_city_count_its_passages(split):
    frame = periods(split, by="city").frame.set_index(["group", "code"])
    assert frame.loc[("深圳", "环节/抵御"), "references"] == 3


def test_the_inner_of_two_spans_holds_and_the_rest_stays_with_the_document():
    sample = pd.DataFrame({"document": ["甲"], "city": ["成都"], "units": [5]})
    spans = [CaseSpan("甲", 10, 50, "city", "深圳"), CaseSpan("甲", 20, 30, "city", "广州")]
    cases, where = split_cases(sample, spans, UNITS)
    cities = cases["city"].to_numpy()[
        where.at(np.zeros(6, dtype=int), np.array([0, 9, 10, 20, 30, 50]))
    ]
    assert cities.tolist() == ["成都", "成都", "深圳", "广州", "深圳", "成都"]
    assert cases.set_index("city")["units"].to_dict() == {"成都": 1, "深圳": 3, "广州": 1}


def coded_by_two(parts: dict[str, str], spans: list[CaseSpan]) -> Dataset:
    """Documents of 24 sentences (or as many as their name says), each coded by two people."""
    draw, rows, put = np.random.default_rng(5), [], []
    for name in sorted({one[0] for one in parts}):
        given = draw.random((24, 2)) < 0.5
        given[:, 1] = np.where(draw.random(24) < 0.8, given[:, 0], given[:, 1])
        for part in [one for one in parts if one[0] == name]:
            units = (
                range(24) if len(part) == 1 else range(*((0, 12) if part[1] == "1" else (12, 24)))
            )
            for number, unit in enumerate(units):
                place = {"document": part, "unit": number, "start": 10 * number,
                         "end": 10 * number + 6}  # fmt: skip
                rows.append(place | {"kind": "body", "section": 0, "paragraph": number,
                                     "text": "建设应急。。"})  # fmt: skip
                put += [place | {"coder": who, "code": "环节/抵御", "kind": "body"}
                        for who, yes in zip("李王", given[unit], strict=True) if yes]  # fmt: skip
    sample = pd.DataFrame(
        [{"document": part, "city": city, "year": "2021", "period": "十四五"} | counted("甲")
         for part, city in parts.items()]
    )  # fmt: skip
    units = pd.DataFrame(rows)
    whole = dataset(pd.DataFrame(put), documents=sample, codes=CODES, units=units)
    cases, where = split_cases(sample, spans, units)
    return replace(whole, cases=cases, case_map=where)


def test_coders_are_compared_on_the_parts_of_documents_as_on_documents():
    """α and its interval are what they would be, were each part a document of its own."""
    spans = [CaseSpan(name, 120, 240, "city", "深圳") for name in "abc"]
    parts = agreement(coded_by_two(dict.fromkeys("abc", "成都"), spans), by="city").frame
    own = {f"{name}{half}": city for name in "abc" for half, city in (("1", "成都"), ("2", "深圳"))}
    alone = agreement(coded_by_two(own, []), by="city").frame
    measured = ["group", "code", "compared", "alpha", "alpha_low", "alpha_high"]
    pd.testing.assert_frame_equal(parts[measured], alone[measured])
    assert parts.loc[parts["code"] == "环节/抵御", "alpha_low"].notna().all()
