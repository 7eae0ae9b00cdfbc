"""What a page says of its document is asked of the page, while it is the one that was read."""

from dataclasses import replace
from pathlib import Path

from wenma.sources.listing import entries
from wenma.sources.page_facts import page_facts
from wenma.sources.reading import read_entry, reader

PAGE = """<html><head><title>甲市防灾规划</title></head><body><h1>甲市防灾规划</h1>
<p>为提高全市防灾减灾能力，编制本规划，请各有关部门认真组织实施。</p></body></html>"""


def test_a_page_is_asked_once_more_as_long_as_it_is_the_same(tmp_path: Path):
    path = tmp_path / "1.html"
    path.write_text(PAGE, encoding="utf-8")
    (entry,) = entries([path]).entries
    document = read_entry(entry)
    assert page_facts(document) == reader(path)(path.read_bytes()).facts
    path.write_text(PAGE + "<!-- changed -->", encoding="utf-8")
    assert page_facts(document) == {}
    path.unlink()
    assert page_facts(document) == {}
    assert page_facts(replace(document, path="")) == {}
    assert page_facts(replace(document, path="pack.zip/1.txt")) == {}
