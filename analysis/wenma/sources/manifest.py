"""A folder of files, or a manifest that lists them, becomes entries.

A manifest is a table, CSV with commas, semicolons or tabs, in UTF-8 or GB 18030. Its columns may
be named in English or Chinese (`STANDARD`); every other column is an attribute of the documents
under its own header. Headers and values are tidied as documents are: 甲 市 and 甲市 are one city.
"""

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.util import find_spec
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from wenma.errors import SourceError
from wenma.records import Bilingual
from wenma.sources.cleaning import squeeze, tidy
from wenma.sources.encoding import decode
from wenma.sources.folder import files_below, is_text, is_there

MANIFEST = "manifest.csv"
REQUIRED = ("path", "title", "city")
# Pictures of pages, where their text can be recognised.
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
_ALWAYS = ".txt .text .md .markdown .html .htm .docx .docm .doc .wps .odt .rtf .epub .pdf"
READABLE = frozenset(_ALWAYS.split()) | (
    _PICTURES if find_spec("rapidocr_onnxruntime") else frozenset()
)
"""Suffixes `wenma.sources.reading` has a reader for."""

STANDARD: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "path": (("path", "路径", "文件路径"), ("file", "filename", "文件", "文件名")),
    "title": (("title", "标题", "题名"), ("文件标题", "文件题名", "文件名称", "名称")),
    "city": (("city", "城市"), ("地市", "市")),
    "plan": (("plan", "规划"), ("规划名称",)),
    "period": (("period", "时期"), ("规划期", "规划时期")),
    "year": (("year", "年份"), ("年度", "年", "发布年份")),
    "kind": (("kind", "文种"), ("文件类型", "文件种类")),
    "level": (("level", "层级"), ("行政层级", "级别")),
    "issuer": (("issuer", "发文机关"), ("发文单位", "发布机构", "发布单位", "印发机关")),
    "number": (("number", "文号"), ("doc_number", "发文字号")),
    "source": (("source", "来源"), ("source_url", "url", "来源网址", "网址", "链接")),
    "note": (("note", "备注"), ("notes", "说明")),
}
"""What a column may be called: its names, of which a manifest has one, and others it may bear
where none of these is there."""

TAKEN = frozenset(
    "id document han countable heading_han characters heading_characters sections units headings "
    "paragraphs heading_paragraphs text_sections heading_sections sha256 asked group".split()
)
"""Names wenma's own columns bear: an attribute called so gets `_in_manifest` after its name."""

_KNOWN = {name: standard for standard, names in STANDARD.items() for name in chain(*names)}
_FIRST_NAMES = {name: standard for standard, (names, _) in STANDARD.items() for name in names}
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "，": "full-width commas"}
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a corpus and what is known of it before it is read.

    `id` is the path as the manifest writes it, or the path below the folder
    given; it is unique within one listing.
    """

    path: Path
    id: str
    title: str = ""
    city: str = ""
    plan: str = ""
    period: str = ""
    year: int | None = None
    kind: str = ""
    level: str = ""
    issuer: str = ""
    number: str = ""
    source: str = ""
    note: str = ""
    attributes: tuple[tuple[str, str], ...] = ()  # under the manifest's own headers
    listed: bool = False  # does a manifest say so, or the file's name alone?


@dataclass(frozen=True, slots=True)
class Listing:
    """What a run will read, and what it leaves out with the reason."""

    entries: tuple[Entry, ...]
    skipped: tuple[tuple[Path, str], ...] = ()
    unlisted: tuple[Path, ...] = ()  # readable files beside a manifest that does not list them


def entries(paths: Sequence[Path]) -> Listing:
    """Entries of the files, folders and manifests in `paths`, in order.

    A folder with a ``manifest.csv`` holds what the manifest says; one without
    holds every readable file below it. Nothing is opened but manifests. Raises
    SourceError for a path that is not there or a manifest with a mistake: no
    part of a faulty manifest is used, so nothing is coded under wrong metadata.
    """
    found: list[Entry] = []
    skipped: list[tuple[Path, str]] = []
    for given in paths:
        path = Path(given)
        if is_there(path, folder=True):
            manifest = path / MANIFEST
            if manifest.is_file():
                listed, left_out = _listed(manifest)
                found += listed
                skipped += left_out
            else:
                in_folder, left_out = _below(path)
                if not in_folder and not left_out:
                    raise SourceError(
                        "the folder is empty",
                        file=path,
                        cure="Put documents in it",
                        zh="文件夹是空的，请放入文件。",
                    )
                found += in_folder
                skipped += left_out
        elif is_there(path):
            if path.name == MANIFEST:
                listed, left_out = _listed(path)
                found += listed
                skipped += left_out
            elif not is_text(path.name):
                skipped.append((path, "its name is no text: rename it"))
            elif path.suffix.lower() in READABLE:
                found.append(_plain(path, path.name))
            else:
                skipped.append((path, _unreadable(path)))
        elif _is_else(path):
            raise SourceError(
                "is no file (a pipe, socket or device)",
                file=path,
                cure="Name a file or a folder",
                zh="不是文件（而是管道、套接字或设备）。请写一个文件或文件夹。",
            )
        else:
            near = _near_path(path)
            raise SourceError(
                "there is no such file or folder",
                file=path,
                cure=near.en,
                zh=f"没有这个文件或文件夹。{near.zh}",
            )
    given_files = {entry.path.resolve() for entry in found}
    unlisted = [path for path in _beside(paths) if path.resolve() not in given_files]
    return Listing(tuple(_unique(found)), tuple(skipped), tuple(unlisted))


def _beside(paths: Sequence[Path]) -> Iterator[Path]:
    """Readable files below the folders of these manifests."""
    for given in map(Path, paths):
        folder = given if given.is_dir() else given.parent
        if (given / MANIFEST).is_file() or given.name == MANIFEST:
            yield from (entry.path for entry in _below(folder)[0])


def _below(folder: Path) -> tuple[list[Entry], list[tuple[Path, str]]]:
    paths, skipped = files_below(folder)
    found: list[Entry] = []
    for path in paths:
        inside = path.relative_to(folder)
        if not is_text(inside.as_posix()):
            skipped.append((path, "its name is no text: rename it"))
        elif path.suffix.lower() in READABLE:
            found.append(_plain(path, inside.as_posix()))
        else:
            skipped.append((path, _unreadable(path)))
    return found, skipped


def _is_else(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # too long a name, or links in a ring
        return False


def _plain(path: Path, id: str) -> Entry:
    return Entry(path=path, id=id, title=path.stem, plan=path.stem)


def _unreadable(path: Path) -> str:
    suffix = path.suffix.lower()
    return f"no reader for {suffix or 'a name without suffix'}"


def _listed(manifest: Path) -> tuple[list[Entry], list[tuple[Path, str]]]:
    folder = manifest.parent
    try:
        text = decode(manifest.read_bytes()).text
    except SourceError as slip:
        raise SourceError(slip.problem, file=manifest, cure=slip.cure, zh=slip.zh) from slip
    except OSError as slip:
        raise SourceError(
            f"cannot be opened ({slip.strerror})",
            file=manifest,
            cure="Check its permissions",
            zh=f"无法打开（{slip.strerror}）。请检查权限。",
        ) from slip
    rows = _rows(text, manifest)
    found: list[Entry] = []
    skipped: list[tuple[Path, str]] = []
    lines: dict[str, int] = {}
    for line, row in rows:
        entry = _entry(row, folder, manifest, line)
        if entry.path.suffix.lower() not in READABLE:
            skipped.append((entry.path, _unreadable(entry.path)))
            continue
        if entry.id in lines:
            raise SourceError(
                f'path "{entry.id}" is listed twice (first in line {lines[entry.id]})',
                file=manifest, place=f"line {line}", cure="Delete one of the two lines",
                zh=f"路径“{entry.id}”列了两次（先见于第 {lines[entry.id]} 行）。请删去一行。",
            )  # fmt: skip
        lines[entry.id] = line
        found.append(entry)
    if not found and not skipped:
        raise SourceError(
            "lists no document", file=manifest, cure="Add a line for each document",
            zh="没有列出任何文件。请为每份文件写一行。",
        )  # fmt: skip
    return found, skipped


def tidied_cell(cell: str) -> str:
    """A value as it would stand in a document; its lines stay lines.

    >>> tidied_cell(" 甲　市\\u200b"), tidied_cell("２０２１"), tidied_cell("GDP  增长")
    ('甲市', '2021', 'GDP 增长')
    """
    return "\n".join(map(squeeze, tidy(cell).split("\n"))).strip("\n")


def standard_name(header: str) -> str:
    """What an attribute of this header is called: a standard one by its standard name.

    >>> standard_name("城　市"), standard_name("City"), standard_name("人口")
    ('city', 'city', '人口')
    """
    name = _headed(header)
    return _FIRST_NAMES.get(name.casefold(), name)


def _headed(cell: str) -> str:
    return tidied_cell(" ".join(cell.split()))


def _rows(text: str, manifest: Path) -> Iterator[tuple[int, dict[str, str]]]:
    text, delimiter, skipped = _dialect(text)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        header = _header([_headed(name) for name in next(reader, [])], delimiter, manifest)
        for cells in reader:
            line = reader.line_num + skipped
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                what = _DELIMITERS[delimiter].removesuffix("s")
                raise SourceError(
                    f"{len(cells)} cells under {len(header)} columns",
                    file=manifest,
                    place=f"line {line}",
                    cure=f'Put cells that hold a {what} in "quotation marks"',
                    zh=f"有 {len(cells)} 格，而表头只有 {len(header)} 列。含分隔符的格请加引号。",
                )
            row = dict(zip(header, cells, strict=False))
            if row.pop("", "").strip():
                raise SourceError(
                    "a cell stands under a column without a name",
                    file=manifest,
                    place=f"line {line}",
                    cure="Name the column in the first line, or empty it",
                    zh="有一格所在的列没有列名。请在首行写上列名，或清空该列。",
                )
            # A file's name may hold any characters: it is not tidied.
            yield line, {n: c.strip() if n == "path" else tidied_cell(c) for n, c in row.items()}
    except csv.Error as slip:
        raise SourceError(
            f"is no sound CSV ({slip})", file=manifest, place=f"line {reader.line_num + skipped}",
            cure="Save it again as CSV (UTF-8) from a spreadsheet",
            zh=f"不是完好的 CSV（{slip}）。请在电子表格中另存为 CSV（UTF-8）。",
        ) from slip  # fmt: skip


def _dialect(text: str) -> tuple[str, str, int]:
    """The text, what stands between its cells, and how many lines before the header are no part.

    It is told by the first line: the one under which the most known columns are found.
    """
    text = text.removeprefix("\ufeff")
    if (line := _SEPARATOR_LINE.match(text)) and line[1] in _DELIMITERS:
        return text[line.end() :], line[1], 1
    first = text.split("\n", 1)[0]

    def known(delimiter: str) -> int:
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return 0
        return len({_KNOWN.get(_headed(cell).casefold()) for cell in cells} - {None})

    return text, max(_DELIMITERS, key=known), 0


def _header(written: Sequence[str], delimiter: str, manifest: Path) -> list[str]:
    """What each column is: a standard name, or its own header; "" for a column without one."""
    for name, count in Counter(filter(None, (one.casefold() for one in written))).items():
        if count > 1:
            _refuse_two(written, [n for n, one in enumerate(written) if one.casefold() == name],
                        manifest)  # fmt: skip
    by_name = {one.casefold(): at for at, one in enumerate(written)}
    header = [f"{one}_in_manifest" if one.casefold() in TAKEN else one for one in written]
    for standard, (names, others) in STANDARD.items():
        here = [by_name[name] for name in names if name in by_name]
        if len(here) > 1:
            _refuse_two(written, here, manifest)
        here += [by_name[name] for name in others if name in by_name]
        if here:
            header[here[0]] = standard
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        shown = [f'"{name}" ({STANDARD[name][0][1]})' for name in missing]
        seen = ", ".join(filter(None, written)) or "nothing"
        raise SourceError(
            f"column{'s' * (len(missing) > 1)} {', '.join(shown)} "
            f"{'is' if len(missing) == 1 else 'are'} missing; its columns, between "
            f"{_DELIMITERS[delimiter]}, are: {seen}",
            file=manifest,
            place="line 1",
            cure=f"A manifest has at least the columns {', '.join(REQUIRED)}",
            zh=f"缺少列 {'、'.join(shown)}；读到的列有：{seen}。"
            "清单至少要有 path（路径）、title（标题）、city（城市）三列。",
        )
    return header


def _refuse_two(written: Sequence[str], places: Sequence[int], manifest: Path) -> None:
    one, other, *_ = sorted(places)
    raise SourceError(
        f'columns {one + 1} "{written[one]}" and {other + 1} "{written[other]}" have one name',
        file=manifest,
        place="line 1",
        cure="Rename or delete one of the two",
        zh=f"第 {one + 1} 列“{written[one]}”与第 {other + 1} 列“{written[other]}”同名。"
        "请改名或删去其一。",
    )


def _entry(row: dict[str, str], folder: Path, manifest: Path, line: int) -> Entry:
    place = f"line {line}"
    written = row.get("path", "")
    if not written:
        raise SourceError(
            "path is empty", file=manifest, place=place, cure="Name the file",
            zh="路径为空。请写上文件名。",
        )  # fmt: skip
    inside = PurePosixPath(os.path.normpath(written.replace("\\", "/")))
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        raise SourceError(
            f'path "{written}" leads out of the folder', file=manifest, place=place,
            cure="Put the file below the manifest and give its path from there",
            zh=f"路径“{written}”指向文件夹之外。请把文件放在清单之下，按那里写路径。",
        )  # fmt: skip
    path = folder / inside
    if not is_there(path):
        near = _near(inside, folder)
        raise SourceError(
            f'path "{written}" names a file that is not there', file=manifest, place=place,
            cure=f'Did you mean "{near}"?' if near else "Put the file there or delete the line",
            zh=f"路径“{written}”没有这个文件。"
            + (f"是否想写“{near}”？" if near else "请放入文件，或删去此行。"),
        )  # fmt: skip
    title = row.get("title", "") or path.stem
    values: dict[str, Any] = {name: row.get(name, "") for name in STANDARD if name in _PLAIN}
    values["plan"] = values["plan"] or title
    return Entry(
        path=path, id=inside.as_posix(), title=title, year=_year(row.get("year", ""), manifest,
        place), attributes=tuple((n, c) for n, c in row.items() if n not in STANDARD and c),
        listed=True, **values,
    )  # fmt: skip


_PLAIN = "city plan period kind level issuer number source note".split()


def _year(written: str, manifest: Path, place: str) -> int | None:
    if not written:
        return None
    if (year := year_of(written)) is not None:
        return year
    raise SourceError(
        f'year "{written}" is not a year', file=manifest, place=place,
        cure="Write four digits (2025) or leave it empty",
        zh=f"年份“{written}”不是年份。请写四位数字（2025）或留空。",
    )  # fmt: skip


def year_of(written: str) -> int | None:
    """The year written, None when it is none.

    >>> year_of("2025"), year_of("2025年"), year_of("2025.0"), year_of("二五年")
    (2025, 2025, 2025, None)
    """
    found = re.fullmatch("([0-9]{4})(?:年|\\.0)?", written, re.ASCII)
    return int(found[1]) if found and 1900 <= int(found[1]) <= 2100 else None


def _near(inside: PurePosixPath, folder: Path) -> str:
    """The file that is there and is most like the one that is not; "" when none is."""
    paths = [path for path in files_below(folder)[0] if path.name != MANIFEST]
    there = [path.relative_to(folder).as_posix() for path in paths]
    near = get_close_matches(inside.as_posix(), there, n=1, cutoff=0.6)
    near = near or [path for path in there if PurePosixPath(path).name == inside.name][:1]
    return near[0] if near else ""


def _near_path(path: Path) -> Bilingual:
    siblings: list[str] = []
    with suppress(OSError):  # it is no folder, or may not be opened
        siblings = [one.name for one in path.parent.iterdir()]
    near = get_close_matches(path.name, siblings, n=1, cutoff=0.6)
    if not near:
        return Bilingual(en="Check the spelling of the path", zh="请检查路径的写法。")
    meant = path.parent / near[0]
    return Bilingual(en=f'Did you mean "{meant}"?', zh=f"是否想写“{meant}”？")


def _unique(found: Sequence[Entry]) -> Iterator[Entry]:
    """Entries of several folders with the same id get folder names before it."""
    ids = [entry.id for entry in found]
    whole = [entry.path.resolve().as_posix().split("/") for entry in found]
    if len(set(map(tuple, whole))) < len(whole):
        twice = next(path for path, n in Counter("/".join(w) for w in whole).items() if n > 1)
        raise SourceError(
            "is given twice",
            file=twice,
            cure="Name it, or its folder, once",
            zh="给了两次。请只写它或它的文件夹一次。",
        )
    while clashes := {id for id, n in Counter(ids).items() if n > 1}:
        ids = [
            "/".join(parts[-(id.count("/") + 2) :]) if id in clashes else id
            for id, parts in zip(ids, whole, strict=True)
        ]
    for entry, id in zip(found, ids, strict=True):
        yield entry if entry.id == id else replace(entry, id=id)
