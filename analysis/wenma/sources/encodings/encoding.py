"""Bytes become text, whatever a Chinese file was saved in and whatever befell it since.

A file is read in one encoding if one reads all of it and gives familiar characters: UTF-8,
GB18030, Big5 (with Hong Kong's characters), UTF-16, UTF-32. Else it is read line by line: a
line that the file's own encoding cannot read is tried in the others, and where none reads it
whole the bad bytes become U+FFFD and the line is told. Then what was saved through a wrong
encoding is turned back where that is certain (`wenma.sources.encodings.mojibake`).
"""

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wenma.errors import SourceError
from wenma.sources.encodings.decoded import Decoded
from wenma.sources.encodings.familiar import STRANGE, familiar
from wenma.sources.encodings.in_step import in_step
from wenma.sources.encodings.mojibake import turned_back

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EIGHT_BIT = ("utf-8", "gb18030", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
# What pages and programs call them: GBK and GB2312 are read by the superset that they became.
_KNOWN_AS = {
    "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030",
    "x-gbk": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "big5hkscs",
}  # fmt: skip
_CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNLIKELY = re.compile("[\u0080-\u009f\u0100-\u1fff\u2500-\u257f\u3040-\u312f\uac00-\uf8ff]")
_ALPHABETS = re.compile("[\x00-\x7f\xa0-\xff]*|[\x00-\x7fΑ-ω]*|[\x00-\x7fА-я]*")
_UNREAD = re.compile("[\udc80-\udcff]+")
_LOST = "\ufffd"
_WORDS = re.compile("[A-Za-z0-9\u3400-\u9fff]")
_LINE_END = re.compile("\r\n|\r|\n")
_SAMPLE = 1 << 18  # bytes that tell in which encoding a file is


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of a file and what was lost on the way.

    declared   what the file says of itself (a page's charset): believed where it reads the file
               as well as any other

    Raises SourceError when no encoding gives text.

    >>> decode("韧性城市".encode("gb18030")).text, decode("韌性城市".encode("big5")).text
    ('韧性城市', '韌性城市')
    >>> decode("建成\\n".encode() + b"\\xff" + "韧性城市".encode()).lost
    (2,)
    """
    read = _read(data, _KNOWN_AS.get(declared.strip().lower(), declared.strip().lower()))
    if len(_CONTROL.findall(read.text)) > len(read.text) / 200:
        raise _no_text()
    lost = read.text.count(_LOST) if read.lossy else 0
    much = 2 * lost > len(read.text) or (lost > 2 and 10 * lost > len(read.text))
    if much or (lost and not _WORDS.search(read.text)):
        raise _no_text()
    if read.text.isascii():
        return Decoded(read.text, read.encoding)
    found = turned_back(read.text)
    if 2 * found.left_share > 1:
        raise _no_text()
    lines = _LineNumbers(found.text)
    lossy = read.lossy or len(found.restored) > 0
    return Decoded(
        found.text,
        read.encoding,
        lines.of(hit.start() for hit in re.finditer(_LOST, found.text)) if lossy else (),
        read.mixed,
        lines.of(found.restored),
        lines.of(found.left),
    )


class _Read(NamedTuple):
    text: str
    encoding: str
    lossy: bool = False
    mixed: tuple[int, ...] = ()


def _read(data: bytes, declared: str) -> _Read:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _lossy(data[len(bom) :], name)
    if b"\x00" in data:
        if wide := _wide(data):
            return wide
        # A disk that failed leaves zeros; no other text in these encodings holds one.
        whole = data.replace(b"\x00", b"")
        if len(whole) < 0.5 * len(data):
            raise _no_text()
        return _read(whole, declared)
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) / 200:
        # Han alone in UTF-16 holds every byte but zero.
        if found := _best(data, _WIDE, declared):
            return found
        raise _no_text()
    return _whole(data, declared) or _by_lines(data) or _guessed(data, declared)


def _wide(data: bytes) -> _Read | None:
    """UTF-32 or UTF-16 without a byte order mark.

    Chinese in UTF-16 holds a zero byte for every line end, digit and Latin letter.
    """
    for name in ("utf-32-le", "utf-32-be"):
        read = _strictly(data, name)  # no other file is valid UTF-32
        if read and not _CONTROL.search(read.text):
            return read
    sides = [read for name in _WIDE if not _CONTROL.search((read := _lossy(data, name)).text)]
    best = max(sides, key=lambda read: _chinese(read.text), default=None)
    return best if best and _chinese(best.text) > 0.3 else None


def _chinese(text: str) -> float:
    """Share of characters one expects, ASCII among them."""
    ascii_ = sum(char < "\x80" for char in text[:20_000])
    rest = len(text[:20_000]) - ascii_
    return (ascii_ + familiar(text[:20_000]) * rest) / max(1, len(text[:20_000]))


def _whole(data: bytes, declared: str) -> _Read | None:
    """The text, if one encoding reads every byte and gives what a Chinese text holds."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and not _by_chance(text, data):
        return _Read(text, "utf-8")
    if found := _best(data, (*_EIGHT_BIT[1:], *_WIDE), declared):
        pairs = found.encoding in _EIGHT_BIT and STRANGE.search(found.text)
        return (_by_lines(data, found.encoding) if pairs else None) or found
    # Rare characters alone (a list of names): GB2312 has only characters in use, and what
    # another encoding puts there nearly always falls outside it.
    try:
        return _Read(data.decode("gb2312"), "gb18030")
    except UnicodeDecodeError:
        return None


def _best(data: bytes, names: Iterable[str], declared: str) -> _Read | None:
    """The reading that is most familiar, of those that read every byte."""
    reads = [read for name in names if _sampled(data, name) and (read := _strictly(data, name))]
    marks = [_likely(read) + 0.05 * (read.encoding == declared) for read in reads]
    best = max(marks, default=0.0)
    return reads[marks.index(best)] if best >= 0.5 else None


def _likely(read: _Read) -> float:
    """How familiar the text of a reading is, less what comes of a wrong encoding."""
    text = read.text[:_SAMPLE]
    # Traditional characters come in Big5 rather than in GB18030.
    usual = text.encode("gb2312", "ignore").decode("gb2312")
    foreign = read.encoding == "gb18030" and len(usual) < len(text)
    return familiar(text) - len(_UNLIKELY.findall(text)) / max(1, len(text)) - 0.03 * foreign


def _sampled(data: bytes, name: str) -> bool:
    """Whether the head of a file may be in this encoding: a large one is not read in vain."""
    if len(data) <= _SAMPLE:
        return True
    if name in _WIDE:
        return familiar(data[:_SAMPLE].decode(name, "replace")) >= 0.3
    return familiar(_unread(data[:_SAMPLE], name)) >= 0.3


def _strictly(data: bytes, name: str) -> _Read | None:
    try:
        return _Read(data.decode(name), name)
    except UnicodeDecodeError:
        return None


def _by_chance(text: str, data: bytes) -> bool:
    """Whether bytes of GBK happen to be valid UTF-8: 通知 reads as ֪ͨ."""
    if text.isascii() or len(data) > 200 or any(char > "\u07ff" for char in text):
        return False
    other = _strictly(data, "gb18030")
    return other is not None and familiar(other.text) == 1 and not _ALPHABETS.fullmatch(text)


def _lossy(data: bytes, name: str) -> _Read:
    """Text in an encoding that is known, with what it cannot read marked."""
    if name != "utf-8":
        text = data.decode(name, "replace")
        return _Read(text, name, lossy=_strictly(data, name) is None)
    text = _unread(data, name)
    return _Read(_UNREAD.sub(_LOST, text), name, lossy=bool(_UNREAD.search(text)))


def _unread(data: bytes, name: str) -> str:
    """Text in which a byte that is no character stands as a lone surrogate."""
    return data.decode(name, "surrogateescape")


def _by_lines(data: bytes, main: str = "") -> _Read | None:
    """The text of a file in which no encoding reads every byte as it should."""
    if not main:
        marks = {name: _worth(_unread(data[:_SAMPLE], name)) for name in _EIGHT_BIT}
        main = max(marks, key=lambda name: marks[name])
        if marks[main] <= 0:
            return None
    texts: list[str] = []
    mixed: list[int] = []
    lossy = False
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        text, name, lost = _line(line, main)
        if name != main:
            mixed.append(number)
        lossy = lossy or lost
        texts.append(text)
    text = "".join(texts)
    return _Read(text, main, lossy, tuple(mixed)) if _worth(text) >= 0.3 else None


def _worth(text: str) -> float:
    """How familiar a text is, less what could not be read of it."""
    text = text[:_SAMPLE]
    foreign = sum(char > "\x7f" for char in text)
    lost = len(_UNREAD.findall(text)) + text.count(_LOST)
    return familiar(text) - lost / max(1, foreign)


def _line(line: bytes, main: str) -> tuple[str, str, bool]:
    """A line in the file's own encoding, or in the one that reads it far better; was any lost?"""
    if line.isascii():
        return line.decode("ascii"), main, False
    own = _strictly(line, main)
    if own and (main == "utf-8" or (familiar(own.text) >= 0.4 and not STRANGE.search(own.text))):
        return own.text, main, False
    worth = familiar(own.text) if own else _worth(_unread(line[:_SAMPLE], main))
    for name in _EIGHT_BIT:
        other = _strictly(line, name) if name != main else None
        if other and familiar(other.text) >= max(0.6, worth + 0.3):
            return other.text, name, False
    mended = _UNREAD.sub(_LOST, _unread(line, main)) if main == "utf-8" else in_step(line, main)
    return mended, main, own is None or mended != own.text


def _guessed(data: bytes, declared: str) -> _Read:
    """Another encoding: the declared one, else by the statistics of charset_normalizer."""
    from charset_normalizer import from_bytes

    if declared and declared not in _EIGHT_BIT:
        try:
            return _Read(data.decode(declared), declared)
        except (LookupError, UnicodeDecodeError):
            pass
    best = from_bytes(data[:_SAMPLE], cp_exclusion=[*_EIGHT_BIT, "utf-16", "utf-32"]).best()
    if best is None:
        raise _no_text()
    read = _strictly(data, best.encoding)
    if read is None or 2 * sum(map(str.isalnum, read.text[:_SAMPLE])) < len(read.text[:_SAMPLE]):
        raise _no_text()
    return read


class _LineNumbers:
    """On which line of a text, counted as editors do, a character stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: list[int] | None = None

    def of(self, places: Iterable[int]) -> tuple[int, ...]:
        """The lines of these offsets, each once, in order."""
        found = dict.fromkeys(self._numbers(places))
        return tuple(found)

    def _numbers(self, places: Iterable[int]) -> Iterator[int]:
        for place in places:
            if self._ends is None:
                self._ends = [hit.end() for hit in _LINE_END.finditer(self._text)]
            yield bisect_right(self._ends, place) + 1


def _no_text() -> SourceError:
    return SourceError(
        "is not text in UTF-8, UTF-16, GB18030 or Big5",
        cure="Check what the file really is, give it its own suffix, or save it again as UTF-8",
        zh="不是 UTF-8、UTF-16、GB18030 或 Big5 文本。"
        "请确认文件的真实格式并改正后缀，或另存为 UTF-8。",
    )
