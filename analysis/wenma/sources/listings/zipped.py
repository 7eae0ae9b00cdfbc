"""Parts of a zipped document (DOCX, ODT, EPUB), inflated within bounds and parsed without traps."""

import codecs
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any

from wenma.errors import SourceError
from wenma.records import Bilingual

WORD_FILE = Bilingual("Word 文件", "a Word file")
BOOK = Bilingual("电子书（EPUB）", "a book (EPUB)")

_LARGEST_PART = 64 << 20
_LARGEST_WHOLE = 192 << 20
_MOST_PARTS = 20_000
_MOST_MARKS = 2_500_000  # tags and attributes of a part; each takes some 250 bytes of memory
_ENTRY = b"PK\x01\x02"
_TYPES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math",
     b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main",
     b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip


class Zipped:
    """A zipped document opened for reading. Raises SourceError when it is broken or a bomb.

    Only what is asked for is inflated, and never past a bound, whatever sizes the file declares.
    """

    def __init__(self, data: bytes, name: Bilingual = WORD_FILE) -> None:
        self._name = name
        # Counted before the directory is read: each entry costs half a kilobyte there.
        if data.count(_ENTRY) > _MOST_PARTS:
            raise too_large()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            named = {
                info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()
            }
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as slip:
            raise broken(name) from slip
        self._infos = named
        self._folded = {name.casefold(): info for name, info in named.items()}
        self._inflated = 0

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._folded

    def names(self) -> Iterable[str]:
        """The names of all parts."""
        return self._infos.keys()

    def part(self, name: str) -> bytes:
        """The bytes of a part; b"" where the file has none of that name."""
        info = self._infos.get(name) or self._folded.get(name.casefold())
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise locked(self._name)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError,
                NotImplementedError, RuntimeError) as slip:  # fmt: skip
            raise broken(self._name) from slip
        self._inflated += len(data)
        if len(data) > _LARGEST_PART or self._inflated > _LARGEST_WHOLE:
            raise too_large()
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part, None where the file has none of that name."""
        data = self.part(name)
        return xml_root(data, self._name) if data.strip() else None

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: kind and part by the reference's id.

        A reference out of the file, and one to a part that is not there, is left out: Word
        opens files with such (Target="NULL").
        """
        folder, _, own = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{own}.rels" if folder else f"_rels/{own}.rels")
        found: dict[str, tuple[str, str]] = {}
        for one in () if root is None else root.iter("{*}Relationship"):
            target = one.get("Target", "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            path = posixpath.normpath(path).lstrip("/")
            if one.get("TargetMode") != "External" and path in self:
                found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], path)
        return found


def xml_root(data: bytes, name: Bilingual = WORD_FILE) -> Any:
    """The root element of XML; no entity is expanded, nothing fetched, depth and size bounded.

    Raises SourceError when it is broken or declares types of its own.
    """
    from lxml import etree

    # Types can only be declared ahead of the first element; UTF-16 writes a zero between letters.
    if _TYPES.search(data[:65536].replace(b"\x00", b"")):
        raise SourceError(
            f"cannot be read as {name.en} (its XML declares entities of its own)",
            cure="Open it where it was made and save it again as .docx",
            zh=f"无法作为 {name.zh} 读取（XML 中声明了自定义实体）。"
            "请用原来的软件打开，另存为 .docx。",
        )
    if data.count(b"<") + data.count(b"=") > _MOST_MARKS:
        raise too_large()
    for strict, usual in _STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    # Real files nest deeper than the usual 256. The encoding is set, not believed: one the
    # search above cannot read could hide a declaration.
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    parser = etree.XMLParser(
        encoding="utf-16" if wide else "utf-8",
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as slip:
        raise broken(name) from slip


def broken(name: Bilingual = WORD_FILE) -> SourceError:
    """A file that is damaged or not what its name says."""
    return SourceError(
        f"cannot be read as {name.en} (broken or cut short)",
        cure="Fetch it again, or open it where it was made and save it again as .docx",
        zh=f"无法作为 {name.zh} 读取（损坏或不完整）。"
        "请重新获取，或用原来的软件打开，另存为 .docx。",
    )


def locked(name: Bilingual = WORD_FILE) -> SourceError:
    """A file under a password, or under the lock of a shop."""
    return SourceError(
        f"cannot be read as {name.en}: it is locked by a password",
        cure="Open it with its password and save it again without one",
        zh=f"无法作为 {name.zh} 读取：文件设有密码。请用密码打开，另存为无密码的文件。",
    )


def too_large() -> SourceError:
    """A file that inflates past all bounds."""
    return SourceError(
        "inflates to more than a document can hold (a damaged file or a zip bomb)",
        cure="Check where it comes from; if it is whole, save its text as .docx without pictures"
        " or in parts",
        zh="解压后大小超出文档应有的范围（文件损坏或为压缩炸弹）。"
        "请核对来源；若文件无误，请去掉图片或分成几部分另存为 .docx。",
    )
