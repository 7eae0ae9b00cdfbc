"""What a Word file shows, block by block: paragraphs, rows of tables, notes."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from wenma.sources.lines import Hint, Line

_DOCUMENT = 10  # paragraphs and
_LONG = 1500  # characters of a cell that is a page of its own


class WordBlock(NamedTuple):
    """A paragraph, a row or a note; `text` holds its manual line breaks and may be empty."""

    text: str
    hint: Hint = ""
    part: Literal["paragraph", "row", "note"] = "paragraph"


class TableCell(NamedTuple):
    """What stands in a cell. One that goes on from the row above holds nothing of its own."""

    blocks: Sequence[WordBlock] = ()


def boxed(blocks: Sequence[WordBlock]) -> list[WordBlock]:
    """The blocks of a box; those of a 专栏 are marked, so that its section ends with it.

    >>> [block.hint for block in boxed([WordBlock("专栏1 工程"), WordBlock("1.建设平台。")])]
    ['box', 'box']
    """
    first = next((block.text.strip() for block in blocks if block.text.strip()), "")
    if not first.startswith("专栏"):
        return [*blocks]
    return [block._replace(hint="box") if block.part == "paragraph" else block for block in blocks]


def table_blocks(rows: Sequence[Sequence[TableCell]]) -> list[WordBlock]:
    """A table as it is read: a row ``a | b`` of data, paragraphs where it only lays out.

    A table of one column is a box around text (专栏), and so is a cell that holds a document.
    Notes come after the row they stand in.

    >>> one = TableCell([WordBlock("甲")])
    >>> other = TableCell([WordBlock("第一段。"), WordBlock("第二段。")])
    >>> [block.text for block in table_blocks([[one, other]])]
    ['甲 | 第一段。 第二段。']
    >>> [block.text for block in table_blocks([[other]])]
    ['第一段。', '第二段。']
    """
    if all(len(row) <= 1 for row in rows):
        return boxed([block for row in rows for cell in row for block in cell.blocks])
    blocks: list[WordBlock] = []
    for row in rows:
        if _lays_out(row):
            blocks += [block for cell in row for block in cell.blocks]
            continue
        texts = [_cell_text(cell) for cell in row]
        if any(texts):
            blocks.append(WordBlock(" | ".join(texts), "table", "row"))
        blocks += [block for cell in row for block in cell.blocks if block.part == "note"]
    return blocks


def _lays_out(row: Sequence[TableCell]) -> bool:
    filled = [cell for cell in row if any(block.text.strip() for block in cell.blocks)]
    if len(filled) == 1:
        words = [block.text for block in filled[0].blocks if block.text.strip()]
        return len(words) > 1 and any("。" in text or "；" in text for text in words)
    return any(_document(cell) for cell in filled)


def _document(cell: TableCell) -> bool:
    texts = [block.text for block in cell.blocks if block.text.strip()]
    return len(texts) >= _DOCUMENT and sum(map(len, texts)) >= _LONG


def _cell_text(cell: TableCell) -> str:
    """All a cell holds on one line; the rows of a table inside it are words of it."""
    texts = [block.text for block in cell.blocks if block.part != "note"]
    return " ".join(" ".join(texts).replace(" | ", " ").split())


def block_lines(blocks: Sequence[WordBlock]) -> Iterator[Line]:
    """The lines of blocks, counted from 1; a manual line break begins a new line.

    Not inside a heading: 第一章 and its words below it are one heading.
    """
    for number, (text, hint, _) in enumerate(blocks, 1):
        parts = [" ".join(text.split("\n"))] if hint.startswith("h") else text.split("\n")
        yield from (Line(part, None, number, hint) for part in parts if part.strip())
