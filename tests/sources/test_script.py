import pytest

from wenma.codebook.yaml_file import load_codebook
from wenma.coding.coder import Coder
from wenma.coding.examples import code_sentence
from wenma.language.units import units
from wenma.language.words import cut, cut_into_words
from wenma.records import Code, Codebook, Rule
from wenma.shipped import shipped
from wenma.sources.document import parse_document
from wenma.sources.from_text import extract
from wenma.sources.reading import read
from wenma.sources.script import both_scripts, folded, script_signs

SIMPLIFIED = (
    "目录\n第一章 总则 1\n第二章 主要任务 2\n第三章 保障措施 3\n第一章 总则\n第一节 编制目的\n"
    "为了提升城市韧性，沿着既定方向，着力推进防灾减灾，显著提高干旱应对能力，后续工作由里到外。\n"
    "第二章 主要任务\n（一）健全应急联动机制\n完善跨区域应急联动机制，了解群众需要，准备物资。\n"
    "第三章 保障措施\n加强组织领导，明确责任分工。\n"
)
TRADITIONAL = (
    "目錄\n第一章 總則 1\n第二章 主要任務 2\n第三章 保障措施 3\n第一章 總則\n第一節 編制目的\n"
    "為了提升城市韌性，沿著既定方向，著力推進防災減災，顯著提高乾旱應對能力，後續工作由裡到外。\n"
    "第二章 主要任務\n（一）健全應急聯動機制\n完善跨區域應急聯動機制，瞭解羣眾需要，準備物資。\n"
    "第三章 保障措施\n加強組織領導，明確責任分工。\n"
)
HONG_KONG = TRADITIONAL.replace("由裡到外", "由裏到外").replace("羣眾", "羣衆")


@pytest.mark.parametrize("text", [TRADITIONAL, HONG_KONG])
def test_a_folded_text_is_its_simplified_twin_character_by_character(text):
    assert folded(text) == SIMPLIFIED


def test_simplified_text_is_the_same_object_and_rare_characters_stay():
    assert folded(SIMPLIFIED) is SIMPLIFIED
    assert folded("乾隆年间，昇腾芯片，朱镕基。\n於潜镇") == "乾隆年间，昇腾芯片，朱镕基。\n於潜镇"


def test_only_lines_in_traditional_script_are_folded():
    assert folded("乾陵规划\n應急聯動\n乾县规划") == "乾陵规划\n应急联动\n乾县规划"


def test_著_is_着_unless_it_is_about_writing_or_fame():
    assert folded("沿著長江，顯著發展，土著、著名專著") == "沿着长江，显著发展，土著、著名专著"


def test_outline_and_roles_are_those_of_the_twin_and_the_text_stays_as_it_is():
    found, twin = (parse_document(extract(t.encode()).lines) for t in (TRADITIONAL, SIMPLIFIED))
    assert len(found.text) == len(twin.text)
    assert folded(found.text) == twin.text
    assert "總則" in found.text and "沿著既定方向" in found.text
    assert found.paragraphs == twin.paragraphs
    assert found.source_map == twin.source_map
    assert [(s.start, s.heading_end, s.end, s.level, s.role) for s in found.sections] == [
        (s.start, s.heading_end, s.end, s.level, s.role) for s in twin.sections
    ]
    assert [section.title for section in found.sections][:2] == ["總則", "編制目的"]


@pytest.mark.parametrize("codebook", ["resilience", "hazards", "policy_instruments"])
def test_a_traditional_document_gets_the_codings_of_its_twin(tmp_path, codebook):
    coder = Coder(load_codebook(shipped("codebooks") / f"{codebook}.yaml"))
    codings = []
    for name, text in (("traditional", TRADITIONAL), ("simplified", SIMPLIFIED)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (document,) = read(tmp_path / f"{name}.txt")
        made = coder.code(document, units(document))
        codings.append([(c.unit, c.start, c.end, c.code, c.evidence) for c in made])
    assert codings[0] == codings[1]


def test_the_report_says_that_a_document_is_in_traditional_script():
    (sign,) = script_signs(TRADITIONAL)
    assert (sign.kind, sign.look) == ("traditional", False)
    assert script_signs(SIMPLIFIED) == ()
    assert script_signs(SIMPLIFIED + "韌性") == ()


def _coder(rule: Rule) -> Coder:
    return Coder(Codebook("a", "1", "甲", "A", (Code("x", "甲", "A", rules=(rule,)),)))


@pytest.mark.parametrize(
    "rule", [Rule("r", terms=("應急聯動",)), Rule("r", pattern="應急.{0,2}聯動")]
)
@pytest.mark.parametrize("sentence", ["健全應急聯動機制。", "健全应急联动机制。"])
def test_wording_in_traditional_script_finds_both(rule, sentence):
    (coding,) = code_sentence(_coder(rule), sentence)
    assert [(e.start - coding.start, e.end - coding.start) for e in coding.evidence] == [(2, 6)]


def test_words_are_cut_where_the_twin_is_cut_and_spelt_as_they_stand():
    words = cut(TRADITIONAL)
    assert "".join(words) == TRADITIONAL
    assert [len(word) for word in words] == [len(word) for word in cut(SIMPLIFIED)]
    assert "應急聯動" in words
    word, twin = (cut_into_words(text, pos=True)[-1] for text in ("提升韌性", "提升韧性"))
    assert word == twin._replace(text="韌性")


def test_a_search_knows_both_scripts():
    assert "韌性" in both_scripts("韧性")
    assert "韧性" in both_scripts("韌性")
    assert {"臺灣", "台灣"} < set(both_scripts("台湾"))


def test_the_traditional_file_made_to_fail_is_coded_like_its_twin(shared):
    folder = shared / "made" / "text"
    (document,), (twin,) = read(folder / "trad_utf8.txt"), read(folder / "known.txt")
    coder = Coder(load_codebook(shipped("codebooks") / "resilience.yaml"))
    (found, expected) = (
        [(c.unit, c.start, c.end, c.code, c.evidence) for c in coder.code(one, units(one))]
        for one in (document, twin)
    )
    assert found == expected
    assert len(expected) > 1000
    assert any("韌性" in document.text[e.start : e.end] for *_, found_ in found for e in found_)
