"""A study as others open it: sound by the standard's schema, each span on its words."""

import csv
import os
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import ROOT
from tests.store.conftest import NOW
from tests.study.conftest import RULES, acting
from tests.study.conftest import codebook as codebook
from tests.study.conftest import database as database
from tests.study.conftest import decided as decided
from tests.study.conftest import keep as keep
from tests.study.conftest import project as project
from tests.study.conftest import study as study
from tests.study.conftest import where as where
from wenma.cli.main import main
from wenma.codebook.yaml_file import parse_codebook
from wenma.interchange.refi_project import refi_project
from wenma.records import Coding, Document

NS = {"q": "urn:QDA-XML:project:1.0"}
SHARED = Path(os.environ.get("WENMA_SHARED", ROOT.parent / "shared"))
SCHEMA = SHARED / "refi-qda" / "schema" / "Project-mrt2019.xsd"
YAML = """\
codebook: small
version: "1"
name: {zh: 小<编码本>}
codes:
  - id: stage
    name: {zh: 环节}
    definition: 甲 & 乙 < 丙
    codes: [{id: resist, name: {zh: '"抵御"'}}, {id: absorb, name: {zh: 吸收}}]
  - {id: form, name: {zh: 形式}}
"""
TEXT = "完善𠀀预警。\n加强<救援>&储备。"


def made() -> bytes:
    documents = [
        Document(id="甲.txt", text=TEXT, title="甲\x0b规划", city="云州", year=2021,
                 attributes=(("人口", "12"),)),
        Document(id="乙.txt", text="无编码。"),
    ]  # fmt: skip
    spans = [(0, 6, "stage/resist", "林"), (0, 6, "stage/resist", RULES), (0, 6, "form", "林")]
    spans += [(9, 13, "stage/absorb", RULES), (9, 13, "stage/unknown", RULES)]
    codings = [Coding("甲.txt", -1, a, b, code, who) for a, b, code, who in spans]
    return refi_project("研究", parse_codebook(YAML), documents, codings)


def read(content: bytes) -> tuple[etree._Element, dict[str, str]]:
    with zipfile.ZipFile(BytesIO(content)) as pack:
        texts = {name: pack.read(name).decode() for name in pack.namelist()}
    return etree.fromstring(texts.pop("project.qde").encode()), texts


def excerpts(root: etree._Element, texts: dict[str, str]) -> set[tuple[str, str, str, str]]:
    """Document, coder, code and words of every coding, as a reader of the standard finds them."""
    codes = {one.get("guid"): one.get("name") for one in root.iterfind(".//q:Code", NS)}
    users = {one.get("guid"): one.get("name") for one in root.iterfind(".//q:User", NS)}
    found = set()
    for source in root.iterfind(".//q:TextSource", NS):
        text = texts[f"sources/{source.get('plainTextPath').removeprefix('internal://')}"]
        for place in source.iterfind("q:PlainTextSelection", NS):
            words = text[int(place.get("startPosition")) : int(place.get("endPosition"))]
            for one in place.iterfind("q:Coding", NS):
                code = codes[one.find("q:CodeRef", NS).get("targetGUID")]
                found.add((source.get("name"), users[one.get("creatingUser")], code, words))
    return found


def test_every_coding_stands_on_its_words_under_its_coder():
    root, texts = read(made())
    assert excerpts(root, texts) == {
        ("甲.txt", "林", '"抵御"', TEXT[0:6]),
        ("甲.txt", RULES, '"抵御"', TEXT[0:6]),
        ("甲.txt", "林", "形式", TEXT[0:6]),
        ("甲.txt", RULES, "吸收", TEXT[9:13]),
    }
    assert len(root.findall(".//q:PlainTextSelection", NS)) == 2
    assert TEXT in texts.values() and not any(text.startswith("\ufeff") for text in texts.values())
    nested = root.find(".//q:Code/q:Code", NS)
    assert nested.getparent().get("name") == "环节" and nested.get("color").startswith("#")


def test_what_documents_state_are_variables_of_cases():
    root, _ = read(made())
    names = {one.get("guid"): one.get("name") for one in root.iterfind(".//q:Variable", NS)}
    case = root.find(".//q:Case", NS)
    stated = {
        names[one.find("q:VariableRef", NS).get("targetGUID")]: one.findtext("q:TextValue", "", NS)
        for one in case.iterfind("q:VariableValue", NS)
    }
    assert stated == {"city": "云州", "year": "2021", "人口": "12"}
    assert case.get("name") == "甲规划"


@pytest.mark.skipif(not SCHEMA.exists(), reason="the standard's schema lies beside the project")
def test_it_is_sound_by_the_schema_of_the_standard():
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(read(made())[0])
    empty = refi_project("空", parse_codebook(YAML), [], [])
    schema.assertValid(read(empty)[0])


def test_the_same_study_gives_the_same_bytes():
    assert made() == made()


def test_the_command_and_the_pack_hold_what_rules_and_people_coded(decided, tmp_path, capsys):
    if "postgresql" in decided.name:
        pytest.skip("one kind of project is enough here")
    acting(decided, "王三").code("丙.txt", 14, 19, "stage/resist", now=NOW)
    assert main(["export", decided.name, str(tmp_path / "研究.qdpx")]) == 0
    assert "王三" in capsys.readouterr().out
    root, texts = read((tmp_path / "研究.qdpx").read_bytes())
    found = excerpts(root, texts)
    by = {who: {one for one in found if one[1] == who} for _, who, *_ in found}
    assert {"林一", "王三", RULES} <= set(by)
    (mine,) = by["王三"]
    assert mine[0] == "丙.txt" and mine[3] == decided.document("丙.txt").text[14:19]
    rules = {
        (id, one.start) for id in decided.document_ids() for one in decided.codings(id, coder=RULES)
    }
    assert len({one[0] for one in by[RULES]}) == len({id for id, _ in rules})
    assert main(["export", decided.name, str(tmp_path / "包.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "包.zip") as pack:
        packed_root, packed_texts = read(pack.read("project.qdpx"))
        rows = [*csv.DictReader(StringIO(pack.read("codings_by_people.csv").decode()))]
        readme = pack.read("README.txt").decode()
    assert excerpts(packed_root, packed_texts) == found
    assert ("王三", "丙.txt", mine[3]) in {(r["coder"], r["document"], r["excerpt"]) for r in rows}
    assert "codings_by_people.csv" in readme and "project.qdpx" in readme
