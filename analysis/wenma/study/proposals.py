"""What rules propose, for people to decide on."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wenma.statistics.score_intervals import wilson as wilson
from wenma.study.own_work import ProposalKey

if TYPE_CHECKING:
    from wenma.queries.dataset import Dataset


class Proposal(NamedTuple):
    """A code that rules set on a span, waiting for somebody to say whether it is right."""

    document: str
    start: int
    end: int
    code: str
    section: str
    excerpt: str
    rule: str
    evidence: str

    @property
    def key(self) -> ProposalKey:
        """What it is known by, whichever version of the rules made it."""
        return ProposalKey(self.document, self.start, self.end, self.code)


def proposals(data: "Dataset", code: str) -> list[Proposal]:
    """The passages outside headings with a code (not those under it), in the order of the text."""
    columns = data.columns
    of_code = np.array([path == code for path in columns.paths], dtype=bool)
    rows = of_code[columns.code] & ~columns.heading & (data.case >= 0)
    frame = data.details(rows)
    found = (
        Proposal(*row) for row in frame[[*Proposal._fields]].itertuples(index=False, name=None)
    )
    return list({one.key: one for one in found}.values())
