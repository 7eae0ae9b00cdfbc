"""A target is tried with broken inputs, in a process that can be ended."""

import random
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from tests.fuzz.mutations import mutated
from tests.fuzz.targets import TARGETS
from wenma.engine.endable import EndedError, call_endable
from wenma.errors import WenmaError

SECONDS, MEMORY = 60, 768 << 20


@dataclass(frozen=True)
class Found:
    """Something other than a `WenmaError` that came out."""

    target: str
    seed: int
    what: str  # the last lines of the traceback, or how the process ended
    data: bytes

    @property
    def guarded(self) -> bool:
        """Do people see one sentence all the same?"""
        return TARGETS[self.target].guarded

    @property
    def place(self) -> str:
        """One fault is one place, whatever the input that leads there."""
        lines = [line for line in self.what.strip().split("\n") if line.strip()]
        return " | ".join(line.strip()[:150] for line in lines[-3:])


def broken_input(target: str, seed: int) -> bytes:
    """The input of this number: the same in every run."""
    chance = random.Random(f"{target} {seed}")
    return mutated(chance, chance.choice(TARGETS[target].seeds()))


def tried(target: str, data: bytes) -> str:
    """ "" when all is well, else what went wrong."""
    try:
        TARGETS[target].run(data)
    except WenmaError as error:
        str(error).encode(), error.said("zh").encode()
        if "\n" in str(error) or not error.zh:
            return f"a message of several lines or without Chinese:\n{error!r}"
    except MemoryError:
        raise
    except Exception:
        return traceback.format_exc(limit=-3)
    return ""


def faults(target: str, *, seconds: float, first: int = 0) -> Iterator[Found | int]:
    """What is found in so many seconds; at last the number of inputs tried."""
    until, seed = monotonic() + seconds, first
    while monotonic() < until:
        data = broken_input(target, seed)
        try:
            what = call_endable(tried, target, data, seconds=SECONDS, memory=MEMORY)
        except EndedError as end:
            what = f"the process ended: {end.why} {end.code or ''}"
        if what:
            yield Found(target, seed, what, data)
        seed += 1
    yield seed - first
