"""How often each group uses each word."""

import re
from collections import Counter

import numpy as np
import pandas as pd

from analysis.errors import QueryError
from analysis.language.lexicon import stop_words
from analysis.language.words import cut
from analysis.queries.material import Integers
from analysis.queries.table import Note
from analysis.queries.tally import Names

_HAN = re.compile(r"[一-鿿]")
_NEEDED = ("document", "kind", "text")


def wordings(
    units: pd.DataFrame, documents: Names, cell: Integers, cells: int, *, headings: bool
) -> tuple[Integers, tuple[Note, ...]]:
    """Cells by words: how often the units of each cell's documents use each word.

    Words are those of `analysis.language.words` with the field's lexicon, if
    they hold a Han character and are no stop word. `documents` are the names,
    `cell` the number of each document's cell. Headings count only when asked.
    """
    if missing := [column for column in _NEEDED if column not in units.columns]:
        raise QueryError(
            f"the units have no column {', '.join(missing)}",
            cure=f"Their columns are: {', '.join(map(str, units.columns))}",
        )
    if not headings:
        units = units[units["kind"].to_numpy() != "heading"]
    number = pd.Index(documents).get_indexer(pd.Index(units["document"].astype(object)))
    units, number = units[number >= 0], number[number >= 0]
    of = cell[number]
    dull = stop_words()
    counts = []
    for here in range(cells):
        text = "\n".join(units["text"].to_numpy(dtype=object)[of == here])
        counts.append(Counter(w for w in cut(text) if w not in dull and _HAN.search(w)))
    vocabulary = {word: at for at, word in enumerate(dict.fromkeys(w for c in counts for w in c))}
    table = np.zeros((cells, len(vocabulary)), dtype=np.int64)
    for row, seen in enumerate(counts):
        for word, times in seen.items():
            table[row, vocabulary[word]] = times
    return table, (
        Note(
            f"{len(vocabulary):,} different words compared, stop words left out.",
            zh=f"比较 {len(vocabulary):,} 个不同词语，停用词不计。",
        ),
    )
