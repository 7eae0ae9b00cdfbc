"""A claim becomes a card for the paper: what holds, in how many ways, and where it fails."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pandas as pd

from wenma.publish.claim_words import claim_lines, headline, paper_paragraph
from wenma.publish.html_table import text, to_html
from wenma.publish.labels import Language, basis_line, notes
from wenma.publish.latex_table import escaped, tex_text
from wenma.publish.markdown_table import escaped_markdown, markdown_text
from wenma.publish.print_table import print_table
from wenma.publish.printed_table import PrintedTable
from wenma.publish.report_style import STYLE
from wenma.queries.claim import FAILS
from wenma.queries.claim_summary import ClaimSummary
from wenma.queries.table import Table
from wenma.queries.ways import CHOICES
from wenma.records import Bilingual

MOST_WAYS, MOST_HINGES = 20, 15
"""Ways of the other verdict than the usual one's that a card lists, the nearest to it first, and
things a claim hangs on; the tables behind it have all."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_FOR_PAPER = Bilingual("可用于论文的文字", "For the paper")


@dataclass(frozen=True)
class ClaimCard:
    """A card: the sentence, in how many ways it holds, lines about it, tables, words for a paper.

    `paragraphs` are those for the paper, in the card's language and in the other.
    """

    title: Bilingual
    headline: str
    lines: tuple[str, ...]
    tables: tuple[PrintedTable, ...]
    paragraphs: tuple[str, str]
    notes: tuple[str, ...]
    basis: str
    language: Language


def claim_card(
    sentence: str,
    ways: Table,
    summary: ClaimSummary,
    choices: Table,
    hinges: Table,
    *,
    codes: pd.DataFrame | None = None,
    language: Language = "zh",
) -> ClaimCard:
    """The card of a claim from its `ways` and what was made of them."""
    tables = [choices] * bool(len(choices.frame))
    if len(hinges.frame):
        tables.append(replace(hinges, frame=hinges.frame.head(MOST_HINGES)))
    tables += _exceptions(ways, summary)
    printed = [print_table(one, codes=codes, language=language) for one in tables]
    paragraph = paper_paragraph(sentence, ways, summary, hinges.frame)
    both = (paragraph.zh, paragraph.en)
    said = (one.in_language(language) for one in claim_lines(ways, summary, hinges.frame))
    return ClaimCard(
        title=Bilingual(f"论断：{sentence}", f"Claim: {sentence}"),
        headline=headline(summary).in_language(language),
        lines=tuple(one for one in said if one),
        tables=tuple(
            replace(one, number=at, notes=(), basis="", facts=())
            for at, one in enumerate(printed, start=1)
        ),
        paragraphs=both if language == "zh" else (both[1], both[0]),
        notes=tuple(notes(ways, language=language)),
        basis=basis_line(ways, language=language),
        language=language,
    )


def _exceptions(ways: Table, summary: ClaimSummary) -> Iterator[Table]:
    """The ways of the other verdict, nearest to the usual one, by what differs among them.

    They are those in which the claim fails; where it fails in the usual way, those in which it
    holds, or all that there are.
    """
    usual = ways.frame.iloc[0]
    holding = usual["verdict"] == FAILS and summary.holding_ways
    rows = ways.frame.loc[[*(summary.holding_ways if holding else summary.failing)]]
    if not len(rows):
        return
    shown = rows.head(MOST_WAYS).reset_index(drop=True)
    told = [name for name in CHOICES if shown[name].ne(usual[name]).any()] or ["counted_as"]
    sides = [name for name in ("side_a", "side_b") if ways.frame[name].nunique() > 1]
    columns = [*told, *sides[:1], "value_a", *sides[1:], "value_b", "ratio"]
    name = "claim_holding" if holding else "claim_failing"
    yield Table(name, shown[columns], basis=ways.basis)


def card_content(card: ClaimCard, form: str) -> str | bytes:
    """The whole content of a card's file in one of `CARD_FORMATS`."""
    return CARD_FORMATS[form](card)


def card_markdown(card: ClaimCard) -> str:
    """The card as Markdown, which reads well in a terminal too."""
    parts = [
        f"# {escaped_markdown(card.title.in_language(card.language))}",
        f"**{escaped_markdown(card.headline)}**",
        "\n".join(f"- {escaped_markdown(one)}" for one in card.lines),
    ]
    for one in card.tables:
        parts += [f"## {one.title.in_language(card.language)}", markdown_text(one).rstrip()]
    parts += [f"## {_FOR_PAPER.in_language(card.language)}",
              *map(escaped_markdown, card.paragraphs)]  # fmt: skip
    parts += ["\n".join(f"- {escaped_markdown(one)}" for one in card.notes)]
    return "\n\n".join([*parts, escaped_markdown(card.basis)]) + "\n"


def card_html(card: ClaimCard) -> str:
    """The card as a piece of a page."""
    lang = ("zh-CN", "en") if card.language == "zh" else ("en", "zh-CN")
    return "\n".join(
        [
            f"<h1>{text(card.title.in_language(card.language))}</h1>",
            f"<p><strong>{text(card.headline)}</strong></p>",
            f"<ul>{''.join(f'<li>{text(one)}</li>' for one in card.lines)}</ul>",
            *map(to_html, card.tables),
            f"<h2>{_FOR_PAPER.in_language(card.language)}</h2>",
            *(
                f'<p lang="{one}">{text(words)}</p>'
                for one, words in zip(lang, card.paragraphs, strict=True)
            ),
            f'<ul class="notes">{"".join(f"<li>{text(one)}</li>" for one in card.notes)}</ul>',
            f'<p class="basis">{text(card.basis)}</p>',
        ]
    )


def _page(card: ClaimCard) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if card.language == "zh" else "en"}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(card.title.in_language(card.language))}</title>\n<style>{STYLE}</style>\n"
        f"</head>\n<body>\n{card_html(card)}\n</body>\n</html>\n"
    )


def card_tex(card: ClaimCard) -> str:
    """The card as LaTeX to put into a paper; the tables' first lines say what they need."""
    items = "\n".join(rf"\item {escaped(one)}" for one in card.lines)
    return "\n".join(
        [
            rf"\paragraph{{{escaped(card.title.in_language(card.language))}}}",
            rf"\textbf{{{escaped(card.headline)}}}",
            rf"\begin{{itemize}}{chr(10)}{items}{chr(10)}\end{{itemize}}",
            "",
            *(f"{escaped(one)}\n" for one in card.paragraphs),
            *map(tex_text, card.tables),
            *(rf"{{\footnotesize {escaped(one)}\par}}" for one in (*card.notes, card.basis)),
            "",
        ]
    )


def card_docx(card: ClaimCard) -> bytes:
    """The card as a Word document; the same card gives the same text and tables."""
    import docx
    from docx.shared import Pt

    from wenma.publish.docx_table import HAN, LATIN, add_panel, titles
    from wenma.publish.panels import SMALL, UPRIGHT, fitted

    document = docx.Document()
    _fonts(document, LATIN, HAN)
    document.core_properties.title = _plain(card.title.in_language(card.language))
    document.core_properties.author = "wenma"
    document.add_heading(_plain(card.title.in_language(card.language)), 1)
    document.add_paragraph().add_run(_plain(card.headline)).bold = True
    for one in card.lines:
        document.add_paragraph(_plain(one), style="List Bullet")
    for printed in card.tables:
        fit = fitted(list(printed.panels), upright=True)
        for measured in fit.panels:
            for words in titles(printed, measured.panel, printed.number or 1):
                document.add_paragraph(_plain(words)).paragraph_format.keep_with_next = True
            add_panel(document, measured, page=UPRIGHT, size=fit.size)
            document.add_paragraph().paragraph_format.space_after = Pt(0)
    document.add_heading(_FOR_PAPER.in_language(card.language), 2)
    for words in card.paragraphs:
        document.add_paragraph(_plain(words))
    for words in (*card.notes, card.basis):
        document.add_paragraph().add_run(_plain(words)).font.size = Pt(SMALL)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _fonts(document: Any, latin: str, han: str) -> None:
    from docx.oxml.ns import qn

    for name in ("Normal", "Heading 1", "Heading 2", "List Bullet"):
        style = document.styles[name]
        style.font.name = latin
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), han)


def _plain(words: str) -> str:
    """Words without what XML cannot hold."""
    return "".join(_printable(words))


def _printable(words: str) -> Iterator[str]:
    return (one for one in words if one >= " " and one not in "\ufffe\uffff")


CARD_FORMATS: Mapping[str, Callable[[ClaimCard], str | bytes]] = {
    "md": card_markdown,
    "html": _page,
    "docx": card_docx,
    "tex": card_tex,
}
"""What writes a card, by the ending of its file."""
