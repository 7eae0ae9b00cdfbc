"""Coding in the reader: selected with the mouse, applied with mouse or keys, taken back."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.app.conftest import ATTACK, NOW, coded, serving
from tests.app.test_browser import Window
from wenma.app.code_picker import AT_HAND, AtHand, used_now
from wenma.app.messages import MESSAGES
from wenma.app.reading_view import stripes, undecided, within
from wenma.records import Coding, Unit
from wenma.store.annotations import memos
from wenma.store.coding_session import CodingSession
from wenma.store.edit_log import Act, Edit
from wenma.store.history import count_acts
from wenma.store.project import Project
from wenma.study.recent_codes import recent_codes

TEXT = (
    "一、主要任务\n\n"
    "加强预警😀和𠮷林救援👨‍👩‍👧。储备𡈽物资🚒，开展演练。\n\n"
    "完善应急预案😀😀。定期组织培训。\n\n"
    f"开展风险普查{ATTACK}。\n"
)
RULE = "rules:resilience"


PEOPLE = (f"李{n}" for n in count(1))


@pytest.fixture(scope="module")
def desk_file(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "甲.txt").write_text(TEXT, encoding="utf-8")
    return coded(folder, tmp_path_factory.mktemp("desk") / "desk.db")


@pytest.fixture(scope="module")
def desk_address(chromium, desk_file, tmp_path_factory) -> Iterator[str]:
    with serving(desk_file, tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture
def reader(chromium, desk_address, desk_file) -> Iterator["Reader"]:
    """The reader of one document, with a person nobody has seen before."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield Reader(page, desk_address, desk_file, next(PEOPLE))
    page.close()


# Where a character of a block stands on the screen; counted in UTF-16 as the browser does.
PLACE = """([block, at, after]) => {
  const find = (root) => root.querySelector('.reading')
    ?? [...root.querySelectorAll('div')].map((n) => n.shadowRoot && find(n.shadowRoot))
      .find(Boolean);
  const text = find(document).querySelectorAll('.block')[block].firstChild;
  text.scrollIntoView({ block: 'center' });
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (at < node.data.length || (after && at === node.data.length)) {
      const range = document.createRange();
      const one = (n) => node.data.codePointAt(n) > 0xffff ? 2 : 1;
      if (after) {
        const low = node.data.charCodeAt(at - 1);
        range.setStart(node, at - (low >= 0xdc00 && low < 0xe000 ? 2 : 1));
        range.setEnd(node, at);
      } else {
        range.setStart(node, at);
        range.setEnd(node, at + one(at));
      }
      const box = [...range.getClientRects()].at(after ? -1 : 0);
      return [after ? box.right - 1 : box.left + 1, box.top + box.height / 2];
    }
    at -= node.data.length;
  }
}"""


class Reader(Window):
    """The reader with one document and a mouse."""

    def __init__(self, page, address, file, person):
        super().__init__(page, address)
        self.file, self.person = file, person
        with Project.open(file) as project:
            self.document = project.document("甲.txt")
            self.units = project.units("甲.txt")
            self.rules = self.of_rules(project)

    def of_rules(self, project):
        return [one for one in project.codings("甲.txt") if one.coder.startswith(RULE)]

    def open(self, person=None, **address):
        person = self.person if person is None else person
        more = "".join(f"&{name}={quote(value)}" for name, value in address.items())
        self.go(f"reader?language=zh&person={quote(person)}{more}")
        self.page.locator(".text .run").first.wait_for()

    def point(self, offset, *, after=False):
        block = max(n for n, p in enumerate(self.document.paragraphs) if p.start <= offset)
        before = self.document.text[self.document.paragraphs[block].start : offset]
        return self.page.evaluate(PLACE, [block, len(before.encode("utf-16-le")) // 2, after])

    def select(self, words, *, backwards=False):
        """Draw the mouse over these words; their place in the document."""
        start = self.document.text.index(words)
        end = start + len(words)
        ends, before = [], None
        while ends != before or not ends:  # until the page has come to rest under the mouse
            before, ends = ends, [self.point(start), self.point(end, after=True)]
            self.page.wait_for_timeout(60)
        first, last = ends[::-1] if backwards else ends
        self.page.mouse.move(*first)
        self.page.mouse.down()
        self.page.mouse.move(*last, steps=6)
        self.page.mouse.up()
        meant = self.page.locator(".meant")
        expect(meant).to_have_text(MESSAGES["selected"].zh.format(n=end - start))
        expect(meant).to_have_attribute("title", words.replace("\n", " "))
        return start, end

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.rest()

    def pick(self, typed):
        self.page.locator(".search").click()
        self.page.keyboard.type(typed)
        self.page.keyboard.press("Enter")
        self.rest()

    def found(self, typed):
        self.page.locator(".search").fill(typed)
        return self.page.locator(".find .path").all_text_contents()

    def act(self, name):
        self.page.locator(".coding.active .small", has_text=MESSAGES[name].zh).click()
        self.rest()

    @property
    def said(self):
        return self.page.locator(".said > span").first.text_content()

    @property
    def meant(self):
        return self.page.locator(".meant").text_content()

    def acts(self):
        with Project.open(self.file) as project:
            return count_acts(project, self.person)

    def mine(self, person=None):
        with Project.open(self.file) as project:
            codings = project.codings("甲.txt", coder=person or self.person)
        return [(one.start, one.end, one.code) for one in codings]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "预警😀和𠮷林",
        "😀",
        "𠮷",
        "👨‍👩‍👧。储备𡈽物资🚒",
        "救援👨‍👩‍👧。储备𡈽物资🚒，开展演练。\n完善应急预案😀😀",
        "😀。定期组织培训。\n开展风险",
    ],
)
def test_what_is_drawn_over_with_the_mouse_is_coded_to_the_character(reader, words, backwards):
    words = words.replace("\u200d", "") if words not in reader.document.text else words
    reader.open()
    start, end = reader.select(words, backwards=backwards)
    assert reader.meant == MESSAGES["selected"].zh.format(n=end - start)
    reader.pick("dy")
    assert reader.mine() == [(start, end, "stage/resist")]
    assert reader.document.text[start:end] == words


def test_a_triple_click_codes_the_paragraph_without_its_line_end(reader):
    reader.open()
    start = reader.document.text.index("完善应急")
    paragraph = next(p for p in reader.document.paragraphs if p.start == start)
    reader.page.mouse.click(*reader.point(start + 1), click_count=3)
    length = paragraph.end - paragraph.start
    expect(reader.page.locator(".meant")).to_have_text(MESSAGES["selected"].zh.format(n=length))
    reader.pick("dy")
    assert reader.mine() == [(paragraph.start, paragraph.end, "stage/resist")]


def test_a_code_is_found_by_name_path_and_pinyin(reader):
    reader.open()
    for typed in ("抵御", "御", "dy", "diyu", "diy", "Resist", "resis", "stage/resist", "DY"):
        assert reader.found(typed)[0] == "stage/resist", typed
    assert reader.found("zhidu")[0] == reader.found("zd")[0] == "layer/institution"
    assert reader.found("绝无此码") == []


def test_typing_in_the_picker_is_no_command_to_the_app(reader):
    reader.open()
    reader.page.locator(".search").click()
    reader.page.keyboard.type("rcz1n")
    reader.rest()
    assert reader.page.locator(".search").input_value() == "rcz1n"
    assert reader.page.get_by_role("dialog").count() == 0
    assert reader.mine() == []


def test_the_codes_used_last_stand_at_the_keys_and_are_known_again(reader):
    reader.open()
    start, end = reader.select("储备")
    reader.pick("dy")
    reader.pick("xishou")
    assert reader.page.locator(".key span").all_text_contents() == ["抵御", "吸收"]
    later = reader.select("培训")
    reader.press("2", "1")
    wanted = {(start, end, "stage/resist"), (start, end, "stage/absorb")}
    wanted |= {(*later, "stage/resist"), (*later, "stage/absorb")}
    assert set(reader.mine()) == wanted, reader.said
    reader.open()
    assert set(reader.page.locator(".key span").all_text_contents()) == {"抵御", "吸收"}


def test_keys_struck_fast_are_all_heard(reader):
    reader.open()
    reader.select("储备")
    for code in ("dy", "xishou", "huifu"):
        reader.pick(code)
    reader.press("z", "z", "z")
    assert reader.mine() == []
    reader.press("1", "2", "3", "z", "Shift+Z")
    assert [code for *_, code in sorted(reader.mine())] == [
        "stage/absorb",
        "stage/recover",
        "stage/resist",
    ]


def test_a_key_struck_many_times_at_once_codes_once_and_takes_off_once(reader):
    reader.open()
    start, end = reader.select("储备")
    reader.pick("dy")
    reader.press("z")
    before = reader.acts()
    reader.press("1", "1", "1")
    assert reader.mine() == [(start, end, "stage/resist")]
    assert reader.acts() == before + 1
    reader.press("Escape", "Delete", "Delete", "Delete")
    assert (reader.mine(), reader.acts()) == ([], before + 2)


def test_undo_and_redo_and_the_end_of_both(reader):
    reader.open()
    reader.press("z")
    assert reader.said == MESSAGES["nothing_to_undo"].zh
    start, end = reader.select("储备")
    reader.pick("dy")
    reader.press("z")
    assert reader.mine() == []
    assert "撤销：编码" in reader.said
    reader.press("Shift+Z")
    assert reader.mine() == [(start, end, "stage/resist")]
    reader.press("Shift+Z")
    assert reader.said == MESSAGES["nothing_to_redo"].zh


def test_escape_lets_go_of_the_selection_and_a_key_then_codes_nothing(reader):
    reader.open()
    reader.select("储备")
    reader.pick("dy")
    reader.press("z")
    reader.open()
    reader.select("储备")
    reader.press("Escape")
    assert reader.meant == MESSAGES["nothing_meant"].zh
    reader.press("1")
    assert reader.mine() == []


def test_a_key_codes_the_chosen_unit_when_nothing_is_selected(reader):
    reader.open()
    reader.select("储备")
    reader.pick("dy")
    reader.press("z", "Escape")
    unit = next(one for one in reader.units if "定期" in reader.document.text[one.start : one.end])
    reader.page.mouse.click(*reader.point(unit.start + 2))
    reader.rest()
    assert reader.meant == MESSAGES["unit_meant"].zh
    reader.press("1")
    assert reader.mine() == [(unit.start, unit.end, "stage/resist")]


def test_delete_takes_off_the_chosen_coding_of_ones_own_and_no_other(reader):
    reader.open()
    reader.select("储备")
    reader.pick("dy")
    reader.press("Escape", "Delete")
    assert reader.mine() == []
    rule = reader.rules[0]
    reader.page.mouse.click(*reader.point(rule.start + 1))
    reader.rest()
    reader.press("Delete")
    assert reader.said == MESSAGES["choose_own"].zh
    with Project.open(reader.file) as project:
        assert reader.of_rules(project) == reader.rules


def test_next_and_previous_undecided_unit(reader):
    reader.open()
    waiting = undecided(reader.units, reader.rules, mine=[])
    assert len(waiting) > 2
    count = MESSAGES["undecided_left"].zh
    assert reader.page.locator(".left").text_content() == count.format(n=len(waiting))
    reader.press("n", "n")
    assert f"at={waiting[1].start}" in reader.page.url
    chosen = "".join(reader.page.locator(".chosen").all_text_contents())
    assert chosen == reader.document.text[waiting[1].start : waiting[1].end]
    reader.press("p")
    assert f"at={waiting[0].start}" in reader.page.url
    reader.pick("dy")
    assert reader.page.locator(".left").text_content() == count.format(n=len(waiting) - 1)
    reader.press("n")
    assert f"at={waiting[1].start}" in reader.page.url
    reader.press("p")
    assert reader.said == MESSAGES["none_before"].zh


def test_a_coding_is_recoded_extended_split_merged_and_taken_off(reader):
    reader.open()
    text = reader.document.text
    start, end = reader.select("预警😀")
    reader.pick("dy")
    reader.act("recode")
    reader.pick("xishou")
    assert reader.mine() == [(start, end, "stage/absorb")]
    _, last = reader.select("和𠮷林")
    reader.act("extend")
    assert reader.mine() == [(start, last, "stage/absorb")]
    middle = text.index("𠮷")
    reader.select("𠮷林")
    reader.act("split")
    assert reader.mine() == [(start, middle, "stage/absorb"), (middle, last, "stage/absorb")]
    reader.select("和𠮷")
    reader.act("merge")
    assert reader.mine() == [(start, last, "stage/absorb")]
    reader.act("uncode")
    assert reader.mine() == []
    for _ in range(6):
        reader.press("z")
    assert reader.mine() == []


def test_memos_stand_with_the_coding_and_the_document(reader):
    reader.open()
    start, end = reader.select("储备")
    reader.pick("dy")
    reader.act("memo")
    reader.page.keyboard.type(f"存疑 z1n {ATTACK}")
    reader.page.keyboard.press("Control+Enter")
    reader.rest()
    reader.page.locator(".paper .small", has_text=MESSAGES["memo"].zh).click()
    reader.page.keyboard.type("整份文件")
    reader.page.locator(".paper .small", has_text=MESSAGES["keep"].zh).click()
    reader.rest()
    with Project.open(reader.file) as project:
        kept = {about: text for about, who, text, _ in memos(project) if who == reader.person}
    assert kept == {
        f"coding:甲.txt:{start}:{end}:stage/resist": f"存疑 z1n {ATTACK}",
        "document:甲.txt": "整份文件",
    }
    assert reader.page.locator(".coding.active .memo").text_content() == f"存疑 z1n {ATTACK}"
    assert reader.page.locator(".paper .memo").text_content() == "整份文件"
    reader.open(person="王")
    told = reader.page.locator(".paper .memo .others").text_content()
    assert told == f"{reader.person}: 整份文件"


def test_without_a_name_nothing_is_coded_and_a_sentence_says_why(reader):
    reader.open(person="")
    reader.select("储备")
    reader.pick("dy")
    assert reader.said == MESSAGES["needs_name"].zh
    with Project.open(reader.file) as project:
        assert reader.of_rules(project) == reader.rules
    reader.page.get_by_label(MESSAGES["person"].zh).fill("王")
    reader.page.keyboard.press("Enter")
    reader.rest()
    assert "person=" in reader.page.url
    span = reader.select("储备")
    reader.pick("dy")
    assert reader.mine("王") == [(*span, "stage/resist")]


def test_ones_own_codings_stand_apart_from_the_rules(reader):
    reader.open()
    reader.select("储备")
    reader.pick("dy")
    own = reader.page.locator(".stripe.own")
    assert own.count() == 1
    assert "repeating" not in own.evaluate("node => getComputedStyle(node).backgroundImage")
    others = reader.page.locator(".stripe:not(.own)")
    assert others.count()
    dashes = others.first.evaluate("node => getComputedStyle(node).backgroundImage")
    assert "repeating" in dashes
    assert reader.page.locator(".label.own").text_content() == "抵御"
    run = reader.page.locator(".run", has_text="储备").first
    assert "linear-gradient" in run.get_attribute("style")


def test_a_stripe_leads_to_its_coding(reader):
    reader.open()
    reader.select("储备")
    reader.pick("dy")
    reader.press("Escape")
    reader.page.mouse.click(*reader.point(reader.document.text.index("任务")))
    reader.rest()
    reader.page.locator(".label.own").click()
    reader.rest()
    assert reader.page.locator(".coding.own.active .line.code").text_content() == "抵御"


def test_whose_codings_are_shown_and_the_undecided_alone(reader):
    with Project.open(reader.file) as project:
        unit = undecided(reader.units, reader.rules, mine=[])[0]
        CodingSession(project, reader.person).code(
            "甲.txt", unit.start, unit.end, "stage/adapt", now=NOW
        )
    for whose, own, others in (
        ("both", True, True),
        ("mine", True, False),
        ("theirs", False, True),
    ):
        reader.open(whose=whose)
        assert bool(reader.page.locator(".stripe.own").count()) == own
        assert bool(reader.page.locator(".stripe:not(.own)").count()) == others
    every = reader.page.locator(".stripe:not(.own)").count()
    reader.open(undecided="yes")
    assert reader.page.locator(".stripe.own").count() == 0
    assert 0 < reader.page.locator(".stripe:not(.own)").count() < every


def test_an_attack_stays_text_where_it_is_coded(reader):
    alarms = []
    reader.page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    reader.open(person=ATTACK[:60])
    start, end = reader.select(f"普查{ATTACK}")
    assert ATTACK in reader.page.locator(".meant").get_attribute("title")
    reader.pick("dy")
    assert reader.mine(ATTACK[:60]) == [(start, end, "stage/resist")]
    assert ATTACK in reader.page.locator(".line.quote").text_content()
    assert reader.page.locator("img[onerror], script:text-is('alert(1)')").count() == 0
    assert alarms == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "address",
    [
        {},
        {"person": "李"},
        {"person": "李", "whose": "mine"},
        {"person": "李", "undecided": "yes", "stance": "stance/deficit"},
        {"hidden": "stage/resist", "at": "300"},
    ],
)
def test_the_page_opens_in_both_languages(opened, language, address):
    app = opened("reader", language=language, **address)
    assert not app.exception
    field = app.text_input[0]
    assert field.label == getattr(MESSAGES["person"], language)
    assert field.value == address.get("person", "")
    assert [one.label for one in app.toggle if one.label == MESSAGES["only_undecided"].zh] or (
        language == "en"
    )


def test_a_name_of_rules_is_refused_in_a_sentence(opened):
    app = opened("reader", person="rules:resilience@1.0")
    assert not app.exception
    assert "不能作姓名" in app.text[0].value


def test_who_is_known_from_another_page_is_not_asked_again(opened, sample):
    from streamlit.testing.v1 import AppTest

    from tests.app.conftest import MAIN

    app = AppTest.from_file(str(MAIN), default_timeout=900)
    app.session_state["step"] = ("reader", {"language": "zh"})
    app.session_state["person"] = "李"
    opened("reader")  # names the project for both
    app.run()
    assert not app.exception
    assert app.text_input[0].value == "李"


def test_codings_that_meet_get_lanes_of_their_own_and_neighbours_one_name():
    several = [
        Coding("d", 0, 0, 5, "a", "李"),
        Coding("d", 0, 0, 5, "b", "李"),
        Coding("d", 1, 6, 9, "a", "李"),
        Coding("d", 1, 20, 22, "b", "李"),
    ]
    found = stripes(several, order={"a": 0, "b": 1})
    assert [(one.start, one.code, one.lane, one.named) for one in found] == [
        (0, 0, 0, True),
        (0, 1, 1, True),
        (6, 0, 0, False),
        (20, 1, 1, True),
    ]


def test_a_unit_is_decided_by_a_coding_of_ones_own_or_by_judging_all_its_proposals():
    units = [Unit(n, 10 * n, 10 * n + 9, "body", 0, n) for n in range(4)]
    rules = [Coding("d", n, 10 * n, 10 * n + 9, "a", f"{RULE}@1") for n in range(3)]
    rules.append(Coding("d", 2, 20, 29, "b", f"{RULE}@1"))
    mine = [Coding("d", -1, 3, 5, "c", "李")]
    judged = {(20, 29, "a")}
    waiting = [one.number for one in undecided(units, rules, mine=mine, judged=judged)]
    assert waiting == [1, 2]
    judged.add((20, 29, "b"))
    waiting = [one.number for one in undecided(units, rules, mine=mine, judged=judged)]
    assert waiting == [1]
    assert [one.unit for one in within(rules, units[1:2])] == [1]


def test_codes_used_last_come_from_the_persons_own_acts():
    def act(n, person, code, kind="do"):
        edit = Edit("coding", (1, person, 0, 1, code), None, {"unit": 0})
        return Act(n, NOW, person, kind, "code", "d", (edit,), None)

    acts = [act(5, "李", "c"), act(4, "王", "b"), act(3, "李", "a"), act(2, "李", "c")]
    assert recent_codes(acts, person="李", known={"a", "b", "c"}, most=AT_HAND) == ("c", "a")
    nine = AtHand(tuple("abcdefghi"), tuple("abcdefghi"))
    assert used_now("x", nine).keys == ("a", "b", "c", "d", "e", "f", "g", "h", "x")
