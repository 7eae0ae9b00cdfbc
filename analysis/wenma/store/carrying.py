"""A new version of a codebook put to use, and what people did under the old one carried over.

Rules code every document under the new version's own name first; the codings of the old
version stay. Then one act, kept whole or not at all and undone like any other, makes the new
version the one in use and moves people's codings, verdicts and memos to where their codes
have gone.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from wenma.errors import ProjectError
from wenma.records import RULES, Codebook
from wenma.store import schema
from wenma.store.coding_session import checked_name
from wenma.store.edit_log import Act, Edit, perform
from wenma.store.keyed_rows import KEYS, VALUES, Row, held
from wenma.store.project import Project
from wenma.store.recoding import recode

VERB = "revise"
"""What the act is called in the history."""

Key = tuple[Any, ...]


class Carried(NamedTuple):
    """What came of it: the act, the documents coded again, and what of people's work moved.

    `left` are people's codings of codes the new version has not: they stay as they were.
    """

    act: Act
    documents: int
    codings: int
    verdicts: int
    memos: int
    left: int


def carry_over(
    project: Project,
    codebook: Codebook,
    paths: Mapping[str, str],
    *,
    person: str,
    now: Callable[[], str],
    seen: Callable[[str], None] = lambda _: None,
) -> Carried:
    """Put a version to use; `paths` says where codes of the old one have gone ("" for nowhere)."""
    checked_name(person)
    before = project.codebooks()
    current = before[-1].fingerprint if before else ""
    _refuse(project, codebook, paths)
    documents = recode(project, codebook, now=now, seen=seen, in_use=False).documents
    moves = {old: new for old, new in paths.items() if new and new != old}
    with project.exclusive() as connection:
        if _in_use(connection) != current:
            raise ProjectError(
                "another version of the codebook was put to use meanwhile",
                file=project.name,
                cure="Load the page again and look at what is there now.",
                zh="其间有人启用了编码本的另一版本。请刷新页面，先看现在的版本。",
            )
        at = now()
        codings = _moved("coding", _rows(connection, "coding", moves), _by_code(4, moves), _first)
        verdicts = _moved(
            "verdict", _rows(connection, "verdict", moves), _by_code(3, moves), _accepted
        )
        memos = _moved("memo", _memos(connection, moves), _by_memo(moves), _together)
        use = Edit(
            "codebook",
            (codebook.fingerprint,),
            {"used": _used(connection, codebook.fingerprint)},
            {"used": _later(connection, at)},
        )
        act = perform(
            connection,
            [use, *codings, *verdicts, *memos],
            person=person,
            verb=VERB,
            document="",
            at=at,
            name=project.name,
        )
        left = _left(connection, [code.path for code in codebook.codes])
    return Carried(act, documents, _count(codings), _count(verdicts), _count(memos), left)


def every_path(given: Mapping[str, str], old: Codebook, new: Codebook) -> dict[str, str]:
    """The paths somebody names, and those of the codes under them: what is under a goes with a.

    `ProjectError` for a path that is not in its version.
    """
    before, after = ([code.path for code in book.codes] for book in (old, new))
    for path, new_path in given.items():
        for one, known, book in ((path, before, old), (new_path, after, new)):
            if one not in known:
                raise _no_code(one, known, book)
    found = dict(given)
    for path in before:
        above = [one for one in given if path.startswith(f"{one}/")]
        if path not in found and above:
            nearest = max(above, key=len)
            moved = given[nearest] + path.removeprefix(nearest)
            if moved not in after:
                raise _no_code(moved, after, new)
            found[path] = moved
    return found


def _no_code(path: str, known: Iterable[str], book: Codebook) -> ProjectError:
    near = get_close_matches(path, [*known], n=1)
    return ProjectError(
        f"{book.id} {book.version} has no code {path!r}",
        cure=f"Did you mean {near[0]}?" if near else "Name a code of each version: OLD=NEW",
        zh=f"{book.id} {book.version} 中没有编码“{path}”。"
        + (f"是否想写“{near[0]}”？" if near else "请按“旧=新”各写一个编码。"),
    )


def _refuse(project: Project, codebook: Codebook, paths: Mapping[str, str]) -> None:
    known = {code.path for code in codebook.codes}
    for new in paths.values():
        if new and new not in known:
            raise _no_code(new, known, codebook)
    for book in project.codebooks():
        if book.coder == codebook.coder and book.fingerprint != codebook.fingerprint:
            raise ProjectError(
                f"holds codings by {book.coder} with another text of it",
                file=project.name,
                cure="Give the changed codebook a version of its own.",
                zh=f"项目中已有 {book.coder}，内容不同。请给修改后的编码本另定一个版本号。",
            )


# -- rows --------------------------------------------------------------------------------------


def _rows(connection: Connection, name: str, moves: Mapping[str, str]) -> dict[Key, Row]:
    """What people have in a table under codes that move, or where they move to."""
    table = getattr(schema, name)
    person = table.c.coder if name == "coding" else table.c.person
    query = select(*(table.c[column] for column in (*KEYS[name], *VALUES[name]))).where(
        table.c.code.in_({*moves, *moves.values()}), person.not_like(f"{RULES}%")
    )
    return _keyed(name, connection.execute(query))


def _memos(connection: Connection, moves: Mapping[str, str]) -> dict[Key, Row]:
    """Memos on codes and codings; the code is the last part of what they are about."""
    table = schema.memo
    query = select(*(table.c[column] for column in (*KEYS["memo"], *VALUES["memo"])))
    rows = _keyed("memo", connection.execute(query))
    touched = {*moves, *moves.values()}
    return {key: row for key, row in rows.items() if _code_of(key[0]) in touched}


def _keyed(name: str, rows: Iterable[Any]) -> dict[Key, Row]:
    width = len(KEYS[name])
    return {tuple(row[:width]): held(VALUES[name], row[width:]) for row in rows}


def _moved(
    table: str,
    rows: Mapping[Key, Row],
    moved: Callable[[Key], Key],
    both: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]],
) -> list[Edit]:
    """Edits that bring each row to its new key at once; of two that meet, `both` makes one."""
    after: dict[Key, dict[str, Any]] = {}
    for key, row in rows.items():
        new = moved(key)
        after[new] = both(after[new], dict(row or {})) if new in after else dict(row or {})
    gone = [Edit(table, key, row, None) for key, row in rows.items() if key not in after]
    come = [Edit(table, key, rows.get(key), row) for key, row in after.items()]
    return [*gone, *(edit for edit in come if edit.before != edit.after)]


def _count(edits: Iterable[Edit]) -> int:
    """Rows that were there before."""
    return sum(edit.before is not None for edit in edits)


def _by_code(at: int, moves: Mapping[str, str]) -> Callable[[Key], Key]:
    return lambda key: (*key[:at], moves.get(key[at], key[at]), *key[at + 1 :])


def _by_memo(moves: Mapping[str, str]) -> Callable[[Key], Key]:
    def moved(key: Key) -> Key:
        code = _code_of(key[0])
        return (key[0].removesuffix(code) + moves.get(code, code), *key[1:])

    return moved


def _code_of(about: str) -> str:
    kind, _, rest = about.partition(":")
    return rest.rpartition(":")[2] if kind in ("code", "coding") else ""


def _first(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return min(one, other, key=lambda row: str(row["made"]))


def _accepted(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Who took either of two codes takes the one they have become."""
    return other if other["verdict"] == "accepted" != one["verdict"] else one


def _together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {"text": f"{one['text']}\n\n{other['text']}", "at": max(one["at"], other["at"])}


# -- which version is in use -------------------------------------------------------------------


def _in_use(connection: Connection) -> str:
    book = schema.codebook
    latest = select(book.c.fingerprint).order_by(book.c.used.desc(), book.c.id.desc()).limit(1)
    return str(connection.execute(latest).scalar() or "")


def _used(connection: Connection, fingerprint: str) -> str:
    book = schema.codebook
    found = connection.execute(select(book.c.used).where(book.c.fingerprint == fingerprint))
    return str(found.scalar_one())


def _later(connection: Connection, at: str) -> str:
    """The time, or the first after the last use of any version: the one used last is in use."""
    last = str(connection.execute(select(func.max(schema.codebook.c.used))).scalar() or "")
    if at > last:
        return at
    return (datetime.fromisoformat(last) + timedelta(microseconds=1)).isoformat()


def _left(connection: Connection, paths: Iterable[str]) -> int:
    table = schema.coding
    query = select(func.count()).where(
        table.c.coder.not_like(f"{RULES}%"), table.c.code.not_in([*paths])
    )
    return int(connection.execute(query).scalar_one())
