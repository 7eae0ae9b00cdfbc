import re

import pandas as pd
import pytest

from wenma.publish.latex_table import escaped
from wenma.publish.table_files import table_content
from wenma.queries.cooccurrence import cooccurrence
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
