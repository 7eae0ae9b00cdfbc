"""What was recognised in a picture is kept on disk, so that no page is recognised twice.

A page takes seconds: a reading that was stopped goes on after the pages already done.
"""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_MOST_PAGES = 20_000  # some 5 kB each
_SPARED = 15_000  # how many stay when the folder is full
_FORM = 1
"""Goes up when a kept page would be read otherwise."""


def picture_key(picture: "Image.Image", engine: str) -> str:
    """What a picture is known by: its pixels, and who reads them."""
    from importlib.metadata import PackageNotFoundError, version

    with suppress(PackageNotFoundError):
        engine = f"{engine} {version(engine)}"
    digest = hashlib.sha256(f"{_FORM} {engine} {picture.mode} {picture.size}".encode())
    digest.update(picture.tobytes())
    return digest.hexdigest()


def kept_page(key: str) -> list[tuple[Any, ...]] | None:
    """The stretches kept under `key`; None where there are none, or they are damaged."""
    try:
        told = json.loads((_folder() / f"{key}.json").read_bytes())
        return [_stretch(*one) for one in told]
    except (OSError, ValueError, TypeError):
        return None


def keep_page(key: str, stretches: Sequence[tuple[Any, ...]]) -> None:
    """Keeps what was found; where nothing can be written nothing is kept."""
    folder = _folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        # Two readings at once may keep the same page: each writes its own file and renames it.
        number, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(stretches, file, ensure_ascii=False)
        Path(name).replace(folder / f"{key}.json")
        _bounded(folder)


def _stretch(text: str, *numbers: float) -> tuple[Any, ...]:
    if len(numbers) != 5 or not isinstance(text, str):
        raise ValueError("not a stretch of text")
    return (text, *map(float, numbers))


def _bounded(folder: Path) -> None:
    """The pages used longest ago go when there are too many."""
    with os.scandir(folder) as entries:
        names = [entry.path for entry in entries]
    if len(names) <= _MOST_PAGES:
        return
    oldest = sorted(names, key=lambda name: Path(name).stat().st_mtime)
    for name in oldest[: len(names) - _SPARED]:
        with suppress(OSError):
            Path(name).unlink()


def _folder() -> Path:
    if named := os.environ.get("WENMA_CACHE"):
        return Path(named) / "ocr"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "wenma" / "ocr"
