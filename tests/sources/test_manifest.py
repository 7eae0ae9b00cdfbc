import pytest

from wenma.errors import SourceError
from wenma.sources.manifest import entries

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
        ("plans/云州规划.txt,云州市规划,云州,2025,,,,,\n", "line 2: 9 cells under 7 columns"),
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
    from wenma.sources.manifest import STANDARD, TAKEN
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
    assert [(path.name, ".xls" in reason) for path, reason in listing.skipped] == [
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
