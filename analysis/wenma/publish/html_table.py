"""Tables in HTML: for the report, and for notebooks.

Whatever came from a document, a manifest or a codebook is escaped here.
"""

import re
from collections.abc import Iterator
from html import escape

from wenma.publish.printed_table import Cell, Panel, PrintedTable
from wenma.records import Bilingual

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONG = 24
_TABLE = Bilingual("表", "Table")


def to_html(printed: PrintedTable) -> str:
    """The table as a piece of a page: its panels, the notes and the basis.

    Both titles stand above; numbers that have an anchor are links to it.

    >>> from wenma.publish.printed_table import panel_of
    >>> printed = PrintedTable(
    ...     Bilingual("编码频次", "Code frequencies"),
    ...     (panel_of(["编码"], [[Cell("<抵御>", role="head")]]),),
    ...     "zh",
    ... )
    >>> '<th scope="row">&lt;抵御&gt;</th>' in to_html(printed)
    True
    """
    parts = [_panel(panel, printed, first=not at) for at, panel in enumerate(printed.panels)]
    if said := (*printed.layout_notes, *printed.notes):
        parts.append(f'<ul class="notes">{"".join(f"<li>{text(one)}</li>" for one in said)}</ul>')
    if printed.basis:
        parts.append(f'<p class="basis">{text(printed.basis)}</p>')
    return "\n".join(parts)


def text(words: str) -> str:
    """Words as they stand in a page: nothing in them is markup.

    >>> text("<script>&'")
    '&lt;script&gt;&amp;&#x27;'
    """
    return escape(_NO_TEXT.sub("\ufffd", words))


def html_caption(title: Bilingual, called: Bilingual) -> str:
    """The caption of a table or a figure in both languages; `called` is its kind and number."""
    return (
        f'<span lang="zh-CN">{called.zh}{"　" * bool(called.zh)}{text(title.zh)}</span> '
        f'<span class="en" lang="en">{called.en}{"&ensp;" * bool(called.en)}{text(title.en)}</span>'
    )


def called(words: Bilingual, number: int | None) -> Bilingual:
    """What something with a number is called: 表 3 and Table 3; nothing without a number."""
    if number is None:
        return Bilingual("", "")
    return Bilingual(f"{words.zh} {number}", f"{words.en} {number}")


def _panel(panel: Panel, printed: PrintedTable, *, first: bool) -> str:
    name, language = called(_TABLE, printed.number), printed.language
    words = (name.in_language(language), printed.title.in_language(language), panel.group)
    label = text(" ".join(filter(None, words)))
    caption = html_caption(printed.title, name) if first else ""
    group = f"<br>{text(panel.group)}" if panel.group and first else text(panel.group)
    heads = "".join(
        f'<th scope="col"{_class("n" * column.numeric)}>{text(column.heading)}</th>'
        for column in panel.columns
    )
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in panel.rows)
    mark = f' id="t{printed.number}"' if first and printed.number else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"{mark}>'
        f"<table><caption>{caption}{group}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    content = "".join(_content(cell))
    if cell.role == "head":
        indent = f' style="padding-left:{0.6 + 1.2 * cell.depth:.1f}rem"' * bool(cell.depth)
        return f'<th scope="row"{indent}>{content}</th>'
    return f"<td{_class('n' if cell.number else 'long' * (len(cell.text) > _LONG))}>{content}</td>"


def _content(cell: Cell) -> Iterator[str]:
    yield _linked(cell.text, cell.anchor)
    if cell.counts:
        yield f' <span class="small">{"/".join(_linked(*one) for one in cell.counts)}</span>'
    if cell.small:
        yield f' <span class="small">{text(cell.small)}</span>'


def _linked(words: str, anchor: str) -> str:
    return f'<a href="#{anchor}">{text(words)}</a>' if anchor else text(words)


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
