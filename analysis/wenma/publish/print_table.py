"""An answer becomes a table in print: which layout it takes, and what stands around it."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from wenma.publish.columns import number_text
from wenma.publish.cross_layout import CELLS_OF_MATRIX, CROSSED, crossed, side_by_side
from wenma.publish.labels import (
    Language,
    basis,
    basis_line,
    code_names,
    fixed_word,
    heading,
    notes,
    title,
)
from wenma.publish.list_layout import every_column, list_rows
from wenma.publish.printed_table import Panel, PrintedTable
from wenma.publish.report_words import rows_cut
from wenma.publish.rounded_shares import with_rounded_shares
from wenma.queries.table import Note, Table
from wenma.records import Bilingual

_WITH_COUNT = {
    "frequency": ("references", "share", "countable"),
    "coverage": ("coded", "coverage", "characters"),
}
"""Of tables by group: the count a cell shows, the percentage behind it, what both are of."""
_BASES = ("countable", "characters", "n")
"""Columns of denominators."""
_NOT_PRINTED = {
    "documents": "plan kind level year copy_of",
    "cooccurrence": "dice cosine npmi g2 p uneven",
    "excerpts": "plan period page line unit kind role coder evidence",
}
"""Columns that a paper has no room for; the notes name them."""
SHORT_SHA256 = Bilingual(
    "SHA-256 为来源文件的前 12 位，全部 64 位见 Excel 或 csv。",
    "SHA-256 of the source file, its first 12 characters; all 64 in Excel and csv.",
)
"""What stands under a sample whose fingerprints are cut short."""


def print_table(
    table: Table,
    *,
    codes: pd.DataFrame | None = None,
    language: Language = "zh",
    most: int | None = None,
) -> PrintedTable:
    """The answer as a paper or a page prints it, codes by their names in `codes`.

    A cross table has its sums; tables by group of frequencies and coverage stand
    with the groups side by side; of others the columns that a paper has no room
    for are left out and named, and so are rows beyond the first `most`, as a
    notebook shows them. Percentages that are parts of one whole add up to it as
    printed.
    """
    names = {} if codes is None else code_names(codes, language=language)
    shown, added = with_rounded_shares(table)
    if table.name in CROSSED:
        panels = list(crossed(shown, names=names, language=language))
        first = [CELLS_OF_MATRIX.in_language(language)] * (table.name == "matrix")
    elif table.name in _WITH_COUNT and "group" in table.frame and "interval" not in table.basis:
        count, percent, below = _WITH_COUNT[table.name]
        panels = [side_by_side(shown, count, percent, below=below, names=names, language=language)]
        words = [heading(column, language=language) for column in (count, percent)]
        first = [("格中为{}（{}）。" if language == "zh" else "Cells: {} ({}).").format(*words)]
    else:
        columns, first = _paper_columns(shown, language)
        every = len(table.frame)
        kept = range(every if most is None else min(most, every))
        panels = [list_rows(shown, columns, names=names, language=language, rows=kept)]
        if len(kept) < every:
            line = rows_cut(len(kept), every, "", table.name, language)
            first = [line.in_language(language), *first]
    said = [*first, *in_language(added, language)]
    return around(table, panels, title=titled(table), language=language, layout_notes=said)


def print_every_column(
    table: Table, *, codes: pd.DataFrame | None = None, language: Language = "zh"
) -> PrintedTable:
    """The answer with all its columns, as terminals and spreadsheets show it.

    A cross table is crossed here too, and has its columns behind it as `data`. Percentages add
    up as in a paper; csv and JSON have all their digits.
    """
    names = None if codes is None else code_names(codes, language=language)
    shown, added = with_rounded_shares(table)
    data = every_column(shown, names=names, language=language)
    if table.name in CROSSED:
        return replace(print_table(table, codes=codes, language=language), data=data)
    said = in_language(added, language)
    return around(table, [data], title=titled(table), language=language, layout_notes=said)


def around(
    table: Table,
    panels: Iterable[Panel],
    *,
    title: Bilingual,
    language: Language,
    layout_notes: Iterable[str] = (),
) -> PrintedTable:
    """The panels with the title above them and the table's notes and basis below."""
    return PrintedTable(
        title=title,
        panels=tuple(panels),
        language=language,
        name=table.name,
        layout_notes=tuple(layout_notes),
        notes=tuple(notes(table, language=language)),
        basis=basis_line(table, language=language),
        facts=tuple(basis(table, language=language).items()),
    )


def titled(table: Table, measure: str = "") -> Bilingual:
    """The title of a table: the question's, by what, and which measure.

    >>> titled(Table("frequency", pd.DataFrame(), basis={"by": "city"}), "share").zh
    '编码频次（按城市，占维度参考点 %）'
    >>> titled(Table("frequency", pd.DataFrame(), basis={"by": "city"})).en
    'Code frequencies by city'
    """
    by = table.by or ""
    told = [f"按{fixed_word(by, language='zh')}"] * bool(by)
    told += [heading(measure, language="zh")] if measure else []
    return Bilingual(
        title(table.name, language="zh") + (f"（{'，'.join(told)}）" if told else ""),
        title(table.name, language="en")
        + (f" by {fixed_word(by, language='en')}" if by else "")
        + (f" ({heading(measure, language='en')})" if measure else ""),
    )


def in_language(said: Iterable[Note], language: Language) -> list[str]:
    """Notes in one language."""
    return [note.zh if language == "zh" else str(note) for note in said]


def _paper_columns(table: Table, language: Language) -> tuple[list[str], list[str]]:
    """The columns a paper has room for, and what is said of the others."""
    frame, zh = table.frame, language == "zh"
    # What every row is divided by is said once, below, where it is one number.
    one = [c for c in _BASES if c in frame and len(frame) > 1 and frame[c].nunique() == 1]
    said = [
        f"{heading(c, language=language)}{'：' if zh else ': '}"
        f"{number_text(frame[c].iloc[0], c)}{'。' if zh else '.'}"
        for c in one
    ]
    if "sha256" in frame:
        said.append(SHORT_SHA256.in_language(language))
    gone = [c for c in _NOT_PRINTED.get(table.name, "").split() if c in frame]
    if gone:
        words = ("、" if zh else ", ").join(heading(c, language=language) for c in gone)
        said.append(
            f"未列出的栏见 Excel 或 csv：{words}。"
            if zh
            else f"Columns in Excel and csv only: {words}."
        )
    without = {*one, *gone, *(("grade_en", "product_en") if zh else ("grade", "product"))}
    return [name for name in map(str, frame) if name not in without], said
