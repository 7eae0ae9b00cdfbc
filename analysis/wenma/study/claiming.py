"""A sentence that compares, put to a study: in how many of the ways to count it holds."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from wenma.queries.claim import claim
from wenma.queries.claim_sides import claimed_order
from wenma.queries.claim_summary import ClaimSummary, claim_choices, claim_hinges, claim_summary
from wenma.queries.claim_text import read_claim
from wenma.queries.code_names import resolve_code
from wenma.queries.code_tree import code_tree
from wenma.queries.copied_units import copied_units
from wenma.queries.table import Table
from wenma.queries.unit_texts import BOILERPLATE
from wenma.queries.ways import AFTER_REVIEW, BY_RULES
from wenma.records import MIXED, REVIEWED, by_rules
from wenma.store.frames import codes_frame
from wenma.study.answer import Answer, answer
from wenma.study.choice import choose, latest_books
from wenma.study.clock import now
from wenma.study.outlines import outline_of
from wenma.study.question import both

if TYPE_CHECKING:
    from wenma.publish.claim_card import ClaimCard
    from wenma.publish.drawn_figure import DrawnFigure
    from wenma.publish.labels import Language
    from wenma.queries.case_filter import Conditions
    from wenma.queries.dataset import Dataset
    from wenma.study.choice import Choice
    from wenma.study.study import Study


@dataclass(frozen=True, eq=False)
class Claimed:
    """A claim with what the ways to count say of it.

    `ways` has a row for each way, `choices` for each option of each choice, `hinges` for each
    rule, term or document whose leaving out turns a verdict; `summary` has the numbers.
    """

    sentence: str
    ways: Answer
    language: "Language" = "zh"

    @cached_property
    def summary(self) -> ClaimSummary:
        """How many ways there are, in how many the sentence holds, and what turns it."""
        return claim_summary(self.ways)

    @cached_property
    def choices(self) -> Answer:
        """In how many ways it holds, option by option."""
        return self._answer(claim_choices(self.ways))

    @cached_property
    def hinges(self) -> Answer:
        """What the sentence hangs on."""
        return self._answer(claim_hinges(self.ways))

    def card(self, *, language: "Language | None" = None) -> "ClaimCard":
        """The card for a paper: sentence, share, what turns it, failing ways, basis."""
        from wenma.publish.claim_card import claim_card

        return claim_card(
            self.sentence, self.ways, self.summary, self.choices, self.hinges,
            codes=self.ways.codes, language=language or self.language,
        )  # fmt: skip

    def figure(self, *, language: "Language | None" = None) -> "DrawnFigure":
        """The curve of the ways, from the least ratio to the most, with what each chooses."""
        from wenma.publish.claim_curve import claim_curve
        from wenma.publish.drawn_figure import DrawnFigure

        return DrawnFigure(claim_curve(self.ways, language=language or self.language))

    def save(self, path: str | Path, *, language: "Language | None" = None) -> Path:
        """Write what the file's ending says.

        The card: docx, html, md, tex; all ways: xlsx, csv, json; the curve: svg, png, pdf.
        `UsageError` for another ending.
        """
        from wenma.publish.claim_card import card_content
        from wenma.publish.claim_files import claim_file
        from wenma.publish.file_writing import write_file

        output = Path(path)
        kind, form = claim_file(output)
        if kind == "card":
            write_file(card_content(self.card(language=language), form), output)
        elif kind == "curve":
            self.figure(language=language).save(output)
        else:
            self.ways.save(output, language=language or self.language)
        return output

    def _answer(self, table: Table) -> Answer:
        return answer(table, self.ways.codes, language=self.language)

    def _repr_html_(self) -> str:
        from wenma.publish.claim_card import card_html

        return card_html(self.card())


def claim_of(
    study: "Study",
    sentence: str,
    *,
    copied: Callable[["Choice"], pd.DataFrame | None],
    by: str | Sequence[str] | None = None,
    coder: str | Sequence[str] | None = None,
    codebook: str | None = None,
    where: "Conditions | None" = None,
    boilerplate: str = BOILERPLATE,
) -> Claimed:
    """What the ways to count say of a sentence; `copied` finds the units that were copied.

    People's verdicts are a choice of their own where the rules are asked, or "reviewed", and
    people have reviewed anything that may be seen.
    """
    text = read_claim(sentence)
    names = [*text.topic, *(one for side in text.sides for one in side)]
    choice = _chosen(study, names, coder, codebook)
    wanted = both(study.filters, where or {})
    codes = codes_frame(choice.outline.codebook)

    def narrowed(one: "Choice") -> "Dataset":
        data = study.dataset(one).where(wanted)
        return data.once()[0] if study.once else data

    asked = narrowed(choice)
    order = claimed_order(text, asked.cases, codes, by=by or ())
    codings = {_called(choice): asked}
    if (other := _other(study, choice)) is not None:
        codings[_called(other)] = narrowed(other)
    table = claim(
        order,
        codings,
        copied=copied(choice),
        boilerplate=_boilerplate(boilerplate, codes),
    )
    said = {"where": "; ".join(f"{name}={','.join(values)}" for name, values in wanted.items())}
    table = replace(table, basis={**table.basis, **said, "coded": choice.stored.used[:10]})
    return Claimed(order.sentence, answer(table, codes, language=study.language), study.language)


def _chosen(
    study: "Study",
    names: Sequence[str],
    coder: str | Sequence[str] | None,
    codebook: str | None,
) -> "Choice":
    """The codebook used last that has the codes named: which names are codes, it alone can tell."""
    known = {
        one
        for stored in latest_books(study.project.codebooks())
        for one in {*names, *map(str.lower, names)} & outline_of(study.project, stored).names
    }
    return choose(
        study.project, coder=coder, codebook=codebook, codes=sorted(known), hidden=study.hidden
    )


def _boilerplate(name: str, codes: pd.DataFrame) -> str:
    """The path of the code of wording all plans share; "" where ours is not in the codebook."""
    path = resolve_code(name, codes)
    if path != BOILERPLATE:
        code_tree(codes["code"]).check(path)  # only a code that was named is missed
    return path if (codes["code"] == path).any() else ""


def _called(choice: "Choice") -> str:
    """What the codings of a choice are called among the ways."""
    if choice.mixed == REVIEWED:
        return AFTER_REVIEW
    return BY_RULES if not choice.mixed and all(map(by_rules, choice.coders)) else choice.name


def _other(study: "Study", choice: "Choice") -> "Choice | None":
    """The codings of the rules as people reviewed them, or those they reviewed."""
    book = f"{choice.stored.name}@{choice.stored.version}"
    if choice.mixed == REVIEWED:
        return study.choice(coder=choice.rules)
    if choice.coders == (choice.rules,) and set(MIXED) & set(study.coders()):
        return study.choice(coder=REVIEWED, codebook=book)
    return None


def copied_in(study: "Study", choice: "Choice") -> pd.DataFrame | None:
    """The units that stand in passages of earlier documents, remembered, for looking takes long."""
    data = study.dataset(choice)
    units = data.units
    if len(data.cases) < 2 or units is None:
        return None
    question = json.dumps(["copied units", data.columns.documents], ensure_ascii=False)
    token = json.dumps(study.change_token())
    if (kept := study.project.recall(question, token)) is not None:
        return pd.DataFrame(units.loc[json.loads(kept)])
    found = copied_units(data)
    names = (pd.MultiIndex.from_frame(one[["document", "unit"]]) for one in (units, found))
    rows = units.index[next(names).isin(next(names))]
    study.project.remember(question, token, json.dumps(rows.tolist()).encode(), now=now())
    return pd.DataFrame(units.loc[rows])
