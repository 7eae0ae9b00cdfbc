"""How long a job takes, and how far it is."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def seconds() -> float:
    """Seconds on a clock that never goes back."""
    return time.perf_counter()


@contextmanager
def progress(total: int, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """A bar on standard error while the job runs; call the function once an item."""
    from tqdm import tqdm

    from wenma.cli.messages import said

    # Into a log, a line now and then is enough.
    often = 0.1 if sys.stderr.isatty() else 15.0
    with tqdm(
        total=total,
        unit=said(zh="份", en="doc"),
        disable=quiet,
        leave=False,
        mininterval=often,
        delay=0.5,
    ) as bar:

        def step(_: str) -> None:
            bar.update()

        yield step
