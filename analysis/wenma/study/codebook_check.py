"""Is a codebook sound, and what changed since an older version? No text is read for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wenma.codebook.term_overlaps import TermOverlap, term_overlaps
from wenma.codebook.versions import Change, compare_versions
from wenma.codebook.wording_warnings import WordingWarning, wording_warnings
from wenma.codebook.yaml_file import load_codebook
from wenma.coding.examples import Finding, failing_examples
from wenma.records import Codebook


@dataclass(frozen=True)
class CodebookCheck:
    """A codebook and what is to be said of it.

    findings  examples that are not coded, and near misses that are
    warnings  wording worth a second look
    overlaps  terms that stand inside a longer term of another code
    changes   since the older version; None where there is none to compare
    """

    codebook: Codebook
    findings: Sequence[Finding]
    warnings: Sequence[WordingWarning]
    overlaps: Sequence[TermOverlap]
    changes: Sequence[Change] | None = None


def check_codebook(file: Path, *, against: Path | None = None) -> CodebookCheck:
    """What is wrong with a codebook or worth knowing; CodebookError for one that cannot be read.

    >>> from wenma.shipped import shipped
    >>> len(check_codebook(shipped("codebooks") / "resilience.yaml").findings)
    0
    """
    codebook = load_codebook(file)
    return CodebookCheck(
        codebook,
        list(failing_examples(codebook)),
        wording_warnings(codebook),
        list(term_overlaps(codebook)),
        compare_versions(load_codebook(against), codebook) if against else None,
    )
