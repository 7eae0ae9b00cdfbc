"""A file is written whole or not at all."""

import contextlib
import sys
from pathlib import Path

from wenma.errors import WenmaError


def write(content: str | bytes, output: Path) -> None:
    """Put the content in its place; what stood there before stays when it cannot be written."""
    data = content.encode() if isinstance(content, str) else content
    half = output.with_name(f"{output.name}.part")
    try:
        if output.exists() and not output.is_file():  # a pipe or a device stays what it is
            output.write_bytes(data)
            return
        half.write_bytes(data)
        half.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise WenmaError(
            f"cannot be written ({error.strerror})",
            file=output,
            cure="Name another place.",
            zh=f"无法写入（{error.strerror}），请换一个位置。",
        ) from None


def write_or_print(content: str | bytes, output: Path | None) -> None:
    """Keep what was made in a file, or print it where none is named."""
    if output is not None:
        write(content, output)
        return
    # The mark Excel wants before a CSV file is in the way of every other program.
    text = content if isinstance(content, str) else content.decode()
    sys.stdout.write(text.removeprefix("\ufeff"))
