"""What was made goes into its file, or is printed where none is named."""

import sys
from pathlib import Path


def write_or_print(content: str | bytes, output: Path | None) -> None:
    """Keep what was made in a file, or print it where none is named."""
    if output is not None:
        from wenma.publish.file_writing import write_file

        write_file(content, output)
        return
    # The mark Excel wants before a CSV file is in the way of every other program.
    text = content if isinstance(content, str) else content.decode()
    sys.stdout.write(text.removeprefix("\ufeff"))
