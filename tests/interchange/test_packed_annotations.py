"""What people added travels with a pack."""

import json
import zipfile

import pytest

from tests.conftest import NOW, coded
from wenma.cli.main import main
from wenma.errors import SourceError
from wenma.interchange.bundle import PEOPLE, SUMS, packed
from wenma.interchange.opened_bundle import open_bundle
from wenma.interchange.packed_annotations import rows_of
from wenma.shipped import shipped
from wenma.store.coding_session import CodingSession
from wenma.store.exchange_annotations import annotation_rows
from wenma.store.project import Project


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """The sample corpus with what two people did to it."""
    folder = tmp_path_factory.mktemp("people")
    file = coded(shipped("corpus"), folder / "study.db")
    with Project.open(file) as project:
        ids = project.document_ids()
        rules = project.codings(ids[0])[0]
        units = [project.units(id)[3] for id in ids[:3]]
        for person in ("林一", "周二"):
            desk = CodingSession(project, person)
            for id, unit in zip(ids[:3], units, strict=True):
                desk.code(id, unit.start, unit.end, "stage/adapt", now=NOW)
                # As pasted from a web page: other programs take these for ends of lines.
            desk.note(f"document:{ids[0]}", "再读一遍\u2028又一行\x85", now=NOW)
        CodingSession(project, "周二").code(ids[1], 5, 9, "layer/actor", now=NOW)
        CodingSession(project, "林一").correct(ids[1], "city", "溪州市", now=NOW)
        CodingSession(project, "林一").correct(ids[0], "人口", "=1", now=NOW)
        CodingSession(project, "林一").correct(ids[2], "doc_number", "3", now=NOW)
        CodingSession(project, "林一").correct(ids[2], "plan", "", now=NOW)
        CodingSession(project, "周二").set_case(ids[0], 5, 9, "city", "溪州市", now=NOW)
        assert rules.coder.startswith("rules:")
    assert main(["export", str(file), str(folder / "pack.zip")]) == 0
    return folder / "pack.zip"


def everything(file):
    with Project.open(file) as project:
        return annotation_rows(project, project.document_ids())


def test_what_people_added_comes_back_and_their_agreement_with_it(pack, tmp_path, capsys):
    first, again = pack.with_name("study.db"), tmp_path / "again.db"
    assert main(["code", str(pack), "--project", str(again)]) == 0
    assert everything(again) == everything(first) and len(everything(first)) == 14
    capsys.readouterr()
    asked = ["agreement", "--coders", "林一", "周二", "--resamples", "0", "--format", "json"]
    answers = []
    for file in (first, again):
        assert main(["query", str(file), *asked]) == 0
        answers.append(json.loads(capsys.readouterr().out)["rows"])
    assert answers[0] == answers[1]
    # The pack of the second is that of the first; bringing it twice changes nothing.
    assert main(["export", str(again), str(tmp_path / "again.zip")]) == 0
    assert (tmp_path / "again.zip").read_bytes() == pack.read_bytes()
    assert main(["code", str(pack), "--project", str(again)]) == 0
    assert everything(again) == everything(first)


def test_a_person_takes_back_what_was_brought(pack, tmp_path):
    again = tmp_path / "again.db"
    assert main(["code", str(pack), "--project", str(again)]) == 0
    with Project.open(again) as project:
        assert CodingSession(project, "林一").undo(now=NOW).verb == "bring"
    assert {row.person for row in everything(again)} == {"周二"}


def coding(**changed):
    row = {
        "table": "coding",
        "key": ["甲", "林一", 0, 3, "stage"],
        "values": {"unit": 0, "evidence": "[]", "made": NOW},
    }
    return json.dumps(row | changed)


def memo(about, text="记"):
    row = {"table": "memo", "key": [about, "林一"], "values": {"text": text, "at": NOW}}
    return json.dumps(row)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[]", "line 1"),
        ("{", "line 1"),
        (coding(table="document"), "people do not add such rows"),
        (coding(key=["甲", "林一", 0, 3]), "line 1"),
        (coding(key=["甲", "rules:a@1", 0, 3, "stage"]), "no person's name"),
        (coding(key=["甲", "林一", 0, 99, "stage"]), "outside the text"),
        (coding(key=["甲", "林一", "0", 3, "stage"]), "start is '0'"),
        (coding(key=["乙", "林一", 0, 3, "stage"]), "no document '乙'"),
        (coding(values={"unit": 0, "evidence": "{", "made": NOW}), "line 1"),
        (coding(values={"unit": 0, "evidence": "[null]", "made": NOW}), "line 1"),
        (coding(values={"unit": 0, "evidence": '["r",0,2]', "made": NOW}), "no evidence of rules"),
        (coding(values={"unit": 2**63, "evidence": "[]", "made": NOW}), "unit is"),
        (coding(key="ab"), "not a list"),
        (memo("unit:甲:x"), "does not name a unit"),
        (memo("甲"), "a memo is about"),
        (memo("project", "\ud800"), "line 1"),
        (memo("project", "长" * 500_000), "too long"),
    ],
)
def test_a_line_that_is_no_row_of_a_person_is_refused_with_its_number(line, said):
    assert len(list(rows_of(coding(), {"甲": 10}))) == 1
    with pytest.raises(ValueError, match=said):
        list(rows_of(line, {"甲": 10}))


def test_a_pack_with_such_a_line_is_refused(pack, tmp_path):
    with zipfile.ZipFile(pack) as opened:
        inside = {name: opened.read(name) for name in opened.namelist()}
    del inside[SUMS]
    file = tmp_path / "bad.zip"
    file.write_bytes(packed(inside | {PEOPLE: inside[PEOPLE] + b"{}\n"}))
    with pytest.raises(SourceError, match=r"people\.jsonl, line 15"):
        open_bundle(file)
