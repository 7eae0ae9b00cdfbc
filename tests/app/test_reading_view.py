"""A document as blocks of runs."""

from hypothesis import given
from hypothesis import strategies as st

from wenma.app.reading_view import blocks, codes_used, excerpt_runs, outline_lines, unit_at
from wenma.records import Coding, Document, Evidence, Paragraph, Section, Unit

TEXT = "一、任务\n加强预警和救援。储备𠮷物资😀。\n第 3 页"
DOCUMENT = Document(
    id="甲",
    text=TEXT,
    sections=(Section(0, 4, len(TEXT), 1, "一、", "任务", "tasks", -1),),
    paragraphs=(
        Paragraph(0, 4, "heading", 0),
        Paragraph(5, 20, "body", 0),
        Paragraph(21, 26, "page_number", 0),
    ),
)
UNITS = [
    Unit(0, 0, 4, "heading", 0, 0),
    Unit(1, 5, 13, "body", 0, 1),
    Unit(2, 13, 20, "body", 0, 1),
]
ORDER = {"stage/resist": 0, "stage/absorb": 1}


def coding(code, unit, *evidence):
    one = UNITS[unit]
    return Coding(
        "甲",
        unit,
        one.start,
        one.end,
        code,
        "rules:x@1",
        tuple(Evidence("r", start, end) for start, end in evidence),
    )


def test_a_sentence_keeps_all_its_codes_and_its_evidence_stands_apart():
    found = blocks(
        DOCUMENT,
        UNITS,
        [coding("stage/resist", 1, (7, 9)), coding("stage/absorb", 1, (10, 12))],
        order=ORDER,
    )
    assert [(run.text, run.unit, run.codes, run.evidence) for run in found[1].runs] == [
        ("加强", 1, (0, 1), False),
        ("预警", 1, (0, 1), True),
        ("和", 1, (0, 1), False),
        ("救援", 1, (0, 1), True),
        ("。", 1, (0, 1), False),
        ("储备𠮷物资😀。", 2, (), False),
    ]


def test_a_code_that_is_not_asked_for_leaves_no_mark():
    found = blocks(DOCUMENT, UNITS, [coding("stage/resist", 1, (7, 9))], order={})
    assert [run.text for run in found[1].runs] == ["加强预警和救援。", "储备𠮷物资😀。"]


def test_headings_know_their_level_and_furniture_its_kind():
    found = blocks(DOCUMENT, UNITS, [], order=ORDER)
    assert [(block.kind, block.level) for block in found] == [
        ("heading", 1),
        ("body", 0),
        ("page_number", 0),
    ]
    assert found[2].runs[0].unit == -1


def test_a_free_span_over_two_sentences_marks_both():
    free = Coding("甲", -1, 10, 15, "stage/absorb", "李")
    marked = [run.text for run in blocks(DOCUMENT, UNITS, [free], order=ORDER)[1].runs if run.codes]
    assert marked == ["救援。", "储备"]


spans = st.tuples(st.integers(0, 26), st.integers(0, 26)).map(sorted)


@given(st.lists(st.tuples(spans, st.sampled_from(list(ORDER)), st.lists(spans, max_size=2))))
def test_whatever_is_coded_no_character_is_lost_and_none_is_marked_wrongly(several):
    codings = [
        Coding("甲", -1, a, b, code, "李", tuple(Evidence("r", *span) for span in evidence))
        for (a, b), code, evidence in several
    ]
    found = blocks(DOCUMENT, UNITS, codings, order=ORDER)
    assert "\n".join("".join(run.text for run in block.runs) for block in found) == TEXT
    for block in found:
        at = block.start
        for run in block.runs:
            for place in range(at, at + len(run.text)):
                here = {ORDER[c.code] for c in codings if c.start <= place < c.end}
                assert set(run.codes) == here
                told = any(e.start <= place < e.end for c in codings for e in c.evidence)
                assert run.evidence == told
            at += len(run.text)


def test_the_outline_leads_to_the_block_of_each_heading_and_counts_its_codings():
    found = outline_lines(DOCUMENT, [coding("stage/resist", 1), coding("stage/absorb", 2)])
    assert [tuple(entry) for entry in found] == [("一、 任务", 1, 0, 2)]


def test_a_place_between_units_belongs_to_the_next_one():
    assert [unit_at(UNITS, at).number for at in (0, 4, 13, 19)] == [0, 1, 2, 2]
    assert unit_at(UNITS, 20) is None


def test_codes_are_counted_in_the_order_of_the_codebook():
    several = [coding("stage/absorb", 1), coding("stage/resist", 1), coding("stage/absorb", 2)]
    assert list(codes_used(several, ORDER).items()) == [("stage/resist", 1), ("stage/absorb", 2)]


def test_evidence_of_an_excerpt_is_told_apart_at_both_ends():
    runs = excerpt_runs("预警和救援", 7, [(7, 9), (10, 12)], (0,))
    assert [(run.text, run.evidence) for run in runs] == [
        ("预警", True),
        ("和", False),
        ("救援", True),
    ]
