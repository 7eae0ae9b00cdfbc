"""The codings of one coder on one document as a block of numbers, to be counted without SQL.

A block is a matrix of little-endian 32-bit integers, a row a coding in order of place, with
the columns named in `COLUMNS`. `code` and `rules` are numbers in the project's table `term`.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter

from sqlalchemy import Connection, select, text

from wenma.records import Coding, Evidence, Unit
from wenma.store import schema

COLUMNS = "unit start end code heading section paragraph ordinal anchor rules".split()
"""What the columns of a block are.

heading    1 where the coding stands in a heading
section    number in the document, -1 where there is none; so is `paragraph`
ordinal    the unit's number when headings are not counted
anchor     where the first word of its evidence begins, inside the coding
rules      the rules that fired, joined with "; "
"""

SCOPE_COLUMNS = "unit start end heading section paragraph ordinal".split()
"""What is kept of each unit in scope, as a matrix of the same kind."""
BlockRow = tuple[int, int, int, str, int, int, int, int, int, str]
"""A row of a block before its texts are numbers."""
_CODE, _RULES = itemgetter(COLUMNS.index("code")), itemgetter(COLUMNS.index("rules"))


def rule_list(evidence: Iterable[Evidence]) -> str:
    """The rules that fired, each once, in the order of the text.

    >>> rule_list([Evidence("must", 2, 4), Evidence("must", 8, 10), Evidence("doing", 12, 14)])
    'must; doing'
    """
    return "; ".join(dict.fromkeys(one.rule for one in evidence))


def anchor(start: int, end: int, evidence: Iterable[Evidence]) -> int:
    """Where the first word of the evidence begins that lies inside the span; else its start.

    >>> anchor(10, 20, [Evidence("heading", 2, 4), Evidence("must", 13, 15)])
    13
    """
    return next((one.start for one in evidence if start <= one.start < end), start)


def block_rows(units: Sequence[Unit], codings: Iterable[Coding]) -> list[BlockRow]:
    """A row for each coding, in the order given, its texts not yet numbers.

    A coding outside every unit has the ordinal of its number, as if no heading came before it.
    """
    headings = [unit.number for unit in units if unit.kind == "heading"]
    by_number = {unit.number: unit for unit in units}
    rows: list[BlockRow] = []
    for one in codings:
        unit = by_number.get(one.unit)
        rows.append(
            (
                one.unit,
                one.start,
                one.end,
                one.code,
                int(unit is not None and unit.kind == "heading"),
                -1 if unit is None else unit.section,
                -1 if unit is None else unit.paragraph,
                one.unit - bisect_left(headings, one.unit),
                anchor(one.start, one.end, one.evidence),
                rule_list(one.evidence),
            )
        )
    return rows


def packed_spans(codings: Sequence[Coding]) -> bytes:
    """Where the evidence of these codings stands, in the order of their block.

    How many stretches each has; then where each of all these begins; then where it ends.
    """
    ordered = [one.evidence for one in sorted(codings, key=_place)]
    numbers = array("i", map(len, ordered))
    numbers.extend(span.start for spans in ordered for span in spans)
    numbers.extend(span.end for spans in ordered for span in spans)
    return _little_endian(numbers)


def packed_scope(units: Sequence[Unit], in_scope: Collection[int]) -> bytes:
    """The units of these numbers as a matrix, its columns as in `SCOPE_COLUMNS`."""
    inside = {*in_scope}
    numbers = array("i")
    headings = 0
    for number, start, end, kind, section, paragraph in units:
        heading = kind == "heading"
        if number in inside:
            places = (number, start, end, int(heading), section, paragraph, number - headings)
            numbers.extend(places)
        headings += heading
    return _little_endian(numbers)


def packed_block(connection: Connection, units: Sequence[Unit], codings: Sequence[Coding]) -> bytes:
    """The block of codings given in the order of their ids; new texts become terms."""
    rows = block_rows(units, sorted(codings, key=_place))
    terms = _terms(connection, {*map(_CODE, rows), *map(_RULES, rows)})
    numbers = array("i")
    for unit, start, end, code, *places, rules in rows:
        numbers.extend((unit, start, end, terms[code], *places, terms[rules]))
    return _little_endian(numbers)


def _place(coding: Coding) -> tuple[int, int]:
    return coding.start, coding.end


def _little_endian(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _terms(connection: Connection, texts: set[str]) -> Mapping[str, int]:
    """Text → its number in the project, given to those that had none."""
    table = schema.term
    asked = select(table.c.text, table.c.id).where(table.c.text.in_(sorted(texts)))
    known = {row.text: row.id for row in connection.execute(asked)}
    new = [{"text": one} for one in sorted(texts - known.keys())]
    if new:
        # Another run may be adding the same text just now.
        add = text("INSERT INTO term (text) VALUES (:text) ON CONFLICT DO NOTHING")
        connection.execute(add, new)
        known = {row.text: row.id for row in connection.execute(asked)}
    return known
