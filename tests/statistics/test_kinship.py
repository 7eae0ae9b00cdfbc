import random

import pytest

from wenma.statistics.kinship import kept_instead, kindred, sketch_of

SIGNS = [chr(code) for code in range(0x4E00, 0x5600)]


def sentences(seed, count, length=40):
    """Invented sentences, each of its own characters."""
    drawn = random.Random(seed)
    return ["".join(drawn.choices(SIGNS, k=length)) + "。" for _ in range(count)]


def kin(texts, **options):
    found = kindred([sketch_of(one) for one in texts], texts.__getitem__, **options)
    return [(one.text, one.other, one.kind) for one in found]


PLAN = sentences(1, 100)


def test_equal_text_in_another_layout_is_the_same_text_and_an_equal_file_the_same_file():
    texts = ["".join(PLAN), "\n".join(PLAN).replace("。", " 。\n"), "".join(PLAN)]
    assert kin(texts) == [(1, 0, "same text"), (2, 0, "same text")]
    assert kin(texts, files=["a", "b", "a"]) == [(1, 0, "same text"), (2, 0, "same file")]


def test_a_figure_that_differs_makes_it_another_text():
    one = "".join(PLAN) + "增长百分之8。"
    assert kin([one, one.replace("8", "9")]) == [(1, 0, "near copy")]


@pytest.mark.parametrize("seed", range(5))
def test_a_near_copy_has_some_sentences_otherwise(seed):
    changed = PLAN.copy()
    changed[::20] = sentences(seed + 50, 5)
    assert kin(["".join(PLAN), "".join(changed)]) == [(1, 0, "near copy")]


@pytest.mark.parametrize("share", [2, 5, 20])
def test_a_part_is_inside_the_whole_whichever_comes_first(share):
    whole, part = "".join(sentences(7, 400)), "".join(sentences(7, 400)[: 400 // share])
    assert kin([whole, part]) == [(1, 0, "inside")]
    assert kin([part, whole]) == [(0, 1, "inside")]


def test_texts_that_share_half_are_akin_and_those_that_share_phrases_are_nothing():
    assert kin(["".join(PLAN), "".join(PLAN[:60] + sentences(2, 40))]) == [(1, 0, "akin")]
    assert kin(["".join(PLAN), "".join(PLAN[:20] + sentences(2, 80))]) == []


def test_short_texts_are_the_same_or_nothing():
    assert kin(["关于印发规划的通知", "关于印发规划的通知。", "关于印发方案的通知"]) == [
        (1, 0, "same text")
    ]
    assert kin(["", "", "。"]) == []


def test_a_hundred_near_copies_are_found_as_one_group():
    every = []
    for number in range(100):
        changed = PLAN.copy()
        changed[number] = sentences(number + 100, 1)[0]
        every.append("".join(changed))
    found = kindred([sketch_of(one) for one in every], every.__getitem__)
    assert set(kept_instead(found, 100)) == {0}


def test_a_copy_of_what_is_inside_another_is_stood_for_by_that_one():
    whole, part = "".join(PLAN), "".join(PLAN[:30])
    texts = [part, "".join(sentences(9, 30)), whole, part + "\n"]
    found = kindred([sketch_of(one) for one in texts], texts.__getitem__)
    assert kept_instead(found, 4) == [2, 1, 2, 2]
