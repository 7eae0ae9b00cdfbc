"""A Word file (.docx) becomes lines: all that Word shows, in reading order."""

from typing import Any

from wenma.errors import SourceError
from wenma.sources.lines import Extract
from wenma.sources.word.blocks import WordBlock, block_lines
from wenma.sources.word.notes import WordNotes
from wenma.sources.word.numbering import Counters, lists_of
from wenma.sources.word.office_kind import office_kind
from wenma.sources.word.parts import Parts
from wenma.sources.word.story import Context, Story
from wenma.sources.word.styles import styles_of
from wenma.sources.word.tally import Tally
from wenma.sources.word.xml import MC, W


def extract(data: bytes) -> Extract:
    """The paragraphs and table rows of a Word file in their order, counted from 1.

    Changes are read as accepted, automatic numbers stand in the text, a text box comes after the
    paragraph it hangs on, a footnote after the paragraph of its mark, endnotes at the end.
    Deleted and hidden text, comments, heads and feet of pages are left out and counted. A row
    reads ``a | b``; a merged cell is written once. Headings are hinted. A manual line break
    inside a paragraph begins a new Line of the same number.

    A .docx that is an older office file under a new name is read as what it is. Raises
    SourceError when the file is broken, locked or holds pictures only.
    """
    kind = office_kind(data)
    if kind == "docx":
        return _extract(data)
    if kind == "text":
        raise SourceError(
            "cannot be read as a Word file: it holds plain text",
            cure="Give it the suffix .txt",
            zh="无法作为 Word 文件读取：内容是纯文本。请把后缀改为 .txt。",
        )
    # Loaded here: that module reads its conversions through this one.
    from wenma.sources.from_office import extract as from_office

    return from_office(data)


def _extract(data: bytes) -> Extract:
    parts = Parts(data)
    styles = styles_of(parts.one("styles"))
    tally = Tally()
    counters = Counters(lists_of(parts.one("numbering"), styles))
    notes = WordNotes(parts.one("footnotes"), parts.one("endnotes"))
    blocks = Story(Context(parts, styles, counters, notes, tally), parts.body).blocks()
    _leave_margins(parts, tally)
    _check(blocks, tally)
    return Extract([*block_lines(blocks)], tally.left_out(), tally.signs())


_MARGINS = {"header": "running_head", "footer": "running_head", "comments": "comment"}


def _leave_margins(parts: Parts, tally: Tally) -> None:
    """Count the heads and feet of pages and the comments, which are no part of the text."""
    for kind, told in _MARGINS.items():
        for root in parts.all(kind):
            for paragraph in _paragraphs(root):
                tally.leave(told, paragraph)
                tally.close()


def _paragraphs(root: Any) -> list[str]:
    """The texts of a part's paragraphs; what repeats another (a fallback) is passed over."""
    from lxml import etree

    texts: list[list[str]] = [[]]
    walk = etree.iterwalk(root, events=("start",), tag=(W + "p", W + "t", MC + "Fallback"))
    for _, element in walk:
        if element.tag == W + "t":
            texts[-1].append(element.text or "")
        elif element.tag == W + "p":
            texts.append([])
        else:
            walk.skip_subtree()
    return ["".join(words) for words in texts]


def _check(blocks: list[WordBlock], tally: Tally) -> None:
    if tally.pictures and not any(block.text.strip() for block in blocks):
        raise SourceError(
            f"holds pictures only ({tally.pictures}) and no text",
            cure="Run text recognition (OCR) over them and read the result",
            zh=f"只有图片（{tally.pictures} 张），没有文字。请先做文字识别（OCR），再读取结果。",
        )
