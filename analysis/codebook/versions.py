"""Two versions of a codebook compared: what changed, and which codings are touched."""

from dataclasses import dataclass, fields
from typing import Literal

from analysis.records import Code, Codebook, Index

_PROSE = ("zh", "en", "definition", "when", "when_not", "source", "colour")
_CONDUCT = ("rules", "choose_one", "everywhere")


@dataclass(frozen=True)
class Change:
    """One thing that differs between two versions of a codebook."""

    code: str  # "" for what concerns the whole codebook
    what: Literal["added", "removed", "recoded", "reworded", "examples", "reindexed"]
    detail: str


def compare(old: Codebook, new: Codebook) -> list[Change]:
    """Changes from `old` to `new`, in the order of the new codebook.

    "recoded" means that codings of the code must be made again; "reworded"
    that only what people read has changed; "reindexed" that codings stand, and
    what the index makes of them has changed.
    """
    changes: list[Change] = []
    if (old.scope, old.masks) != (new.scope, new.masks):
        changes.append(Change("", "recoded", "scope or masks"))
    if old.index != new.index:
        changes.append(Change("", "reindexed", _index(old.index, new.index)))
    before = {code.path: code for code in old.codes}
    after = {code.path: code for code in new.codes}
    for path, code in after.items():
        if path not in before:
            changes.append(Change(path, "added", code.zh))
        else:
            changes += _differences(before[path], code)
    changes += [Change(path, "removed", c.zh) for path, c in before.items() if path not in after]
    return changes


def _differences(old: Code, new: Code) -> list[Change]:
    different = [f.name for f in fields(Code) if getattr(old, f.name) != getattr(new, f.name)]
    changes = []
    if any(name in _CONDUCT for name in different):
        changes.append(Change(new.path, "recoded", _rules(old, new)))
    prose = [name for name in different if name in _PROSE]
    if prose:
        changes.append(Change(new.path, "reworded", ", ".join(prose)))
    if {"examples", "near_misses"} & set(different):
        changes.append(Change(new.path, "examples", "examples or near misses"))
    return changes


def _index(old: Index | None, new: Index | None) -> str:
    if old is None or new is None:
        return "index added" if new else "index removed"
    pairs = zip(Index._fields, old, new, strict=True)
    return ", ".join(name for name, before, after in pairs if before != after)


def _rules(old: Code, new: Code) -> str:
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    told = [f"+{id}" for id in after if id not in before]
    told += [f"-{id}" for id in before if id not in after]
    told += [f"~{id}" for id in after if id in before and after[id] != before[id]]
    return "rules " + " ".join(told) if told else "which codes are considered"
