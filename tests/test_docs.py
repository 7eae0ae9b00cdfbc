"""Commands, questions and docs cannot drift apart."""

import argparse
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from wenma.cli.main import COMMANDS, parser
from wenma.codebook.yaml_file import parse_codebook
from wenma.queries.table import NAMES

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "corpus").glob("*.md")])
COMMAND_DOCS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def chapter(command: str) -> str:
    found = re.search(rf"^## wenma {command}\n(.*?)(?=^## |\Z)", COMMAND_DOCS, flags=re.M | re.S)
    assert found, f"docs/commands.md has no chapter '## wenma {command}'"
    return found[1]


def options_of(command: str) -> list[str]:
    several = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return [
        name
        for action in several.choices[command]._actions
        for name in action.option_strings
        if name.startswith("--") and name not in ("--help", "--language")
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_is_documented(command):
    text = chapter(command)
    assert [name for name in options_of(command) if name not in text] == []


def test_the_language_that_every_command_takes_is_documented_once():
    assert "`--language zh`" in COMMAND_DOCS.partition("## wenma demo")[0]


def test_no_command_is_documented_that_is_not_there():
    assert set(re.findall(r"^## wenma (\w+)", COMMAND_DOCS, flags=re.M)) == set(COMMANDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_documented_with_what_its_numbers_mean(name):
    assert f"| `{name}` |" in COMMAND_DOCS
    assert f"## {name}" in (ROOT / "docs" / "numbers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_and_picture_of_the_docs_is_there(path: Path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    gone = [t for t in targets if "://" not in t and not (path.parent / t).exists()]
    assert gone == []


def test_the_docs_start_with_a_picture_of_the_app():
    lines = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").split("\n")
    assert lines[2].startswith("![")


def test_the_codebook_of_the_docs_is_sound():
    text = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    small, scope, scales = re.findall(r"```yaml\n(.*?)```", text, flags=re.S)
    from wenma.coding.examples import failing_examples

    assert list(failing_examples(parse_codebook(small))) == []
    head, codes = small.split("codes:", 1)
    assert parse_codebook(f"{head}{scope}codes:{codes}").scope
    scaled = parse_codebook(head + scales)
    assert [one.code for one in scaled.scales] == ["force", "goal", "measure"]
    assert len(scaled.products) == 1


def test_every_key_of_a_codebook_is_documented():
    from wenma.codebook.schema import CodeShape, RuleShape

    text = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    keys = [*CodeShape.model_fields, *RuleShape.model_fields]
    assert [key for key in keys if f"`{key}" not in text] == []


def test_no_address_of_a_package_server_stands_in_the_repository():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    servers = re.compile("|".join([r"pythonhosted\.org", r"pypi\.org/simple", r"index-url +http"]))
    for name in tracked or ["requirements.lock"]:
        path = ROOT / name
        if path.suffix in {".lock", ".toml", ".txt", ".cfg", ".yaml", ".md"} and path.exists():
            found = servers.search(path.read_text(encoding="utf-8", errors="replace"))
            assert not found, f"{name}: {found}"


def test_every_package_of_the_lock_has_an_exact_version_and_a_hash():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(
        r"^([a-z0-9][\w.-]*)(\[[^\]]*\])?(==\S+)?(.*?)(?=^[a-z0-9]|\Z)", text, re.M | re.S
    )
    assert len(packages) > 50
    for name, _, version, rest in packages:
        assert version, f"{name} has no exact version"
        assert "--hash=sha256:" in rest, f"{name} has no hash"
