"""Which rules made the codings."""

from typing import Annotated

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Integers


def rules(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    of: Annotated[str | None, "only this code and the codes under it"] = None,
) -> Table:
    """Which rules made the codings: how often each fired, and how often alone.

    A row for each code and rule that fired (and each group), in the codebook's
    order, the busiest rule first:

    references  passages of the code in whose evidence the rule is
    alone       of these, passages no other rule of the code fired on
    of_code     percent of the code's passages

    Codings by people have no rule and are left out, with a note.
    """
    grouped = data.grouped("rules", by=by, headings=headings)
    size = len(grouped.tree.paths)
    wanted = np.ones(size, dtype=bool)
    if of is not None:
        wanted = np.isin(np.arange(size), grouped.tree.below(of))
    names, fired = _fired(grouped)
    many = np.array([len(one) for one in fired], dtype=np.int64)[_lists(grouped)]
    inside = wanted[grouped.code]
    by_people = int((inside & (many == 0)).sum())
    kept = np.flatnonzero(inside & (many > 0))
    # Passages of a code, each once; and each of their rules, once.
    passage = np.unique(grouped.passage[kept] * size + grouped.code[kept], return_inverse=True)[1]
    coding = np.repeat(kept, many[kept])
    each = np.concatenate([np.zeros(0, dtype=np.int64), *fired])
    first = np.cumsum([0, *map(len, fired)])[_lists(grouped)[coding]]
    within = np.arange(len(coding)) - np.repeat(np.cumsum(many[kept]) - many[kept], many[kept])
    rule = each[first + within]
    passage_of = np.repeat(passage, many[kept])
    once = np.unique(passage_of * max(len(names), 1) + rule, return_index=True)[1]
    coding, rule, passage_of = coding[once], rule[once], passage_of[once]
    alone = np.bincount(passage_of)[passage_of] == 1
    cell = grouped.group[coding] * size + grouped.code[coding]
    whole = np.bincount(cell[np.unique(passage_of, return_index=True)[1]])
    key, row = np.unique(cell * max(len(names), 1) + rule, return_inverse=True)
    cells, rules_of = np.divmod(key, max(len(names), 1))
    references = np.bincount(row, minlength=len(key))
    order = np.lexsort((rules_of, -references, cells))
    cells, rules_of, references = cells[order], rules_of[order], references[order]
    paths = np.array(grouped.tree.paths, dtype=object)
    note = Note(
        f"Left out: {by_people} codings by people, which no rule made.",
        zh=f"未计入：人工编码 {by_people} 处，并非规则所编。",
    )
    return grouped.table(
        {
            "code": paths[cells % max(size, 1)],
            "rule": np.array(names, dtype=object)[rules_of],
            "references": references,
            "alone": np.bincount(row, weights=alone, minlength=len(key)).astype(np.int64)[order],
            "of_code": 100 * references / whole[cells],
        },
        group=cells // max(size, 1),
        notes=[note] * bool(by_people),
        basis={"children": "apart", **({"of": of} if of is not None else {})},
    )


def _lists(grouped: Grouped) -> Integers:
    """Which list of rules each coding has; the last, of none, where that is unknown."""
    columns = grouped.data.columns
    if columns.rules is None:
        return np.full(len(grouped.position), len(columns.rule_lists), dtype=np.int64)
    return np.asarray(columns.rules[grouped.position], dtype=np.int64)


def _fired(grouped: Grouped) -> tuple[list[str], list[Integers]]:
    """The names of all rules, in order, and the numbers of those in each list of rules."""
    lists = [
        [part for part in one.split("; ") if part] for one in (*grouped.data.columns.rule_lists, "")
    ]
    names = sorted({name for one in lists for name in one})
    at = {name: number for number, name in enumerate(names)}
    return names, [np.array([at[name] for name in one], dtype=np.int64) for one in lists]
