"""Cases found by a rule: passages that belong to another city (or attribute) than their text."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from wenma.errors import UsageError
from wenma.language.passages import Reach, passages_by_headings, passages_by_names
from wenma.sources.places.places import same_place

if TYPE_CHECKING:
    from wenma.study.study import Study

BY_NAMES = "rule:names"
BY_HEADINGS = "rule:headings"


class FoundCase(NamedTuple):
    """A passage a rule found, the attribute value it belongs to, and its words."""

    document: str
    start: int
    end: int
    attribute: str
    value: str
    text: str


def found_cases(
    study: "Study",
    attribute: str,
    *,
    names: Sequence[str] | Mapping[str, str] = (),
    headings: Sequence[str] | Mapping[str, str] = (),
    reach: Reach = "sentence",
    documents: Sequence[str] = (),
) -> list[FoundCase]:
    """The passages that belong elsewhere by these rules; nothing is kept yet.

    `names` are words in the text (成都), or the value each stands for; `headings` are words or
    numbers of headings (5.1), each for its own title or the value given. `UsageError` when no
    rule is given.
    """
    if not names and not headings:
        raise UsageError(
            "no rule says which passages belong elsewhere",
            cure="Give names (成都 深圳) or headings (5.1 5.2)",
            zh="没有说明哪些段落另有归属。请给出名称（成都 深圳）或标题（5.1 5.2）。",
        )
    called = dict(names) if isinstance(names, Mapping) else {one: one for one in names}
    headed = dict(headings) if isinstance(headings, Mapping) else dict.fromkeys(headings, "")
    found: list[FoundCase] = []
    for id in documents or study.document_ids():
        document = study.document(id)
        passages = passages_by_headings(document, headed) if headed else []
        if called:
            passages += passages_by_names(document, study.units(id), called, reach=reach)
        own = _stated(study, id, attribute)
        found += [
            FoundCase(id, one.start, one.end, attribute, one.value,
                      document.text[one.start : one.end])
            for one in sorted(passages)
            if one.value != own and not (attribute == "city" and same_place(one.value, own))
        ]  # fmt: skip
    return found


def _stated(study: "Study", id: str, attribute: str) -> str:
    cases = study.documents()
    row = cases[cases["document"] == id]
    return str(row[attribute].iloc[0]) if attribute in row and len(row) else ""
