"""A mark goes to the same words of the same sentence, or nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from wenma.records import Unit
from wenma.store.relocation import relocate


def moved(old: str, new: str, words: str, *, nth: int = 0) -> str | None:
    """Mark the nth occurrence of words in the old text; the new text with the mark in it."""
    at = -1
    for _ in range(nth + 1):
        at = old.index(words, at + 1)
    span = relocate(old, [], new, []).span(at, at + len(words))
    return span and f"{new[: span[0]]}[{new[slice(*span)]}]{new[span[1] :]}"


def test_a_sentence_moves_with_what_was_put_before_it():
    assert moved("加强预警。储备物资。", "总则。加强预警。储备物资。", "储备物资。") == (
        "总则。加强预警。[储备物资。]"
    )


def test_words_in_a_changed_sentence_are_found_between_its_neighbours():
    old = "一是总则。加强监测预警和救援。三是保障。"
    new = "一是总则。全面加强监测预警和救援工作。三是保障。"
    assert moved(old, new, "预警") == "一是总则。全面加强监测[预警]和救援工作。三是保障。"


def test_a_sentence_whose_words_changed_is_not_found():
    assert moved("加强预警。储备物资。", "加强监测。储备物资。", "加强预警。") is None


def test_the_same_words_in_another_sentence_are_not_the_words_that_were_marked():
    old = "建设洪水预警系统并开展演练。储备物资。"
    new = "储备物资。通报气象部门发布的台风预警信息。"
    assert moved(old, new, "预警") is None


def test_a_sentence_that_was_moved_whole_is_found():
    assert moved(
        "甲县抗旱。乙县防洪。丙县防火。", "丙县防火。甲县抗旱。乙县防洪。", "丙县防火。"
    ) == ("[丙县防火。]甲县抗旱。乙县防洪。")


def test_of_two_sentences_alike_each_keeps_its_place():
    old, new = "抗旱。储备物资。防洪。储备物资。", "总则。抗旱。储备物资。防洪。储备物资。"
    assert moved(old, new, "储备物资。", nth=0) == "总则。抗旱。[储备物资。]防洪。储备物资。"
    assert moved(old, new, "储备物资。", nth=1) == "总则。抗旱。储备物资。防洪。[储备物资。]"


def test_of_two_sentences_alike_the_one_that_was_taken_out_is_not_found_in_the_other():
    old, new = "抗旱。储备物资。防洪。储备物资。防火。", "抗旱。防洪。储备物资。防火。"
    assert moved(old, new, "储备物资。", nth=0) is None
    assert moved(old, new, "储备物资。", nth=1) == "抗旱。防洪。[储备物资。]防火。"
    assert moved("储备物资。储备物资。", "储备物资。", "储备物资。", nth=1) is None


def test_a_mark_over_several_sentences_stays_whole_or_is_not_found():
    old = "总则。加强预警。储备物资。"
    assert moved(old, "加强预警。储备物资。附则。", "加强预警。储备物资。") == (
        "[加强预警。储备物资。]附则。"
    )
    assert moved(old, "加强预警。另行规定。储备物资。", "加强预警。储备物资。") is None


def test_a_unit_is_the_unit_of_exactly_its_words():
    old, new = "加强预警。储备物资。", "总则。加强预警。储备物资。"
    olds = [Unit(0, 0, 5, "body", -1, 0), Unit(1, 5, 10, "body", -1, 0)]
    news = [
        Unit(0, 0, 3, "body", -1, 0),
        Unit(1, 3, 8, "body", -1, 0),
        Unit(2, 8, 13, "body", -1, 0),
    ]
    assert [relocate(old, olds, new, news).unit(n) for n in (0, 1, 7)] == [1, 2, None]
    assert relocate(old, olds, new, units((0, 3), (3, 13))).unit(0) is None


def units(*spans: tuple[int, int]) -> list[Unit]:
    return [Unit(number, *span, "body", -1, 0) for number, span in enumerate(spans)]


_SENTENCES = ["加强监测。", "储备物资。", "开展演练！", "抗旱；", "防洪。", "总则\n", "预警预警。"]
_EDITS = ["keep", "drop", "edit"]


@given(
    kept=st.lists(
        st.tuples(st.sampled_from(_SENTENCES), st.sampled_from(["keep", "drop", "edit"]))
    ),
    added=st.lists(st.tuples(st.integers(0, 20), st.sampled_from(_SENTENCES)), max_size=4),
)
def test_whatever_was_edited_no_mark_comes_to_stand_on_other_words_or_out_of_order(kept, added):
    old = "".join(words for words, _ in kept)
    pieces = [
        words if done == "keep" else "" if done == "drop" else "全面" + words
        for words, done in kept
    ]
    for place, words in added:
        pieces.insert(min(place, len(pieces)), words)
    new = "".join(pieces)
    way = relocate(old, [], new, [])
    spans, at = [], 0
    for words, _ in kept:
        spans += [(at, at + len(words)), (at, at + 2)]
        at += len(words)
    found = {span: way.span(*span) for span in spans}
    for span, there in found.items():
        assert there is None or new[slice(*there)] == old[slice(*span)]
    whole = [(span, there) for span, there in found.items() if there and old[slice(*span)] in
             _SENTENCES]  # fmt: skip
    places = [there for _, there in whole]
    assert len(set(places)) == len(places), "two marks on one sentence"
    for words in _SENTENCES:
        alike = [there for span, there in whole if old[slice(*span)] == words]
        assert alike == sorted(alike), "sentences alike have changed places"


@given(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=12), st.data())
def test_an_unmarked_sentence_taken_out_or_put_in_leaves_every_unique_sentence_found(texts, data):
    unique = list(dict.fromkeys(texts))
    at = data.draw(st.integers(0, len(unique)))
    new = [*unique[:at], "此句新增，前文没有。", *unique[at:]]
    way = relocate("".join(unique), [], "".join(new), [])
    start = 0
    for words in unique:
        there = way.span(start, start + len(words))
        assert there is not None and "".join(new)[slice(*there)] == words
        start += len(words)
