"""Words in their lines."""

from typing import Annotated, Literal, get_args

import numpy as np

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table, nearest
from wenma.queries.tokens import Tokens, tokens
from wenma.queries.unit_texts import UnitTexts, unit_texts
from wenma.queries.word_hits import WordHits, neighbours, whole_words, word_hits
from wenma.sources.cleaning import tidied
from wenma.statistics.arrays import Integers

Sort = Literal["place", "left", "right"]
"""The order of the lines."""

_DEEP = 3
"""So many words are looked at to sort lines whose first is the same."""


def kwic(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    pattern: Annotated[str, "what to look for, as it stands"] = "",
    regex: Annotated[bool, "the pattern is a regular expression (RE2)"] = False,
    whole: Annotated[bool, "only where it is one word, as jieba cuts it"] = False,
    near: Annotated[str | None, "only with this word close by"] = None,
    window: Annotated[str | int, "how close, in words on each side"] = 5,
    code: Annotated[str | None, "only in units with this code or one under it"] = None,
    document: Annotated[str | None, "only this document"] = None,
    sort: Annotated[Sort, "by place, or by the words to the left or right"] = "place",
    nth: Annotated[str | int, "the word to sort by, counted from the hit"] = 1,
    width: Annotated[str | int, "characters shown on each side"] = 30,
    limit: Annotated[str | int, "so many lines, 0 for all"] = 200,
    boilerplate: Annotated[bool, "look in units that carry form/boilerplate"] = True,
) -> Table:
    """A word or pattern in its lines, with what stands before and after it.

    A row for each place: `left`, `hit`, `right`, the document, the heading it
    stands under, and its `start` and `end`: `document.text[start:end]` is the
    hit. A line does not reach beyond its unit (sentence). Without `regex` the
    characters are looked for, whatever words they are part of; `whole` leaves
    those that are a word. Sorted by the text or by the nth word beside the hit
    (then those behind it), in the order of Unicode; with `by`, in blocks.
    """
    wide, most = whole_number("width", width), whole_number("limit", limit)
    from_hit, close = whole_number("nth", nth, minimum=1), whole_number("window", window, minimum=1)
    if sort not in get_args(Sort):
        raise QueryError(
            f'lines cannot be sorted by "{sort}"',
            cure=nearest(sort, get_args(Sort)),
            zh=f"各行不能按“{sort}”排序。",
        )
    chosen = unit_texts(data, "kwic", by=by, headings=headings, boilerplate=boilerplate)
    under = _headings(chosen)
    chosen = chosen.with_code(code)
    chosen = chosen.of("document", document)
    found = word_hits(chosen, pattern, option="pattern", regex=regex)
    if whole or near is not None or sort != "place":
        # Only units with a hit need cutting into words.
        rows, unit = np.unique(found.unit, return_inverse=True)
        kept = np.zeros(len(chosen.units), dtype=bool)
        kept[rows] = True
        chosen, found = chosen.only(kept), WordHits(unit, found.start, found.end)
        running = tokens(chosen)
        if whole:
            found = whole_words(found, running)
        if near is not None:
            found = found.some(_close(found, running, near, close))
        order = _order(found, running, sort, from_hit)
    else:
        order = np.arange(len(found))
    order = order[np.argsort(chosen.group[found.unit[order]], kind="stable")]
    every = len(found)
    found = found.some(order[:most] if most else order)
    at = chosen.units.iloc[found.unit]
    lines = list(zip(at["text"], found.start.tolist(), found.end.tolist(), strict=True))
    start = at["start"].to_numpy(dtype=np.int64)
    filters = {"pattern": pattern, "near": near, "code": code, "document": document}
    return chosen.table(
        {
            "left": np.array([text[max(s - wide, 0) : s] for text, s, _ in lines], dtype=object),
            "hit": np.array([text[s:e] for text, s, e in lines], dtype=object),
            "right": np.array([text[e : e + wide] for text, _, e in lines], dtype=object),
            "document": at["document"].to_numpy(dtype=object),
            "section": np.array(
                [under.get(place, "") for place in zip(at["document"], at["section"], strict=True)],
                dtype=object,
            ),
            "start": start + found.start,
            "end": start + found.end,
        },
        group=chosen.group[found.unit],
        notes=_told(every, len(lines)),
        basis={
            "lines": f"{every:,}",
            **{name: said for name, said in filters.items() if said is not None},
            **({"regex": "RE2"} if regex else {}),
            **({"whole": "one word"} if whole else {}),
            **({"window": f"±{close}"} if near is not None else {}),
            "sort": sort,
            **({} if sort == "place" else {"nth": str(from_hit)}),
        },
    )


def _headings(chosen: UnitTexts) -> dict[tuple[str, int], str]:
    """(document, section) → its heading."""
    units = chosen.grouped.data.units
    assert units is not None  # else `unit_texts` had refused
    heads = units[units["kind"] == "heading"].drop_duplicates(["document", "section"])
    texts_of = (" ".join(text.split()) for text in heads["text"])
    return dict(zip(zip(heads["document"], heads["section"], strict=True), texts_of, strict=True))


def _close(found: WordHits, running: Tokens, near: str, window: int) -> np.ndarray:
    """Which of the places have this word at most `window` words away."""
    first, before, after, last = neighbours(found, running)
    # How many times the word has stood up to each place in the running words.
    seen = np.concatenate([[0], np.cumsum(running.word == running.number(tidied(near)))])
    left = seen[before] - seen[np.maximum(first, before - window)]
    right = seen[np.minimum(last, after + window)] - seen[after]
    return np.asarray(left + right > 0)


def _order(found: WordHits, running: Tokens, sort: Sort, nth: int) -> Integers:
    if sort == "place" or not len(found):
        return np.arange(len(found))
    rank = np.empty(len(running.vocabulary) + 1, dtype=np.int64)
    rank[np.argsort(running.vocabulary)] = np.arange(len(running.vocabulary))
    rank[-1] = -1  # no word there
    first, before, after, last = neighbours(found, running)
    keys = []
    for step in range(nth, nth + _DEEP):
        place = before - step if sort == "left" else after + step - 1
        inside = (place >= first) & (place < last)
        words = running.word[np.where(inside, place, 0)] if len(running.word) else place
        keys.append(rank[np.where(inside, words, -1)])
    return np.lexsort(keys[::-1])


def _told(every: int, shown: int) -> list[Note]:
    if not every:
        return [Note("It stands nowhere in the text looked at.", zh="所查文字中没有出现。")]
    if shown == every:
        return []
    return [
        Note(
            f"Shown are the first {shown:,} of {every:,} lines; --limit 0 shows all.",
            zh=f"共 {every:,} 处，只列前 {shown:,} 处；--limit 0 列出全部。",
        )
    ]
