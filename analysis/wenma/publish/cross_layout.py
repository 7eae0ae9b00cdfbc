"""Answers of codes by groups, or by other codes, as cross tables."""

from collections.abc import Iterator, Mapping, Sequence

from wenma.publish.columns import number_text
from wenma.publish.labels import NAMELESS, Language, fixed_word, heading
from wenma.publish.list_layout import Link, depths
from wenma.publish.printed_table import Cell, Panel, panel_of
from wenma.queries.table import Table
from wenma.records import Bilingual

CROSSED = ("matrix", "assessment", "confusion_matrix")
"""The questions whose answers are cross tables."""
FIGURE_SPACE = "\u2007"
"""A blank as wide as a digit: it keeps the points of percentages under each other."""
CELLS_OF_MATRIX = Bilingual(
    "格中为单元数（占表总数 %），其下为期望数（行、列独立时）。",
    "Cells: units (% of the table); under them the number expected if rows and columns were "
    "independent.",
)
"""What stands in the cells of a matrix."""

_UNDEFINED = "—"
_SUM = Bilingual("合计", "Sum")
_STANCES = ("achievement", "commitment", "deficit")


def crossed(
    table: Table, *, names: Mapping[str, str], language: Language, link: Link | None = None
) -> Iterator[Panel]:
    """A `matrix` or an `assessment`: codes down, codes or groups across; a panel for each group.

    A matrix has sums at its edges, and under each line the numbers expected, and those that rest
    on the same characters. A cell of an assessment says its judgement and, where there are any,
    the units with achievements, commitments and deficits.
    """
    frame = table.frame
    nameless = NAMELESS.in_language(language)
    first, across = _sides(table)
    apart = across == "code_b" and "group" in frame
    codes, others = frame[first].tolist(), frame[across].tolist()
    groups = frame["group"].tolist() if apart else [""] * len(frame)
    if "pair" in frame:
        pairs = frame["pair"].tolist()
        groups = [" · ".join(filter(None, both)) for both in zip(groups, pairs, strict=True)]
        apart = True
    for group in dict.fromkeys(groups) if apart else [""]:
        places = [at for at, one in enumerate(groups) if one == group]
        spots = {(codes[at], others[at]): at for at in places}
        down, over = (list(dict.fromkeys(one[at] for at in places)) for one in (codes, others))
        lines = [[spots[row, column] for column in over] for row in down]
        labels = [
            _code(path, names, language=language)
            if first == "code"
            else Cell(path or nameless, role="head")
            for path in down
        ]
        head = ["", *(_called(str(one), names, language) or nameless for one in over)]
        if "judgement" in frame:
            rows = [
                (name, *(_judgement(table, at, language, link) for at in line))
                for name, line in zip(labels, lines, strict=True)
            ]
        else:
            head.append(_SUM.in_language(language))
            rows = list(_with_sums(table, labels, lines, language, link))
        yield panel_of(head, rows, (group or nameless) if apart else "")


def _sides(table: Table) -> tuple[str, str]:
    """The columns whose values stand down and across."""
    frame = table.frame
    if "group_b" in frame:
        return "group", "group_b"
    if "code_b" in frame:
        return "code", "code_b"
    rows_are_groups = table.basis.get("rows") == "; ".join(table.attributes)
    return ("group", "code") if rows_are_groups else ("code", "group")


def side_by_side(
    table: Table,
    count: str,
    percent: str,
    *,
    below: str,
    names: Mapping[str, str],
    language: Language,
) -> Panel:
    """Codes down, groups across: count and percentage in a cell, the denominators `below`.

    Where percentages are of each dimension's references, these have a line too.
    """
    frame = table.frame
    groups, paths = (list(dict.fromkeys(frame[one])) for one in ("group", "code"))
    pairs = dict(
        zip(
            zip(frame["group"], frame["code"], strict=True),
            zip(frame[count], frame[percent], strict=True),
            strict=True,
        )
    )
    columns = [_counted([pairs[group, path] for path in paths], percent) for group in groups]
    rows = [
        (_code(path, names, depth), *line)
        for path, depth, line in zip(paths, depths(paths), zip(*columns, strict=True), strict=True)
    ]
    # No percentage without its n, no ranking of cities without what their counts are divided by.
    for path in [one for one in paths if "/" not in one] if "share_of" in frame else ():
        whole = frame.loc[frame["code"] == path, "share_of"].tolist()
        rows.append((Cell(_whole_of(path, names, language), role="head"),
                     *_numbers(whole, "share_of")))  # fmt: skip
    totals = frame.drop_duplicates("group")[below].tolist()
    rows.append((Cell(heading(below, language=language), role="head"), *_numbers(totals, below)))
    head = [heading("code", language=language)]
    head += [group or NAMELESS.in_language(language) for group in groups]
    return panel_of(head, rows)


def groups_down(
    table: Table,
    value: str,
    *,
    beside: str,
    codes: Sequence[str],
    sizes: Mapping[str, tuple[int, float]],
    names: Mapping[str, str],
    language: Language,
    link: Link | None = None,
) -> Panel:
    """Groups down, codes across: `fixed_word` in each cell, the count `beside` it in brackets.

    `sizes` has each group's documents and countable Han: no comparison of
    cities is printed without its denominators. Shares have the references of
    their dimension, which they are of, before the first of its codes.
    """
    frame = table.frame
    spot = {(g, c): n for n, (g, c) in enumerate(zip(frame["group"], frame["code"], strict=True))}
    # A column of n before the first code of each dimension.
    first = dict[str, str]()
    for code in codes if value == "share" and "share_of" in frame else ():
        first.setdefault(code.partition("/")[0], code)
    begins = {code: dimension for dimension, code in first.items()}
    head = [
        heading("group", language=language, by=table.by),
        *(heading(one, language=language) for one in ("documents", "countable")),
    ]
    for code in codes:
        if code in begins:
            head.append(_whole_of(begins[code], names, language))
        head.append(names.get(code, code))
    rows = []
    for group in dict.fromkeys(frame["group"]):
        documents, countable = sizes.get(group, (0, float("nan")))
        cells = [
            Cell(group or NAMELESS.in_language(language), role="head"),
            *_numbers([documents], "documents"),
            *_numbers([countable], "countable"),
        ]
        for at in (spot[group, code] for code in codes):
            if frame["code"].iloc[at] in begins:
                cells += _numbers([frame["share_of"].iloc[at]], "share_of")
            count = f" ({frame[beside].iloc[at]:,})" if beside else ""
            text = number_text(frame[value].iloc[at], value) + count
            cells.append(Cell(text, _anchor(table, at, link), number=True))
        rows.append(cells)
    return panel_of(head, rows)


def _whole_of(dimension: str, names: Mapping[str, str], language: Language) -> str:
    """What the number is called that a dimension's percentages are of."""
    name = names.get(dimension, dimension)
    return f"{name} n（参考点）" if language == "zh" else f"{name}, n (references)"


def _code(
    path: str, names: Mapping[str, str], depth: int = 0, *, language: Language = "en"
) -> Cell:
    known = path if path in names or "/" in path else ""
    return Cell(_called(path, names, language), small=known, depth=depth, role="head")


def _called(path: str, names: Mapping[str, str], language: Language) -> str:
    return names.get(path) or fixed_word(path, language=language)


def _anchor(table: Table, row: int, link: Link | None, column: str = "") -> str:
    if table.name == "confusion_matrix":  # no question shows where two coders gave these
        return ""
    return link(table.drill_through(row, column)) if link else ""


def _judgement(table: Table, at: int, language: Language, link: Link | None) -> Cell:
    row = table.frame.iloc[at]
    word, anchor = fixed_word(str(row["judgement"]), language=language), _anchor(table, at, link)
    if not any(row[name] for name in _STANCES):
        return Cell(word, anchor)
    counts = tuple((str(int(row[name])), _anchor(table, at, link, name)) for name in _STANCES)
    return Cell(word, anchor, counts=counts)


def _with_sums(
    table: Table,
    labels: Sequence[Cell],
    lines: Sequence[Sequence[int]],
    language: Language,
    link: Link | None,
) -> Iterator[tuple[Cell, ...]]:
    """Each line with its sum, under it the numbers expected and, of codes that meet, those that
    rest on the same characters; at the end the sums of columns."""
    units, percents = (table.frame[one].tolist() for one in ("units", "percent"))
    expected = table.frame["expected"].tolist()
    pairs = [[(units[at], percents[at]) for at in line] for line in lines]
    pairs = [[*line, _summed(line)] for line in pairs]
    if pairs:
        pairs.append([_summed(column) for column in zip(*pairs, strict=True)])
    anchors = [[*(_anchor(table, at, link) for at in line), ""] for line in lines]
    anchors += [[""] * len(line) for line in pairs[len(lines) :]]
    columns = [
        _counted(column, "percent", above)
        for column, above in zip(zip(*pairs, strict=True), zip(*anchors, strict=True), strict=True)
    ]
    last = Cell(_SUM.in_language(language), role="head")
    together = Cell(heading("overlapping", language=language), depth=1, role="expected")
    chance = Cell(heading("expected", language=language), depth=1, role="expected")
    for at, cells in enumerate(zip(*columns, strict=True)):
        yield (labels[at] if at < len(lines) else last, *cells)
        if at < len(lines):
            numbers = _numbers([expected[spot] for spot in lines[at]], "expected")
            yield (chance, *numbers, Cell("", number=True))
            if "overlapping" in table.frame:
                shared = table.frame["overlapping"].iloc[[*lines[at]]].tolist()
                yield (together, *_numbers(shared, "overlapping"), Cell("", number=True))


def _counted(
    pairs: Sequence[tuple[float, float]], percent: str, anchors: Sequence[str] = ()
) -> list[Cell]:
    """Counts with their percentages, the points of the percentages under each other."""
    texts = [
        (number_text(count, "references"), number_text(share, percent)) for count, share in pairs
    ]
    # A dash is as wide as two digits.
    lengths = [len(share) + (share == _UNDEFINED) for _, share in texts]
    wide = max(lengths, default=0)
    return [
        Cell(
            f"{count} {FIGURE_SPACE * (wide - length)}({share})",
            anchor,
            number=True,
            value=pair[0],
        )
        for pair, (count, share), length, anchor in zip(
            pairs, texts, lengths, anchors or [""] * len(pairs), strict=True
        )
    ]


def _numbers(numbers: Sequence[float], column: str) -> list[Cell]:
    return [Cell(number_text(one, column), number=True, value=one) for one in numbers]


def _summed(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(count for count, _ in pairs), sum(share for _, share in pairs)
