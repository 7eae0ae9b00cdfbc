"""Characters or words, kind of rule by kind: ``python -m benchmarks.words_or_characters [SHARED]``.

Rules match on characters. Here one kind of rule after the other is held to
word borders, those of plain jieba and those of jieba with our lexicon, and the
result is set beside the reference coding. Exclusions, masks and headings stay
on characters: they say where a wording does not count, and a longer wording
that a segmenter cuts differently must still say so.

SHARED holds ``gold/dev.jsonl``, ``corpus/`` and ``method/lexicon_draft.md``.
``--look N`` prints N random matches of each kind that words would lose, to be
judged by eye; they are real sentences.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wenma.codebook.yaml_file import load_codebook
from wenma.coding.coder import Coder
from wenma.coding.matcher import CompiledRule, Found, MatchContext
from wenma.language.units import units
from wenma.language.words import cut
from wenma.records import Code, Codebook, Coding, Document, Evidence, Near, Rule, Unit
from wenma.reliability.gold import GoldRow, gold_rows, in_context
from wenma.sources.reading import read

ROOT = Path(__file__).resolve().parents[1]
SEGMENTERS: dict[str, tuple[()] | None] = {"jieba": (), "with lexicon": None}
KINDS = ("terms", "near", "all_of", "pattern")
DRAWS = 1000
COLUMNS = {
    "stages, layers": ("stage", "layer"),
    "stance": ("stance",),
    "region": ("theme",),
    "scope": ("scope",),
}
REGION = ("区域合作", "区域协同", "区域协作", "区域联动", "数据共享", "信息共享", "监测预警")

Booleans = NDArray[np.bool_]


def kind(rule: Rule) -> str:
    """How a rule matches; "" if it needs no wording or matches words anyway."""
    return next((way for way in KINDS if getattr(rule, way)), "")


@lru_cache(maxsize=1024)
def borders(text: str, lexicon: tuple[()] | None) -> frozenset[int]:
    """Where the words of `text` begin and end."""
    return frozenset(np.cumsum([0, *map(len, cut(text, lexicon))]).tolist())


class AtBorders(Coder):
    """A coder some of whose rules match only what begins and ends at word borders."""

    def __init__(
        self, codebook: Codebook, rules: Collection[Rule], *, lexicon: tuple[()] | None
    ) -> None:
        # Set first: the rules are compiled while the coder is made.
        self._held, self._lexicon = frozenset(rules), lexicon
        super().__init__(codebook)

    def _compiled(self, rule: Rule) -> CompiledRule:
        compiled = super()._compiled(rule)
        return replace(compiled, find=self._find(compiled)) if rule in self._held else compiled

    def _find(self, compiled: CompiledRule) -> Callable[[MatchContext], Iterator[Found]]:
        terms = frozenset(compiled.triggers)
        anywhere = compiled.find or (lambda sight: ((span,) for span in sight.places(terms)))

        def find(sight: MatchContext) -> Iterator[Found]:
            cuts = borders(sight.text, self._lexicon)
            # Struck out before looking: a word further off may be whole where the nearest is not.
            hits = [hit for hit in sight.hits if cuts.issuperset(hit[1:])]
            for spans in anywhere(
                MatchContext(sight.text, hits, sight.unit, sight.around, sight.masked)
            ):
                if all(cuts.issuperset(span) for span in spans):
                    yield spans

        return find


class Match(NamedTuple):
    """One firing of a rule and the sentence it fired in."""

    group: str  # the kind of rule; stance apart, whose terms are ordinary verbs
    code: str
    words: tuple[tuple[int, int], ...]  # spans of the sentence
    text: str

    def lost(self, lexicon: tuple[()] | None) -> bool:
        """Would it be gone if it had to begin and end at word borders?"""
        cuts = borders(self.text, lexicon)
        return not all(cuts.issuperset(span) for span in self.words)

    def astride(self) -> bool:
        """Does a wording begin inside one word of jieba and end inside another?"""
        cuts = borders(self.text, ())
        return any(
            cuts.isdisjoint(span) and not cuts.isdisjoint(range(*span)) for span in self.words
        )


def group(code: str, rule: Rule) -> str:
    apart = {"stance": "stance: ", "scope": "scope: "}.get(code.partition("/")[0], "")
    return f"{apart}{kind(rule)}"


def matches(codebook: Codebook, coding: Coding, unit: Unit, text: str) -> Iterator[Match]:
    """The firings behind a coding, of rules that need a wording."""
    rules = {rule.id: rule for rule in codebook.code(coding.code).rules}
    fired: dict[str, list[Evidence]] = {}
    for word in coding.evidence:
        fired.setdefault(word.rule, []).append(word)
    for name, words in fired.items():
        how = kind(rules[name])
        size = {"near": 2, "all_of": len(words)}.get(how, 1)
        spans = [(word.start - unit.start, word.end - unit.start) for word in words]
        for at in range(0, len(spans) if how else 0, size):
            yield Match(
                group(coding.code, rules[name]), coding.code, tuple(spans[at : at + size]), text
            )


def scope_as_code(codebook: Codebook) -> Codebook:
    """The codebook's scope alone, as a code, so that its evidence is kept."""
    return replace(
        codebook, scope=(), codes=(Code("scope", "范围", "scope", rules=codebook.scope),)
    )


def matched(coders: Iterable[Coder], document: Document, among: Sequence[Unit]) -> Iterator[Match]:
    """Every match of several coders in some units of a document that follow each other."""
    for coder in coders:
        for coding in coder.code(document, among):
            unit = among[coding.unit - among[0].number]
            text = document.text[unit.start : unit.end]
            yield from matches(coder.codebook, coding, unit, text)


def given(row: GoldRow) -> frozenset[str]:
    """The codes of a row of the reference; the scope counts as a code."""
    return row.codes | ({"scope"} if row.in_scope else set())


def judged_matches(
    coders: Iterable[Coder], rows: Sequence[GoldRow]
) -> Iterator[tuple[Match, bool]]:
    """Every match in the sentences of the reference, and whether these have its code."""
    for row in rows:
        document, around, target = in_context(row)
        for match in matched(coders, document, [around[target]]):
            yield match, match.code in given(row)


def table(rows: Sequence[GoldRow], paths: Sequence[str]) -> Booleans:
    """Rows by codes: what the reference says."""
    return np.array([[path in given(row) for path in paths] for row in rows])


def coded(coder: Coder, rows: Sequence[GoldRow], paths: Sequence[str]) -> Booleans:
    """Rows by codes: what the rules say."""
    found = []
    for row in rows:
        document, around, target = in_context(row)
        said = {one.code for one in coder.code(document, around) if one.unit == target}
        if coder.in_scope(document, around)[target]:
            said.add("scope")
        found.append([path in said for path in paths])
    return np.array(found)


def measures(people: Booleans, rules: Booleans) -> tuple[NDArray[np.float64], ...]:
    """Macro precision, recall and F1 over the last axis (codes); the one before it is rows."""
    both = (people & rules).sum(axis=-2)
    ours, theirs = rules.sum(axis=-2), people.sum(axis=-2)
    with np.errstate(divide="ignore", invalid="ignore"):
        each = both / ours, both / theirs, 2 * both / (ours + theirs)
    return tuple(one.mean(axis=-1) for one in each)


def change(people: Booleans, before: Booleans, after: Booleans) -> tuple[float, float, float]:
    """Change of macro F1 and its 95 % interval: a bootstrap over rows, both coded alike."""
    samples = np.random.default_rng(0).integers(len(people), size=(DRAWS, len(people)))
    drawn = [measures(people[samples], rules[samples])[2] for rules in (before, after)]
    value = measures(people, after)[2] - measures(people, before)[2]
    low, high = np.nanpercentile(drawn[1] - drawn[0], (2.5, 97.5))
    return float(value), float(low), float(high)


def draft_codebook(text: str) -> Codebook:
    """The stages and layers of the draft lexicon, its terms as they stand and nothing else.

    Remarks in brackets are taken out, ``a…b`` is a near-rule; exclusions are left aside.
    """
    paths = "resist absorb recover adapt institution technology actor".split()
    codes: list[Code] = []
    for block in re.findall(r"^[SL]\d_\S+?: \{.*?terms: \[(.*?)\]", text, re.M | re.S):
        terms = [re.sub(r"\(.*?\)", "", term).strip() for term in block.split(",")]
        near = [Near((a,), (b,), 12, False) for a, _, b in (t.partition("…") for t in terms) if b]
        rules = (
            Rule("terms", terms=tuple(dict.fromkeys(t for t in terms if "…" not in t))),
            *(Rule(f"near-{at}", near=one) for at, one in enumerate(near)),
        )
        name = paths[len(codes)]
        path = f"{'stage' if len(codes) < 4 else 'layer'}/{name}"
        codes.append(Code(path, name, name, rules=rules))
    return Codebook("draft", "0", "草稿", "draft", tuple(codes))


def without_exclusions(codebook: Codebook) -> Codebook:
    """The codebook as if nobody had written a ``not_in`` for its terms yet."""
    return with_rules(codebook, lambda rule: replace(rule, not_in=()) if rule.terms else rule)


def loosened(codebook: Codebook) -> Codebook:
    """Every near-rule as an all_of: the same two sets of words, anywhere in the sentence."""

    def loose(rule: Rule) -> Rule:
        pair = rule.near and (rule.near.first, rule.near.second)
        return replace(rule, near=None, all_of=pair) if pair else rule

    return with_rules(codebook, loose)


def with_rules(codebook: Codebook, changed: Callable[[Rule], Rule]) -> Codebook:
    codes = (replace(code, rules=tuple(map(changed, code.rules))) for code in codebook.codes)
    return replace(codebook, codes=tuple(codes))


def rules_of(codebook: Codebook, *kinds: str) -> list[Rule]:
    """The rules of the codes, not of the scope, that match in one of these ways."""
    return [rule for code in codebook.codes for rule in code.rules if kind(rule) in kinds]


def print_matches(title: str, found: Iterable[tuple[Match, bool | None]]) -> list[Match]:
    """Matches and those lost, of each kind; in brackets how many carry a wrong coding.

    Returns the matches lost at the borders of jieba with our lexicon.
    """
    seen: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    judged = False
    gone: list[Match] = []
    columns = ["matches", *(f"lost, {name}" for name in SEGMENTERS), "astride two words"]
    for match, right in found:
        judged |= right is not None
        lost = [match.lost(lexicon) for lexicon in SEGMENTERS.values()]
        for column, counts in zip(columns, [True, *lost, match.astride()], strict=True):
            seen[match.group, column] += counts
            wrong[match.group, column] += counts and right is False
        if lost[-1]:
            gone.append(match)
    print(f"\n{title}" + (" (of them in a wrong coding)" if judged else ""))
    print(f"{'':16}" + "".join(f"{column:>22}" for column in columns))
    for name in sorted({name for name, _ in seen}, key=lambda name: (":" in name, name)):
        line = f"{name:16}"
        for column in columns:
            cell = f"{seen[name, column]:,}" + (f" ({wrong[name, column]})" if judged else "")
            share = f" {seen[name, column] / seen[name, 'matches']:6.1%}"
            line += f"{cell + (share if column != 'matches' else ''):>22}"
        print(line)
    return gone


def print_measures(
    title: str, codebook: Codebook, rows: Sequence[GoldRow], held: dict[str, list[Rule]]
) -> None:
    """What people's codes say when the rules of `held` match on characters, and at borders."""
    paths = [code.path for code in codebook.codes if any(code.path in row.codes for row in rows)]
    paths += ["scope"] if codebook.scope else []
    people = table(rows, paths)
    where = {
        name: [at for at, path in enumerate(paths) if path.split("/")[0] in dimensions]
        for name, dimensions in COLUMNS.items()
    }
    first, *others = (name for name in where if where[name])
    print(f"\n{title}\n{first:31}{'P':>5}{'R':>7}{'F1':>7}{'change of F1':>25}", end="")
    print("".join(f"{f'F1 {name}':>11}" for name in others))
    before = coded(Coder(codebook), rows, paths)
    lines = [("characters", before)]
    for name, rules in held.items():
        for segmenter, lexicon in SEGMENTERS.items():
            coder = AtBorders(codebook, rules, lexicon=lexicon)
            lines.append((f"{name}, {segmenter}", coded(coder, rows, paths)))
    for name, after in lines:
        own = where[first]
        line = "".join(f"{one:7.3f}" for one in measures(people[:, own], after[:, own]))
        if after is before:
            moved = ""
        else:
            value, low, high = change(people[:, own], before[:, own], after[:, own])
            moved = f"{value:+.3f} [{low:+.3f}, {high:+.3f}]"
        line += f"{moved:>25}"
        for other in others:
            own = where[other]
            line += f"{measures(people[:, own], after[:, own])[2]:11.3f}"
        print(f"{name:29}{line}")


def print_region(documents: Sequence[Document]) -> None:
    """Wordings a segmenter treats unequally: on characters, at borders, and as one word."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in (line for document in documents for line in document.text.split("\n")):
        for found in re.finditer("|".join(REGION), line):
            counts[found[0], ""] += 1
            for name, lexicon in SEGMENTERS.items():
                cuts = borders(line, lexicon)
                whole = cuts.issuperset(found.span())
                counts[found[0], name] += whole
                counts[found[0], f"{name}, one"] += whole and cuts.isdisjoint(
                    range(found.start() + 1, found.end())
                )
    print(f"\n{'':8}{'characters':>12}", end="")
    print("".join(f"{f'at borders, {name}':>26}{'one word':>10}" for name in SEGMENTERS))
    for term in REGION:
        cells = (f"{counts[term, s]:26}{counts[term, f'{s}, one']:10}" for s in SEGMENTERS)
        print(f"{term}{counts[term, '']:12}{''.join(cells)}")


def look(gone: Sequence[Match], many: int) -> None:
    """Random lost matches of each kind, the words that matched in 【】."""
    # The verbs of commitment would fill the sample; they are counted, not looked at.
    apart = [match for match in gone if match.code != "stance/commitment"]
    for name in sorted({match.group for match in apart}):
        own = [match for match in apart if match.group == name]
        for match in random.Random(0).sample(own, min(many, len(own))):
            text = match.text
            for start, end in sorted(match.words, reverse=True):
                text = f"{text[:start]}【{text[start:end]}】{text[end:]}"
            print(f"{name} {match.code}: {text}")


def main() -> None:
    asked = argparse.ArgumentParser(description="Characters or words, kind of rule by kind.")
    asked.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    asked.add_argument("--look", type=int, default=0, metavar="N", help="print N lost matches")
    options = asked.parse_args()
    gold = options.shared / "gold" / "dev.jsonl"
    if not gold.exists():
        raise SystemExit(f"{gold} is not there. Name the folder that holds gold/ and corpus/.")
    rows = gold_rows(gold.read_text(encoding="utf-8"), file=gold)
    book = load_codebook(ROOT / "codebooks" / "resilience.yaml")
    print(f"{book.coder}, {len(rows)} sentences of the reference")
    coders = Coder(book), Coder(scope_as_code(book))
    print_matches("matches in these sentences", judged_matches(coders, rows))
    held = {name: rules_of(book, name) for name in KINDS}
    held["all four"] = rules_of(book, *KINDS)
    held["scope"] = [rule for rule in book.scope if kind(rule)]
    print_measures("each kind of rule held to borders", book, rows, held)
    bare, loose = without_exclusions(book), loosened(book)
    print_measures("terms without their not_in", bare, rows, {"terms": rules_of(bare, "terms")})
    print_measures("near loosened to all_of", loose, rows, {"all_of": rules_of(loose, "all_of")})
    draft = draft_codebook((options.shared / "method" / "lexicon_draft.md").read_text("utf-8"))
    print_measures("the draft lexicon", draft, rows, {"terms": rules_of(draft, *KINDS)})

    documents = list(read(options.shared / "corpus"))
    everywhere = ((m, None) for d in documents for m in matched(coders, d, units(d)))
    gone = print_matches(f"matches in {len(documents)} documents", everywhere)
    print_region(documents)
    look(gone, options.look)


if __name__ == "__main__":
    main()
