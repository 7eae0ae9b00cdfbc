"""The documents of a catalogue are fetched one after the other, each kept as it came.

Clocks and waiting are given: this module has none of its own.
"""

import hashlib
import http.client
import urllib.error
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from wenma.errors import SourceError
from wenma.sources.web.catalogue import Wanted
from wenma.sources.web.fetched_files import FetchedFiles, Received
from wenma.sources.web.web_request import Web

PAUSE = 2.0
"""Seconds between two requests to one host, at the least."""
LONGEST_PAUSE = 120.0
LONGEST = 600.0
"""Seconds for one document."""
LARGEST = 200 << 20
TRIES = 3
_BLOCK = 1 << 16


class Outcome(NamedTuple):
    """What came of one document: its file, or why there is none."""

    wanted: Wanted
    file: Path | None = None
    error: SourceError | None = None
    kept: bool = False  # it was there already, and nobody was asked


@dataclass
class Fetcher:
    """Asks for one document after the other, and no host oftener than it likes.

    seconds, wait  a clock that never goes back, and how to let it run
    today          the date, for the manifest
    """

    files: FetchedFiles
    web: Web
    seconds: Callable[[], float]
    wait: Callable[[float], None]
    today: Callable[[], str]
    pause: float = PAUSE
    largest: int = LARGEST
    longest: float = LONGEST
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, every: Sequence[Wanted]) -> Iterator[Outcome]:
        """What comes of each, as soon as it is known; what is kept already is not asked for."""
        for one in every:
            kept = self.files.kept(one.address)
            if kept is not None:
                yield Outcome(one, kept, kept=True)
                continue
            try:
                yield Outcome(one, self._fetch(one))
            except SourceError as slip:
                yield Outcome(one, error=slip.in_file(one.address or one.name))

    def _fetch(self, one: Wanted) -> Path:
        if not one.address:
            raise SourceError(
                "has no address", cure="Find it and write it into the catalogue",
                zh="目录中没有网址。请查找后填入目录。",
            )  # fmt: skip
        began = self.seconds()
        for tried in range(1, TRIES + 1):
            try:
                self.web.refuse_forbidden(one.address)
                self._wait_for(one.address)
                received = self._received(one.address, began)
                return self.files.keep(one, received, self.today())
            except urllib.error.HTTPError as error:
                asked = error.headers.get("Retry-After")
                error.close()
                if error.code == 416 and tried < TRIES:  # another file, shorter than our part
                    self.files.part(one.address).remove()
                    continue
                if error.code not in (429, 500, 502, 503, 504) or tried == TRIES:
                    raise _refused(error) from error
                self._be_patient(asked, error)
            except (OSError, http.client.HTTPException, ValueError) as slip:
                if tried == TRIES:
                    raise _nothing_sound(slip) from slip
        raise AssertionError("the last try returns or raises")

    def _wait_for(self, address: str) -> None:
        host = urlsplit(address).netloc
        pause = min(LONGEST_PAUSE, max(self.pause, self.web.pause_asked(address)))
        if host in self._asked and (left := self._asked[host] + pause - self.seconds()) > 0:
            self.wait(left)
        self._asked[host] = self.seconds()

    def _be_patient(self, asked: str | None, error: urllib.error.HTTPError) -> None:
        seconds = float(asked) if asked and asked.strip().isdigit() else self.pause
        if seconds > LONGEST_PAUSE:
            raise SourceError(
                f"the server asks to come back in {seconds:.0f} seconds ({error.code})",
                cure="Run the command again then: what is fetched is kept",
                zh=f"服务器要求 {seconds:.0f} 秒后再来（{error.code}）。"
                "请届时重新运行，已下载的都保留。",
            ) from error
        self.wait(seconds)

    def _received(self, address: str, began: float) -> Received:
        """One answer, whole; what comes before it breaks is kept for the next try."""
        part = self.files.part(address)
        have, mark = part.state()
        headers = {"Range": f"bytes={have}-", "If-Range": mark} if have and mark else {}
        with self.web.ask(address, headers) as answer:
            goes_on = answer.status == 206 and _starts_at(answer) == have
            encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
            mark = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
            plain = encoding in ("", "identity")
            have = have if goes_on else 0
            stated = answer.headers.get("Content-Length", "")
            whole = have + int(stated) if stated.isdigit() else None
            if whole is not None and whole > self.largest:
                raise _too_large(self.largest)
            # A strong mark alone says that two answers are one file, and packed bytes are none.
            usable = mark if plain and not mark.startswith("W/") else ""
            with part.written(usable, goes_on=goes_on) as file:
                for block in _blocks(answer):
                    have += len(block)
                    if have > self.largest:
                        part.remove()
                        raise _too_large(self.largest)
                    if self.seconds() - began > self.longest:
                        raise _too_slow(self.longest)
                    file.write(block)
            if whole is not None and have < whole:
                raise http.client.IncompleteRead(b"", whole - have)
            data = part.data()
            data = data if plain else _unpacked(data, encoding, self.largest)
            kind = answer.headers.get("Content-Type", "")
            return Received(data, address, answer.url, kind, hashlib.sha256(data).hexdigest())


def _blocks(answer: Any) -> Iterator[bytes]:
    while block := answer.read1(_BLOCK):
        yield block


def _starts_at(answer: Any) -> int:
    stated = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return int(stated) if stated.isdigit() else -1


def _unpacked(data: bytes, encoding: str, largest: int) -> bytes:
    """The bytes a server packed although it was asked not to."""
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"it is packed as {encoding}")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        whole = unpack.decompress(data, largest + 1)
    except zlib.error as slip:
        raise ValueError(f"its packing is broken: {slip}") from slip
    if len(whole) > largest:
        raise _too_large(largest)
    if not unpack.eof:
        raise ValueError("it ends before its packing does")
    return whole


def _refused(error: urllib.error.HTTPError) -> SourceError:
    said = " ".join(str(error.reason).split())[:100]
    return SourceError(
        f"the server says {error.code} {said}",
        cure="Check the address in a browser",
        zh=f"服务器答复 {error.code} {said}。请在浏览器中核对网址。",
    )


def _nothing_sound(slip: Exception) -> SourceError:
    reason = getattr(slip, "reason", None) or slip
    said = " ".join(str(reason).split())[:200] or type(slip).__name__
    return SourceError(
        f"nothing whole came in {TRIES} tries ({said})",
        cure="Run the command again later: what is fetched is kept",
        zh=f"试了 {TRIES} 次都未能完整下载（{said}）。请稍后重新运行，已下载的都保留。",
    )


def _too_large(largest: int) -> SourceError:
    return SourceError(
        f"is larger than {largest / 1e6:,.0f} MB",
        cure="Fetch it by hand if it is meant",
        zh=f"超过 {largest / 1e6:,.0f} MB。确需此文件时请手动下载。",
    )


def _too_slow(longest: float) -> SourceError:
    return SourceError(
        f"takes longer than {longest:g} s",
        cure="Run the command again later, or fetch it by hand",
        zh=f"下载超过 {longest:g} 秒。请稍后重新运行，或手动下载。",
    )
