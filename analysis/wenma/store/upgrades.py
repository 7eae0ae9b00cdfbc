"""The way from an older format of the project file to this one, one step a format."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from sqlalchemy import Connection, bindparam, select

from wenma.store import schema
from wenma.store.format_five import to_format_five

Step = Callable[[Connection], None]
"""What brings a project from one format to the next, inside a transaction."""


def _room_for_people(connection: Connection) -> None:
    """To format 3: verdicts, memos, tasks and the acts that made them."""
    schema.tables.create_all(connection, tables=schema.PEOPLES)


def _room_for_drafts(connection: Connection) -> None:
    """To format 4: what people have begun to change in a codebook."""
    schema.tables.create_all(connection, tables=(schema.draft,))


def _shorter_evidence_and_index(connection: Connection) -> None:
    """To format 2: a rule's name once for all its words, codings by document alone."""
    coding = schema.coding
    key, evidence = coding.c.id, coding.c.evidence
    change = coding.update().where(key == bindparam("of")).values(evidence=bindparam("short"))
    rows = [
        {"of": id, "short": _without_repeats(json.loads(long))}
        for id, long in connection.execute(select(key, evidence))
    ]
    if rows:
        connection.execute(change, rows)
    index = next(one for one in coding.indexes if one.name == "coding_by_document")
    index.drop(connection)
    index.create(connection)


def _without_repeats(evidence: Sequence[tuple[str, int, int]]) -> str:
    flat: list[str | int] = []
    for rule, of_rule in groupby(evidence, key=lambda one: one[0]):
        flat += [rule, *(at for _, *span in of_rule for at in span)]
    return json.dumps(flat, ensure_ascii=False, separators=(",", ":"))


UPGRADES: Mapping[int, Step] = {
    1: _shorter_evidence_and_index,
    2: _room_for_people,
    3: _room_for_drafts,
    4: to_format_five,
}
"""From format n to n+1, under the key n."""


def upgrade(
    connection: Connection,
    found: int,
    *,
    to: int = schema.FORMAT,
    steps: Mapping[int, Step] = UPGRADES,
) -> None:
    """Bring a project of format `found` to format `to`, inside the caller's transaction."""
    for version in range(found, to):
        steps[version](connection)
        connection.execute(
            schema.meta.update().where(schema.meta.c.key == "format").values(value=str(version + 1))
        )
