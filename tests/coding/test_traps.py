"""Sentences on which a list of words goes wrong: what they must get, and must not."""

import pytest

from wenma.codebook.yaml_file import load_codebook
from wenma.coding.coder import Coder
from wenma.coding.examples import code_sentence
from wenma.shipped import shipped
from wenma.sources.document import parse_document
from wenma.sources.from_text import extract

RESIST, ABSORB, RECOVER, ADAPT = (f"stage/{n}" for n in ("resist", "absorb", "recover", "adapt"))
LAW, TECHNOLOGY, ACTOR = (f"layer/{n}" for n in ("institution", "technology", "actor"))
DONE, PROMISED, LACKING = (f"stance/{n}" for n in ("achievement", "commitment", "deficit"))
REGION = "theme/regional_cooperation"

TRAPS = [
    ("推进恢复性司法和生态修复。", [], [RECOVER]),
    ("各单位要积极响应国家号召。", [], [ABSORB]),
    ("压实企业安全生产主体责任。", [LAW], [ACTOR]),
    ("适应新时代应急管理要求。", [], [ADAPT]),
    ("尚未建立跨区域应急联动机制。", [REGION, LACKING], [PROMISED]),
    ("补齐基层应急能力短板。", [PROMISED], [LACKING]),
    ("到2025年，建成全市统一的应急指挥平台。", [ABSORB, TECHNOLOGY, PROMISED], [DONE]),
    ("已建成覆盖全市的地震预警系统。", [RESIST, TECHNOLOGY, DONE], [PROMISED]),
    ("深入学习贯彻习近平总书记重要论述。", [], [ADAPT]),
    ("依据《自然灾害救助条例》等，制定本规划。", [], [RECOVER, LAW]),
    ("开展灾害风险评估和灾情损失评估。", [RESIST, RECOVER], [ADAPT]),
    ("由被动应对向主动预防转变。", ["shift/passive-to-active"], []),
    ("市应急管理局、市消防救援支队负责落实。", [], [ABSORB, ACTOR]),
    ("吸收社会力量参与城市治理。", [], [ABSORB]),
    ("加强专业技术人员队伍建设。", [], [TECHNOLOGY]),
    ("逾期未改正的，责令停产停业整顿。", [RESIST, LAW, PROMISED], [ABSORB]),
    ("有效应对三轮台风和强降雨。", [ABSORB], [RESIST]),
    ("加强森林防灭火巡护。", [RESIST], [ABSORB]),
    ("应急物资由发展改革、科技、财政等部门负责采购。", [ABSORB], [TECHNOLOGY]),
    ("与相关省市建立传染病联防联控机制。", [REGION, LAW], []),
    ("事不避难，把困难留给自己。", [], [ABSORB]),
    ("对应急预案草案进行评估。", [], [ADAPT]),
    ("深入整治燃气隐患，事故起数下降8.7%。", [RESIST, DONE], [PROMISED]),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_codebook(shipped("codebooks") / "resilience.yaml"))


@pytest.mark.parametrize(("sentence", "must", "must_not"), TRAPS)
def test_a_trap_is_not_walked_into(coder, sentence, must, must_not):
    got = {coding.code for coding in code_sentence(coder, sentence)}
    assert set(must) <= got
    assert not set(must_not) & got


@pytest.mark.parametrize(
    ("sentence", "must_not"),
    [
        ("吸收社会力量参与城市治理。", ABSORB),
        ("加强专业技术人员队伍建设。", TECHNOLOGY),
        ("完善共建共治共享格局。", TECHNOLOGY),  # 共享 is no sharing of data here
    ],
)
def test_what_says_nothing_of_emergencies_is_judged_by_the_section_it_stands_in(
    coder, sentence, must_not
):
    alone = {coding.code for coding in code_sentence(coder, sentence)}
    assert alone == {PROMISED}  # the guide: outside the scope there is neither stage nor layer
    under = code_sentence(coder, sentence, heading="健全应急管理体系")
    assert ACTOR in {coding.code for coding in under}
    assert must_not not in {coding.code for coding in under}


def test_a_line_of_contents_is_no_evidence():
    text = (
        "目录\n一、总体要求……3\n（三）健全灾害救助和恢复重建机制……20\n一、总体要求\n坚持预防为主。"
    )
    found = parse_document(extract(text.encode()).lines)
    entry = next(p for p in found.paragraphs if "恢复重建" in found.text[p.start : p.end])
    assert entry.kind == "contents"
