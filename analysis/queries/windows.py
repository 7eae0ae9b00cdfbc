"""How near is together: the same unit, paragraph, section or document, or a few units off."""

from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.errors import QueryError
from analysis.queries.material import Integers, Material
from analysis.queries.table import nearest

Window = Literal["unit", "paragraph", "section", "document"]
"""Inside what two codes are together."""
WINDOWS: tuple[Window, ...] = get_args(Window)

FARTHEST = 50
"""Units off that may still be called together."""

_NUMBERS = {"paragraph": "paragraph", "section": "section_number"}
_COUNTED = {
    "unit": ("units", "headings"),
    "paragraph": ("paragraphs", "heading_paragraphs"),
    "section": ("text_sections", "heading_sections"),
}


def checked(window: str, within: str | int) -> tuple[Window, int]:
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


def spots(asked: Material, window: Window, off: int) -> tuple[Integers, Integers]:
    """For each window a coding stands in, the coding's position and the window's number.

    Windows are numbered through all documents. With `off`, a window is a unit
    with the `off` units before it: one ends at every unit, and two codings share one
    exactly when they stand at most `off` units apart. Codings on free spans stand in none.
    """
    unit = asked.codings["unit"].to_numpy(dtype=np.int64)
    inside = np.flatnonzero(unit >= 0)
    if window == "document":
        return inside, asked.document[inside]
    if off:
        return _around(asked, inside, off)
    number = unit if window == "unit" else _column(asked, _NUMBERS[window])
    number = number[inside] + 1  # a section before the first heading is -1
    return inside, asked.document[inside] * (number.max(initial=0) + 1) + number


def counted(asked: Material, window: Window) -> tuple[str, ...]:
    """The columns of the documents that say how many such windows there are."""
    return _COUNTED[window][: 1 + asked.headings] if window in _COUNTED else ()


def _around(asked: Material, inside: Integers, off: int) -> tuple[Integers, Integers]:
    if asked.documents is None:
        raise QueryError(
            "how many units a document has is unknown here, so that none can be near another",
            cure="Give the documents, or leave out within",
            zh="不知道文件各有多少单元，无从论相距远近。请给出文件表，或不设相距。",
        )
    own = asked.codings["unit"].to_numpy(dtype=np.int64)
    number = (own if asked.headings else _column(asked, "ordinal"))[inside]
    columns = list(counted(asked, "unit"))
    lengths = asked.documents[columns].to_numpy(dtype=np.int64).sum(axis=1)
    steps = np.arange(off + 1)
    near = (number[:, None] + steps).ravel()
    position = np.repeat(inside, len(steps))
    document = asked.document[position]
    there = (near >= 0) & (near < lengths[document])
    first = np.cumsum(lengths) - lengths
    return position[there], (first[document] + near)[there]


def _column(asked: Material, name: str) -> Integers:
    if name not in asked.codings:
        raise QueryError(
            f"the codings have no column {name}",
            cure="Ask with the window unit, or read them anew",
            zh=f"编码表没有 {name} 列。请以单元为范围，或重新读取。",
        )
    numbers = pd.to_numeric(asked.codings[name]).to_numpy(dtype=np.int64)
    return np.asarray(numbers)
