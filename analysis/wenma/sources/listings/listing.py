"""The files, folders and manifests somebody names become the entries of a run."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path

from wenma.errors import SourceError
from wenma.records import Bilingual
from wenma.sources.entry import Entry, Listing
from wenma.sources.listings.archives import UNPACKED_ELSEWHERE, archive_of, files_inside, is_archive
from wenma.sources.listings.folder import files_below, is_text, is_there
from wenma.sources.listings.grid import TABLES
from wenma.sources.listings.litter import is_litter
from wenma.sources.listings.manifest import MANIFESTS, listed_in
from wenma.sources.listings.opening import read_bytes
from wenma.sources.listings.shelf import Shelf, one_form
from wenma.sources.listings.text_tables import TextColumns, rows_of_texts

# Pictures of pages, where their text can be recognised.
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
_ALWAYS = ".txt .text .md .markdown .html .htm .docx .docm .doc .wps .odt .rtf .epub .pdf"
READABLE = frozenset(_ALWAYS.split()) | (
    _PICTURES if find_spec("rapidocr_onnxruntime") else frozenset()
)
"""Suffixes `wenma.sources.reading` has a reader for."""


def entries(paths: Sequence[Path], *, texts: TextColumns | None = None) -> Listing:
    """Entries of the files, folders and manifests in `paths`, in order.

    A folder with a manifest (`MANIFESTS`) holds what the manifest says; one without
    holds every readable file below it. An archive is a folder: its files have the ids they
    would have unpacked. A table named by itself holds a document a row, in the columns
    `texts`. Nothing is opened but manifests, archives and tables. Raises SourceError for a
    path that is not there or a manifest with a mistake: no part of a faulty manifest is
    used, so nothing is coded under wrong metadata.
    """
    given = [_given(Path(path), texts or TextColumns()) for path in paths]
    found = [entry for one in given for entry in one.entries]
    skipped = [each for one in given for each in one.skipped]
    files = {entry.path.resolve() for entry in found}
    beside = (path for one in given for path in one.unlisted)
    unlisted = [path for path in beside if path.resolve() not in files]
    return Listing(tuple(_unique(found)), tuple(skipped), tuple(unlisted))


def _given(path: Path, texts: TextColumns) -> Listing:
    """What one of the paths given holds."""
    if is_there(path, folder=True):
        return _folder(path)
    table = path.suffix.casefold() in TABLES and path.name.casefold() not in MANIFESTS
    if table and (is_there(path) or archive_of(path)):
        return _table(path, texts)
    if (archive := path if is_archive(path) and is_there(path) else archive_of(path)) is not None:
        return _archive(path, archive)
    if _is_else(path):
        raise SourceError(
            "is no file (a pipe, socket or device)",
            file=path,
            cure="Name a file or a folder",
            zh="不是文件（而是管道、套接字或设备）。请写一个文件或文件夹。",
        )
    if not is_there(path):
        near = _near_path(path)
        raise SourceError(
            "there is no such file or folder",
            file=path,
            cure=near.en,
            zh=f"没有这个文件或文件夹。{near.zh}",
        )
    if path.name.casefold() in MANIFESTS:
        return _manifest(path, path.parent, _below(path.parent)[0])
    return _sorted([path], path.parent)


def _folder(folder: Path) -> Listing:
    files, left_out = _below(folder)
    manifests = {path.name.casefold(): path for path in files if path.parent == folder}
    named = [manifests[name] for name in MANIFESTS if name in manifests]
    if named:
        found = _manifest(named[0], folder, files)
        other = [(path, f"{named[0].name} is read in its place") for path in named[1:]]
        return replace(found, skipped=(*found.skipped, *other))
    found = _sorted(files, folder)
    found = replace(found, skipped=tuple(sorted((*found.skipped, *left_out))))
    if not found.entries and not found.skipped:
        raise SourceError(
            "the folder is empty",
            file=folder,
            cure="Put documents in it",
            zh="文件夹是空的，请放入文件。",
        )
    return found


def _table(path: Path, texts: TextColumns) -> Listing:
    """The documents of a table; those it lists where it is a manifest of another name."""
    found = rows_of_texts(read_bytes(path), path, texts)
    if found is None:
        return _manifest(path, path.parent, _below(path.parent)[0])
    if not found.entries and not found.skipped:
        raise SourceError(
            "the table holds no row below its header",
            file=path,
            cure="Write a row for each document",
            zh="表头之下没有内容。请为每份文件写一行。",
        )
    return found


def _archive(path: Path, archive: Path) -> Listing:
    """What an archive holds, or the part of it `path` leads to, as a folder would hold it."""
    inside, left_out = files_inside(archive)
    files = [one for one in inside if one.is_relative_to(path)]
    manifests = [one for one in files if one.name.casefold() in MANIFESTS]
    if manifests:
        # Packed with their folder or without it: the uppermost speaks for the archive.
        first = min(manifests, key=lambda one: (len(one.parts), _rank(one)))
        below = [one for one in files if one.is_relative_to(first.parent)]
        found = _manifest(first, first.parent, below)
    else:
        found = _sorted(files, path.parent if files == [path] else path)
    skipped = (*found.skipped, *(one for one in left_out if one[0].is_relative_to(path)))
    if not found.entries and not skipped:
        raise SourceError(
            "the archive holds no file",
            file=path,
            cure="Put documents in it, or check the name",
            zh="压缩包中没有文件。请放入文件，或核对名称。",
        )
    return replace(found, skipped=skipped)


def _rank(manifest: Path) -> int:
    return MANIFESTS.index(manifest.name.casefold())


def _below(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files below a folder, in order, and what can be none of a corpus with why."""
    files, left_out = files_below(folder)
    return [one for one in files if not is_litter(one.relative_to(folder).parts)], left_out


def _is_else(path: Path) -> bool:
    try:
        return path.exists() and not path.is_file()
    except OSError:  # too long a name, or links in a ring
        return False


def _manifest(manifest: Path, folder: Path, files: Sequence[Path]) -> Listing:
    """What a manifest says of the files below its folder."""
    found: list[Entry] = []
    skipped: list[tuple[Path, str]] = []
    for entry in listed_in(read_bytes(manifest), manifest, Shelf(folder, lambda: files)):
        if entry.path.suffix.lower() in READABLE:
            found.append(entry)
        else:
            skipped.append((entry.path, _unreadable(entry.path)))
    other = [path for path in files if path != manifest]
    unlisted = _sorted(other, folder).entries
    return Listing(tuple(found), tuple(skipped), tuple(entry.path for entry in unlisted))


def _sorted(files: Iterable[Path], folder: Path) -> Listing:
    """Entries of the files that can be read, and why the others cannot."""
    found: list[Entry] = []
    skipped: list[tuple[Path, str]] = []
    for path in files:
        id = path.relative_to(folder).as_posix()
        if not is_text(id):
            skipped.append((path, "its name is no text: rename it"))
        elif path.suffix.lower() in READABLE:
            stem = one_form(path.stem)
            found.append(Entry(path=path, id=one_form(id), title=stem, plan=stem))
        else:
            skipped.append((path, _unreadable(path)))
    return Listing(tuple(found), tuple(skipped))


def _unreadable(path: Path) -> str:
    suffix = path.suffix.lower()
    if is_archive(path):
        return "an archive: name it itself to have its files read"
    if path.name.casefold() in MANIFESTS:
        return "a manifest that lies deeper: name it, or its folder, itself"
    if suffix in TABLES:
        return "a table: name it itself to have its rows read as documents"
    if suffix in UNPACKED_ELSEWHERE:
        return f"{suffix} archives cannot be read: unpack it and name the folder"
    return f"no reader for {suffix or 'a name without suffix'}"


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
