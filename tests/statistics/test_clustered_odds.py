import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import t as student
from statsmodels.stats.contingency_tables import Table2x2

from wenma.statistics.clustered_odds import clustered_odds_interval, odds_ratio


def drawn(random, documents, first, second, log_odds, *, unlike=0.7):
    """Documents of unlike length that use both codes more or less: n11, n1, n2, n of each."""
    many = np.maximum(20, np.exp(random.normal(5, 1, documents))).astype(int)
    own = random.normal(0, unlike, (3, documents))
    one = np.log(first / (1 - first)) + own[0]
    other = np.log(second / (1 - second)) + own[1]
    n1 = random.binomial(many, 1 / (1 + np.exp(-one)))
    n11 = random.binomial(n1, 1 / (1 + np.exp(-other - log_odds - own[2] / 2)))
    alone = random.binomial(many - n1, 1 / (1 + np.exp(-other)))
    return n11, n1, n11 + alone, many


def columns(counts):
    return [np.asarray(one)[:, None] for one in counts]


def test_the_odds_ratio_is_that_of_statsmodels_and_undefined_where_nothing_varies():
    table = Table2x2(np.array([[30, 20], [70, 380]]))
    assert odds_ratio(30, 50, 100, 500) == pytest.approx(table.oddsratio)
    assert odds_ratio(0, 50, 100, 500) == 0
    assert np.isnan(odds_ratio([0, 10, 5, 50], [0, 10, 500, 50], [9, 30, 30, 100], 500)).all()


def test_the_interval_is_the_jackknife_done_by_hand():
    n11, n1, n2, n = drawn(np.random.default_rng(3), 12, 0.3, 0.2, 0.5)

    def log_odds(kept):
        a, b, c, every = (one[kept].sum() for one in (n11, n1, n2, n))
        b, c = b - a, c - a
        return np.log((a + 0.5) * (every - a - b - c + 0.5) / ((b + 0.5) * (c + 0.5)))

    every = np.arange(12)
    whole = log_odds(every)
    squares = [(log_odds(every[every != one]) - whole) ** 2 for one in every]
    spread = np.sqrt(11 / 12 * sum(squares))
    freedom = (3.16 - 2.77 / np.sqrt(12)) * sum(squares) ** 2 / sum(one**2 for one in squares)
    reach = student.ppf(0.975, min(freedom, 11)) * spread
    low, high = clustered_odds_interval(*columns((n11, n1, n2, n)))
    assert low == pytest.approx([np.exp(whole - reach)])
    assert high == pytest.approx([np.exp(whole + reach)])


def test_the_spread_is_that_of_a_regression_whose_errors_are_clustered():
    """Generalised estimating equations with Mancl & DeRouen's correction come near a jackknife."""
    n11, n1, n2, n = drawn(np.random.default_rng(5), 60, 0.3, 0.2, 0.5)
    y, x, document = [], [], []
    for at, (both, one, other, every) in enumerate(zip(n11, n1, n2, n, strict=True)):
        cells = [(1, 1, both), (0, 1, one - both), (1, 0, other - both)]
        for second, first, many in [*cells, (0, 0, every - one - other + both)]:
            y += [second] * many
            x += [first] * many
            document += [at] * many
    model = sm.GEE(y, sm.add_constant(np.array(x)), groups=document, family=sm.families.Binomial())
    fitted = model.fit(cov_type="bias_reduced")
    low, high = (np.log(one[0]) for one in clustered_odds_interval(*columns((n11, n1, n2, n))))
    assert (low + high) / 2 == pytest.approx(fitted.params[1], abs=0.02)
    spread = (high - low) / 2 / student.ppf(0.975, 59)
    # Its degrees of freedom are fewer than 59, so that it is a little wider.
    assert fitted.bse[1] * 0.95 < spread < fitted.bse[1] * 1.25


@pytest.mark.parametrize("documents", [7, 20, 100])
def test_the_interval_covers_what_the_documents_are_drawn_from(documents):
    random = np.random.default_rng(documents)
    a, b, c, n = (one.sum() for one in drawn(random, 300_000, 0.3, 0.1, 0.5))
    truth = a * (n - b - c + a) / ((b - a) * (c - a))
    covered, naive = [], []
    for _ in range(600):
        counts = drawn(random, documents, 0.3, 0.1, 0.5)
        low, high = clustered_odds_interval(*columns(counts))
        if not np.isnan(low[0]):
            covered.append(low[0] <= truth <= high[0])
            a, b, c, n = (one.sum() for one in counts)
            table = Table2x2(np.array([[a, b - a], [c - a, n - b - c + a]]))
            naive.append(np.subtract(*np.sign(np.array(table.oddsratio_confint()) - truth)) < 0)
    assert len(covered) > 500
    assert np.mean(covered) >= 0.92
    assert np.mean(naive) < 0.8  # that of units drawn one by one is no interval of documents


def test_too_few_units_or_documents_have_no_interval():
    enough = ([2] * 5, [10] * 5, [10] * 5, [50] * 5)
    assert not np.isnan(clustered_odds_interval(*columns(enough)).low).any()
    four_documents = ([3] * 4 + [0], [10] * 5, [10] * 5, [50] * 5)
    four_units = ([1] * 4, [10] * 4, [10] * 4, [50] * 4)
    never_alone = ([2] * 5, [2] * 5, [10] * 5, [50] * 5)
    for counts in (four_documents, four_units, never_alone):
        interval = clustered_odds_interval(*columns(counts))
        assert np.isnan(interval.low).all() and np.isnan(interval.high).all()


def test_a_document_without_units_is_no_document():
    some = ([2, 4, 1, 3, 5], [9, 12, 8, 6, 10], [8, 9, 9, 7, 11], [50, 60, 40, 30, 70])
    more = tuple([*one, 0, 0] for one in some)
    first, second = (clustered_odds_interval(*columns(one)) for one in (some, more))
    assert first.low == pytest.approx(second.low) and first.high == pytest.approx(second.high)
