"""What is said of each stage and layer: strength, promise, deficit, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.crossing import Side, sides
from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.incidence import Incidence, cooccurrence_counts, incidence
from wenma.queries.table import Note, Table, nearest
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.score_intervals import FEW, NORMAL_95, score_limits

JUDGEMENTS = ("strength", "emerging", "mixed", "deficit", "promise", "not stated", "few")
"""What a cell can be; few where there is too little to say."""


def assessment(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    rows: Annotated[Sequence[str], "a code (the codes under it), several codes, or level:2"] = (),
    columns: Annotated[Sequence[str], "the same, for the columns"] = (),
    achievement: Annotated[str, "the code of what is achieved"] = "stance/achievement",
    emerging: Annotated[str, "its child: what has only begun"] = "stance/achievement/emerging",
    commitment: Annotated[str, "the code of what is promised"] = "stance/commitment",
    deficit: Annotated[str, "the code of what is lacking"] = "stance/deficit",
    under: Annotated[str | None, "only under a heading that holds these words, as 4.4"] = None,
    min_count: Annotated[
        str | int, "fewer statements, on the present or of promises, judge nothing"
    ] = 1,
    present: Annotated[str | float, "share that must speak of the present"] = "1/10",
    clear: Annotated[str | float, "share that makes a strength or a deficit clear"] = "2/3",
    at_least: Annotated[str | int, "statements a judgement needs; fewer are too few to say"] = FEW,
) -> Table:
    """Strength, promise or deficit of each stage and layer, and the units that say so.

    A row for each cell. Of the `units` that carry both codes (as in `matrix`),
    so many carry the code of an `achievement`, a `commitment`, a `deficit`,
    each with the codes under it; `emerging` are among the achievements. By these statements alone
    a cell has its `tendency`:

    not stated  fewer than `min_count` achievements and deficits, and fewer than `min_count`
                promises; an empty cell stays empty
    promise     achievements and deficits together are fewer than `min_count`, or less than
                `present` of the statements
    strength    of achievements and deficits, at least `clear` are achievements
    emerging    the same, and at least `clear` of the achievements are emerging ones
    deficit     of achievements and deficits, at least `clear` are deficits
    mixed       any other

    Its `judgement` is the tendency where that is sure, else few (too few to say): where fewer than
    `at_least` statements decide (achievements and deficits, for a promise all), or the 95 %
    interval of a share (Wilson's, of sentences) does not lie on its side of `present` or `clear`.

    What is promised says nothing of how things are, so that few words on the
    present outweigh many promises. The judgement is the text's own: a plan
    that keeps silent on a weakness has none here. A sentence that speaks of
    several stages and layers counts in each cell it could mean. `rests_on` are the statements
    that speak for the tendency: a note names the cells that rest on one.
    """
    needed = whole_number("at_least", at_least, minimum=1)
    least_statements = whole_number("min_count", min_count, minimum=1)
    shares = _share("present", present, lowest=Fraction(0)), _share("clear", clear, lowest=_HALF)
    if under is not None:
        data = data.under(under)
    grouped = data.grouped("assessment", by=by, headings=headings)
    dimensions = {path.partition("/")[0] for path in (achievement, commitment, deficit)}
    down, across, chosen = sides(data, rows, columns, but=dimensions)
    row_codes, column_codes = _codes_of(down), _codes_of(across)
    stances = {"achievement": achievement, "commitment": commitment, "deficit": deficit}
    if data.codes is not None:  # without them, a code nobody was given is not known to be missing
        _check(grouped, stances)
    standing, notes = incidence(grouped, aggregate=True)
    shape = (len(grouped.groups), len(row_codes), len(column_codes))
    group, row, column = (axis.ravel() for axis in np.indices(shape))

    def units(stance: str | None = None) -> Integers:
        among = standing if stance is None else _among(standing, grouped.tree.at.get(stance, -1))
        return cooccurrence_counts(among, row_codes, column_codes).both(group, row, column)

    counts = {name: units(path) for name, path in stances.items()}
    begun = units(emerging)
    tendency = _tendency(counts, begun, least_statements, *shares)
    judged = np.where(_sure(tendency, counts, begun, needed, *map(float, shares)), tendency, "few")
    rests_on = _rests_on(tendency, counts)
    known = emerging in grouped.tree.at or data.codes is None
    paths = np.array(grouped.tree.paths, dtype=object)
    return grouped.table(
        {
            "code": paths[row_codes[row]],
            "code_b": paths[column_codes[column]],
            "judgement": judged,
            "tendency": tendency,
            "rests_on": rests_on,
            "units": units(),
            "achievement": counts["achievement"],
            "emerging": begun if known else np.full(len(begun), np.nan),
            "commitment": counts["commitment"],
            "deficit": counts["deficit"],
        },
        group=group,
        notes=[
            *chosen,
            *notes,
            _rule(least_statements, *shares),
            *_too_few(int((judged == "few").sum()), needed),
            *_on_one(int((rests_on == 1).sum())),
            *([] if known else [_without(emerging)]),
        ],
        basis={
            "rows": str(down),
            "columns": str(across),
            "window": "unit",
            **({"under": under} if under is not None else {}),
        },
        also={**stances, **({"emerging": emerging} if known else {})},
    )


_HALF = Fraction(1, 2)


def _codes_of(side: Side) -> Integers:
    if side.codes is None:
        raise QueryError(
            f"cells of an assessment are of codes, and {side} is an attribute",
            cure=f"Break the table down by it: --by {' '.join(side.named)}",
            zh=f"评定的行列须是编码，{side} 是属性。请用 --by 按它分组。",
        )
    return side.codes


def _tendency(
    counts: Mapping[str, Integers], begun: Integers, least: int, present: Fraction, clear: Fraction
) -> NDArray[np.object_]:
    achieved, lacking = counts["achievement"], counts["deficit"]
    now = achieved + lacking
    statements = now + counts["commitment"]
    strong = _reaches(achieved, clear, now)
    # From the last to the first: each line overrules those before it.
    judged = np.full(len(now), "mixed", dtype=object)
    judged[_reaches(lacking, clear, now)] = "deficit"
    judged[strong] = "strength"
    judged[strong & _reaches(begun, clear, achieved)] = "emerging"
    judged[~_reaches(now, present, statements) | (now < least)] = "promise"
    judged[(now < least) & (counts["commitment"] < least)] = "not stated"
    return judged


def _sure(
    tendency: NDArray[np.object_],
    counts: Mapping[str, Integers],
    begun: Integers,
    needed: int,
    present: float,
    clear: float,
) -> NDArray[np.bool_]:
    """Which tendencies rest on enough statements, and on shares that are surely on their side.

    Nothing is said of a cell without statements, so that silence is always sure.
    """
    achieved, lacking = counts["achievement"], counts["deficit"]
    now = achieved + lacking
    statements = now + counts["commitment"]
    strong, weak, begin = _within(achieved, now), _within(lacking, now), _within(begun, achieved)
    tells = _within(now, statements)
    present_told = (now >= needed) & (tells[0] >= present)
    kinds = {
        "strength": present_told & (strong[0] >= clear) & (begin[1] < clear),
        "emerging": present_told & (strong[0] >= clear) & (begin[0] >= clear),
        "deficit": present_told & (weak[0] >= clear),
        "mixed": present_told & (strong[1] < clear) & (weak[1] < clear),
        # With nothing asked of the present, only its absence makes a promise.
        "promise": (statements >= needed) & ((tells[1] < present) | (present == 0)),
        "not stated": np.ones(len(now), dtype=bool),
    }
    found = [(tendency == name) & sure for name, sure in kinds.items()]
    return np.asarray(np.logical_or.reduce(found), dtype=bool)


def _within(part: Integers, whole: Integers) -> tuple[Floats, Floats]:
    """Wilson's limits of each share; from 0 to 1 where there is nothing to share."""
    size = np.where(whole > 0, whole, 1).astype(np.float64)
    low, high = score_limits(part / size, size, NORMAL_95)
    return np.where(whole > 0, low, 0.0), np.where(whole > 0, high, 1.0)


def _rests_on(tendency: NDArray[np.object_], counts: Mapping[str, Integers]) -> Integers:
    """How many statements speak for each tendency."""
    achieved, lacking = counts["achievement"], counts["deficit"]
    speak = {
        "strength": achieved,
        "emerging": achieved,
        "mixed": achieved + lacking,
        "deficit": lacking,
        "promise": counts["commitment"],
    }
    found = np.zeros(len(tendency), dtype=np.int64)
    for name, number in speak.items():
        found[tendency == name] = number[tendency == name]
    return found


def _reaches(part: Integers, share: Fraction, whole: Integers) -> NDArray[np.bool_]:
    """Is a part at least this share of the whole? In whole numbers, so that 2 of 3 are 2/3."""
    return np.asarray(part * share.denominator >= whole * share.numerator)


def _among(standing: Incidence, code: int) -> Incidence:
    """The units that carry a code, with all they carry."""
    carries = np.zeros(standing.units, dtype=bool)
    carries[standing.unit[standing.code == code]] = True
    carry = carries[standing.unit]
    return replace(
        standing,
        unit=standing.unit[carry],
        code=standing.code[carry],
        group=standing.group[carry],
    )


def _check(grouped: Grouped, stances: Mapping[str, str]) -> None:
    for option, path in stances.items():
        if path not in grouped.tree.at:
            raise QueryError(
                f'the codebook has no code "{path}" for the {option}',
                cure=f"Name its own with --{option} CODE. {nearest(path, grouped.tree.paths)}",
                zh=f"编码本中没有编码“{path}”（{option}）。请用 --{option} 写它自己的编码。",
            )


def _share(option: str, share: str | float, *, lowest: Fraction) -> Fraction:
    try:
        # By way of the text: 0.1 is a tenth here, whatever the machine makes of it.
        found = Fraction(str(share)).limit_denominator(10_000)
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not lowest <= found <= 1 or found == _HALF == lowest:
        above = "above 1/2" if lowest else "from 0"
        raise QueryError(
            f'{option} is "{share}"',
            cure=f"Give a share {above} to 1, as 2/3 or 0.7",
            zh=f"{option} 不能是“{share}”，应为至多 1 的份额，如 2/3 或 0.7。",
        )
    return found


def _rule(least: int, present: Fraction, clear: Fraction) -> Note:
    return Note(
        f"Judged by the units with a stance: promise where fewer than {least} or less than "
        f"{present} of them tell of the present, not stated where promises are fewer too; "
        f"strength or deficit where at least {clear} of those that do agree, and mixed otherwise; "
        "emerging where as many of the achievements have only begun. "
        "Drawn cells show the units with achievement/commitment/deficit.",
        zh=f"按带立场的单元评定：说到现状（成效、短板）的不足 {least} 个或不到 {present} 为承诺，"
        f"承诺也不足 {least} 个为未述；"
        f"其中至少 {clear} 同为成效或短板，即为成效或短板，否则为兼有；"
        f"成效中至少 {clear} 只是初步的，为初步成效。"
        "格中三数依次为成效、承诺、短板单元数。",
    )


def _too_few(cells: int, needed: int) -> list[Note]:
    return [
        Note(
            f"Too few to say in {cells} cells: fewer than {needed} statements decide, or the 95 % "
            "interval of a share (Wilson's, each sentence a draw) crosses its threshold. The "
            "tendency says how the statements there are stand.",
            zh=f"{cells} 格太少，无法判断：所据不足 {needed} 个单元，或占比的 95% 区间"
            "（Wilson，逐句计）跨过阈值。“倾向”一栏只述现有各句如何。",
        )
    ] * bool(cells)


def _on_one(cells: int) -> list[Note]:
    return [
        Note(
            f"{cells} tendencies rest on a single sentence: read it before you speak of them.",
            zh=f"有 {cells} 格的倾向只依据一个句子，引用前请核对原文。",
        )
    ] * bool(cells)


def _without(emerging: str) -> Note:
    return Note(
        f'The codebook has no code "{emerging}": no strength is called emerging.',
        zh=f"编码本没有编码 {emerging}：不区分初步成效。",
    )
