"""Sound inputs of each kind, small, made here."""

import io
import json
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from tests.sources.small_pdf import written

PLAN = (
    "云州市防灾减灾规划\n目录\n一、总体要求…1\n二、主要任务…2\n一、总体要求\n"
    "（一）指导思想\n到2025年，建成韧性城市，GDP增长5.5%。\n二、主要任务\n第一节 加强预警\n"
    "1.开展应急演练和救援，储备物资１２万件。\n专栏1 重点工程\n表1 指标\n指标 2020年 2025年\n"
    "绿地率 38% 41%\n（二）恢复重建\n“十四五”期间，责任单位：应急管理局。\n— 2 —\n"
)
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>规划</title></head><body><nav>首页"
    "</nav><h1>防灾规划</h1><div class=TRS><p>加强<b>预警</b>和救援。</p><p>储备物资；恢复重建。"
    "</p><table><tr><td rowspan=2>指标<td>值<tr><td>5</table><ul><li>演练。</ul></div></body>"
)
MARKDOWN = (
    "# 规划\n\n## 一、总体要求\n\n加强**预警**和[救援](a.md)。\n\n- 储备物资\n- 演练\n\n"
    "| 指标 | 值 |\n|---|---|\n| 绿地率 | 5 |\n\n<!-- 注 -->\n> 引文\n"
)
BOOK = """\
codebook: small
version: "1.0"
name: {zh: 小编码本, en: Small}
masks: ['《[^》]{1,40}》']
scope:
  rules: [{id: about, terms: [防灾, 城市]}]
codes:
  - id: stage
    name: {zh: 环节}
    colour: '#1b6ca8'
    codes:
      - id: resist
        name: {zh: 抵御, en: Resist}
        definition: 灾前的防范
        examples: [加强预警。]
        rules:
          - {id: terms, terms: [预警, 演练], not_in: [预警信号]}
          - {id: near, near: {first: [储备], second: [物资], within: 12}}
          - {id: all, all_of: [[恢复], [重建]], roles: [tasks]}
          - {id: pattern, pattern: '开展.{0,9}救援'}
          - {id: tokens, tokens: [[{POS: VERB, OP: '?'}, {TEXT: {IN: [演练]}}]]}
"""
MANIFEST = 'path,title,city,year,人口\na.txt,甲规划,云州,2021,10\nb.txt,"乙,规划",溪州,2022年,\n'
GOLD = "".join(
    json.dumps(
        {"id": f"{n}", "document": "a", "heading": "二、主要任务", "previous": "",
         "text": "加强预警。",
         "next": "储备物资。", "in_scope": True, "codes": ["stage/resist"], "city": "云州"},
        ensure_ascii=False,
    )
    + "\n"
    for n in range(3)
)  # fmt: skip


@cache
def word_file() -> bytes:
    """A Word file with headings, a table with merged cells and a note."""
    import docx

    document = docx.Document()
    document.add_heading("云州市防灾规划", 0)
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("加强预警，开展演练和救援。")
    table = document.add_table(rows=3, cols=3)
    for number, cell in enumerate(table._cells):
        cell.text = f"指标{number}"
    table.cell(0, 0).merge(table.cell(1, 1))
    document.add_paragraph("储备物资。", style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return _lean(out.getvalue())


def _lean(data: bytes) -> bytes:
    """Without the parts nobody reads, so that changes meet those that are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if "theme" not in name and "thumbnail" not in name:
                new.writestr(name, old.read(name))
    return out.getvalue()


@cache
def page_file() -> bytes:
    """A PDF of two pages with a text layer in an embedded encoding."""
    text = b"BT /F1 12 Tf 72 720 Td (Plan of Yunzhou 2025) Tj 0 -20 Td (1. Aims and tasks.) Tj ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    map_ = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
        b"endcodespacerange 1 beginbfrange <41> <5a> <4e00> endbfrange endcmap end"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>",
        page,
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(map_), map_),
        page,
    ]
    return written(objects)


@cache
def pack_file() -> bytes:
    """A pack of two documents, with a person's work in it."""
    from wenma.study.study import Study

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "a.txt").write_text(PLAN, encoding="utf-8")
        (folder / "b.txt").write_text("加强预警。\n储备物资。\n", encoding="utf-8")
        (folder / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
        (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
        with Study.create(folder / "a.db", codebook=folder / "book.yaml") as study:
            study.code(folder)
            with study.session("林一") as session:
                session.code("b.txt", 0, 5, "stage/resist")
            study.export(folder / "a.zip")
        return (folder / "a.zip").read_bytes()
