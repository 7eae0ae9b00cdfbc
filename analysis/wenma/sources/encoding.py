"""Bytes become text, whatever a Chinese file was saved in."""

import codecs
import re

from wenma.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


def decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else UTF-16, else GB18030.

    Raises SourceError when no encoding gives text.

    >>> decode("韧性城市".encode("gb18030")), decode("韧性，2025年".encode("utf-16-le"))
    ('韧性城市', '韧性，2025年')
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], name)
    # Chinese in UTF-16 holds a zero byte for every line end, digit and Latin
    # letter; UTF-8 and GB18030 text never hold one. Text of Han alone holds
    # none either: that is told by GB18030 failing on it or by what it yields.
    if b"\x00" in data:
        little = data[1::2].count(0) >= data[0::2].count(0)
        return _strict(data, "utf-16-le" if little else "utf-16-be")
    try:
        return _text(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return _guessed(data)
    return _text(text) if _chinese(text) >= 0.5 else _guessed(data)


_COMMON = re.compile("[\n\r\t -~、-】一-龥！-～—…“”‘’·　]")
_PAIRS = re.compile("的|和|是|在|年|发展|建设|工作|政府|，|。")


def _chinese(text: str) -> float:
    """Share of characters one expects in a Chinese document."""
    return len(_COMMON.findall(text)) / max(1, len(text))


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    candidates = []
    for name in ("utf-16-le", "utf-16-be", "big5"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            candidates.append((_chinese(text), len(_PAIRS.findall(text)), text))
    if candidates and max(candidates)[0] > 0.9:
        return max(candidates)[2]
    best = from_bytes(data, cp_isolation=["gb18030", "big5", "utf-16"]).best()
    if best is None:
        raise _no_text()
    return _text(str(best))


def _strict(data: bytes, name: str) -> str:
    try:
        return _text(data.decode(name))
    except UnicodeDecodeError as slip:
        raise _no_text() from slip


def _text(text: str) -> str:
    if len(_BINARY.findall(text)) > len(text) / 200:
        raise _no_text()
    return text


def _no_text() -> SourceError:
    return SourceError(
        "is not text in UTF-8, UTF-16 or GB18030",
        cure="Check what the file really is, give it its own suffix, or save it again as UTF-8",
        zh="不是 UTF-8、UTF-16 或 GB18030 文本。请确认文件的真实格式并改正后缀，或另存为 UTF-8。",
    )
