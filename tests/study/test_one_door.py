"""One question asked in the app, on the command line and in a notebook is one answer."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wenma.app.messages import Say
from wenma.app.view import View
from wenma.cli.main import main
from wenma.publish.table_files import table_content
from wenma.shipped import shipped
from wenma.study.study import Study

ONE, OTHER = "林一", "周二"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, of which two people have coded and decided some."""
    path = tmp_path_factory.mktemp("door") / "study.db"
    with Study.create(path, codebook=shipped("codebooks") / "resilience.yaml") as study:
        study.code(shipped("corpus"))
        for id in study.document_ids():
            rules = study.codings(id, coder=study.coders()[0])
            for one in rules[:6]:
                study.session(ONE).accept(one)
            for one in rules[3:9]:
                study.session(OTHER).code(id, one.start, one.end, one.code)
            study.session(OTHER).reject(rules[10])
    return Path(shutil.copy(path, path.with_name("copy.db")))


@pytest.fixture(scope="module")
def study(file: Path) -> Iterator[Study]:
    with Study.open(file) as study:
        yield study


Question = tuple[str, dict[str, Any], list[str]]
QUESTIONS: list[Question] = [
    ("documents", {}, []),
    ("frequency", {"by": "city"}, ["--by", "city"]),
    ("frequency", {"by": ["period", "city"], "headings": True},
     ["--by", "period", "city", "--headings"]),
    ("coverage", {}, []),
    ("attention", {"of": ["stage"]}, ["--of", "stage"]),
    ("cities", {}, []),
    ("periods", {}, []),
    ("cooccurrence", {"window": "paragraph"}, ["--window", "paragraph"]),
    ("matrix", {"rows": ["city"], "columns": ["韧性环节"]},
     ["--rows", "city", "--columns", "韧性环节"]),
    ("assessment", {}, []),
    ("rules", {"of": "抵御"}, ["--of", "抵御"]),
    ("excerpts", {"code": "抵御"}, ["--code", "抵御"]),
    ("kwic", {"pattern": "应急"}, ["--pattern", "应急"]),
    ("words", {}, []),
    ("agreement", {"coders": [ONE, OTHER], "resamples": 20},
     ["--coders", ONE, OTHER, "--resamples", "20"]),
]  # fmt: skip
CODERS: list[tuple[str | None, list[str]]] = [
    (None, []),
    ("reviewed", ["--coder", "reviewed"]),
    (ONE, ["--coder", ONE]),
]


def in_app(study: Study, coder: str | None, where: dict[str, list[str]]) -> View:
    """The page's view: a coder always chosen, the filters of the sidebar."""
    choice = study.choice(coder=coder or study.coders()[0])
    return View(study.where(where), choice, Say("zh"), study.name, (0.0,))


def as_text(answer: Any) -> str:
    """Rows, notes and basis as the command line writes them."""
    content = table_content(answer, "json", codes=answer.codes, language="zh")
    assert isinstance(content, str)
    return content.strip()


@pytest.mark.parametrize("filtered", [False, True])
@pytest.mark.parametrize("coder", CODERS, ids=lambda one: str(one[0]))
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one[0])
def test_a_question_has_one_answer_whatever_asks_it(file, study, capsys, question, coder, filtered):
    name, options, typed = question
    who, said = coder
    if name == "agreement":
        if who:
            pytest.skip("agreement names its coders itself")
        said = []
    cities = study.documents()["city"].unique()[:2].tolist()
    where = {"city": cities} if filtered else {}
    given = ["--where", f"city={','.join(cities)}"] if filtered else []
    asked = {} if who is None else {"coder": who}
    notebook = study.where(where).ask(name, **asked, **options)
    page = in_app(study, who, where).ask(name, **options)
    line = ["query", str(file), name, *typed, *said, *given, "--format", "json"]
    assert main([*line, "--language", "zh"]) == 0
    printed = capsys.readouterr().out.strip()
    assert dict(page.basis) == dict(notebook.basis)
    assert page.frame.equals(notebook.frame)
    assert [(str(one), one.zh) for one in page.notes] == [
        (str(one), one.zh) for one in notebook.notes
    ]
    assert as_text(notebook) == as_text(page) == printed
    assert ("where" in page.basis) is filtered
