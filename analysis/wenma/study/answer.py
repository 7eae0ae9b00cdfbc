"""A Table that knows its codes by name: it saves itself, and shows itself in a notebook."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.queries.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from wenma.publish.labels import Language
    from wenma.publish.printed_table import PrintedTable


SHOWN_ROWS = 60
"""Rows a notebook shows; all of them are in `frame`."""


@dataclass(frozen=True, eq=False)
class Answer(Table):
    """The answer to a question, with `codes` to name its rows by.

    `frame` is a DataFrame, `notes` say why a number is nan and what to beware of, `basis` says
    what was counted: of which project, codebook, coder, documents, with which filters.
    """

    codes: "pd.DataFrame | None" = None
    language: "Language" = "zh"

    def save(
        self,
        path: str | Path,
        *,
        language: "Language | None" = None,
        number: int | None = None,
        caption: str | None = None,
    ) -> Path:
        """Write the table as the file's ending says: md, csv, xlsx, json, docx or tex.

        `number` and `caption` are what stands above the table in a paper (docx, tex).
        `UsageError` for another ending. The file is written whole or not at all.
        """
        from wenma.publish.table_files import save_table

        save_table(
            self,
            path,
            codes=self.codes,
            language=language or self.language,
            number=number,
            caption=caption,
        )
        return Path(path)

    def printed(self, *, most: int | None = None) -> "PrintedTable":
        """The table as a paper or a page prints it, its codes called by their names."""
        from wenma.publish.print_table import print_table

        return print_table(self, codes=self.codes, language=self.language, most=most)

    def _repr_html_(self) -> str:
        from wenma.publish.html_table import to_html

        return to_html(self.printed(most=SHOWN_ROWS))

    def _repr_markdown_(self) -> str:
        from wenma.publish.markdown_table import markdown_text

        return markdown_text(self.printed(most=SHOWN_ROWS))


def answer(table: Table, codes: "pd.DataFrame | None", *, language: "Language" = "zh") -> Answer:
    """The table as an answer that can save and show itself."""
    fields: dict[str, Any] = {
        name: getattr(table, name)
        for name in ("name", "frame", "notes", "basis", "also", "groups", "index")
    }
    return Answer(**fields, codes=codes, language=language)
