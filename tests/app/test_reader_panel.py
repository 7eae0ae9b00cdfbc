"""What stands beside the text: memos are read where the coding is they were about."""

from wenma.app.reader_panel import handed_on
from wenma.records import Coding
from wenma.study.own_work import memo_on

DOC, WARN, RESCUE = "甲:乙.txt", "stage/resist", "stage/absorb"


def coding(start: int, end: int, code: str, coder: str = "林") -> Coding:
    return Coding(document=DOC, unit=0, start=start, end=end, code=code, coder=coder, evidence=())


def on(*place) -> str:
    return memo_on(DOC, place)


def test_what_others_wrote_on_a_coding_that_was_extended_is_read_with_it():
    memos = {on(5, 9, WARN): [("周", "太短"), ("林", "旧的")], f"document:{DOC}": [("周", "全文")]}
    mine = [coding(5, 13, WARN), coding(5, 9, RESCUE), coding(20, 30, WARN)]
    found = handed_on(memos, DOC, [], mine, "林")
    assert found[on(5, 13, WARN)] == [("周", "太短")]  # one's own would be two memos to change
    assert on(5, 9, RESCUE) not in found and on(20, 30, WARN) not in found
    assert found[f"document:{DOC}"] == [("周", "全文")]
    assert memos[on(5, 9, WARN)] == [("周", "太短"), ("林", "旧的")]


def test_recoded_it_is_read_with_the_other_code_and_never_twice():
    memos = {on(5, 9, WARN): [("周", "换一个")]}
    assert handed_on(memos, DOC, [], [coding(5, 9, RESCUE)], "林")[on(5, 9, RESCUE)] == [
        ("周", "换一个")
    ]
    rules = [coding(5, 9, WARN, "rules:small@1")]  # it is read there
    assert handed_on(memos, DOC, rules, [coding(5, 9, RESCUE)], "林") == memos
    assert handed_on(memos, DOC, [], [coding(20, 22, WARN)], "林") == memos
