"""A file becomes a Document, by the reader for its kind."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

from wenma.errors import SourceError
from wenma.records import Document
from wenma.sources.document import parse_document
from wenma.sources.entry import Entry
from wenma.sources.limits import MOST_CHARACTERS, SMALL_TEXT, allowance, bounded
from wenma.sources.lines import Extract
from wenma.sources.listings.folder import HALVES, is_text
from wenma.sources.listings.listing import entries
from wenma.sources.listings.opening import content, entry_sha256, entry_size
from wenma.sources.listings.text_tables import suffix_of_text
from wenma.sources.quality import reading_quality

READER_VERSION = 3
"""Goes up when the same bytes would give another Document."""

Reader = Callable[[bytes], Extract]

# Where a harder format (.doc, scanned PDF) comes in: one module with `extract(data)`.
_READERS: Mapping[str, str] = {
    ".txt": "from_text",
    ".text": "from_text",
    ".md": "from_markdown",
    ".markdown": "from_markdown",
    ".html": "from_html",
    ".htm": "from_html",
    ".docx": "from_docx",
    ".docm": "from_docx",
    ".doc": "from_office",
    ".wps": "from_office",
    ".odt": "from_office",
    ".rtf": "from_office",
    ".epub": "from_epub",
    ".pdf": "from_pdf",
    ".png": "from_image",
    ".jpg": "from_image",
    ".jpeg": "from_image",
    ".tif": "from_image",
    ".tiff": "from_image",
}
_PLAIN = "from_text"
"""The reader of files that hold no more than they seem to."""


def read(path: str | Path) -> list[Document]:
    """Documents of a file, a folder or a manifest.

    Raises SourceError at the first that cannot be read.
    """
    return [read_entry(entry) for entry in entries([Path(path)]).entries]


def read_entry(entry: Entry) -> Document:
    """The Document of one entry. Raises SourceError naming the file and what to do.

    Whatever the file holds, it is read within the limits of `wenma.sources.limits`.
    """
    place = str(entry.path.resolve())
    if not is_text(place):
        raise SourceError(
            "lies in a folder whose name is no text",
            file=entry.path,
            cure="Rename the folder",
            zh="所在文件夹的名称不是文字，请改名。",
        )
    module = _module(_kind(entry))
    within = allowance(module)
    size = entry_size(entry, largest=within.largest)
    small = module.__name__.endswith(_PLAIN) and size <= SMALL_TEXT
    return bounded(_document, entry, file=entry.path, within=None if small else within)


def _document(entry: Entry) -> Document:
    data = content(entry)
    try:
        taken = _whole_characters(_extract(entry, data))
        _refuse_flood(taken)
        found = parse_document(taken.lines, title=entry.title)
    except SourceError as slip:
        raise slip.in_file(entry.path) from slip
    if not found.text:
        raise SourceError(
            "holds no text",
            file=entry.path,
            cure="Delete it or fill it",
            zh="没有正文，请删除或补充内容。",
        )
    if 20 * found.text.count("(cid:") > len(found.text):
        raise SourceError(
            "holds glyph numbers (cid:…) in place of characters: the PDF it was taken from has no"
            " character map",
            file=entry.path,
            cure="Run text recognition (OCR) over that PDF and read the result",
            zh="文字处是字形编号（cid:…）：所取的 PDF 没有字符映射。"
            "请对该 PDF 做文字识别（OCR），再读取结果。",
        )
    return Document(
        id=entry.id,
        text=found.text,
        title=entry.title,
        city=entry.city,
        plan=entry.plan,
        period=entry.period,
        year=entry.year,
        kind=entry.kind,
        level=entry.level,
        issuer=entry.issuer,
        number=entry.number,
        source=entry.source,
        note=entry.note,
        path=str(entry.path.resolve()),
        sha256=hashlib.sha256(data).hexdigest(),
        attributes=entry.attributes,
        sections=found.sections,
        paragraphs=found.paragraphs,
        source_map=found.source_map,
        quality=reading_quality(taken, found, size=len(data), city=entry.city),
    )


def _kind(entry: Entry) -> Path:
    """A name that says how an entry is read."""
    return entry.path if entry.held is None else Path(f"cell{suffix_of_text(entry.held)}")


def _extract(entry: Entry, data: bytes) -> Extract:
    taken = reader(_kind(entry))(data)
    if entry.held is None:
        return taken
    # In a table the row is the place: people look for it there.
    return replace(taken, lines=[line._replace(line=entry.row) for line in taken.lines])


def _whole_characters(taken: Extract) -> Extract:
    """Half a character could not be kept; what it was is lost, and the report tells so."""
    if not any(HALVES.search(line.text) for line in taken.lines):
        return taken
    lines = [line._replace(text=HALVES.sub("\ufffd", line.text)) for line in taken.lines]
    return replace(taken, lines=lines)


def _refuse_flood(taken: Extract) -> None:
    """Outline, sentences and rules are made for documents, not for all of a library."""
    length = sum(len(line.text) for line in taken.lines)
    if length > MOST_CHARACTERS:
        raise SourceError(
            f"holds {length:,} characters, and a document at most {MOST_CHARACTERS:,}",
            cure="Split it into its documents",
            zh=f"有 {length:,} 字，一份文件至多 {MOST_CHARACTERS:,} 字。请按文件拆分。",
        )


def fingerprint(entry: Entry) -> str:
    """What decides how an entry reads: its bytes, its title and the reader's version.

    Equal fingerprints give equal texts and outlines; the file is hashed, not parsed. What else
    is known of the document is no part of it: it changes no coding.
    """
    facts = [f"reader={READER_VERSION}", f"title={entry.title!r}", ""]
    return entry_sha256(entry, after="\n".join(facts).encode())


def reader(path: Path) -> Reader:
    """The reader for a file, chosen by its suffix."""
    found: Reader = _module(path).extract
    return found


def _module(path: Path) -> ModuleType:
    name = _READERS.get(path.suffix.lower())
    if name is None:
        raise SourceError(
            f"wenma cannot read {path.suffix or 'a file without a suffix'}",
            file=path,
            cure=f"It reads {', '.join(sorted(_READERS))}",
            zh=f"不能读取{path.suffix or '没有后缀的文件'}。可读 {'、'.join(sorted(_READERS))}。",
        )
    # Each reader brings a library of its own: loaded when its first file comes.
    return import_module(f"wenma.sources.{name}")
