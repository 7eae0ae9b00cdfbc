"""What runs inside a process that can be ended: one call after another, each under its limits.

The process is started by `wenma.engine.endable`, which writes pickled calls to it and reads
pickled replies. Nothing a call prints reaches those replies.
"""

import gc
import os
import pickle
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

GRACE = 5
"""Seconds after its own time is up at which a process ends itself, should nobody have ended it."""


class Call(NamedTuple):
    """A function at the top of a module, what it is given, and what it may use."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    seconds: float
    memory: int


class Reply(NamedTuple):
    """What came of a call, or word that it goes on; `fit` for another call or grown too large."""

    kind: Literal["step", "result", "error", "memory"]
    value: Any = None
    fit: bool = True


_replies: IO[bytes] | None = None
_seconds: float = 0


def step_done(told: object = None) -> None:
    """Say that a long call has finished a part: its time begins anew.

    For work whose parts take long and are counted (pages recognised one by one). `told` is
    plain data for whoever waits. Outside of such a process nothing happens.
    """
    if _replies is not None:
        _deadline(_seconds + GRACE)
        _send(Reply("step", told))


def serve(parent: int) -> None:
    """Do the calls that come in until there are no more."""
    global _replies, _seconds
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    calls, _replies = _pipes()
    while True:
        try:
            call: Call = pickle.load(calls)
        except EOFError:
            return
        _seconds = call.seconds
        _deadline(call.seconds + GRACE)
        _allow(call.memory)
        try:
            reply = Reply("result", call.function(*call.arguments))
        except MemoryError:
            reply = Reply("memory")
        except Exception as error:  # whatever it is, it is the caller's to judge
            reply = Reply("error", _portable(error))
        _deadline(0)
        _answer(reply, _peak() < call.memory // 2)


def _answer(reply: Reply, fit: bool) -> None:
    try:
        _send(reply._replace(fit=fit))
    except MemoryError:
        del reply
        gc.collect()
        _send(Reply("memory", fit=False))
    except Exception as error:  # a result that is no plain data
        _send(Reply("error", RuntimeError(f"{type(error).__name__}: {error}"), fit))


def _portable(error: Exception) -> Exception:
    """The error, or its words where it could not be made again on the other side."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # pickling may fail in any way
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _send(reply: Reply) -> None:
    assert _replies is not None
    # Whole or not at all: half a reply that met the end of its memory could not be told apart.
    _replies.write(pickle.dumps(reply))
    _replies.flush()


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes, out of reach of whatever prints or asks in a call."""
    calls, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return calls, replies


def _deadline(seconds: float) -> None:
    """The system ends this process then, whatever it is doing; 0 for never.

    A parent that was killed ends nobody, and a thread of ours waits while C code holds on.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _allow(memory: int) -> None:
    """How many bytes of data this process may hold; only Linux keeps count of them."""
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _peak() -> int:
    """The most bytes this process has held; 0 where that is not known."""
    # Not ru_maxrss: that counts what the parent held when this process was forked from it.
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*([0-9]+) kB", status)
    return int(found[1]) * 1024 if found else 0


def _end_with(parent: int) -> None:
    """Without its parent this process and those it started end, busy or not."""
    while os.getppid() == parent:
        time.sleep(1)
    if sys.platform != "win32" and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
