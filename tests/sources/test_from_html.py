import json

import pytest

from wenma.errors import SourceError
from wenma.sources.from_html import extract

BRACKETS = {ord("["): "〔", ord("]"): "〕", ord(" "): ""}
PROSE = "<p>我们推动城市安全发展。</p>" * 6
BODIES = "水利 住建 交通 民政 教育 卫生 气象 应急 财政 农业 林业 商务".split()
TASKS = [f"第{at}项任务由云州市{body}部门牵头推进。" for at, body in enumerate(BODIES, 1)]
NAV = "<div class=top><a href=/>首页</a> <a href=/a>政务公开</a> <a href=/b>互动交流</a></div>"
FOOT = "<div class=bottom>版权所有：云州市 网站标识码 1</div>"


def texts(page, encoding="utf-8"):
    return [(line.text, line.hint) for line in extract(page.encode(encoding)).lines]


def words(page):
    return [text for text, _ in texts(page)]


def told(page):
    return {part.kind: part.characters for part in extract(page.encode()).left_out}


def signs(page):
    return {sign.kind: sign.look for sign in extract(page.encode()).signs}


def facts(page):
    return dict(extract(page.encode()).facts)


def paragraphs(first=0, last=None):
    return "".join(f"<p>{task}</p>" for task in TASKS[first:last])


def test_only_the_text_a_reader_sees_is_read():
    page = "<head><title>甲</title></head><nav>首页</nav><script>var a=1</script><p>正文。</p>"
    assert texts(page) == [("正文。", "")]


def test_a_block_is_a_line_and_inline_marks_are_none():
    assert texts("<div>建成<b>韧性</b>城市<br>第二行<p>第三行</p>余下</div>") == [
        ("建成韧性城市", ""),
        ("第二行", ""),
        ("第三行", ""),
        ("余下", ""),
    ]


def test_a_table_row_is_a_line_of_cells_and_a_table_of_layout_is_text():
    assert texts("<table><tr><td>指标<td>值<tr><td>绿地<td>9</table>") == [
        ("指标 | 值", "table"),
        ("绿地 | 9", "table"),
    ]
    assert texts("<table><tr><td><p>一、目标</p><p>正文。</p></table>") == [
        ("一、目标", ""),
        ("正文。", ""),
    ]


def test_headings_are_hinted():
    assert texts("<h2>一、目标</h2><p>正文。</p>") == [("一、目标", "h2"), ("正文。", "")]


def test_of_a_page_with_prose_the_element_around_it_is_read():
    page = f"<div><div>热点推荐</div><div><h1>云州规划</h1>{PROSE}</div><div>相关新闻</div></div>"
    found = [text for text, _ in texts(page)]
    assert found == ["云州规划"] + ["我们推动城市安全发展。"] * 6


def test_a_text_carried_twice_is_read_once():
    page = f"<div id=pc>{PROSE}</div><div id=mobile>{PROSE}</div>"
    assert len(texts(page)) == 6


def test_a_hidden_copy_is_left_out():
    page = f"<div>{PROSE}</div><div style='display:none;'>{PROSE}</div>"
    assert len(texts(page)) == 6


def test_line_ends_of_a_preformatted_text_count():
    page = "<div>" + "\n".join(f"第{n}章 任务" for n in "一二三四五六七八九十") + "</div>"
    assert len(texts(page)) == 10


def test_a_page_that_says_gb2312_is_read_as_its_superset():
    page = "<meta charset=gb2312><p>朱镕基任总理期间，建设㐀镇。</p>"
    assert texts(page, "gb18030") == [("朱镕基任总理期间，建设㐀镇。", "")]


WHOLE = {
    "blocks beside one another": f"<div><div>{paragraphs(0, 11)}</div>"
    f"<div>{paragraphs(11)}</div></div>",
    "blocks on different levels": f"<div><div><div>{paragraphs(0, 7)}</div></div>"
    f"<section><div>{paragraphs(7)}</div></section></div>",
    "a copy for print, cut otherwise": f"<div>{paragraphs()}</div><div>{'<br>'.join(TASKS)}</div>",
    "hidden until a script shows it": f"<div style='display:none'>{paragraphs()}</div>",
    "hidden by its class": f"<style>.x,.b{{display:none}}</style>"
    f"<div class='a b'>{paragraphs()}</div>",
    "a print style hides it": f"<style>@media print{{.b{{display:none}}}}</style>"
    f"<div class=b>{paragraphs()}</div>",
    "folded": f"<div>{paragraphs(0, 6)}<div hidden>{paragraphs(6)}</div>"
    "<a href=#>展开全文</a></div>",
    "in a script": f"<script>var page = {json.dumps({'text': paragraphs()})};</script>",
    "in a script, unescaped": f"<script>show('{paragraphs()}')</script>",
    "in a script, a list": f"<script>var list = {json.dumps(TASKS, ensure_ascii=False)};</script>",
    "in a script and on the page": f"<div>{paragraphs()}</div><script type=application/ld+json>"
    f"{json.dumps({'articleBody': ''.join(TASKS)})}</script>",
    "in a text area": f"<textarea>{paragraphs().replace('<', '&lt;')}</textarea>",
    "in a template": f"<template>{paragraphs()}</template>",
    "in a noscript": f"<noscript>{paragraphs()}</noscript>",
    "in a frame": f'<iframe srcdoc="{paragraphs()}"></iframe>',
    "preformatted": "<pre>" + "\n".join(TASKS) + "</pre>",
    "escaped tags": f"<div>{paragraphs().replace('<', '&lt;')}</div>",
    "broken by br": "<div>" + "<br>　　".join(TASKS) + "</div>",
    "in a column of a table": "<table><tr><td><a href=1>甲</a><a href=2>乙</a><a href=3>丙</a>"
    f"<td>{paragraphs()}</table>",
    "in a div called nav": f"<div class='main-nav content'>{paragraphs()}</div>",
    "in a form": f"<form>{paragraphs()}</form>",
    "the body is hidden": f"<body style='display:none'>{paragraphs()}",
    "beside related pages": f"<div><div>{paragraphs()}</div><div class=rel>"
    + "".join(f"<li>相关解读：云州市出台第{at}条措施。</li>" for at in range(9))
    + "</div></div>",
    "above a list of related pages": f"<div>{paragraphs()}<p>延伸阅读</p><ul>"
    + "".join(f"<li>云州市出台第{at}条措施。</li>" for at in range(5))
    + "</ul></div>",
    "beside news and a word on each": f"<div>{paragraphs()}</div>"
    + "".join(
        f"<div><h4><a href={at}>通报{at}</a></h4><p>云州市发布第{at}号通报，部署工作。</p></div>"
        for at in range(4)
    ),
    "beside a notice of rights": f"<div>{paragraphs()}</div>"
    "<div>本网站内容未经授权不得转载。如有疑问请联系本站。</div>",
    "beside linked news": f"<div><div>{paragraphs()}</div><div>"
    + "".join(f"<p><a href={at}>云州市推进第{at}条措施。</a></p>" for at in range(9))
    + "</div></div>",
}


@pytest.mark.parametrize("name", WHOLE)
def test_the_text_is_read_whole_and_once(name):
    assert words(NAV + WHOLE[name] + FOOT) == TASKS


def test_headings_and_signature_between_and_behind_blocks_belong_to_the_text():
    page = f"<div>{paragraphs(0, 8)}</div><h2>二、保障</h2><div>{paragraphs(8)}</div>"
    page += "<div>云州市人民政府</div><div>2024年3月1日</div>"
    behind = ["云州市人民政府", "2024年3月1日"]
    assert words(NAV + page + FOOT) == [*TASKS[:8], "二、保障", *TASKS[8:], *behind]


def test_of_a_short_text_the_menu_and_the_foot_are_left_out():
    page = NAV + "<div><h1>公告</h1><p>定于5月1日检修水库。</p></div>" + FOOT
    assert words(page) == ["公告", "定于5月1日检修水库。"]
    assert told(page).keys() == {"menu"} and not signs(page)


def test_hidden_text_that_says_nothing_of_the_document_is_told_and_no_reason_to_look():
    page = f"<div>{paragraphs()}</div><div style='display:none'>您即将离开本网站。请确认。</div>"
    assert words(page) == TASKS
    assert told(page) == {"hidden": 13} and not signs(page)


def test_hidden_sentences_beside_the_text_ask_for_a_look():
    page = f"<div>{paragraphs(0, 8)}<div style='display:none'>{paragraphs(8)}</div></div>"
    assert words(page) == TASKS[:8]
    assert signs(page) == {"left_out": True}


def test_a_text_that_a_script_shows_says_so_without_asking_for_a_look():
    assert signs(f"<div style='display:none'>{paragraphs()}</div>") == {"shown_by_script": False}


def test_a_page_that_only_links_to_its_document_is_refused_with_the_names_of_the_files():
    page = NAV + "<h1>云州市应急规划</h1><p>时间：2024-03-01 来源：市府办</p>"
    page += "<p><a href='/f/1.pdf'>云州市应急规划.pdf</a></p><p>附件下载</p>" + FOOT
    with pytest.raises(SourceError, match="云州市应急规划") as slip:
        extract(page.encode())
    assert slip.value.cure and "附件" in slip.value.zh


def test_a_letter_that_sends_a_document_in_a_file_asks_for_a_look():
    page = "<p>各区人民政府：</p><p>现将《云州市应急规划》印发给你们，请认真贯彻执行。</p>"
    page += "<p>附件：<a href='/download?id=3'>云州市应急规划.docx</a></p>"
    assert signs(page) == {"attachment_only": True}


def test_a_whole_document_with_attachments_asks_for_no_look():
    page = f"{paragraphs()}{paragraphs().replace('任务', '事项')}"
    page += "<p>附件：<a href='1.xls'>任务清单.xls</a></p>"
    assert words(page)[-1] == "附件：任务清单.xls"
    assert not signs(page)


def test_note_marks_never_fuse_with_figures():
    assert words(
        "<p>产值<sup>1</sup>1761.48亿元，比12.5<sup>[2]</sup>亿元多，<a href='#_ftn3'>3</a>增长"
        "1<span style='vertical-align:super'>4</span>5家，规划<sup>①</sup>30条。</p>"
    ) == ["产值1761.48亿元，比12.5亿元多，增长1 5家，规划30条。"]
    assert told("<p>产值<sup>1</sup>1761.48亿元</p>") == {"note_mark": 1}


def test_powers_and_lowered_figures_are_part_of_their_word():
    assert words(
        "<p>占地3km<sup>2</sup>，约10<sup>8</sup>个，PM<sub>2.5</sub>、CO<sub>2</sub>和"
        "PM<sub>10</sub>55微克，第1<sup>st</sup>。</p>"
    ) == ["占地3km2，约10⁸个，PM2.5、CO2和PM10 55微克，第1st。"]


def test_the_number_of_a_note_itself_stays():
    assert words("<p><sup>3</sup> 城市体检：定期评估。</p>") == ["3 城市体检：定期评估。"]


def test_neighbouring_boxes_are_no_figure_of_one_piece():
    box = "<span style='display: inline-block'>1761.48</span><span style='float:left'>12</span>"
    assert words(f"<div>{box}</div>") == ["1761.48 12"]


def test_a_figure_in_pieces_stays_one():
    assert words("<p>到20<span>25</span>年，<b>1</b>761<i>.48</i>亿元</p>") == [
        "到2025年，1761.48亿元"
    ]


def test_the_readings_of_ruby_are_left_out_and_told():
    page = "<p>建设<ruby>韧<rp>(</rp><rt>rèn</rt><rp>)</rp>性<rt>xìng</rt></ruby>城市</p>"
    assert words(page) == ["建设韧性城市"]
    assert told(page) == {"reading": 7}


def test_a_heading_broken_for_the_eye_is_one_heading():
    assert texts("<h1>云州市人民政府<br>关于应急的意见</h1>") == [
        ("云州市人民政府 关于应急的意见", "h1")
    ]


def test_entities_escaped_twice_or_ended_in_full_width_are_characters():
    assert words("<p>建成&amp;ldquo;韧性&amp;rdquo;城市&nbsp；规划&amp;#8226;</p>") == [
        "建成“韧性”城市\xa0规划•"
    ]


def test_instructions_comments_and_cdata_are_no_tags_of_the_text():
    page = "<?xml version='1.0'?><p>甲<![CDATA[乙]]>丙<?php echo '>'; ?>丁<!-- 注 -->戊<o:p></o:p>"
    assert words(page + "<?xml:namespace prefix=o /></p>") == ["甲乙丙丁戊"]


def test_tags_that_are_never_closed_end_where_browsers_end_them():
    page = "<div><p>甲。<p>乙。<ul><li>丙<li>丁<table><tr><td>1<td>2<tr><td>3<td>4"
    assert texts(page) == [
        ("甲。", ""), ("乙。", ""), ("丙", ""), ("丁", ""), ("1 | 2", "table"), ("3 | 4", "table"),
    ]  # fmt: skip


def test_a_cell_over_several_rows_or_columns_is_read_once_and_the_rows_stay_rows():
    page = "<table><tr><th colspan=2>指标<th rowspan=2>单位<tr><td>名<td>值"
    page += "<tr><td rowspan=2>绿地<td>9<td>%<tr><td>10<td>%</table>"
    assert words(page) == ["指标 | 单位", "名 | 值", "绿地 | 9 | %", "10 | %"]
    last = "<table><tr><th>领域<th>任务<tr><td rowspan=2>韧性<td>避难<tr><td>储备</table>"
    assert texts(last)[-1] == ("储备", "table")


def test_lines_of_a_cell_never_fuse_their_figures_nor_break_a_wording():
    page = "<table><tr><td>审核确认<br>有效期<td>1761<br>48<td><p>建设避难场所并完善储备。</p>"
    page += "<p>强化恢复。</p>"
    assert words(page) == ["审核确认有效期 | 1761 48 | 建设避难场所并完善储备。 强化恢复。"]


FACTS = {
    "索引号": "A1/2024-3",
    "发文机关": "云州市人民政府",
    "发文字号": "云政发〔2024〕3号",
    "成文日期": "2024-03-01",
}
SAID = {
    "rows": "<table><tr><td>索 引 号：<td>A1/2024-3<td>发文机关：<td>云州市人民政府"
    "<tr><td>发文字号：<td>云政发[2024] 3号<td>成文日期：<td>2024年3月1日</table>",
    "a row of labels": "<table><tr><th>索引号<th>发布机构<th>文号<th>成文日期"
    "<tr><td>A1/2024-3<td>云州市人民政府<td>云政发（2024）3号<td>2024.3.1</table>",
    "a list": "<ul><li><b>索引号：</b>A1/2024-3<li><b>发布机构：</b>云州市人民政府"
    "<li><b>文　　号：</b>云政发〔2024〕3号<li>发布日期：2024-03-09<li>成文日期：2024-03-01</ul>",
    "definitions": "<dl><dt>索引号<dd>A1/2024-3<dt>制发机关<dd>云州市人民政府"
    "<dt>公文字号<dd>云政发〔2024〕3号<dt>成文日期<dd>二〇二四年三月一日</dl>",
    "one line": "<div><span>索引号：A1/2024-3</span><span>文号：云政发〔2024〕3号</span>"
    "<span>发文单位：云州市人民政府</span><span>成文日期：2024-03-01</span></div>",
    "square brackets": "<ol><li>[主题分类] 应急<li>[索引号] A1/2024-3<li>[发文机构] 云州市人民政府"
    "<li>[发文字号] 云政发〔2024〕3号<li>[成文日期] 2024-03-01</ol>",
    "brackets": "<p>【索 引 号】A1/2024-3</p><p>【发文机关】云州市人民政府</p>"
    "<p>【发文字号】云政发〔2024〕3号</p><p>【成文日期】2024年3月1日</p>",
}


@pytest.mark.parametrize("form", SAID)
def test_a_page_tells_its_facts_and_they_are_no_text(form):
    page = SAID[form] + f"<div>{paragraphs()}</div>"
    assert words(page) == TASKS
    assert told(page).keys() == {"facts"}
    found = facts(page)
    assert [found.get(key) for key in ("index_number", "issuer", "number", "date")] == [
        *FACTS.values()
    ]


def test_facts_come_from_meta_tags_and_from_the_text_where_the_page_has_no_table():
    page = "<meta name=ArticleTitle content='云州市人民政府<br>关于应急的意见'>"
    page += "<meta name=PubDate content='2024-03-09 10:00'><meta name=ContentSource content=云州网>"
    assert facts(page + paragraphs()) == {
        "title": "云州市人民政府关于应急的意见",
        "date": "2024-03-09",
    }
    page += "<p>云政发〔2024〕3号</p>" + paragraphs() + "<p>云州市人民政府</p><p>2024年3月1日</p>"
    assert facts(page) == {
        "title": "云州市人民政府关于应急的意见",
        "number": "云政发〔2024〕3号",
        "issuer": "云州市人民政府",
        "date": "2024-03-01",
    }


def test_a_line_of_the_document_that_begins_like_a_label_stays():
    page = paragraphs() + "<p>公开方式：主动公开</p><p>文号是文件的标记。</p>"
    assert words(page) == [*TASKS, "公开方式：主动公开", "文号是文件的标记。"]


MONSTERS = {
    "nested blocks": "<div>" * 100_000 + "正文。",
    "nested and wrongly closed": "<div></b>" * 100_000 + "正文。",
    "too many tags": "<p>甲" * 1_000_001,
    "too many lines": "甲\n" * 2_000_001,
}


@pytest.mark.parametrize("name", MONSTERS)
def test_a_page_no_parser_ends_with_is_refused_in_a_sentence(name):
    with pytest.raises(SourceError) as slip:
        extract(MONSTERS[name].encode())
    assert slip.value.cure and slip.value.zh


HEAVY = {
    "nested tables": "<table><tr><td>" * 3_000 + "正文。" * 9,
    "nested headers": "<header class=nav>文" * 3_000 + "正文。" * 9,
    "one line": "<p>" + "建设韧性城市。" * 300_000,
    "siblings": "<div>建设韧性城市。</div>" * 20_000,
    "attributes": f"<p class='{'nav ' * 400_000}' title='{'x' * 2_000_000}'>正文。</p>",
    "a style without braces": f"<style>{'a' * 2_000_000}</style><p>正文。",
    "media without braces": f"<style>{'@media ' * 300_000}</style><p>正文。",
    "quotes that never close": '<script>。"' + '\\"' * 2_000_000 + "</script><p>正文。",
    "notes in a long line": "<p>" + "建设" * 500_000 + "<sup>1</sup>" * 20_000,
    "rows spanned": "<table>" + "<tr><td rowspan=9999>甲<td>乙" * 10_000,
    "spaces": "<p>" + " " * 5_000_000 + "正文。",
    "comments": "<!--" * 900_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_page_takes_time_in_proportion(name):
    """A pattern or a walk that takes the square of its input would not end here."""
    extract(HEAVY[name].encode())


def names(folder):
    return sorted(path.name for path in folder.glob("*.html"))


def test_the_facts_of_real_pages_are_those_a_reader_noted(shared):
    folder = shared / "formats" / "html" / "gov_cn_2019"
    noted = [json.loads(line) for line in (folder / "_metadata_gold.jsonl").open(encoding="utf-8")]
    keys = {"title": "title", "number": "release_number", "issuer": "release_office",
            "index_number": "index_number"}  # fmt: skip
    right = dict.fromkeys(keys, 0)
    for name, note in zip(names(folder), noted, strict=True):
        found = extract((folder / name).read_bytes()).facts
        for key, other in keys.items():
            right[key] += found.get(key) == note[other].translate(BRACKETS)
    assert all(count >= 0.95 * len(noted) for count in right.values()), right


def test_a_real_plan_that_its_page_hides_is_the_plan_of_the_corpus(shared):
    (page,) = (shared / "formats" / "html").glob("hz-15th*.html")
    (known,) = (shared / "corpus" / "plan_fyp15").glob("杭州*.txt")
    wanted = ["".join(line.split()) for line in known.read_text(encoding="utf-8").split("\n")]
    found = {"".join(line.text.split()) for line in extract(page.read_bytes()).lines}
    missed = [line for line in wanted if line and line not in found]
    assert len(missed) <= 0.01 * len(wanted)


def test_no_real_page_asks_for_a_look_but_the_one_without_a_document(shared):
    folder = shared / "formats"
    looked, refused = [], []
    for path in sorted(folder.rglob("*.html")):
        try:
            looked += [path.name for sign in extract(path.read_bytes()).signs if sign.look]
        except SourceError:
            refused.append(path.name)
    assert looked == []
    assert refused == ["2026-national-work-report-pyhualong.html"]


def test_made_pages_are_read_whole_and_once(shared):
    folder = shared / "made" / "html"
    read = {name: [line.text for line in extract((folder / name).read_bytes()).lines]
            for name in ("split92.html", "short_menu.html", "related.html", "details.html",
                         "rowspan.html")}  # fmt: skip
    assert len(read["split92.html"]) == (folder / "split92.html").read_text().count("<p>")
    assert len(read["short_menu.html"]) == 1 and read["short_menu.html"][0].startswith("坚持")
    assert not any("相关政策解读" in line for line in read["related.html"])
    assert read["details.html"][0] == "一、总体要求" and len(read["details.html"]) == 2
    assert read["rowspan.html"][1:] == ["增强城市韧性 | 建设避难场所", "完善储备", "强化恢复"]


@pytest.mark.parametrize(
    "frame",
    ["<iframe src='/v.html?file=1.pdf'></iframe>", "<embed src=1.pdf>", "<object data=1.pdf>"],
)
def test_a_page_that_frames_a_file_holds_no_document_either(frame):
    with pytest.raises(SourceError, match="pdf"):
        extract(f"{NAV}<h1>云州市应急规划</h1>{frame}{FOOT}".encode())


def test_a_class_called_side_loses_no_table_that_is_the_page():
    page = "<div class=side><table><tr><td>指标<td>值<tr><td>绿地率<td>9</table></div>"
    assert words(NAV + page + FOOT) == ["指标 | 值", "绿地率 | 9"]


def test_the_title_is_the_heading_that_the_window_knows():
    page = "<title>云州市应急规划-云州市人民政府网</title><h1>云州在线</h1><h1>云州市应急规划</h1>"
    assert facts(page + paragraphs())["title"] == "云州市应急规划"


def test_the_time_and_name_of_a_meeting_are_text_and_no_facts_of_the_page():
    page = paragraphs() + "<p>名称：云州应急演练</p><p>时间：2025年5月1日</p><p>地点：云州市</p>"
    assert words(page)[-3:] == ["名称：云州应急演练", "时间：2025年5月1日", "地点：云州市"]
    assert facts(page) == {}


def test_text_moved_out_of_sight_is_hidden():
    page = f"{paragraphs()}<p>云州<span style='opacity: 0'>水印</span>市。</p>"
    page += "<div style='position:absolute; left:-9999px'>关键词堆砌</div>"
    assert words(page) == [*TASKS, "云州市。"]
    assert told(page) == {"hidden": 7}


def test_a_block_without_a_size_of_its_own_is_shown():
    page = f"<div style='font-size:0; margin-left:-1200px'>{paragraphs()}</div>"
    page += "<p>云州<span style='font-size:0'>水印</span>市。</p>"
    assert words(page) == [*TASKS, "云州市。"]


def test_a_block_of_the_text_that_names_an_app_or_forbids_copying_is_read():
    more = "<p>推广云州客户端和公众号，未经许可不得转载的内容除外。</p>"
    page = f"<div><div>{paragraphs(0, 8)}</div><div>{paragraphs(8)}{more}</div></div>"
    assert words(NAV + page + FOOT) == [*TASKS, more[3:-4]]
