"""Tables become files: csv, Markdown, JSON, Excel; for papers Word and LaTeX.

Nothing that came from a document can become a formula, a link or markup.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

import pandas as pd

from wenma.errors import UsageError
from wenma.publish.csv_description import ENDING, csv_description
from wenma.publish.data_text import csv_text, json_text
from wenma.publish.file_writing import write_file
from wenma.publish.labels import Language
from wenma.publish.print_table import print_every_column, print_table
from wenma.publish.printed_table import PrintedTable
from wenma.queries.table import Table

WRITERS: Mapping[str, tuple[str, str]] = {
    "md": ("markdown_table", "markdown_text"),
    "xlsx": ("xlsx_table", "xlsx_bytes"),
    "docx": ("docx_table", "docx_bytes"),
    "tex": ("latex_table", "tex_text"),
}
"""What writes a printed table, by the ending of its file: module and function, each loaded when
first used, for Word and Excel bring large libraries."""
DATA_WRITERS: Mapping[str, Callable[..., str]] = {"csv": csv_text, "json": json_text}
"""What writes an answer for other programs."""
PAPER_FORMATS = ("docx", "tex")
"""Formats of papers, whose tables have a number and a title."""
TABLE_FORMATS = ("md", "csv", "xlsx", "json", "docx", "tex")
"""The endings of a table's files."""

_BINARY = ("xlsx", "docx")


def table_content(
    table: Table | PrintedTable,
    form: str,
    *,
    codes: pd.DataFrame | None = None,
    language: Language = "zh",
    number: int | None = None,
    caption: str | None = None,
) -> str | bytes:
    """The whole content of a table's file in one of `TABLE_FORMATS`.

    An answer is printed first, codes by their names in `codes` and in that
    `language`; what is printed already stays as it is, but for a `number` or a
    `caption` of its own. UsageError for these where the format has no place for them,
    and for csv and json of what is printed already.
    """
    check_above(form, number=number, caption=caption)
    if isinstance(table, Table):
        if form in DATA_WRITERS:
            return DATA_WRITERS[form](table, codes=codes, language=language)
        printing = print_table if form in PAPER_FORMATS else print_every_column
        table = printing(table, codes=codes, language=language)
    elif form in DATA_WRITERS:
        raise UsageError(
            f"{form} has the columns of an answer, and this table is printed already",
            cure="Save the answer itself, or write md, xlsx, docx or tex.",
            zh=f"{form} 保存查询结果的各列，而此表已排印。"
            "请保存查询结果，或改用 md、xlsx、docx、tex。",
        )
    module, function = WRITERS[form]
    write: Callable[[PrintedTable], str | bytes] = getattr(
        import_module(f"wenma.publish.{module}"), function
    )
    return write(table.entitled(caption, number))


def save_table(
    table: Table | PrintedTable,
    path: str | Path,
    *,
    codes: pd.DataFrame | None = None,
    language: Language = "zh",
    number: int | None = None,
    caption: str | None = None,
) -> None:
    """Write the table to a file, in the format its ending names, whole or not at all.

    Beside a csv file its description is written (see `csv_description`). UsageError
    for an ending that names no format, and as `table_content`.
    """
    output = Path(path)
    form = table_format(None, output)
    content = table_content(
        table, form, codes=codes, language=language, number=number, caption=caption
    )
    write_file(content, output)
    if form == "csv" and isinstance(table, Table) and output.is_file():
        describe_csv(table, output, codes=codes, language=language)


def describe_csv(
    table: Table, output: Path, *, codes: pd.DataFrame | None = None, language: Language = "zh"
) -> None:
    """Write the description of a csv file beside it."""
    said = csv_description(table, output.name, codes=codes, language=language)
    write_file(said, output.with_name(output.name + ENDING))


def table_format(
    named: str | None, output: Path | None, *, formats: Sequence[str] = TABLE_FORMATS
) -> str:
    """The format, as named or as the file's ending tells; without either, the first.

    UsageError where neither tells, and for a format that cannot be printed without a file.

    >>> table_format(None, Path("表.DOCX")), table_format(None, None)
    ('docx', 'md')
    """
    by_name = output.suffix.lstrip(".").lower() if output else ""
    chosen = named or (by_name if by_name in formats else "")
    if output and not chosen:
        raise UsageError(
            f"{output.name!r} does not tell the format",
            cure=f"Add --format, one of {', '.join(formats)}.",
            zh=f"从“{output.name}”看不出格式。请加 --format，可选 {'、'.join(formats)}。",
        )
    if chosen in _BINARY and output is None:
        raise UsageError(
            f"a file of kind {chosen} cannot be printed",
            cure=f"Add --output FILE.{chosen}.",
            zh=f"{chosen} 文件不能直接显示。请加 --output 文件.{chosen}。",
        )
    return chosen or formats[0]


def check_above(form: str, *, number: int | None, caption: str | None) -> None:
    """UsageError for what cannot stand above a table of this format.

    Only a paper's tables have a number and a title, and the number is at least 1.
    """
    given = {"number": number, "caption": caption}
    above = [name for name, said in given.items() if said is not None]
    if above and form not in PAPER_FORMATS:
        raise UsageError(
            f"a {form} table has no {' and no '.join(above)}",
            cure=f"Write one of {', '.join(PAPER_FORMATS)}.",
            zh=f"{form} 格式的表没有编号和标题。请改用 {'、'.join(PAPER_FORMATS)}。",
        )
    if number is not None and number < 1:
        raise UsageError("a table's number is at least 1", zh="表的编号至少为 1。")
