"""A sound input becomes a broken one: bits, pieces, numbers and the members of archives."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]

_NUMBER = re.compile(rb"\d+")
_HUGE = (b"0", b"-1", b"4294967296", b"99999999999999999999", b"1e999", b"9" * 5000)
_ODD = (
    b"\0", b"\xff\xfe", b"\x1b[2J", b"\xed\xa0\x80", "\u2028\u202e".encode(), b"<?x", b"<!--",
    b"]]>", b"&#0;", b"&a;", b"\r", b"[" * 200, b"(" * 200, b"{{", b"|-" * 100, b'"', b"'", b"\\",
    b"<table>" * 50, b"/Kids[1 0 R]", b"/Length 99999999", b"endobj", b"%PDF", b"PK\x03\x04",
)  # fmt: skip


def flip(chance: random.Random, data: bytes) -> bytes:
    """Some bits turned over."""
    turned = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
    return bytes(turned)


def cut(chance: random.Random, data: bytes) -> bytes:
    """Cut short, or a piece taken out."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:end], data[start:], data[:start] + data[end:]))


def doubled(chance: random.Random, data: bytes) -> bytes:
    """A piece many times."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 10, 200))]
    return data[:start] + piece * chance.choice((2, 20, 500)) + data[start:]


def spliced(chance: random.Random, data: bytes) -> bytes:
    """What does not belong there, put in or in place of something."""
    start = chance.randrange(len(data) + 1)
    length = chance.choice((0, 0, 1, 20))
    return data[:start] + chance.choice(_ODD) + data[start + length :]


def numbered(chance: random.Random, data: bytes) -> bytes:
    """A number become huge, negative or none."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return spliced(chance, data)
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(_HUGE) + data[one.end() :]


def moved(chance: random.Random, data: bytes) -> bytes:
    """A piece put elsewhere."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


PLAIN: tuple[Mutation, ...] = (flip, cut, doubled, spliced, numbered, moved)


def mutated(chance: random.Random, data: bytes) -> bytes:
    """`data`, or a member of the archive it is, changed once or a few times."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        change = chance.choice(PLAIN)
        if data.startswith(b"PK") and chance.random() < 0.8:
            data = _in_archive(chance, data, change)
        elif data:
            data = change(chance, data)
    return data


def _in_archive(chance: random.Random, data: bytes, change: Mutation) -> bytes:
    """The archive with one member changed, gone or there twice; its checksums are right."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            members = [(name, old.read(name)) for name in old.namelist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
        return change(chance, data)
    if not members:
        return data
    at = chance.randrange(len(members))
    name, content = members[at]
    if chance.random() < 0.1:
        members[at : at + 1] = chance.choice(([], [members[at]] * 2))
    elif content:
        members[at] = (name, change(chance, content))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one, part in members:
            new.writestr(zipfile.ZipInfo(one), part)
    return out.getvalue()
