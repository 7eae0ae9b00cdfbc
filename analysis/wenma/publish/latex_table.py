"""Tables as papers print them, in LaTeX: booktabs, with the notes under the table."""

from collections.abc import Iterator, Sequence

from wenma.publish.cross_layout import FIGURE_SPACE
from wenma.publish.docx_table import below, panel_titles
from wenma.publish.panels import (
    FULL,
    SMALL,
    SMALLEST,
    MeasuredPanel,
    fitted_for_paper,
    heading_lines,
)
from wenma.publish.printed_table import PrintedTable

LONG = 40
"""Rows beyond which a table goes on over pages."""

_TYPE = {FULL: r"\normalsize", SMALL: r"\small", SMALLEST: r"\footnotesize"}
"""The size of the type, beside a text of ten and a half points."""

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        # Behind the end of a line these would be read as options of it.
        "[": "{[}",
        "]": "{]}",
        "*": "{*}",
        "φ": r"$\varphi$",
        "²": r"\textsuperscript{2}",
        FIGURE_SPACE: r"\phantom{0}",
        "\n": " ",
        "\r": " ",
        "\t": " ",
    }
)


def tex_text(printed: PrintedTable) -> str:
    """The table as LaTeX to put into a paper: one table environment for each panel.

    Needs booktabs, threeparttable, array, longtable and caption, and for
    Chinese xeCJK or ctex; the first lines say so. Every character LaTeX would
    take for a command is escaped.
    """
    laid = fitted_for_paper(printed)
    lines = [
        r"% \usepackage{booktabs,threeparttable,array,longtable,caption}",
        r"% Chinese: compile with xelatex and \usepackage{xeCJK}, or \documentclass{ctexart}.",
        *[r"% Wide: \usepackage{pdflscape} and put it into \begin{landscape}…\end{landscape}."]
        * laid.landscape,
        rf"\setcounter{{table}}{{{(printed.number or 1) - 1}}}",
    ]
    for at, one in enumerate(laid.panels):
        continued = one.panel.continued
        last = at == len(laid.panels) - 1
        lines += [
            "",
            *[r"\addtocounter{table}{-1}"] * continued,
            *_environment(
                one,
                caption=_caption(list(panel_titles(printed, one.panel)), continued=continued),
                label=f"tab:{printed.name}" + (f"-{at + 1}" if at else ""),
                notes=[escaped(words) for words in below(printed)] if last else [],
                room=laid.room,
                type_=_TYPE[laid.size],
            ),
        ]
    return "\n".join([*lines, ""])


def _caption(titles: list[str], *, continued: bool) -> str:
    r"""What stands in \caption: the title, in Chinese with the English one on a line below it."""
    first, *second = map(escaped, titles)
    if not second:
        return rf"\caption{{{first}{' (continued)' * continued}}}"
    more = r"\ (continued)" * continued
    below = rf"Table~\thetable{more}\quad {second[0]}"
    # The list of tables has room for one line.
    return rf"\caption[{first}]{{{first}{'（续）' * continued}\\ {below}}}"


def escaped(text: str) -> str:
    r"""The text with nothing in it that LaTeX would take for a command.

    >>> print(escaped(r"50 % of R&D_{x} \input"))
    50 \% of R\&D\_\{x\} \textbackslash{}input
    """
    return text.translate(_ESCAPED)


def _environment(
    measured: MeasuredPanel, *, caption: str, label: str, notes: list[str], room: float, type_: str
) -> Iterator[str]:
    panel, widths = measured.panel, measured.widths(room)
    columns = "".join(_columns(measured, widths))
    head = " & ".join(
        _heading(one.heading, wide, one.numeric)
        for one, wide in zip(panel.columns, widths, strict=True)
    )
    # caption sets a title of one line in a box of its own, which cannot hold two.
    setup = r"\captionsetup{singlelinecheck=false,justification=centering}"
    rows = [
        r"\quad" * row[0].depth
        + " " * bool(row[0].depth)
        + " & ".join(escaped(cell.words) for cell in row)
        + r" \\"
        for row in panel.rows
    ]
    if len(rows) > LONG:
        yield from (r"\begingroup", setup, type_)
        yield rf"\begin{{longtable}}{{{columns}}}"
        yield rf"{caption}\label{{{label}}} \\"
        yield from (r"\toprule", rf"{head} \\", r"\midrule", r"\endfirsthead")
        yield from (r"\toprule", rf"{head} \\", r"\midrule", r"\endhead")
        yield from (r"\bottomrule", r"\endlastfoot")
        yield from rows
        yield from (r"\end{longtable}", r"\endgroup")
        yield from (rf"{{\footnotesize {note}\par}}" for note in notes)
        return
    yield r"\begin{table}[htbp]"
    yield from (r"\centering", setup, type_, r"\begin{threeparttable}")
    yield from (caption, rf"\label{{{label}}}")
    yield from (rf"\begin{{tabular}}{{{columns}}}", r"\toprule", rf"{head} \\", r"\midrule")
    yield from rows
    yield from (r"\bottomrule", r"\end{tabular}")
    if notes:
        yield r"\begin{tablenotes}[flushleft]\footnotesize"
        yield from (rf"\item {note}" for note in notes)
        yield r"\end{tablenotes}"
    yield from (r"\end{threeparttable}", r"\end{table}")


def _heading(words: str, wide: float, numeric: bool) -> str:
    """A heading over its column, in as many lines as it needs."""
    lines = [escaped(line) for line in heading_lines(words, wide - 1)]
    side = "r" if numeric else "l"
    if len(lines) > 1:
        return rf"\shortstack[{side}]{{" + r"\\".join(lines) + "}"
    return rf"\multicolumn{{1}}{{r}}{{{lines[0]}}}" if numeric else lines[0]


def _columns(measured: MeasuredPanel, widths: Sequence[float]) -> Iterator[str]:
    """Numbers to the right, text to the left; a long text breaks its lines."""
    for one, wide, need in zip(measured.panel.columns, widths, measured.needs, strict=True):
        if one.numeric:
            yield "r"
        elif need.natural > need.least:
            yield rf">{{\raggedright\arraybackslash}}p{{{wide:.1f}em}}"
        else:
            yield "l"
