"""Every block of docs/python.md runs, one after the other, in one notebook."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT

MANUAL = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_the_manual_runs_from_its_first_line_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for folder in ("corpus", "codebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    notebook: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", MANUAL, flags=re.S):
        exec(compile(block, "docs/python.md", "exec"), notebook)
    for made in ("table3.docx", "figure1.svg", "report.html", "pack.zip"):
        assert (tmp_path / made).stat().st_size > 1000


def test_every_public_name_is_in_the_manual_and_explains_itself():
    import wenma

    for name in wenma.__all__:
        assert f"{name}" in MANUAL or name == "__version__"
        one = getattr(wenma, name)
        assert isinstance(one, str) or (one.__doc__ or "").strip(), name


def test_every_public_method_of_a_study_says_what_comes_back():
    import wenma

    for owner in (wenma.Study, wenma.Answer):
        for name in vars(owner):
            if not name.startswith("_") and callable(getattr(owner, name)):
                assert (getattr(owner, name).__doc__ or "").strip(), f"{owner.__name__}.{name}"
        assert owner.__doc__
