"""What a machine's counts come to, by a sample that people judged."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score, precision_score, recall_score

from wenma.statistics.judged_cells import (
    Limits,
    clopper_pearson,
    estimated_alpha,
    estimated_difference,
    estimated_f1,
    estimated_kappa,
    estimated_misses,
    estimated_recall,
    estimated_total,
    judged_cell,
    more_to_tell,
    units_by_hand,
)
from wenma.statistics.krippendorff import krippendorff_alpha


def all_judged(machine, people):
    """Cells of a population of which every unit was judged."""
    return [
        judged_cell(
            int((machine == one).sum()), people[machine == one], np.ones((machine == one).sum())
        )
        for one in (1, 0)
    ]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=4, max_size=60))
def test_where_everything_was_judged_it_is_what_other_programs_find(pairs):
    machine, people = (np.array(one, dtype=float) for one in zip(*pairs, strict=True))
    if machine.min() == machine.max() or people.min() == people.max():
        return
    cells = all_judged(machine, people)
    assert cells[0].share == pytest.approx(precision_score(people, machine))
    for found, right in (
        (estimated_recall(cells), recall_score(people, machine)),
        (estimated_f1(cells), f1_score(people, machine)),
        (estimated_kappa(cells), cohen_kappa_score(people, machine)),
        (estimated_total(cells), people.sum()),
    ):
        assert found.value == pytest.approx(right)
        assert found.low == pytest.approx(right) and found.high == pytest.approx(right)
    alpha = krippendorff_alpha([list(pair) for pair in zip(machine, people, strict=True)])
    assert estimated_alpha(cells).value == pytest.approx(alpha)


def test_it_is_the_difference_estimator_of_survey_sampling():
    # Särndal, Swensson & Wretman (1992), 6.3: what the machine says, and the mean of its errors.
    random = np.random.default_rng(3)
    machine = np.repeat([1.0, 0.0], [30, 170])
    people = (random.random(200) < np.where(machine, 0.8, 0.1)).astype(float)
    drawn = np.concatenate([np.arange(10), 30 + np.arange(20)])
    chance = np.where(machine[drawn] == 1, 10 / 30, 20 / 170)
    right = machine.sum() + ((people[drawn] - machine[drawn]) / chance).sum()
    cells = [
        judged_cell(size, people[drawn][machine[drawn] == one], chance[machine[drawn] == one])
        for one, size in ((1, 30), (0, 170))
    ]
    assert estimated_total(cells).value == pytest.approx(right)


SIZES = (12, 60, 300, 900)
"""Units the machine coded with each of four codes, of 3,000."""


@pytest.mark.parametrize("units", [80, 160, 320])
def test_intervals_cover_for_every_code(units):
    random = np.random.default_rng(units)
    held = {size: [] for size in SIZES}
    for _ in range(250):
        for size in SIZES:
            precision, missed = random.uniform(0.5, 0.95), random.uniform(0.05, 0.6) * size
            coded = (random.random(size) < precision).astype(float)
            silent = (random.random(3000 - size) < missed / (3000 - size)).astype(float)
            takes = (min(size, units // 2), units // 2)
            cells = []
            for whole, take in zip((coded, silent), takes, strict=True):
                chosen = random.choice(len(whole), size=take, replace=False)
                cells.append(
                    judged_cell(len(whole), whole[chosen], np.full(take, take / len(whole)))
                )
            found = estimated_total(cells)
            held[size].append(found.low <= coded.sum() + silent.sum() <= found.high)
    assert min(np.mean(one) for one in held.values()) >= 0.93


def test_unequal_chances_are_weighed():
    # Ten units of which two were drawn, 990 of which two were: what the four say is of the many.
    cell = judged_cell(1000, np.array([1.0, 1, 0, 0]), np.array([0.2, 0.2, 2 / 990, 2 / 990]))
    assert cell.share == pytest.approx(10 / 1000)
    assert cell.high > clopper_pearson(2, 4)[1] - 0.3


def test_a_cell_nobody_judged_says_nothing():
    cells = [judged_cell(5, np.ones(3), np.full(3, 0.6)), judged_cell(9, np.zeros(0), np.zeros(0))]
    assert isnan(estimated_total(cells).value) and isnan(estimated_recall(cells).low)
    empty = [cells[0], judged_cell(0, np.zeros(0), np.zeros(0))]
    assert estimated_total(empty).value == 5 and estimated_recall(empty).value == 1
    assert isnan(estimated_misses(empty).value)


def test_a_difference_that_is_told_needs_no_more():
    sure = [
        judged_cell(100, np.ones(50), np.full(50, 0.5)),
        judged_cell(0, np.zeros(0), np.zeros(0)),
    ]
    none = [
        judged_cell(0, np.zeros(0), np.zeros(0)),
        judged_cell(100, np.zeros(50), np.full(50, 0.5)),
    ]
    found = estimated_difference(sure, none)
    assert found.value == 1 and found.low > 0.9 and more_to_tell(found, 100) == 0
    assert isnan(more_to_tell(Limits(0.0, -0.1, 0.1), 100))
    assert isnan(units_by_hand(Limits(nan, nan, nan)))


def test_as_many_more_as_told_do_tell():
    """With the units asked for, four of five samples tell the difference there is."""
    random = np.random.default_rng(8)

    def seen(units):
        sides = []
        for share in (0.30, 0.20):
            drawn = (random.random(units // 2) < share).astype(float)
            chance = np.full(units // 2, units / 2 / 100_000)
            sides.append([judged_cell(100_000, drawn, chance)])
        return estimated_difference(*sides)

    asked = [more_to_tell(seen(200), 200) for _ in range(200)]
    # Asked at the difference there is: 294 units a side by the formula for two shares.
    at_truth = more_to_tell(Limits(0.10, 0.10 - 1.96 * 0.0608, 0.22), 200)
    assert 350 < at_truth < 450 and np.median([one for one in asked if one == one]) > 0
    told = np.mean([seen(200 + int(at_truth)).low > 0 for _ in range(300)])
    assert 0.7 < told < 0.9
