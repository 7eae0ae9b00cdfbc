"""One known text as PDFs by three programs: what a reader should find again in them."""

import html
import subprocess
from pathlib import Path

TITLE = "云溪市乡村振兴行动方案"
_TOPICS = ("特色产业", "数字乡村", "人才培训", "生态保护", "公共服务", "防灾减灾")
_DEEDS = (
    "到2027年建成示范片区12个，带动就业3.6万人，农村居民收入年均增长7.5%以上",
    "健全县、乡、村三级工作机制，明确责任单位和完成时限，按季度通报进展情况",
    "支持龙头企业与合作社建立稳定的利益联结关系，让农民更多分享增值收益",
    "完善监测预警、物资储备和应急联动体系，提高山洪、地质灾害综合防御能力",
    "推动教育、医疗、养老资源向基层延伸，补齐道路、供水和通信等设施短板",
)
TABLE = (
    ("指标名称", "2022年", "2027年", "属性"),
    ("农村居民人均可支配收入（万元）", "2.18", "3.05", "预期性"),
    ("高标准农田面积（万亩）", "46.2", "58.0", "约束性"),
    ("自来水普及率（%）", "91.5", "98.0", "预期性"),
    ("农产品加工业产值与农业总产值比", "1.9", "2.6", "预期性"),
)
NOTES = ("注：数据来自市统计局年报，不含开发区。", "注：以2020年不变价计算。")


def known() -> list[str]:
    """Headings and paragraphs of the known text; a paragraph takes two lines or more."""
    told = [TITLE]
    for at, topic in enumerate(_TOPICS):
        told.append(f"{'一二三四五六'[at]}、{topic}")
        for turn in range(3):
            deeds = [
                _DEEDS[(at + turn + step) % len(_DEEDS)] for step in range(2 + (at + turn) % 2)
            ]
            told.append(f"围绕{topic}第{turn + 1}阶段的目标，" + "；".join(deeds) + "。")
    return told


_STYLE = (
    "@page{size:A4;margin:25mm 22mm}body{font:16px/1.7 'Noto Serif CJK SC'}"
    "p{text-indent:2em;margin:0 0 6px;text-align:justify}h1,h2{text-align:center;font-size:20px}"
    "h2{text-align:left;font-size:17px}.cols{columns:2;column-gap:26px}"
    "table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:3px}"
    "sup{font-size:60%}.notes p{font-size:12px;text-indent:0}"
)


def as_html(*, columns: bool = False, table: bool = False, notes: bool = False) -> str:
    """The known text as a page for a browser."""
    paragraphs = known()
    body = [f"<h1>{paragraphs[0]}</h1>", '<div class="cols">' if columns else "<div>"]
    for at, text in enumerate(paragraphs[1:], 1):
        mark = f"<sup>{1 + at // 9}</sup>" if notes and at in (3, 11) else ""
        shown = html.escape(text).replace("3.6万人", f"{mark}3.6万人" if mark else "3.6万人")
        if mark and mark not in shown:
            shown += mark
        body.append(f"<h2>{shown}</h2>" if len(text) < 12 else f"<p>{shown}</p>")
        if table and at == 6:
            body.append(_html_table())
    if notes:
        body.append('</div><div class="notes">')
        body += [f"<p>{at} {note}</p>" for at, note in enumerate(NOTES, 1)]
    body.append("</div>")
    return f"<meta charset=utf-8><style>{_STYLE}</style>" + "".join(body)


def _html_table() -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in TABLE
    )
    return f"<table>{rows}</table>"


def by_chromium(page: str, folder: Path, program: str) -> bytes:
    """The page as Chromium prints it."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    _run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}", str(source)]
    )  # fmt: skip
    return target.read_bytes()


_FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="C" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:section-properties></style:style>
<style:style style:name="O" style:family="section"><style:section-properties/></style:style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties
 fo:text-indent="0.85cm" fo:text-align="justify"/><style:text-properties fo:font-size="12pt"
 style:font-size-asian="12pt"/></style:style>
<style:style style:name="E" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>
</office:document>"""


def by_libreoffice(
    folder: Path, program: str, *, columns: bool = False, table: bool = False, notes: bool = False
) -> bytes:
    """The known text as LibreOffice Writer exports it."""
    paragraphs = known()
    body = [f'<text:p>{paragraphs[0]}</text:p><text:section text:name="s"'
            f' text:style-name="{"C" if columns else "O"}">']  # fmt: skip
    for at, text in enumerate(paragraphs[1:], 1):
        shown = html.escape(text)
        if notes and at in (3, 11):
            note = _odt_note(1 + at // 9)
            shown = (
                shown.replace("3.6万人", f"{note}3.6万人") if "3.6万人" in text else shown + note
            )
        body.append(f'<text:p text:style-name="P">{shown}</text:p>')
        if table and at == 6:
            body.append(_odt_table())
    body.append("</text:section>")
    source = folder / "page.fodt"
    source.write_text(_FODT.replace("{body}", "".join(body)), encoding="utf-8")
    _run(
        [program, f"-env:UserInstallation=file://{folder / 'office'}", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    )  # fmt: skip
    return (folder / "page.pdf").read_bytes()


def _odt_note(number: int) -> str:
    return (
        f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}'
        f"</text:note-citation><text:note-body><text:p>{NOTES[number - 1]}</text:p>"
        "</text:note-body></text:note>"
    )


def _odt_table() -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell table:style-name="E"><text:p>{html.escape(cell)}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in TABLE
    )
    return (
        f'<table:table><table:table-column table:number-columns-repeated="4"/>{rows}</table:table>'
    )


def by_reportlab(
    *, columns: bool = False, table: bool = False, notes: bool = False, across: bool = False
) -> bytes:
    """The known text as reportlab sets it; `across` draws columns row by row."""
    import io

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842), invariant=True)
    _Setter(sheet, columns=columns, across=across, table=table, notes=notes).set_text(known())
    sheet.save()
    return out.getvalue()


class _Setter:
    """Sets lines of equal width, from the top of a page down, in one column or two."""

    def __init__(self, sheet, *, columns, across, table, notes):
        self.sheet, self.across, self.table, self.notes = sheet, across, table, notes
        self.columns = 2 if columns or across else 1
        self.letters = 19 if self.columns == 2 else 38
        self.size, self.leading, self.rows = 12, 19, 34

    def set_text(self, paragraphs):
        lines = [line for text in paragraphs for line in self._wrapped(text)]
        room = self.rows * self.columns
        for start in range(0, len(lines), room):
            self._page(lines[start : start + room], last=start + room >= len(lines))

    def _wrapped(self, text):
        text = text if len(text) < 12 else "\u3000\u3000" + text
        return [text[at : at + self.letters] for at in range(0, len(text), self.letters)]

    def _page(self, lines, *, last):
        placed = [
            (number // self.rows, number % self.rows, text) for number, text in enumerate(lines)
        ]
        if self.across:
            placed.sort(key=lambda one: (one[1], one[0]))
        self.sheet.setFont("STSong-Light", self.size)
        for column, row, text in placed:
            x, y = 60 + column * (self.letters * self.size + 24), 780 - row * self.leading
            self._line(x, y, text)
        if last and self.table:
            self._grid(780 - (max(row for _, row, _ in placed) + 2) * self.leading)
        if self.notes:
            self._foot()
        self.sheet.showPage()

    def _line(self, x, y, text):
        before, number, after = text.partition("3.6万人")
        self.sheet.drawString(x, y, before)
        x += self.sheet.stringWidth(before, "STSong-Light", self.size)
        if number and self.notes:
            self.sheet.setFont("STSong-Light", 7)
            self.sheet.drawString(x, y + 6, "1")
            self.sheet.setFont("STSong-Light", self.size)
            x += 4
        self.sheet.drawString(x, y, number + after)

    def _foot(self):
        self.sheet.line(60, 105, 200, 105)
        self.sheet.setFont("STSong-Light", 9)
        self.sheet.drawString(60, 92, f"1 {NOTES[0]}")

    def _grid(self, top):
        xs, height = (60, 300, 370, 440, 510), 22
        for row in range(len(TABLE) + 1):
            self.sheet.line(xs[0], top - row * height, xs[-1], top - row * height)
        for x in xs:
            self.sheet.line(x, top, x, top - len(TABLE) * height)
        for row, cells in enumerate(TABLE):
            for x, cell in zip(xs, cells, strict=False):
                self.sheet.drawString(x + 3, top - row * height - 16, cell)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=300)
