"""Sketches of the documents' texts, kept so that each text is looked at once."""

from collections.abc import Mapping
from contextlib import suppress

import numpy as np
from sqlalchemy import select

from wenma.errors import ProjectError
from wenma.statistics.kinship import Kin, Sketch, kindred, sketch_of
from wenma.store import schema
from wenma.store.project import Project

_TOKEN = "sketch 1"
"""Under which sketches are remembered: another one as soon as they are made otherwise."""
_BATCH = 100


def document_kin(project: Project, *, now: str) -> tuple[tuple[str, ...], list[Kin]]:
    """The documents in the order of the corpus, and the kin among them by their numbers.

    Texts without a sketch are read; the others are only where a pair of sketches is alike.
    """
    document = schema.document
    rows = project.rows(
        select(document.c.id, document.c.key, document.c.sha256, document.c.text_sha256).order_by(
            document.c.position, document.c.id
        )
    )
    kept = _kept(project)
    new = {row.text_sha256: row.key for row in rows if row.text_sha256 not in kept}
    if new:
        made = _made(project, new)
        _keep(project, made, now)
        kept |= made

    def text_of(number: int) -> str:
        return next(iter(_texts(project, [rows[number].key]).values()))

    sketches = [kept[row.text_sha256] for row in rows]
    found = kindred(sketches, text_of, files=[row.sha256 for row in rows])
    return tuple(row.id for row in rows), found


def _kept(project: Project) -> dict[str, Sketch]:
    table = schema.remembered
    query = select(table.c.question, table.c.answer).where(table.c.token == _TOKEN)
    return {row.question.split(" ")[1]: _unpacked(row.answer) for row in project.rows(query)}


def _made(project: Project, keys: Mapping[str, int]) -> dict[str, Sketch]:
    """The sketches of these texts, some of which are in memory at a time."""
    every = [*keys.items()]
    found: dict[str, Sketch] = {}
    for at in range(0, len(every), _BATCH):
        some = every[at : at + _BATCH]
        texts = _texts(project, [key for _, key in some])
        found |= {digest: sketch_of(texts[key]) for digest, key in some}
    return found


def _texts(project: Project, keys: list[int]) -> dict[int, str]:
    content = schema.content
    query = select(content.c.document, content.c.text).where(content.c.document.in_(keys))
    return {row.document: row.text for row in project.rows(query)}


def _keep(project: Project, sketches: Mapping[str, Sketch], now: str) -> None:
    """Keep them; where the project cannot be written to just now, they are made again."""
    table = schema.remembered
    rows = [
        {"question": f"sketch {digest}", "token": _TOKEN, "answer": _packed(one), "at": now}
        for digest, one in sketches.items()
    ]
    with suppress(ProjectError), project.exclusive() as connection:
        names = [row["question"] for row in rows]
        for at in range(0, len(names), _BATCH):
            some = names[at : at + _BATCH]
            connection.execute(table.delete().where(table.c.question.in_(some)))
        connection.execute(table.insert(), rows)


def _packed(sketch: Sketch) -> bytes:
    return sketch.digest.ljust(64).encode() + sketch.sample.astype("<i8").tobytes()


def _unpacked(kept: bytes) -> Sketch:
    sample = np.frombuffer(kept, dtype="<i8", offset=64).astype(np.int64)
    return Sketch(bytes(kept[:64]).decode().strip(), sample)
