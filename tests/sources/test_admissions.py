from wenma.sources.document import parse_document
from wenma.sources.from_text import extract
from wenma.sources.outlines.admissions import admits

REVIEW = "一年来，我们办成了十件实事，城市运行平稳有序。"
ADMISSION = "在肯定成绩的同时，我们也清醒地认识到，工作中还存在不少问题：排水设施仍然老化。"


def read(*texts):
    return parse_document(extract("\n".join(texts).encode()).lines)


def part_of(document, wanted):
    at = document.text.index(wanted)
    paragraph = next(p for p in document.paragraphs if p.start <= at < p.end)
    return document.sections[paragraph.section]


def test_problems_admitted_in_a_review_are_a_section_of_their_own():
    document = read("一、2023年工作回顾", REVIEW, ADMISSION, "二、2024年工作安排", "加快管网改造。")
    own = part_of(document, ADMISSION)
    assert (own.role, own.number, own.title) == ("problems", "", "")
    assert document.text[own.start : own.end].rstrip() == ADMISSION
    assert part_of(document, REVIEW).role == "current_state"
    assert document.sections[own.parent].title == "2023年工作回顾"
    assert part_of(document, "加快管网改造").title == "2024年工作安排"


def test_the_points_of_an_admission_belong_to_it():
    points = ["一是基层力量薄弱。", "二是预警不够及时。"]
    opening = "同时，我们清醒看到，发展中还面临不少困难和挑战。"
    document = read("一、2023年工作回顾", REVIEW, opening, *points, REVIEW)
    own = part_of(document, opening)
    assert all(part_of(document, point) == own for point in points)
    assert part_of(document, REVIEW).title == "2023年工作回顾"


def test_sections_after_an_admission_keep_their_parents():
    document = read(
        "一、2023年工作回顾",
        "（一）治理更有效",
        REVIEW,
        ADMISSION,
        "二、2024年工作安排",
        "（一）补短板",
        REVIEW,
    )
    last = document.sections[-1]
    assert (last.title, document.sections[last.parent].title) == ("补短板", "2024年工作安排")


def test_a_plan_that_names_problems_among_its_tasks_admits_nothing():
    document = read("一、重点任务", "我们要清醒认识到存在的问题，加快整改。", REVIEW)
    assert [section.role for section in document.sections] == ["tasks"]


def test_only_the_first_sentence_of_a_paragraph_admits():
    assert not admits("防汛取得全面胜利。同时，我们也清醒认识到还存在不足。")
