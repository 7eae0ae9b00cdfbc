"""The codes a person has set last."""

from collections.abc import Collection, Iterable

from wenma.store.carrying import VERB
from wenma.store.edit_log import Act as Act


def recent_codes(
    acts: Iterable[Act], *, person: str, known: Collection[str], most: int
) -> tuple[str, ...]:
    """The `most` codes this person has set last, the newest first; `acts` come newest first.

    Codes that are not `known` any more are passed over, and so is what a new version of a
    codebook moved.
    """
    used: dict[str, None] = {}
    for act in acts:
        if act.person != person or act.kind == "undo" or act.verb == VERB:
            continue
        for edit in act.edits:
            if edit.table == "coding" and edit.after is not None and edit.key[4] in known:
                used[edit.key[4]] = None
        if len(used) >= most:
            break
    return tuple(used)[:most]
