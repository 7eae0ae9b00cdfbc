"""A path may lead through an archive as through a folder: plans.zip/甲市/规划.docx.

Nothing is unpacked onto a disk. Names come as people see them, whatever they were written in;
none leads out of the archive, and none unfolds past its bounds.
"""

import io
import re
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

from wenma.errors import SourceError
from wenma.sources.listings.litter import is_litter
from wenma.sources.listings.shelf import one_form

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
"""What archives end in that can be read; the others are told apart to say what to do."""
UNPACKED_ELSEWHERE = (".rar", ".7z", ".gz", ".bz2", ".xz")

_MOST_FILES = 100_000
_LARGEST_FILE = 400 << 20
_LARGEST_WHOLE = 4 << 30
_MOST_TIMES = 1000
_SMALL = 16 << 20
"""A file of fewer bytes may be packed as tightly as it likes."""
_IN_MEMORY = 32 << 20
_UTF8 = 0x800
_DRIVE = re.compile("[A-Za-z]:").fullmatch
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError,
)  # fmt: skip


class Inside(NamedTuple):
    """What an archive holds: its files by their names, and what is left out of it with why."""

    files: Mapping[str, Any]
    left_out: tuple[tuple[str, str], ...]
    open: Any  # a member of `files` -> its bytes as a stream


def is_archive(path: Path) -> bool:
    """Is this the name of an archive that can be read?"""
    return path.name.casefold().endswith(ARCHIVES)


def archive_of(path: Path) -> Path | None:
    """The archive a path leads through; None where it leads through folders alone."""
    for above in path.parents:
        if is_archive(above) and above.is_file():
            return above
    return None


def files_inside(archive: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files of an archive as paths through it, in order, and what is left out with why.

    Raises SourceError when it is broken, or would unfold past its bounds.
    """
    inside = _inside(archive)
    left_out = [(archive / name, why) for name, why in inside.left_out]
    return [archive / name for name in sorted(inside.files)], left_out


def bytes_inside(path: Path, archive: Path) -> bytes:
    """The bytes of the file a path through `archive` leads to.

    Raises SourceError when it is not there, is locked, broken, or larger than a document can be.
    """
    inside = _inside(archive)
    member = inside.files.get(path.relative_to(archive).as_posix())
    if member is None:
        raise SourceError(
            "is not in the archive", file=path, cure="Check the name",
            zh="压缩包中没有这个文件，请核对名称。",
        )  # fmt: skip
    try:
        with inside.open(member) as stream:
            data: bytes = stream.read(_LARGEST_FILE + 1)
    except _BROKEN as slip:
        raise _broken(path) from slip
    if len(data) > _LARGEST_FILE:
        raise _flood(path)
    return data


def _inside(archive: Path) -> Inside:
    try:
        found = archive.stat()
    except OSError as slip:
        raise SourceError(
            f"cannot be opened ({slip.strerror})", file=archive, cure="Check its permissions",
            zh=f"无法打开（{slip.strerror}）。请检查权限。",
        ) from slip  # fmt: skip
    return _opened(archive, found.st_size, found.st_mtime_ns)


# Of thousands of files in an archive, each would read its directory anew.
@lru_cache(maxsize=2)
def _opened(archive: Path, size: int, changed: int) -> Inside:
    try:
        if archive.suffix.casefold() == ".zip":
            return _zip(archive)
        return _tar(archive)
    except _BROKEN as slip:
        raise _broken(archive) from slip


def _zip(archive: Path) -> Inside:
    whole = zipfile.ZipFile(archive)
    # Some programs of Windows end folders in their own mark.
    members = [one for one in whole.infolist() if not one.filename.endswith(("/", "\\"))]
    _refuse_flood(archive, [(one.file_size, one.compress_size) for one in members])
    # Programs that write no Unicode write in one encoding throughout.
    written = [one.filename.encode("cp437", "replace") for one in members if _old(one)]
    encoding = _encoding(b"\n".join(written))
    named = (
        (one.filename.encode("cp437").decode(encoding) if _old(one) else one.filename, one)
        for one in members
    )
    locked = {one.filename for one in members if one.flag_bits & 1}
    return _sorted_out(named, lambda one: one.filename in locked, whole.open)


def _old(member: zipfile.ZipInfo) -> bool:
    """Was this name written in an encoding nobody states? Python takes it for CP437."""
    if member.flag_bits & _UTF8 or member.filename.isascii():
        return False
    try:
        member.filename.encode("cp437")
    except UnicodeEncodeError:  # told in an extra field, which Python reads
        return False
    return True


def _encoding(names: bytes) -> str:
    """What names were written in: UTF-8 without saying so, GB 18030, Big5, or CP437 after all.

    >>> _encoding("甲市规划".encode("gb18030")), _encoding("甲市規劃".encode("big5"))
    ('gb18030', 'big5')
    >>> _encoding("résumé".encode("cp437"))
    'cp437'
    """
    with suppress(UnicodeDecodeError):
        names.decode("utf-8")
        return "utf-8"
    shares = [(_everyday(names, *one), one[0]) for one in _EVERYDAY.items()]
    share, encoding = max(shares)
    return encoding if share >= 0.5 else "cp437"


# Both encodings begin with the characters in daily use: read as the other, names hold rare ones.
_EVERYDAY = {"big5": range(0xA4, 0xC7), "gb18030": range(0xB0, 0xD8)}


def _everyday(names: bytes, encoding: str, leads: range) -> float:
    """The share of characters in daily use among those of these names that are not ASCII."""
    try:
        strange = [one.encode(encoding) for one in names.decode(encoding) if not one.isascii()]
    except UnicodeDecodeError:
        return 0.0
    return sum(one[0] in leads and len(one) == 2 for one in strange) / max(1, len(strange))


def _tar(archive: Path) -> Inside:
    # A packed tape can only be wound forwards: it is unfolded once, in a file without a name.
    # Both stay open for as long as the members can be asked for.
    flat = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    with tarfile.open(archive, "r:*") as packed:
        source = packed.fileobj
        assert source is not None
        source.seek(0)
        size, most = 0, min(_LARGEST_WHOLE, max(_SMALL, _MOST_TIMES * archive.stat().st_size))
        while block := source.read(1 << 20):
            size += len(block)
            if size > most:
                raise _flood(archive)
            flat.write(block)
    flat.seek(0)
    whole = tarfile.open(fileobj=flat, mode="r:", errors="surrogateescape")  # noqa: SIM115
    members = [one for one in whole if one.isreg()]
    _refuse_flood(archive, [(one.size, one.size) for one in members])
    raw = [one.name.encode("utf-8", "surrogateescape") for one in members]
    encoding = _encoding(b"\n".join(raw))
    named = ((name.decode(encoding), one) for name, one in zip(raw, members, strict=True))

    def opened(member: tarfile.TarInfo) -> IO[bytes]:
        return whole.extractfile(member) or io.BytesIO()

    return _sorted_out(named, lambda _: False, opened)


def _sorted_out(named: Iterator[tuple[str, Any]], locked: Any, opened: Any) -> Inside:
    """The members that can be files of a corpus; the others with the reason, or in silence."""
    files: dict[str, Any] = {}
    left_out: list[tuple[str, str]] = []
    for written, member in named:
        name = PurePosixPath(one_form(written.replace("\\", "/").replace("\x00", "")))
        parts = [part for part in name.parts if part not in ("/", "..") and not _DRIVE(part)]
        inside = "/".join(parts)
        if not parts or is_litter(parts):
            continue
        if why := _why_not(name, inside, locked(member), files):
            left_out.append((inside, why))
        else:
            files[inside] = member
    return Inside(files, tuple(left_out), opened)


def _why_not(name: PurePosixPath, inside: str, locked: bool, files: Mapping[str, Any]) -> str:
    if name.as_posix() != inside:
        return f"its name leads out of the archive: {name}"
    if inside in files:
        return "the archive holds two files of this name; the first is read"
    if locked:
        return "it is locked by a password: unpack the archive and name the folder"
    if inside.casefold().endswith((*ARCHIVES, *UNPACKED_ELSEWHERE)):
        return "an archive in an archive: unpack it and name the folder"
    return ""


def _refuse_flood(archive: Path, sizes: list[tuple[int, int]]) -> None:
    many = len(sizes) > _MOST_FILES or sum(size for size, _ in sizes) > _LARGEST_WHOLE
    if many or any(size > max(_SMALL, _MOST_TIMES * packed) for size, packed in sizes):
        raise _flood(archive)


def _flood(file: Path) -> SourceError:
    return SourceError(
        "would unfold to more than documents hold (a damaged file or a bomb)",
        file=file,
        cure="Check where it comes from; if it is whole, unpack it and name the folder",
        zh="解压后大小超出文件应有的范围（损坏或为压缩炸弹）。"
        "请核对来源；若无误，请解压后写文件夹。",
    )


def _broken(file: Path) -> SourceError:
    return SourceError(
        "cannot be unpacked (broken or cut short)",
        file=file,
        cure="Fetch it again, or unpack what can be unpacked and name the folder",
        zh="无法解压（损坏或不完整）。请重新获取，或解压可解的部分后写文件夹。",
    )
