"""Drafts of a codebook: what a person has begun to change, step by step, until it is saved.

A draft is no part of the study: no act, in no pack; but it outlives the browser.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import case, select

from wenma.errors import ProjectError
from wenma.store import schema
from wenma.store.project import Project


class DraftStep(NamedTuple):
    """A state of a draft: the YAML, and where the codes of the version it began from went."""

    text: str
    paths: Mapping[str, str]

    @property
    def mark(self) -> str:
        """What tells it from another."""
        return sha256(f"{json.dumps(dict(self.paths))}\n{self.text}".encode()).hexdigest()


class KeptDraft(NamedTuple):
    """The steps of a draft, the first to the last, and the number of the one that holds."""

    base: str  # fingerprint of the version it began from
    steps: tuple[DraftStep, ...]
    at: int


def kept_draft(project: Project, codebook: str, person: str) -> KeptDraft | None:
    """What this person has begun to change in a codebook; None for nothing."""
    table = schema.draft
    query = select(table.c.base, table.c.text, table.c.paths, table.c.holds)
    own = (table.c.codebook == codebook, table.c.person == person)
    rows = project.rows(query.where(*own).order_by(table.c.number))
    at = next((number for number, row in enumerate(rows) if row.holds), None)
    if at is None:
        return None
    steps = tuple(DraftStep(row.text, json.loads(row.paths)) for row in rows)
    return KeptDraft(rows[at].base, steps, at)


def keep_draft(
    project: Project,
    codebook: str,
    person: str,
    draft: KeptDraft | None,
    *,
    instead_of: KeptDraft | None,
) -> None:
    """Keep the draft as it is now in the place of the one that was known; None is none.

    `ProjectError` when another is kept by now, from another window: it is not written over.
    """
    table = schema.draft
    own = (table.c.codebook == codebook, table.c.person == person)
    steps = draft.steps if draft else ()
    with project.exclusive() as connection:
        marks = select(table.c.number, table.c.mark).where(*own)
        there = {row.number: row.mark for row in connection.execute(marks)}
        known = dict(enumerate(step.mark for step in instead_of.steps)) if instead_of else {}
        if there != known:
            raise ProjectError(
                "your draft was changed in another window meanwhile",
                file=project.name,
                cure="Load the page again and go on from there.",
                zh="草稿其间已在另一个窗口改动。请刷新页面，从那里继续。",
            )
        # A step is long and most of them stay: only what is new is written.
        same = {n for n, step in enumerate(steps) if there.get(n) == step.mark}
        for number in set(there) - same:
            connection.execute(table.delete().where(*own, table.c.number == number))
        for number in set(range(len(steps))) - same:
            step = steps[number]
            connection.execute(
                table.insert().values(
                    codebook=codebook,
                    person=person,
                    number=number,
                    base=draft.base if draft else "",
                    text=step.text,
                    paths=json.dumps(dict(step.paths), ensure_ascii=False),
                    mark=step.mark,
                    holds=0,
                )
            )
        if draft:
            here = case((table.c.number == draft.at, 1), else_=0)
            connection.execute(table.update().where(*own).values(holds=here))
