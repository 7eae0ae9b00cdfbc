"""What is still open on the walk through a Word document: paragraph, run, table, frame."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from wenma.sources.lines import Hint
from wenma.sources.word.blocks import TableCell, WordBlock
from wenma.sources.word.numbering import Counters, numbered_text
from wenma.sources.word.styles import Style, Styles, heading_level, led
from wenma.sources.word.xml import VAL, W, child_value, switched, whole

_HINTS: tuple[Hint, ...] = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOTE_MARKS = (W + "footnoteReference", W + "endnoteReference")
_PAGE = re.compile(r"\t(?=[0-9ivxIVX]{1,6}\s*$)")
_WIDEST = 64  # columns a cell can span in Word


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph: its words so far, and what is set after it."""

    style: Style
    label: str = ""
    hint: Hint = ""
    led: bool = False  # dots lead to its page number
    merged: bool = False  # its end was deleted: it goes on in the next
    words: list[str] = field(default_factory=list)
    after: list[WordBlock] = field(default_factory=list)


@dataclass(slots=True)
class OpenFrame:
    """A stretch of blocks: the document, a cell, a box or a note."""

    blocks: list[WordBlock] = field(default_factory=list)
    carried: OpenParagraph | None = None

    def take(self, paragraph: OpenParagraph, *, in_cell: bool) -> None:
        """Close a paragraph. An empty one shows its number in a cell (a column 序号)."""
        if paragraph.merged:
            self.carried = paragraph
            return
        text = "".join(paragraph.words)
        if paragraph.led:
            text = _PAGE.sub("……", text)
        if text.strip():
            text = numbered_text(paragraph.label, text)
        elif in_cell:
            text = paragraph.label
        self.blocks.append(WordBlock(text, paragraph.hint))
        self.blocks += paragraph.after

    def flush(self) -> None:
        """Close a paragraph that waits for a next one which does not come."""
        if self.carried is not None:
            carried, self.carried = self.carried, None
            carried.merged = False
            self.take(carried, in_cell=False)


@dataclass(slots=True)
class OpenRun:
    """A run: whether it is shown, raised, or the sign of a note and no words."""

    hidden: bool = False
    raised: bool = False
    mark: bool = False


@dataclass(slots=True)
class OpenTable:
    """A table: its rows so far, and the columns in which a merged cell may go on."""

    rows: list[list[TableCell]] = field(default_factory=list)
    merging: set[int] = field(default_factory=set)
    column: int = 0

    def begin_row(self, of_row: Any) -> None:
        """Begin a row with these properties (w:trPr, None without)."""
        before = None if of_row is None else whole(of_row.find(W + "gridBefore"))
        self.column = before or 0
        self.rows.append([])

    def begin_cell(self, of_cell: Any) -> Literal["own", "below", "beside"]:
        """Whether the next cell is one of its own or goes on from one above or beside it."""
        column = self.column
        span = None if of_cell is None else whole(of_cell.find(W + "gridSpan"))
        self.column += max(1, min(span or 1, _WIDEST))
        across = None if of_cell is None else of_cell.find(W + "hMerge")
        if across is not None and across.get(VAL) != "restart":
            return "beside"
        merge = None if of_cell is None else of_cell.find(W + "vMerge")
        if merge is None:
            self.merging.discard(column)
        elif merge.get(VAL) != "restart" and column in self.merging:
            return "below"
        else:
            self.merging.add(column)
        return "own"


def open_paragraph(element: Any, styles: Styles, counters: Counters) -> OpenParagraph:
    """A paragraph at its beginning, with its automatic number counted."""
    direct = element.find(W + "pPr")
    style = styles.named(child_value(direct, "pStyle"))
    level = heading_level(direct, style)
    paragraph = OpenParagraph(style, hint=_HINTS[level - 1] if level else "")
    paragraph.led = bool(style.led) or led(direct)
    mark = None if direct is None else direct.find(W + "rPr")
    paragraph.merged = mark is not None and (
        mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None
    )
    # Word gives no number to a paragraph whose end is deleted or hidden.
    if not paragraph.merged and not (switched(mark, "vanish") and not _visible(element)):
        paragraph.label = counters.label(direct, style)
    return paragraph


def _visible(paragraph: Any) -> bool:
    runs = paragraph.iter(W + "r")
    return any(not switched(run.find(W + "rPr"), "vanish") for run in runs)


def open_run(element: Any, styles: Styles, around: Style) -> OpenRun:
    """A run at its beginning, in a paragraph of the style `around`."""
    own = element.find(W + "rPr")
    name = child_value(own, "rStyle")
    style = styles.by_id.get(name, Style()) if name else Style()
    hidden = switched(own, "vanish")
    if hidden is None:
        # Set by both styles it is off again: Word toggles.
        hidden = styles.hidden or bool(style.hidden) != bool(around.hidden)
    height = child_value(own, "vertAlign")
    return OpenRun(
        hidden,
        height == "superscript" if height else bool(style.raised),
        any(marks_itself(one) for one in element.iterchildren(*_NOTE_MARKS)),
    )


def marks_itself(reference: Any) -> bool:
    """Whether the writer gave a note a mark of its own (*), which stands as text beside it."""
    return reference.get(W + "customMarkFollows", "0").lower() in ("1", "true", "on")
