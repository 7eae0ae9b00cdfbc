"""The app in a real browser: from a number to its words, and nothing a document says is run."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.app.conftest import ATTACK, MARKDOWN
from wenma.app.main import PAGES
from wenma.app.messages import MESSAGES
from wenma.store.project import Project

CHART = "[data-testid=stVegaLiteChart]"
TABLE = "[data-testid=stDataFrame]"


# What the page shows once all is there; "" while a part has still to be drawn. A script that ended
# is drawn later on a busy machine, and what draws our own parts is loaded later still.
SHOWN = """() => {
  const all = (where) => [...document.querySelectorAll(where)];
  const drawing = all("[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]");
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
  const empty = all("[data-testid^=stBidiComponent]")
    .filter((node) => !(node.shadowRoot ?? node).querySelector(".wenma, .tree"));
  if (drawing.length || empty.length || state !== "notRunning") return "";
  return document.location.href + document.body.innerText + all("*").length;
}"""


class Window:
    """A page of the browser that waits until the app has come to rest."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.asked = self.finished = 0
        page.on("websocket", self._listen)

    def _listen(self, socket):
        """Count what the browser asks the server to run, and what the server has run."""

        def sent(payload):
            asked = BackMsg()
            asked.ParseFromString(payload if isinstance(payload, bytes) else payload.encode())
            if asked.WhichOneof("type") == "rerun_script":
                self.asked += 1
                self.finished = 0

        def received(payload):
            told = ForwardMsg()
            told.ParseFromString(payload if isinstance(payload, bytes) else payload.encode())
            if told.WhichOneof("type") == "script_finished":
                self.finished += told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

        socket.on("framesent", sent)
        socket.on("framereceived", received)

    def go(self, to):
        self.asked = self.finished = 0
        self.page.goto(f"{self.address}/{to}")
        self.page.wait_for_selector("[data-testid=stHeading]", timeout=120_000)
        self.rest()

    def rest(self):
        """Wait until the server has run all it was asked for and the page has drawn it."""
        seen, still = "", 0
        for _ in range(600):
            now = self.page.evaluate(SHOWN)
            ran = self.finished or not self.asked
            ran = ran and not self.page.locator("[aria-busy=true]").count()
            still = still + 1 if now and now == seen and ran else 0
            if still == 4:
                return
            seen = now
            self.page.wait_for_timeout(100)
        raise TimeoutError("the page does not come to rest")

    def in_sight(self, node):
        """Wait until this part of the text stands inside the frame the text is read in."""
        node.wait_for()
        inside = """(node) => {
          const at = node.getBoundingClientRect().top;
          const frame = node.closest('.text').getBoundingClientRect();
          return frame.top <= at && at <= frame.bottom;
        }"""
        for _ in range(300):
            if node.evaluate(inside):
                return
            self.page.wait_for_timeout(100)
        raise TimeoutError("it does not come into sight")

    def words_of_chart(self, *, chart=0):
        """All words and numbers of a chart, once it is drawn."""
        texts = self.page.locator(CHART).nth(chart).locator("svg text")
        texts.first.wait_for(state="attached")
        return texts.all_text_contents()

    def click_mark(self, text, *, chart=0):
        """Click the number `text` in a chart."""
        place = self.page.locator(CHART).nth(chart).locator(f"text:text-is('{text}')").first
        place.scroll_into_view_if_needed()
        place.click(force=True)
        self.rest()


@pytest.fixture
def window(chromium, sample_address) -> Iterator[Window]:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield Window(page, sample_address)
    page.close()


@pytest.fixture
def attacked(chromium, attack_address) -> Iterator[Window]:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield Window(page, attack_address)
    page.close()


def test_the_overview_shows_its_heat_map_without_scrolling(window):
    window.go("?language=zh")
    assert {"抵御", "制度", "澜屿市"} <= set(window.words_of_chart())
    box = window.page.locator(CHART).bounding_box()
    assert box["y"] + box["height"] < 800
    assert box["x"] + box["width"] < 1280


def test_a_cell_leads_to_its_excerpts_and_an_excerpt_to_its_place_in_the_reader(window, study):
    window.go("?language=zh")
    codings = study.dataset().details()
    body = codings[codings["kind"] != "heading"]
    drawn = window.words_of_chart()
    # A cell whose number stands nowhere else in the heat map.
    for city, countable in study.documents().groupby("city")["countable"].sum().items():
        mine = body[(body["code"] == "stage/recover") & (body["city"] == city)]
        mark = f"{1000 * len(mine) / countable:.1f}"
        if drawn.count(mark) == 1:
            break
    window.click_mark(mark)
    shown = window.page.locator(".passage")
    shown.first.wait_for()
    assert shown.count() == min(20, len(mine))
    assert shown.first.locator(".body").text_content() == mine["excerpt"].iloc[0]
    shown.first.click()
    window.rest()
    assert "/reader?" in window.page.url
    assert f"at={mine['start'].iloc[0]}" in window.page.url
    chosen = window.page.locator(".chosen")
    chosen.first.wait_for()
    assert "".join(chosen.all_text_contents()) == mine["excerpt"].iloc[0]
    assert chosen.first.is_visible()
    window.page.locator(".line.quote").wait_for()
    assert window.page.locator(".line.quote").text_content() == mine["excerpt"].iloc[0]


def test_a_row_of_the_table_leads_to_its_excerpts(window, study):
    window.go("documents?language=zh")
    box = window.page.locator(TABLE).first.bounding_box()
    window.page.mouse.click(box["x"] + 100, box["y"] + 35 * 2.5)
    window.rest()
    second = study.documents()["document"].iloc[1]
    assert quote(second) in window.page.url
    window.page.locator(".passage").first.wait_for()
    assert window.page.locator(".passage").count() == 20
    window.page.get_by_role("button", name=MESSAGES["open_document"].zh).click()
    window.rest()
    assert window.page.url.split("?")[0].endswith("/reader")
    assert quote(second) in window.page.url


@pytest.mark.parametrize("page", ["frequencies", "framework"])
def test_marks_of_other_charts_are_doors_too(window, study, page):
    query, column = {"frequencies": ("frequency", "references"), "framework": ("matrix", "units")}[
        page
    ]
    table = study.ask(query).frame
    counts = table[table["code"].str.startswith("stage/")][column]
    mark = f"{counts.max():,}"
    window.go(f"{page}?language=zh&left=all&shows=counts")
    window.click_mark(mark)
    assert "excerpts=" in window.page.url
    title = window.page.locator(".line.title").first.text_content()
    assert title == MESSAGES["excerpts_of"].zh.format(n=mark)


def test_a_pair_of_the_heat_map_and_a_code_of_the_network_are_doors(window):
    window.go("cooccurrence?language=zh&measure=n11")
    number = next(n for n in window.words_of_chart() if n.isdigit() and int(n) > 1)
    window.click_mark(number)
    assert "also" in window.page.url
    window.go("cooccurrence?language=zh")
    dot = window.page.locator(CHART).nth(1).locator(".mark-symbol path").first
    dot.click(force=True)
    window.rest()
    assert "excerpts=" in window.page.url
    assert "also" not in window.page.url


def test_the_reader_answers_a_click_and_hides_a_code(window, study):
    document = study.documents()["document"].iloc[0]
    window.go(f"reader?language=zh&document={quote(document)}")
    run = window.page.locator(".text p.body .run[data-unit]").nth(4)
    text = run.text_content()
    run.click()
    window.rest()
    assert re.search(r"[?&]at=\d+", window.page.url)
    assert text in window.page.locator(".line.quote").text_content()
    assert window.page.locator(".line.faint", has_text="行").count()
    coloured = window.page.locator(".run[style*=gradient]").count()
    window.page.locator(".chip", has_text="承诺").click()
    window.rest()
    assert "hidden=" in window.page.url
    assert 0 < window.page.locator(".run[style*=gradient]").count() < coloured


def test_the_outline_scrolls_the_text_and_not_the_page(window, study):
    window.go(f"reader?language=zh&document={quote(study.documents()['document'].iloc[0])}")
    last = window.page.locator(".entry").last
    title = last.locator("span").text_content().split(" ", 1)[-1]
    last.scroll_into_view_if_needed()
    before = window.page.locator(".text").evaluate("node => node.scrollTop")
    last.click()
    heading = window.page.locator(".text p", has_text=title).last
    window.in_sight(heading)
    assert window.page.locator(".text").evaluate("node => node.scrollTop") > before


def test_a_link_into_a_long_document_shows_the_sentence_it_names(attacked, attack):
    with Project.open(attack) as project:
        document = project.document("long.md")
        unit = project.units("long.md")[-100]
    assert len(document.text) > 30_000
    attacked.go(f"reader?language=zh&document=long.md&at={unit.start}")
    chosen = attacked.page.locator(".chosen").first
    attacked.in_sight(chosen)
    text = "".join(attacked.page.locator(".chosen").all_text_contents())
    assert text == document.text[unit.start : unit.end]


def test_the_language_is_switched_and_stays_from_page_to_page(window):
    window.go("?language=zh")
    window.page.get_by_role("radio", name="English").or_(
        window.page.get_by_role("button", name="English")
    ).first.click()
    window.rest()
    assert "language=en" in window.page.url
    window.page.get_by_role("link", name="Frequencies").click()
    window.rest()
    assert "language=en" in window.page.url
    assert window.page.get_by_role("heading", name="Frequencies").is_visible()
    assert "Resist" in window.words_of_chart()


def test_filters_chosen_at_the_side_hold_on_the_next_page(window, study):
    city = study.documents()["city"].iloc[0]
    window.go(f"?language=zh&city={quote(city)}")
    window.page.get_by_role("link", name="文件").click()
    window.rest()
    assert quote(city) in window.page.url
    assert window.page.locator("[data-testid=stMultiSelect]").first.text_content().count(city)


def test_the_app_asks_no_other_machine(chromium, sample_address):
    page = chromium.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    window = Window(page, sample_address)
    for name in PAGES:
        window.go(f"{name}?language=zh")
    strange = [url for url in asked if not url.startswith((sample_address, "data:", "blob:"))]
    page.close()
    assert asked
    assert strange == []


def test_what_a_document_says_is_shown_as_text_and_never_run(attacked):
    page = attacked.page
    alarms, asked = [], []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    door = quote('{"code": "stage"}')
    for name in PAGES:
        attacked.go(f"{name}?language=zh&excerpts={door}")
        assert page.locator("img[onerror], script:text-is('alert(1)')").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
    attacked.go(f"?language=zh&excerpts={door}")
    shown = " ".join(page.locator(".passage").all_text_contents())
    assert ATTACK in shown and MARKDOWN in shown
    page.locator(CHART).locator("text", has_text="–").or_(
        page.locator(f"{CHART} .mark-rect path")
    ).first.hover(force=True)
    attacked.rest()
    attacked.go("reader?language=zh")
    text = page.locator(".text").text_content()
    assert ATTACK in text and MARKDOWN in text
    page.locator(".text .run[data-unit]").nth(2).click()
    attacked.rest()
    assert ATTACK in page.locator(".line.quote").text_content()
    page.locator("[data-testid=stMultiSelect] input").first.click()
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").filter(has_text=MARKDOWN).count() == 1
    assert alarms == []
    assert not [url for url in asked if "203.0.113.1" in url]
