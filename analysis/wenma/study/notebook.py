"""What a notebook needs without a project: read, cut, code."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from wenma.records import Codebook, Document

if TYPE_CHECKING:
    from pandas import DataFrame

    from wenma.language.words import WordList


def read(path: str | Path) -> list[Document]:
    """Documents of a file, or of a folder with or without a ``manifest.csv``.

    `SourceError` names a file that cannot be read, the place in it and the cure.

    >>> from wenma.shipped import shipped
    >>> len(read(shipped("corpus")))
    7
    """
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
    """Read a codebook; `CodebookError` names file, line and cure.

    >>> from wenma.shipped import shipped
    >>> load_codebook(shipped("codebooks") / "resilience.yaml").id
    'resilience'
    """
    from wenma.codebook.yaml_file import load_codebook as load

    return load(path)


def code(
    documents: Document | Iterable[Document], codebook: Codebook, *, headings: bool = False
) -> "DataFrame":
    """Codings of `documents` by the rules of `codebook`, one row each.

    Columns: document, city, plan, period, section, start, end (code points of the document's
    text, end excluded), excerpt, code, coder, rule, evidence, unit, kind, role, page, line. As
    in every table, codings in headings are left out unless `headings`. `SourceError` when two
    documents have one id.

    >>> from wenma.shipped import shipped
    >>> book = load_codebook(shipped("codebooks") / "resilience.yaml")
    >>> sorted(set(code(read(shipped("corpus"))[:1], book)["kind"]))
    ['body', 'table']
    """
    from wenma.store.frames import codings_frame
    from wenma.study.clock import now
    from wenma.study.coding_run import in_memory

    several = [documents] if isinstance(documents, Document) else list(documents)
    with in_memory(several, codebook, now=now()) as project:
        frame = codings_frame(project)
    return frame if headings else frame[frame["kind"] != "heading"].reset_index(drop=True)
