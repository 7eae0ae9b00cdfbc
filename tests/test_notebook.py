"""The four names a notebook begins with."""

import json
from dataclasses import replace

import pytest

import wenma
from tests.conftest import coded
from wenma.cli.main import main
from wenma.errors import SourceError
from wenma.shipped import shipped


def test_a_corpus_is_read_and_coded_in_three_lines():
    documents = wenma.read(shipped("corpus"))
    codebook = wenma.load_codebook(shipped("codebooks") / "resilience.yaml")
    codings = wenma.code(documents, codebook)
    assert list(codings.columns)[:12] == (
        "document city plan period section start end excerpt code coder rule evidence".split()
    )
    texts = {document.id: document.text for document in documents}
    for row in codings.itertuples():
        assert texts[row.document][row.start : row.end] == row.excerpt
    assert set(codings["coder"]) == {codebook.coder}
    assert codings.groupby("city")["code"].nunique().min() >= 7


def test_one_document_is_as_good_as_a_list():
    documents = wenma.read(shipped("corpus"))
    codebook = wenma.load_codebook(shipped("codebooks") / "resilience.yaml")
    alone = wenma.code(documents[0], codebook)
    assert set(alone["document"]) == {documents[0].id}


def test_two_documents_of_one_id_are_refused_and_not_merged():
    first, second = wenma.read(shipped("corpus"))[:2]
    codebook = wenma.load_codebook(shipped("codebooks") / "resilience.yaml")
    with pytest.raises(SourceError, match="two documents have the id"):
        wenma.code([first, replace(second, id=first.id)], codebook)


def test_words_come_with_the_fields_lexicon_or_plain():
    assert wenma.cut("建设韧性城市") == ["建设", "韧性城市"]
    assert wenma.cut("建设韧性城市", ()) == ["建设", "韧性", "城市"]


def test_the_notebooks_codings_are_those_the_command_line_counts(tmp_path, capsys):
    codebook = wenma.load_codebook(shipped("codebooks") / "resilience.yaml")
    codings = wenma.code(wenma.read(shipped("corpus")), codebook)
    assert "heading" not in set(codings["kind"])
    with_headings = wenma.code(wenma.read(shipped("corpus")), codebook, headings=True)
    assert len(with_headings) > len(codings)
    file = str(coded(shipped("corpus"), tmp_path / "study.db"))
    for frame, asked in ((codings, []), (with_headings, ["--headings"])):
        assert main(["query", file, "frequency", *asked, "--format", "json"]) == 0
        rows = json.loads(capsys.readouterr().out)["rows"]
        counted = {row["code"]: row["references"] for row in rows}
        assert frame["code"].value_counts().to_dict() == {
            code: counted[code] for code in set(frame["code"])
        }
