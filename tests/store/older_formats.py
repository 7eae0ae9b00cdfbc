"""Project files as earlier versions of wenma wrote them.

`format_4.json` is a small study of invented texts, taken down table by table from a file that the
version before format 5 had made: its statements, its columns and its rows.
"""

import json
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from wenma.store.opening import engine_for
from wenma.store.serialization import unpack_evidence

FORMAT_4 = Path(__file__).with_name("format_4.json")


def make_format_4(where: str, *, first: bool = False) -> None:
    """A project of format 4 in a file, or in an empty database.

    `first` makes it one of format 1: evidence at length, another index, no tables for people.
    """
    told = json.loads(FORMAT_4.read_text(encoding="utf-8"))
    server = "://" in where
    engine = engine_for(where, create=True)[0] if server else create_engine(f"sqlite:///{where}")
    with engine.begin() as connection:
        for statement in told["ddl"]:
            if server:
                statement = statement.replace("WITHOUT ROWID", "")
                for name in ("id", '"key"'):
                    counted = f"\n\t{name} INTEGER NOT NULL"
                    if "CREATE TABLE act" not in statement:
                        statement = statement.replace(counted, counted.replace("INTEGER", "SERIAL"))
            connection.execute(text(statement))
        # The order of the statements is that of the tables: what others refer to comes first.
        for table in sorted(told["rows"], key=lambda name: name not in ("meta", "document")):
            columns = told["columns"][table]
            names = ", ".join(f'"{one}"' for one in columns)
            values = ", ".join(f":{one}" for one in columns)
            insert = text(f"INSERT INTO {table} ({names}) VALUES ({values})")
            for row in told["rows"][table]:
                given = dict(zip(columns, row, strict=True))
                if table == "section":
                    given["box"] = bool(given["box"])
                connection.execute(insert, given)
        if server:
            for table, column in (("document", "key"), ("codebook", "id"), ("coding", "id")):
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "
                        f'(SELECT max("{column}") FROM {table}))'
                    )
                )
        if first:
            _back_to_the_first(connection)
    engine.dispose()


def _back_to_the_first(connection: Connection) -> None:
    for id, packed in connection.execute(text("SELECT id, evidence FROM coding")).all():
        long = json.dumps([list(one) for one in unpack_evidence(packed)])
        change = text("UPDATE coding SET evidence = :long WHERE id = :id")
        connection.execute(change, {"long": long, "id": id})
    for statement in (
        "DELETE FROM coding WHERE coder NOT LIKE 'rules:%'",
        "DROP INDEX coding_by_document",
        "CREATE INDEX coding_by_document ON coding (document, coder)",
        *(f"DROP TABLE {name}" for name in ("verdict", "memo", "assignment", "act", "draft")),
        "UPDATE meta SET value = '1'",
    ):
        connection.execute(text(statement))
