"""A table as it is printed: the one record that every format is written from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wenma.publish.labels import Language
from wenma.records import Bilingual

Emphasis = Literal["", "head", "expected"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text as printed, and what a format may make of it.

    `value` is the number a spreadsheet takes, None where there is none. `anchor`
    names the passages the number leads to. `small` stands beside the text in a
    page, as a code's path; `counts` are further numbers with anchors of their own.
    `depth` sets the cell in. A "head" names its row; an "expected" one says that the
    row holds what chance alone would give.
    """

    text: str
    anchor: str = ""
    small: str = ""
    counts: tuple[tuple[str, str], ...] = ()
    depth: int = 0
    number: bool = False
    value: float | None = None
    role: Emphasis = ""

    @property
    def words(self) -> str:
        """The text with its counts, for formats that have no links.

        >>> Cell("短板", counts=(("1", ""), ("0", ""), ("3", ""))).words
        '短板 1/0/3'
        """
        return " ".join([self.text, *["/".join(one for one, _ in self.counts)] * bool(self.counts)])


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """The heading of a column, whether its cells stand right, and the decimals of its numbers."""

    heading: str
    numeric: bool = False
    decimals: int = 0


@dataclass(frozen=True)
class Panel:
    """Columns and rows; `group` names what it is of where a table has several panels.

    A `continued` panel has the columns its page had no room for.
    """

    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    group: str = ""
    continued: bool = False

    @property
    def head(self) -> tuple[str, ...]:
        """The headings of the columns."""
        return tuple(column.heading for column in self.columns)


@dataclass(frozen=True)
class PrintedTable:
    """One table in print: what stands above its panels, in them and below.

    `layout_notes` say how the panels are to be read, `notes` what to beware of;
    `basis` says in a line what was counted, `facts` says it item by item. `number`
    is the table's, where it has one. `data` has every column of the answer with a
    row for each of its rows, where the panels do not.
    """

    title: Bilingual
    panels: tuple[Panel, ...]
    language: Language
    name: str = ""
    number: int | None = None
    layout_notes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    basis: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    data: Panel | None = None

    def entitled(self, caption: str | None, number: int | None) -> "PrintedTable":
        """The same under a title of its own, in the table's language, and with that number."""
        title = replace(self.title, **{self.language: caption}) if caption else self.title
        return replace(self, title=title, number=number or self.number)


def panel_of(head: Sequence[str], rows: Sequence[Sequence[Cell]], group: str = "") -> Panel:
    """The panel of these cells; a column of nothing but numbers stands right.

    >>> panel = panel_of(["编码", "数"], [[Cell("抵御"), Cell("3", number=True)]])
    >>> [column.numeric for column in panel.columns]
    [False, True]
    """
    columns = tuple(
        PrintedColumn(name, bool(rows) and all(row[at].number for row in rows))
        for at, name in enumerate(head)
    )
    return Panel(columns, tuple(map(tuple, rows)), group)
