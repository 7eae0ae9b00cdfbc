import io
import zipfile

import docx
import pytest

from tests.sources.word_files import (
    box,
    cell,
    field,
    numbered,
    paragraph,
    relations,
    run,
    table,
    word_file,
)
from wenma.errors import SourceError
from wenma.sources.document import parse_document
from wenma.sources.from_docx import extract


def texts(*body, **parts):
    return [line.text for line in extract(word_file("".join(body), **parts)).lines]


def left_out(*body, **parts):
    found = extract(word_file("".join(body), **parts)).left_out
    return {one.kind: (one.parts, one.characters) for one in found}


def saved(document):
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def sample():
    document = docx.Document()
    document.add_heading("总体要求", level=1)
    document.add_paragraph("建成韧性城市。")
    table = document.add_table(rows=2, cols=2)
    for one, text in zip(table._cells, ["指标", "目标", "绿地率", "45%"], strict=True):
        one.text = text
    document.add_paragraph("表后一段。")
    return document


def test_paragraphs_and_tables_come_in_their_order():
    assert [(line.text, line.hint) for line in extract(saved(sample())).lines] == [
        ("总体要求", "h1"),
        ("建成韧性城市。", ""),
        ("指标 | 目标", "table"),
        ("绿地率 | 45%", "table"),
        ("表后一段。", ""),
    ]


def test_a_cell_over_two_columns_is_written_once():
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    assert [line.text for line in extract(saved(document)).lines] == ["合并"]


def test_a_file_that_names_a_lost_picture_is_read_as_word_reads_it():
    whole, broken = io.BytesIO(saved(sample())), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/_rels/document.xml.rels":
                lost = (
                    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/image" Target="../NULL"/></Relationships>'
                )
                part = part.replace(b"</Relationships>", lost)
            new.writestr(name, part)
    assert len(extract(broken.getvalue()).lines) == 5


def test_a_broken_file_is_refused_with_a_next_step():
    with pytest.raises(SourceError, match="cannot be read as a Word file") as caught:
        extract(saved(sample())[:2000])
    assert caught.value.cure


# Changes


def test_changes_are_read_as_accepted_and_told():
    body = paragraph(
        "大力发展",
        f'<w:ins w:id="1">{run("特色产业")}</w:ins>',
        "<w:del><w:r><w:delText>大数据</w:delText></w:r></w:del>",
        f"<w:moveTo>{run('，健全机制')}</w:moveTo>",
        f"<w:moveFrom>{run('旧处')}</w:moveFrom>",
        "，带动农民增收。",
    )
    found = extract(word_file(body))
    assert [line.text for line in found.lines] == ["大力发展特色产业，健全机制，带动农民增收。"]
    assert [(one.kind, one.parts, one.characters) for one in found.left_out] == [("deleted", 2, 5)]
    (sign,) = found.signs
    assert (sign.kind, sign.look) == ("tracked_changes", False)
    assert "2 insertions, 2 deletions" in sign.said.en and "插入 2 处" in sign.said.zh


def test_what_was_inserted_and_deleted_again_is_gone():
    gone = "<w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:ins>"
    assert texts(paragraph("甲", gone, "乙")) == ["甲乙"]


def test_paragraphs_whose_mark_was_deleted_are_one():
    mark = "<w:rPr><w:del/></w:rPr>"
    assert texts(
        paragraph("大力发展", properties=mark), paragraph("特色产业。"), paragraph("另一段。")
    ) == ["大力发展特色产业。", "另一段。"]


def test_a_deleted_row_is_gone_and_an_inserted_one_is_there():
    rows = table(["指标", "值"], ["旧", "1"], ["新", "2"])
    first, old, new = rows.split("<w:tr>")[1:]
    body = (
        f"<w:tbl><w:tr>{first}<w:tr><w:trPr><w:del/></w:trPr>{old}<w:tr><w:trPr><w:ins/></w:trPr>"
    )
    found = extract(word_file(body + new))
    assert [line.text for line in found.lines] == ["指标 | 值", "新 | 2"]
    assert found.signs[0].kind == "tracked_changes"


def test_a_file_without_changes_has_no_sign():
    assert extract(word_file(paragraph("正文。"))).signs == ()


def test_a_change_of_format_is_none_of_text():
    was = "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    found = extract(word_file(paragraph(run("正文。", was))))
    assert [line.text for line in found.lines] == ["正文。"] and not found.signs


# Boxes and alternatives


def test_a_text_box_is_read_once_after_its_paragraph():
    inside = paragraph("专栏1 数字乡村工程：建设平台。")
    assert texts(paragraph("推进", box(inside), "乡村建设。"), paragraph("后一段。")) == [
        "推进乡村建设。",
        "专栏1 数字乡村工程：建设平台。",
        "后一段。",
    ]


def test_boxes_in_a_group_and_tables_in_a_box_keep_their_order():
    first, second = box(paragraph("框一。")), box(table(["甲", "乙"]), paragraph("框二。"))
    group = f"<w:r><w:drawing>{first}{second}</w:drawing></w:r>"
    assert texts(paragraph("锚。", group)) == ["锚。", "框一。", "甲 | 乙", "框二。"]


def test_a_box_in_a_cell_belongs_to_the_cell():
    assert texts(table([cell(paragraph("甲", box(paragraph("框")))), "乙"])) == ["甲 框 | 乙"]


@pytest.mark.parametrize(
    ("choices", "shown"),
    [
        ('<mc:Choice Requires="wps">{a}</mc:Choice><mc:Fallback>{b}</mc:Fallback>', "甲"),
        ('<mc:Choice Requires="x" xmlns:x="urn:no">{a}</mc:Choice><mc:Fallback>{b}</mc:Fallback>',
         "乙"),
        ('<mc:Choice Requires="wps"><w:r/></mc:Choice><mc:Fallback>{b}</mc:Fallback>', "乙"),
        ('<mc:Choice Requires="wps">{a}</mc:Choice><mc:Choice Requires="wps">{b}</mc:Choice>',
         "甲"),
        ("<mc:Fallback>{b}</mc:Fallback>", "乙"),
    ],
)  # fmt: skip
def test_of_alternatives_one_is_read(choices, shown):
    inside = choices.format(a=run("甲"), b=run("乙"))
    assert texts(paragraph(f"<mc:AlternateContent>{inside}</mc:AlternateContent>")) == [shown]


def test_words_drawn_as_a_picture_of_letters_are_read():
    art = '<w:r><w:pict><v:shape><v:textpath string="云州市人民政府文件"/></v:shape></w:pict></w:r>'
    assert texts(paragraph(art), paragraph("正文。")) == ["云州市人民政府文件", "正文。"]


def test_the_words_of_a_diagram_are_read():
    diagram = '<w:r><w:drawing><dgm:relIds r:dm="rId1"/></w:drawing></w:r>'
    space = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    words = (
        f'<dgm:dataModel {space} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>指挥部</a:t></a:r></a:p></dgm:t></dgm:pt>"
        "<dgm:pt/></dgm:ptLst></dgm:dataModel>"
    )
    more = {
        "word/_rels/document.xml.rels": relations([("diagramData", "diagrams/data1.xml")]).encode(),
        "word/diagrams/data1.xml": words.encode(),
    }
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = word_file(paragraph("组织体系：", diagram), more=more)
    assert [line.text for line in extract(data).lines] == ["组织体系：", "指挥部"]


def test_a_page_embedded_whole_is_read_in_its_place():
    more = {
        "word/_rels/document.xml.rels": relations([("aFChunk", "page.html")]).encode(),
        "word/page.html": "<html><p>嵌入一段。</p></html>".encode(),
    }
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = word_file(
            paragraph("前。") + '<w:altChunk r:id="rId1"/>' + paragraph("后。"), more=more
        )
    assert [line.text for line in extract(data).lines] == ["前。", "嵌入一段。", "后。"]


# Wrappers


@pytest.mark.parametrize(
    "wrapper",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:smartTag w:element="e">{}</w:smartTag>',
        '<w:fldSimple w:instr="REF a">{}</w:fldSimple>',
        '<w:hyperlink r:id="rId9">{}</w:hyperlink>',
        '<w:customXml w:element="e">{}</w:customXml>',
        '<w:bdo w:val="ltr">{}</w:bdo>',
        "<w:dir>{}</w:dir>",
        "<x:new xmlns:x='urn:some'>{}</x:new>",
        "<w:ins><w:hyperlink><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:hyperlink></w:ins>",
    ],
)
def test_what_wraps_words_hides_none(wrapper):
    assert texts(paragraph("推进", wrapper.format(run("数字乡村")), "建设。")) == [
        "推进数字乡村建设。"
    ]


def test_content_controls_around_paragraphs_rows_and_cells_hide_none():
    def held(inside):
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    row = f"<w:tr>{held(cell('甲'))}{cell('乙')}</w:tr>"
    body = held(paragraph("一段。")) + f"<w:tbl>{held(row)}{row}</w:tbl>"
    assert texts(body) == ["一段。", "甲 | 乙", "甲 | 乙"]


def test_the_prompt_of_an_empty_control_is_no_text():
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = paragraph("题目：", prompt.format(run("单击输入")))
    assert texts(body) == ["题目："]
    assert left_out(body) == {"placeholder": (1, 4)}


# Fields


def test_of_a_field_the_result_is_read_and_not_the_instruction():
    assert texts(paragraph("到", field("REF a", "表1"), "为止。")) == ["到表1为止。"]
    assert texts(paragraph("甲", field("XE 索引", None), "乙")) == ["甲乙"]


def test_a_field_inside_the_instruction_of_another_is_instruction():
    inner = field("PAGE", "7")
    outer = field("IF x", "成立").replace("</w:instrText></w:r>", f"</w:instrText></w:r>{inner}")
    assert texts(paragraph(outer, "。")) == ["成立。"]


def test_contents_that_are_a_field_over_paragraphs_are_read():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    tab = "<w:r><w:tab/></w:r>"
    body = paragraph(begin, "一、总则", tab, "1") + paragraph("二、任务", tab, "2")
    assert texts(body, paragraph(end), paragraph("正文。")) == [
        "一、总则\t1",
        "二、任务\t2",
        "正文。",
    ]


def test_the_dots_word_draws_before_a_page_number_tell_contents():
    dots = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    style = f'<w:style w:type="paragraph" w:styleId="T"><w:pPr>{dots}</w:pPr></w:style>'
    entry = ("第一章 总则", "<w:r><w:tab/></w:r>", "12")
    assert texts(paragraph(*entry, properties=dots)) == ["第一章 总则……12"]
    assert texts(paragraph(*entry, style="T"), styles=style) == ["第一章 总则……12"]
    assert texts(paragraph("甲", "<w:r><w:tab/></w:r>", "乙", properties=dots)) == ["甲\t乙"]
    body = [paragraph(f"{n}、任务", "<w:r><w:tab/></w:r>", "3", style="T") for n in "一二三"]
    body += [paragraph("一、任务"), paragraph("推进建设。")]
    lines = extract(word_file("".join(body), styles=style)).lines
    kinds = [one.kind for one in parse_document(lines).paragraphs]
    assert kinds == ["contents"] * 3 + ["heading", "body"]


def test_a_field_that_never_ends_swallows_nothing():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
    assert texts(paragraph(begin, "甲。"), paragraph("乙。")) == ["甲。", "乙。"]


def test_a_circled_number_drawn_by_a_field_is_read():
    assert texts(paragraph(field(r"EQ \o\ac(○,3)", None), "落实责任。")) == ["③落实责任。"]


# Hidden text


HIDDEN_STYLES = (
    '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Own"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="character" w:styleId="Shown"><w:basedOn w:val="Base"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "style", "hidden"),
    [
        ("<w:vanish/>", "", True),
        ('<w:vanish w:val="true"/>', "", True),
        ('<w:vanish w:val="0"/>', "", False),
        ('<w:vanish w:val="off"/>', "", False),
        ("<w:webHidden/>", "", False),
        ('<w:rStyle w:val="Base"/>', "", True),
        ('<w:rStyle w:val="Own"/>', "", True),
        ('<w:rStyle w:val="Shown"/>', "", False),
        ('<w:rStyle w:val="Own"/><w:vanish w:val="0"/>', "", False),
        ("", "P", True),
        ('<w:vanish w:val="0"/>', "P", False),
    ],
)
def test_hidden_text_is_not_read_however_it_is_hidden(properties, style, hidden):
    body = paragraph(run("隐藏", properties), style=style) + paragraph("后。")
    assert texts(body, styles=HIDDEN_STYLES) == (["后。"] if hidden else ["隐藏", "后。"])
    assert left_out(body, styles=HIDDEN_STYLES) == ({"hidden": (1, 2)} if hidden else {})


def test_hidden_text_cut_into_runs_is_one_part():
    hide = "<w:vanish/>"
    body = paragraph("甲", run("隐", hide), run("藏", hide), "乙", run("再", hide))
    assert texts(body) == ["甲乙"] and left_out(body) == {"hidden": (2, 3)}


def test_the_box_of_a_hidden_run_and_a_hidden_row_are_not_read():
    hidden_box = box(paragraph("框。")).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    assert texts(paragraph("甲。", hidden_box)) == ["甲。"]
    rows = table(["甲", "乙"], ["丙", "丁"]).replace(
        "<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>", 1
    )
    assert texts(rows) == ["丙 | 丁"]


# Characters


def test_characters_that_are_elements_are_read():
    body = paragraph(
        "甲<w:tab/>乙",
        "<w:r><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丁</w:t></w:r>",
    ).replace("甲<w:tab/>乙", "甲")
    assert texts(body) == ["甲\t丙-丁"]
    assert texts(paragraph("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>")) == [
        "甲", "乙", "丙",
    ]  # fmt: skip


def test_a_tab_stop_of_the_paragraph_is_no_tab():
    assert texts(
        paragraph("甲", properties='<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>')
    ) == ["甲"]


def test_symbols_are_the_characters_they_show_or_are_told():
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    assert texts(paragraph("绿地率", sign, "45%")) == ["绿地率≥45%"]
    typed = f'<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>{chr(0xF0A3)}</w:t></w:r>'
    assert texts(paragraph(typed, "3")) == ["≤3"]
    odd = '<w:r><w:sym w:font="Wingdings" w:char="F028"/></w:r>'
    assert texts(paragraph(odd, "电话")) == ["电话"]
    assert left_out(paragraph(odd, "电话")) == {"symbol": (1, 0)}


def test_of_ruby_the_word_is_read_and_not_its_reading():
    ruby = (
        f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('汉')}</w:rubyBase></w:ruby></w:r>"
    )
    assert texts(paragraph("武", ruby, "市")) == ["武汉市"]


def test_an_equation_is_text():
    ratio = (
        "<m:oMath><m:f><m:num><m:r><m:t>绿地面积</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>总面积</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert texts(paragraph("绿地率＝", ratio, "。")) == ["绿地率＝绿地面积/总面积。"]


def test_raised_figures_do_not_fuse_with_the_figure_before_them():
    up = '<w:vertAlign w:val="superscript"/>'
    assert texts(paragraph("产值1761.48", run("1", up), "亿元")) == ["产值1761.48¹亿元"]
    assert texts(paragraph("面积5km", run("2", up), "。")) == ["面积5km2。"]


# Notes


def test_a_footnote_comes_after_its_paragraph_and_an_endnote_at_the_end():
    marks = (
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:endnoteReference w:id="2"/></w:r>',
    )
    note = '<w:{0} w:id="-1"><w:p/></w:{0}><w:{0} w:id="2">{1}</w:{0}>'
    own = paragraph("<w:r><w:footnoteRef/></w:r>", "来自统计公报。")
    assert texts(
        paragraph("产值1761.48", marks[0], "亿元。"),
        paragraph("比上年增长5", marks[1], "%。"),
        paragraph("后。"),
        footnotes=note.format("footnote", own),
        endnotes=note.format("endnote", paragraph("可比价。")),
    ) == ["产值1761.48亿元。", "注1：来自统计公报。", "比上年增长5%。", "后。", "尾注1：可比价。"]


def test_a_note_in_a_table_comes_after_its_row_and_each_note_once():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("预期性。")}</w:footnote>'
    rows = table(["指标", cell(paragraph("45", mark, "%"))], ["甲", cell(paragraph("6", mark))])
    assert texts(rows, footnotes=notes) == ["指标 | 45%", "注1：预期性。", "甲 | 6"]


def test_a_mark_of_the_writers_own_does_not_fuse_with_a_figure():
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("1来源。")}</w:footnote>'
    assert texts(paragraph("1761.48", mark), footnotes=notes) == ["1761.48", "注：1来源。"]


def test_a_note_that_is_not_there_is_no_fault():
    assert texts(paragraph("甲。", '<w:r><w:footnoteReference w:id="9"/></w:r>')) == ["甲。"]


def test_heads_feet_and_comments_are_counted_and_not_read():
    body = paragraph("正文。", '<w:r><w:commentReference w:id="0"/></w:r>')
    parts = {
        "header1": paragraph("云州规划"),
        "footer1": paragraph("第", field("PAGE", "1"), "页"),
        "comments": f'<w:comment w:id="0">{paragraph("请核实")}</w:comment>',
    }
    assert texts(body, **parts) == ["正文。"]
    assert left_out(body, **parts) == {"running_head": (2, 7), "comment": (1, 3)}


# Tables


def test_a_cell_merged_down_is_written_once_and_keeps_its_column():
    begin, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = table(
        [cell("领域", properties=begin), "监测", "应急局"],
        [cell(properties=on), "避难", "住建局"],
        [cell(properties='<w:vMerge w:val="continue"/>'), "物资", "发改委"],
        ["其他", "演练", "教育局"],
    )
    assert texts(rows) == [
        "领域 | 监测 | 应急局", " | 避难 | 住建局", " | 物资 | 发改委", "其他 | 演练 | 教育局",
    ]  # fmt: skip


def test_a_cell_merged_across_the_old_way_is_written_once():
    rows = table([cell("甲", properties='<w:hMerge w:val="restart"/>'),
                  cell(properties="<w:hMerge/>"), "乙"])  # fmt: skip
    assert texts(rows) == ["甲 | 乙"]


def test_a_cell_that_goes_on_from_nothing_is_read():
    assert texts(table([cell("甲", properties="<w:vMerge/>"), "乙"])) == ["甲 | 乙"]


def test_a_box_of_one_cell_is_its_paragraphs():
    inside = cell("专栏1 重点工程", "1.数字乡村工程。建设平台。", "2.人才工程。")
    assert [(line.text, line.hint) for line in extract(word_file(table([inside]))).lines] == [
        ("专栏1 重点工程", "box"),
        ("1.数字乡村工程。建设平台。", "box"),
        ("2.人才工程。", "box"),
    ]


@pytest.mark.parametrize("way", ["table", "text box"])
def test_a_box_ends_where_the_file_ends_it(way):
    inside = [paragraph("专栏1 工程"), paragraph("1.平台工程。建设平台。"), paragraph("2.人才。")]
    apart = table([cell(*inside)]) if way == "table" else paragraph("锚。", box(*inside))
    after = paragraph("健全机制，推进落实。")
    body = paragraph("一、任务") + paragraph("推进建设。") + apart + after + paragraph("二、保障")
    document = parse_document(extract(word_file(body)).lines)
    one = next(section for section in document.sections if section.box)
    assert document.text[one.start : one.end].endswith("2.人才。\n")
    last = document.paragraphs[-2]
    assert document.text[last.start : last.end] == "健全机制，推进落实。"
    assert document.sections[last.section].number == "一、"


def test_a_document_in_a_cell_beside_empty_ones_is_its_paragraphs():
    inside = cell("一、目标", "建成韧性城市。")
    assert texts(table([cell(), inside, cell()])) == ["一、目标", "建成韧性城市。"]


def test_a_table_in_a_box_stays_a_table_and_in_a_cell_becomes_its_words():
    inner = table(["数字乡村", "人才培训。"])
    assert texts(table([cell("专栏1 重点工程", inner)])) == [
        "专栏1 重点工程",
        "数字乡村 | 人才培训。",
    ]
    assert texts(table(["甲", cell("乙", inner)])) == ["甲 | 乙 数字乡村 人才培训。"]


def test_a_column_counted_by_word_alone_has_its_numbers():
    from tests.sources.word_files import abstract, level, num

    lists = abstract(0, level(0, "%1")) + num(1, 0)
    rows = table([cell(numbered("")), "甲市"], [cell(numbered("")), "乙市"])
    assert texts(rows, numbering=lists) == ["1 | 甲市", "2 | 乙市"]


# Files as they are found


def test_a_heading_broken_over_two_lines_is_one():
    style = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    body = paragraph("<w:r><w:t>第一章</w:t><w:br/><w:t>总则</w:t></w:r>", style="1")
    assert texts(body, styles=style) == ["第一章 总则"]


def test_a_file_of_the_strict_standard_is_read():
    data = word_file(paragraph("正文。"))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            part = part.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, part)
    assert [line.text for line in extract(strict.getvalue()).lines] == ["正文。"]


def test_pictures_without_text_are_refused_with_a_next_step():
    picture = '<w:r><w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r>'
    with pytest.raises(SourceError, match=r"pictures only \(2\)") as caught:
        extract(word_file(paragraph(picture) * 2))
    assert "OCR" in caught.value.cure and "图片" in caught.value.zh
    assert texts(paragraph(picture), paragraph("说明。")) == ["说明。"]


def test_plain_text_under_the_name_docx_is_named():
    with pytest.raises(SourceError, match="plain text") as caught:
        extract("一、目标".encode())
    assert ".txt" in caught.value.cure
