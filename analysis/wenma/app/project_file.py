"""Which project the browser shows, opened once for every state of its file."""

import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from wenma.records import Coding, Document, Unit, by_rules
from wenma.shipped import shipped
from wenma.store.annotations import at_work, blind_to
from wenma.store.frames import units_frame
from wenma.store.project import Project
from wenma.store.schema import FORMAT
from wenma.study.opened_study import Study, open_study
from wenma.version import __version__

if TYPE_CHECKING:
    from pandas import DataFrame

VARIABLE = "WENMA_PROJECT"
ENTRIES = ("wenma_app.py", "app.py")


def asked_for() -> str | None:
    """The project named after ``--`` or in WENMA_PROJECT; None for the sample corpus."""
    # Under another program (a test runner) the arguments are not ours.
    mine = sys.argv[1:] if Path(sys.argv[0]).name in ENTRIES else []
    return (mine[0] if mine else os.environ.get(VARIABLE)) or None


@st.cache_resource(show_spinner=False)
def sample() -> str:
    """The project of the sample corpus, coded when it is first wanted."""
    from wenma.codebook.yaml_file import load_codebook
    from wenma.sources.manifest import entries
    from wenma.study.coding_run import code_entries

    listing = entries([shipped("corpus")])
    book = load_codebook(shipped("codebooks") / "resilience.yaml")
    # Another text, codebook or format is another sample: nothing stale is ever mixed in.
    content = sha256(f"{FORMAT} {__version__} {book.text}".encode())
    for entry in listing.entries:
        content.update(entry.path.read_bytes())
    path = _cache_folder() / f"sample-{content.hexdigest()[:12]}.db"
    with Project.open(path, create=True) as project:
        code_entries(project, listing.entries, book, now=_now)
    return str(path)


def state(project: str) -> tuple[float, ...]:
    """Changes whenever the project may have: the key of everything kept from it.

    The last number counts the acts of people; the others stay while only people work, so
    that a decision does not make a large study be read again (see `seen_by`).
    """
    if "://" in project:
        return _content(project)
    parts: list[float] = []
    for path in (Path(project), Path(f"{project}-wal")):
        # SQLite keeps what was written last beside the file, and leaves that empty when read.
        if path.exists() and (found := path.stat()).st_size:
            parts += [found.st_mtime_ns, found.st_size]
    return _looked_into(project, tuple(parts))


def seen_by(coder: str, state: tuple[float, ...]) -> tuple[float, ...]:
    """The part of the state on which this coder's codings depend."""
    return (*state[:-1], -1.0) if by_rules(coder) else state


@st.cache_resource(show_spinner=False, max_entries=8)
def _looked_into(project: str, file: tuple[float, ...]) -> tuple[float, ...]:
    return _content(project)


def _content(project: str) -> tuple[float, ...]:
    with Project.open(project) as opened:
        return opened.change_token()


@st.cache_resource(show_spinner=False, max_entries=6)
def study(project: str, coder: str, state: tuple[float, ...]) -> Study:
    """The study of one coder, whole."""
    with Project.open(project) as opened:
        return open_study(opened, coder=coder or None)


@st.cache_resource(show_spinner=False, max_entries=2)
def apart(project: str, coders: tuple[str, ...], state: tuple[float, ...]) -> Study:
    """The study of several coders, each coding a row of its own, with the sentences."""
    with Project.open(project) as opened:
        return open_study(opened, coder=coders, with_units=True, apart=True)


@st.cache_resource(show_spinner=False, max_entries=2)
def units(project: str, state: tuple[float, ...]) -> "DataFrame":
    """Every sentence with its text; only pages that look at the text want it."""
    with Project.open(project) as opened:
        return units_frame(opened)


@st.cache_resource(show_spinner=False, max_entries=6)
def coders(project: str, state: tuple[float, ...]) -> tuple[str, ...]:
    """Everyone who coded, the codebook used last first."""
    with Project.open(project) as opened:
        current = [book.coder for book in reversed(opened.codebooks())]
        return tuple(dict.fromkeys([*current, *at_work(opened)]))


@st.cache_resource(show_spinner=False, max_entries=20)
def hidden(project: str, person: str, state: tuple[float, ...]) -> frozenset[str]:
    """Whose codings this person is not shown."""
    with Project.open(project) as opened:
        return frozenset(blind_to(opened, person))


@st.cache_resource(show_spinner=False, max_entries=6)
def document(
    project: str, id: str, coder: str, state: tuple[float, ...]
) -> tuple[Document, Sequence[Unit], Sequence[Coding]]:
    """A document with its units and one coder's codings."""
    with Project.open(project) as opened:
        return opened.document(id), opened.units(id), opened.codings(id, coder=coder)


@st.cache_resource(show_spinner=False, max_entries=200)
def codings(
    project: str, id: str, coder: str, state: tuple[float, ...]
) -> dict[tuple[int, int], list[Coding]]:
    """One coder's codings of a document by their span."""
    by_span: dict[tuple[int, int], list[Coding]] = {}
    with Project.open(project) as opened:
        for one in opened.codings(id, coder=coder):
            by_span.setdefault((one.start, one.end), []).append(one)
    return by_span


def _cache_folder() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "wenma"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a home that cannot be written to
        folder = Path(tempfile.gettempdir())
    return folder


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
