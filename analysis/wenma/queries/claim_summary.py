"""What the ways to count say of a claim, put together: how many hold, what turns it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wenma.queries.claim import FAILS, HOLDS, UNDEFINED
from wenma.queries.table import Table
from wenma.queries.ways import CHOICES, NUMBER

Departures = frozenset[tuple[str, str]]
"""Choices with what is chosen in them, where a way differs from the usual one."""

_KINDS = ("rule", "term", "document")


@dataclass(frozen=True)
class ClaimSummary:
    """What a table of ways says, in numbers.

    usual      the verdict of the usual way, `values` its two, `references` what they rest on
    ways       combinations of choices that say anything, `holding` those in which it holds;
               `undefined` those that say nothing
    turning    the fewest departures from the usual way that turn its verdict: sets of which no
               part does
    failing    ways in which it fails, by position in the table, the nearest to the usual first;
               `holding_ways` those in which it holds
    ratios     the least and the most of the ratios; nan where there are none
    tried      how many rules, terms and documents were left out
    hinges     those of them whose leaving out turns the verdict of the usual way
    """

    usual: str
    values: tuple[float, float]
    references: tuple[float, float]
    ways: int
    holding: int
    undefined: int
    turning: tuple[Departures, ...]
    failing: tuple[int, ...]
    holding_ways: tuple[int, ...]
    ratios: tuple[float, float]
    tried: Mapping[str, int]
    hinges: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """Percent of the ways in which it holds; nan where no way says anything."""
        return 100 * self.holding / self.ways if self.ways else np.nan


def claim_summary(table: Table) -> ClaimSummary:
    """The numbers of a `claim` table."""
    frame = table.frame
    counting = frame[frame["kind"] == ""]
    said = counting["verdict"].ne(UNDEFINED)
    ratios = counting["ratio"].dropna()
    hinges = claim_hinges(table).frame
    first = counting.iloc[0]
    turn = hinges[hinges["usual_turns"]]
    return ClaimSummary(
        usual=str(first["verdict"]),
        values=(float(first["value_a"]), float(first["value_b"])),
        references=_references(counting),
        ways=int(said.sum()),
        holding=int(counting["verdict"].eq(HOLDS).sum()),
        undefined=int((~said).sum()),
        turning=tuple(_turning(counting)),
        failing=_nearest(counting, FAILS),
        holding_ways=_nearest(counting, HOLDS),
        ratios=(float(ratios.min()), float(ratios.max())) if len(ratios) else (np.nan, np.nan),
        tried={kind: int(frame["left_out"][frame["kind"] == kind].nunique()) for kind in _KINDS},
        hinges=tuple(zip(turn["kind"], turn["left_out"], strict=True)),
    )


def _nearest(counting: pd.DataFrame, verdict: str) -> tuple[int, ...]:
    """The ways of a verdict, those nearest to the usual one first."""
    found = counting["departures"][counting["verdict"] == verdict]
    return tuple(found.sort_values(kind="stable").index.tolist())


def _references(counting: pd.DataFrame) -> tuple[float, float]:
    """How many references the two values of the usual way rest on; nan where that is unknown."""
    first = counting.iloc[0]
    same = counting["counted_as"] == NUMBER
    for name in (*CHOICES, "side_a", "side_b"):
        if name != "counted_as":
            same &= counting[name] == first[name]
    found = counting[same]
    if not len(found):
        return np.nan, np.nan
    return float(found["value_a"].iloc[0]), float(found["value_b"].iloc[0])


def claim_choices(table: Table) -> Table:
    """For each option of each choice: the ways, in how many the sentence holds, and what turns.

    turns      of the ways that are the same but for taking the usual option here, those with
               another verdict; `turned_of` how many could be compared. Empty for the usual option.
    """
    frame = table.frame[table.frame["kind"] == ""]
    verdicts = {tuple(way): said for *way, said in frame[[*CHOICES, "verdict"]].to_numpy()}
    rows = []
    for at, choice in enumerate(CHOICES):
        options = [*dict.fromkeys(frame[choice])]
        for option in options if len(options) > 1 else ():
            here = frame["verdict"][frame[choice] == option]
            pairs = [
                (said, verdicts.get((*way[:at], options[0], *way[at + 1 :])))
                for way, said in verdicts.items()
                if way[at] == option != options[0]
            ]
            compared = [(a, b) for a, b in pairs if UNDEFINED not in (a, b) and b is not None]
            ways, holding = int(here.ne(UNDEFINED).sum()), int(here.eq(HOLDS).sum())
            rows.append(
                {
                    "choice": choice,
                    "option": option,
                    "ways": ways,
                    "holding": holding,
                    "holding_share": 100 * holding / ways if ways else np.nan,
                    "turns": np.nan if option == options[0] else sum(a != b for a, b in compared),
                    "turned_of": np.nan if option == options[0] else len(compared),
                }
            )
    columns = ("choice", "option", "ways", "holding", "holding_share", "turns", "turned_of")
    return Table("claim_choices", pd.DataFrame(rows, columns=columns), basis=table.basis)


def claim_hinges(table: Table) -> Table:
    """The rules, terms and documents whose leaving out turns the verdict of any way.

    turns     of the ways in which it was left out, those with another verdict than the same
              way has with it; `turned_of` how many could be compared
    value_a, value_b, verdict  in the usual way without it; `usual_turns` says that this one turns

    Those that turn the usual way come first, then those that turn most.
    """
    frame = table.frame
    counting = frame[frame["kind"] == ""]
    first = counting["verdict"].iloc[0]
    whole = {tuple(way): said for *way, said in counting[[*CHOICES, "verdict"]].to_numpy()}
    rows = []
    for (kind, name), part in frame[frame["kind"] != ""].groupby(["kind", "left_out"], sort=False):
        pairs = [(said, whole[tuple(way)]) for *way, said in part[[*CHOICES, "verdict"]].to_numpy()]
        compared = [(a, b) for a, b in pairs if UNDEFINED not in (a, b)]
        turned = sum(a != b for a, b in compared)
        if turned:
            usual = part.iloc[0]
            rows.append(
                {
                    "kind": kind,
                    "left_out": name,
                    "value_a": usual["value_a"],
                    "value_b": usual["value_b"],
                    "verdict": usual["verdict"],
                    "usual_turns": {usual["verdict"], first} == {HOLDS, FAILS},
                    "turns": turned,
                    "turned_of": len(compared),
                }
            )
    columns = ("kind", "left_out", "value_a", "value_b", "verdict", "usual_turns", "turns",
               "turned_of")  # fmt: skip
    found = pd.DataFrame(rows, columns=columns).astype({"usual_turns": bool})
    found = found.sort_values(
        ["usual_turns", "turns"], ascending=False, kind="stable", ignore_index=True
    )
    return Table("claim_hinges", found, basis=table.basis)


def departures_of(row: "pd.Series[str]", usual: "pd.Series[str]") -> Departures:
    """The choices in which a row of a `claim` table is another way than the usual row."""
    return frozenset((name, str(row[name])) for name in CHOICES if row[name] != usual[name])


def _turning(counting: pd.DataFrame) -> list[Departures]:
    """The least sets of departures that turn the verdict of the usual way."""
    usual = counting.iloc[0]
    if usual["verdict"] == UNDEFINED:
        return []
    other = counting[~counting["verdict"].isin([usual["verdict"], UNDEFINED])]
    sets = sorted((departures_of(row, usual) for _, row in other.iterrows()), key=len)
    least: list[Departures] = []
    for one in sets:
        if not any(fewer <= one for fewer in least):
            least.append(one)
    return least


def told_departures(departures: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Departures in the order of the choices."""
    return sorted(departures, key=lambda one: CHOICES.index(one[0]))
