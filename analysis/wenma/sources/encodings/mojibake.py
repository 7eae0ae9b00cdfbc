"""Text that was read in a wrong encoding and saved so: turned back where that is certain.

UTF-8 read as Latin-1 or Windows-1252 gives å›½å®¶; read as GBK it gives 鍥藉. Both can be
turned back as long as no byte was dropped. 锟斤拷 is what is left of characters that were
dropped, 烫烫烫 and 屯屯屯 of memory that was never text.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from wenma.sources.encodings.familiar import familiar

# Windows-1252 where it is not Latin-1: the bytes 80 to 9F.
_BYTES = {code: code for code in range(0x80, 0x100)} | {
    ord(bytes([code]).decode("cp1252", "ignore") or chr(code)): code for code in range(0x80, 0xA0)
}
_FOLLOWS = "".join(f"\\u{char:04x}" for char, code in _BYTES.items() if code < 0xC0)
_LATIN_SIGN = re.compile(f"[à-ï][{_FOLLOWS}]{{2}}")
# As UTF-8 has them, a lead and what follows it; a byte may have been dropped.
_LATIN_RUN = re.compile(
    f"(?:[Â-ß][{_FOLLOWS}]?|[à-ï][{_FOLLOWS}]{{0,2}}|[ð-ô][{_FOLLOWS}]{{0,3}})+"
)
# What GBK most often makes of Chinese in UTF-8, and no Chinese text holds.
_GBK = "銆锛鍔鍖鏂鍙鍒鈥鍥鍩鍚鐢鍦鍗鎺閲鎬閫鎶屾紝佺殑"
_GBK_SIGN = re.compile(f"[{_GBK}]")
_NO_BYTES = re.compile("([€\ufffd])")  # GBK's byte 80 alone, and a byte that was dropped
_LINE = re.compile(r"[^\r\n]+")
_UNREAD = re.compile("[\udc80-\udcff]+")
_CJK = re.compile("[\x00-\x7f\u2014-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
# “×” in a sound text reads as Hebrew; Chinese texts hold Latin letters, signs and Han.
_IN_USE = re.compile(
    "[\xa0-\u024f\u0391-\u03c9\u2000-\u23ff\u2460-\u26ff\u3000-\u9fff\uff00-\uffef]+"
)
_LEFT = re.compile(
    f"锟斤|烫{{3,}}|屯{{3,}}|锘縖锘挎|(?:[à-ï][{_FOLLOWS}]{{2}}){{2,}}"
    f"|[{_GBK}][^\r\n]{{0,2}}[{_GBK}][^\r\n]{{0,2}}[{_GBK}]"
)
# One of these stands in whatever is garbled: looked for first, since most texts hold none.
_SIGN = re.compile(f"[锟烫屯锘à-ï{_GBK}]")


class TurnedBack(NamedTuple):
    """A text, the places that were turned back, and those that could not be.

    `left_share` is the share of the text (from 0 to 1) that stands garbled.
    """

    text: str
    restored: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    left_share: float = 0.0


def turned_back(text: str) -> TurnedBack:
    """The text with its mojibake turned back.

    >>> turned_back("å›½å®¶ 5G").text, turned_back("鍙戝睍瑙勫垝").text
    ('国家 5G', '发展规划')
    """
    strange = not text.isascii() and familiar(text) < 0.4
    if not strange and not _SIGN.search(text):
        return TurnedBack(text)
    restored: list[int] = []
    # Where some of it is certain, so is the rest: Ã— is ×.
    runs = _LATIN_RUN.finditer(text) if _LATIN_SIGN.search(text) else ()
    if any(_from_latin(run[0]) != run[0] for run in runs):
        text = _replaced(_LATIN_RUN, _from_latin_too, text, restored)
    if strange or _GBK_SIGN.search(text):
        text = _replaced(_LINE, _from_gbk, text, restored)
    left = [hit.start() for hit in _LEFT.finditer(text)]
    bad = _garbled(text) if left or _GBK_SIGN.search(text) else []
    share = sum(end - start for start, end in bad) / max(1, len(text))
    left = sorted({*left, *(start for start, _ in bad)})
    return TurnedBack(text, tuple(restored), tuple(left), share)


def _replaced(
    pattern: re.Pattern[str], undo: Callable[[str], str], text: str, restored: list[int]
) -> str:
    """`text` with each hit undone; where that changed it, the place is added to `restored`."""
    parts: list[str] = []
    length = end = 0
    for hit in pattern.finditer(text):
        undone = undo(hit[0])
        if undone != hit[0]:
            before = text[end : hit.start()]
            restored.append(length + len(before))
            parts += [before, undone]
            length += len(before) + len(undone)
            end = hit.end()
    return "".join([*parts, text[end:]])


def _from_latin(run: str) -> str:
    undone = bytes(_BYTES[ord(char)] for char in run).decode("utf-8", "surrogateescape")
    if undone == "\ufeff":
        return ""
    return _if_certain(undone.removeprefix("\ufeff"), run, lossy=True)


def _from_latin_too(run: str) -> str:
    undone = bytes(_BYTES[ord(char)] for char in run).decode("utf-8", "surrogateescape")
    return undone if _IN_USE.fullmatch(undone) else _from_latin(run)


def _from_gbk(line: str) -> str:
    if line.isascii() or familiar(line) >= 0.5:
        return line
    parts = _NO_BYTES.split(line)
    raw = b"".join(
        part.encode("gb18030", "ignore") if at % 2 == 0 else b"\x80" if part == "€" else b"\xff"
        for at, part in enumerate(parts)
    )
    undone = raw.decode("utf-8", "surrogateescape")
    return _if_certain(undone, line, lossy=bool(_GBK_SIGN.search(line)))


def _if_certain(undone: str, found: str, *, lossy: bool) -> str:
    """What was undone if it is Chinese and nearly whole, else what was found."""
    whole = _UNREAD.sub("", undone)
    lost = len(_UNREAD.findall(undone))
    certain = not lost and len(whole) > 2 and _CJK.fullmatch(whole) is not None
    if (lost and not lossy) or 2 * lost > len(whole) or not (certain or familiar(whole) >= 0.5):
        return found
    return _UNREAD.sub("\ufffd", undone)


def _garbled(text: str) -> list[tuple[int, int]]:
    """The lines that are garbled as a whole."""
    return [
        line.span()
        for line in _LINE.finditer(text)
        if (_LEFT.search(line[0]) or _GBK_SIGN.search(line[0])) and familiar(line[0]) < 0.4
    ]
