"""How near is together: the same unit, clause, paragraph or section, or a few units off."""

from typing import Literal, get_args

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset, Floats, Integers
from wenma.queries.segments import segment_membership
from wenma.queries.table import Note, nearest

Window = Literal["unit", "clause", "sentence", "paragraph", "section", "document"]
"""Inside what two codes are together."""
WINDOWS: tuple[Window, ...] = get_args(Window)
CUT = ("clause", "sentence")
"""Windows that are cut from the text and not from the units."""

FARTHEST = 50
"""Units off that may still be called together."""

_NUMBERS = {"paragraph": "paragraph", "section": "section_number"}
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


def window_membership(asked: Dataset, window: Window, off: int) -> tuple[Integers, Integers]:
    """For each window a coding stands in, the coding's position and the window's number.

    Windows are numbered through all documents. With `off`, a window is a unit
    with the `off` units before it: one ends at every unit, and two codings share one
    exactly when they stand at most `off` units apart. A clause or sentence holds the
    codings whose evidence stands in it. Codings on free spans stand in clauses and
    sentences only.
    """
    if window in CUT:
        return segment_membership(asked.codings, asked.document, asked.cut(window))
    unit = asked.codings["unit"].to_numpy(dtype=np.int64)
    inside = np.flatnonzero(unit >= 0)
    if window == "document":
        return inside, asked.document[inside]
    if off:
        return _around(asked, inside, off)
    number = unit if window == "unit" else _column(asked, _NUMBERS[window])
    number = number[inside] + 1  # a section before the first heading is -1
    return inside, asked.document[inside] * (number.max(initial=0) + 1) + number


def window_counts(asked: Dataset, window: Window) -> tuple[Floats, tuple[Note, ...]]:
    """How many such windows each group has, nan with a note where that is unknown."""
    groups = len(asked.groups)
    if window == "document":
        return np.bincount(asked.document_groups, minlength=groups).astype(float), ()
    if window in CUT:
        of_group = asked.document_groups[asked.cut(window).document]
        return np.bincount(of_group, minlength=groups).astype(float), ()
    return asked.sums(*_columns(asked, window))


def _columns(asked: Dataset, window: Window) -> tuple[str, ...]:
    """The columns of the documents that say how many such windows there are."""
    return _COUNTED[window][: 1 + asked.headings]


def _around(asked: Dataset, inside: Integers, off: int) -> tuple[Integers, Integers]:
    if asked.documents is None:
        raise QueryError(
            "how many units a document has is unknown here, so that none can be near another",
            cure="Give the documents, or leave out within",
            zh="不知道文件各有多少单元，无从论相距远近。请给出文件表，或不设相距。",
        )
    own = asked.codings["unit"].to_numpy(dtype=np.int64)
    number = (own if asked.headings else _column(asked, "ordinal"))[inside]
    columns = list(_columns(asked, "unit"))
    lengths = asked.documents[columns].to_numpy(dtype=np.int64).sum(axis=1)
    steps = np.arange(off + 1)
    near = (number[:, None] + steps).ravel()
    position = np.repeat(inside, len(steps))
    document = asked.document[position]
    there = (near >= 0) & (near < lengths[document])
    first = np.cumsum(lengths) - lengths
    return position[there], (first[document] + near)[there]


def _column(asked: Dataset, name: str) -> Integers:
    if name not in asked.codings:
        raise QueryError(
            f"the codings have no column {name}",
            cure="Ask with the window unit, or read them anew",
            zh=f"编码表没有 {name} 列。请以单元为范围，或重新读取。",
        )
    numbers = pd.to_numeric(asked.codings[name]).to_numpy(dtype=np.int64)
    return np.asarray(numbers)
