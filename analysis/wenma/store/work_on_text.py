"""What would become of people's work on a document, were another text to take its place."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select

from wenma.records import Document, Unit
from wenma.store import schema
from wenma.store.following import person_of, whereabouts
from wenma.store.project import Project
from wenma.store.relocation import relocate


class WorkPlace(NamedTuple):
    """Something a person did: what (coding, verdict, memo …), on which words, found or not."""

    table: str
    person: str
    span: tuple[int, int] | None
    words: str
    found: bool


def work_in_new_text(
    project: Project,
    id: str,
    new: Document,
    units: Sequence[Unit],
    *,
    hidden: Collection[str] = (),
) -> list[WorkPlace]:
    """All that people did on a document, and whether its words are found again in another text.

    By the same rules by which it would follow, were the document replaced; nothing is written.
    What `hidden` people did is left out.
    """
    old = project.document(id)
    key = project.rows(select(schema.document.c.key).where(schema.document.c.id == id))[0].key
    way = relocate(old.text, project.units(id), new.text, units)
    every = [
        WorkPlace(
            one.table,
            person_of(one, id),
            one.span,
            old.text[slice(*one.span)] if one.span else "",
            one.new_key is not None,
        )
        for one in whereabouts(project.rows, key, id, way, units)
    ]
    return [one for one in every if one.person not in hidden]
