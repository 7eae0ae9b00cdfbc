"""What the page a document was read from says of it, where the page is still there."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from wenma.errors import SourceError
from wenma.records import Document
from wenma.sources.opening import read_bytes
from wenma.sources.reading import reader

_PAGES = (".html", ".htm")


def page_facts(document: Document) -> Mapping[str, str]:
    """The facts of a document's page by attribute; none where the file is gone or has changed."""
    path = Path(document.path)
    if path.suffix.lower() not in _PAGES or not path.is_file():
        return {}
    try:
        data = read_bytes(path)
        if hashlib.sha256(data).hexdigest() != document.sha256:
            return {}
        return reader(path)(data).facts
    except SourceError:
        return {}
