"""The words of the screens."""

import re
from pathlib import Path
from string import Formatter

import analysis
from analysis.app.main import PAGES
from analysis.app.screens.cooccurrence import MEASURES as PAIRS
from analysis.app.screens.frequencies import MEASURES
from analysis.app.screens.search import SORTS
from analysis.app.texts import TEXTS
from analysis.queries.table import BY
from analysis.queries.windows import WINDOWS

APP = Path(analysis.__file__).parent / "app"
SOURCE = {path: path.read_text(encoding="utf-8") for path in APP.rglob("*.py")}


def test_every_text_is_there_in_both_languages_with_the_same_values():
    for key, words in TEXTS.items():
        assert words.zh and words.en, key
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in words]
        assert fields[0] == fields[1], key
        assert re.search("[\u4e00-\u9fff]", words.zh) or key == "sample_command", key
        assert not re.search("[\u4e00-\u9fff]", words.en), key


def test_every_text_a_page_asks_for_is_there_and_none_is_left_over():
    used = set()
    for text in SOURCE.values():
        used |= set(re.findall(r"say\(\s*[\"'](\w+)[\"']", text))
    computed = {*PAGES, *BY, *MEASURES, *PAIRS, *(f"{name}_help" for name in PAIRS)}
    computed |= {"figure_documents", "figure_han", "figure_references", "figure_coded"}
    computed |= {*WINDOWS, *(f"by_{name}" for name in SORTS)}
    computed |= {"left", "right", "when", "when_not", "examples", "near_misses"}
    assert used <= set(TEXTS)
    assert set(TEXTS) - used - computed == set()


def test_no_page_has_words_of_its_own():
    for path, text in SOURCE.items():
        if path.name != "texts.py":
            code = re.sub(r'""".*?"""', "", text, flags=re.S)
            strings = re.findall(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"', code)
            assert strings == [], path.name
