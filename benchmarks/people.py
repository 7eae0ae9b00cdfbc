"""What people wait for: the reader of a long plan, and the agreement of two coders."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

CHARACTERS, CODINGS, UNITS = 100_000, 3_000, 100_000
TIMES = 5
NOW = "2026-11-22T08:00:00+00:00"
ID = "plan.txt"

Row = tuple[str, list[float], str]
"""What is measured, how many seconds it took each time, and what is to be said of it."""


def agreement_of_two(book: Path) -> Row:
    """Two coders on 100,000 units of 200 documents: every measure of every code."""
    import numpy as np
    import pandas as pd

    from wenma.codebook.yaml_file import load_codebook
    from wenma.queries.agreement import agreement
    from wenma.store.frames import codes_frame

    codes = codes_frame(load_codebook(book))
    leaves = [path for path in codes["code"] if "/" in path]
    each, length = UNITS // 200, 40
    number = np.arange(UNITS)
    units = pd.DataFrame(
        {
            "document": [f"{n:03}" for n in number // each],
            "unit": number % each,
            "start": number % each * length,
            "end": number % each * length + length - 1,
            "kind": "body",
            "paragraph": number % each // 3,
            "section": 0,
            "role": "tasks",
            "text": "文" * (length - 1),
        }
    )
    draw = np.random.default_rng(1)
    put = draw.integers(0, UNITS, size=UNITS)  # as many codings as units, as rules make them
    what = draw.choice(leaves, size=UNITS)
    kept = draw.random(UNITS) < 0.9
    both = [
        units.iloc[rows].drop(columns="text").assign(code=given, coder=coder)
        for coder, rows, given in (("甲", put, what), ("乙", put[kept], what[kept]))
    ]
    codings = pd.concat(both).drop_duplicates(["document", "unit", "code", "coder"])
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        table = agreement(codings, codes=codes, units=units)
        spent.append(time.perf_counter() - began)
    return "agreement of two", spent, f"{len(codings):,} codings, {len(table.frame)} codes"


def reader_of_a_long_plan(folder: Path, book: Path) -> Iterator[Row]:
    """Open a plan of 100,000 characters with 3,000 codings in a browser, and click a sentence."""
    import shutil

    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return
    chromium = shutil.which("chromium")
    if chromium is None:
        return
    from tests.app.conftest import serving
    from wenma.store.project import Project

    with tempfile.TemporaryDirectory() as place, sync_playwright() as play:
        file = Path(place) / "study.db"
        starts = long_plan(folder, book, file)
        with Project.open(file) as project:
            units = {one.start: one for one in project.units(ID) if one.kind == "body"}
            text = project.document(ID).text
        chrome = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        # Windows of one browser, as a person has them: Streamlit's own programs come once.
        browser = chrome.new_context(viewport={"width": 1280, "height": 800})
        with serving(file, Path(place)) as address:
            bare, opened, clicked = [], [], []
            for start in starts:
                with page_of(browser) as page:
                    began = time.perf_counter()
                    page.goto(f"{address}/history?language=en")
                    page.get_by_text("Nobody has coded").first.wait_for()
                    bare.append(time.perf_counter() - began)
                with page_of(browser) as page:
                    asked = {"language": "zh", "document": ID, "at": str(start), "person": "林一"}
                    began = time.perf_counter()
                    page.goto(f"{address}/reader?{urlencode(asked)}")
                    shown(page, text, units[start])
                    opened.append(time.perf_counter() - began)
                    other = next(one for at, one in units.items() if at > start + 60)
                    run = page.locator(f'.run[data-unit="{other.number}"]').first
                    run.scroll_into_view_if_needed()
                    page.wait_for_timeout(1000)
                    began = time.perf_counter()
                    run.click()
                    shown(page, text, other)
                    clicked.append(time.perf_counter() - began)
        chrome.close()
    note = f"{len(text):,} characters, {CODINGS:,} codings; asked"
    yield "an empty page opens", bare[1:], "what Streamlit and the browser take for themselves"
    yield "reader opens", opened[1:], f"{note}: within 2 s"
    yield "reader answers a click", clicked[1:], f"{note}: within 0.5 s"


def long_plan(folder: Path, book: Path, file: Path) -> list[int]:
    """A project of one plan put together from a corpus; where some of its units begin."""
    from wenma.codebook.yaml_file import load_codebook
    from wenma.coding.coder import Coder
    from wenma.language.units import units
    from wenma.sources.reading import read
    from wenma.store.project import Project

    texts = "\n".join(one.text for one in read(folder))
    whole = (texts * (1 + CHARACTERS // len(texts)))[:CHARACTERS]
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / ID).write_text(whole, encoding="utf-8")
        (document,) = read(Path(place))
    codebook, cut = load_codebook(book), units(document)
    found = Coder(codebook).code(document, cut)[:CODINGS]
    body = [one for one in cut if one.kind == "body"]
    there = {(one.start, one.end, one.code) for one in found}
    paths = [code.path for code in codebook.codes if code.parent]
    more = (
        found[0]._replace(unit=one.number, start=one.start, end=one.end, code=path)
        for path in paths
        for one in body[:: len(body) // 100]
        if (one.start, one.end, path) not in there
    )
    found += [next(more) for _ in range(CODINGS - len(found))]
    with Project.open(file, create=True) as project:
        project.keep_codebook(codebook, now=NOW)
        project.keep(
            document, cut, found, codebook=codebook, unit_size="sentence", fingerprint="f",
            position=0, now=NOW,
        )  # fmt: skip
    # The first one is not counted: it finds the server asleep.
    return [one.start for one in body[:: len(body) // (TIMES + 1)]][: TIMES + 1]


@contextmanager
def page_of(browser: Any) -> Iterator[Any]:
    """A window nobody has used before."""
    page = browser.new_page()
    try:
        yield page
    finally:
        page.close()


def shown(page: Any, text: str, unit: Any) -> None:
    """Wait until the unit is marked in the text and stands in the panel."""
    words = text[unit.start : unit.end]
    page.locator(".chosen").first.wait_for()
    page.locator(".line.quote", has_text=words).first.wait_for()


def rows(folder: Path, book: Path) -> Iterator[tuple[str, float, str]]:
    """Each measured several times; the middle one, and from which to which."""
    for name, spent, note in (agreement_of_two(book), *reader_of_a_long_plan(folder, book)):
        yield name, median(spent), f"{note}; {min(spent):.2f} to {max(spent):.2f} s"
