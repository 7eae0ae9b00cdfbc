"""Correspondence analysis against the published example, and against χ²."""

import numpy as np
from scipy.stats import chi2_contingency

from wenma.statistics.correspondence import correspondence

SMOKING = np.array([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]])
"""Greenacre (1984): five staff groups by none, light, medium and heavy smoking."""


def test_the_staff_groups_and_their_smoking_lie_where_greenacre_has_them():
    result = correspondence(SMOKING)
    rows = [[0.066, 0.194], [-0.259, 0.243], [0.381, 0.011], [-0.233, -0.058], [0.201, -0.079]]
    columns = [[0.393, 0.030], [-0.099, -0.141], [-0.196, -0.007], [-0.294, 0.198]]
    np.testing.assert_allclose(result.rows.coordinates[:, :2], rows, atol=0.0006)
    np.testing.assert_allclose(result.columns.coordinates[:, :2], columns, atol=0.0006)


def test_the_inertia_is_chi_square_by_n_and_every_part_adds_up():
    result = correspondence(SMOKING)
    chi2 = chi2_contingency(SMOKING, correction=False).statistic
    assert np.isclose(result.total, chi2 / SMOKING.sum())
    for side in (result.rows, result.columns):
        np.testing.assert_allclose(side.contribution.sum(axis=0), 1)
        np.testing.assert_allclose(side.cos2.sum(axis=1), 1)
        np.testing.assert_allclose([side.mass.sum(), side.inertia.sum()], 1)
        # The centre of the points, weighed by their mass, is the origin.
        np.testing.assert_allclose(side.mass @ side.coordinates, 0, atol=1e-12)


def test_all_distances_between_rows_are_their_chi_square_distances():
    coordinates = correspondence(SMOKING).rows.coordinates
    profiles = SMOKING / SMOKING.sum(axis=1, keepdims=True)
    weight = SMOKING.sum(axis=0) / SMOKING.sum()
    for one in range(5):
        for other in range(5):
            far = (np.square(profiles[one] - profiles[other]) / weight).sum()
            assert np.isclose(np.square(coordinates[one] - coordinates[other]).sum(), far)


def test_rows_that_are_alike_leave_no_axis():
    assert len(correspondence(np.array([[2, 4], [3, 6]])).inertia) == 0
