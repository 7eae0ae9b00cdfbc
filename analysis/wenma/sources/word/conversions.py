"""Conversions kept from one reading to the next: few bytes, checked, safe to delete."""

import hashlib
import os
import tempfile
from pathlib import Path

_LARGEST = 8 << 20
_LARGEST_WHOLE = 256 << 20
_SUM = 32  # bytes of SHA-256 ahead of what is kept


def kept_conversion(data: bytes, suffix: str, version: str) -> bytes | None:
    """What was kept for a file, None where nothing was or it is damaged."""
    path = _path(data, suffix, version)
    try:
        found = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    written = found[_SUM:]
    return written if hashlib.sha256(written).digest() == found[:_SUM] else None


def keep_conversion(data: bytes, suffix: str, version: str, converted: bytes) -> None:
    """Keep a conversion. What cannot be kept (no room, no right) is made again next time."""
    if len(converted) > _LARGEST:
        return
    path = _path(data, suffix, version)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_room(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(converted).digest() + converted)
        # Whole or not at all: others may read the same file now.
        Path(name).replace(path)
    except OSError:
        return


def _path(data: bytes, suffix: str, version: str) -> Path:
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    key = hashlib.sha256(f"{suffix}\n{version}\n".encode() + data).hexdigest()
    return base / "wenma" / "conversions" / key


def _make_room(folder: Path) -> None:
    """Let the longest unread go until there is room for one more."""
    files = sorted(
        ((one.stat(), one) for one in folder.iterdir()), key=lambda pair: pair[0].st_mtime
    )
    size = sum(stat.st_size for stat, _ in files)
    for stat, path in files:
        if size <= _LARGEST_WHOLE - _LARGEST:
            return
        path.unlink(missing_ok=True)
        size -= stat.st_size
