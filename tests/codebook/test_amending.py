"""One sentence more in a codebook, and nothing else is touched."""

from dataclasses import replace

import pytest
from wenma.codebook.amending import amended
from wenma.codebook.versions import compare
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import CodebookError
from wenma.shipped import shipped

SENTENCE = "各单位要“积极响应”国家号召: # 不是编码"
SHIPPED = sorted(path for path in shipped("codebooks").glob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=[path.stem for path in SHIPPED])
@pytest.mark.parametrize("kind", ["examples", "near_misses"])
def test_every_code_of_the_shipped_codebooks_takes_a_sentence(file, kind):
    text = file.read_text(encoding="utf-8")
    old = parse_codebook(text, file=str(file))
    for code in old.codes:
        new = parse_codebook(amended(text, code.path, kind, SENTENCE), file=str(file))
        assert getattr(new.code(code.path), kind)[-1] == SENTENCE
        assert [(change.code, change.what) for change in compare(old, new)] == [
            (code.path, "examples")
        ]


def test_comments_and_other_lines_stay_and_the_version_goes_up():
    text = shipped("codebooks").joinpath("resilience.yaml").read_text(encoding="utf-8")
    new = amended(text, "stage/absorb", "near_misses", "吸收社会资本。")
    before, after = text.splitlines(), new.splitlines()
    assert len(after) == len(before) + 1
    changed = [line for line in after if line not in before]
    assert [line.strip() for line in changed][1:] == ['- "吸收社会资本。"']
    assert changed[0].startswith("version: ")
    old, now = parse_codebook(text), parse_codebook(new)
    number = int(old.version.rpartition(".")[2])
    assert now.version == f"{old.version.rpartition('.')[0]}.{number + 1}"
    assert replace(now, version=old.version).codes != old.codes
    assert (now.scope, now.masks, now.id) == (old.scope, old.masks, old.id)


def test_a_code_without_a_list_gets_one():
    text = 'codebook: a\nversion: "1"\nname: {zh: 甲}\ncodes:\n  - id: x\n    name: {zh: 乙}\n'
    text += "    rules: [{id: r, terms: [预警]}]\n"
    new = parse_codebook(amended(text, "x", "near_misses", "预警机。"))
    assert new.code("x").near_misses == ("预警机。",)
    assert new.version == "2"


def test_what_cannot_be_added_is_told():
    text = shipped("codebooks").joinpath("resilience.yaml").read_text(encoding="utf-8")
    with pytest.raises(CodebookError, match="there is no code stage/nothing"):
        amended(text, "stage/nothing", "examples", "甲。")
    once = amended(text, "stage/absorb", "examples", "甲。")
    with pytest.raises(CodebookError, match="already"):
        amended(once, "stage/absorb", "examples", "甲。")
