"""How far two coders agree, where they differ, and what is settled."""

import shutil
from pathlib import Path

import pytest

from tests.app.conftest import NOW
from wenma.records import SETTLED
from wenma.store.coding_session import CodingSession, Settlement
from wenma.store.history import history
from wenma.store.project import Project

ONE, OTHER = "林一", "周二"


@pytest.fixture
def fresh(worked: Path, tmp_path: Path) -> Path:
    """The same, to be worked on."""
    with Project.open(worked):
        return Path(shutil.copy(worked, tmp_path / "fresh.db"))


@pytest.fixture(scope="module")
def worked(sample: Path, tmp_path_factory) -> Path:
    """Six units coded by two people: four alike, two not."""
    with Project.open(sample):
        file = Path(shutil.copy(sample, tmp_path_factory.mktemp("worked") / "w.db"))
    with Project.open(file) as project:
        document = project.document_ids()[0]
        body = [one.number for one in project.units(document) if one.kind == "body"][:6]
        desks = [CodingSession(project, name) for name in (ONE, OTHER)]
        desks[0].assign("试", [ONE, OTHER], [(document, unit) for unit in body], now=NOW)
        for number, unit in enumerate(body):
            codes = ["stage/resist"] if number % 2 else ["stage/absorb"]
            for desk in desks:
                mine = codes if number < 4 or desk.person == ONE else ["layer/actor"]
                desk.judge("试", document, unit, mine, now=NOW)
    return file


def test_the_table_is_the_querys_on_the_units_of_the_task(opened, worked):
    app = opened("reliability", project=worked, one=ONE, other=OTHER)
    assert not app.exception
    shown = app.dataframe[0].value.set_index("code")
    assert shown.loc["抵御", "compared"] == 6
    assert (shown.loc["抵御", "by_any"], shown.loc["抵御", "by_all"]) == (3, 2)
    assert shown.loc["抵御", "agreed"] == pytest.approx(100 * 5 / 6)
    assert not {"reliable", "tentative", "unreliable", "prevalence"} & set(shown["verdict"])


def test_the_differences_are_listed_and_can_be_settled(opened, fresh):
    app = opened("reliability", project=fresh, one=ONE, other=OTHER, person="王三")
    differing = app.dataframe[1].value
    assert len(differing) == 2
    assert set(differing["first"]) == {"抵御", "吸收"} and set(differing["second"]) == {"主体"}
    with Project.open(fresh) as project:
        document = project.document_ids()[0]
        unit = next(u.number for u in project.units(document) if u.kind == "body")
        CodingSession(project, "王三").settle(
            [Settlement(document, unit, ["stage/resist"])], "按定义", now=NOW
        )
        assert SETTLED in project.coders()


def press(app, label):
    next(one for one in app.button if one.label == label).click()
    return app.run()


def test_all_they_agree_on_is_settled_in_one_act_and_taken_back_in_one(opened, fresh):
    app = opened("reliability", project=fresh, one=ONE, other=OTHER, person="王三")
    app = press(app, "两人一致的 4 处一次定稿")
    with Project.open(fresh) as project:
        document = project.document_ids()[0]
        given = [
            [one.code for one in project.codings(document, coder=who)] for who in (ONE, SETTLED)
        ]
        assert given[1] == given[0][:4]
        (newest,), _ = history(project, most=1)
        assert (newest.verb, newest.person, len(newest.edits)) == ("settle", "王三", 8)
    (button,) = [one for one in app.button if one.label == "两人一致的 0 处一次定稿"]
    assert button.disabled  # what is settled is not offered again
    app = press(app, "撤销")
    with Project.open(fresh) as project:
        assert SETTLED not in project.coders()
    assert [one.label for one in app.button if "一次定稿" in one.label] == [
        "两人一致的 4 处一次定稿"
    ]


def test_one_coder_alone_is_told_what_to_do(opened, sample):
    app = opened("reliability", project=sample)
    assert any("信度要有两个编码者" in one.value for one in app.info)


def test_what_is_settled_is_told_beside_what_they_differ_in(opened, fresh):
    with Project.open(fresh) as project:
        document = project.document_ids()[0]
        body = [one.number for one in project.units(document) if one.kind == "body"]
        units = [Settlement(document, body[4], ("layer/actor",)), Settlement(document, body[5], ())]
        CodingSession(project, "王三").settle(units[:1], "", now=NOW)

    def table():
        app = opened("reliability", project=fresh, one=ONE, other=OTHER, person="王三")
        shown = [one.value for one in app.dataframe if "settled" in one.value]
        return list(shown[0]["settled"]), [
            one.value for one in app.caption if "已定稿" in one.value
        ]

    settled, (told,) = table()
    assert settled == ["主体", ""] and "共 2 处，已定稿 1 处" in told
    with Project.open(fresh) as project:
        CodingSession(project, "王三").settle(units[1:], "都不对", now=NOW)
    assert table()[0] == ["主体", "都不是"]


def test_the_page_has_the_confusion_matrix_and_nvivos_columns(opened, worked):
    app = opened(
        "reliability", project=worked, one=ONE, other=OTHER,
        confusion="yes", confused="stage", nvivo="yes",
    )  # fmt: skip
    assert not app.exception
    matrix = next(one.value for one in app.dataframe if f"{ONE} ＼ {OTHER}" in one.value)
    cells = matrix.set_index(f"{ONE} ＼ {OTHER}")
    # Four units alike, two each; of the last two 林一 has one of each, 周二 another dimension.
    assert (cells.loc["抵御", "抵御"], cells.loc["吸收", "吸收"]) == (2, 2)
    assert (cells.loc["抵御", "都不是"], cells.loc["吸收", "都不是"]) == (1, 1)
    assert cells.to_numpy().sum() == 6
    nvivo = next(one.value for one in app.dataframe if "两人都编 %" in one.value)
    row = nvivo[nvivo["编码"] == "抵御"].iloc[0]
    assert row["单元数"] == 6 and row["一致 %"] == pytest.approx(100 * 5 / 6, abs=1e-3)
    assert (row["两人都编 %"], row[f"仅{OTHER}编 %"]) == (pytest.approx(100 / 3, abs=1e-3), 0)


def test_who_found_nothing_at_all_is_compared_and_what_both_left_is_settled(
    opened, sample, tmp_path
):
    with Project.open(sample):
        file = Path(shutil.copy(sample, tmp_path / "nothing.db"))
    with Project.open(file) as project:
        ids = project.document_ids()[:2]
        units = [
            (id, next(one.number for one in project.units(id) if one.kind == "body")) for id in ids
        ]
        desks = [CodingSession(project, name) for name in (ONE, OTHER)]
        desks[0].assign("试", [ONE, OTHER], units, now=NOW)
        # In the second document neither finds anything, and 周二 not in the first either.
        for desk, codes in ((desks[0], ["stage/resist"]), (desks[1], [])):
            desk.judge("试", *units[0], codes, now=NOW)
            desk.judge("试", *units[1], [], now=NOW)
    app = opened("reliability", project=file, one=ONE, other=OTHER, person=ONE)
    assert not app.exception
    shown = app.dataframe[0].value.set_index("code")
    assert (shown.loc["抵御", "compared"], shown.loc["抵御", "agreed"]) == (2, 50)
    assert any(one.label == "两人一致的 1 处一次定稿" for one in app.button)
