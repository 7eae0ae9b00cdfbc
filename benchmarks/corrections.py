"""Do corrected intervals hold what they promise? ``python -m benchmarks.corrections``.

The rules' codings of a project (the corpus, coded anew, without one) are given a truth at random:
of each code's units a part is wrong, and a part of the units that carry it was missed. Then
samples are drawn as `wenma assign` draws them, judged by that truth, and the interval of each
code is compared with the number there is. Beside it: how the estimates of recall and F1 lie off
the truth on average, and how many units by hand alone would give as narrow an interval.
"""

import argparse
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.queries import ROOT, coded
from wenma.queries.dataset import Dataset
from wenma.queries.judged_sample import JudgedSample
from wenma.queries.judged_units import JudgedUnits
from wenma.reliability.designed_sample import designed_sample
from wenma.statistics.judged_cells import (
    Limits,
    estimated_f1,
    estimated_recall,
    estimated_total,
    units_by_hand,
)
from wenma.study.study import Study
from wenma.study.tasks import scope_frame


def whole(data: Dataset) -> JudgedUnits:
    """All countable units with the rules' codings, and as if the first had been judged."""
    units = data.units
    assert units is not None
    first = units[units["kind"] == "body"].iloc[0]
    one = JudgedSample(
        task="", people=("",), document=(str(first["document"]),), drawn=1,
        unit=np.array([first["unit"]]), chance=np.ones(1), row=np.zeros(1, dtype=np.int64),
        worth=np.ones(1), carries=np.zeros((1, 0), dtype=bool), paths=(),
    )  # fmt: skip
    given = replace(data, load_judged=lambda: one)
    return JudgedUnits.of(given, "estimates", by=None, headings=False, everywhere=False)


def truth(judged: JudgedUnits, codes: list[int], random: np.random.Generator) -> np.ndarray:
    """Units by all codes: what people would give each."""
    found = np.zeros_like(judged.machine)
    inside = judged.kind != 3
    for code in codes:
        coded_so = judged.machine[:, code]
        precision, recall = random.uniform(0.5, 0.95), random.uniform(0.4, 0.95)
        right = coded_so & (random.random(len(coded_so)) < precision)
        missed = right.sum() * (1 - recall) / recall
        silent = inside & ~coded_so
        rate = missed / max(silent.sum(), 1)
        found[:, code] = right | (silent & (random.random(len(coded_so)) < rate))
    return found


def main() -> None:
    """Print coverage, bias and labels saved of each code, for 80, 160 and 320 units."""
    parser = argparse.ArgumentParser()
    parser.add_argument("project", nargs="?")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--code", nargs="+", default=[], help="drawn for these alone")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        project = Path(chosen.project or Path(place) / "study.db")
        if not chosen.project:
            real = ROOT.parent / "shared" / "corpus"
            coded(real if real.exists() else ROOT / "corpus", project)
        with Study.open(project) as study:
            data = study.dataset()
            units, codings = data.units, data.details()
    every = whole(data)
    keys = every.units.units
    number = {key: at for at, key in enumerate(zip(keys["document"], keys["unit"], strict=True))}
    paths = every.tree.paths
    codes = [
        code
        for code in every.tree.lowest.tolist()
        if paths[code] not in data.everywhere and every.machine[:, code].sum() > 1
    ]
    random = np.random.default_rng(0)
    print("units code coded covered covered_recall covered_f1 off_recall off_f1 by_hand")
    for size in (80, 160, 320):
        seen: dict[int, list[tuple[float, ...]]] = defaultdict(list)
        for draw in range(chosen.draws):
            if draw % 20 == 0:
                real_codes = truth(every, codes, random)
            drawn = designed_sample(
                units, codings, data.cases, size,
                scope=scope_frame(data), everywhere=data.everywhere,
                seed=int(random.integers(1 << 30)), codes=chosen.code,
            )  # fmt: skip
            at = np.array([number.get(key, -1) for key in drawn.chosen])
            rows = at[at >= 0]
            judged = replace(
                every, place=rows, chance=np.array(drawn.chances)[at >= 0],
                given=real_codes[rows], row=np.arange(len(rows)), worth=np.ones(len(rows)),
            )  # fmt: skip
            for code in codes:
                seen[code].append(_tried(judged, code, real_codes[:, code]))
        for code in [one for one in codes if not chosen.code or paths[one] in chosen.code]:
            told = np.nanmean(np.array(seen[code]), axis=0)
            shown = " ".join(f"{one:.3f}" for one in told[:5])
            coded_units = int(every.machine[:, code].sum())
            print(f"{size} {paths[code]} {coded_units} {shown} {told[5]:.0f}", flush=True)


def _held(found: Limits, real: float) -> float:
    """1 where the interval holds what there is, nan where nothing can be said."""
    return float(found.low <= real <= found.high) if found.value == found.value else np.nan


def _tried(judged: JudgedUnits, code: int, carries: np.ndarray) -> tuple[float, ...]:
    cells = judged.cells([code])
    inside = judged.kind != 3
    machine = judged.machine[:, code]
    many = (carries & inside).sum()
    both = (carries & machine).sum()
    total, recall, f1 = (one(cells) for one in (estimated_total, estimated_recall, estimated_f1))
    whole = sum(cell.units for cell in cells)
    share = Limits(total.value / whole, total.low / whole, total.high / whole)
    real_recall = both / many if many else np.nan
    real_f1 = 2 * both / (machine.sum() + many)
    return (
        _held(total, many),
        _held(recall, real_recall),
        _held(f1, real_f1),
        recall.value - real_recall,
        f1.value - real_f1,
        units_by_hand(share),
    )


if __name__ == "__main__":
    main()
