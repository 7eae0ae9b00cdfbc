"""A minute of broken inputs; ``python -m tests.fuzz --seconds 600`` tries longer."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import BOOK, MANIFEST, MARKDOWN, PAGE, PLAN
from tests.fuzz.targets import TARGETS, resealed
from tests.fuzz.trying import Found, broken_input, faults, tried
from wenma.errors import WenmaError

SECONDS = 5.0


@pytest.mark.parametrize("target", TARGETS)
def test_a_sound_input_passes(target: str):
    for data in TARGETS[target].seeds():
        TARGETS[target].run(data)


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_a_sentence_comes_out_of_broken_input(target: str):
    *found, count = faults(target, seconds=SECONDS)
    escaped = [one for one in found if isinstance(one, Found) and not one.guarded]
    assert [f"input {one.seed}: {one.place}" for one in escaped] == []
    assert isinstance(count, int) and count > 0


def test_an_input_is_known_by_its_number():
    assert broken_input("word", 7) == broken_input("word", 7) != broken_input("word", 8)


def test_what_is_no_sentence_is_found():
    """The fuzzer itself can fail."""
    target = TARGETS["gold"]
    try:
        TARGETS["gold"] = target._replace(run=lambda data: data.decode("ascii"))
        assert "UnicodeDecodeError" in tried("gold", "救援".encode())
    finally:
        TARGETS["gold"] = target


def test_a_pack_is_sealed_again_so_that_what_lies_behind_its_sums_is_tried():
    (pack,) = TARGETS["pack"].seeds()
    with zipfile.ZipFile(io.BytesIO(resealed(pack))) as sealed:
        assert "SHA256SUMS" in sealed.namelist()
    TARGETS["pack"].run(resealed(pack))


_SIGNS = st.sampled_from(
    [*"一二三四第章节条（）()、.．1234567890第一章 \t\n\r\u3000\u2028|-#*_<>!&;:：,，'\"[]{}"]
)
_PIECES = st.sampled_from(
    [*PLAN.split("\n"), *MARKDOWN.split("\n"), *PAGE.split(">"), *MANIFEST.split(",")]
)
_TEXT = st.lists(st.one_of(_SIGNS, _PIECES, st.text(max_size=5)), max_size=60).map("".join)
_QUIET = settings(
    max_examples=100, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.parametrize("target", ["text", "markdown", "html", "outline", "manifest", "gold"])
@_QUIET
@given(text=_TEXT)
def test_text_put_together_at_will(target: str, text: str):
    with suppress(WenmaError):
        TARGETS[target].run(text.encode("utf-8", "surrogatepass"))


_YAML = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.text(max_size=8)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=6,
)


@_QUIET
@given(key=st.sampled_from(BOOK.replace("{", " ").replace(":", " ").split()), value=_YAML)
def test_a_codebook_with_any_value_under_any_key(key: str, value: object):
    import yaml

    book = yaml.safe_load(BOOK)
    _put(book, key, value)
    written = yaml.safe_dump(book, allow_unicode=True).encode("utf-8", "surrogatepass")
    assert tried("codebook", written) == ""


def _put(node: object, key: str, value: object) -> None:
    if isinstance(node, dict):
        for name in list(node):
            if name == key:
                node[name] = value
            else:
                _put(node[name], key, value)
    elif isinstance(node, list):
        for one in node:
            _put(one, key, value)
