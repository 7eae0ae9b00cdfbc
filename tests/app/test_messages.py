"""The words of the screens."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import wenma
from wenma.app.codebook_changes import FIELD_NAMES
from wenma.app.codebook_form import SHIFTS
from wenma.app.comparison_panel import COLUMNS as NVIVO
from wenma.app.main import PAGES
from wenma.app.messages import MESSAGES
from wenma.app.screens.cities import PICTURES
from wenma.app.screens.codebook import DRAFT_MARKS as CHANGED
from wenma.app.screens.codebook import EDITING_WAYS
from wenma.app.screens.cooccurrence import MEASURES as PAIRS
from wenma.app.screens.documents import KINDS
from wenma.app.screens.export import WHOLES
from wenma.app.screens.framework import MARKS
from wenma.app.screens.frequencies import MEASURES
from wenma.app.screens.history import COLUMNS, VERBS
from wenma.app.screens.reliability import SIZES
from wenma.app.screens.review import CARD_WORDS as CARD
from wenma.app.screens.review import ORDERS
from wenma.app.screens.search import SORTS
from wenma.codebook.versions import What
from wenma.queries.windows import WINDOWS
from wenma.records import MIXED
from wenma.study.access import ROLES

APP = Path(wenma.__file__).parent / "app"
SOURCE = {path: path.read_text(encoding="utf-8") for path in APP.rglob("*.py")}


def test_every_text_is_there_in_both_languages_with_the_same_values():
    for key, words in MESSAGES.items():
        assert words.zh and words.en, key
        fields = [
            {name for _, name, _, _ in Formatter().parse(text) if name}
            for text in (words.zh, words.en)
        ]
        assert fields[0] == fields[1], key
        assert re.search("[\u4e00-\u9fff]", words.zh) or key == "sample_command", key
        assert not re.search("[\u4e00-\u9fff]", words.en), key


def test_every_text_a_page_asks_for_is_there_and_none_is_left_over():
    used = set()
    for text in SOURCE.values():
        used |= set(re.findall(r"say\(\s*[\"'](\w+)[\"']", text))
    computed = {*PAGES, *MEASURES, *PAIRS, *(f"{name}_help" for name in PAIRS)}
    computed |= {"figure_documents", "figure_han", "figure_references", "figure_coded"}
    computed |= {*WINDOWS, *(f"by_{name}" for name in SORTS)}
    computed |= {"left", "right", "when", "when_not", "examples", "near_misses"}
    computed |= {*MARKS, *ORDERS, *WHOLES}
    computed |= {f"as_{name}{end}" for name in PICTURES for end in ("", "_title")}
    computed |= {f"verb_{name}" for name in VERBS} | {"act_undo", "act_redo"}
    computed |= {f"history_{name}" for name in COLUMNS if name != "document"}
    computed |= {f"kind_{name}" for name in KINDS} | {f"coder_{name}" for name in MIXED}
    computed |= {f"size_{name}" for name in SIZES}
    computed |= set(NVIVO.values())
    computed |= {"offered_examples", "offered_near_misses"}
    computed |= {f"tried_{name}" for name in ("added", "gone", "kept")}
    computed |= {f"role_{name}" for name in ROLES}
    computed |= {f"by_{name}" for name in EDITING_WAYS} | {f"shift_{name}" for name in SHIFTS}
    computed |= {f"change_{name}" for name in get_args(What)}
    computed |= {f"mark_{name}" for name in CHANGED} | set(FIELD_NAMES.values())
    computed |= {*CARD, "drawn_for", "text_changed", "other_person", "acted_since"}
    computed |= {"decided_already", "not_shown", "not_proposed"}
    computed |= {"undo", "redo", "nothing_to_undo", "nothing_to_redo", "try_draft", "definition"}
    assert used <= set(MESSAGES)
    assert set(MESSAGES) - used - computed == set()


def test_no_page_has_words_of_its_own():
    for path, text in SOURCE.items():
        if path.name != "messages.py":
            code = re.sub(r'""".*?"""', "", text, flags=re.S)
            strings = re.findall(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"', code)
            assert strings == [], path.name
