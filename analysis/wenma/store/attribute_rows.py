"""What is known of documents, in rows: written with a document, and stated anew by a manifest."""

from collections.abc import Iterable, Mapping

from sqlalchemy import BindParameter, Connection, bindparam, select

from wenma.store import schema
from wenma.store.schema import STANDARD

ATTRIBUTE_CHANGES = "attribute_changes"
"""Key in `meta`: how often a manifest changed what is known of documents."""


def add_attributes(connection: Connection, key: int, known: Mapping[str, str]) -> None:
    """Keep what a manifest says of a document that is new, under its key."""
    if not known:
        return
    name_attributes(connection, known)
    rows = [
        {"document": key, "name": name, "value": value, "stated": value}
        for name, value in known.items()
    ]
    connection.execute(schema.attribute.insert(), rows)


def name_attributes(connection: Connection, names: Iterable[str]) -> None:
    """Give attributes that are new to the project their place among its columns."""
    table = schema.attribute_name
    known = dict(map(tuple, connection.execute(select(table.c.name, table.c.position)).all()))
    last = max([len(STANDARD) - 1, *known.values()])
    new = [name for name in dict.fromkeys(names) if name not in known]
    own = [name for name in new if name not in STANDARD]
    places = {name: STANDARD.index(name) for name in new if name in STANDARD}
    places |= {name: last + number for number, name in enumerate(own, 1)}
    if places:
        rows = [{"name": name, "position": place} for name, place in places.items()]
        connection.execute(table.insert(), rows)


def state_attributes(
    connection: Connection, known: Mapping[str, Mapping[str, str]]
) -> tuple[str, ...]:
    """Take over what a manifest says now, by the documents' ids; which documents changed."""
    table, document = schema.attribute, schema.document
    ids = {
        key: id
        for key, id in connection.execute(select(document.c.key, document.c.id))
        if id in known
    }
    before: dict[int, dict[str, tuple[str, str]]] = {key: {} for key in ids}
    columns = (table.c.document, table.c.name, table.c.value, table.c.stated)
    for key, name, value, stated in connection.execute(select(*columns)):
        if key in before:
            before[key][name] = (value, stated)
    new: list[dict[str, object]] = []
    other: list[dict[str, object]] = []
    gone: list[dict[str, object]] = []
    changed: dict[str, None] = {}
    for key, id in ids.items():
        says = known[id]
        for name in dict.fromkeys((*says, *before[key])):
            said = says.get(name, "")
            held, stated = before[key].get(name, ("", ""))
            if said == stated:
                continue
            row = {"of": key, "named": name, "said": said}
            if not said:
                gone.append(row)
            else:
                (other if name in before[key] else new).append(row)
            if held != said:
                changed[id] = None
    if not (new or other or gone):
        return ()
    name_attributes(connection, (str(row["named"]) for row in new))
    this = (table.c.document == bindparam("of"), table.c.name == bindparam("named"))
    says_now: BindParameter[str] = bindparam("said")
    if new:
        connection.execute(
            table.insert().values(
                document=bindparam("of"), name=bindparam("named"), value=says_now, stated=says_now
            ),
            new,
        )
    if other:
        connection.execute(
            table.update().where(*this).values(value=says_now, stated=says_now), other
        )
    if gone:
        connection.execute(table.delete().where(*this), gone)
    _count_change(connection)
    return tuple(changed)


def _count_change(connection: Connection) -> None:
    table = schema.meta
    here = table.c.key == ATTRIBUTE_CHANGES
    found = connection.execute(select(table.c.value).where(here)).scalar()
    if found is None:
        connection.execute(table.insert().values(key=ATTRIBUTE_CHANGES, value="1"))
    else:
        connection.execute(table.update().where(here).values(value=str(int(found) + 1)))
