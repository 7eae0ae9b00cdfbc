"""What must hold before a project is opened, and how a database's faults are told.

Nothing here writes to a file that is not ours: the first bytes and the tables
are looked at before SQLite may make so much as a journal beside it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    SQLAlchemyError,
)
from sqlalchemy.pool import StaticPool

from wenma.errors import ProjectError, WenmaError
from wenma.store import schema
from wenma.store.upgrades import upgrade

PATIENCE = 30.0
"""Seconds to wait for another program that is writing."""

WRITING_AT_ONCE = "wenma_writing_at_once"
"""Execution option of a transaction that reads what it is about to change."""


def engine_for(where: str | Path, *, create: bool) -> tuple[Engine, str]:
    """The engine of a project file or database address, and the name it may be shown by.

    `ProjectError` for a file that is missing (unless `create`) or not ours.
    """
    if "://" in str(where):
        engine = _server(str(where))
        shown = engine.url.set(drivername="postgresql").render_as_string(hide_password=True)
        return engine, shown
    path = Path(where)
    _refuse_strangers(path, create=create)
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": PATIENCE, "check_same_thread": False}
    )
    _sqlite_manners(engine)
    _one_file(engine, path)
    return engine, str(path)


def engine_in_memory() -> Engine:
    """An engine whose one database lives as long as it does."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    _sqlite_manners(engine)
    return engine


def bring_up(connection: Connection, name: str, *, create: bool) -> None:
    """Make the tables where there are none, bring an older format forward, refuse a newer one."""
    there = set(inspect(connection).get_table_names())
    if "meta" not in there:
        if there:
            raise _stranger(name)
        if not create:
            raise _missing(name)
        schema.tables.create_all(connection)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(schema.meta.insert().values(key="format", value=str(schema.FORMAT)))
        return
    value = connection.execute(
        select(schema.meta.c.value).where(schema.meta.c.key == "format")
    ).scalar()
    if value is None or not value.isdigit():
        raise _stranger(name)
    if int(value) > schema.FORMAT:
        raise ProjectError(
            f"was written by a newer wenma (format {value}, this one knows {schema.FORMAT})",
            file=name,
            cure="Update with: pip install --upgrade wenma",
            zh=f"由更新版的 wenma 写成（格式 {value}，本版只到 {schema.FORMAT}）。"
            "请升级：pip install --upgrade wenma",
        )
    upgrade(connection, int(value))


@contextmanager
def talking(connect: Any, name: str) -> Iterator[Connection]:
    """A connection whose faults are told in one line."""
    try:
        with connect() as connection:
            yield connection
    except DBAPIError as error:
        raise _told(error, name) from error
    except SQLAlchemyError as error:
        raise ProjectError(
            f"cannot be used ({error})", file=name, zh=f"无法使用（{error}）。"
        ) from error


def is_of_database(error: WenmaError) -> bool:
    """Is it the project's file or server that failed, and not what was to be kept in it?"""
    cause = error.__cause__
    if isinstance(cause, IntegrityError | DataError) or not isinstance(error, ProjectError):
        return False
    return isinstance(cause, DBAPIError | DisconnectionError | OSError)


def _server(address: str) -> Engine:
    # Neither the address nor the fault may show a password, so neither is repeated.
    kind = address.partition("://")[0]
    if kind not in ("postgresql", "postgres"):
        raise ProjectError(
            f"{kind}:// is no place for a project",
            cure="Name a file, or write postgresql://user@host/name",
            zh=f"{kind}:// 不能存放项目。请写文件名，或 postgresql://用户@主机/库名",
        )
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
        # A database that was away and is back is asked again before it is trusted.
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise ProjectError(
            f"{kind}:// needs the package {error.name!r}",
            cure="Install it with: pip install 'wenma[postgresql]'",
            zh=f"{kind}:// 需要软件包 {error.name}。请安装：pip install 'wenma[postgresql]'",
        ) from None
    except (SQLAlchemyError, ValueError):
        raise ProjectError(
            "the database's address cannot be read",
            cure="Write it as postgresql://user@host/name",
            zh="数据库地址读不懂。请写作 postgresql://用户@主机/库名",
        ) from None


def _sqlite_manners(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        cursor = connection.cursor()
        # Documents are long: fewer, larger pages are written a tenth faster.
        cursor.execute("PRAGMA page_size = 8192")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA wal_autocheckpoint = 5000")  # pages; fewer stops in a long run
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # pysqlite opens a transaction only at the first INSERT; then a reader that goes on
        # to write could find the file changed under it.
        # Who looks before writing takes the pen at once, or two could look at the same time.
        at_once = connection.get_execution_options().get(WRITING_AT_ONCE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if at_once else "BEGIN")


def _one_file(engine: Engine, path: Path) -> None:
    """Write to the file of that name, never to one that was taken away while it was open."""

    @event.listens_for(engine, "checkout")
    def _looked_at(_: Any, record: Any, __: Any) -> None:
        try:
            found = path.stat()
        except OSError as slip:
            # To go on would be kept in a file nobody can find, or in a new and empty one.
            raise ProjectError(
                "is not there any more",
                file=path,
                cure="Put it back and try again; what was finished is in it.",
                zh="文件已不在原处。请放回后再试，已完成的都在里面。",
            ) from slip
        here = (found.st_dev, found.st_ino)
        if record.info.setdefault("file", here) != here:
            raise DisconnectionError  # another file in its place: the pool opens that one


def _refuse_strangers(path: Path, *, create: bool) -> None:
    """Look at what is there, only reading, before a single byte may be written."""
    if path.is_dir():
        raise ProjectError(
            "is a folder",
            file=path,
            cure="Name a file, such as study.db.",
            zh="是文件夹。请写文件名，如 study.db。",
        )
    if not path.exists():
        if not create:
            raise _missing(str(path))
        if not path.parent.is_dir():
            raise ProjectError(
                f"cannot be made: there is no folder {str(path.parent)!r}",
                file=path,
                cure="Make the folder first.",
                zh=f"无法新建：没有文件夹 {path.parent}。请先建文件夹。",
            )
        return
    if not os.access(path, os.R_OK):
        raise ProjectError(
            "cannot be read (permission denied)", file=path, zh="无法读取（没有权限）。"
        )
    if path.stat().st_size:
        _refuse_other_databases(path)


def _refuse_other_databases(path: Path) -> None:
    # Through SQLite and never by reading the file: to close a file, any handle of it, drops every
    # lock this process holds on it, and another process may then take away what is being read.
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            names = {
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type='table'"
                )
            }
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise ProjectError(
            f"cannot be opened ({error})",
            file=path,
            cure="If its folder may not be written to, copy the file to one that may.",
            zh=f"无法打开（{error}）。若所在文件夹不可写，请复制到可写的文件夹。",
        ) from None
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise _stranger(str(path)) from None
        raise ProjectError(
            f"cannot be opened ({error})",
            file=path,
            cure="Restore it from a copy.",
            zh=f"无法打开（{error}）。请用备份恢复。",
        ) from None
    if names and "meta" not in names:
        raise _stranger(str(path))


def _missing(name: str) -> ProjectError:
    return ProjectError(
        "there is no such project",
        file=name,
        cure=f"Make it with: wenma code FOLDER --codebook FILE --project {name}",
        zh=f"没有这个项目。请先制作：wenma code 文件夹 --codebook 编码本.yaml --project {name}",
    )


def _stranger(name: str) -> ProjectError:
    return ProjectError(
        "is not a wenma project",
        file=name,
        cure="Name another file; this one is left as it is.",
        zh="不是 wenma 项目，未作任何改动。请另选文件。",
    )


class _Fault(NamedTuple):
    """How a fault of the database is told; `signs` are words of its own message."""

    signs: tuple[str, ...]
    problem: str
    cure: str
    zh: str


_HELD = _Fault(
    ("locked", "lock timeout"),
    "is in use by another program",
    "Close it there, or try again.",
    "正被另一个程序占用。请在那里关闭，或稍后再试。",
)
_UNREACHABLE = _Fault(
    ("connection failed",),
    "the database cannot be reached",
    "Try again when it is back; what was finished is kept.",
    "数据库连不上。恢复后请再试，已完成的都已保存。",
)
# The first whose sign is in the message tells it.
_FAULTS = (
    _HELD,
    _UNREACHABLE,
    _Fault(
        ("unable to open",),
        "cannot be opened here: its folder may not be written to",
        "Copy it to, or make it in, a folder you may write to.",
        "在此无法打开：所在文件夹不可写。请复制到可写的文件夹。",
    ),
    _Fault(
        ("disk I/O",),
        "could not be written (disk error)",
        "Look at the disk's space and health; what was finished is kept.",
        "写入失败（磁盘错误）。请检查磁盘空间与状况；已完成的都还在。",
    ),
    _Fault(
        ("readonly", "read-only"),
        "may not be written to",
        "Look at its permissions.",
        "不可写入。请检查文件权限。",
    ),
    _Fault(
        ("full",),
        "could not be written: the disk is full",
        "Make room and run the same command again; what was finished is kept.",
        "写入失败：磁盘已满。请腾出空间后重试；已完成的都还在。",
    ),
    _Fault(
        ("malformed", "not a database"),
        "is damaged ({said})",
        "Restore it from a copy.",
        "文件已损坏（{said}）。请用备份恢复。",
    ),
)


def _told(error: DBAPIError, name: str) -> ProjectError:
    said = str(error.orig).strip().split("\n")[0]
    found = next((one for one in _FAULTS if any(sign in said for sign in one.signs)), None)
    if error.connection_invalidated and found is not _HELD:
        found = _UNREACHABLE
    if found is None:
        return ProjectError(f"the database says: {said}", file=name, zh=f"数据库报告：{said}")
    problem, zh = (one.replace("{said}", said) for one in (found.problem, found.zh))
    return ProjectError(problem, file=name, cure=found.cure, zh=zh)
