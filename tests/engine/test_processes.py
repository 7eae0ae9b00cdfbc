"""One function over many items."""

import os
import subprocess
import sys

import pytest

from wenma.engine.processes import over
from wenma.errors import SourceError


def times(factor: int):
    return lambda n: (n * factor, os.getpid())


def fails(_: int):
    def work(n: int) -> int:
        raise SourceError("cannot be read", file="a.txt", cure="Look at it")

    return work


def test_several_processes_give_the_same_in_the_same_order():
    one = [value for value, _ in over(range(50), times, 3)]
    two = [value for value, _ in over(range(50), times, 3, jobs=2)]
    assert one == two == [3 * n for n in range(50)]


def test_with_one_job_nothing_is_started():
    assert {pid for _, pid in over(range(3), times, 1)} == {os.getpid()}


def test_with_two_jobs_the_work_is_done_elsewhere():
    assert os.getpid() not in {pid for _, pid in over(range(3), times, 1, jobs=2)}


def test_an_error_comes_back_whole_from_another_process():
    with pytest.raises(SourceError) as caught:
        list(over([1], fails, 0, jobs=2))
    assert str(caught.value) == "a.txt: cannot be read. Look at it."
    assert caught.value.cure == "Look at it"


def test_a_worker_whose_parent_was_gone_before_it_began_ends_by_itself():
    """Whoever takes over an orphan never ends: the parent is told, not looked for."""
    program = "from wenma.engine.processes import _begin; import time\n"
    program += "_begin(lambda: print, (), -1); time.sleep(60)"
    ended = subprocess.run([sys.executable, "-c", program], timeout=30, check=False)
    assert ended.returncode == 1
