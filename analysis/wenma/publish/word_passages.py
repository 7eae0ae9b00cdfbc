"""The sentences behind a word's count in a report: the text is cut into words once for all."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from wenma.errors import QueryError
from wenma.publish.passages import Passages, Quote, evenly_spread
from wenma.queries.case_filter import filter_cases
from wenma.queries.dataset import Dataset
from wenma.queries.tokens import Tokens, tokens
from wenma.queries.unit_texts import unit_texts
from wenma.sources.cleaning import tidied
from wenma.statistics.arrays import Integers

_KNOWN = {"pattern", "whole", "limit", "where", "boilerplate", "headings"}


class WordDoors:
    """Gives each word of a report its anchor, and at the end the sentences it stands in.

    `most` sentences of a word are quoted, evenly spread over all places where it stands.
    """

    def __init__(self, data: Dataset, *, most: int, prefix: str = "w") -> None:
        self._data, self._most, self._prefix = data, most, prefix
        self._running: dict[tuple[bool, bool], Tokens | None] = {}
        self._places: dict[tuple[bool, bool], tuple[Integers, Integers]] = {}
        self._heads: dict[tuple[str, int], str] = {}
        self._found: dict[tuple[Any, ...], Passages | None] = {}

    def anchor(self, door: Mapping[str, Any]) -> str:
        """The anchor of a word's sentences; "" where there are none, and for other questions."""
        if set(door) - _KNOWN or not door.get("whole"):
            return ""
        where = tuple(sorted(door.get("where", {}).items()))
        kind = (bool(door.get("headings")), bool(door.get("boilerplate", True)))
        key = (door["pattern"], where, kind)
        if key not in self._found:
            number = 1 + sum(one is not None for one in self._found.values())
            self._found[key] = self._passages(*key, anchor=f"{self._prefix}{number}")
        found = self._found[key]
        return found.anchor if found else ""

    def opened(self) -> tuple[Passages, ...]:
        """The sentences of every word that was given an anchor, in that order."""
        return tuple(one for one in self._found.values() if one is not None)

    def _passages(
        self,
        word: str,
        where: tuple[tuple[str, str], ...],
        kind: tuple[bool, bool],
        *,
        anchor: str,
    ) -> Passages | None:
        running = self._words(kind)
        if running is None:
            return None
        order, begins = self._places[kind]
        number = running.number(tidied(word))
        places = order[begins[number] : begins[number + 1]] if number >= 0 else order[:0]
        texts = running.texts
        if where:
            inside = filter_cases(texts.grouped.cases, dict(where))
            places = places[inside[texts.case[running.unit[places]]]]
        if not len(places):
            return None
        some = places[evenly_spread(len(places), self._most)]
        quotes = tuple(self._quote(running, int(running.unit[at]), word) for at in some)
        door = {"word": word} | ({"where": dict(where)} if where else {})
        return Passages(anchor, door, len(places), quotes)

    def _words(self, kind: tuple[bool, bool]) -> Tokens | None:
        if kind not in self._running:
            headings, boilerplate = kind
            try:
                chosen = unit_texts(
                    self._data, "kwic", by=None, headings=headings, boilerplate=boilerplate
                )
            except QueryError:  # no texts: the table stands without its sentences
                self._running[kind] = None
                return None
            running = tokens(chosen)
            many = np.bincount(running.word, minlength=len(running.vocabulary))
            begins = np.concatenate([[0], np.cumsum(many)])
            self._places[kind] = (np.argsort(running.word, kind="stable"), begins)
            self._running[kind] = running
            units = self._data.units
            assert units is not None  # else there were no texts
            heads = units[units["kind"] == "heading"].drop_duplicates(["document", "section"])
            columns = (heads[name].tolist() for name in ("document", "section", "text"))
            for document, section, text in zip(*columns, strict=True):
                self._heads[document, section] = " ".join(text.split())
        return self._running[kind]

    def _quote(self, running: Tokens, row: int, word: str) -> Quote:
        unit = running.texts.units.iloc[row]
        return Quote(
            text=str(unit["text"]),
            document=str(unit["document"]),
            section=self._heads.get((unit["document"], unit["section"]), ""),
            page=None,
            line=None,
            start=int(unit["start"]),
            end=int(unit["end"]),
            codes=(),
            rules=(),
            evidence=word,
            unit=int(unit["unit"]),
        )
