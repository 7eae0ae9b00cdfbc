"""A spaCy ``Language("zh")`` around our words, whose `Doc` carries the codings as spans."""

import sys
import unicodedata
from collections.abc import Iterable
from os import PathLike

import spacy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from wenma.errors import SourceError
from wenma.language.words import WordList, cut, cut_into_words
from wenma.records import Coding, Document


def pipeline(lexicon: WordList | None = None) -> Language:
    """A spaCy pipeline whose tokens are the words of `cut`, tagged by jieba.

    A text comes out as it went in, spaces and line ends included; a single
    space after a word belongs to its token, as always in spaCy. ``tag_`` is
    jieba's part of speech, ``pos_`` the universal one. Tagging is slow (a
    second a 20,000 characters): ``nlp.make_doc(text)`` gives the words alone.

    >>> nlp = pipeline()
    >>> [(token.text, token.tag_, token.pos_) for token in nlp("建设韧性城市。")]
    [('建设', 'vn', 'NOUN'), ('韧性城市', 'n', 'NOUN'), ('。', 'x', 'PUNCT')]
    """
    nlp = spacy.blank("zh")
    nlp.tokenizer = JiebaTokenizer(nlp.vocab, lexicon)
    nlp.add_pipe(TAGS)
    # The limit guards memory-hungry parsers; there is none here.
    nlp.max_length = sys.maxsize
    return nlp


def as_doc(nlp: Language, document: Document, codings: Iterable[Coding]) -> Doc:
    """The document as a spaCy `Doc` with its codings in ``doc.spans["codes"]``.

    One span a coding, in their order, labelled with the code's path. Spans are
    made of whole words: a coding that cuts one is widened to it. What it was
    before stands in ``doc.spans["codes"].attrs``: the document's id, and for
    each coding its start, end and coder. Codings of other documents are left
    out. All of it survives a `DocBin`.
    """
    doc = nlp(document.text)
    own = [coding for coding in codings if coding.document == document.id]
    spans = []
    for coding in own:
        span = doc.char_span(coding.start, coding.end, label=coding.code, alignment_mode="expand")
        if span is None:
            raise SourceError(
                f"the coding {coding.code} lies outside the text",
                file=document.path or document.id,
                place=f"characters {coding.start} to {coding.end}",
                cure="Code this document again",
                zh=f"编码 {coding.code} 超出文本范围，请重新编码此文件。",
            )
        spans.append(span)
    places = [{"start": c.start, "end": c.end, "coder": c.coder} for c in own]
    attrs = {"document": document.id, "codings": places}
    doc.spans["codes"] = SpanGroup(doc, name="codes", attrs=attrs, spans=spans)
    return doc


class JiebaTokenizer(DummyTokenizer):
    """Our words as a spaCy tokenizer."""

    def __init__(self, vocab: Vocab, lexicon: WordList | None) -> None:
        self.vocab = vocab
        self.lexicon: WordList | None = (
            lexicon if lexicon is None or isinstance(lexicon, str | PathLike) else tuple(lexicon)
        )

    def __call__(self, text: str) -> Doc:
        """A `Doc` of the words of `text`."""
        tokens: list[str] = []
        spaces: list[bool] = []
        for word in cut(text, self.lexicon):
            if word == " " and tokens and not spaces[-1] and not tokens[-1].isspace():
                spaces[-1] = True
            else:
                tokens.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=tokens, spaces=spaces)


TAGS = "jieba_tags"


@Language.factory(TAGS, assigns=["token.tag", "token.pos"])
class Tags:
    """Gives every token of our tokenizer jieba's part of speech and the universal one."""

    def __init__(self, nlp: Language, name: str) -> None:
        tokenizer = nlp.tokenizer
        self.lexicon = tokenizer.lexicon if isinstance(tokenizer, JiebaTokenizer) else None

    def __call__(self, doc: Doc) -> Doc:
        """The same `Doc`, tagged."""
        tagged = cut_into_words(doc.text, lexicon=self.lexicon, pos=True)
        pos = {word.start: word.pos for word in tagged}
        for token in doc:
            token.tag_ = pos[token.idx]
            token.pos_ = universal(token.text, token.tag_)
        return doc


_UNIVERSAL = {
    **{"a": "ADJ", "b": "ADJ", "z": "ADJ", "c": "CCONJ", "d": "ADV", "e": "INTJ", "o": "INTJ"},
    **{"f": "ADP", "p": "ADP", "g": "PART", "h": "PART", "k": "PART", "u": "PART", "y": "PART"},
    **{"i": "VERB", "v": "VERB", "j": "NOUN", "l": "NOUN", "n": "NOUN", "q": "NOUN"},
    **{"s": "NOUN", "t": "NOUN", "m": "NUM", "r": "PRON"},
    # where the second letter makes another part of speech of the first
    **{"ad": "ADV", "vd": "ADV", "an": "NOUN", "vn": "NOUN", "eng": "X", "zg": "X"},
    **{"nr": "PROPN", "nrfg": "PROPN", "nrt": "PROPN", "ns": "PROPN", "nt": "PROPN", "nz": "PROPN"},
}


def universal(word: str, tag: str) -> str:
    """Universal part of speech of a word that jieba gave `tag`.

    >>> universal("成都", "ns"), universal("；", "x"), universal("\\n", "x")
    ('PROPN', 'PUNCT', 'SPACE')
    """
    if tag != "x":
        return _UNIVERSAL.get(tag) or _UNIVERSAL.get(tag[:1], "X")
    if word.isspace():
        return "SPACE"
    return {"P": "PUNCT", "S": "SYM"}.get(unicodedata.category(word[0])[0], "X")
