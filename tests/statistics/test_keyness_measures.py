import numpy as np
import pytest
from scipy.stats import chi2_contingency, power_divergence

from wenma.statistics.association import chi2, g2, log_dice, pmi, t_score
from wenma.statistics.keyness_measures import log_likelihood, log_ratio, weighted_log_odds

# The words of quanteda's test of keyness: b stands 7 times in 10 words, and 2 times in 9.
SEVEN_OF_TEN = (7, 2, 10, 9)


def four_cells(a, b, c, d):
    return a, a + b, c, c + d


def test_the_word_of_quantedas_test_has_its_values():
    cells = four_cells(*SEVEN_OF_TEN)
    assert log_likelihood(*SEVEN_OF_TEN).round(4) == 2.4401
    assert g2(*cells).round(4) == 4.5349
    assert chi2(*cells).round(4) == 4.3372
    assert log_ratio(*SEVEN_OF_TEN).round(4) == 1.6554


@pytest.mark.parametrize("a,b,c,d", [SEVEN_OF_TEN, (0, 8, 300, 500), (90, 10, 1000, 2000)])
def test_two_cells_and_four_agree_with_scipy(a, b, c, d):
    expected = [c * (a + b) / (c + d), d * (a + b) / (c + d)]
    # The sum of the expected two is that of the two seen, as scipy wants it.
    two = power_divergence([a, b], expected, lambda_="log-likelihood").statistic
    assert np.isclose(log_likelihood(a, b, c, d), two)
    table = [[a, b], [c - a, d - b]]
    four = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert np.isclose(g2(*four_cells(a, b, c, d)), four)
    pearson = chi2_contingency(table, correction=False).statistic
    assert np.isclose(chi2(*four_cells(a, b, c, d)), pearson)


def test_the_weighted_log_odds_of_three_words_and_what_a_strong_prior_does_to_them():
    a, b = np.array([30, 10, 60]), np.array([10, 40, 50])
    weak = weighted_log_odds(a, b, 100, 100, alpha=0.01, every=0.03)[1]
    assert weak.round(4).tolist() == [3.6965, -5.0676, 2.1170]
    strong = weighted_log_odds(a, b, 100, 100, alpha=100 * (a + b) / 200, every=100)[1]
    assert strong.round(4).tolist() == [2.7539, -3.9098, 1.4980]


def test_what_cannot_be_compared_is_undefined():
    assert np.isnan(log_likelihood([0, 3], [0, 0], [10, 10], [10, 0])).all()
    assert np.isnan(log_ratio([0, 3], [0, 0], [10, 10], [10, 0])).all()
    for one in weighted_log_odds([0, 3], [0, 2], 10, 9, alpha=[0, 1], every=5):
        assert np.isnan(one).tolist() == [True, False]


def test_a_count_of_nought_is_a_half_in_the_log_ratio_and_nowhere_else():
    assert log_ratio(4, 0, 10, 10) == 3
    assert np.isclose(log_likelihood(4, 0, 10, 10), 8 * np.log(2))


def test_new_companies_and_ayatollah_ruhollah():
    """Manning and Schütze (1999), chapter 5."""
    assert t_score(8, 15_828, 4_675, 14_307_668).round(6) == 0.999932
    assert chi2(8, 15_828, 4_675, 14_307_668).round(2) == 1.55
    assert pmi(20, 42, 20, 14_307_668).round(2) == 18.38


def test_closeness_of_what_never_meets():
    assert np.isnan(t_score(0, 5, 5, 100))
    assert log_dice(0, 5, 5) == -np.inf and np.isnan(log_dice(0, 0, 0))


def test_the_weighted_log_odds_are_monroes_written_anew():
    """Monroe, Colaresi and Quinn (2008), equations 16, 19 and 22, word by word."""
    random = np.random.default_rng(4)
    a, b, background = random.poisson(6, 20), random.poisson(9, 20), random.poisson(80, 20) + 1
    prior = 50 * background / background.sum()
    found = weighted_log_odds(a, b, a.sum(), b.sum(), alpha=prior, every=50)
    for word in range(20):
        odds = [
            (own[word] + prior[word]) / (own.sum() + 50 - own[word] - prior[word]) for own in (a, b)
        ]
        delta = np.log(odds[0]) - np.log(odds[1])
        error = np.sqrt(1 / (a[word] + prior[word]) + 1 / (b[word] + prior[word]))
        assert found[0][word] == pytest.approx(delta)
        assert found[1][word] == pytest.approx(delta / error)


def test_without_a_difference_zeta_is_a_standard_normal_number():
    """The variance holds: words of two equal texts, drawn anew 4,000 times."""
    random = np.random.default_rng(5)
    shares = np.array([0.02, 0.05, 0.1, 0.83])
    a, b = (random.multinomial(3000, shares, 4000) for _ in range(2))
    for word in range(3):
        zeta = weighted_log_odds(a[:, word], b[:, word], 3000, 3000, alpha=0.01, every=0.04)[1]
        assert abs(zeta.mean()) < 0.06 and zeta.std() == pytest.approx(
            1 / np.sqrt(1 - shares[word]), abs=0.05
        )
