"""How good the shipped rules are in real use: ``python -m benchmarks.audit [PROJECT]``.

`benchmarks/audit.csv` names 320 units of the corpus in ../shared, drawn as `wenma audit` draws
them, for the codes of stage, layer and regional cooperation: the chance of each, and the codes
that a reader gave it who saw neither rules nor codings. The readers were two runs of a language
model by the guide of the reference; no human has judged them. This codes the corpus anew (or
takes a project of it), hands in what they judged, and prints audit and estimates, and what
documents of 2021 and 2024 have of each code. No text stands
in the file: a checksum tells whether a unit is still the one that was judged.
"""

import argparse
import csv
import shutil
import tempfile
import zlib
from pathlib import Path

import pandas as pd

from benchmarks.queries import ROOT, coded
from wenma.store.coding_session import CodingSession
from wenma.study.study import Study

JUDGED = Path(__file__).with_name("audit.csv")
TASK, READER, WHEN = "审核", "读者", "2026-11-30T17:15:00+00:00"


def hand_in(study: Study) -> int:
    """Give the study what was judged; how many units are no longer what they were."""
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kept = [row for row in rows if _same(study, row)]
    desk = CodingSession(study.project, READER)
    units = [(row["document"], int(row["unit"])) for row in kept]
    desk.assign(TASK, [READER], units, now=WHEN, chances=[float(row["chance"]) for row in kept])
    for row in kept:
        codes = row["codes"].split(";") if row["codes"] else []
        desk.judge(TASK, row["document"], int(row["unit"]), codes, now=WHEN)
    return len(rows) - len(kept)


def _same(study: Study, row: dict[str, str]) -> bool:
    """Is this still the sentence that was judged?"""
    if row["document"] not in study.document_ids():
        return False
    text = study.document(row["document"]).text
    units = {one.number: one for one in study.units(row["document"])}
    if (unit := units.get(int(row["unit"]))) is None:
        return False
    return int(row["crc32"], 16) == zlib.crc32(text[unit.start : unit.end].encode())


def main() -> None:
    """Print audit and estimates of the codes that were judged, as Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("project", nargs="?", help="the corpus, coded; it is not changed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        project = Path(place) / "study.db"
        if chosen.project:
            shutil.copy(chosen.project, project)
        else:
            coded(ROOT.parent / "shared" / "corpus", project)
        with Study.open(project) as study:
            gone = hand_in(study)
            print(f"{gone} of the judged units are no longer what they were")
            _print(study.ask("audit", task=TASK).frame, AUDITED)
            _print(study.ask("estimates", task=TASK).frame, ESTIMATED)
            two = study.where(year=["2021", "2024"])
            _print(two.ask("estimates", by="year", task=TASK).frame, ["group", *SHARES])
            _print(two.ask("differences", by="year", task=TASK).frame, APART)


def _print(frame: pd.DataFrame, columns: list[str]) -> None:
    """The rows of the codes that were judged."""
    rows = frame[frame["code"].str.partition("/")[0].isin(ASKED)]
    print(f"\n{rows[['code', *columns]].round(3).to_string(index=False)}")


ASKED = ("stage", "layer", "theme")
"""What the readers were asked for."""
AUDITED = (
    "coded_units judged_coded precision precision_low precision_high recall recall_low "
    "recall_high f1 f1_low f1_high"
).split()
ESTIMATED = "coded_units corrected corrected_low corrected_high by_hand".split()
SHARES = "coded_share corrected_share corrected_share_low corrected_share_high".split()
APART = "coded_points corrected_points points_low points_high verdict more_units".split()


if __name__ == "__main__":
    main()
