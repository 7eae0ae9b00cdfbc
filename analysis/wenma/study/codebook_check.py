"""Is a codebook sound, and what changed since an older version? No text is read for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wenma.codebook.term_overlaps import TermOverlap, term_overlaps
from wenma.codebook.versions import Change, compare_versions
from wenma.codebook.wording_warnings import WordingWarning, wording_warnings
from wenma.codebook.yaml_file import load_codebook
from wenma.coding.examples import Finding, failing_examples
from wenma.records import Codebook

if TYPE_CHECKING:
    from wenma.publish.labels import Language


@dataclass(frozen=True)
class CodebookCheck:
    """A codebook and what is to be said of it.

    findings  examples that are not coded, and near misses that are
    warnings  wording worth a second look
    overlaps  terms that stand inside a longer term of another code
    changes   since the older version, `before`; None where there is none to compare
    """

    codebook: Codebook
    findings: Sequence[Finding]
    warnings: Sequence[WordingWarning]
    overlaps: Sequence[TermOverlap]
    changes: Sequence[Change] | None = None
    before: Codebook | None = None


def check_codebook(file: Path, *, against: Path | None = None) -> CodebookCheck:
    """What is wrong with a codebook or worth knowing; CodebookError for one that cannot be read.

    >>> from wenma.shipped import shipped
    >>> len(check_codebook(shipped("codebooks") / "resilience.yaml").findings)
    0
    """
    codebook = load_codebook(file)
    before = load_codebook(against) if against else None
    return CodebookCheck(
        codebook,
        list(failing_examples(codebook)),
        wording_warnings(codebook),
        list(term_overlaps(codebook)),
        compare_versions(before, codebook) if before else None,
        before,
    )


def print_codebook(check: CodebookCheck, path: Path, *, language: "Language" = "zh") -> None:
    """Write the codebook as an appendix, with what changed where it was compared."""
    from wenma.publish.codebook_table import codebook_table
    from wenma.publish.table_files import save_table

    save_table(codebook_table(check.codebook, check.before, language=language), path)
