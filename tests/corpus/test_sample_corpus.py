"""What the sample corpus promises: invented, marked, whole, and nobody else's words."""

import csv
import re
from pathlib import Path

import pytest

from wenma.records import han

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ABOUT = {"manifest.csv", "catalogue.csv", "README.md"}
COLUMNS = "path title city plan period year kind level issuer doc_number source_url note".split()

# The page furniture of the hard-wrapped plan: its page numbers and its running head.
FURNITURE = re.compile(r"^— \d+ —\n(?:澄汇市区域应急协同发展“十五五”规划\n)?", re.M)

# A heading that names the part, in whatever numbering family the plan uses.
PARTS = {
    "current state": r"成效",
    "problems": r"问题|短板|挑战",
    "goals": r"目标",
    "tasks": r"任务",
    "safeguards": r"保障措施",
    "box": r"专栏\s?1",
}

# Fixed official wording: nobody's sentence, and the plans would ring false without it.
FORMULAS = (
    "以习近平新时代中国特色社会主义思想为指导",
    "中华人民共和国突发事件应对法",
    "人民代表大会常务委员会",
)


def rows(path: Path, *, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


PLANS = [row["path"] for row in rows(CORPUS / "manifest.csv")]


def words_of(plan: str) -> str:
    """The plan's text without tags and page furniture, lines kept."""
    return FURNITURE.sub("", re.sub(r"<[^>]*>", "", (CORPUS / plan).read_text("utf-8")))


def bare(text: str) -> str:
    """`text` without spaces, line ends and Markdown's stars, so that broken lines join."""
    return re.sub(r"[\s*]+", "", text)


@pytest.fixture(scope="session")
def real(shared: Path) -> str:
    """Every real document, one after another, without spaces and line ends."""
    files = [path for path in sorted((shared / "corpus").rglob("*")) if path.is_file()]
    texts = [bare(path.read_text("utf-8")) for path in files if path.name != "manifest.csv"]
    assert len(texts) > 150
    return "\n".join(texts)


def test_the_manifest_and_the_folder_name_the_same_files() -> None:
    lying = {path.name for path in CORPUS.iterdir() if path.is_file()} - ABOUT
    assert lying == set(PLANS)
    assert len(PLANS) == len(lying) == 7


def test_the_manifest_has_the_columns_the_readme_explains() -> None:
    with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == COLUMNS
    explained = re.findall(r"^\| `(\w+)` \|", (CORPUS / "README.md").read_text("utf-8"), re.M)
    assert explained == COLUMNS


def test_each_manifest_row_says_sample_and_agrees_with_its_file() -> None:
    for row in rows(CORPUS / "manifest.csv"):
        text = bare(words_of(row["path"]))
        assert "样本" in row["note"] and "sample written for wenma" in row["note"]
        for column in ("title", "issuer", "doc_number"):
            assert bare(row[column]) in text, (row["path"], column)
        assert row["title"].startswith(row["city"])
        assert f"“{row['period']}”" in row["title"]
        assert f"〔{row['year']}〕" in row["doc_number"]


def test_no_invented_city_stands_in_a_real_document(real: str) -> None:
    cities = {row["city"] for row in rows(CORPUS / "manifest.csv")}
    assert len(cities) == 7
    assert not [city for city in cities if city.removesuffix("市") in real]


@pytest.mark.parametrize("plan", PLANS)
def test_the_first_line_marks_the_sample(plan: str) -> None:
    first = (CORPUS / plan).read_text("utf-8").splitlines()[0]
    assert "样本文件：为 wenma 编写，城市与数据均为虚构" in first


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_is_long_enough_to_count_and_short_enough_to_read(plan: str) -> None:
    assert 1500 <= han(words_of(plan)) <= 3000


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("part", PARTS)
def test_a_plan_has_the_parts_of_its_genre(plan: str, part: str) -> None:
    short = [line for line in words_of(plan).splitlines() if 0 < han(line) <= 20]
    headings = [line for line in short if not re.search(r"[。；]|…\d+$", line)]
    assert any(re.search(PARTS[part], line) for line in headings)


@pytest.mark.parametrize("plan", PLANS)
def test_no_sentence_of_a_plan_stands_in_a_real_document(plan: str, real: str) -> None:
    sentences = [bare(part) for part in re.split(r"(?<=[。！？])|\n\s*\n", words_of(plan))]
    long = [sentence for sentence in sentences if len(sentence) >= 15]
    assert len(long) > 40
    assert not [sentence for sentence in long if sentence.rstrip("。！？") in real]


def test_only_official_formulas_coincide_with_a_real_document(real: str) -> None:
    """Thirteen Han characters in a row are nobody's but ours, or the law's."""
    width = 13
    blank = re.compile("|".join(map(re.escape, FORMULAS)))
    ours = {
        run[at : at + width]
        for plan in PLANS
        for stretch in blank.split(bare(words_of(plan)))
        for run in ["".join(re.findall(r"[\u4e00-\u9fff]", stretch))]
        for at in range(len(run) - width + 1)
    }
    theirs = "".join(re.findall(r"[\u4e00-\u9fff]", real))
    assert len(ours) > 10_000
    runs = (theirs[at : at + width] for at in range(len(theirs) - width + 1))
    assert not sorted({run for run in runs if run in ours})


def test_the_catalogue_holds_the_facts_of_the_real_plans_unchanged(shared: Path) -> None:
    names = {
        "official_title": "title",
        "issuing_body": "issuer",
        "official_source_url": "source_url",
    }
    facts = rows(shared / "method" / "plans_facts.tsv", delimiter="\t")
    expected = [{names.get(name, name): fact for name, fact in row.items()} for row in facts]
    assert rows(CORPUS / "catalogue.csv") == expected
