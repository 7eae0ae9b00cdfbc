"""What stands under a heading, at whatever height."""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.grouping import as_text
from wenma.queries.table import nearest
from wenma.sources.cleaning import tidied


def under_heading(addresses: "pd.Series[str]", words: str) -> NDArray[np.bool_]:
    """Which addresses (一、总则 › 1.1 目的) name a heading that holds these words.

    A figure must be whole: 4.4 is in 4.4.1, but not in 14.4 or 4.40. QueryError
    when no address holds them. The words are tidied as documents are.
    """
    words = tidied(words)
    before = r"(?<![0-9.])" if words[:1].isdecimal() else ""
    after = r"(?![0-9])" if words[-1:].isdecimal() else ""
    wanted = re.compile(f"{before}{re.escape(words)}{after}")
    numbers, different = pd.factorize(as_text(addresses))
    held = np.array([bool(wanted.search(address)) for address in different], dtype=bool)
    if len(addresses) and not held.any():
        steps = dict.fromkeys(step for one in different for step in one.split(" › ") if step)
        raise QueryError(
            f'nothing is coded under a heading that holds "{words}"',
            cure=nearest(words, steps),
            zh=f"标题含“{words}”之处没有编码。",
        )
    return held[numbers]
