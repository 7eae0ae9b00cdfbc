"""``python -m tests.fuzz --seconds 600 [--target pdf] [--first 100000] [--keep FOLDER]``."""

import argparse
from collections import Counter
from pathlib import Path

from tests.fuzz.targets import TARGETS
from tests.fuzz.trying import Found, faults


def main() -> int:
    """Try all targets in turn; print each fault once, and how often it came."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="shared by the targets")
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--keep", type=Path, help="folder for the inputs that led to faults")
    options = parser.parse_args()
    targets = options.target or list(TARGETS)
    escaped = 0
    for target in targets:
        places: Counter[str] = Counter()
        for one in faults(target, seconds=options.seconds / len(targets), first=options.first):
            if isinstance(one, int):
                print(f"{target}: {one:,} inputs, {len(places)} faults", flush=True)
                continue
            places[one.place] += 1
            escaped += not one.guarded
            if places[one.place] == 1:
                _tell(one, options.keep)
        for place, times in places.items():
            print(f"   {times:5} × {place}")
    return 1 if escaped else 0


def _tell(found: Found, folder: Path | None) -> None:
    kind = "foreseen by nobody" if found.guarded else "ESCAPED"
    print(f"{found.target} {found.seed} ({kind}): {found.place}", flush=True)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{found.target}-{found.seed}").write_bytes(found.data)


if __name__ == "__main__":
    raise SystemExit(main())
