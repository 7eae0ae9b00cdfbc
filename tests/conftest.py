"""What several test files need."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; skips where it is missing."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus" / "manifest.csv").exists():
        pytest.skip("needs the real documents in ../shared, which are not here")
    return folder
