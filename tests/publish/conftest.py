"""The studies the queries are tested with."""

import runpy
from pathlib import Path

import pytest

from wenma.queries.frequency import frequency

# Read as a file: a conftest is no module of its own, and the wheel's tests have no `tests` package.
_QUERIES = runpy.run_path(str(Path(__file__).parents[1] / "queries" / "conftest.py"))

small = _QUERIES["small"]
large = _QUERIES["large"]


@pytest.fixture
def by_city(large):
    """How often each city was given each code."""
    return large.ask(frequency, by="city")
