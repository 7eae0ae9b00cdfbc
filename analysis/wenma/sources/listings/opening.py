"""Files are opened here: those that are files, in folders or archives, and whole."""

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from wenma.errors import SourceError
from wenma.sources.entry import Entry
from wenma.sources.listings.archives import archive_of, bytes_inside


def content(entry: Entry) -> bytes:
    """The bytes of an entry: its file's, or the text a table holds for it."""
    return read_bytes(entry.path) if entry.held is None else entry.held.encode()


def entry_sha256(entry: Entry, *, after: bytes = b"") -> str:
    """The hash of `after` and an entry's bytes."""
    if entry.held is None:
        return sha256_of(entry.path, after=after)
    return hashlib.sha256(after + entry.held.encode()).hexdigest()


def entry_size(entry: Entry, *, largest: int) -> int:
    """The bytes of an entry that may be read; SourceError when they are more than `largest`."""
    return len(content(entry)) if entry.held else regular_size(entry.path, largest=largest)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; SourceError when it is missing, locked, empty or just being written."""
    with opened(path) as file:
        before = _state(file)
        data = file.read()
        after = _state(file)
    if before != after:
        raise SourceError(
            "changed while it was read",
            file=path,
            cure="Wait until it is saved and read it again",
            zh="读取时文件有变动。请待其保存完毕后重读。",
        )
    if not data or data.isspace():
        raise SourceError(
            "is empty",
            file=path,
            cure="Delete it or fill it",
            zh="文件是空的，请删除或补充内容。",
        )
    return data


def _state(file: BinaryIO) -> tuple[int, int]:
    """What changes when somebody writes into a file; never, of a file in an archive."""
    if isinstance(file, io.BytesIO):
        return 0, 0
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


def sha256_of(path: Path, *, after: bytes = b"") -> str:
    """The hash of `after` and a file's bytes; no more than a piece of it is held."""
    digest = hashlib.sha256(after)
    with opened(path) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def regular_size(path: Path, *, largest: int) -> int:
    """The bytes of a file that may be read; SourceError when they are more than `largest`."""
    with opened(path) as file:
        size = file.seek(0, io.SEEK_END)
    if size > largest:
        raise SourceError(
            f"has {size / 1e6:,.0f} MB, and at most {largest / 1e6:,.0f} MB are read",
            file=path,
            cure="Split it, or save its text as .txt",
            zh=f"有 {size / 1e6:,.0f} MB，至多可读 {largest / 1e6:,.0f} MB。"
            "请拆分，或把文字另存为 .txt。",
        )
    return size


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file opened for reading; SourceError when it is missing, locked, or no file.

    What lies in an archive is unfolded into memory, within the bounds of archives.
    """
    if not os.path.lexists(path) and (archive := archive_of(path)) is not None:
        yield io.BytesIO(bytes_inside(path, archive))
        return
    try:
        with open(path, "rb", opener=_open) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _no_file(path)
            yield file
    except FileNotFoundError as slip:
        raise SourceError(
            "is not there", file=path, cure="Check the path", zh="文件不存在，请核对路径。"
        ) from slip
    except ValueError as slip:  # a name that holds a zero byte
        raise _no_file(path) from slip
    except OSError as slip:
        raise SourceError(
            f"cannot be opened ({slip.strerror})",
            file=path,
            cure="Check its permissions",
            zh=f"文件无法打开（{slip.strerror}），请检查权限。",
        ) from slip


def _open(path: str, flags: int) -> int:
    # A pipe put in a file's place would keep us waiting for whoever writes into it.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _no_file(path: Path) -> SourceError:
    return SourceError(
        "is no file that can be read (a folder, pipe, socket or device)",
        file=path,
        cure="Name a file",
        zh="不是可读的文件（而是文件夹、管道、套接字或设备）。请写一个文件。",
    )
