"""A1: date, source and sentences of each document, whatever the unit of coding is."""

from pathlib import Path

import pytest

from wenma.shipped import shipped
from wenma.study.study import Study

TEXT = "第一句，有分句。第二句！\n另段一句。"


@pytest.mark.parametrize(("unit", "wanted"), [("sentence", 3), ("clause", 3), ("paragraph", 3)])
def test_sentences_are_counted_whatever_the_unit(tmp_path: Path, unit: str, wanted: int):
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(
        "path,title,city,source,date\n甲.txt,甲,甲市,官网,2021-03-01\n", encoding="utf-8"
    )
    book = shipped("codebooks") / "resilience.yaml"
    with Study.create(tmp_path / "s.db", codebook=book) as study:
        study.code(tmp_path, unit=unit)
        table = study.ask("documents")
        (row,) = table.frame.to_dict("records")
        assert row["sentences"] == wanted
        assert (row["date"], row["source"]) == ("2021-03-01", "官网")
        assert not any("no date" in note for note in table.notes)
        (by_city,) = study.ask("documents", by="city").frame.to_dict("records")
        assert by_city["sentences"] == wanted


def test_what_no_document_states_is_said(small):
    from wenma.queries.documents import documents

    table = small.ask(documents)
    (note,) = [one for one in table.notes if "state no date" in one]
    assert note.startswith(f"Of {len(table.frame)} documents, {len(table.frame)} state no date")
    assert table.frame["sentences"].isna().all()  # the text was not given
