"""A spaCy document has our words, jieba's tags and the codings, also after a DocBin."""

import pytest
import spacy
from spacy.tokens import DocBin

from wenma.errors import SourceError
from wenma.language.pipeline import as_doc, pipeline
from wenma.language.words import cut, cut_into_words
from wenma.records import Coding, Document

TEXT = "第一条　建设 韧性城市，\r\n推进区域协同。\n\n  GDP 增长3.5%  。"


def coding(start, end, code="stage/resist", coder="甲", document="d"):
    return Coding(document, 0, start, end, code, coder)


@pytest.fixture(scope="module")
def nlp():
    return pipeline()


@pytest.mark.parametrize("text", [TEXT, "", " ", "  韧性", "\n \n", "a\t b ", "城市 \n 韧性"])
def test_a_text_comes_out_as_it_went_in(nlp, text):
    assert nlp(text).text == text


def test_tokens_are_our_words(nlp):
    tokens = [token.text for token in nlp.make_doc(TEXT) if not token.is_space]
    assert tokens == [word for word in cut(TEXT) if not word.isspace()]
    plain = pipeline(iter(["镇街"]))
    assert [token.text for token in plain("推进区域协同的镇街")] == [
        "推进",
        "区域",
        "协同",
        "的",
        "镇街",
    ]


def test_tags_are_those_of_our_words(nlp):
    tags = {word.start: word.pos for word in cut_into_words(TEXT, pos=True)}
    doc = nlp(TEXT)
    assert all(token.tag_ == tags[token.idx] for token in doc)
    assert {token.pos_ for token in doc if token.is_space} == {"SPACE"}
    assert {token.text: token.pos_ for token in doc}["建设"] == "NOUN"


def test_a_long_document_is_no_error(nlp):
    assert len(nlp.make_doc("韧性城市。" * 200_001)) == 400_002
    assert nlp.max_length > 1_000_005


def test_codings_are_spans_of_whole_words_that_remember_where_they_were(nlp):
    text = "建设韧性城市，推进区域协同。"
    codings = [coding(2, 4), coding(2, 4, coder="乙"), coding(9, 13, "path/region")]
    doc = as_doc(nlp, Document("d", text), [*codings, coding(0, 2, document="e")])
    group = doc.spans["codes"]
    assert [(span.text, span.label_) for span in group] == [
        ("韧性城市", "stage/resist"),
        ("韧性城市", "stage/resist"),
        ("区域协同", "path/region"),
    ]
    assert [(c["start"], c["end"], c["coder"]) for c in group.attrs["codings"]] == [
        (c.start, c.end, c.coder) for c in codings
    ]


def test_all_of_it_survives_a_docbin(nlp):
    doc = as_doc(nlp, Document("d", TEXT), [coding(7, 9), coding(14, 18, "path/region")])
    packed = DocBin(docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(packed).get_docs(spacy.blank("zh").vocab)
    assert back.text == TEXT
    assert [token.tag_ for token in back] == [token.tag_ for token in doc]
    assert [(s.start_char, s.end_char, s.label_) for s in back.spans["codes"]] == [
        (s.start_char, s.end_char, s.label_) for s in doc.spans["codes"]
    ]
    assert back.spans["codes"].attrs == doc.spans["codes"].attrs
    assert back.spans["codes"].attrs["document"] == "d"


def test_a_coding_outside_the_text_is_named(nlp):
    with pytest.raises(SourceError, match=r"characters 3 to 99.*lies outside"):
        as_doc(nlp, Document("d", "建设韧性城市"), [coding(3, 99)])
