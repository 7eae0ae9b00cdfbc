"""What a page said of its document is offered from the study, whatever became of the file."""

from pathlib import Path

from wenma.shipped import shipped
from wenma.study.study import Study

BOOK = shipped("codebooks") / "resilience.yaml"
PAGE = """<html><head><title>某市防灾规划</title></head><body>
<table><tr><td>索 引 号：</td><td>A1/2026-7</td><td>发文机关：</td><td>长沙市应急管理局</td></tr>
<tr><td>成文日期：</td><td>2026年3月5日</td><td>发文字号：</td><td>长应急发〔2026〕7号</td></tr></table>
<h1>某市防灾规划</h1><div><p>为提高全市防灾减灾能力，编制本规划，请各有关部门认真组织实施。</p>
<p>加强监测预警，完善应急预案，定期开展演练，储备应急物资。</p>
<p>健全恢复重建机制，及时评估灾害损失，妥善安置受灾群众。</p></div></body></html>"""


def test_facts_of_a_page_are_kept_with_its_document(tmp_path: Path):
    page = tmp_path / "1.html"
    page.write_text(PAGE, encoding="utf-8")
    with Study.create(str(tmp_path / "a.db"), codebook=BOOK) as study:
        study.add(page)
        page.unlink()
        facts = dict(study.document("1.html").quality.facts)
        assert (facts["number"], facts["issuer"]) == ("长应急发〔2026〕7号", "长沙市应急管理局")
        offered = {one.guess.attribute: one.guess for one in study.guesses()}
    assert offered["number"].value == facts["number"] and offered["number"].where == "page"
