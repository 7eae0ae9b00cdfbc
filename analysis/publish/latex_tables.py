"""Tables as papers print them, in LaTeX: booktabs, with the notes under the table."""

from collections.abc import Iterator

import pandas as pd

from analysis.publish.labels import Language
from analysis.publish.paper_layout import FIGURE_SPACE, LANDSCAPE, PORTRAIT, Panel, paper
from analysis.publish.paper_tables import below
from analysis.queries.table import Table

LONG = 40
"""Rows beyond which a table goes on over pages."""

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


def tex_text(
    table: Table,
    *,
    codes: pd.DataFrame | None = None,
    language: Language = "zh",
    number: int = 1,
    caption: str | None = None,
) -> str:
    """The table as LaTeX to put into a paper: one table environment for each panel.

    Needs booktabs, threeparttable, array, longtable and caption, and for
    Chinese xeCJK or ctex; the first lines say so. Every character LaTeX would
    take for a command is escaped. `number` is the first table's; `caption` its
    title where that of the question does not do.
    """
    laid = paper(table, codes=codes, language=language, caption=caption)
    lines = [
        r"% \usepackage{booktabs,threeparttable,array,longtable,caption}",
        r"% Chinese: compile with xelatex and \usepackage{xeCJK}, or \documentclass{ctexart}.",
        *[r"% Wide: \usepackage{pdflscape} and put it into \begin{landscape}…\end{landscape}."]
        * laid.landscape,
        rf"\setcounter{{table}}{{{number - 1}}}",
    ]
    title = laid.zh if language == "zh" else laid.en
    for at, panel in enumerate(laid.panels):
        of = ("：" if language == "zh" else ": ") + panel.group if panel.group else ""
        more = ("（续）" if language == "zh" else " (continued)") if panel.continued else ""
        last = at == len(laid.panels) - 1
        wide = LANDSCAPE if laid.landscape else PORTRAIT
        lines += [
            "",
            *[r"\addtocounter{table}{-1}"] * panel.continued,
            *_environment(
                panel,
                caption=escaped(f"{title}{of}{more}"),
                label=f"tab:{table.name}" + (f"-{at + 1}" if at else ""),
                notes=[escaped(words) for words in below(laid)] if last else [],
                wide=wide,
            ),
        ]
    return "\n".join([*lines, ""])


def escaped(text: str) -> str:
    r"""The text with nothing in it that LaTeX would take for a command.

    >>> print(escaped(r"50 % of R&D_{x} \input"))
    50 \% of R\&D\_\{x\} \textbackslash{}input
    """
    return text.translate(_ESCAPED)


def _environment(
    panel: Panel, *, caption: str, label: str, notes: list[str], wide: float
) -> Iterator[str]:
    columns = "".join(_columns(panel, wide))
    head = " & ".join(
        rf"\multicolumn{{1}}{{r}}{{{escaped(word)}}}" if numeric else escaped(word)
        for word, numeric in zip(panel.head, panel.numeric, strict=True)
    )
    rows = [
        r"\quad" * indent + " " * bool(indent) + " & ".join(map(escaped, cells)) + r" \\"
        for indent, cells in zip(panel.indents, panel.rows, strict=True)
    ]
    if len(rows) > LONG:
        yield rf"\begin{{longtable}}{{{columns}}}"
        yield rf"\caption{{{caption}}}\label{{{label}}} \\"
        yield from (r"\toprule", rf"{head} \\", r"\midrule", r"\endfirsthead")
        yield from (r"\toprule", rf"{head} \\", r"\midrule", r"\endhead")
        yield from (r"\bottomrule", r"\endlastfoot")
        yield from rows
        yield r"\end{longtable}"
        yield from (rf"{{\footnotesize {note}\par}}" for note in notes)
        return
    yield r"\begin{table}[htbp]"
    yield from (r"\centering", r"\begin{threeparttable}")
    yield from (rf"\caption{{{caption}}}", rf"\label{{{label}}}")
    yield from (rf"\begin{{tabular}}{{{columns}}}", r"\toprule", rf"{head} \\", r"\midrule")
    yield from rows
    yield from (r"\bottomrule", r"\end{tabular}")
    if notes:
        yield r"\begin{tablenotes}[flushleft]\footnotesize"
        yield from (rf"\item {note}" for note in notes)
        yield r"\end{tablenotes}"
    yield from (r"\end{threeparttable}", r"\end{table}")


def _columns(panel: Panel, wide: float) -> Iterator[str]:
    """Numbers to the right, text to the left; a long text breaks its lines."""
    widths = panel.fitted(wide)
    tight = sum(panel.widths) > wide
    for at, numeric in enumerate(panel.numeric):
        if numeric:
            yield "r"
        elif tight and widths[at] > 8:
            share = widths[at] / sum(widths)
            yield rf">{{\raggedright\arraybackslash}}p{{{share:.2f}\linewidth}}"
        else:
            yield "l"
