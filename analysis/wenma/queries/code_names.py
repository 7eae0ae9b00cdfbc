"""Codes as people call them: a Chinese or English name where a path is asked for."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

import pandas as pd

from wenma.errors import QueryError

CODED = (
    "only", "of", "rows", "columns", "code", "also", "achievement", "emerging", "commitment",
    "deficit", "problems", "answers", "boilerplate", "without", "pairs", "one_pole", "themes",
    "lacking", "promised",
)  # fmt: skip
"""The options of queries that take a code, or several."""


def resolve_options(
    options: Mapping[str, Any], codes: pd.DataFrame, *, attributes: Collection[str] = ()
) -> dict[str, Any]:
    """The options of a question, each code that was called by its name called by its path.

    What is one of the `attributes` is left as it is.

    >>> codes = pd.DataFrame({"code": ["stage", "stage/resist"],
    ...     "zh": ["韧性环节", "抵御"], "en": ["Stage", "Resist"]})
    >>> resolve_options({"of": ["韧性环节"], "code": "Resist", "headings": True}, codes)
    {'of': ['stage'], 'code': 'stage/resist', 'headings': True}
    """
    found = dict(options)
    for option in CODED:
        value = found.get(option)
        if isinstance(value, str):
            found[option] = value if value in attributes else resolve_code(value, codes)
        elif isinstance(value, list | tuple):
            found[option] = [
                str(one) if one in attributes else resolve_code(str(one), codes) for one in value
            ]
    return found


def resolve_code(name: str, codes: pd.DataFrame) -> str:
    """The path of the code of that name; a path, or what is neither, as it is.

    QueryError for a name that two codes have, and for one that is nearly a code's.
    """
    paths = codes["code"].astype(str)
    if (paths == name).any() or not name:
        return name
    called = paths[(codes["zh"] == name) | (codes["en"].astype(str).str.lower() == name.lower())]
    if len(called) > 1:
        raise QueryError(
            f'{len(called)} codes are called "{name}"',
            cure=f"Name one: {', '.join(called)}",
            zh=f"有 {len(called)} 个编码名为“{name}”，请指明：{'、'.join(called)}。",
        )
    if len(called):
        return str(called.iloc[0])
    names = dict(zip(codes["zh"].astype(str), paths, strict=True))
    close = get_close_matches(name, names, n=1, cutoff=0.5) if not name.isascii() else []
    if close:
        raise QueryError(
            f'there is no code "{name}"',
            cure=f"Did you mean {close[0]} ({names[close[0]]})?",
            zh=f"没有编码“{name}”。是否想写“{close[0]}”（{names[close[0]]}）？",
        )
    return name
