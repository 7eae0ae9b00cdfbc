"""Files are opened here; everything after works on what they hold."""

from pathlib import Path

from wenma.errors import SourceError
from wenma.sources.archives import archive_of, bytes_inside
from wenma.sources.entry import Entry


def content(entry: Entry) -> bytes:
    """The bytes of an entry: its file's, or the text a table holds for it."""
    return read_bytes(entry.path) if entry.held is None else entry.held.encode()


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, in an archive too; SourceError when it is missing, locked or empty."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as slip:
        if (archive := archive_of(path)) is None:
            raise SourceError(
                "is not there", file=path, cure="Check the path", zh="文件不存在，请核对路径。"
            ) from slip
        data = bytes_inside(path, archive)
    except OSError as slip:
        raise SourceError(
            f"cannot be opened ({slip.strerror})",
            file=path,
            cure="Check its permissions",
            zh=f"文件无法打开（{slip.strerror}），请检查权限。",
        ) from slip
    if not data.strip():
        raise SourceError(
            "is empty",
            file=path,
            cure="Delete it or fill it",
            zh="文件是空的，请删除或补充内容。",
        )
    return data
