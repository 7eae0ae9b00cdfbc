"""What files that would stop a program cost us: ``python -m benchmarks.limits``.

Each of the tests' bombs is read as a file in a folder is, in a process of its own under the usual
limits. Printed are the seconds on the clock, the memory of the asking process and of its worker at
their highest (Linux), and what came of it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.sources.bombs import BOMBS


def read_one(path: Path) -> None:
    """Read a file and print what came of it, and the memory it took."""
    from wenma.errors import WenmaError
    from wenma.sources.reading import read

    try:
        told = f"{len(read(path)[0].text):,} characters"
    except WenmaError as error:
        told = f"refused: {error.problem}"
    print(f"{_peak(Path('/proc/self/status'))}\t{_of_worker()}\t{told}")


def _of_worker() -> int:
    """The most memory (MB) that the process held which reads for this one; 0 where none does.

    One that was ended for its memory is gone: it had come to the limit.
    """
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        if f"PPid:\t{os.getpid()}\n" in status.read_text():
            most = max(most, _peak(status))
    return most


def _peak(status: Path) -> int:
    lines = (line.split() for line in status.read_text().splitlines())
    return next((int(line[1]) // 1024 for line in lines if line[0] == "VmHWM:"), 0)


def main() -> None:
    """Print a line for each bomb."""
    if len(sys.argv) > 1:
        read_one(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as place:
        for name, made in BOMBS.items():
            path = Path(place) / name
            path.write_bytes(made())
            started = time.perf_counter()
            found = subprocess.run(
                [sys.executable, "-m", "benchmarks.limits", str(path)],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            seconds = time.perf_counter() - started
            own, worker, told = found.stdout.strip().split("\t", 2)
            print(
                f"{name:28}{seconds:6.1f} s{int(own):6} MB, worker {int(worker):4} MB  {told}",
                flush=True,
            )
            path.unlink()


if __name__ == "__main__":
    main()
