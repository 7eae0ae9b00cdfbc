"""The folder documents are fetched into: each as received, and a manifest that says whence."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from wenma.errors import SourceError
from wenma.sources.web.catalogue import Wanted

_FIRST = ("path", "title", "city", "source")
_TOLD = ("address", "fetched", "content_type", "sha256")
_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf",
    "text/plain": ".txt", "application/msword": ".doc", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_BEGINNINGS = ((b"%PDF-", ".pdf"), (b"\xd0\xcf\x11\xe0", ".doc"), (b"{\\rtf", ".rtf"))
_MARKUP = re.compile(rb"\s*<(?:!doctype html|html|head|body)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')


class Received(NamedTuple):
    """A document as a server gave it."""

    data: bytes
    address: str
    final: str  # the address it came from in the end
    content_type: str
    sha256: str


class PartialFile:
    """What came of an answer so far, hidden beside the files until it is whole."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._mark = file.with_suffix(".mark")

    def state(self) -> tuple[int, str]:
        """How many bytes are there, and the server's mark of the file they are of."""
        try:
            return self._file.stat().st_size, self._mark.read_text(encoding="utf-8")
        except OSError:
            return 0, ""

    @contextmanager
    def written(self, mark: str, *, goes_on: bool) -> Iterator[BinaryIO]:
        """The file to write what comes into, behind what is there or in its place."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._mark.write_text(mark, encoding="utf-8")
        with self._file.open("ab" if goes_on else "wb") as file:
            yield file

    def data(self) -> bytes:
        """All of it."""
        return self._file.read_bytes()

    def remove(self) -> None:
        """Let it go: the whole is kept elsewhere."""
        for file in (self._file, self._mark):
            file.unlink(missing_ok=True)
        with suppress(OSError):  # others are still coming
            self._file.parent.rmdir()


class FetchedFiles:
    """The files fetched so far into a folder, by the address in the catalogue.

    The manifest is written anew after each, so that a run can be stopped at any moment. Raises
    SourceError when the folder holds a manifest of somebody else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest = folder / "manifest.csv"
        self._rows = {row["address"]: row for row in self._read()}

    def kept(self, address: str) -> Path | None:
        """The file fetched from this address, if it is there and is what came."""
        row = self._rows.get(address)
        if row is None:
            return None
        file = self.folder / row["path"]
        with suppress(OSError):
            if hashlib.sha256(file.read_bytes()).hexdigest() == row["sha256"]:
                return file
        return None

    def part(self, address: str) -> PartialFile:
        """What came of this address so far."""
        name = hashlib.sha256(address.encode()).hexdigest()[:24]
        return PartialFile(self.folder / ".partial" / f"{name}.part")

    def keep(self, wanted: Wanted, received: Received, today: str) -> Path:
        """Keep a document that came whole, and say in the manifest whence."""
        if not received.data.strip():
            raise SourceError(
                "the server gave nothing", cure="Check the address in a browser",
                zh="服务器没有给出内容。请在浏览器中核对网址。",
            )  # fmt: skip
        name = self._free_name(wanted, received)
        _write_whole(self.folder / name, received.data)
        row = {**wanted.row, "path": name, "source": received.final, "fetched": today,
               "address": received.address, "content_type": received.content_type,
               "sha256": received.sha256}  # fmt: skip
        row.setdefault("title", wanted.name)
        row.setdefault("city", "")
        self._rows[wanted.address] = {n: row[n] for n in row if n != "path_in_manifest"}
        self._write()
        self.part(wanted.address).remove()
        return self.folder / name

    def _free_name(self, wanted: Wanted, received: Received) -> str:
        own = self._rows.get(wanted.address, {}).get("path")
        taken = {row["path"].casefold() for row in self._rows.values()} - {(own or "").casefold()}
        stem = _NOT_IN_NAMES.sub("_", wanted.name).strip("._")[:80] or "document"
        names = (f"{stem}{n or ''}{suffix_of(received)}" for n in range(len(taken) + 2) if n != 1)
        return next(name for name in names if name.casefold() not in taken)

    def _read(self) -> list[dict[str, str]]:
        if not self._manifest.exists():
            return []
        text = self._manifest.read_bytes().decode("utf-8-sig", "replace")
        reader = csv.DictReader(io.StringIO(text, newline=""))
        if not {*_FIRST, *_TOLD} <= {*(reader.fieldnames or ())}:
            raise SourceError(
                "is a manifest that was not written by fetching",
                file=self._manifest,
                cure="Name another folder: --to DIR",
                zh="这份清单不是下载时写的。请用 --to 目录 另指定一个文件夹。",
            )
        return [{name: cell or "" for name, cell in row.items() if name} for row in reader]

    def _write(self) -> None:
        # What somebody deleted is not listed: the manifest would be refused.
        rows = [row for row in self._rows.values() if (self.folder / row["path"]).is_file()]
        names = list(dict.fromkeys([*_FIRST, *(n for row in rows for n in row), *_TOLD]))
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
        _write_whole(self._manifest, out.getvalue().encode("utf-8-sig"))


def suffix_of(received: Received) -> str:
    """What kind of file came: by its first bytes, else as the server says, else by its address.

    >>> suffix_of(Received(b"%PDF-1.7", "", "https://example.org/a.html", "text/html", ""))
    '.pdf'
    """
    for beginning, suffix in _BEGINNINGS:
        if received.data.startswith(beginning):
            return suffix
    if received.data.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/" in received.data else ".zip"
    if _MARKUP.match(received.data[:1000].removeprefix(b"\xef\xbb\xbf")):
        return ".html"
    stated = _TYPES.get(received.content_type.partition(";")[0].strip().lower(), "")
    named = Path(received.final.partition("?")[0]).suffix.lower()
    return stated or (named if re.fullmatch(r"\.[a-z]{2,5}", named) else ".html")


def _write_whole(file: Path, data: bytes) -> None:
    """Nobody ever finds half a file."""
    half = file.with_name(f".{file.name}.half")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        half.replace(file)
    except OSError as slip:
        raise SourceError(
            f"cannot be written ({slip.strerror})", file=file, cure="Check the folder and the disk",
            zh=f"无法写入（{slip.strerror}）。请检查文件夹和磁盘。",
        ) from slip  # fmt: skip
