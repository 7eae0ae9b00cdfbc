"""Nothing a file holds stops us: its reading has limits, and every fault in it is one sentence.

A small text file is read here; what can unfold to a flood (archives, page descriptions, markup)
is read in a process that is ended when its time or memory is up. A reader that needs more than
usual says so in its module: ``SECONDS`` (from its beginning or its last `step_done`), ``MEMORY``
(bytes of data), ``LARGEST`` (bytes of a file).

With WENMA_DEBUG=1 in the environment everything is read here, without limits, and a fault is
raised as it is.
"""

import logging
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from wenma.engine.endable import EndedError, call_endable
from wenma.errors import SourceError, WenmaError

SECONDS = 60.0
MEMORY = 768 << 20
"""With what Python itself holds, and the process that asks, within 1 GiB."""
LARGEST = 400 << 20
MOST_CHARACTERS = 2_000_000
"""Of a text: coded in half a minute. The longest plan we know has 200,000."""
SMALL_TEXT = 400_000
"""A plain text of so many bytes is read here: a process for it would cost more than it saves."""

Result = TypeVar("Result")


class Allowance(NamedTuple):
    """What reading one file may use."""

    seconds: float = SECONDS
    memory: int = MEMORY
    largest: int = LARGEST


class Fault(NamedTuple):
    """An error no reader foresaw: the sentence for people, and where it was for us."""

    error: SourceError
    trace: str


def allowance(reader: object) -> Allowance:
    """What this reader's module says it needs, else what every reader has."""
    return Allowance(
        getattr(reader, "SECONDS", SECONDS),
        getattr(reader, "MEMORY", MEMORY),
        getattr(reader, "LARGEST", LARGEST),
    )


def debugging() -> bool:
    """Are faults to be raised as they are?"""
    return os.environ.get("WENMA_DEBUG", "") not in ("", "0")


def bounded(
    function: Callable[[Any], Result],
    argument: Any,
    *,
    file: Path,
    within: Allowance | None,
    told: Callable[[Any], None] = lambda _: None,
) -> Result:
    """What `function` makes of `argument`; SourceError naming `file` when it makes nothing.

    within  limits under which it is called elsewhere; None to call it here
    told    is given what a long reading says of its steps
    """
    if debugging():
        return function(argument)
    if within is None:
        found = attempt(function, argument, file)
    else:
        try:
            found = call_endable(
                attempt, function, argument, file,
                seconds=within.seconds, memory=within.memory, told=told,
            )  # fmt: skip
        except EndedError as end:
            raise _ended(end, within, file) from None
    if isinstance(found, Fault):
        logging.getLogger("wenma").info("%s\n%s", found.error, found.trace)
        raise found.error
    return found


def attempt(function: Callable[[Any], Result], argument: Any, file: Path) -> Result | Fault:
    """The result, or the fault that came instead; what a reader foresaw is raised as it is."""
    try:
        return function(argument)
    except WenmaError:
        raise
    except Exception as fault:  # what no reader foresaw is a sentence, not the end of a run
        return Fault(unforeseen(fault, file), traceback.format_exc())


def unforeseen(fault: Exception, file: str | Path) -> SourceError:
    """The sentence for an error nobody foresaw.

    >>> print(unforeseen(KeyError("word/document.xml"), "a.docx"))
    a.docx: cannot be read: KeyError: 'word/document.xml'. Open it in its own program and save it \
again; if that does not help, report it (SECURITY.md).
    """
    if isinstance(fault, MemoryError):
        return _too_large(file)
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    said = " ".join(str(fault).split())[:200]
    what = f"{type(fault).__name__}{f': {said}' if said else ''}{place}"
    return SourceError(
        f"cannot be read: {what}",
        file=file,
        cure="Open it in its own program and save it again; if that does not help, report it "
        "(SECURITY.md)",
        zh=f"无法读取：{what}。请用相应的程序打开并另存；仍不行时请报告（见 SECURITY.md）。",
    )


def _ended(end: EndedError, within: Allowance, file: Path) -> SourceError:
    if end.why == "time":
        return SourceError(
            f"takes longer than {within.seconds:g} s to read",
            file=file,
            cure="Split it, or open it in its own program and save it as .txt",
            zh=f"读取超过 {within.seconds:g} 秒。请拆分，或用相应的程序打开，另存为 .txt。",
        )
    if end.why == "memory":
        return _too_large(file)
    return SourceError(
        f"breaks the program that reads it (exit code {end.code}): damaged, or larger than it says",
        file=file,
        cure="Open it in its own program and save it again, or as .txt",
        zh=f"使读取程序中断（退出码 {end.code}）：文件损坏，或展开后过大。"
        "请用相应的程序打开并另存，或存为 .txt。",
    )


def _too_large(file: str | Path) -> SourceError:
    return SourceError(
        "needs more memory than reading may use: it unfolds to far more than it seems",
        file=file,
        cure="Split it, or open it in its own program and save it as .txt",
        zh="所需内存超过读取的上限：展开后远大于其外表。请拆分，或用相应的程序打开，另存为 .txt。",
    )
