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
        ("plans/云州规划.txt,云州市规划,云州,二五年\n", 'line 2: year "二五年" is no year'),
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


def test_a_missing_column_is_named(corpus):
    (corpus / "manifest.csv").write_text("path,title\nplans/云州规划.txt,规划\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"line 1: column.* city"):
        entries([corpus])


def test_a_folder_without_manifest_gives_every_readable_file_below_it(corpus):
    (corpus / "plans" / "旧文.doc").write_bytes(b"x")
    (corpus / ".hidden.txt").write_text("x", encoding="utf-8")
    listing = entries([corpus])
    assert [e.id for e in listing.entries] == ["plans/云州规划.txt"]
    assert listing.entries[0].title == "云州规划"
    assert [(path.name, ".docx" in reason) for path, reason in listing.skipped] == [
        ("旧文.doc", True)
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
