"""A function is called in a process that can be ended: when its time is up, when it grows.

No fork and no `multiprocessing`: a notebook or a script without ``if __name__`` may call this,
and so may a thread of the browser's pages. A process is kept for the next call.
"""

import atexit
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from wenma.engine.serving import Call, Reply

_PROGRAM = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from wenma.engine.serving import serve; serve(int(sys.argv[2]))"
)
_free: list["_Process"] = []
_lock = threading.Lock()


class EndedError(Exception):
    """A call that was ended, or whose process broke down: why, and with which exit code."""

    def __init__(self, why: Literal["time", "memory", "died"], code: int | None = None) -> None:
        super().__init__(why, code)
        self.why, self.code = why, code


def call_endable(
    function: Callable[..., Any],
    *arguments: Any,
    seconds: float,
    memory: int,
    told: Callable[[Any], None] = lambda _: None,
) -> Any:
    """What `function` returns, called in another process; its exceptions are raised here.

    function   at the top of a module; it, `arguments` and the result are plain data
    seconds    from its beginning, or from the last `step_done` it told
    memory     bytes of data it may hold (where the system counts them: Linux)
    told       is given what each `step_done` says

    Raises EndedError when it took longer, wanted more, or ended its process.

    >>> call_endable(divmod, 7, 2, seconds=60, memory=1 << 29)
    (3, 1)
    """
    process = _taken()
    try:
        reply = process.call(Call(function, arguments, seconds, memory), told)
    except BaseException:  # Ctrl-C too must not leave it running
        process.end()
        process.forget()
        raise
    _give_back(process, fit=reply.fit)
    if reply.kind == "memory":
        raise EndedError("memory")
    if reply.kind == "error":
        raise reply.value
    return reply.value


class _Process:
    """One such process, for one caller at a time."""

    def __init__(self) -> None:
        places = json.dumps([str(Path(place).absolute()) for place in sys.path])
        self._popen = subprocess.Popen(
            # Isolated: no module of the folder somebody works in is taken for one of ours.
            [sys.executable, "-I", "-c", _PROGRAM, places, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a C library has to say of a broken file is said better by whoever called.
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for the parent, which ends this one and all that it started.
            start_new_session=True,
        )

    def alive(self) -> bool:
        return self._popen.poll() is None

    def call(self, call: Call, told: Callable[[Any], None]) -> Reply:
        assert self._popen.stdin and self._popen.stdout
        clock = _Clock(self.end)
        try:
            clock.start(call.seconds)
            self._popen.stdin.write(pickle.dumps(call))
            self._popen.stdin.flush()
            while True:
                reply: Reply = pickle.load(self._popen.stdout)
                clock.stop()
                if reply.kind != "step":
                    return reply
                told(reply.value)
                clock.start(call.seconds)
        except (EOFError, OSError, pickle.UnpicklingError):
            late = clock.stop()
            self.end()
            raise EndedError("time" if late else "died", self._popen.returncode) from None
        finally:
            clock.stop()

    def end(self) -> None:
        if self.alive():
            if sys.platform != "win32":
                # The group bears the number of its first process, which `alive` has not buried.
                os.killpg(self._popen.pid, signal.SIGKILL)
            self._popen.kill()
            self._popen.wait()

    def forget(self) -> None:
        """Close this process's ends of the pipes."""
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe:
                with suppress(OSError):  # what was not yet written has no reader any more
                    pipe.close()


class _Clock:
    """Ends a process when its time is up, unless it was stopped before."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end, self._lock = end, threading.Lock()
        self._timer: threading.Timer | None = None
        self._late = False

    def start(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> bool:
        """Was it too late?"""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            return self._late

    def _ring(self) -> None:
        with self._lock:
            if self._timer is threading.current_thread():
                self._late = True
                self._end()


def _taken() -> _Process:
    with _lock:
        while _free:
            process = _free.pop()
            if process.alive():
                return process
    return _Process()


def _give_back(process: _Process, *, fit: bool) -> None:
    """One process waits for the next call; further ones, and one that has grown, end."""
    with _lock:
        if fit and not _free and process.alive():
            _free.append(process)
            return
    process.end()
    process.forget()


def _end_all() -> None:
    while _free:
        _free.pop().end()


def _after_fork() -> None:
    """A forked child has its parent's processes by name only."""
    global _lock
    _lock = threading.Lock()
    for process in _free:
        process.forget()
    _free.clear()


atexit.register(_end_all)
if sys.platform != "win32":
    os.register_at_fork(after_in_child=_after_fork)
