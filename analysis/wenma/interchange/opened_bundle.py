"""A pack becomes documents again: checked whole before anything in it is believed."""

import csv
import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any, cast, get_args

from wenma.codebook.yaml_file import parse_kept_codebook
from wenma.errors import SourceError
from wenma.interchange.bundle import (
    FACTS,
    FORMAT,
    HASHES,
    KIND,
    PEOPLE,
    SUMS,
    attribute_of,
    bared,
)
from wenma.interchange.packed_annotations import rows_of
from wenma.records import (
    Codebook,
    Document,
    Paragraph,
    ParagraphKind,
    Role,
    Section,
    SourceMap,
    UnitSize,
)
from wenma.sources.entry import Entry
from wenma.sources.listings.archives import archive_of
from wenma.store.exchange_annotations import AnnotationRow
from wenma.store.schema import STANDARD
from wenma.store.serialization import attributes_of, unpack_quality

MOST_BYTES = 4_000_000_000
"""A pack that would unpack to more is refused."""
MOST_TIMES = 250
"""So much larger than its packed bytes may a member be; texts and tables are 2 to 40 times."""
SMALL = 1_000_000
"""A member of fewer bytes may be packed as tightly as it likes."""

_NAME = re.compile(
    r"README\.txt|manifest\.csv|codebook\.yaml|settings\.json|codings(_by_people)?\.csv|codings\.jsonl|units\.csv"
    r"|commands\.txt|people\.jsonl|project\.qdpx|SHA256SUMS|documents/\d{5,}\.(txt|json)|tables/[\w-]+\.csv"
)
_SUM = re.compile(r"([0-9a-f]{64})  (\S+)")
_NEEDED = ("manifest.csv", "codebook.yaml", "settings.json", "codings.jsonl")
_TELLING = (*_NEEDED[1:], SUMS)
_ANOTHER = "Ask for the pack again, or make it again with: wenma export FILE.db PACK.zip"
_ANOTHER_ZH = "请重新索取数据包，或重新制作：wenma export FILE.db PACK.zip"


@dataclass(frozen=True, slots=True)
class Packed(Entry):
    """One document of a pack, read already."""

    document: Document | None = None
    mark: str = ""


@dataclass(frozen=True)
class Bundle:
    """A pack, opened and found sound."""

    file: Path
    entries: tuple[Packed, ...]
    codebook: Codebook
    unit_size: UnitSize
    versions: Mapping[str, str]
    codings: str  # SHA-256 of codings.jsonl
    people: tuple[AnnotationRow, ...] = ()
    format: int = FORMAT


def is_bundle(path: Path) -> bool:
    """Is this a pack, and no archive of somebody's files? Told by what it holds, if it opens."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with zipfile.ZipFile(path) as whole:
            names = whole.namelist()
    except FileNotFoundError:
        return archive_of(path) is None
    except NotADirectoryError:
        return False
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return _was_bundle(path)  # what is wrong with it is told where packs are opened
    return not names or any(name in names for name in _TELLING)


def _was_bundle(path: Path) -> bool:
    """Does a file that does not open begin as packs do?"""
    try:
        with path.open("rb") as file:
            return SUMS.encode() in file.read(1 << 16)
    except OSError:
        return False


def open_bundle(file: str | Path) -> Bundle:
    """The documents, codebook and settings of a pack.

    Raises SourceError with one line when the file is not a pack, was damaged or
    changed, leads out of itself, or would unpack to a flood.
    """
    file = Path(file)
    try:
        with zipfile.ZipFile(file) as pack:
            members = _members(pack, file)
            sums = _checked(pack, members, file)
            texts = _read(pack, file)
    except FileNotFoundError:
        raise SourceError(
            "there is no such pack",
            file=file,
            cure="Check the path.",
            zh="没有这个数据包，请核对路径。",
        ) from None
    except OSError as error:
        raise SourceError(
            f"cannot be opened ({error.strerror})",
            file=file,
            cure="Check its permissions.",
            zh=f"数据包无法打开（{error.strerror}），请检查权限。",
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise _bad(
            file, f"is damaged or not a zip file ({error})", f"文件损坏或不是 zip（{error}）"
        ) from None
    settings = _settings(texts["settings.json"], file)
    entries = tuple(_entries(texts, file))
    people = _people(texts.get(PEOPLE, ""), entries, file)
    return Bundle(
        file=file,
        entries=tuple(_as_stated(entries, people)),
        codebook=parse_kept_codebook(texts["codebook.yaml"], file=file / "codebook.yaml"),
        unit_size=settings[0],
        versions=settings[1],
        codings=sums["codings.jsonl"],
        format=settings[2],
        people=people,
    )


def read_packed(entry: Packed) -> Document:
    """The document of an entry."""
    assert entry.document is not None
    return entry.document


def mark_packed(entry: Packed) -> str:
    """What decides how the entry reads: text, outline and facts."""
    return entry.mark


def _members(pack: zipfile.ZipFile, file: Path) -> dict[str, zipfile.ZipInfo]:
    """The members by name, nothing unpacked yet."""
    members: dict[str, zipfile.ZipInfo] = {}
    for info in pack.infolist():
        name = info.filename
        if not _NAME.fullmatch(name):
            outside = ".." in name or name.startswith(("/", "\\")) or ":" in name
            why = "leads out of the pack" if outside else "does not belong in a pack"
            zh = "指向数据包之外" if outside else "不属于数据包"
            raise _bad(file, f"holds {name!r}, which {why}", f"含有 {name!r}，{zh}")
        if name in members:
            raise _bad(file, f"holds {name!r} twice", f"{name!r} 出现两次")
        if info.flag_bits & 1:
            raise _bad(file, f"{name!r} is encrypted", f"{name!r} 已加密")
        if info.file_size > max(SMALL, MOST_TIMES * info.compress_size):
            raise _bad(
                file,
                f"{name!r} would unpack to {info.file_size:,} bytes, as no text does",
                f"{name!r} 解压后有 {info.file_size:,} 字节，不会是文本",
            )
        members[name] = info
    if (size := sum(info.file_size for info in members.values())) > MOST_BYTES:
        raise _bad(
            file,
            f"would unpack to {size:,} bytes, more than {MOST_BYTES:,}",
            f"解压后有 {size:,} 字节，超过 {MOST_BYTES:,}",
        )
    for name in (SUMS, *_NEEDED):
        if name not in members:
            raise _bad(
                file,
                f"{name} is missing, so it is not a whole pack of wenma",
                f"缺少 {name}，不是完整的 wenma 数据包",
            )
    return members


def _checked(
    pack: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], file: Path
) -> dict[str, str]:
    """The recorded sums, when every member is what they say."""
    lines = _text(pack.read(SUMS), SUMS, file).splitlines()
    found = [_SUM.fullmatch(line) for line in lines]
    sums = {one[2]: one[1] for one in found if one}
    if len(sums) < len(lines):
        raise _bad(
            file, f"{SUMS} holds a line that is not a checksum", f"{SUMS} 中有一行不是校验和"
        )
    for name in sums:
        if name not in members:
            raise _bad(
                file, f"{name} is missing, though {SUMS} lists it", f"{SUMS} 列出的 {name} 不在其中"
            )
    for name in members:
        if name == SUMS:
            continue
        if name not in sums:
            raise _bad(
                file, f"holds {name}, which {SUMS} does not list", f"含有 {SUMS} 未列出的 {name}"
            )
        digest = hashlib.sha256()
        with pack.open(name) as member:
            while block := member.read(1 << 20):
                digest.update(block)
        if digest.hexdigest() != sums[name]:
            raise SourceError(
                f"{name} was changed since the pack was made (its SHA-256 is another)",
                file=file,
                cure="Take the pack as it was; to use another codebook, name it with --codebook.",
                zh=f"数据包制成后 {name} 被改动（SHA-256 不同）。请用原来的数据包；"
                "要用另一个编码本，请用 --codebook 指明。",
            )
    return sums


def _read(pack: zipfile.ZipFile, file: Path) -> dict[str, str]:
    """The texts of the members that are used."""
    used = ("manifest.csv", "codebook.yaml", "settings.json", PEOPLE)
    names = [n for n in pack.namelist() if n in used or n.startswith("documents/")]
    return {name: _text(pack.read(name), name, file) for name in names}


def _text(data: bytes, name: str, file: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise _bad(file, f"{name} is not UTF-8 text", f"{name} 不是 UTF-8 文本") from None


def _settings(text: str, file: Path) -> tuple[UnitSize, dict[str, str], int]:
    told = _json(text, "settings.json", file)
    told = told if isinstance(told, dict) else {}
    kind, _, number = str(told.get("format", "")).partition(" ")
    if kind != KIND or not number.isdecimal():
        raise _bad(
            file,
            "settings.json does not say that this is a pack of wenma",
            "settings.json 没有说明这是 wenma 数据包",
        )
    if int(number) > FORMAT:
        raise SourceError(
            f"was made by a newer wenma (pack {number}, this one knows {FORMAT})",
            file=file,
            cure="Update with: pip install --upgrade wenma",
            zh=f"由更新的 wenma 制成（数据包格式 {number}，本版只到 {FORMAT}）。"
            "请升级：pip install --upgrade wenma",
        )
    unit, used = told.get("unit"), told.get("versions")
    if unit not in get_args(UnitSize) or not isinstance(used, dict):
        raise _bad(
            file,
            "settings.json does not say the size of the units or the versions",
            "settings.json 没有说明编码单元或版本",
        )
    versions = {str(name): str(version) for name, version in used.items()}
    return cast(UnitSize, unit), versions, int(number)


def _entries(texts: Mapping[str, str], file: Path) -> Iterator[Packed]:
    try:
        reader = csv.DictReader(StringIO(texts["manifest.csv"], newline=""), strict=True)
        rows = list(reader)
    except csv.Error as error:
        raise _bad(
            file,
            f"manifest.csv is not sound CSV ({error})",
            f"manifest.csv 不是正确的 CSV（{error}）",
        ) from None
    if missing := [name for name in [*FACTS, *HASHES] if name not in (reader.fieldnames or [])]:
        raise _bad(
            file,
            f"manifest.csv has no column {', '.join(missing)}",
            f"manifest.csv 缺少列 {'、'.join(missing)}",
        )
    if not rows:
        raise _bad(file, "lists no document", "没有列出文件")
    seen: set[str] = set()
    for row in rows:
        if None in row or None in row.values():
            raise _bad(
                file,
                "manifest.csv has a line with too few or too many cells",
                "manifest.csv 有一行列数不符",
            )
        facts = {name: bared(cell) for name, cell in row.items()}
        path, id = facts["path"], facts["id"]
        if id in seen or path in seen:
            raise _bad(file, f"manifest.csv lists {id!r} twice", f"manifest.csv 两次列出 {id!r}")
        seen |= {id, path}
        beside = path.removesuffix(".txt") + ".json"
        if not path.endswith(".txt") or path not in texts or beside not in texts:
            raise _bad(
                file,
                f"{path or 'a document'} is missing, though manifest.csv lists it",
                f"manifest.csv 列出的{path or '文件'}不在其中",
            )
        text, nodes = texts[path], texts[beside]
        if hashlib.sha256(text.encode()).hexdigest() != facts["sha256_of_text"]:
            raise _bad(
                file,
                f"{path} is not the text that manifest.csv says (its SHA-256 is another)",
                f"{path} 不是 manifest.csv 所记的文本（SHA-256 不同）",
            )
        further = tuple(
            (attribute_of(name), cell)
            for name, cell in facts.items()
            if name not in (*FACTS, *HASHES) and cell
        )
        year = facts["year"]
        if year and not (year.isascii() and year.isdecimal()):
            raise _bad(
                file,
                f"manifest.csv has the year {year!r}",
                f"manifest.csv 中的年份 {year!r} 不是年份",
            )
        try:
            beside_text = json.loads(nodes)
            # Packs of an earlier wenma say nothing of how a document was read.
            quality = unpack_quality(json.dumps(beside_text.pop("quality", {})))
            parts = _outline(text, beside_text)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise _bad(
                file,
                f"{beside} is not an outline of {path} ({error})",
                f"{beside} 不是 {path} 的结构（{error}）",
            ) from None
        known: dict[str, Any] = {
            "id": id, "title": facts["title"], "city": facts["city"], "plan": facts["plan"],
            "period": facts["period"], "year": int(year) if year else None,
            "kind": facts["kind"], "level": facts["level"], "issuer": facts["issuer"],
            "number": facts["doc_number"], "source": facts["source_url"], "note": facts["note"],
            "attributes": further,
        }  # fmt: skip
        place = file.resolve() / path
        document = Document(
            text=text, path=str(place), sha256=facts["sha256_of_file"],
            sections=parts[0], paragraphs=parts[1], source_map=parts[2],
            quality=quality, **known,
        )  # fmt: skip
        parts_of = [facts["sha256_of_text"], facts["sha256_of_file"], nodes]
        mark = hashlib.sha256(json.dumps(parts_of, ensure_ascii=False).encode()).hexdigest()
        yield Packed(path=place, document=document, mark=mark, listed=True, **known)


def _people(text: str, entries: Iterable[Packed], file: Path) -> tuple[AnnotationRow, ...]:
    lengths = {one.document.id: len(one.document.text) for one in entries if one.document}
    try:
        return tuple(rows_of(text, lengths))
    except ValueError as error:
        raise _bad(file, f"{PEOPLE}, {error}", f"{PEOPLE} 有误（{error}）") from None


def _as_stated(entries: Iterable[Packed], people: Iterable[AnnotationRow]) -> Iterator[Packed]:
    """The entries with what their manifest had stated: corrections are brought as people's acts."""
    stated: dict[str, dict[str, str]] = {}
    for row in people:
        if row.table == "attribute":
            stated.setdefault(str(row.key[0]), {})[str(row.key[1])] = row.values["stated"]
    for entry in entries:
        known = attributes_of(entry) | stated.get(entry.id, {})
        if entry.id not in stated or entry.document is None:
            yield entry
            continue
        given: dict[str, Any] = {name: known.get(name, "") for name in STANDARD}
        given["year"] = int(given["year"]) if given["year"] else None
        given["attributes"] = tuple((n, v) for n, v in known.items() if n not in STANDARD and v)
        yield replace(entry, document=replace(entry.document, **given), **given)


def _outline(text: str, told: Any) -> tuple[tuple[Section, ...], tuple[Paragraph, ...], SourceMap]:
    """The outline, when every number in it lies in the text; ValueError otherwise."""
    end = len(text)
    sections = tuple(Section(*node) for node in told["sections"])
    last = 0
    for number, node in enumerate(sections):
        whole = (node.start, node.heading_end, node.end, node.level, node.parent)
        spans = all(type(n) is int for n in whole) and type(node.box) is bool
        if not (
            spans
            and last <= node.start <= node.heading_end <= end
            and node.start <= node.end <= end
            # A parent stands before its child: no way up the outline goes in a ring.
            and -1 <= node.parent < number
            and node.role in get_args(Role)
            and isinstance(node.number, str)
            and isinstance(node.title, str)
        ):
            raise ValueError(f"section {number} is out of place")
        last = node.start
    paragraphs = tuple(Paragraph(*one) for one in told["paragraphs"])
    at = 0
    for number, one in enumerate(paragraphs):
        spans = all(type(n) is int for n in (one.start, one.end, one.section))
        if not (
            spans
            and at <= one.start <= one.end <= end
            and one.kind in get_args(ParagraphKind)
            and -1 <= one.section < len(sections)
        ):
            raise ValueError(f"paragraph {number} is out of place")
        at = one.end
    starts, pages, lines = (tuple(column) for column in told["map"])
    if not (
        len(starts) == len(pages) == len(lines)
        and all(type(n) is int for n in starts)
        and all(n is None or type(n) is int for n in (*pages, *lines))
        and list(starts) == sorted(starts)
    ):
        raise ValueError("the way back to the file is out of place")
    return sections, paragraphs, SourceMap(starts, pages, lines)


def _json(text: str, name: str, file: Path) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _bad(file, f"{name} is not JSON", f"{name} 不是 JSON") from None


def _bad(file: Path, problem: str, zh: str) -> SourceError:
    return SourceError(problem, file=file, cure=_ANOTHER, zh=f"{zh}。{_ANOTHER_ZH}")
