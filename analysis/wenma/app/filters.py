"""What of a study is looked at: one set of filters for every page."""

from dataclasses import dataclass, replace

from wenma.study.opened_study import Study

COLUMNS = ("city", "plan", "period")
"""Columns of the documents that can be narrowed, each by the filter of its name."""


@dataclass(frozen=True)
class Filters:
    """Which coder's work, on which documents; an empty filter lets everything through."""

    coder: str = ""
    city: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    headings: bool = False


def narrowed(study: Study, filters: Filters) -> Study:
    """The documents that pass every filter, with their codings."""
    chosen = {column: getattr(filters, column) for column in COLUMNS}
    if not any(chosen.values()):
        return study
    documents = study.documents
    for column, names in chosen.items():
        if names:
            documents = documents[documents[column].isin(names)]
    codings = study.codings[study.codings["document"].isin(documents["document"])]
    return replace(
        study,
        documents=documents.reset_index(drop=True),
        codings=codings.reset_index(drop=True),
    )
