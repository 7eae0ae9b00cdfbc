"""How near is together: the same unit, clause, paragraph or section, or a few units off."""

from typing import Literal, get_args

import numpy as np

from wenma.errors import QueryError
from wenma.queries.grouped import Grouped
from wenma.queries.segments import Segments, segment_membership
from wenma.queries.table import Note, nearest
from wenma.statistics.arrays import Floats, Integers

Window = Literal["unit", "clause", "sentence", "paragraph", "section", "document"]
"""Inside what two codes are together."""
WINDOWS: tuple[Window, ...] = get_args(Window)
CUT = ("clause", "sentence")
"""Windows that are cut from the text and not from the units."""

FARTHEST = 50
"""Units off that may still be called together."""

_NUMBERS = {"paragraph": "paragraph", "section": "section"}
_COUNTED = {
    "unit": ("units", "headings"),
    "paragraph": ("paragraphs", "heading_paragraphs"),
    "section": ("text_sections", "heading_sections"),
}


def checked_window(window: str, within: str | int) -> tuple[Window, int]:
    """The window and how many units off; QueryError when they are none or do not go together."""
    try:
        off = int(within)
    except ValueError:
        off = -1
    if not 0 <= off <= FARTHEST:
        raise QueryError(
            f'within is "{within}"',
            cure=f"Give a whole number from 0 to {FARTHEST}",
            zh=f"相距不能是“{within}”，应为 0 至 {FARTHEST} 的整数。",
        )
    known = {one: one for one in WINDOWS}
    if window not in known:
        raise QueryError(
            f'there is no window "{window}"',
            cure=nearest(window, WINDOWS),
            zh=f"没有“{window}”这种范围。",
        )
    if off and window != "unit":
        raise QueryError(
            f"within {off} counts units, and the window is the {window}",
            cure="Leave out one of them: --window unit, or --within 0",
            zh=f"相距 {off} 以单元计，而范围是 {window}。两者只能取一。",
        )
    return known[window], off


def window_membership(grouped: Grouped, window: Window, off: int) -> tuple[Integers, Integers]:
    """For each window a coding stands in, the coding's position and the window's number.

    Windows are numbered through all documents, those of each case by themselves. With `off`, a
    window is a unit with the `off` units before it: one ends at every unit, and two codings
    share one exactly when they stand at most `off` units apart. A clause or sentence holds the
    codings whose evidence stands in it. Codings on free spans stand in clauses and
    sentences only.
    """
    if window in CUT:
        return cut_membership(grouped, grouped.cut(window))
    inside = np.flatnonzero(grouped.unit >= 0)
    if window == "document":
        return inside, grouped.case[inside]
    if off:
        return _around(grouped, inside, off)
    number = grouped.unit if window == "unit" else grouped.number(_NUMBERS[window])
    number = number[inside] + 1  # a section before the first heading is -1
    return inside, grouped.case[inside] * (number.max(initial=0) + 1) + number


def cut_membership(grouped: Grouped, cut: Segments) -> tuple[Integers, Integers]:
    """The same where the windows are these clauses or sentences."""
    inside, segment = segment_membership(
        grouped.data.evidence(grouped.position), grouped.document, grouped.start, grouped.end, cut
    )
    return inside, grouped.case[inside] * max(len(cut.start), 1) + segment


def window_counts(grouped: Grouped, window: Window) -> tuple[Floats, tuple[Note, ...]]:
    """How many such windows each group has, nan with a note where that is unknown."""
    groups = len(grouped.groups)
    if window == "document":
        return np.bincount(grouped.case_groups, minlength=groups).astype(float), ()
    if window in CUT:
        of_group = grouped.case_groups[grouped.case_of(grouped.cut(window))]
        return np.bincount(of_group, minlength=groups).astype(float), ()
    return grouped.sums(*window_columns(grouped, window))


def window_columns(grouped: Grouped, window: Window) -> tuple[str, ...]:
    """The columns of the documents that say how many such windows there are."""
    return _COUNTED[window][: 1 + grouped.headings]


def _around(grouped: Grouped, inside: Integers, off: int) -> tuple[Integers, Integers]:
    columns = list(window_columns(grouped, "unit"))
    if not {*columns} <= {*grouped.cases.columns}:
        raise QueryError(
            "how many units a document has is unknown here, so that none can be near another",
            cure="Give the documents, or leave out within",
            zh="不知道文件各有多少单元，无从论相距远近。请给出文件表，或不设相距。",
        )
    number = (grouped.unit if grouped.headings else grouped.number("ordinal"))[inside]
    of_cases = grouped.cases[columns].to_numpy(dtype=np.int64).sum(axis=1)
    document = grouped.case_documents
    lengths = np.bincount(document, weights=of_cases).astype(np.int64)
    steps = np.arange(off + 1)
    near = (number[:, None] + steps).ravel()
    position = np.repeat(inside, len(steps))
    case = grouped.case[position]
    there = (near >= 0) & (near < lengths[document[case]])
    first = np.cumsum(lengths) - lengths
    place = first[document[case]] + near + case * max(int(lengths.sum()), 1)
    return position[there], place[there]
