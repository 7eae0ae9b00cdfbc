import re

import pandas as pd
import pytest
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexEnvironmentNode,
    LatexMacroNode,
    LatexSpecialsNode,
    LatexWalker,
    get_default_latex_context_db,
)
from pylatexenc.macrospec import EnvironmentSpec, MacroSpec

from wenma.publish.latex_table import escaped
from wenma.publish.table_files import table_content
from wenma.queries.attention import attention
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.documents import documents
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.queries.table import Table


def latex(table, **options):
    return table_content(table, "tex", **options)


def test_latex_has_booktabs_rules_a_caption_a_label_and_the_notes(small):
    text = latex(small.ask(matrix), codes=small.codes, number=2)
    for line in (
        r"\setcounter{table}{1}",
        r"\caption[交叉矩阵]{交叉矩阵\\ Table~\thetable\quad Cross table}",
        r"\label{tab:matrix}",
        r"\begin{tabular}{lrrrr}",
        r"\begin{tablenotes}[flushleft]\footnotesize",
    ):
        assert line in text.split("\n")
    rules = re.findall(r"^\\(toprule|midrule|bottomrule|hline|cline.*)", text, flags=re.M)
    assert rules == ["toprule", "midrule", "bottomrule"] and "|" not in text
    assert "xeCJK" in text.split("\n\\setcounter")[0]
    assert r"\caption{Cross table}" in latex(small.ask(matrix), language="en")
    for line in re.findall(r"^(.*) \\\\$", text, flags=re.M):
        assert len(re.findall(r"(?<!\\)&", line)) == 4


def test_latex_sets_codes_in_by_their_level_and_long_tables_go_on_over_pages(small, large):
    text = latex(small.ask(frequency), codes=small.codes)
    assert "\n层面 &" in text and "\n\\quad 技术 &" in text and "\n\\quad\\quad 感知 &" in text
    pairs = large.ask(cooccurrence, by="city")
    assert len(pairs.frame) > 40
    long = latex(pairs, codes=large.codes)
    assert r"\begin{longtable}" in long and r"\endhead" in long and r"{\footnotesize" in long


@pytest.mark.parametrize("one", list("\\{}$&#%_^~<>|[]*"))
def test_no_special_character_of_latex_stays_itself(one):
    assert escaped(one) != one and escaped(f"甲{one}乙").startswith("甲")


def test_no_text_of_a_document_becomes_a_command():
    nasty = "<w:b/>&amp;\x07 }\\input{x} % _ $1$ [1] *"
    table = Table("excerpts", pd.DataFrame({"document": ["甲"], "excerpt": [nasty]}))
    line = next(line for line in latex(table).split("\n") if "input" in line)
    bare = re.sub(r"\\(textbackslash|textless|textgreater)\{\}|\\[{}%_$&#]|\{[\[\]*]\}", "", line)
    assert not set(r"{}%_$#[]*<>") & set(bare)


# What the tables use beyond LaTeX's own, with its arguments: a command that takes another number
# of them, or is not here, is found.
_OWN = get_default_latex_context_db()
_OWN.add_context_category(
    "tables",
    prepend=True,
    macros=[
        *(MacroSpec(name, "") for name in ("toprule", "midrule", "bottomrule", "endfirsthead")),
        *(MacroSpec(name, "") for name in ("endhead", "endlastfoot", "thetable", "quad", "item")),
        *(MacroSpec(name, "") for name in ("centering", "normalsize", "small", "footnotesize")),
        *(
            MacroSpec(name, "")
            for name in ("begingroup", "endgroup", "par", "varphi", "raggedright")
        ),
        *(MacroSpec(name, "") for name in ("arraybackslash", "textbackslash", "textbar")),
        *(MacroSpec(name, "") for name in ("textasciicircum", "textasciitilde", "textless")),
        MacroSpec("textgreater", ""),
        MacroSpec("captionsetup", "{"),
        MacroSpec("caption", "[{"),
        MacroSpec("label", "{"),
        MacroSpec("setcounter", "{{"),
        MacroSpec("addtocounter", "{{"),
        MacroSpec("shortstack", "[{"),
        MacroSpec("multicolumn", "{{{"),
        MacroSpec("phantom", "{"),
        MacroSpec("textsuperscript", "{"),
        *(MacroSpec(name, "") for name in ("%", "&", "#", "_", "{", "}", "$", "\\", " ")),
    ],
    environments=[
        EnvironmentSpec("table", "["),
        EnvironmentSpec("tabular", "{"),
        EnvironmentSpec("longtable", "{"),
        EnvironmentSpec("threeparttable", ""),
        EnvironmentSpec("tablenotes", "["),
    ],
)
_KNOWN = {
    name
    for part in ("tables",)
    for name in (spec.macroname for spec in _OWN.iter_macro_specs([part]))
}


def nodes(parsed):
    """Every node, those inside arguments, groups and environments too."""
    for node in parsed or ():
        if node is None:
            continue
        yield node
        inside = list(getattr(node, "nodelist", None) or ())
        arguments = getattr(node, "nodeargd", None)
        inside += [one for one in (arguments.argnlist if arguments else ()) or () if one]
        yield from nodes(inside)


def cells_of(environment):
    """How many cells each line of a table has, by its own & and \\\\."""
    count, lines, begun = 1, [], False
    for node in environment.nodelist:
        if isinstance(node, LatexSpecialsNode) and node.specials_chars == "&":
            count, begun = count + 1, True
        elif isinstance(node, LatexMacroNode) and node.macroname == "\\":
            lines += [count] * begun
            count, begun = 1, False
    return lines


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_parser_of_latex_reads_every_table_whole(small, large, language):
    """Strictly parsed: nothing unclosed, no unknown command, as many cells as there are columns."""
    asked = [
        small.ask(matrix, by="city"),
        large.ask(attention),
        large.ask(cooccurrence),
        large.ask(documents),
        large.ask(frequency, by="city"),
    ]
    for table in asked:
        text = latex(table, codes=large.codes, language=language)
        parsed, _, _ = LatexWalker(
            text, latex_context=_OWN, tolerant_parsing=False
        ).get_latex_nodes()
        every = [*nodes(parsed)]
        used = {node.macroname for node in every if isinstance(node, LatexMacroNode)}
        assert used <= _KNOWN, used - _KNOWN
        tables = [
            node
            for node in every
            if isinstance(node, LatexEnvironmentNode)
            and node.environmentname in ("tabular", "longtable")
        ]
        assert tables
        for one in tables:
            columns = "".join(
                node.chars
                for node in nodes([one.nodeargd.argnlist[0]])
                if isinstance(node, LatexCharsNode)
            )
            many = len(re.findall("[lrp]", re.sub(r"[\d.]+em", "", columns)))
            lines = cells_of(one)
            assert lines and set(lines) == {many}


def test_the_parser_refuses_what_latex_would_refuse():
    with pytest.raises(Exception, match=r"(?i)unexpected|mismatch|expected"):
        LatexWalker(
            r"\begin{tabular}{l} 50 } \end{tabular}", latex_context=_OWN, tolerant_parsing=False
        ).get_latex_nodes()
