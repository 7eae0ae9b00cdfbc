"""Words in their lines, one under the other."""

import re

from wenma.publish.labels import Language, basis_line, notes
from wenma.publish.markdown_table import display_width
from wenma.queries.table import Table


def concordance_lines(table: Table, *, language: Language = "zh") -> str:
    """A `kwic` table as lines with the hits in one column, notes and basis under them.

    Han characters take two columns. Spaces and line ends of the text become
    one space, and signs that would move a terminal's cursor are left out.
    """
    shown = ["group"] if "group" in table.frame else []
    rows = [
        [_plain(str(cell)) for cell in row]
        for row in table.frame[[*shown, "left", "hit", "right", "document", "section"]].values
    ]
    sides = [_widest(rows, len(shown) + at) for at in (0, 2)]
    lines = []
    for *group, left, hit, right, document, section in rows:
        place = " › ".join(filter(None, (*group, document, section)))
        lines.append(
            f"{' ' * (sides[0] - display_width(left))}{left} [{hit}] "
            f"{right}{' ' * (sides[1] - display_width(right))}  {place}"
        )
    said = [f"- {_plain(note)}" for note in notes(table, language=language)]
    below = _plain(basis_line(table, language=language))
    return "\n".join([*lines, *[""] * bool(lines), *said, *[""] * bool(said), below, ""])


def _widest(rows: list[list[str]], column: int) -> int:
    return max((display_width(row[column]) for row in rows), default=0)


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "", re.sub(r"\s+", " ", text))
