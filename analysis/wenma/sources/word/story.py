"""A Word document is walked once, in reading order, and becomes blocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wenma.sources.word.blocks import TableCell, WordBlock, boxed, table_blocks
from wenma.sources.word.branches import chosen_branch, embedded_blocks, shape_blocks
from wenma.sources.word.fields import Fields
from wenma.sources.word.formula import formula
from wenma.sources.word.notes import NoteKind, WordNotes, note_blocks
from wenma.sources.word.numbering import Counters
from wenma.sources.word.open_elements import (
    OpenFrame,
    OpenParagraph,
    OpenRun,
    OpenTable,
    open_paragraph,
    open_run,
)
from wenma.sources.word.parts import Parts
from wenma.sources.word.styles import Style, Styles
from wenma.sources.word.symbols import raised_digits, symbol
from wenma.sources.word.tally import Tally
from wenma.sources.word.xml import MC, A, M, R, V, W, switched

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_PROPERTIES = frozenset(
    W + name
    for name in "pPr rPr sdtPr sdtEndPr tblPr tblGrid tblPrEx trPr tcPr sectPr rt ffData".split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """What one walk needs to know of the whole file."""

    parts: Parts
    styles: Styles
    counters: Counters
    notes: WordNotes
    tally: Tally


class Story:
    """The walk through one story: the document's body, or a note's.

    It goes from element to element without recursion, so that no depth of tables in tables or
    boxes in boxes can exhaust it.
    """

    def __init__(self, context: Context, root: Any, *, note: bool = False) -> None:
        self._file, self._root, self._in_note = context, root, note
        self._fields = Fields(root)
        self._frames = [OpenFrame()]
        self._paragraphs: list[OpenParagraph] = []
        self._tables: list[OpenTable] = []
        self._runs: list[OpenRun] = []
        self._branches: list[Any] = []
        self._hidden = 0
        self._endnotes: list[WordBlock] = []

    def blocks(self) -> list[WordBlock]:
        """All blocks in reading order; endnotes come last."""
        from lxml import etree

        events = etree.iterwalk(self._root, events=("start", "end"))
        skipped: Any = None
        for event, element in events:
            if event == "end":
                leave = _LEAVE.get(element.tag)
                if leave is not None and element is not skipped:
                    leave(self, element)
            elif element.tag in _PROPERTIES or not self._enter(element):
                skipped = element
                events.skip_subtree()
        self._frames[0].flush()
        return self._frames[0].blocks + self._endnotes

    def _enter(self, element: Any) -> bool:
        enter = _ENTER.get(element.tag)
        return enter is None or enter(self, element)

    # Words

    def _say(self, text: str) -> None:
        if self._fields.coded or not text:
            return
        run = self._runs[-1] if self._runs else None
        if self._hidden:
            self._file.tally.leave("hidden", text)
        elif self._paragraphs and not (run and run.mark):
            words = self._paragraphs[-1].words
            words.append(
                raised_digits(text, words[-1] if words else "") if run and run.raised else text
            )
            self._file.tally.close()

    def _text(self, element: Any) -> bool:
        text = element.text or ""
        font = self._font(element) if any("\uf000" <= char <= "\uf0ff" for char in text) else ""
        self._say("".join(symbol(ord(char), font) or char for char in text) if font else text)
        return True

    def _font(self, element: Any) -> str:
        fonts = element.getparent().find(f"{W}rPr/{W}rFonts")
        return "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""

    def _symbol(self, element: Any) -> bool:
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            return True
        shown = symbol(code, element.get(W + "font", ""))
        if shown is None and not self._hidden:
            self._file.tally.note("symbol")
        self._say(shown or "")
        return True

    def _formula(self, element: Any) -> bool:
        self._say(formula(element))
        return False

    def _field(self, element: Any) -> bool:
        self._say(self._fields.meet(element))
        return True

    def _instruction(self, element: Any) -> bool:
        self._fields.instruct(element.text or "")
        return False

    def _enter_run(self, element: Any) -> bool:
        around = self._paragraphs[-1].style if self._paragraphs else Style()
        run = open_run(element, self._file.styles, around)
        self._runs.append(run)
        self._hidden += run.hidden
        return True

    def _leave_run(self, element: Any) -> None:
        self._hidden -= self._runs.pop().hidden

    # Changes, and what is not shown

    def _deleted(self, element: Any) -> bool:
        self._file.tally.deletions += 1
        texts = element.iter(W + "t", W + "delText", M + "t")
        self._file.tally.leave("deleted", "".join(one.text or "" for one in texts))
        return False

    def _inserted(self, element: Any) -> bool:
        self._file.tally.insertions += 1
        return True

    def _control(self, element: Any) -> bool:
        """A content control nobody filled shows its prompt: 单击此处输入文字."""
        prompt = switched(element.find(W + "sdtPr"), "showingPlcHdr")
        return self._unshown("placeholder", element) if prompt else True

    def _unshown(self, kind: str, element: Any) -> bool:
        self._file.tally.leave(kind, "".join(t.text or "" for t in element.iter(W + "t")))
        self._file.tally.close()
        return False

    def _alternatives(self, element: Any) -> bool:
        self._branches.append(chosen_branch(element))
        return True

    def _branch(self, element: Any) -> bool:
        return bool(self._branches) and element is self._branches[-1]

    def _leave_alternatives(self, element: Any) -> None:
        self._branches.pop()

    # Paragraphs

    def _enter_paragraph(self, element: Any) -> bool:
        paragraph = open_paragraph(element, self._file.styles, self._file.counters)
        frame = self._frames[-1]
        if frame.carried is not None:
            paragraph.words, paragraph.after = frame.carried.words, frame.carried.after
            frame.carried = None
        self._paragraphs.append(paragraph)
        return True

    def _leave_paragraph(self, element: Any) -> None:
        self._file.tally.close()
        in_cell = bool(self._tables) and len(self._frames) > 1
        self._frames[-1].take(self._paragraphs.pop(), in_cell=in_cell)

    def _aside(self, blocks: list[WordBlock]) -> None:
        """Blocks that hang on the paragraph open now come after it."""
        if self._hidden:
            self._file.tally.leave("hidden", "".join(block.text for block in blocks))
        elif self._paragraphs:
            self._paragraphs[-1].after += blocks
        else:
            self._frames[-1].blocks += blocks

    # Boxes, notes and what is embedded

    def _enter_box(self, element: Any) -> bool:
        self._frames.append(OpenFrame())
        return True

    def _leave_box(self, element: Any) -> None:
        frame = self._frames.pop()
        frame.flush()
        self._aside(boxed(frame.blocks))

    def _footnote(self, element: Any) -> bool:
        return self._note("footnote", element)

    def _endnote(self, element: Any) -> bool:
        return self._note("endnote", element)

    def _note(self, kind: NoteKind, mark: Any) -> bool:
        if self._in_note or self._hidden or self._fields.coded:
            return False
        name, root = self._file.notes.take(kind, mark)
        if root is not None:
            found = note_blocks(name, Story(self._file, root, note=True).blocks())
            if kind == "footnote":
                self._aside(found)
            else:
                self._endnotes += found
        return False

    def _picture(self, element: Any) -> bool:
        self._file.tally.pictures += 1
        return True

    def _chart(self, element: Any) -> bool:
        self._file.tally.note("chart")
        return True

    def _shape(self, element: Any) -> bool:
        self._aside(shape_blocks(element))
        return False

    def _diagram(self, element: Any) -> bool:
        words = self._file.parts.diagram(element.get(R + "dm", ""))
        self._aside([WordBlock(text) for text in words if text])
        return False

    def _embedded(self, element: Any) -> bool:
        blocks = embedded_blocks(self._file.parts.embedded(element.get(R + "id", "")))
        if not blocks:
            self._file.tally.note("embedded")
        self._aside(blocks)
        return False

    # Tables

    def _enter_table(self, element: Any) -> bool:
        self._frames[-1].flush()
        self._tables.append(OpenTable())
        return True

    def _leave_table(self, element: Any) -> None:
        self._frames[-1].blocks += table_blocks(self._tables.pop().rows)

    def _enter_row(self, element: Any) -> bool:
        if not self._tables:
            return True
        of_row = element.find(W + "trPr")
        if of_row is not None and of_row.find(W + "del") is not None:
            return self._deleted(element)
        if switched(of_row, "hidden"):
            return self._unshown("hidden", element)
        if of_row is not None and of_row.find(W + "ins") is not None:
            self._file.tally.insertions += 1
        self._tables[-1].begin_row(of_row)
        return True

    def _enter_cell(self, element: Any) -> bool:
        if not self._tables or not self._tables[-1].rows:
            return False
        table, of_cell = self._tables[-1], element.find(W + "tcPr")
        merged = table.begin_cell(of_cell)
        if of_cell is not None and of_cell.find(W + "cellDel") is not None:
            return self._deleted(element)
        if merged != "own":
            if merged == "below":
                table.rows[-1].append(TableCell())
            return self._unshown("hidden", element)
        self._frames.append(OpenFrame())
        return True

    def _leave_cell(self, element: Any) -> None:
        frame = self._frames.pop()
        frame.flush()
        self._tables[-1].rows[-1].append(TableCell(tuple(frame.blocks)))


def _saying(text: str) -> Callable[[Story, Any], bool]:
    def enter(story: Story, element: Any) -> bool:
        story._say(text)
        return True

    return enter


_ENTER: Mapping[str, Callable[[Story, Any], bool]] = {
    W + "t": Story._text,
    W + "tab": _saying("\t"),
    W + "ptab": _saying("\t"),
    W + "br": _saying("\n"),
    W + "cr": _saying("\n"),
    W + "noBreakHyphen": _saying("-"),
    W + "sym": Story._symbol,
    M + "oMath": Story._formula,
    W + "fldChar": Story._field,
    W + "instrText": Story._instruction,
    W + "r": Story._enter_run,
    W + "del": Story._deleted,
    W + "moveFrom": Story._deleted,
    W + "ins": Story._inserted,
    W + "moveTo": Story._inserted,
    W + "sdt": Story._control,
    MC + "AlternateContent": Story._alternatives,
    MC + "Choice": Story._branch,
    MC + "Fallback": Story._branch,
    W + "p": Story._enter_paragraph,
    W + "txbxContent": Story._enter_box,
    W + "footnoteReference": Story._footnote,
    W + "endnoteReference": Story._endnote,
    A + "blip": Story._picture,
    V + "imagedata": Story._picture,
    _CHART: Story._chart,
    A + "txBody": Story._shape,
    V + "textpath": Story._shape,
    _DIAGRAM: Story._diagram,
    W + "altChunk": Story._embedded,
    W + "tbl": Story._enter_table,
    W + "tr": Story._enter_row,
    W + "tc": Story._enter_cell,
}
_LEAVE: Mapping[str, Callable[[Story, Any], None]] = {
    W + "r": Story._leave_run,
    MC + "AlternateContent": Story._leave_alternatives,
    W + "p": Story._leave_paragraph,
    W + "txbxContent": Story._leave_box,
    W + "tbl": Story._leave_table,
    W + "tc": Story._leave_cell,
}
