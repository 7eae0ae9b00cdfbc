"""A small study to keep, on SQLite and, where one is named, on PostgreSQL."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.store.server import PROGRAMS, Server, free_port
from wenma.codebook.yaml_file import parse_codebook
from wenma.coding.coder import Coder
from wenma.records import Codebook, Document, Paragraph, Section, SourceMap, Unit
from wenma.store import schema
from wenma.store.project import Project

NOW = "2026-11-22T08:00:00+00:00"
YAML = """\
codebook: small
version: "1"
name: {zh: 小编码本}
codes:
  - id: stage
    name: {zh: 环节, en: Stage}
    codes:
      - {id: resist, name: {zh: 抵御}, rules: [{id: warn, terms: [预警]}]}
      - {id: absorb, name: {zh: 吸收}, rules: [{id: rescue, terms: [救援, 物资]}]}
"""


def make_document(
    id: str = "甲.txt", text: str = "一、任务\n加强预警和救援。\n储备物资。"
) -> Document:
    """A heading and two lines of body, whatever they say."""
    lines = text.split("\n")
    starts = [sum(len(x) + 1 for x in lines[:i]) for i in range(len(lines))]
    return Document(
        id=id,
        text=text,
        title="样本规划",
        city="澜屿",
        plan="应急规划",
        period="十四五",
        year=2021,
        sha256="0" * 64,
        sections=(Section(0, len(lines[0]), len(text), 1, "一、", "任务", "tasks", -1),),
        paragraphs=tuple(
            Paragraph(a, a + len(x), "body" if i else "heading", 0)
            for i, (a, x) in enumerate(zip(starts, lines, strict=True))
        ),
        source_map=SourceMap(tuple(starts), (None,) * len(lines), tuple(range(1, len(lines) + 1))),
    )


def cut(document: Document) -> list[Unit]:
    """A unit for each line."""
    return [
        Unit(i, p.start, p.end, "heading" if p.kind == "heading" else "body", 0, i)
        for i, p in enumerate(document.paragraphs)
    ]


Keep = Callable[..., None]


@pytest.fixture
def codebook() -> Codebook:
    return parse_codebook(YAML)


@pytest.fixture(scope="session")
def database() -> str | None:
    """A database nobody else uses now: tests that run at once have one each."""
    url = os.environ.get("TEST_DATABASE_URL")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not url or not worker:
        return url
    name = f"wenma_{worker}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path, database: str | None) -> Iterator[str]:
    """A place for a project that is not there yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "study.db")
        return
    if not database:
        pytest.skip("needs a PostgreSQL named by TEST_DATABASE_URL")
    engine = create_engine(database)
    schema.tables.drop_all(engine)
    yield database
    schema.tables.drop_all(engine)
    engine.dispose()


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL that is running, and may be stopped."""
    if not PROGRAMS:
        pytest.skip("needs Debian's PostgreSQL, which is not here")
    # Not in pytest's own folder, which is closed to the user PostgreSQL runs as.
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        one = Server(Path(place) / "server", free_port())
        one.make()
        one.start()
        yield one
        one.stop()


@pytest.fixture
def project(where: str) -> Iterator[Project]:
    with Project.open(where, create=True) as opened:
        yield opened


@pytest.fixture
def keep(project: Project, codebook: Codebook) -> Keep:
    """Code a document and keep it, as the main job does."""

    def kept(document: Document, *, codebook: Codebook = codebook, fingerprint: str = "f") -> None:
        units = cut(document)
        project.keep_codebook(codebook, now=NOW)
        project.keep(
            document,
            units,
            Coder(codebook).code(document, units),
            codebook=codebook,
            unit_size="sentence",
            fingerprint=fingerprint,
            position=0,
            now=NOW,
        )

    return kept
