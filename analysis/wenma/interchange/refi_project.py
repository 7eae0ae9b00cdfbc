"""A study as a REFI-QDA project (.qdpx), which NVivo, MAXQDA, ATLAS.ti and others open.

REFI-QDA standard, version 1.0: project.qde beside the texts as UTF-8 without a mark, lines ended
by LF. Positions count code points of the text, the end excluded, as NVivo and QualCoder
count. The same study gives the same bytes: no clock goes in, and a GUID is made of what it names.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from wenma.records import Code, Codebook, Coding, Document
from wenma.version import __version__

MOST_NAME = 60
"""Characters of an excerpt that name a selection, so that a reader can see it lies right."""
FACTS_TOLD = ("city", "plan", "period", "year", "kind", "level", "issuer", "number", "source")
"""What a document states that becomes a variable of its case."""

_TIME = (1980, 1, 1, 0, 0, 0)
_UNSEEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def refi_project(
    name: str,
    codebook: Codebook,
    documents: Sequence[Document],
    codings: Iterable[Coding],
) -> bytes:
    """The bytes of a .qdpx: documents with their facts, codes, and what each coder coded.

    Codings of codes that are not in the codebook, and of other documents, are left out.
    """
    ids = {one.id for one in documents}
    paths = {code.path for code in codebook.codes}
    by_document: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.document in ids and coding.code in paths:
            by_document.setdefault(coding.document, []).append(coding)
    coders = sorted({one.coder for some in by_document.values() for one in some})
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<Project xmlns="urn:QDA-XML:project:1.0" name={_text(name)} '
        f'origin="wenma {__version__}">',
        *_users(coders),
        "<CodeBook><Codes>",
        *_codes(codebook.codes),
        "</Codes></CodeBook>",
        *_facts(documents),
        *_sources(documents, by_document),
        "</Project>",
    ]
    members = {"project.qde": "\n".join(lines)}
    members |= {f"sources/{_source(one.id)}.txt": one.text for one in documents}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for member, text in sorted(members.items()):
            info = zipfile.ZipInfo(member, _TIME)
            info.compress_type, info.external_attr, info.create_system = 8, 0o644 << 16, 3
            pack.writestr(info, text.encode())
    return out.getvalue()


def _guid(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "wenma:" + "\x1f".join(map(str, parts)))).upper()


def _source(id: str) -> str:
    return _guid("source", id)


def _text(words: str) -> str:
    """Words as an attribute of XML, without what XML cannot hold."""
    return quoteattr(_UNSEEN.sub("", words))


def _within(words: str) -> str:
    return escape(_UNSEEN.sub("", words))


def _users(coders: Sequence[str]) -> Iterator[str]:
    if coders:
        yield "<Users>"
        yield from (f'<User guid="{_guid("user", one)}" name={_text(one)}/>' for one in coders)
        yield "</Users>"


def _codes(codes: Sequence[Code]) -> Iterator[str]:
    """The codes nested as the codebook has them, which lists parents before children."""
    open_now: list[Code] = []
    for code in codes:
        while open_now and not code.path.startswith(f"{open_now[-1].path}/"):
            open_now.pop()
            yield "</Code>"
        open_now.append(code)
        colour = f' color="{code.colour}"' if code.colour else ""
        yield (
            f'<Code guid="{_guid("code", code.path)}" name={_text(code.zh)} isCodable="true"'
            f"{colour}>"
        )
        told = [code.definition, *code.when, *(f"≠ {one}" for one in code.when_not)]
        words = _within("\n".join([code.path, *filter(None, told)]))
        yield f"<Description>{words}</Description>"
    yield from ["</Code>"] * len(open_now)


def _facts(documents: Sequence[Document]) -> Iterator[str]:
    """A variable for each fact that is stated, and a case for each document with what it states."""
    stated: Mapping[str, Mapping[str, str]] = {
        one.id: {
            **{name: str(getattr(one, name) or "") for name in FACTS_TOLD},
            **dict(one.attributes),
        }
        for one in documents
    }
    names = [
        *dict.fromkeys(name for facts in stated.values() for name, said in facts.items() if said)
    ]
    if names:
        yield "<Variables>"
        for name in names:
            guid = _guid("variable", name)
            yield f'<Variable guid="{guid}" name={_text(name)} typeOfVariable="Text"/>'
        yield "</Variables>"
    if documents:
        yield "<Cases>"
        for one in documents:
            yield f'<Case guid="{_guid("case", one.id)}" name={_text(one.title or one.id)}>'
            for name, said in stated[one.id].items():
                if said:
                    yield (
                        f'<VariableValue><VariableRef targetGUID="{_guid("variable", name)}"/>'
                        f"<TextValue>{_within(said)}</TextValue></VariableValue>"
                    )
            yield f'<SourceRef targetGUID="{_source(one.id)}"/>'
            yield "</Case>"
        yield "</Cases>"


def _sources(
    documents: Sequence[Document], by_document: Mapping[str, Sequence[Coding]]
) -> Iterator[str]:
    if not documents:
        return
    yield "<Sources>"
    for one in documents:
        guid = _source(one.id)
        yield (
            f'<TextSource guid="{guid}" name={_text(one.id)} plainTextPath="internal://{guid}.txt">'
        )
        spans: dict[tuple[int, int], list[Coding]] = {}
        for coding in sorted(by_document.get(one.id, ())):
            spans.setdefault((coding.start, coding.end), []).append(coding)
        for (start, end), coded in spans.items():
            words = " ".join(one.text[start : min(end, start + MOST_NAME)].split())
            place = (one.id, start, end)
            yield (
                f'<PlainTextSelection guid="{_guid("selection", *place)}" name={_text(words)} '
                f'startPosition="{start}" endPosition="{end}">'
            )
            for code, coder in dict.fromkeys((each.code, each.coder) for each in coded):
                yield (
                    f'<Coding guid="{_guid("coding", *place, code, coder)}" '
                    f'creatingUser="{_guid("user", coder)}">'
                    f'<CodeRef targetGUID="{_guid("code", code)}"/></Coding>'
                )
            yield "</PlainTextSelection>"
        yield "</TextSource>"
    yield "</Sources>"
