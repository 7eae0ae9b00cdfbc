"""What people judged of a drawn task says how good the coding is, and what it should count."""

import math

import numpy as np
import pytest

from tests.store.conftest import NOW, make_document
from wenma.errors import ProjectError, QueryError
from wenma.store.coding_session import CodingSession, Settlement
from wenma.study.access import Access
from wenma.study.judging import judged_sample
from wenma.study.study import Study

DOC, WARN, RESCUE = "甲.txt", "stage/resist", "stage/absorb"
LINES = ["加强预警。"] * 4 + ["开展救援。"] * 4 + ["其他工作。"] * 8
"""Units 1 to 4 say 预警, 5 to 8 救援, 9 to 16 nothing."""


@pytest.fixture
def judged(project, keep):
    """Half of each kind was drawn and judged: one 预警 is none, one silent unit is one."""
    keep(make_document(text="一、任务\n" + "\n".join(LINES)))
    units = [(1, [WARN]), (2, []), (5, [RESCUE]), (6, [RESCUE])]
    units += [(9, [WARN]), (10, []), (11, []), (12, [])]
    desk = CodingSession(project, "林")
    desk.assign("审", ["林"], [(DOC, unit) for unit, _ in units], now=NOW, chances=[0.5] * 8)
    for unit, codes in units:
        desk.judge("审", DOC, unit, codes, now=NOW)
    return project


def row(table, code):
    return table.frame.set_index("code").loc[code]


def test_precision_and_misses_are_of_all_units(judged):
    table = Study(judged).ask("audit")
    of = row(table, WARN)
    assert (of["coded_units"], of["judged_coded"], of["silent"], of["judged_silent"]) == (
        4,
        2,
        12,
        6,
    )
    assert of["precision"] == 0.5 and of["miss_rate"] == pytest.approx((4 * 0 + 8 * 0.25) / 12)
    assert of["recall"] == pytest.approx(2 / 4) and of["f1"] == pytest.approx(2 * 2 / (4 + 4))
    assert row(table, RESCUE)["precision"] == 1 and row(table, RESCUE)["miss_rate"] == 0
    assert table.basis["task"] == "审" and table.basis["judged"] == "8 of 16"
    assert row(table, "stage")["coded_units"] == 8


def test_counts_are_corrected(judged):
    of = row(Study(judged).ask("estimates"), WARN)
    assert (of["units"], of["coded_units"], of["judged"]) == (16, 4, 8)
    assert of["corrected"] == pytest.approx(4)  # two of the coded, two of the silent
    assert of["corrected_low"] < 4 < of["corrected_high"]
    assert of["corrected_share"] == pytest.approx(25)


def test_a_table_has_the_corrected_beside_its_own(judged):
    study = Study(judged)
    of = row(study.ask("frequency", corrected=True), WARN)
    assert of["references"] == 4 and of["corrected"] == pytest.approx(4)
    assert of["corrected_low"] < 4 < of["corrected_high"]
    assert "corrected" not in study.ask("frequency").frame
    met = study.ask("cooccurrence", corrected=True, task="审").frame
    both = met.set_index(["code", "code_b"]).loc[(WARN, RESCUE)]
    assert both["n11"] == 0 and both["corrected"] == 0 and both["corrected_high"] > 0


def test_where_nobody_judged_nothing_is_said(judged, keep):
    keep(make_document("乙.txt", "一、任务\n加强预警。\n其他。"))
    table = Study(judged).ask("estimates", by="document")
    there = table.frame.set_index(["group", "code"])
    assert math.isnan(there.loc[("乙.txt", WARN), "corrected"])
    assert there.loc[("甲.txt", WARN), "corrected"] == pytest.approx(4)
    assert any("cannot be corrected" in note for note in table.notes)


def test_differences_are_told_or_left_open(judged, keep):
    keep(make_document("乙.txt", "一、任务\n" + "其他工作。\n" * 40))
    units = [("乙.txt", unit) for unit in range(1, 41)]
    own = [(DOC, unit) for unit in range(1, 17)]
    desk = CodingSession(judged, "林")
    desk.assign("全", ["林"], [*own, *units], now=NOW, chances=[1.0] * 56)
    for unit in range(1, 17):
        desk.judge("全", DOC, unit, [WARN] if unit < 5 else [], now=NOW)
    for document, unit in units:
        desk.judge("全", document, unit, [], now=NOW)
    table = Study(judged).ask("differences", by="document", task="全")
    of = table.frame.set_index("code").loc[WARN]
    assert of["corrected_points"] == pytest.approx(25 * (1 if of["group"] == DOC else -1))
    assert of["verdict"] == ("more" if of["group"] == DOC else "less") and of["more_units"] == 0
    same = table.frame.set_index("code").loc[RESCUE]
    assert same["verdict"] == "open" and math.isnan(same["more_units"])
    alone = Study(judged).ask("differences", by="document", where={"document": DOC})
    assert not len(alone.frame) and alone.notes


def test_what_was_settled_counts_alone_and_two_who_differ_count_half(judged):
    other = CodingSession(judged, "周")
    other.assign("双", ["林", "周"], [(DOC, 3), (DOC, 4)], now=NOW, chances=[0.5, 0.5])
    for person, given in (("林", [WARN]), ("周", [])):
        for unit in (3, 4):
            CodingSession(judged, person).judge("双", DOC, unit, given, now=NOW)
    sample = judged_sample(judged, "双")
    column = sample.paths.index(WARN)
    given = np.bincount(sample.row, sample.worth * sample.carries[:, column])
    assert given.tolist() == [0.5, 0.5] and set(sample.people) == {"林", "周"}
    other.settle([Settlement(DOC, 3, (WARN,))], "定", now=NOW)
    sample = judged_sample(judged, "双")
    given = np.bincount(sample.row, sample.worth * sample.carries[:, sample.paths.index(WARN)])
    assert given.tolist() == [1.0, 0.5]


def test_who_may_not_see_a_coder_gets_no_estimate_from_them(judged):
    desk = CodingSession(judged, "林")
    desk.assign("盲", ["林", "周"], [(DOC, 1)], now=NOW)
    with pytest.raises(QueryError, match="none done"):
        Study(judged, access=Access(person="周", role="coder")).ask("audit")


def test_without_a_sample_it_is_told_how_to_draw_one(project, keep):
    keep(make_document())
    with pytest.raises(QueryError, match="wenma audit"):
        Study(project).ask("audit")
    with pytest.raises(ProjectError, match="Those there are: none"):
        Study(project).ask("estimates", task="没有")


def test_a_task_is_drawn_with_its_chances_and_half_is_coded(judged):
    drawn = Study(judged).assign("新", ["林"], units=8, codes=[WARN])
    units = {unit for _, unit in drawn.chosen}
    assert {1, 2, 3, 4} <= units and len(units) == 8  # all four of the code
    assert sorted(set(drawn.chances)) == pytest.approx([4 / 12, 1.0])


def test_the_plan_tells_what_a_sample_will_give(judged):
    table = Study(judged).ask("sample_plan", sizes=["4", "16"], precision=0.5)
    of = table.frame[table.frame["code"] == WARN].set_index("sample_size")
    assert of.loc[16, "by_half"] < of.loc[4, "by_half"]
    with pytest.raises(QueryError, match="it is a share"):
        Study(judged).ask("sample_plan", recall="7")


def test_a_report_has_the_corrected_beside_the_uncorrected(judged, tmp_path):
    study = Study(judged, language="en")
    study.report(tmp_path / "report.html", language="en")
    told = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Code frequencies, corrected" in told and "Audit of the coding" in told
    assert "were drawn with known chances" in told
    with CodingSession(judged, "林").project.exclusive() as connection:
        connection.exec_driver_sql("UPDATE assignment SET chance = NULL")
    study.report(tmp_path / "without.html", language="en")
    told = (tmp_path / "without.html").read_text(encoding="utf-8")
    assert "Audit of the coding" not in told and "are not corrected for errors" in told
