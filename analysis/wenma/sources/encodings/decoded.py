"""The text of a file with what reading its bytes met, and how a report says so."""

from dataclasses import dataclass

from wenma.records import Bilingual, Sign


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding of most of it, and what reading it met.

    lost       lines (from 1) with bytes that are no character; each run of them is U+FFFD in `text`
    mixed      lines in another encoding than the rest, read in their own
    restored   lines saved through a wrong encoding (æ–‡), turned back
    garbled    lines of that kind that could not be turned back
    """

    text: str
    encoding: str
    lost: tuple[int, ...] = ()
    mixed: tuple[int, ...] = ()
    restored: tuple[int, ...] = ()
    garbled: tuple[int, ...] = ()

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What a reader says of it in the document's report."""
        return tuple(
            Sign(kind, Bilingual(zh.format(_places(at)), en.format(_places(at))), True, _first(at))
            for kind, zh, en, at in (
                ("lost_bytes", *_SAID_LOST, self.lost),
                ("mixed_encodings", *_SAID_MIXED, self.mixed),
                ("mojibake", *_SAID_RESTORED, self.restored),
                ("mojibake", *_SAID_GARBLED, self.garbled),
            )
            if at
        )


_SAID_LOST = (
    "有字节不成字符，以 \ufffd 代替（第 {} 行）",
    "holds bytes that are no character, read as \ufffd (line {})",
)
_SAID_MIXED = (
    "文件各行编码不一，已逐行识别（第 {} 行与其余不同）",
    "has lines in different encodings, each read in its own (line {} differ)",
)
_SAID_RESTORED = (
    "曾以错误编码另存而成乱码，已还原（第 {} 行）",
    "was saved through a wrong encoding and turned back (line {})",
)
_SAID_GARBLED = (
    "有无法还原的乱码（第 {} 行）",
    "holds text garbled by a wrong encoding, which cannot be turned back (line {})",
)


def _places(lines: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, lines[:5]))
    return f"{shown} …" if len(lines) > 5 else shown


def _first(lines: tuple[int, ...]) -> str:
    return f"line {lines[0]}"
