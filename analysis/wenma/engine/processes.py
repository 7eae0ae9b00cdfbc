"""One function over many items, in this process or in several on this machine."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_worker: Callable[[Any], Any] | None = None


def over(
    items: Iterable[Item],
    setup: Callable[..., Callable[[Item], Result]],
    *plain: Any,
    jobs: int = 1,
) -> Iterator[Result]:
    """Yield the result for each item, in the order of `items`.

    `setup(*plain)` makes the function that does the work, once in each process;
    `plain` and the items must be plain data. With one job nothing is started.

    >>> list(over([1, 2, 3], lambda step: lambda n: n + step, 10))
    [11, 12, 13]
    """
    if jobs <= 1:
        yield from map(setup(*plain), items)
        return
    with ProcessPoolExecutor(
        jobs, initializer=_begin, initargs=(setup, plain, os.getpid())
    ) as pool:
        yield from pool.map(_do, items)


def _begin(setup: Callable[..., Callable[[Any], Any]], plain: tuple[Any, ...], parent: int) -> None:
    global _worker
    # Told, not asked: by now the parent may be gone, and whoever took us over never ends.
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _worker = setup(*plain)


def _end_with(parent: int) -> None:
    """A worker whose parent was killed would wait for work for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _do(item: Any) -> Any:
    assert _worker is not None
    return _worker(item)
