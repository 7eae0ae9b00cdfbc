"""In which units most codes can stand: those the codebook's rules hold to be about its subject."""

from collections.abc import Collection

from wenma.records import Unit
from wenma.store.coding_blocks import packed_scope
from wenma.store.columns import ScopeColumns, scope_columns
from wenma.store.project import Project
from wenma.study.choice import Choice
from wenma.study.outlines import whole_codebook


def scope_of(project: Project, choice: Choice, documents: Collection[str]) -> ScopeColumns | None:
    """The units in scope of these documents, by the rules of a choice.

    None where its codebook has no scope.

    Documents coded before scopes were kept are looked at once more, and what is found is kept;
    those that people alone have coded are looked at each time.
    """
    if not choice.outline.scoped:
        return None
    coder = choice.stored.coder
    found = scope_columns(project, coder)
    uncoded = [id for id in found.uncoded if id in documents]
    if not found.unknown and not uncoded:
        return found
    from wenma.coding.coder import Coder  # hardly ever needed to answer a question

    rules = Coder(whole_codebook(project, choice.stored))

    def in_scope(id: str) -> tuple[list[Unit], list[int]]:
        document, units = project.document(id), project.units(id)
        inside = rules.in_scope(document, units)
        return units, [unit.number for unit, here in zip(units, inside, strict=True) if here]

    for id in found.unknown:
        project.keep_scope(id, coder, in_scope(id)[1])
    more = {id: packed_scope(*in_scope(id)) for id in uncoded}
    return scope_columns(project, coder, more=more)
