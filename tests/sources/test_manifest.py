import shutil
import subprocess
import unicodedata
import zipfile

import pytest

from wenma.errors import SourceError
from wenma.sources.listings.listing import entries

HEAD = "path,title,city,year,period,doc_number,extra\n"


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "云州规划.txt").write_text("一、目标", encoding="utf-8")
    return tmp_path


def write(folder, rows, encoding="utf-8"):
    (folder / "manifest.csv").write_bytes((HEAD + rows).encode(encoding))
    return [folder]


ROW = "plans/云州规划.txt,云州市规划,云州,2025,十五五,云政发〔2025〕3号,x\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_manifest_tells_what_is_known_of_each_file(corpus, encoding):
    (entry,) = entries(write(corpus, ROW, encoding)).entries
    assert (entry.id, entry.title, entry.city, entry.year, entry.period, entry.number) == (
        "plans/云州规划.txt", "云州市规划", "云州", 2025, "十五五", "云政发〔2025〕3号",
    )  # fmt: skip
    assert entry.plan == entry.title
    assert entry.path.is_file()


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("plans/云州规戈.txt,云州市规划,云州\n", r'line 2: .* Did you mean "plans/云州规划.txt"'),
        (ROW + ROW, r"line 3: .*listed twice \(first in line 2\)"),
        ("../云州规划.txt,云州市规划,云州\n", "line 2: .*leads out of the folder"),
        ("/etc/passwd,云州市规划,云州\n", "line 2: .*leads out of the folder"),
        ("plans/云州规划.txt,云州市规划,云州,二五年\n", 'line 2: year "二五年" is not a year'),
        (",云州市规划,云州\n", "line 2: path is empty"),
        ("plans/云州规划.txt,云州市规划,云州,2025,,,,,x\n", "line 2: 9 cells under 7 columns"),
        ("", "lists no document"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_a_cure(corpus, rows, complaint):
    with pytest.raises(SourceError, match=complaint) as caught:
        entries(write(corpus, rows))
    assert caught.value.file == str(corpus / "manifest.csv")
    assert caught.value.cure


def test_a_missing_column_is_named_with_those_that_were_found(corpus):
    (corpus / "manifest.csv").write_text("path;title\nplans/云州规划.txt;规划\n", encoding="utf-8")
    said = r'line 1: column "city" \(城市\) is missing; its columns, between semicolons, are: path'
    with pytest.raises(SourceError, match=said) as told:
        entries([corpus])
    assert "缺少列" in told.value.said("zh") and "第 1 行" in told.value.said("zh")


def test_every_other_column_is_kept_under_its_own_header(corpus):
    (entry,) = entries(write(corpus, ROW)).entries
    assert entry.attributes == (("extra", "x"),)


@pytest.mark.parametrize(
    "header",
    [
        "path,title,city,year,人口",
        "PATH,Title, City ,YEAR,人口",
        "路径,标题,城市,年份,人口",
        "文件,题名,城 市,年　份,人\u200b口",
        "文件名;文件标题;城市;年度;人口",
        "path\ttitle\tcity\tyear\t人口",
        "sep=;\npath;title;city;year;人口",
        "\ufeff路径，标题，城市，年份，人口",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_manifest_is_read_by_its_own_dialect(corpus, header, end):
    mark = next(one for one in ";\t，," if one in header.split("\n")[-1])
    row = mark.join(["plans/云州规划.txt", "云州市 规划", "云 州\u200b", "２０２５年", "１２"])
    text = f"{header}\n{row}\n".replace("\n", end)
    (corpus / "manifest.csv").write_bytes(text.encode())
    (entry,) = entries([corpus]).entries
    assert (entry.title, entry.city, entry.year) == ("云州市规划", "云州", 2025)
    assert entry.attributes == (("人口", "12"),)


def test_every_standard_column_may_be_named_in_chinese(corpus):
    header = "路径,标题,城市,规划,时期,年份,文种,层级,发文机关,文号,来源,备注"
    row = "plans/云州规划.txt,题,云州,规,十五五,2025,规划,市,市政府,3号,网,注"
    (corpus / "manifest.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    (entry,) = entries([corpus]).entries
    names = "title city plan period kind level issuer number source note".split()
    told = [getattr(entry, name) for name in names]
    assert told == ["题", "云州", "规", "十五五", "规划", "市", "市政府", "3号", "网", "注"]
    assert entry.attributes == ()


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("path,title,city,city", 'columns 3 "city" and 4 "city" have one name'),
        ("path,title,city,城市", 'columns 3 "city" and 4 "城市" have one name'),
        ("path,title,city,人口,人 口", 'columns 4 "人口" and 5 "人口" have one name'),
        ("path,title,city,", "a cell stands under a column without a name"),
    ],
)
def test_columns_that_cannot_be_told_apart_are_refused_by_name(corpus, header, said):
    row = ",".join(["plans/云州规划.txt", "规划", "云州", "乙", "丙"][: header.count(",") + 1])
    (corpus / "manifest.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=said) as told:
        entries([corpus])
    assert told.value.zh and told.value.place


def test_a_name_wenma_needs_itself_is_marked_and_another_name_of_a_column_kept(corpus):
    header = "path,title,city,sha256,source,source_url"
    row = "plans/云州规划.txt,规划,云州,abc,公报,https://example.org/1"
    (corpus / "manifest.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    (entry,) = entries([corpus]).entries
    assert entry.source == "公报"
    assert dict(entry.attributes) == {
        "sha256_in_manifest": "abc", "source_url": "https://example.org/1",
    }  # fmt: skip


def test_wenmas_own_columns_are_never_named_by_an_attribute():
    from wenma.sources.listings.manifest_columns import STANDARD, TAKEN
    from wenma.store.frames import DOCUMENTS

    assert {*DOCUMENTS} <= TAKEN | {*STANDARD}


def test_files_a_manifest_does_not_list_are_named(corpus):
    (corpus / "plans" / "另一份.txt").write_text("一、目标", encoding="utf-8")
    (corpus / "plans" / "表.xlsx").write_bytes(b"x")
    listing = entries(write(corpus, ROW))
    assert [path.name for path in listing.unlisted] == ["另一份.txt"]
    both = entries([corpus, corpus / "plans" / "另一份.txt"])
    assert both.unlisted == () and len(both.entries) == 2


def test_a_folder_without_manifest_gives_every_readable_file_below_it(corpus):
    (corpus / "plans" / "旧文.xls").write_bytes(b"x")
    (corpus / ".hidden.txt").write_text("x", encoding="utf-8")
    listing = entries([corpus])
    assert [e.id for e in listing.entries] == ["plans/云州规划.txt"]
    assert listing.entries[0].title == "云州规划"
    assert [(path.name, "name it itself" in reason) for path, reason in listing.skipped] == [
        ("旧文.xls", True)
    ]


def test_a_loose_file_is_known_by_its_name(corpus):
    (entry,) = entries([corpus / "plans" / "云州规划.txt"]).entries
    assert entry.id == "云州规划.txt"


def test_ids_are_made_unique_by_folder_names(tmp_path):
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "规划.txt").write_text("一、目标", encoding="utf-8")
    listing = entries([tmp_path / "甲", tmp_path / "乙"])
    assert [e.id for e in listing.entries] == ["甲/规划.txt", "乙/规划.txt"]


def test_the_same_file_given_twice_is_an_error(corpus):
    with pytest.raises(SourceError, match="given twice"):
        entries([corpus, corpus / "plans" / "云州规划.txt"])


def test_a_path_that_is_not_there_and_an_empty_folder_are_errors(corpus):
    with pytest.raises(SourceError, match=r"no such file or folder.*Did you mean"):
        entries([corpus / "plan"])
    (corpus / "空").mkdir()
    with pytest.raises(SourceError, match="the folder is empty"):
        entries([corpus / "空"])


def test_the_real_manifest_is_read_whole(shared):
    listing = entries([shared / "corpus"])
    assert len(listing.entries) == 194
    assert len({e.id for e in listing.entries}) == 194
    assert all(e.title and e.city for e in listing.entries)


TABLE = [
    ["文件名", "城　市", "TITLE", "年份", "印发日期", "人口"],
    ["plans/云州规划.txt", "云州", "云州市规划", 2025, "2025-03-01", 12.5],
]


def text_of(rows, between):
    return "".join(between.join(map(str, row)) + "\r\n" for row in rows)


def assert_read(corpus):
    (entry,) = entries([corpus]).entries
    assert (entry.title, entry.city, entry.year) == ("云州市规划", "云州", 2025)
    assert dict(entry.attributes) == {"印发日期": "2025-03-01", "人口": "12.5"}
    return entry


@pytest.mark.parametrize("between", ["\t", ";", ",", "；", "|"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ["manifest.csv", "Manifest.CSV", "manifest.txt", "清单.tsv"])
def test_excels_own_texts_are_read_whatever_their_marks_and_bytes(corpus, between, encoding, name):
    (corpus / name).write_bytes(text_of(TABLE, between).encode(encoding))
    assert_read(corpus)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", ["sep=;", "SEP=;", '"sep=;"'])
def test_the_line_that_names_the_mark_is_no_row_but_counts_as_a_line(corpus, encoding, mark):
    text = f"{mark}\r\n" + text_of([*TABLE, ["无此文件.txt", "云州", "题", "", "", ""]], ";")
    (corpus / "manifest.csv").write_bytes(text.encode(encoding))
    with pytest.raises(SourceError, match=r"line 4: .*not there"):
        entries([corpus])


def test_titles_above_the_header_and_empty_ends_are_no_part_of_the_table(corpus):
    above = [["全国规划文件清单", *[""] * 8], [""] * 9, ["填表人：甲", "日期，路径", *[""] * 7]]
    rows = [*above, *[[*row, "", "", ""] for row in TABLE], [""] * 9, [""] * 11]
    (corpus / "manifest.csv").write_text(text_of(rows, ","), encoding="utf-8")
    assert_read(corpus)
    text = text_of([*rows, ["plans/云州规划.txt", "云州", "题"]], ",")
    (corpus / "manifest.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"line 8: .*twice \(first in line 5\)"):
        entries([corpus])


def test_a_cell_may_hold_lines_and_marks_in_quotes(corpus):
    text = (
        'path,title,city,"备\n注"\nplans/云州规划.txt,"云州市\n规划",云州,"一，甲\n二，乙,""丙"""\n'
    )
    (corpus / "manifest.csv").write_text(text, encoding="utf-8")
    (entry,) = entries([corpus]).entries
    assert entry.note == '一，甲\n二，乙,"丙"'


@pytest.mark.parametrize(
    "header",
    [
        "*路径,标题：,城市（必填）",
        "ＰＡＴＨ,ＴＩＴＬＥ,ＣＩＴＹ",
        "文件 路径,题 名,所在城市",
        "File Name,Title*,City [必填]",
    ],
)
def test_a_header_is_known_by_what_it_says(corpus, header):
    text = f"{header}\nplans/云州规划.txt,云州市规划,云州\n"
    (corpus / "manifest.csv").write_text(text, encoding="utf-8")
    (entry,) = entries([corpus]).entries
    assert (entry.title, entry.city, entry.attributes) == ("云州市规划", "云州", ())


def workbook(file, rows, *, above=(), other=(), hidden=()):
    import xlsxwriter

    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for content, shown in ((hidden, False), (other, True), ([*above, *rows], True)):
            if not content:
                continue
            sheet = book.add_worksheet()
            for at, row in enumerate(content):
                for column, cell in enumerate(row):
                    sheet.write(at, column, cell, *([day] if hasattr(cell, "year") else []))
            if shown:
                sheet.activate()
            else:
                sheet.hide()
    return file


@pytest.mark.parametrize("where", ["there", "below a title", "on the second sheet", "named .csv"])
def test_a_workbook_is_read_as_people_see_it(corpus, where):
    from datetime import date

    rows = [TABLE[0], [*TABLE[1][:4], date(2025, 3, 1), 12.5]]
    file = corpus / ("manifest.csv" if where == "named .csv" else "manifest.xlsx")
    above = [["文件清单"], [], ["2025 年 3 月"]] if where == "below a title" else ()
    other = [["说明"], ["请勿改动"]] if where == "on the second sheet" else ()
    workbook(file, rows, above=above, other=other, hidden=[["path", "title", "city"]])
    assert_read(corpus)


def test_a_mistake_in_a_workbook_is_named_with_its_row(corpus):
    rows = [TABLE[0], TABLE[1], ["plans/没有.txt", "云州", "题"]]
    workbook(corpus / "manifest.xlsx", rows, above=[["文件清单"]])
    with pytest.raises(SourceError, match=r"line 4: .*not there"):
        entries([corpus])


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_workbooks_of_other_programs_are_read(corpus, suffix, tmp_path_factory):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs the program soffice, which is not here")
    away = tmp_path_factory.mktemp("office")
    made = workbook(away / "manifest.xlsx", TABLE)
    command = [office, f"-env:UserInstallation=file://{away}/own", "--headless", "--convert-to",
               suffix, "--outdir", str(corpus), str(made)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    if not (corpus / f"manifest.{suffix}").exists():
        pytest.skip("needs LibreOffice Calc, which is not here")
    assert_read(corpus)


def test_an_open_document_sheet_is_read(corpus):
    def cell(value):
        if isinstance(value, str):
            kind, inside, number = "string", f"<text:p>{value}</text:p>", ""
        else:
            kind, inside, number = "float", "", f"office:value='{value}'"
        start = f"<table:table-cell office:value-type='{kind}' {number}>"
        return f"{start}{inside}</table:table-cell>"

    name = "urn:oasis:names:tc:opendocument:xmlns:"
    shown = ("".join(map(cell, row)) for row in TABLE)
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in shown)
    with zipfile.ZipFile(corpus / "manifest.ods", "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", "<manifest/>")
        out.writestr(
            "content.xml",
            f"<office:document-content xmlns:office='{name}office:1.0' "
            f"xmlns:table='{name}table:1.0' xmlns:text='{name}text:1.0'><office:body>"
            f"<office:spreadsheet><table:table table:name='甲'>{rows}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    assert_read(corpus)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 no more", "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be read as a workbook"),
        ("<html><table><tr><td>路径</td></tr></table></html>".encode(), "is a web page"),
        (b"", "is empty"),
        (b'path,title,city\n"plans', "is no sound CSV"),
    ],
)
@pytest.mark.parametrize("name", ["manifest.csv", "manifest.xls", "manifest.xlsx"])
def test_what_is_no_table_is_refused_in_one_line(corpus, name, data, said):
    (corpus / name).write_bytes(data)
    with pytest.raises(SourceError, match=said) as told:
        entries([corpus])
    assert told.value.file == str(corpus / name) and told.value.cure and told.value.zh


def test_of_two_manifests_the_first_is_read_and_the_other_named(corpus):
    (corpus / "manifest.csv").write_text(text_of(TABLE, ","), encoding="utf-8")
    workbook(corpus / "manifest.xlsx", TABLE)
    listing = entries([corpus])
    assert [(path.name, why) for path, why in listing.skipped] == [
        ("manifest.xlsx", "manifest.csv is read in its place")
    ]


def test_a_name_is_found_however_its_letters_are_composed(tmp_path):
    decomposed = "e\u0301tude 规划.txt"  # as macOS hands files over
    (tmp_path / decomposed).write_text("一、目标", encoding="utf-8")
    composed = unicodedata.normalize("NFC", decomposed)
    (tmp_path / "manifest.csv").write_text(f"path,title,city\n{composed},题,甲\n", "utf-8")
    listing = entries([tmp_path])
    assert [entry.id for entry in listing.entries] == [composed]
    assert listing.entries[0].path.is_file() and listing.unlisted == ()
    (tmp_path / "manifest.csv").unlink()
    assert [entry.id for entry in entries([tmp_path]).entries] == [composed]


@pytest.mark.parametrize("name", ["semicolon", "cn_head", "caps"])
def test_the_made_manifests_are_read(shared, name):
    (entry,) = entries([shared / "made" / "manifest" / name]).entries
    assert (entry.city, entry.year) == ("甲市", 2021)


def test_two_columns_of_one_name_are_the_cause_told(shared):
    with pytest.raises(SourceError, match='columns 3 "city" and 4 "city" have one name'):
        entries([shared / "made" / "manifest" / "duphead"])


def test_one_city_in_four_spellings_is_one(shared):
    found = entries([shared / "made" / "manifest" / "city_spaces"]).entries
    assert {entry.city for entry in found} == {"甲市"}


@pytest.mark.parametrize(
    "litter", ["__MACOSX/._甲.txt", "~$甲.docx", "Thumbs.db", ".DS_Store", "规划/desktop.ini"]
)
def test_what_systems_leave_behind_is_passed_over_in_silence(corpus, litter):
    (corpus / litter).parent.mkdir(exist_ok=True)
    (corpus / litter).write_bytes(b"x")
    listing = entries([corpus])
    assert [entry.id for entry in listing.entries] == ["plans/云州规划.txt"]
    assert listing.skipped == ()
