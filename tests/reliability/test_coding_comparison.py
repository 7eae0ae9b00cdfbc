"""The comparison NVivo makes, with its example and with units."""

import math

from wenma.records import Coding, Unit
from wenma.reliability.coding_comparison import Compared, coding_comparison
from wenma.statistics.agreement_coefficients import cohen_kappa

SENTENCES = [Unit(n, 10 * n, 10 * n + 10, "body", 0, 0) for n in range(10)]


def coding(start: int, end: int, code: str = "抵御", *, document: str = "甲", coder: str = "李"):
    return Coding(document, -1, start, end, code, coder)


def only(first, second, **options) -> Compared:
    (found,) = coding_comparison(
        first, second, codes=["抵御"], lengths={"甲": options.pop("length", 100)}, **options
    )
    return found


def test_the_example_of_nvivos_help():
    """Of 1,000 characters 50 by both, 150 by one, 800 by none: 85 %."""
    found = only([coding(0, 200)], [coding(150, 200)], length=1000)
    assert (found.both, found.first_only, found.second_only, found.neither) == (50, 150, 0, 800)
    assert found.agreement == 85 and found.disagreement == 15


def test_kappa_is_cohens_of_the_characters():
    found = only([coding(0, 30), coding(20, 40)], [coding(10, 50), coding(80, 90)])
    counts = [found.both, found.first_only, found.second_only, found.neither]
    assert counts == [30, 10, 20, 40]
    units = [(1, 1), (1, 0), (0, 1), (0, 0)]
    assert math.isclose(found.kappa, cohen_kappa(units, times=counts))


def test_larger_units_agree_more():
    first, second = [coding(2, 8)], [coding(5, 9), coding(25, 35)]
    found = only(first, second, units={"甲": SENTENCES})
    # The second span lies in two sentences, and both have the code.
    assert (found.size, found.both, found.second_only, found.neither) == (10, 1, 2, 7)
    same = only(first, [coding(5, 9)], units={"甲": SENTENCES})
    assert same.agreement == 100 > only(first, [coding(5, 9)]).agreement


def test_a_span_that_ends_where_a_unit_begins_is_not_in_it():
    found = only([coding(0, 10)], [coding(10, 20)], units={"甲": SENTENCES})
    assert (found.first_only, found.second_only, found.both) == (1, 1, 0)


def test_undefined_is_nan():
    assert math.isnan(only([], []).kappa) and only([], []).agreement == 100
    assert math.isnan(only([coding(0, 100)], [coding(0, 100)]).kappa)
    empty = only([], [], length=0)
    assert math.isnan(empty.agreement) and math.isnan(empty.kappa)


def test_every_code_and_document_has_a_row_under_nvivos_headings():
    found = coding_comparison(
        [coding(0, 5), coding(0, 5, "吸收", document="乙")],
        [coding(0, 5)],
        codes=["抵御", "吸收"],
        lengths={"甲": 10, "乙": 20},
    )
    assert [(one.code, one.document) for one in found] == [
        ("抵御", "甲"),
        ("抵御", "乙"),
        ("吸收", "甲"),
        ("吸收", "乙"),
    ]
    row = found[0].row()
    assert list(row) == [
        "Code",
        "File",
        "File Size",
        "Kappa",
        "Agreement (%)",
        "A and B (%)",
        "Not A and Not B (%)",
        "Disagreement (%)",
        "A and Not B (%)",
        "B and Not A (%)",
    ]
    assert row["Kappa"] == 1 and row["A and B (%)"] == 50
    assert found[3].row()["A and Not B (%)"] == 25
