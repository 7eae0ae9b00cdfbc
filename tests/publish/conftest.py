"""The studies the queries are tested with."""

import runpy
from pathlib import Path

# Read as a file: a conftest is no module of its own, and the wheel's tests have no `tests` package.
_QUERIES = runpy.run_path(str(Path(__file__).parents[1] / "queries" / "conftest.py"))

small = _QUERIES["small"]
large = _QUERIES["large"]
