"""A table whose rows are documents."""

import pytest

from tests.sources.test_manifest import text_of, workbook
from wenma.errors import SourceError
from wenma.sources.listings.listing import entries
from wenma.sources.listings.text_tables import TextColumns
from wenma.sources.reading import fingerprint, read_entry

LONG = "一、总体要求\n到2025年，建成韧性城市，提高防灾减灾救灾能力，健全应急管理体系。\n" * 3
ROWS = [
    ["省份", "年份", "题名", "全文", "日期"],
    ["甲省", "2025", "甲省工作报告", LONG, "2025-01-20"],
    ["乙省", "2026", "乙省工作报告", LONG + "另外一句。", "2026-01-18"],
]


@pytest.fixture(params=["csv", "tsv", "xlsx", "gbk.csv", "zip"])
def table(tmp_path, request):
    def made(rows):
        file = tmp_path / f"报告.{request.param}"
        if request.param == "xlsx":
            return workbook(file, rows, above=[["各省工作报告"]])
        between = "\t" if request.param == "tsv" else ","
        quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
        data = text_of(quoted, between).encode("gbk" if "gbk" in request.param else "utf-8")
        if request.param == "zip":
            import zipfile

            with zipfile.ZipFile(file, "w") as out:
                out.writestr("内/报告.csv", data)
            return file / "内" / "报告.csv"
        file.write_bytes(data)
        return file

    return made


def test_each_row_is_a_document_and_its_other_columns_attributes(table):
    one, other = entries([table(ROWS)]).entries
    assert (one.title, one.year, one.listed) == ("甲省工作报告", 2025, True)
    assert dict(one.attributes) == {"省份": "甲省", "日期": "2025-01-20"}
    assert one.id.endswith("/甲省工作报告")
    document = read_entry(other)
    assert document.text.endswith("另外一句。") and document.title == "乙省工作报告"
    assert set(document.source_map.lines) == {other.row}


def test_the_row_is_the_place_where_people_see_it(tmp_path):
    file = workbook(tmp_path / "报告.xlsx", ROWS, above=[["各省工作报告"], []])
    assert [entry.row for entry in entries([file]).entries] == [4, 5]


def test_columns_are_chosen_by_name_or_found_out(table):
    renamed = [["甲", "年份", "丙", "丁", "戊"], *ROWS[1:]]
    file = table(renamed)
    assert entries([file]).entries[0].held.strip() == LONG.strip()
    chosen = entries([file], texts=TextColumns(text="丙", title="甲")).entries
    assert [(entry.title, entry.held) for entry in chosen] == [
        ("甲省", "甲省工作报告"), ("乙省", "乙省工作报告"),
    ]  # fmt: skip
    with pytest.raises(SourceError, match='has no column "己"; its columns are: 甲, 年份'):
        entries([file], texts=TextColumns(text="己"))


@pytest.mark.parametrize(
    "rows",
    [
        [["城市", "指标", "数值"], ["甲市", "绿地率", "40"], ["乙市", "绿地率", "42"]],
        [["甲", "乙"], [LONG, LONG]],
        [["甲", "乙"]],
    ],
)
def test_where_no_column_clearly_holds_the_texts_the_columns_are_named(table, rows):
    with pytest.raises(SourceError, match=r"no column that clearly holds .*--text-column") as told:
        entries([table(rows)])
    assert rows[0][0] in told.value.zh and told.value.file


def test_rows_without_text_are_named_and_rows_of_one_title_told_apart(table):
    rows = [*ROWS, ["丙省", "", "丙省工作报告", " ", ""], ["丁省", "", "甲省工作报告", LONG, ""],
            ["戊省", "", "", LONG, ""]]  # fmt: skip
    listing = entries([table(rows)])
    assert len({entry.id for entry in listing.entries}) == 4
    assert all(entry.title for entry in listing.entries)
    ((path, why),) = listing.skipped
    assert path.name == "丙省工作报告" and "holds no text" in why


def test_a_row_put_in_between_changes_no_other_document(table):
    before = {entry.id: fingerprint(entry) for entry in entries([table(ROWS)]).entries}
    more = [ROWS[0], ["丙省", "2024", "丙省工作报告", LONG, ""], *ROWS[1:]]
    after = {entry.id: fingerprint(entry) for entry in entries([table(more)]).entries}
    assert before.items() <= after.items() and len(after) == 3


def test_a_page_copied_into_a_cell_is_read_as_a_page(tmp_path):
    page = "<div><p>一、总体要求</p><p>建成韧性城市。</p></div>"
    file = workbook(tmp_path / "报告.xlsx", [ROWS[0], ["甲省", "2025", "题", page, ""]])
    (entry,) = entries([file]).entries
    document = read_entry(entry)
    assert document.text == "一、总体要求\n建成韧性城市。"
    assert set(document.source_map.lines) == {2}


def test_a_whole_plan_in_a_cell_is_read(tmp_path):
    file = tmp_path / "报告.csv"
    file.write_text(f'题名,全文\n甲,"{"建成韧性城市。" * 40_000}"\n', encoding="utf-8")
    (entry,) = entries([file]).entries
    assert len(read_entry(entry).text) == 280_000


def test_a_manifest_of_another_name_is_a_manifest(tmp_path):
    (tmp_path / "甲.txt").write_text(LONG, encoding="utf-8")
    (tmp_path / "名单.csv").write_text("路径,标题,城市\n甲.txt,甲规划,甲市\n", encoding="utf-8")
    (entry,) = entries([tmp_path / "名单.csv"]).entries
    assert (entry.id, entry.city, entry.held) == ("甲.txt", "甲市", None)


def test_a_table_in_a_folder_is_named_and_not_taken_for_documents(tmp_path):
    (tmp_path / "甲.txt").write_text(LONG, encoding="utf-8")
    workbook(tmp_path / "报告.xlsx", ROWS)
    (tmp_path / "深").mkdir()
    (tmp_path / "深" / "manifest.csv").write_text("path,title,city\n", encoding="utf-8")
    listing = entries([tmp_path])
    assert [entry.id for entry in listing.entries] == ["甲.txt"]
    told = {path.name: why for path, why in listing.skipped}
    assert "name it itself" in told["报告.xlsx"] and "a manifest" in told["manifest.csv"]


def test_the_real_table_gives_its_report(shared):
    (file,) = (shared / "formats" / "csv").glob("*.csv")
    (entry,) = entries([file]).entries
    document = read_entry(entry)
    assert entry.year == 2026 and len(document.text) > 10_000 and document.sections
