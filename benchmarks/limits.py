"""What files that would stop a program cost us: ``python -m benchmarks.limits``.

Each of the tests' bombs is read as a file in a folder is, in a process of its own under the usual
limits. Printed are the seconds on the clock, the memory of the asking process and of its worker at
their highest (Linux), and what came of it.
"""

import os
import resource
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
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{own}\t{_of_worker()}\t{told}")


def _of_worker() -> int:
    """The most memory (MB) that the process held which reads for this one; 0 where none does.

    One that was ended for its memory is gone: it had come to the limit.
    """
    most = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        if int(told["PPid"]) == os.getpid() and "VmHWM" in told:
            most = max(most, int(told["VmHWM"].split()[0]) // 1024)
    return most


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
