"""The four names a notebook needs to begin."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wenma.records import Codebook, Document

if TYPE_CHECKING:
    from pandas import DataFrame

    from wenma.language.words import WordList


def read(path: str | Path) -> list[Document]:
    """Documents of a file, or of a folder with or without a ``manifest.csv``."""
    from wenma.sources.reading import read as read_path

    return read_path(Path(path))


def cut(text: str, lexicon: "WordList | None" = None) -> list[str]:
    """Words of `text`, equal to jieba's.

    `lexicon` is None for the field's words, () for plain jieba, or the path of
    a word list.

    >>> cut("建设韧性城市")
    ['建设', '韧性城市']
    """
    from wenma.language.words import cut as cut_words

    return cut_words(text, lexicon)


def load_codebook(path: str | Path) -> Codebook:
    """Read a codebook; an error names file, line and cure."""
    from wenma.codebook.yaml_file import load_codebook as load

    return load(path)


def code(documents: Document | Iterable[Document], codebook: Codebook) -> "DataFrame":
    """Codings of `documents` by the rules of `codebook`, one row each.

    Columns: document, city, plan, period, section, start, end, excerpt, code,
    coder, rule, evidence, unit, kind, role. The queries take this DataFrame.
    """
    from wenma.store.frames import codings_frame
    from wenma.study.coding_run import in_memory

    several = [documents] if isinstance(documents, Document) else list(documents)
    with in_memory(several, codebook, now=datetime.now(UTC).isoformat(timespec="seconds")) as study:
        return codings_frame(study)
