"""One spelling for each city of a study, however its documents write it."""

from collections.abc import Mapping

from sqlalchemy import select, union_all

from wenma.sources.places.places import one_spelling
from wenma.store import schema
from wenma.store.project import Project


def city_spelling(project: Project) -> Mapping[str, str]:
    """What each name of a city is shown as: 上海 as 上海市 where more documents write 上海市.

    What was written stays as it was: it is shown so in the history, and counts again when the
    documents change. Names that are shown as they are written are left out.
    """
    stated, cases = schema.attribute, schema.case_span
    rows = project.rows(
        union_all(
            select(stated.c.value).where(stated.c.name == "city", stated.c.value != ""),
            select(cases.c.value).where(cases.c.attribute == "city"),
        )
    )
    written = [str(row[0]) for row in rows]
    return {one: shown for one, shown in zip(written, one_spelling(written), strict=True)
            if one != shown}  # fmt: skip
