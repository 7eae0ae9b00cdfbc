"""A task that two people have done, once differently: what several pages are tried on."""

from pathlib import Path

from tests.app.conftest import NOW
from wenma.store.coding_session import CodingSession
from wenma.store.project import Project

TASK = "试"
DONE_BY = ("周二", "王三")


def do_task(file: Path) -> None:
    """Give both people one unit of the first document, and let each judge it."""
    with Project.open(file) as project:
        document = project.document_ids()[0]
        unit = next(one.number for one in project.units(document) if one.kind == "body")
        desks = [CodingSession(project, name) for name in DONE_BY]
        desks[0].assign(TASK, list(DONE_BY), [(document, unit)], now=NOW)
        for desk, code in zip(desks, ("stage/resist", "stage/absorb"), strict=True):
            desk.judge(TASK, document, unit, [code], now=NOW)
