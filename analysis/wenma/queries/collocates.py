"""The words around a word."""

from typing import Annotated, Literal, get_args

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table, nearest
from wenma.queries.tokens import Tokens, tokens, word_lists
from wenma.queries.unit_texts import unit_texts
from wenma.queries.word_hits import WordHits, neighbours, whole_words, word_hits
from wenma.statistics.arrays import Integers
from wenma.statistics.association import g2, log_dice, pmi, t_score

Closeness = Literal["log_dice", "g2", "t", "mi", "observed"]
"""What collocates are sorted by."""


def collocates(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    word: Annotated[str, "the word (the node) whose neighbours are counted"] = "",
    regex: Annotated[bool, "the word is a regular expression (RE2)"] = False,
    whole: Annotated[bool, "only where it is one word, as jieba cuts it"] = False,
    window: Annotated[str | int, "so many words to each side"] = 5,
    code: Annotated[str | None, "only in units with this code or one under it"] = None,
    sort: Annotated[Closeness, "the measure to sort by"] = "log_dice",
    limit: Annotated[str | int, "so many words of each group, 0 for all"] = 100,
    min_count: Annotated[str | int, "leave out words that stand near less often"] = 3,
    stop: Annotated[bool, "leave out the stop words (的, 以及, 十, 年)"] = True,
    boilerplate: Annotated[bool, "count units that carry form/boilerplate"] = True,
) -> Table:
    """The words that stand near a word, and how much more often than by chance.

    A row for each collocate (and each group: its words in a block). Near is
    at most `window` words away in the same unit; numbers and punctuation are
    no words and take no place. What belongs to the node itself is not counted.

    observed      how often the collocate stands near; a word near two nodes counts once
    expected_near what would be by chance: tf × near_words / words
    lines         places of the node that have the collocate near: the lines of `kwic`
    nodes         places of the node; near_words: all words near one
    tf, words     how often the collocate stands, and all words, wherever they are
    df            documents in which it stands near
    mi            pointwise mutual information (Church and Hanks 1990)
    t             t-score; g2: log-likelihood ratio of the four cells (Dunning 1993)
    log_dice      of observed, nodes and tf (Rychlý 2008)
    """
    close, fewest = (
        whole_number("window", window, minimum=1),
        whole_number("min_count", min_count, minimum=1),
    )
    most = whole_number("limit", limit)
    if sort not in get_args(Closeness):
        raise QueryError(
            f'collocates cannot be sorted by "{sort}"',
            cure=nearest(sort, get_args(Closeness)),
            zh=f"搭配词不能按“{sort}”排序。",
        )
    chosen = unit_texts(
        data, "collocates", by=by, headings=headings, boilerplate=boilerplate
    ).with_code(code)
    found = word_hits(chosen, word, option="word", regex=regex)
    running = tokens(chosen)
    if whole:
        found = whole_words(found, running)
    own, (node, token) = _node(found, running), _near(found, running, close)
    node, token = node[~own[token]], token[~own[token]]
    near = np.unique(token)
    groups, size = len(chosen.grouped.groups), len(running.vocabulary)

    def counted(group: Integers, word: Integers) -> csr_array:
        table = csr_array((np.ones(len(word)), (group, word)), shape=(groups, size))
        table.sum_duplicates()
        return table

    def once(thing: Integers, word: Integers, group: Integers) -> csr_array:
        """Different things by word and the thing's group."""
        first = np.unique(thing * size + word, return_index=True)[1].astype(np.int64)
        return counted(group[first], word[first])

    observed = counted(running.group[near], running.word[near]).tocoo()
    admitted = observed.data >= fewest
    if stop:
        admitted &= running.content[observed.col]
    group, which = (
        np.asarray(axis[admitted], dtype=np.int64) for axis in (observed.row, observed.col)
    )
    times = observed.data[admitted]

    def at(table: csr_array) -> Integers:
        if not len(group):
            return group
        found = table[group, which]
        dense = found.todense() if hasattr(found, "todense") else found
        return np.asarray(np.ravel(dense), dtype=np.int64)

    tf = at(counted(running.group[~own], running.word[~own]))
    words = np.bincount(running.group[~own], minlength=groups)[group]
    near_words = np.bincount(running.group[near], minlength=groups)[group]
    nodes = np.bincount(chosen.group[found.unit], minlength=groups)[group]
    cells = (times, near_words, tf, words)
    frame = pd.DataFrame(
        {
            "word": running.vocabulary[which],
            "observed": times.astype(np.int64),
            "expected_near": tf * near_words / np.maximum(words, 1),
            "lines": at(once(node, running.word[token], running.group[token])),
            "nodes": nodes,
            "near_words": near_words,
            "tf": tf,
            "words": words,
            "df": at(once(running.document[near], running.word[near], running.group[near])),
            "mi": pmi(*cells),
            "t": t_score(*cells),
            "g2": g2(*cells),
            "log_dice": log_dice(times, nodes, tf),
        }
    )
    # A word that stands nowhere but near the node leaves g2 defined, unless all words are near.
    order = np.lexsort((which, -frame[sort].fillna(-np.inf).to_numpy(dtype=np.float64), group))
    if most:
        sizes = np.bincount(group, minlength=groups)
        first = np.cumsum(sizes) - sizes
        order = order[np.arange(len(order)) - first[group[order]] < most]
    frame = frame.iloc[order]
    return chosen.table(
        {str(column): frame[column].to_numpy() for column in frame},
        group=group[order],
        notes=[
            *_nowhere(len(found)),
            *_unheard(len(found), len(frame), fewest),
            *_undefined(frame),
        ],
        basis={
            "pattern": word,
            "lines": f"{len(found):,}",
            **({"regex": "RE2"} if regex else {}),
            **({"whole": "one word"} if whole else {}),
            **({"code": code} if code else {}),
            "window": f"±{close}",
            "sort": sort,
            "min_count": str(fewest),
            **word_lists(stop),
        },
    )


def _node(found: WordHits, running: Tokens) -> np.ndarray:
    """Which of the running words belong to the node, wholly or in part."""
    _, before, after, _ = neighbours(found, running)
    change = np.zeros(len(running.word) + 1, dtype=np.int64)
    np.add.at(change, before, 1)
    np.add.at(change, np.maximum(after, before), -1)
    return np.asarray(np.cumsum(change)[:-1] > 0)


def _near(found: WordHits, running: Tokens, window: int) -> tuple[Integers, Integers]:
    """Each place with each word near it: two arrays of one length."""
    first, before, after, last = neighbours(found, running)
    after = np.maximum(after, before)
    places, near = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    every = np.arange(len(found))
    # No unit is longer than the longest, however wide the window.
    for step in range(1, min(window, int((last - first).max(initial=0))) + 1):
        for word in (before - step, after + step - 1):
            inside = (word >= first) & (word < last)
            places.append(every[inside])
            near.append(word[inside])
    return np.concatenate(places), np.concatenate(near)


def _nowhere(places: int) -> list[Note]:
    if places:
        return []
    return [Note("It stands nowhere in the text looked at.", zh="所查文字中没有出现。")]


def _unheard(places: int, rows: int, fewest: int) -> list[Note]:
    if not places or rows:
        return []
    return [
        Note(
            f"It stands {places} times, but no word stands near it {fewest} times: ask with a "
            "smaller min_count or a wider window.",
            zh=f"该词出现 {places} 次，但近旁没有词满 {fewest} 次：请减小 min_count 或放宽窗口。",
        )
    ]


def _undefined(frame: pd.DataFrame) -> list[Note]:
    if not frame["g2"].isna().any():
        return []
    return [
        Note(
            "Where every word stands near the node, g2 is not defined and left empty.",
            zh="若所有词都在该词近旁，G² 无定义，留空。",
        )
    ]
