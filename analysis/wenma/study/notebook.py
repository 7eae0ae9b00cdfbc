"""Codings of documents at hand, without a project."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wenma.records import Codebook, Document

if TYPE_CHECKING:
    from pandas import DataFrame


def code_documents(
    documents: Document | Iterable[Document], codebook: Codebook, *, headings: bool = False
) -> "DataFrame":
    """Codings of `documents` by the rules of `codebook`, one row each.

    Columns: document, city, plan, period, section, start, end (code points of the document's
    text, end excluded), excerpt, code, coder, rule, evidence, unit, kind, role, page, line. As
    in every table, codings in headings are left out unless `headings`. `SourceError` when two
    documents have one id.

    >>> from wenma.codebook.yaml_file import load_codebook
    >>> from wenma.shipped import shipped
    >>> from wenma.sources.reading import read
    >>> book = load_codebook(shipped("codebooks") / "resilience.yaml")
    >>> "heading" in set(code_documents(read(shipped("corpus"))[:1], book)["kind"])
    False
    """
    from wenma.store.frames import codings_frame
    from wenma.study.clock import now
    from wenma.study.coding_run import in_memory

    several = [documents] if isinstance(documents, Document) else list(documents)
    with in_memory(several, codebook, now=now()) as project:
        frame = codings_frame(project)
    return frame if headings else frame[frame["kind"] != "heading"].reset_index(drop=True)
