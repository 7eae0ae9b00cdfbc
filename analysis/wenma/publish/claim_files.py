"""What of a claim goes into a file, as the file's ending says."""

from pathlib import Path
from typing import Literal

from wenma.errors import UsageError

CLAIM_FILES: dict[Literal["card", "ways", "curve"], tuple[str, ...]] = {
    "card": ("docx", "html", "md", "tex"),
    "ways": ("xlsx", "csv", "json"),
    "curve": ("svg", "png", "pdf"),
}
"""The endings of the card, of the table of ways, and of their curve."""


def claim_file(output: Path) -> tuple[Literal["card", "ways", "curve"], str]:
    """What goes into a file of this name, and its format; UsageError where the ending is none.

    >>> claim_file(Path("论断.DOCX")), claim_file(Path("ways.csv"))
    (('card', 'docx'), ('ways', 'csv'))
    """
    form = output.suffix.lower().lstrip(".")
    for kind, forms in CLAIM_FILES.items():
        if form in forms:
            return kind, form
    every = [f".{one}" for forms in CLAIM_FILES.values() for one in forms]
    raise UsageError(
        f"{output.name!r} does not tell what to write",
        cure=f"End it in one of {', '.join(every)}",
        zh=f"从“{output.name}”看不出格式。文件名请以 {'、'.join(every)} 之一结尾。",
    )
