"""Which project the browser shows: a `Study` for each person and state of it, opened once."""

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import streamlit as st

from wenma.publish.labels import Language
from wenma.records import Coding, Document, Unit
from wenma.shipped import shipped
from wenma.study.access import Access
from wenma.study.study import Study
from wenma.version import __version__

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
    book, corpus = shipped("codebooks") / "resilience.yaml", shipped("corpus")
    # Another text, codebook or version is another sample: nothing stale is ever mixed in.
    content = sha256(__version__.encode())
    for file in (book, *sorted(one for one in corpus.rglob("*") if one.is_file())):
        content.update(file.read_bytes())
    path = _cache_folder() / f"sample-{content.hexdigest()[:12]}.db"
    with Study.create(path, codebook=book) as study:
        study.code(corpus)
    return str(path)


def state(project: str) -> tuple[float, ...]:
    """Changes whenever the project has: the key of everything kept from it."""
    if "://" in project:
        return _content(project)
    parts: list[float] = []
    for path in (Path(project), Path(f"{project}-wal")):
        # SQLite keeps what was written last beside the file, and leaves that empty when read.
        if path.exists() and (found := path.stat()).st_size:
            parts += [found.st_mtime_ns, found.st_size]
    return _looked_into(project, tuple(parts))


@st.cache_resource(show_spinner=False, max_entries=8)
def _looked_into(project: str, file: tuple[float, ...]) -> tuple[float, ...]:
    return _content(project)


def _content(project: str) -> tuple[float, ...]:
    with Study.open(project) as study:
        return study.change_token()


def study(project: str, state: tuple[float, ...], access: Access, language: Language) -> Study:
    """The study as this person may see it, opened once for each state of the project."""
    opened = _opened(project, state, access.person, access.role, _access=access)
    return replace(opened, language=language)


@st.cache_resource(show_spinner=False, max_entries=8)
def _opened(
    project: str, state: tuple[float, ...], person: str, role: str | None, _access: Access
) -> Study:
    return Study.open(project, access=_access)


@st.cache_resource(show_spinner=False, max_entries=6)
def document(
    project: str, id: str, state: tuple[float, ...], _study: Study
) -> tuple[Document, Sequence[Unit]]:
    """A document with its units."""
    return _study.document(id), _study.units(id)


@st.cache_resource(show_spinner=False, max_entries=200)
def codings(
    project: str, id: str, coder: str, state: tuple[float, ...], person: str, _study: Study
) -> dict[tuple[int, int], list[Coding]]:
    """One coder's codings of a document by their span, as a person may see them."""
    by_span: dict[tuple[int, int], list[Coding]] = {}
    for one in _study.codings(id, coder=coder):
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
