from wenma.sources.from_html import extract

PROSE = "<p>我们推动城市安全发展。</p>" * 6


def texts(page, encoding="utf-8"):
    return [(line.text, line.hint) for line in extract(page.encode(encoding)).lines]


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
