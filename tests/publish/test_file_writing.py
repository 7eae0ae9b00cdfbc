from pathlib import Path

import pytest

from wenma.errors import WenmaError
from wenma.publish.file_writing import write_file


def test_what_stood_there_stays_when_it_cannot_be_written(tmp_path: Path):
    (tmp_path / "表.csv").write_text("旧", encoding="utf-8")
    (tmp_path / "表.csv.part").mkdir()  # so that the half-written file has no place
    with pytest.raises(WenmaError, match="cannot be written") as refused:
        write_file("新", tmp_path / "表.csv")
    assert refused.value.zh.startswith("无法写入")
    assert (tmp_path / "表.csv").read_text(encoding="utf-8") == "旧"


def test_nothing_half_written_is_left(tmp_path: Path):
    write_file("新", tmp_path / "表.csv")
    assert [one.name for one in tmp_path.iterdir()] == ["表.csv"]
