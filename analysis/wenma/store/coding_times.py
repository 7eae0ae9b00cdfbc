"""When codings were made."""

from collections.abc import Sequence

from sqlalchemy import select

from wenma.store import schema
from wenma.store.project import Project


def coding_times(
    project: Project, document: str, coders: Sequence[str]
) -> dict[tuple[int, int, str], str]:
    """Start, end and code of each coding of a document by these coders, and when it was made.

    Of several coders' same codings the first counts.
    """
    coding, documents = schema.coding, schema.document
    rows = project.rows(
        select(coding.c.start, coding.c.end, coding.c.code, coding.c.made)
        .join(documents, documents.c.key == coding.c.document)
        .where(documents.c.id == document, coding.c.coder.in_(coders))
        .order_by(coding.c.made.desc())
    )
    return {(start, end, code): made for start, end, code, made in rows}
