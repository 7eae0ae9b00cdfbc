"""The report: every number right, every link leads somewhere, and no text becomes a page."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from lxml import html as lxml_html

from wenma.cli.main import main
from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.errors import WenmaError
from wenma.publish import report as report_room
from wenma.publish.artefacts import APART, ARTEFACTS, ArtefactTable
from wenma.publish.figures import CHARTS
from wenma.publish.methods import facts, methods
from wenma.publish.passages import Doors, evenly_spread
from wenma.publish.printed_table import Panel, PrintedTable
from wenma.publish.report import Report, ReportFigure, report
from wenma.publish.report_docx import MOST_ROWS_IN_WORD, report_docx
from wenma.publish.report_html import report_html
from wenma.publish.reported import Reported
from wenma.queries.table import NAMES, Query, Table
from wenma.records import Document, Paragraph
from wenma.shipped import shipped
from wenma.study.choice import choose
from wenma.study.coding_run import in_memory
from wenma.study.outlines import whole_codebook
from wenma.study.study import Study

NOW = "2026-11-22T08:00:00+00:00"
ATTACK = "<script>window.struck=1</script><img src=x onerror=window.struck=2>"
VERSIONS = {"wenma": "9.9", "python": "3.0", "jieba": "0.0"}
BOOK = shipped("codebooks") / "resilience.yaml"


def coded(folder: Path, file: Path, book: Path = BOOK) -> Study:
    study = Study.create(file)
    study.code(folder, codebook=book)
    return study


def reported(study: Study) -> Reported:
    choice = choose(study.project)
    return Reported(study.dataset(choice), whole_codebook(study.project, choice.stored))


def asking(study: Study):
    def ask(asked: Query, *, codebook: str = "", **options: object) -> Table:
        return study.ask(asked.name, **options)

    return ask


def made(study: Study, **options: object) -> Report:
    options = {"unit_size": "sentence", "versions": VERSIONS, "date": "2020-02-02", **options}
    return report([reported(study)], asking(study), **options)


def page(whole: Report) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(report_html(whole))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return coded(shipped("corpus"), tmp_path_factory.mktemp("report") / "sample.db")


@pytest.fixture(scope="module")
def whole(study: Study) -> Report:
    return made(study)


@pytest.fixture(scope="module")
def opened(whole: Report) -> lxml_html.HtmlElement:
    return page(whole)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Documents, facts and a codebook whose words would like to be markup."""
    folder = tmp_path_factory.mktemp("attacked")
    text = f"一、主要任务{ATTACK}\n\n开展风险普查{ATTACK}，健全机制。\n\n储备应急物资{ATTACK}。\n"
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(text, encoding="utf-8")
    quoted = '"' + ATTACK.replace('"', '""') + '"'
    (folder / "manifest.csv").write_text(
        "path,title,city,plan,period,issuer,source_url,note\n"
        f"a.txt,标题{quoted[1:-1]},城{ATTACK},{ATTACK},{ATTACK},{ATTACK},{ATTACK},{ATTACK}\n"
        f"b.txt,{ATTACK},乙,javascript:alert(1),十五五,,javascript:alert(1),\n",
        encoding="utf-8",
    )
    book = folder / "book.yaml"
    words = BOOK.read_text(encoding="utf-8")
    words = words.replace("zh: 韧性城市", f"zh: '韧性{ATTACK}'", 1)
    words = words.replace("zh: 抵御", f"zh: '抵御{ATTACK}'").replace(
        "zh: 制度", 'zh: \'制度"><b onclick="x">\''
    )
    book.write_text(words, encoding="utf-8")
    read = load_codebook(book)
    assert ATTACK in read.zh and ATTACK in read.code("stage/resist").zh
    return coded(folder, folder / "s.db", book)


def plan(id: str, text: str, **facts: str) -> Document:
    """A document whose lines are paragraphs, with no cleaning between."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(at, at + len(line), "body", -1))
        at += len(line) + 1
    return Document(id, text, paragraphs=tuple(paragraphs), **facts)


def shown(whole: Report) -> Iterator[PrintedTable]:
    for section in whole.sections:
        yield from (one for one in section.items if isinstance(one, PrintedTable))


def rows_of(table: lxml_html.HtmlElement) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
        for row in table.xpath(".//tr")
    ]


# -- the list of artefacts -----------------------------------------------------------


def test_the_fifteen_artefacts_are_there_in_order(whole: Report):
    assert [one.id for one in ARTEFACTS] == [f"A{n}" for n in range(1, 16)]
    assert [one.id for one in whole.sections] == [*(one.id for one in ARTEFACTS), "A15"]


def test_every_question_has_its_place_in_the_report_or_says_why_not():
    placed = {p.query for one in ARTEFACTS for p in one.parts if isinstance(p, ArtefactTable)}
    assert set(NAMES) <= placed | set(APART)


def test_every_chart_of_the_list_is_there():
    for artefact in ARTEFACTS:
        for part in artefact.parts:
            for chart in part.charts if isinstance(part, ArtefactTable) else ():
                assert chart.name in CHARTS


def test_what_cannot_be_filled_says_why_in_one_line(whole: Report):
    reasons = {one.id: one.reasons for one in whole.sections if not one.items}
    assert "至少两名编码者" in reasons["A12"][0]
    assert "--gold" in reasons["A13"][0]
    assert "index" in reasons["A15"][0]
    for section in whole.sections:
        assert section.items or section.reasons
        assert not any("\n" in reason for reason in section.reasons)


def test_an_index_fills_a15(tmp_path: Path):
    study = coded(shipped("corpus"), tmp_path / "p.db", shipped("codebooks") / "pmc.yaml")
    sections = [one for one in made(study).sections if one.id == "A15"]
    table, surface = sections[0].items
    assert isinstance(surface, ReportFigure)
    assert isinstance(table, PrintedTable)
    assert table.title.zh == "PMC 指数"
    assert len(table.panels[0].rows) == len(study.documents())


def test_tables_and_figures_are_numbered_through_and_named_in_both_languages(whole: Report, opened):
    tables = [one.number for one in shown(whole)]
    figures = [
        one.number
        for section in whole.sections
        for one in section.items
        if isinstance(one, ReportFigure)
    ]
    assert tables == list(range(1, len(tables) + 1))
    assert figures == list(range(1, len(figures) + 1)) and len(figures) >= 5
    captions = [" ".join(c.text_content().split()) for c in opened.xpath("//caption|//figcaption")]
    for number in tables:
        assert any(re.match(rf"表 {number} \S.* Table {number} \w", c) for c in captions)
    for number in figures:
        assert any(re.match(rf"图 {number} \S.* Figure {number} \w", c) for c in captions)


# -- the numbers ---------------------------------------------------------------------


def test_the_tables_hold_the_numbers_of_the_questions(study: Study, whole: Report, opened):
    table = study.ask("frequency")
    (drawn,) = [one for one in shown(whole) if one.title.zh == "编码频次"]
    rows = rows_of(opened.get_element_by_id(f"t{drawn.number}"))
    head = rows[0]
    for row, (_, wanted) in zip(rows[1:], table.frame.iterrows(), strict=True):
        cells = dict(zip(head, row, strict=True))
        assert cells["编码"].endswith(wanted["code"])
        assert int(cells["参考点数"].replace(",", "")) == wanted["references"]
        if wanted["share"] == wanted["share"]:  # rounded so that the parts add up
            assert float(cells["占维度参考点 %"]) == pytest.approx(wanted["share"], abs=0.0101)
        else:
            assert cells["占维度参考点 %"] == "—"


def test_the_cross_table_holds_every_cell_and_its_sums(study: Study, whole: Report, opened):
    frame = study.ask("matrix").frame
    drawn = next(one for one in shown(whole) if one.title.zh == "交叉矩阵")
    rows = rows_of(opened.get_element_by_id(f"t{drawn.number}"))
    cells = [cell.replace(",", "").split() for row in rows[1:-1:3] for cell in row[1:-1]]
    assert [int(count) for count, _ in cells] == frame["units"].tolist()
    shares = [float(share.strip("()")) for _, share in cells]
    assert shares == pytest.approx(frame["percent"].tolist(), abs=0.0101)
    assert f"{sum(shares):.2f}" == "100.00"  # as printed, whatever the rounding
    assert {row[0] for row in rows[2:-1:3]} == {"期望数"}
    under = [float(cell.replace(",", "")) for row in rows[2:-1:3] for cell in row[1:-1]]
    assert under == pytest.approx(frame["expected"].tolist(), abs=0.005)
    assert {row[0] for row in rows[3:-1:3]} == {"依据重叠"}
    shared = [int(cell.replace(",", "")) for row in rows[3:-1:3] for cell in row[1:-1]]
    assert shared == frame["overlapping"].tolist()
    assert rows[-1][-1] == f"{frame['units'].sum():,} (100.00)"
    assert rows[0][-1] == rows[-1][0] == "合计"


def test_each_stance_of_an_assessed_cell_leads_to_its_own_passages(study: Study, whole: Report):
    frame = study.ask("assessment").frame
    drawn = next(one for one in shown(whole) if one.title.zh == "框架评估")
    counts = [cell.counts for panel in drawn.panels for row in panel.rows for cell in row[1:]]
    stances = ["achievement", "commitment", "deficit"]
    assert [[int(text) for text, _ in one] for one in counts if one] == [
        row for row in frame[stances].to_numpy().tolist() if any(row)
    ]
    passages = {one.anchor: one for one in whole.passages}
    for number, anchor in (one for cell in counts for one in cell):
        assert bool(anchor) == (number != "0")
        if anchor:
            assert any(str(code).startswith("stance/") for code in passages[anchor].door["also"])


def test_a_wide_table_has_its_denominators_and_the_count_beside_each_percent(
    study: Study, whole: Report
):
    frame = study.ask("frequency", by="city").frame.set_index(["group", "code"])
    drawn = next(
        one for one in shown(whole) if one.title.zh == "编码频次（按城市，占维度参考点 %）"
    )
    (panel,) = drawn.panels
    assert panel.head[:4] == ("城市", "文件数", "计数汉字", "韧性环节 n（参考点）")
    for row in panel.rows:
        city = row[0].text
        mine = study.documents().query("city == @city")
        assert row[1].text == str(len(mine))
        assert row[2].text == f"{mine['countable'].sum():,}"
        resist = frame.loc[(city, "stage/resist")]
        assert row[3].text == f"{resist['share_of']:,.0f}"
        share, count = row[4].text.split()
        assert float(share) == pytest.approx(resist["share"], abs=0.0101)
        assert count == f"({int(resist['references']):,})"
        stages = [float(cell.text.split()[0]) for cell in row[4:8]]
        assert f"{sum(stages):.2f}" == "100.00"  # as printed


def test_what_is_undefined_is_a_dash_and_its_note_stands_below(tmp_path: Path):
    (tmp_path / "a.txt").write_text("全市历史文化悠久。", encoding="utf-8")
    whole = made(coded(tmp_path, tmp_path / "s.db"))
    frequency = next(one for one in shown(whole) if one.title.zh == "编码频次")
    share = frequency.panels[0].head.index("占维度参考点 %")
    assert frequency.panels[0].rows[0][share].text == "—"
    assert frequency.notes


def test_the_scope_is_told_in_the_language_of_the_paragraph(study: Study):
    def told(language, definition):
        own = reported(study)
        book = replace(own.codebook, scope_definition=definition)
        given = {"unit_size": "sentence", "versions": {"wenma": "1"}, "date": "2020-02-02"}
        return methods(replace(own, codebook=book), **given, language=language)[2]

    both = "涉及灾害 。总口号\n不算。 About hazards, e.g.floods. Not about slogans."
    assert told("zh", both).endswith("编码范围：涉及灾害。总口号不算。")
    assert told("en", both).endswith("Scope: About hazards, e.g.floods. Not about slogans.")
    assert told("en", "涉及灾害").endswith("Scope: as the codebook defines it, in Chinese.")
    assert told("zh", "About hazards").endswith("编码范围：见编码本（英文）。")
    assert not re.search("[\u4e00-\u9fff]", "".join(told("en", both)))


def test_facts_and_methods_tell_the_numbers_of_the_frames(study: Study):
    studied = reported(study)
    told = dict(facts(studied, language="en"))
    own = int((studied.codings["kind"] != "heading").sum())
    assert told["Documents"] == "7" and told["Cities"] == "7"
    assert told["Codings"] == f"{own:,}"
    assert told["Units"] == f"{studied.documents['units'].sum():,}"
    for language in ("zh", "en"):
        text = "\n".join(
            methods(
                studied, unit_size="clause", versions=VERSIONS, date="2020-02-02", language=language
            )
        )
        book = studied.codebook
        for number in (
            book.version, book.id, book.fingerprint[:12], studied.coder, "2020-02-02", "9.9",
            f"{own:,}", f"{len(studied.codings) - own:,}", f"{studied.documents['han'].sum():,}",
            f"{sum(len(code.rules) for code in book.codes):,}",
        ):  # fmt: skip
            assert number in text
        said = ("置换检验", "刀切法", "未按人工复核样本校正", "并非随机抽取")
        said_en = ("permutation", "jackknife", "not corrected", "not drawn at random")
        assert all(one in text for one in (said if language == "zh" else said_en))
        assert ("分句" if language == "zh" else "the clause") in text
        assert book.zh in text if language == "zh" else book.en in text


def test_a_map_of_many_cities_is_of_the_largest_and_says_so(tmp_path: Path):
    rows = ["path,title,city"]
    for at in range(43):
        said = "储备应急物资。" * (at % 7 + 1) + "开展隐患排查治理。" * (at % 11 + 1)
        text = said + "开展灾后恢复重建。" * (at % 5 + 1) + "种花。" * (430 - 10 * at)
        (tmp_path / f"{at}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{at}.txt,题{at},市{at:02}")
    (tmp_path / "manifest.csv").write_text("\n".join(rows), encoding="utf-8")
    whole = made(coded(tmp_path, tmp_path / "s.db"))
    (drawn,) = [
        one.chart.to_dict()
        for section in whole.sections
        for one in section.items
        if isinstance(one, ReportFigure) and one.title.zh == "城市与节点对应分析图"
    ]
    assert drawn["title"]["subtitle"][-1] == "只画计数汉字最多的 40 个城市（共 43 个）"
    names = set(re.findall(r"市\d\d", json.dumps(drawn, ensure_ascii=False)))
    assert len(names) == 40 and "市00" in names


def test_periods_stand_in_their_order(tmp_path: Path):
    rows = ["path,title,city,period"]
    for name, period in (("a", "十五五"), ("b", "十四五"), ("c", "十三五")):
        (tmp_path / f"{name}.txt").write_text("储备应急物资。", encoding="utf-8")
        rows.append(f"{name}.txt,{name},甲市,{period}")
    (tmp_path / "manifest.csv").write_text("\n".join(rows), encoding="utf-8")
    study = coded(tmp_path, tmp_path / "s.db")
    assert dict(facts(reported(study), language="zh"))["规划期"] == "十三五、十四五、十五五"


def test_one_city_leaves_the_comparison_out_with_its_reason(tmp_path: Path):
    (tmp_path / "a.txt").write_text("储备应急物资。", encoding="utf-8")
    whole = made(coded(tmp_path, tmp_path / "s.db"), language="en")
    (five,) = [one for one in whole.sections if one.id == "A5"]
    assert not five.items
    assert five.reasons == ("The sample names 0 cities: a comparison needs two.",)


def test_many_cities_are_cut_to_those_with_most_text_and_the_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(report_room, "GROUPS", 24)
    rows = ["path,title,city"]
    for n in range(30):
        (tmp_path / f"{n}.txt").write_text("储备应急物资。" * (n + 1), encoding="utf-8")
        rows.append(f"{n}.txt,题,市{n}")
    (tmp_path / "manifest.csv").write_text("\n".join(rows), encoding="utf-8")
    whole = made(coded(tmp_path, tmp_path / "s.db"))
    wide = next(one for one in shown(whole) if one.title.zh.startswith("编码频次（按城市"))
    assert {row[0].text for row in wide.panels[0].rows} == {f"市{n}" for n in range(6, 30)}
    (line,) = [one for one in wide.layout_notes if "24 个城市（共 30 个）" in one]
    assert "tables/frequency-by-city.csv" in line


def test_every_city_has_its_cross_table_and_all_of_them_together_one(study: Study, whole: Report):
    pooled, by_city = [one for one in shown(whole) if one.name == "matrix"]
    assert len(pooled.panels) == 1
    assert [one.group for one in by_city.panels] == [*dict.fromkeys(study.documents()["city"])]
    cells = sum(
        float(row[-1].text.split()[0].replace(",", ""))
        for panel in by_city.panels
        for row in panel.rows
        if row[0].text == "合计"
    )
    assert cells == study.ask("matrix").frame["units"].sum()


def test_attention_is_tested_in_every_dimension_of_the_codebook(whole: Report):
    tested = [one.title.zh for one in shown(whole) if one.name == "attention"]
    dimensions = ["韧性环节", "治理层面", "立场", "范式转变", "区域合作", "体例"]
    assert [one.partition("：")[2] for one in tested][:3] == dimensions[:3]
    assert len(tested) == len(set(tested)) > 3


def test_every_pair_of_codes_is_in_the_report(study: Study, whole: Report):
    (table,) = [one for one in shown(whole) if one.name == "cooccurrence"]
    assert len(table.panels[0].rows) == len(study.ask("cooccurrence").frame) > 40
    figure = next(
        item
        for section in whole.sections
        for item in section.items
        if isinstance(item, ReportFigure) and "网络" in item.title.zh
    )
    assert "≥" in json.dumps(figure.chart.to_dict(), ensure_ascii=False)


def test_a_word_leads_to_the_sentences_it_stands_in(study: Study, whole: Report):
    passages = {one.anchor: one for one in whole.passages}
    for name in ("words", "keyness"):
        (table,) = [one for one in shown(whole) if one.name == name]
        (panel,) = table.panels
        word, count = (
            panel.head.index(one)
            for one in (("词", "词频") if name == "words" else ("词", "本组词频"))
        )
        assert len(panel.rows) > 50
        for row in panel.rows:
            (anchor,) = {cell.anchor for cell in row if cell.anchor}
            found = passages[anchor]
            assert f"{found.count:,}" == row[count].text
            assert all(row[word].text in quote.text for quote in found.quotes)
        assert "词典" in table.basis and "停用词" in table.basis
    texts = {id: study.project.document(id).text for id in study.document_ids()}
    quotes = [one for found in whole.passages if found.anchor[0] == "w" for one in found.quotes]
    assert quotes and all(texts[one.document][one.start : one.end] == one.text for one in quotes)


def test_the_sample_of_documents_has_all_that_its_definition_names(whole: Report):
    (table,) = [one for one in shown(whole) if one.name == "documents"]
    (panel,) = table.panels
    wanted = "文件 标题 城市 发文机关 文号 成文日期 规划期 来源 汉字数 计数汉字 章节数 句数 SHA-256"
    assert set(wanted.split()) <= set(panel.head)


def test_each_example_says_who_coded_it_by_what_and_when(study: Study, whole: Report):
    (table,) = [one for one in shown(whole) if one.title.zh == "编码示例"]
    (panel,) = table.panels
    coder, rule = (panel.head.index(one) for one in ("编码者", "规则"))
    assert {row[coder].text for row in panel.rows} == {study.ask("frequency").basis["coder"]}
    assert all(row[rule].text for row in panel.rows)


def test_the_command_prints_when_each_example_was_coded(study: Study):
    from wenma.study.reporting import report_of

    (table,) = [one for one in shown(report_of(study)) if one.title.zh == "编码示例"]
    at = table.panels[0].head.index("编码时间")
    times = {row[at].text for row in table.panels[0].rows}
    assert times and all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", one) for one in times)


def test_a_report_of_a_thousand_codes_is_written(tmp_path: Path):
    lines = ["codebook: many", "version: '1'", "name: {zh: 多, en: Many}", "codes:"]
    lines += ["  - id: d", "    name: {zh: 维, en: D}", "    codes:"]
    for n in range(1200):
        rules = f"rules: [{{id: r, terms: [词{n}]}}]"
        lines.append(f"      - {{id: c{n}, name: {{zh: 码{n}, en: C{n}}}, {rules}}}")
    book = parse_codebook("\n".join(lines))
    text = "\n".join(f"词{n}与词{n + 1}。" for n in range(0, 1000, 3))
    project = in_memory([plan("甲.txt", text, title="甲")], book, now=NOW)
    study = Study(project)
    whole = made(study)
    content = report_html(whole)
    assert "码999" in content
    assert len(content) < 20_000_000
    (seven,) = [one for one in whole.sections if one.id == "A7"]
    assert "能画清的" in seven.reasons[0]


# -- the way to the passages -----------------------------------------------------------


def test_every_door_leads_to_the_passages_excerpts_finds(study: Study):
    doors = Doors(study.dataset(), lambda door: study.ask("excerpts", **door), most=3)
    tried = []
    for name in NAMES:
        if name in APART:
            continue
        for by in (None, "city", "period", ["city", "period"]):
            for options in ({}, {"headings": True}):
                try:
                    table = study.ask(name, by=by, **options)
                except WenmaError:  # refused questions have no doors
                    continue
                if table.drill_to != "excerpts":
                    continue
                step = max(1, len(table.frame) // 5)
                tried += [table.drill_through(row) for row in range(0, len(table.frame), step)]
    for door in tried:
        frame = study.ask("excerpts", **door).frame
        anchor = doors.anchor(door)
        if not len(frame):
            assert anchor == ""
            continue
        (found,) = [one for one in doors.opened() if one.anchor == anchor]
        assert found.count == len(frame)
        wanted = [frame.iloc[at] for at in evenly_spread(len(frame), 3)]
        for quote, row in zip(found.quotes, wanted, strict=True):
            assert (quote.document, quote.start, quote.end) == (
                row["document"], row["start"], row["end"],
            )  # fmt: skip
            assert quote.text == row["excerpt"]
            assert set(quote.codes) == set(row["codes"].split("; "))
            assert set(quote.rules) == set(row["rule"].split("; "))
    assert len(tried) > 150


def test_a_door_with_an_option_of_its_own_is_asked_of_excerpts(study: Study):
    doors = Doors(study.dataset(), lambda door: study.ask("excerpts", **door), most=2)
    rule = reported(study).codings["rule"].iloc[0].split("; ")[0]
    door = {"rule": rule}
    assert doors.anchor(door) == doors.anchor(door) == "e1"
    (found,) = doors.opened()
    assert found.count == len(study.ask("excerpts", **door).frame)
    assert all(rule in quote.rules for quote in found.quotes)


def test_quoted_passages_are_the_text_at_their_place(study: Study, whole: Report, tmp_path: Path):
    texts = {id: study.document(id).text for id in study.document_ids()}
    for passages in whole.passages:
        assert len(passages.quotes) == min(passages.count, 8)
        for quote in passages.quotes:
            assert texts[quote.document][quote.start : quote.end] == quote.text


def test_every_link_leads_to_a_place_on_the_page_and_every_place_is_one(opened):
    ids = opened.xpath("//@id")
    assert len(set(ids)) == len(ids)
    targets = opened.xpath("//@href")
    assert len(targets) > 500
    assert {t for t in targets if not t.startswith("#")} == set()
    assert {t[1:] for t in targets} <= set(ids)
    assert set(opened.xpath("//section[@class='door']/@id")) <= {t[1:] for t in targets}


def test_every_number_that_counts_codings_is_a_link(whole: Report):
    counted = 0
    for one in shown(whole):
        for panel in one.panels:
            for at, name in enumerate(panel.head):
                if name in ("参考点数", "共现单元", "自身参考点数"):
                    for row in panel.rows:
                        counted += 1
                        assert bool(row[at].anchor) == (row[at].text != "0")
    assert counted > 50


def test_marks_of_the_charts_lead_to_the_passages_too(opened):
    leading = 0
    for figure in opened.xpath("//figure"):
        links = figure.xpath(".//*[local-name()='a']/@href")
        assert all(re.fullmatch(r"#e\d+", link) for link in links)
        leading += bool(links)
    assert leading == 7  # words, maps and curves count no codings


# -- one page, by itself, harmless -----------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_asks_for_nothing_outside_itself(study: Study, language):
    content = report_html(made(study, language=language))
    tree = lxml_html.fromstring(content)
    assert not tree.xpath("//@src|//link|//script|//iframe|//object|//embed|//base|//form")
    outside = re.findall(r"https?://[^\s\"'<]+", re.sub(r'xmlns(:\w+)?="[^"]*"', "", content))
    spoken = {address for address in outside if f'="{address}' in content or "url(" in address}
    assert spoken == set()
    assert "@import" not in content and "default-src 'none'" in content
    assert tree.get("lang") == {"zh": "zh-CN", "en": "en"}[language]


def test_words_of_documents_facts_and_codebook_never_become_markup(attacked: Study):
    for language in ("zh", "en"):
        whole = made(attacked, language=language, headline=f"题{ATTACK}")
        content = report_html(whole)
        tree = lxml_html.fromstring(content)
        assert not tree.xpath("//script|//img|//b|//@onerror|//@onclick|//@src")
        assert not [href for href in tree.xpath("//@href") if not href.startswith("#")]
        for place in ("//h1", "//section[@id='behind']//q", "//table//td", "//table//th"):
            assert any(ATTACK in one.text_content() for one in tree.xpath(place)), place
        assert "<script" not in content
        assert ATTACK in unescape(content)


def test_no_request_leaves_the_file_and_no_script_runs(attacked: Study, tmp_path: Path, chromium):
    file = tmp_path / "report.html"
    file.write_text(report_html(made(attacked, headline=ATTACK)), encoding="utf-8")
    # The trap works: without the page's care the same words do run.
    trap = tmp_path / "trap.html"
    trap.write_text(f"<!DOCTYPE html><p>{ATTACK}</p>", encoding="utf-8")
    opened, asked, said = chromium.new_page(), [], []
    opened.goto(trap.as_uri())
    assert opened.evaluate("window.struck") in (1, 2)
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("dialog", lambda dialog: said.append(dialog.message))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(file.as_uri())
    link = opened.locator("td a").first
    target = link.get_attribute("href")
    link.focus()
    opened.keyboard.press("Enter")  # without a mouse
    assert opened.evaluate("location.hash") == target
    assert opened.locator(target).is_visible()
    assert opened.evaluate("window.struck") is None
    wide = opened.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    opened.close()
    assert wide <= 0  # wide tables scroll in their own box
    assert (asked, said) == ([file.as_uri()], [])


def test_tables_can_be_heard_and_walked_without_a_mouse(opened):
    assert opened.xpath("//table[not(caption)]") == []
    assert opened.xpath("//th[not(@scope)]") == []
    assert opened.xpath("//div[@class='scroll'][not(@tabindex) or not(@aria-label)]") == []
    assert opened.xpath("//*[local-name()='svg'][not(@aria-label)]") == []
    assert opened.xpath("//q[not(@lang)]") == []
    assert opened.xpath("//main") and opened.xpath("//nav[@aria-label]")


def test_text_that_no_page_can_hold_is_marked(tmp_path: Path):
    book = load_codebook(BOOK)
    text = "储备应急物资\x00\x0b\x1f。"
    project = in_memory([plan("甲\x07.txt", text, title="题\x1b[0m")], book, now=NOW)
    whole = made(Study(project), headline="\ud800")
    content = report_html(whole)
    assert "储备应急物资\ufffd\ufffd\ufffd" in content
    assert "\x00" not in content and "题\ufffd[0m" in content
    content.encode("utf-8")
    assert docx.Document(BytesIO(report_docx(whole))).tables


def test_the_same_study_gives_the_same_page(study: Study, whole: Report):
    assert report_html(made(study)) == report_html(whole)


def test_a_date_is_told_and_no_clock_is_read(study: Study, whole: Report):
    assert "2020-02-02" in report_html(whole)


def test_a_reference_fills_the_report_on_validity(tmp_path: Path, study: Study):
    document = study.documents()["document"].iloc[0]
    city = study.documents()["city"].iloc[0]
    rows = [
        {"id": "1", "text": "储备应急物资。", "codes": ["stage/absorb"], "in_scope": True},
        {"id": "2", "text": "开展隐患排查。", "codes": ["stage/recover"], "in_scope": True},
    ]
    gold = tmp_path / "gold.jsonl"
    lines = [json.dumps(row | {"document": document}, ensure_ascii=False) for row in rows]
    gold.write_text("\n".join(lines), encoding="utf-8")
    output = tmp_path / "r.html"
    given = ["report", study.name, "--gold", str(gold), "--output", str(output)]
    assert main(given) == 0
    page = output.read_text(encoding="utf-8")
    section = page[page.index("词典效度报告") :]
    found = lxml_html.fromstring(page)
    (codes,) = found.xpath("//table[.//th[text()='查准率'] and not(.//th[text()='城市'])]")
    (cities,) = found.xpath("//table[.//th[text()='查准率'] and .//th[text()='城市']]")
    lines = {row[0].split(" ")[0]: row[1:] for row in rows_of(codes)[1:]}
    assert lines["吸收"][:4] == ["1", "1", "1.00 [0.21, 1.00]", "1.00 [0.21, 1.00]"]
    assert lines["恢复"][0] == "1" and lines["恢复"][2] == "—"  # the rules never gave it
    assert {row[0] for row in rows_of(cities)[1:]} == {city}
    assert "gold.jsonl（SHA-256" in section and "2 句，来自 1 份文件" in section
    assert main([*given[:3], str(tmp_path / "none.jsonl"), *given[4:]]) == 1


# -- Word ----------------------------------------------------------------------------


def words_of(table: docx.table.Table) -> list[list[str]]:
    wide = len(table.columns)
    cells = [cell.text for cell in table._cells]
    return [cells[at : at + wide] for at in range(0, len(cells), wide)]


def test_word_holds_the_same_tables_with_three_rules_and_the_figures(whole: Report):
    document = docx.Document(BytesIO(report_docx(whole)))
    panels: list[Panel] = [panel for one in shown(whole) for panel in one.panels]
    tables = iter(document.tables)
    for panel in panels:
        columns: list[tuple[str, ...]] = []
        while len(columns) < len(panel.head):  # a wide one goes on, what names its rows repeated
            table = next(tables)
            lines = words_of(table)
            assert len(lines) == 1 + min(len(panel.rows), MOST_ROWS_IN_WORD)
            again = [*zip(*lines, strict=True)]
            named = 0
            while columns and again[named] == columns[named]:
                named += 1
            assert bool(named) == bool(columns)
            columns += again[named:]
            xml = table._tbl.xml
            assert xml.count("<w:tblBorders>") == 1
            assert '<w:left w:val="nil"/>' in xml.split("</w:tblPr>")[0]
            assert "w:tblHeader" in xml
        head, *printed = zip(*columns, strict=True)
        bare = [re.sub(r"\s", "", word) for word in head]  # in lines, between words
        assert bare == [re.sub(r"\s", "", word) for word in panel.head]
        for line, row in zip(printed, panel.rows, strict=False):
            for word, cell in zip(line, row, strict=True):
                counts = "/".join(number for number, _ in cell.counts)
                assert word == " ".join(filter(None, [cell.text, counts]))
    assert next(tables, None) is None
    figures = [one for s in whole.sections for one in s.items if isinstance(one, ReportFigure)]
    assert len(document.inline_shapes) == len(figures)
    for shape in document.inline_shapes:
        assert shape.width <= Cm(24.7) and shape.height <= Cm(22.7)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for paragraph in whole.methods:
        assert paragraph in text
    assert "表 1　样本表" in text and "Table 1  Sample of documents" in text


# -- the command -----------------------------------------------------------------------


def test_the_command_writes_html_and_word_and_says_what_is_missing(
    study: Study, tmp_path: Path, capsys
):
    for name in ("r.html", "r.docx"):
        given = ["report", study.name, "--output", str(tmp_path / name)]
        assert main([*given, "--language", "en", "--title", "A & B"]) == 0
        assert "A12" in capsys.readouterr().out
    assert "<h1>A &amp; B</h1>" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert docx.Document(str(tmp_path / "r.docx")).paragraphs[0].text == "A & B"
    assert [one.name for one in sorted(tmp_path.iterdir())] == ["r.docx", "r.html"]


def test_another_ending_and_a_place_that_cannot_be_written_are_told(
    study: Study, tmp_path: Path, capsys
):
    assert main(["report", study.name, "--output", str(tmp_path / "r.pdf")]) == 2
    assert "ends in .html or .docx" in capsys.readouterr().err
    assert main(["report", study.name, "--output", str(tmp_path / "no" / "r.html")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_the_report_of_the_real_documents_stays_small(shared: Path, tmp_path: Path):
    some = tmp_path / "c"
    some.mkdir()
    for file in sorted((shared / "corpus").rglob("*.txt"))[:20]:
        shutil.copy(file, some / file.name)
    content = report_html(made(coded(some, tmp_path / "s.db")))
    assert 100_000 < len(content.encode()) < 20_000_000
