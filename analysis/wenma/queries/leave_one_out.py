"""What a reference depends on: the one rule, or the words, without which it is not there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from wenma.queries.grouped import Grouped
from wenma.records import Evidence, by_rules
from wenma.statistics.arrays import Integers

WordsPerFiring = Mapping[tuple[str, str], int]
"""Code and id of a rule that asks for several words → how many of them make one firing."""
Pairs = tuple[Integers, Integers, list[str]]
"""Positions of codings, the number of what each depends on, and the names of all these."""


@dataclass(frozen=True)
class LeaveOneOut:
    """References that depend on something: (group, thing) by code; and the things' names."""

    counts: csr_array
    names: Sequence[str]

    def fallen(self, group: int) -> Iterator[tuple[str, Integers]]:
        """Each thing that references of this group depend on, and how many of each code fall."""
        size = len(self.names)
        block = self.counts[group * size : (group + 1) * size]
        for number in np.unique(block.nonzero()[0]):
            yield self.names[number], np.asarray(block[[number]].toarray()).ravel()


def on_rules(grouped: Grouped) -> Pairs:
    """Codings that only one rule made, with that rule."""
    rules = grouped.words("rules")
    alone = {joined: bool(joined) and "; " not in joined for joined in set(rules)}
    single = np.array([alone[joined] for joined in rules], dtype=bool) & _by_rules(grouped)
    position = np.flatnonzero(single)
    # Codes may have a rule of the same name each, which is not the same rule.
    paths = np.array(grouped.tree.paths, dtype=object)[grouped.code[position]]
    numbers, kinds = pd.factorize(pd.MultiIndex.from_arrays([paths, rules[position]]))
    often = pd.Series([rule for _, rule in kinds]).value_counts()
    names = [rule if often[rule] == 1 else f"{code} {rule}" for code, rule in kinds]
    return position, numbers.astype(np.int64), names


def on_terms(grouped: Grouped) -> Pairs:
    """Codings with each word that all their evidence needs.

    Evidence of a rule in `Dataset.together`, named by its code and id, is made of so many words a
    firing (0: of all the rule's), and falls when one of them does. A coding whose evidence is
    not in its own text, or that has none, depends on no word.
    """
    data, at = grouped.data, grouped.position
    spans, texts = data.evidence(at), data.excerpts(at)
    if spans is None or texts is None:
        return _pairs([])
    found = []
    codes = [data.columns.paths[number] for number in data.columns.code[at].tolist()]
    columns = (spans, texts, data.columns.start[at].tolist(), codes)
    made = _by_rules(grouped)
    for row, (evidence, text, start, code) in enumerate(zip(*columns, strict=True)):
        if not made[row]:
            continue
        words = [text[max(one.start - start, 0) : max(one.end - start, 0)] for one in evidence]
        if len(words) == 1:
            needed = {*words}
        else:
            firings = [{*some} for some in _firings(evidence, words, code, data.together)]
            needed = set.intersection(*firings) if firings else set()
        found += [(row, word) for word in sorted(needed) if word]
    return _pairs(found)


def leave_one_out(grouped: Grouped, codes: Integers, pairs: Pairs) -> LeaveOneOut:
    """References of these codes that depend on one thing, counted for each.

    A reference may be several codings (of two people, or of two codes under one), and
    depends on a thing only when all of them do.
    """
    positions, things, names = pairs
    empty = csr_array((len(grouped.groups) * len(names), len(codes)), dtype=np.int64)
    if not len(positions):
        return LeaveOneOut(empty, [])
    column = np.full(len(grouped.tree.paths), -1, dtype=np.int64)
    column[codes] = np.arange(len(codes))
    position, above = grouped.tree.lineage(grouped.code)
    kept = column[above] >= 0
    position, above = position[kept], above[kept]
    key = grouped.passage[position] * len(grouped.tree.paths) + above
    _, number, codings = np.unique(key, return_inverse=True, return_counts=True)
    # Each coding of a reference with each thing it depends on.
    order = np.argsort(positions, kind="stable")
    first = np.searchsorted(positions[order], position, side="left")
    last = np.searchsorted(positions[order], position, side="right")
    times = last - first
    row = np.repeat(np.arange(len(position)), times)
    at = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    thing = things[order][at]
    both, seen, often = np.unique(
        number[row] * len(names) + thing, return_index=True, return_counts=True
    )
    whole = often == codings[both // len(names)]
    row, thing = row[seen[whole]], thing[seen[whole]]
    counts = csr_array(
        (
            np.ones(len(row), dtype=np.int64),
            (grouped.group[position[row]] * len(names) + thing, column[above[row]]),
        ),
        shape=empty.shape,
    )
    return LeaveOneOut(counts, names if len(row) else [])


def _by_rules(grouped: Grouped) -> NDArray[np.bool_]:
    """Which codings rules alone made: what a person coded too stays without any of them."""
    coders = grouped.words("coder")
    alone = {joined: all(map(by_rules, joined.split("; "))) for joined in set(coders) if joined}
    return np.array([alone.get(joined, True) for joined in coders], dtype=bool)


def _firings(
    evidence: Sequence[Evidence], words: Sequence[str], code: str, together: WordsPerFiring
) -> Iterator[Sequence[str]]:
    """The words of each firing; a firing of which no word stands in the text has none."""
    by_rule = sorted(zip(evidence, words, strict=True), key=lambda one: one[0].rule)
    for rule, several in groupby(by_rule, key=lambda one: one[0].rule):
        own = [word for _, word in several]
        size = together.get((code, rule), 1) or len(own)
        yield from (own[at : at + size] for at in range(0, len(own), size))


def _pairs(found: Sequence[tuple[int, str]]) -> Pairs:
    numbers, names = pd.factorize(np.array([word for _, word in found], dtype=object))
    position = np.array([at for at, _ in found], dtype=np.int64)
    return position, numbers.astype(np.int64), [str(name) for name in names]
