"""A codebook's own examples are its tests."""

from wenma.codebook.yaml_file import parse_codebook
from wenma.coding.examples import failing_examples

BOOK = """\
codebook: t
version: "1"
name: {zh: 试}
codes:
  - id: a
    name: {zh: 甲}
    examples: [加强监测预警。, 修建堤防。]
    near_misses: [专利预警平台上线。, 发展文旅。]
    rules: [{id: warn, terms: [预警]}]
"""


def test_a_missed_example_and_a_caught_near_miss_are_found_with_the_reason():
    found = {(f.sentence, f.expected): f.why for f in failing_examples(parse_codebook(BOOK))}
    assert found == {
        ("修建堤防。", True): "no rule fired in scope",
        ("专利预警平台上线。", False): "warn 预警",
    }


def test_an_example_of_a_parent_may_come_through_its_child():
    child = BOOK.replace(
        "    examples: [加强监测预警。, 修建堤防。]", "    examples: [储备物资。]"
    ) + ("    codes: [{id: b, name: {zh: 乙}, rules: [{id: store, terms: [物资]}]}]\n")
    assert [f.sentence for f in failing_examples(parse_codebook(child))] == ["专利预警平台上线。"]
