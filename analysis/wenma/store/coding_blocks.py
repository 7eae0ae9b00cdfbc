"""The codings of one coder on one document as a block of numbers, to be counted without SQL.

A block is a matrix of little-endian 32-bit integers, a row a coding in order of place, with
the columns named in `COLUMNS`. `code` and `rules` are numbers in the project's table `term`.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
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


def packed_block(connection: Connection, units: Sequence[Unit], codings: Sequence[Coding]) -> bytes:
    """The block of codings given in the order of their ids; new texts become terms."""
    rows = block_rows(units, sorted(codings, key=lambda one: (one.start, one.end)))
    terms = _terms(connection, {*map(_CODE, rows), *map(_RULES, rows)})
    numbers = array("i")
    for unit, start, end, code, *places, rules in rows:
        numbers.extend((unit, start, end, terms[code], *places, terms[rules]))
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
