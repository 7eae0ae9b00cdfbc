from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.shipped import shipped


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample corpus, coded."""
    path = tmp_path_factory.mktemp("sample") / "study.db"
    book = str(shipped("codebooks") / "resilience.yaml")
    code = ["code", str(shipped("corpus")), "--codebook", book, "--project", str(path)]
    assert main([*code, "--format", "json"]) == 0
    return str(path)


def test_the_card_is_printed_in_the_language_asked_for(sample: str, capsys):
    assert main(["claim", sample, "恢复：璇江市＞和槐市"]) == 0
    zh = capsys.readouterr().out
    assert zh.startswith("# 论断：恢复: 璇江市 > 和槐市") and "种计法中有" in zh
    assert main(["claim", sample, "Recover: 璇江市 > 和槐市", "--language", "en"]) == 0
    en = capsys.readouterr().out
    assert en.startswith("# Claim: Recover: 璇江市") and "ways to count" in en
    assert "Left out one by one" in en and "Basis: " in en


def test_a_file_holds_what_its_ending_says(sample: str, tmp_path: Path):
    ways = tmp_path / "ways.csv"
    assert main(["claim", sample, "恢复: 璇江市 > 和槐市", "--output", str(ways)]) == 0
    assert ways.read_text(encoding="utf-8-sig").startswith("规则或复核,")
    assert (tmp_path / "ways.csv-metadata.json").exists()


def test_a_sentence_nobody_can_claim_is_one_line(sample: str, capsys):
    assert main(["claim", sample, "恢复: 璇江市 > 上每", "--language", "zh"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("wenma: 没有 city “上每”") and told.count("\n") == 1
    assert main(["claim", sample, "恢复: 璇江市 > 和槐市", "--output", "card.txt"]) == 2
    assert "card.txt" in capsys.readouterr().err
