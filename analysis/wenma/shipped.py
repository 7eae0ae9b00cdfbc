"""Where the codebooks and the sample corpus lie: in the checkout, or inside the wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Path of a file or folder that travels with wenma.

    >>> shipped("codebooks").is_dir()
    True
    """
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.exists() else _PACKAGE.parents[1] / name
