"""Paradigm shifts pair by pair: a frame from one pole to the other, both poles, or one alone."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table, nearest
from wenma.statistics.arrays import Integers

ONE_POLE = "one-pole"
"""How the code beside the pairs ends that holds one pole alone."""
WORDS_SHOWN = 6
"""Different wordings in a row."""
_TURNS = ("frame", "both_poles", "by_people")
_SMALL_WORDS = frozenset("to or from and vs".split())
_COLUMNS = (
    "code units frame both_poles by_people one_pole turned pole pole_rule words_found".split()
)


def shift_pairs(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    pairs: Annotated[str, "the code whose children are the pairs"] = "shift",
    one_pole: Annotated[str, "the code of one pole alone; PAIRS/one-pole where there is one"] = "",
) -> Table:
    """How each paradigm shift is said: a frame from pole to pole, both poles, or one pole alone.

    A pair is a code under `pairs`. A rule of it that asks for words of several lists (near, all_of)
    finds both poles; any other wording of it is a frame (从…向…). What `one_pole` holds
    belongs to the pair whose id shares a word with the rule that found it:
    ``passive-or-active`` to ``passive-to-active``. Columns:

    units       units with the pair's code: the turn is said
    frame, both_poles, by_people  of these, found by a frame; else by both poles; else by a person
    one_pole    units with one pole alone
    turned      units in percent of both together
    pole, pole_rule  the code and the rule that find one pole alone
    words_found      the wordings, the most frequent first, with how often
    """
    grouped = data.grouped("shift_pairs", by=by, headings=headings)
    tree = grouped.tree
    if data.codes is None and pairs not in tree.at:
        return grouped.table(dict.fromkeys(_COLUMNS, ()), group=np.zeros(0, dtype=np.int64))
    pole = one_pole or f"{pairs}/{ONE_POLE}"
    codes = _pairs(grouped, pairs, pole)
    if one_pole:
        tree.check(one_pole)
    known = pole in tree.at
    found = _Found(grouped, codes, tree.at[pole] if known else -1)
    groups = len(grouped.groups)
    rows = [found.row(group, pair) for group in range(groups) for pair in range(len(codes))]
    paths = [tree.paths[code] for code in codes]
    columns: dict[str, object] = {
        "code": np.array(paths * groups, dtype=object),
        **{
            name: np.array([row[name] for row in rows], dtype=np.int64)
            for name in ("units", "frame", "both_poles", "by_people", "one_pole")
        },
    }
    said = np.array([row["units"] + row["one_pole"] for row in rows], dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns["turned"] = np.where(said > 0, 100 * np.array(columns["units"]) / said, np.nan)
    rules = [found.rule_of.get(path, "") for path in paths]
    columns["pole"] = np.array([pole if rule else "" for rule in rules] * groups, dtype=object)
    columns["pole_rule"] = np.array(rules * groups, dtype=object)
    columns["words_found"] = np.array([row["words_found"] for row in rows], dtype=object)
    return grouped.table(
        columns,
        group=np.repeat(np.arange(groups), len(codes)),
        notes=[_SAID, *([] if known else [_NO_POLE]), *found.strange()],
        basis={"of": pairs},
        elsewhere={"one_pole": ("pole", "pole_rule")},
    )


def _pairs(grouped: Grouped, of: str, pole: str) -> list[int]:
    tree = grouped.tree
    if of not in tree.at:
        raise QueryError(
            f'the codebook states no pairs: it has no code "{of}"',
            cure="Put a code for each pair under one code and name that with --pairs CODE. "
            f"{nearest(of, tree.paths)}",
            zh=f"编码本没有写明转型对：没有编码“{of}”。请把每一对写成一个编码，放在同一编码之下，"
            "并用 --pairs 写出后者。",
        )
    return [code for code in tree.parts(of).tolist() if tree.paths[code] != pole]


class _Found:
    """Units with each pair, and how it was said there."""

    def __init__(self, grouped: Grouped, pairs: Sequence[int], pole: int) -> None:
        self.grouped = grouped
        self.pairs = pairs
        tree = grouped.tree
        below = {
            number: at for at, code in enumerate(pairs) for number in tree.below(tree.paths[code])
        }
        names = [tree.paths[code].rpartition("/")[2] for code in pairs]
        rules = grouped.words("rules")
        self.rule_of: dict[str, str] = {}
        self.unplaced: Counter[str] = Counter()
        # Free spans are units of their own: each stands where nothing else of its place does.
        unit = np.where(grouped.unit >= 0, grouped.unit, -1 - grouped.start)
        self.places: dict[tuple[int, int], dict[tuple[int, int], dict[str, list[str]]]] = {}
        rows = np.flatnonzero(np.isin(grouped.code, [*below, pole]))
        for at, said in zip(rows.tolist(), _wordings(grouped, rows), strict=True):
            code = int(grouped.code[at])
            fired = [rule for rule in str(rules[at]).split("; ") if rule]
            group = int(grouped.group[at])
            place = (int(grouped.document[at]), int(unit[at]))
            if code == pole:
                for rule in fired:
                    pair = _pair_of(rule, names)
                    if pair < 0:
                        self.unplaced[rule] += 1
                        continue
                    self.rule_of[tree.paths[pairs[pair]]] = rule
                    own = [one for one in said if one[0] == rule]
                    self._put(group, pair, place, {ONE_POLE}, _joined(own))
                continue
            path = tree.paths[code]
            several_lists = {grouped.data.together.get((path, rule), 1) != 1 for rule in fired}
            kinds = {"both_poles" if several else "frame" for several in several_lists} or {
                "by_people"
            }
            self._put(group, below[code], place, kinds, _joined(said))

    def _put(
        self, group: int, pair: int, place: tuple[int, int], kinds: set[str], said: str
    ) -> None:
        here = self.places.setdefault((group, pair), {}).setdefault(place, {})
        for kind in kinds:
            here.setdefault(kind, []).append(said)

    def row(self, group: int, pair: int) -> dict[str, Any]:
        counts: Counter[str] = Counter()
        said: Counter[str] = Counter()
        for kinds in self.places.get((group, pair), {}).values():
            first = next(kind for kind in (*_TURNS, ONE_POLE) if kind in kinds)
            counts[first] += 1
            said.update(filter(None, kinds[first]))
        turns = {kind: counts[kind] for kind in _TURNS}
        words = said.most_common()
        shown = [f"{word} {often}" for word, often in words[:WORDS_SHOWN]]
        more = ["…"] * (len(words) > WORDS_SHOWN)
        return {
            "units": sum(turns.values()),
            **turns,
            "one_pole": counts[ONE_POLE],
            "words_found": "; ".join([*shown, *more]),
        }

    def strange(self) -> list[Note]:
        """What was found of one pole and cannot be told which pair's."""
        if not self.unplaced:
            return []
        many, named = sum(self.unplaced.values()), ", ".join(sorted(self.unplaced))
        return [
            Note(
                f"{many} codings of one pole belong to no pair: no pair's id shares a word with "
                f"the rule's ({named}).",
                zh=f"{many} 处单极不知属于哪一对：规则 id（{named}）与各对的 id 没有相同的词。",
            )
        ]


def _pair_of(rule: str, names: Sequence[str]) -> int:
    """The pair whose id shares most words with the rule's; -1 for none."""
    own = _words_of(rule)
    shared = [len(own & _words_of(name)) for name in names]
    return int(np.argmax(shared)) if any(shared) else -1


def _words_of(id: str) -> set[str]:
    return {word for word in re.split(r"[-_]", id) if word} - _SMALL_WORDS


def _wordings(grouped: Grouped, rows: Integers) -> list[list[tuple[str, str]]]:
    """Rule and words of all that made each of these codings; nothing where they are not told."""
    at = grouped.position[rows]
    spans, texts = grouped.data.evidence(at), grouped.data.excerpts(at)
    if spans is None or texts is None:
        return [[] for _ in rows]
    found = []
    for evidence, text, start in zip(spans, texts, grouped.start[rows].tolist(), strict=True):
        ordered = sorted(evidence, key=lambda one: one.start)
        found.append(
            [
                (one.rule, text[max(one.start - start, 0) : max(one.end - start, 0)])
                for one in ordered
            ]
        )
    return found


def _joined(said: Sequence[tuple[str, str]]) -> str:
    """The words in their order, as 被动…主动."""
    return "…".join(dict.fromkeys(word for _, word in said if word))


_SAID = Note(
    "A frame (从…向…) or both poles in one unit are a turn; one pole alone is a mention and no "
    "turn. A unit counts once for a pair: as a frame, else both poles, by a person, one pole.",
    zh="“从……向……”的框架或同一单元两极并提才算转型；只提一极是提及，不算转型。"
    "每个单元对每一对只计一次，依次归为框架、两极、人工、单极。",
)
_NO_POLE = Note(
    "The codebook has no code of one pole alone: one_pole is 0 and says nothing.",
    zh="编码本没有“只提一极”的编码：单极一栏为 0，不说明任何事。",
)
