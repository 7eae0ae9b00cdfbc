"""What several test files need."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every machine, however busy it is: what fails here fails everywhere.
settings.register_profile("check", deadline=None, derandomize=True)
settings.load_profile("check")

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-11-22T08:00:00+00:00"


def coded(folder: Path, file: Path, *codebooks: str) -> Path:
    """A study of what a folder holds, coded with shipped codebooks one after the other."""
    from wenma.shipped import shipped
    from wenma.study.study import Study

    with Study.create(file) as study:
        for name in codebooks or ("resilience",):
            done = study.code(folder, codebook=shipped("codebooks") / f"{name}.yaml")
            assert not done.failed
    return file


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; skips where it is missing."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus" / "manifest.csv").exists():
        pytest.skip("needs the real documents in ../shared, which are not here")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Debian's Chromium without a window; skips where there is none."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs the program chromium, which is not here")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
