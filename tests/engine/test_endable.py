"""A call that can be ended: by the clock, by its memory, by itself; and nothing outlives us."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wenma.engine.endable import EndedError, call_endable
from wenma.engine.processes import over
from wenma.engine.serving import step_done
from wenma.errors import SourceError

ROOM = {"seconds": 60, "memory": 1 << 29}
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what it may hold")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")


def slowly(parts: int, seconds: float) -> int:
    for part in range(parts):
        time.sleep(seconds)
        step_done(part)
    return parts


def noisily() -> str:
    os.write(1, b"out of turn")
    print("and more", flush=True)
    return sys.stdin.read()


def refuses() -> None:
    raise SourceError("cannot be read", file="a.txt", cure="Look at it")


class OddError(Exception):
    def __init__(self, one: str, *, two: str) -> None:
        super().__init__(one + two)


def fails_oddly() -> None:
    raise OddError("one", two="two")


def a_lambda() -> object:
    return lambda: 1


def grows(size: int) -> int:
    return len(b"x" * size)


def ours(_: int) -> int:
    return int(call_endable(os.getpid, **ROOM))


def test_the_next_call_goes_to_the_same_process_and_that_is_not_ours():
    one, two = (call_endable(os.getpid, **ROOM) for _ in range(2))
    assert one == two != os.getpid()


def test_a_call_that_takes_too_long_is_ended_and_the_next_one_done():
    with pytest.raises(EndedError) as caught:
        call_endable(time.sleep, 60, seconds=0.5, memory=1 << 29)
    assert caught.value.why == "time"
    assert call_endable(abs, -1, **ROOM) == 1


def test_one_long_step_in_c_is_ended_too():
    with pytest.raises(EndedError) as caught:
        call_endable(pow, 7, 10**9, seconds=0.5, memory=1 << 29)
    assert caught.value.why == "time"


@LINUX
def test_a_call_that_wants_too_much_memory_is_ended_and_the_next_one_done():
    with pytest.raises(EndedError) as caught:
        call_endable(bytearray, 1 << 30, **ROOM)
    assert caught.value.why == "memory"
    assert call_endable(abs, -1, **ROOM) == 1


@LINUX
def test_memory_is_bounded_for_each_call_by_itself():
    with pytest.raises(EndedError):
        call_endable(bytes, 300 << 20, seconds=60, memory=200 << 20)
    assert len(call_endable(bytes, 100 << 20, seconds=60, memory=1 << 30)) == 100 << 20


@LINUX
def test_a_process_that_has_grown_is_not_kept():
    grown = call_endable(os.getpid, **ROOM)
    assert call_endable(grows, 200 << 20, seconds=60, memory=300 << 20) == 200 << 20
    assert call_endable(os.getpid, **ROOM) != grown


def test_a_call_that_breaks_its_process_is_told_and_the_next_one_done():
    with pytest.raises(EndedError) as caught:
        call_endable(os._exit, 3, **ROOM)
    assert (caught.value.why, caught.value.code) == ("died", 3)
    assert call_endable(abs, -1, **ROOM) == 1


def test_a_step_begins_the_time_anew_and_says_where_it_is():
    told: list[object] = []
    assert call_endable(slowly, 4, 1.5, seconds=4, memory=1 << 29, told=told.append) == 4
    assert told == [0, 1, 2, 3]


def test_outside_of_such_a_process_a_step_says_nothing():
    assert slowly(1, 0) == 1


def test_what_a_call_prints_or_asks_does_not_stand_in_its_answer():
    assert call_endable(noisily, **ROOM) == ""


def test_an_error_comes_back_whole():
    with pytest.raises(SourceError) as caught:
        call_endable(refuses, **ROOM)
    assert (caught.value.file, caught.value.cure) == ("a.txt", "Look at it")


def test_an_error_or_a_result_that_cannot_travel_comes_back_in_words():
    with pytest.raises(RuntimeError, match="OddError: onetwo"):
        call_endable(fails_oddly, **ROOM)
    with pytest.raises(RuntimeError, match="lambda"):
        call_endable(a_lambda, **ROOM)
    assert call_endable(abs, -1, **ROOM) == 1


def test_each_process_of_several_has_one_of_its_own():
    here = call_endable(os.getpid, **ROOM)
    elsewhere = set(over(range(8), of_each, jobs=2))
    assert here not in elsewhere
    assert call_endable(os.getpid, **ROOM) == here


def of_each():
    return ours


def test_a_script_without_a_guard_and_with_a_module_of_our_names_beside_it(tmp_path: Path):
    """Nothing is imported from where somebody works, nor is the script run again."""
    (tmp_path / "json.py").write_text("raise SystemExit('taken for the real one')")
    (tmp_path / "s.py").write_text(
        "import os\nfrom wenma.engine.endable import call_endable\n"
        "print(call_endable(os.getppid, seconds=60, memory=1 << 29) == os.getpid())"
    )
    done = subprocess.run(
        [sys.executable, "-P", "s.py"], cwd=tmp_path, env=_environment(), capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("True\n", "")


PARENT = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
from tests_busy import busy_with_a_child
from wenma.engine.endable import call_endable
def told(numbers): print(numbers, flush=True)
call_endable(busy_with_a_child, seconds=60, memory=1 << 29, told=told)
"""


@POSIX
@pytest.mark.parametrize("end", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_however_we_end_nothing_is_left_running(end: str, tmp_path: Path):
    """The busy process has started another, as a conversion does: both are gone."""
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    (tmp_path / "tests_busy.py").write_text(
        "import os, subprocess, time\nfrom wenma.engine.serving import step_done\n"
        "def busy_with_a_child():\n"
        "    child = subprocess.Popen(['sleep', '600'])\n"
        "    step_done(f'{os.getpid()} {child.pid}')\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, str(program)], env=_environment(), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as parent:  # fmt: skip
        assert parent.stdout
        numbers = [int(one) for one in parent.stdout.readline().split()]
        parent.send_signal(getattr(signal, end))
        parent.wait(timeout=60)
    assert len(numbers) == 2
    until = time.monotonic() + 30
    while any(map(_runs, numbers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(_runs, numbers))


def _environment() -> dict[str, str]:
    import wenma

    return {**os.environ, "PYTHONPATH": str(Path(wenma.__file__).parents[1])}


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    if sys.platform == "linux":  # dead and not yet buried is not running
        try:
            return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False
    return True
