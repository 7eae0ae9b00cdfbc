import pytest

from tests.sources.word_files import paragraph, word_file
from wenma.sources.from_docx import extract


def hints(body, styles=""):
    return [line.hint for line in extract(word_file("".join(body), styles=styles)).lines]


def style(name, id, more="", base=""):
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{more}</w:pPr></w:style>"
    )


@pytest.mark.parametrize(
    ("name", "id", "hint"),
    [
        ("heading 1", "1", "h1"),
        ("heading 6", "a6", "h6"),
        ("heading 9", "a9", "h6"),
        ("Heading 2", "Heading2", "h2"),
        ("标题 3", "x", "h3"),
        ("标题2", "x", "h2"),
        ("二级标题", "x", "h2"),
        ("正文", "Heading4", "h4"),
        ("TOC Heading", "TOC", ""),
        ("toc 1", "TOC1", ""),
        ("Title", "Title", ""),
        ("标题", "a", ""),
        ("heading 12", "x", ""),
    ],
)
def test_a_style_is_a_heading_by_its_name_or_id(name, id, hint):
    assert hints([paragraph("甲", style=id)], style(name, id)) == [hint]


def test_an_outline_level_of_style_or_paragraph_is_a_heading():
    known = style("章", "A", '<w:outlineLvl w:val="1"/>') + style("次", "B", base="A")
    known += style("heading 1", "C") + style("正文样", "D", '<w:outlineLvl w:val="9"/>', base="C")
    assert hints([paragraph("甲", style=name) for name in "ABCD"], known) == ["h2", "h2", "h1", ""]
    direct = '<w:outlineLvl w:val="{}"/>'
    body = [paragraph("甲", style="C", properties=direct.format(at)) for at in (0, 2, 9, "abc", -1)]
    assert hints(body, known) == ["h1", "h3", "", "h1", ""]


def test_chains_without_end_and_without_beginning_are_followed_once():
    ring = style("a", "A", base="B") + style("b", "B", base="A") + style("c", "C", base="lost")
    assert (
        hints([paragraph("甲", style=name) for name in ("A", "B", "C", "nowhere")], ring)
        == [""] * 4
    )


def test_a_long_chain_is_followed_to_its_heading():
    chain = style("heading 2", "s0") + "".join(
        style(f"x{at}", f"s{at}", base=f"s{at - 1}") for at in range(1, 3000)
    )
    assert hints([paragraph("甲", style="s2999")], chain) == ["h2"]


def test_the_style_of_paragraphs_that_name_none_counts():
    usual = style("heading 1", "x").replace("<w:style ", '<w:style w:default="1" ')
    assert hints([paragraph("甲")], usual) == ["h1"]
