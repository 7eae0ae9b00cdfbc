from wenma.sources.from_text import extract


def test_lines_are_numbered_as_an_editor_numbers_them():
    found = extract("甲\r\n乙\r丙\n丁\x0c戊\u2028己".encode()).lines
    assert [(line.line, line.text) for line in found] == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
        (4, "丁\x0c戊\u2028己"),
    ]
