"""In which of the ways to count a sentence holds that compares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wenma.queries.claim_sides import ClaimedOrder
from wenma.queries.claim_variants import ClaimVariants
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.leave_one_out import Pairs, on_rules, on_terms
from wenma.queries.per_document import document_names
from wenma.queries.side_amounts import CaseAmounts, Mask
from wenma.queries.table import Note, Table
from wenma.queries.ways import (
    CHOICES,
    DIMENSION,
    DOCUMENTS,
    IN_SCOPE_UNITS,
    MEAN_RATE,
    NUMBER,
    RATE,
    UNITS,
    Way,
    crossed_ways,
    one_step,
    usual_way,
)

HOLDS, FAILS, UNDEFINED = "holds", "fails", "undefined"
"""What a way says of the sentence."""


@dataclass(frozen=True, slots=True)
class CountedWay:
    """What a way says: both values of the pair that decides, and why there may be none.

    Of several pairs that decides which is nearest to failing, or fails most.
    """

    way: Way
    sides: tuple[str, str]
    values: tuple[float, float]
    verdict: str
    reason: Note | str = ""


def claim(
    order: ClaimedOrder,
    codings: Mapping[str, Dataset],
    *,
    copied: pd.DataFrame | None = None,
    boilerplate: str = "",
) -> Table:
    """A row for each way to count, with both values and whether the sentence holds.

    `codings` are those of the rules and, where people reviewed them, those that are left; the
    first is what is asked. First every combination of

    codings        by rules, or after review
    counted_in     passages as coded; clauses, sentences, paragraphs or sections with the code
    counted_as     references for every 1,000 Han, their number, percent of the units, of the
                   units in scope, of the dimension's references, or of the documents with it;
                   or the mean of the documents' rates
    with_headings  left out or counted
    boilerplate, copied, copies  counted or left out: units that carry `boilerplate`, units that
                   are `copied`, documents that are copies of another

    (Steegen et al. 2016; Simonsohn, Simmons & Nelson 2020), as far as they differ here. Then, in
    the usual way and each that differs from it in one choice, without each rule, term and
    document that the claim's codings depend on. Columns: these, `kind` and `left_out`, both sides
    with their values, `gap` and `ratio`, the `verdict` with its `reason`, and in how many
    `departures` the way differs from the usual one.

    What is compared are values as counted: it is no test. Where one is undefined, so is the
    verdict. Units of another size are told by the place of the stored evidence.
    """
    variants = ClaimVariants.of(order, codings, copied=copied, boilerplate=boilerplate)
    options = _options(variants)
    usual = usual_way(options)
    ways = crossed_ways(options)
    counted = [_counted(order, variants.standing(way).whole, way, variants.masks(way))
               for way in ways]  # fmt: skip
    near = [way for way in one_step(ways, usual) if way.counted_in not in ("clause", "sentence")]
    counted += _left_out(order, variants, near)
    grouped = variants.standing(usual).grouped
    return Table(
        "claim",
        _frame(counted, usual),
        (*dict.fromkeys([*grouped.data.notes, *grouped.notes]), *_notes(variants, options)),
        {**grouped.data.basis, **grouped.basis(), "claim": order.sentence,
         "boilerplate_code": boilerplate if variants.has_boilerplate else ""},
    )  # fmt: skip


def _options(variants: ClaimVariants) -> dict[str, list[str]]:
    """The options of each choice that differ here, the usual way's first."""
    options = variants.options()
    many = min(_documents(variants))
    order = variants.order
    dimensions = {code.partition("/")[0] for code in order.codes}
    tops = any("/" not in code for code in order.codes) and not len(variants.asked.tree.flat) > 1
    shares = [DIMENSION] * (not tops and not (order.one_group and len(dimensions) == 1))
    if order.one_group:  # the same denominators on both sides
        as_ = [NUMBER, *shares]
    else:
        as_ = [RATE, NUMBER, UNITS, *[IN_SCOPE_UNITS] * variants.bound, *shares]
    as_ += [MEAN_RATE, DOCUMENTS] * (many > 1)
    found = {**options, "counted_as": as_}
    return {name: found[name] for name in CHOICES}


def _documents(variants: ClaimVariants) -> list[int]:
    """How many documents each side has."""
    cases = variants.usual.cases
    return [cases["document"][side.of(cases)].nunique() for side in variants.order.sides]


def _counted(
    order: ClaimedOrder, amounts: CaseAmounts, way: Way, sides: Sequence[Mask]
) -> CountedWay:
    codes = {code: at for at, code in enumerate(order.codes)}
    values = [
        amounts.value(way.counted_as, mask, codes[side.code])
        for side, mask in zip(order.sides, sides, strict=True)
    ]
    # Of a comparison with all others, those that have nothing to count are none.
    pairs = [
        (a, b)
        for a, b in order.pairs
        if order.order in "<>" or not np.isnan(values[b]) or len(order.pairs) == 1
    ] or order.pairs[:1]
    gaps = [order.sign * _gap(values[a], values[b]) for a, b in pairs]
    undefined = [at for at, gap in enumerate(gaps) if np.isnan(gap)]
    at = undefined[0] if undefined else int(np.argmin(gaps))
    a, b = pairs[at]
    empty = [side for side in (a, b) if np.isnan(values[side])]
    return CountedWay(
        way,
        (order.sides[a].name, order.sides[b].name),
        (values[a], values[b]),
        UNDEFINED if empty else HOLDS if gaps[at] > 0 else FAILS,
        _reason(way, order.sides[empty[0]].name, sides[empty[0]]) if empty else "",
    )


def _gap(one: float, other: float) -> float:
    """How much the one is above the other; what the last digit alone parts is equal."""
    return 0.0 if np.isclose(one, other, rtol=1e-12, atol=0) else one - other


def _reason(way: Way, name: str, mask: Mask) -> Note:
    if not mask.any():
        return Note(f"no document of {name} is left", zh=f"{name}已无文件")
    if way.counted_as in (MEAN_RATE, DOCUMENTS):
        return Note(
            f"{name} has fewer than two documents with text", zh=f"{name}有正文的文件不足两份"
        )
    if way.counted_as == DIMENSION:
        return Note(f"{name} has no reference of the dimension", zh=f"{name}没有该维度的参考点")
    return Note(f"{name} has nothing to divide by", zh=f"{name}没有可作分母的数量")


# -- leaving out -------------------------------------------------------------------


def _left_out(
    order: ClaimedOrder, variants: ClaimVariants, ways: Sequence[Way]
) -> Iterator[CountedWay]:
    """Each way without each rule, term and document."""
    whole: dict[int, tuple[CaseAmounts, list[tuple[str, str, CaseAmounts]]]] = {}
    for way in ways:
        stands = variants.standing(way)
        if id(stands) not in whole:
            whole[id(stands)] = (
                stands.whole,
                [
                    (kind, name, stands.amounts(~fallen))
                    for kind, name, fallen in _fallen(stands.grouped, stands.codes.tolist())
                ],
            )
        amounts, without = whole[id(stands)]
        sides = variants.masks(way)
        for kind, name, less in without:
            yield _counted(order, less, way.without(kind, name), sides)
        documents = document_names(stands.grouped, "document")
        anywhere = np.logical_or.reduce(sides)
        for name in dict.fromkeys(documents[anywhere].tolist()):
            rest = documents != name
            yield _counted(
                order, amounts, way.without("document", name), [mask & rest for mask in sides]
            )


def _fallen(grouped: Grouped, codes: Sequence[int]) -> Iterator[tuple[str, str, Mask]]:
    """Each rule and term that codings of these codes depend on, and all that fall without it."""
    asked = np.isin(
        grouped.code,
        [one for code in codes for one in grouped.tree.below(grouped.tree.paths[code])],
    )
    depending: dict[str, Pairs] = {"rule": on_rules(grouped), "term": on_terms(grouped)}
    for kind, (position, thing, names) in depending.items():
        for at in np.unique(thing[asked[position]]).tolist():
            fallen = np.zeros(len(grouped.code), dtype=bool)
            fallen[position[thing == at]] = True
            yield kind, names[at], fallen


# -- the table ---------------------------------------------------------------------


def _frame(counted: Sequence[CountedWay], usual: Way) -> pd.DataFrame:
    told = pd.DataFrame([one.way.told() for one in counted])
    left, right = (np.array([one.values[at] for one in counted]) for at in (0, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(right > 0, left / np.where(right > 0, right, 1), np.nan)
    return told.assign(
        side_a=[one.sides[0] for one in counted],
        value_a=left,
        side_b=[one.sides[1] for one in counted],
        value_b=right,
        gap=[_gap(*one.values) for one in counted],
        ratio=ratio,
        verdict=[one.verdict for one in counted],
        reason=pd.Series([one.reason for one in counted], dtype=object),
        departures=[len(one.way.departures(usual)) + bool(one.way.kind) for one in counted],
    )


def _notes(variants: ClaimVariants, options: Mapping[str, Sequence[str]]) -> Iterator[Note]:
    yield Note(
        "The values are compared as counted: a way in which the sentence holds is no test, and "
        "the difference may be small.",
        zh="此处比较的是计数结果本身：某种计法下成立不等于通过检验，差距可能很小。",
    )
    if len(options["counted_in"]) > 1:
        yield Note(
            "Units of another size are told by where the stored evidence stands; nothing is coded "
            "anew. A rule that asks for several words in one unit might find less in clauses.",
            zh="其他大小的单元按已存依据所在位置换算，并未重新编码；要求同一单元内有多个词语的"
            "规则，按分句编码所得可能更少。",
        )
    yield Note(
        "A rule, term or document is left out where units stand as coded, in the usual way and in "
        "each that differs from it in one choice. What a shorter wording or another rule would "
        "then find is not looked for.",
        zh="规则、词语或文件的去除，在通常计法和只改一项选择的计法中逐一进行（分句、句除外）；"
        "去除后较短的词语或其他规则可能另有所得，未重新查找。",
    )
    if variants.order.one_group:
        yield Note(
            "Both sides are of the same documents and have the same denominators: rates by length "
            "and by units order them as their number does, and are no ways of their own.",
            zh="两侧为同一批文件，分母相同：按字数、按单元的比率与次数的大小次序一致，不另计。",
        )
    elif len(few := sorted({*_documents(variants)})) and few[0] < 2:
        yield Note(
            "A side has one document: the share of documents and the mean of their rates are not "
            "among the ways.",
            zh="有一侧只有一份文件：未以文件占比和各文件频次之均值计数。",
        )
