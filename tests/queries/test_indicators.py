import pandas as pd
import pytest

from wenma.queries.indicators import indicators

TEXTS = {
    "甲": ["绿地率（%） | 31 | 33 | 约束性", "到2030年，城镇化率达到75%。"],
    "乙": ["建设30个项目。"],
    "丙": ["森林覆盖率达到42%。"],
}


@pytest.fixture
def units():
    return pd.DataFrame(
        [
            {
                "document": document,
                "unit": unit,
                "kind": "table" if " | " in text else "body",
                "section": "",
                "paragraph": unit,
                "role": "goals",
                "start": 30 * unit,
                "end": 30 * unit + len(text),
                "text": text,
            }
            for document, texts in TEXTS.items()
            for unit, text in enumerate(texts)
        ]
    )


def test_each_amount_has_a_row_with_its_place(small, units):
    frame = small.ask(indicators, units=units).frame
    assert frame[["document", "indicator", "value", "for_year", "nature"]].values.tolist() == [
        ["甲", "绿地率", 31.0, "", "binding"],
        ["甲", "绿地率", 33.0, "", "binding"],
        ["甲", "城镇化率", 75.0, "2030", ""],
        ["丙", "森林覆盖率", 42.0, "", ""],
    ]
    row = frame.iloc[2]
    assert TEXTS["甲"][1][row["start"] - 30 : row["end"] - 30] == "城镇化率达到75%"


def test_groups_count_amounts_indicators_and_how_many_are_binding(small, units):
    frame = small.ask(indicators, units=units, by="city").frame.set_index("group")
    told = frame.loc["璇江市"]
    assert (told["amounts"], told["indicators"], told["binding"], told["anticipated"]) == (
        3, 2, 2, 0,
    )  # fmt: skip


def test_without_texts_a_note_says_so(small):
    table = small.ask(indicators, units=None)
    assert table.frame.empty and "looked for in texts" in table.notes[-1]


def test_the_framework_paper_s_table_of_indicators_is_found(shared):
    from wenma.language.indicators import TextPart, find_indicators
    from wenma.language.units import units
    from wenma.sources.reading import read

    (paper,) = read(shared / "method" / "framework_paper.txt")
    passages = [
        TextPart(paper.text[unit.start : unit.end], unit.kind == "table", unit.start)
        for unit in units(paper)
        if unit.kind != "heading"
    ]
    told = {one.name: (one.number, one.nature) for one in find_indicators(passages) if one.nature}
    assert told == {
        "生产安全事故死亡人数": (15.0, "binding"),
        "重特大生产安全事故起数": (20.0, "binding"),
        "单位国内生产总值生产安全事故死亡率": (33.0, "binding"),
        "工矿商贸就业人员十万人生产安全事故死亡率": (20.0, "binding"),
        "年均每百万人口因自然灾害死亡率": (1.0, "anticipated"),
        "年均每十万人受灾人次": (15000.0, "anticipated"),
    }
