"""A Table that knows its codes by name: it saves itself, and shows itself in a notebook."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.queries.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from wenma.publish.labels import Language


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

        return save_table(
            self,
            Path(path),
            codes=self.codes,
            language=language or self.language,
            number=number,
            caption=caption,
        )

    def _repr_html_(self) -> str:
        from wenma.publish.html_table import table_html

        return table_html(self, codes=self.codes, language=self.language)

    def _repr_markdown_(self) -> str:
        from wenma.publish.table_files import markdown_text

        return str(markdown_text(self, codes=self.codes, language=self.language))


def answer(table: Table, codes: "pd.DataFrame | None", *, language: "Language" = "zh") -> Answer:
    """The table as an answer that can save and show itself."""
    fields: dict[str, Any] = {
        name: getattr(table, name) for name in ("name", "frame", "notes", "basis", "also", "groups")
    }
    return Answer(**fields, codes=codes, language=language)
