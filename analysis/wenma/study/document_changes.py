"""Two versions of a document side by side, and what becomes of people's work."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.errors import UsageError
from wenma.language.text_changes import ParagraphChange, text_changes
from wenma.language.units import units
from wenma.language.words import cut
from wenma.records import Document
from wenma.store.work_on_text import WorkPlace, work_in_new_text

if TYPE_CHECKING:
    from wenma.study.study import Study


@dataclass(frozen=True)
class DocumentChanges:
    """What a new version changes.

    `work` is all that people did on the document, each with whether its words are found again;
    `kept`, `carried` and `lost` count it by paragraph: in one that is the same, found again in
    one that was moved or changed, and not found.
    """

    document: str
    other: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    changes: tuple[ParagraphChange, ...]
    work: tuple[WorkPlace, ...]
    kept: Counter[int]
    carried: Counter[int]
    lost: Counter[int]

    def count(self, kind: str) -> int:
        """How many paragraphs are of this kind."""
        return sum(one.kind == kind for one in self.changes)


def compare_document(study: "Study", id: str, other: str) -> DocumentChanges:
    """A document of the study beside a file, or beside another document of the study.

    `ProjectError` where the document is not there, `SourceError` for a file that cannot be
    read, `UsageError` where it holds several documents.
    """
    before = study.document(id)
    after = study.document(other) if other in study.document_ids() else _read(other)
    size: Any = next(iter(study.project.unit_sizes([id])))
    work = work_in_new_text(
        study.project, id, after, units(after, size=size), hidden=study.hidden
    )  # fmt: skip
    old, new = _paragraphs(before), _paragraphs(after)
    changes = text_changes(old, new, cut=cut)
    kinds = {one.old: one.kind for one in changes}
    starts = [one.start for one in before.paragraphs]
    kept: Counter[int] = Counter()
    carried: Counter[int] = Counter()
    lost: Counter[int] = Counter()
    for one in work:
        at = bisect_right(starts, one.span[0]) - 1 if one.span else -1
        same = kinds.get(at) == "same"
        (lost if not one.found else kept if same else carried)[at] += 1
    return DocumentChanges(
        id, other, tuple(old), tuple(new), tuple(changes), tuple(work), kept, carried, lost
    )


def _paragraphs(document: Document) -> list[str]:
    return [document.text[one.start : one.end] for one in document.paragraphs]


def _read(path: str) -> Document:
    from wenma.sources.reading import read

    found: Sequence[Document] = read(Path(path))
    if len(found) != 1:
        raise UsageError(
            f"{path} holds {len(found)} documents",
            cure="Name the one file to compare with.",
            zh=f"{path} 中有 {len(found)} 份文件。请写明要比较的那一个文件。",
        )
    return found[0]
