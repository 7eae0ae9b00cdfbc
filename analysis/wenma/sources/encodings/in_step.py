"""Damaged text in pairs of bytes is read on from where its characters fall into step again.

In GBK and Big5 a byte too many or too few turns all that follows on its line into other
characters, most of them valid. That they are strange ones tells where it happened.
"""

from wenma.sources.encodings.familiar import STRANGE, familiar

_MOST_FAULTS = 20  # in one line, mended with care
_AHEAD = 24  # bytes that show whether one is in step again
_BACK = 4  # characters out of step that may look like sound ones
_LOST = "\ufffd"


def in_step(line: bytes, name: str) -> str:
    """A line in the encoding called `name`, with U+FFFD where bytes are lost.

    >>> damaged = "建成".encode("gbk") + b"\\xff" + "韧性城市，保障安全。".encode("gbk")
    >>> in_step(damaged, "gb18030")
    '建成�韧性城市，保障安全。'
    """
    texts: list[str] = []
    for _ in range(_MOST_FAULTS):
        text, fault = _until_fault(line, name)
        strange = STRANGE.search(text)
        if strange and (cut := _fallen_out(line, text, strange.start(), name)):
            texts.append(text[: cut[0]] + _LOST)
            line = line[cut[1] :]
        elif strange:
            texts.append(text[: strange.end()])
            line = line[len(text[: strange.end()].encode(name)) :]
        elif fault is None:
            return "".join([*texts, text])
        else:
            ahead = {step: _ahead(line[fault + step :], name) for step in (1, 2, 3)}
            # One rare character is no reason to step over it.
            best = min(step for step in ahead if ahead[step] >= max(ahead.values()) - 0.15)
            # The bytes stepped over may end in plain ASCII, which is not lost.
            kept = line[fault + 1 : fault + best].decode("ascii", "ignore")
            texts.append(text + _LOST + kept)
            line = line[fault + best :]
    return "".join([*texts, line.decode(name, "replace")])


def _until_fault(line: bytes, name: str) -> tuple[str, int | None]:
    """What can be read, and the first byte that cannot."""
    try:
        return line.decode(name), None
    except UnicodeDecodeError as slip:
        return line[: slip.start].decode(name), slip.start


def _fallen_out(line: bytes, text: str, strange: int, name: str) -> tuple[int, int] | None:
    """The character and the byte after which a line is in step without one byte, if it is so."""
    best, found = 0.7, None
    for at in range(max(0, strange - _BACK), strange + 1):
        byte = len(text[:at].encode(name)) + 1
        ahead = _ahead(line[byte:], name)
        if ahead > best and _ahead(line[byte - 1 :], name) < 0.7:
            best, found = ahead, (at, byte)
    return found


def _ahead(line: bytes, name: str) -> float:
    """How familiar the next characters are, less what cannot be read of them."""
    text = line[:_AHEAD].decode(name, "replace")
    # The last may be cut in two.
    return familiar(text) - 2 * text[:-1].count(_LOST) / max(1, len(text))
