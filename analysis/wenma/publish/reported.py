"""What a report is of: a Dataset with the codebook behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wenma.queries.dataset import Dataset
from wenma.records import Codebook


@dataclass(frozen=True, eq=False)
class Reported:
    """The codings a report prints, and the codebook they were made by.

    `before` is the version of the codebook the project had before this one, `kept` the day it
    took this one in.
    """

    data: Dataset
    codebook: Codebook
    before: Codebook | None = None
    kept: str = ""

    @property
    def key(self) -> str:
        """How the basis of a table names the codebook."""
        return f"{self.codebook.id} {self.codebook.version}"

    @property
    def coder(self) -> str:
        """Whose codings they are."""
        return self.data.basis["coder"]

    @property
    def uncoded(self) -> int:
        """Documents of the project that were not coded yet."""
        return int(self.data.basis["uncoded"] or 0)

    @property
    def documents(self) -> pd.DataFrame:
        """A row for each document (or case)."""
        return self.data.cases

    @cached_property
    def codings(self) -> pd.DataFrame:
        """A row for each coding, with its texts."""
        return self.data.details()

    @property
    def codes(self) -> pd.DataFrame:
        """A row for each code."""
        assert self.data.codes is not None  # a study knows its codebook
        return self.data.codes


def reported_of(basis_codebook: str, every: Sequence[Reported]) -> Reported:
    """The one whose codebook a table's basis names; the first where none does."""
    return next((one for one in every if one.key == basis_codebook), every[0])
