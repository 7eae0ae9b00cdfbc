import numpy as np
import pytest

from wenma.statistics.dispersion import dp, dp_norm, juilland_d

# Gries's text of five parts, as the method notes give it.
PARTS = [part.split() for part in (
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
)]  # fmt: skip
SIZES = [len(part) for part in PARTS]


def hits(*words):
    return [[part.count(word) for part in PARTS] for word in words]


def test_the_published_values_of_the_word_a():
    assert dp(hits("a"), SIZES).round(4) == 0.18
    assert dp_norm(hits("a"), SIZES).round(4) == 0.2195
    assert juilland_d(hits("a"), SIZES).round(3) == 0.785


def test_an_even_word_and_one_that_stands_in_one_part():
    assert dp(hits("b", "q"), SIZES).round(2).tolist() == [0.02, 0.8]
    assert juilland_d(hits("b", "q"), SIZES).round(3).tolist() == [0.968, 0]


def test_many_words_at_once_are_as_many_words_one_by_one():
    draw = np.random.default_rng(7)
    table = draw.poisson(0.7, size=(40, 9))
    table[3] = 0
    sizes = draw.integers(50, 90, size=9)
    share = sizes / sizes.sum()
    for number, row in enumerate(table):
        if not row.sum():
            continue
        rates = row / sizes
        apart = np.abs(row / row.sum() - share).sum() / 2
        assert np.isclose(dp(table, sizes)[number], apart)
        assert np.isclose(dp_norm(table, sizes)[number], apart / (1 - share.min()))
        even = 1 - rates.std() / rates.mean() / np.sqrt(8)
        assert np.isclose(juilland_d(table, sizes)[number], even)


@pytest.mark.parametrize("measure", [dp, dp_norm, juilland_d])
def test_one_part_and_a_word_that_stands_nowhere_have_no_dispersion(measure):
    assert np.isnan(measure([[5]], [10])).all()
    assert np.isnan(measure([[0, 0], [1, 1]], [10, 10])).tolist() == [True, False]
    assert len(measure(np.zeros((0, 3)), [1, 2, 3])) == 0


@pytest.mark.parametrize("measure", [dp, dp_norm, juilland_d])
def test_a_part_without_words_is_no_part(measure):
    with_it, without = measure([[1, 0, 3]], [10, 0, 20]), measure([[1, 3]], [10, 20])
    assert with_it == without
    assert np.isnan(measure([[4, 0]], [10, 0])).all()
