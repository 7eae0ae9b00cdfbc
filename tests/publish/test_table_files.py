import json
from itertools import product
from pathlib import Path

import pytest

from wenma.errors import UsageError
from wenma.publish.print_table import print_table
from wenma.publish.table_files import TABLE_FORMATS, save_table, table_content
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.table import queries


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_every_query_goes_into_every_file(query, small):
    for by in (None, "city", "period", ["city", "period"]):
        table = small.ask(query.function, by=by)
        for form, language in product(TABLE_FORMATS, ("zh", "en")):
            assert table_content(table, form, language=language)
            assert table_content(table, form, language=language, codes=small.codes)


@pytest.mark.parametrize("form", TABLE_FORMATS)
def test_an_empty_table_is_a_file_with_headings_only(form, small):
    assert table_content(small.ask(excerpts, where={"city": "浔汀市"}), form)


def test_the_files_ending_picks_the_writer(tmp_path: Path, small):
    table = small.ask(frequency)
    for form in TABLE_FORMATS:
        save_table(table, tmp_path / f"表.{form}", codes=small.codes)
        content = table_content(table, form, codes=small.codes)
        wanted = content if isinstance(content, bytes) else content.encode()
        assert (tmp_path / f"表.{form}").read_bytes() == wanted


def test_beside_a_csv_file_lies_its_description(tmp_path: Path, small):
    save_table(small.ask(frequency), tmp_path / "表.csv")
    said = json.loads((tmp_path / "表.csv-metadata.json").read_text(encoding="utf-8"))
    assert said["tableSchema"]["columns"][0]["name"] == "code"


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("表.odt", {}, "does not tell the format"),
        ("表.csv", {"number": 2}, "a csv table has no number"),
        ("表.md", {"caption": "题"}, "a md table has no caption"),
        ("表.docx", {"number": 0}, "at least 1"),
    ],
)
def test_what_cannot_be_saved_leaves_what_was_there(tmp_path: Path, small, name, options, said):
    (tmp_path / name).write_text("旧", encoding="utf-8")
    with pytest.raises(UsageError, match=said) as refused:
        save_table(small.ask(frequency), tmp_path / name, **options)
    assert refused.value.zh and (tmp_path / name).read_text(encoding="utf-8") == "旧"


def test_what_is_printed_already_can_be_saved_under_another_title(tmp_path: Path, small):
    printed = print_table(small.ask(frequency), codes=small.codes)
    save_table(printed, tmp_path / "表.tex", number=4, caption="各码频次")
    text = (tmp_path / "表.tex").read_text(encoding="utf-8")
    assert r"\setcounter{table}{3}" in text and r"\caption[各码频次]" in text
    with pytest.raises(UsageError, match="printed already"):
        save_table(printed, tmp_path / "表.csv")
