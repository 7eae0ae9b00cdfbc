"""What is tried, each with a sound input. A target returns or raises a `WenmaError`."""

import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.fuzz import seeds
from wenma.codebook.yaml_file import load_codebook
from wenma.coding.coder import Coder
from wenma.interchange.opened_bundle import open_bundle
from wenma.language.units import units
from wenma.records import Document
from wenma.reliability.gold import gold_rows
from wenma.sources.document import parse_document
from wenma.sources.encodings.encoding import decode
from wenma.sources.from_text import split
from wenma.sources.lines import Line
from wenma.sources.listings.listing import entries
from wenma.sources.reading import _document


class Target(NamedTuple):
    """A way in, and the sound inputs that are broken to try it."""

    run: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    guarded: bool = False  # is a fault nobody foresaw made a sentence by whoever calls it?


def _read(suffix: str, data: bytes) -> object:
    """A file through its reader, outline and report; a fault no reader foresaw is let out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        (entry,) = entries([path]).entries
        return _cut(_document(entry))


def _cut(document: Document) -> object:
    for size in ("sentence", "section"):
        for unit in units(document, size=size):
            assert document.text[unit.start : unit.end]
    document.text.encode()  # what cannot be written is no text
    return document


def _outline(data: bytes) -> object:
    lines = split(decode(data).text)
    return parse_document([Line(text, None, at) for at, text in enumerate(lines, 1)])


def _codebook(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_bytes(data)
        return Coder(load_codebook(path))


def _manifest(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("a.txt", "b.txt"):
            (folder / name).write_text("加强预警。")
        (folder / "manifest.csv").write_bytes(data)
        return entries([folder])


def _gold(data: bytes) -> object:
    return gold_rows(decode(data).text, file="gold.jsonl")


def _pack(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(resealed(data))
        return [_cut(one.document) for one in open_bundle(path).entries if one.document]


def resealed(data: bytes) -> bytes:
    """A pack with the sums of what is in it now: a forger can count too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            members = {name: old.read(name) for name in old.namelist()}
    except Exception:
        return data
    if "SHA256SUMS" not in members or hashlib.sha256(data).digest()[0] % 4 == 0:
        return data
    for name, facts in list(members.items()):
        if name == "manifest.csv":
            members[name] = _with_sums(facts, members)
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in members.items()
        if name != "SHA256SUMS"
    ]
    members["SHA256SUMS"] = "".join(lines).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _with_sums(manifest: bytes, members: Mapping[str, bytes]) -> bytes:
    """The manifest with the hashes of the texts as they are now, where it names old ones."""
    known = {hashlib.sha256(text).hexdigest().encode() for text in members.values()}
    texts = iter(sorted(name for name in members if re.fullmatch(r"documents/\d+\.txt", name)))

    def now(found: re.Match[bytes]) -> bytes:
        if found[0] in known or not (name := next(texts, "")):
            return found[0]
        return hashlib.sha256(members[name]).hexdigest().encode()

    return re.sub(rb"\b[0-9a-f]{64}\b", now, manifest)


def _texts(*texts: str) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() for text in texts]


TARGETS: dict[str, Target] = {
    "text": Target(
        partial(_read, ".txt"),
        lambda: [seeds.PLAN.encode(), *(seeds.PLAN.encode(e) for e in ("gb18030", "utf-16"))],
        guarded=True,
    ),
    "markdown": Target(partial(_read, ".md"), _texts(seeds.MARKDOWN), guarded=True),
    "html": Target(partial(_read, ".html"), _texts(seeds.PAGE), guarded=True),
    "word": Target(partial(_read, ".docx"), lambda: [seeds.word_file()], guarded=True),
    "pdf": Target(partial(_read, ".pdf"), lambda: [seeds.page_file()], guarded=True),
    "outline": Target(_outline, _texts(seeds.PLAN)),
    "codebook": Target(_codebook, _texts(seeds.BOOK)),
    "manifest": Target(_manifest, _texts(seeds.MANIFEST, seeds.MANIFEST.replace(",", ";"))),
    "gold": Target(_gold, _texts(seeds.GOLD)),
    "pack": Target(_pack, lambda: [seeds.pack_file()]),
}
