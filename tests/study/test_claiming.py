"""A claim put to a study counts as the tables do, shows what may be seen, and saves itself."""

import csv
import json
import zipfile
from pathlib import Path

import docx
import pytest

from tests.store.conftest import NOW
from tests.study.conftest import acting, of_city, spans, verdict
from wenma.errors import AccessError, QueryError, UsageError
from wenma.queries.incidence import incidence
from wenma.shipped import shipped
from wenma.store.coding_session import Settlement
from wenma.study.access import Access
from wenma.study.claiming import Claimed
from wenma.study.study import Study

SENTENCE = "恢复: 璇江市 > 和槐市"
CODE = "stage/recover"


@pytest.fixture(scope="module")
def sample():
    """The sample corpus, coded; with one of its documents twice."""
    with Study.create(":memory:", codebook=shipped("codebooks") / "resilience.yaml") as made:
        made.add(shipped("corpus"))
        made.code()
        yield made


@pytest.fixture(scope="module")
def claimed(sample: Study) -> Claimed:
    return sample.claim(SENTENCE)


def test_each_way_has_the_numbers_of_the_tables(sample: Study, claimed: Claimed):
    """Headings, boilerplate, copies and copied units left out or in: asked of the tables too."""
    frame = claimed.ways.frame
    counting = frame[(frame["kind"] == "") & (frame["counted_in"] == "as coded")]
    asked = ("with_headings", "boilerplate", "copied", "copies")
    some = 0
    for chosen, ways in counting.groupby([*asked]):
        said = dict(zip(asked, chosen, strict=True))
        table = sample.ask(
            "frequency",
            by="city",
            headings=said["with_headings"] == "counted",
            without="form/boilerplate" if said["boilerplate"] == "left out" else None,
            without_copied=said["copied"] == "left out",
            once=said["copies"] == "left out",
        ).frame.set_index(["group", "code"])
        here = ways.set_index("counted_as")
        for way, column in (
            ("number", "references"), ("per 1,000 Han", "per_1000"),
            ("share of dimension", "share"),
        ):  # fmt: skip
            for value, city in (("value_a", "璇江市"), ("value_b", "和槐市")):
                assert here.loc[way, value] == pytest.approx(table.loc[(city, CODE), column])
                some += 1
    assert some >= 24


@pytest.mark.parametrize("size", ["clause", "paragraph", "section"])
def test_units_of_other_sizes_are_those_that_co_occurrence_counts(sample, claimed, size):
    frame = claimed.ways.frame
    ways = frame[(frame["kind"] == "") & (frame["counted_in"] == size)]
    for headings in (False, True):
        for left in (None, "form/boilerplate"):
            data = sample.dataset()
            data = data.without(left)[0] if left else data
            grouped = data.grouped("x", by="city", headings=headings)
            standing, _ = incidence(grouped, aggregate=True, window=size)
            here = ways[
                (ways["with_headings"] == ("counted" if headings else "left out"))
                & (ways["boilerplate"] == ("left out" if left else "counted"))
                & (ways["copied"] == "counted")
                & (ways["copies"] == "counted")
                & (ways["counted_as"] == "number")
            ].iloc[0]
            for value, city in ((here["value_a"], "璇江市"), (here["value_b"], "和槐市")):
                group, code = grouped.groups.index(city), grouped.tree.at[CODE]
                counted = ((standing.group == group) & (standing.code == code)).sum()
                assert value == counted


def test_the_units_in_scope_are_those_of_the_codebook(sample: Study, claimed: Claimed):
    data = sample.dataset()
    assert data.scope is not None
    frame = claimed.ways.frame
    way = frame[frame["counted_as"] == "share of units in scope"].iloc[0]
    documents = data.cases["document"][data.cases["city"] == "璇江市"].tolist()
    bound = [path not in data.everywhere for path in data.columns.paths]
    inside = {
        (data.columns.documents[d], int(u))
        for d, u, heading in zip(
            data.scope.document, data.scope.unit, data.scope.heading, strict=True
        )
        if not heading
    } | {
        (data.columns.documents[d], int(u))
        for d, u, code, heading in zip(
            data.columns.document, data.columns.unit, data.columns.code, data.columns.heading,
            strict=True,
        )
        if bound[code] and not heading
    }  # fmt: skip
    many = sum(document in documents for document, _ in inside)
    carrying = {
        int(u)
        for d, u, code, heading in zip(
            data.columns.document, data.columns.unit, data.columns.code, data.columns.heading,
            strict=True,
        )
        if data.columns.paths[code] == CODE and not heading
        and data.columns.documents[d] in documents
    }  # fmt: skip
    assert len(documents) == 1 and way["value_a"] == pytest.approx(100 * len(carrying) / many)


# -- people ------------------------------------------------------------------------


def test_review_is_a_choice_where_people_have_reviewed(study: Study):
    """甲 and 乙 of 云州 have two references of 抵御, 丙 of 溪州 one: both of 云州 are rejected."""
    before = study.claim("抵御: 云州 > 溪州").ways.frame
    assert set(before["codings"]) == {"by rules"}
    lin = acting(study, "林一")
    for name in ("甲.txt", "乙.txt"):
        (warned,) = [one for one in spans(study, name) if one[2] == "stage/resist"]
        lin.decide([verdict(name, *warned, "rejected")], now=NOW)
    last = spans(study, "丙.txt")[-1]
    lin.code("丙.txt", last[0], last[1], "stage/resist", now=NOW)
    study.forget()
    found = study.claim("抵御: 云州 > 溪州")
    number = found.ways.frame[
        (found.ways.frame["kind"] == "") & (found.ways.frame["counted_as"] == "number")
        & (found.ways.frame["counted_in"] == "as coded")
    ]  # fmt: skip
    told = number.groupby("codings")[["value_a", "value_b"]].first().to_dict("index")
    assert told == {
        "by rules": {"value_a": 2, "value_b": 1},
        "after review": {"value_a": 0, "value_b": 2},
    }
    backwards = study.claim("抵御: 云州 > 溪州", coder="reviewed").ways.frame
    assert backwards["codings"].iloc[0] == "after review"
    assert set(backwards["codings"]) == {"by rules", "after review"}
    own = study.claim("抵御: 云州 > 溪州", coder="林一")
    assert set(own.ways.frame["codings"]) == {"林一"}


def test_who_is_blind_learns_nothing_of_others_by_a_claim(study: Study):
    task = [("甲.txt", 1)]
    acting(study, "主管").assign("试", ["林一", "周二"], task, now=NOW)
    zhou = acting(study, "周二")
    zhou.judge("试", "甲.txt", 1, ["stage/absorb"], now=NOW)
    (warned,) = [one for one in spans(study, "乙.txt") if one[2] == "stage/resist"]
    zhou.decide([verdict("乙.txt", *warned, "rejected")], now=NOW)
    acting(study, "主管").settle([Settlement("甲.txt", 1, ["stage/absorb"])], "缘由", now=NOW)
    study.forget()
    blind = study.as_person(Access("林一", "coder"))
    sentence = "抵御: 云州 > 溪州"
    for coder in ("周二", "定稿"):
        with pytest.raises(AccessError):
            blind.claim(sentence, coder=coder)

    def numbers(claimed: Claimed) -> dict[str, str]:
        frame = claimed.ways.frame
        return {
            name: str(part[["value_a", "value_b"]].to_numpy().tolist())
            for name, part in frame[frame["kind"] == ""].groupby("codings")
        }

    seen, all_of_it = blind.claim(sentence), study.claim(sentence)
    assert numbers(seen)["after review"] == numbers(seen)["by rules"]
    assert numbers(all_of_it)["after review"] != numbers(all_of_it)["by rules"]
    card = seen.card()
    assert "周二" not in str([seen.ways.frame.to_dict(), seen.ways.basis, card])
    with pytest.raises(AccessError):
        study.as_person(Access("林一", None))


def test_a_study_that_is_narrowed_is_claimed_of_what_is_left(study: Study):
    some = study.where(year=2021)
    found = some.claim("抵御: 云州 > 溪州")
    assert found.summary.references == (1, 1) and found.summary.tried["document"] == 2
    assert "year=2021" in found.ways.basis["where"]
    with pytest.raises(QueryError):
        some.claim("抵御: 2021 > 2026")


def test_copies_are_a_choice_where_there_are_some(project, keep):
    text = "一、任务\n" + "加强预警监测体系建设，完善应急救援物资储备制度，提高城市抗灾能力。\n" * 3
    keep(of_city("甲.txt", "云州", text + "又有预警。"))
    keep(of_city("乙.txt", "云州", text + "又有预警。"))
    keep(
        of_city(
            "丙.txt",
            "溪州",
            "一、任务\n提高预警能力。\n完善预警。\n发布预警。\n另有预警。\n再有预警。",
        )
    )
    found = Study(project).claim("抵御: 云州 > 溪州")
    number = found.ways.frame[
        (found.ways.frame["kind"] == "") & (found.ways.frame["counted_as"] == "number")
        & (found.ways.frame["counted_in"] == "as coded")
    ]  # fmt: skip
    told = number.groupby("copies")["value_a"].first().to_dict()
    assert told == {"counted": 8, "left out": 4}
    choices = found.choices.frame.set_index(["choice", "option"])
    assert choices.loc[("copies", "left out"), "turns"] > 0


# -- what comes out ----------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_card_says_the_share_what_turns_it_and_the_basis(claimed: Claimed, language):
    card = claimed.card(language=language)
    summary = claimed.summary
    assert f"{summary.ways:,}" in card.headline and f"{summary.holding:,}" in card.headline
    zh, en = card.paragraphs if language == "zh" else card.paragraphs[::-1]
    assert "Steegen" in zh and "Simonsohn" in en and SENTENCE in zh and SENTENCE in en
    assert "resilience 1.6" in card.basis and claimed.ways.basis["coded"] in card.basis
    han = sum("\u4e00" <= one <= "\u9fff" for one in card.headline)
    assert bool(han) == (language == "zh")


def test_a_claim_saves_itself_as_the_ending_says(claimed: Claimed, tmp_path: Path):
    for ending in ("md", "html", "tex"):
        text = claimed.save(tmp_path / f"card.{ending}").read_text(encoding="utf-8")
        assert claimed.card().headline.split("（")[0] in text
    page = (tmp_path / "card.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page and "<script" not in page and "&gt; 和槐市" in page
    words = docx.Document(str(claimed.save(tmp_path / "card.docx")))
    assert claimed.card().headline in [one.text for one in words.paragraphs]
    assert len(words.tables) == len(claimed.card().tables)
    with claimed.save(tmp_path / "ways.csv").open(encoding="utf-8-sig") as file:
        assert len([*csv.reader(file)]) == len(claimed.ways.frame) + 1
    described = json.loads((tmp_path / "ways.csv-metadata.json").read_text(encoding="utf-8"))
    assert any(SENTENCE in str(one) for one in described["notes"])
    assert zipfile.is_zipfile(claimed.save(tmp_path / "ways.xlsx"))
    rows = json.loads(claimed.save(tmp_path / "ways.json").read_text(encoding="utf-8"))["rows"]
    assert len(rows) == len(claimed.ways.frame)
    svg = claimed.save(tmp_path / "curve.svg").read_text(encoding="utf-8")
    assert "璇江市" in svg and "成立" in svg
    with pytest.raises(UsageError, match="does not tell"):
        claimed.save(tmp_path / "card.txt")


def test_claims_of_an_unknown_codebook_or_boilerplate_are_refused(sample: Study):
    with pytest.raises(Exception, match="codebook"):
        sample.claim(SENTENCE, codebook="none")
    with pytest.raises(QueryError, match='no code "form/none"'):
        sample.claim(SENTENCE, boilerplate="form/none")
