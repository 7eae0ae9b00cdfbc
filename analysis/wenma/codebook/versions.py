"""Two versions of a codebook compared: what changed, and which codings are touched."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from wenma.records import Code, Codebook, Index, Product, Scoring

_PROSE = ("zh", "en", "definition", "when", "when_not", "source", "colour")
_CONDUCT = ("rules", "choose_one", "everywhere")


What = Literal[
    "added", "removed", "moved", "merged", "reordered", "recoded", "reworded", "examples",
    "reindexed", "rescored",
]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing that differs between two versions of a codebook."""

    code: str  # "" for what concerns the whole codebook
    what: What
    detail: str


def compare_versions(
    old: Codebook, new: Codebook, *, paths: Mapping[str, str] | None = None
) -> list[Change]:
    """Changes from `old` to `new`, in the order of the new codebook.

    `paths` says where codes have gone ("" for nowhere), as `editing` tells; without it a
    renamed code is one gone and one come. "recoded" means that codings of the code must be
    made again; "reworded" that only what people read has changed; "reindexed" that codings
    stand, and what the index makes of them has changed; "rescored" the same of a scale, the
    score of a point or a product. The detail of "moved" and "merged" is the path the code had.
    """
    changes: list[Change] = []
    if (old.scope, old.masks) != (new.scope, new.masks):
        changes.append(Change("", "recoded", "scope or masks"))
    if old.index != new.index:
        changes.append(Change("", "reindexed", _index(old.index, new.index)))
    after = {code.path: code for code in new.codes}
    if (detail := _products(old.products, new.products, paths or {})) is not None:
        changes.append(Change("", "rescored", detail))
    before, joined, gone = _origins(old, after, paths or {})
    kept = [path for path in before if path in after]
    if kept != [path for path in after if path in before]:
        changes.append(Change("", "reordered", "the order of the codes"))
    for path, code in after.items():
        if path not in before:
            changes.append(Change(path, "added", code.zh))
        else:
            if before[path].path != path:
                changes.append(Change(path, "moved", before[path].path))
            changes += _differences(before[path], code)
        changes += [Change(path, "merged", one.path) for one in joined.get(path, ())]
    return changes + [Change(code.path, "removed", code.zh) for code in gone]


def _origins(
    old: Codebook, after: Mapping[str, Code], paths: Mapping[str, str]
) -> tuple[dict[str, Code], dict[str, list[Code]], list[Code]]:
    """The code each path of the new version has come from, those that went into it, those gone."""
    before: dict[str, Code] = {}
    joined: dict[str, list[Code]] = {}
    gone: list[Code] = []
    # A code that has stayed is what others have gone into, wherever it stands in the tree.
    for code in sorted(old.codes, key=lambda one: paths.get(one.path, one.path) != one.path):
        path = paths.get(code.path, code.path)
        if path not in after:
            gone.append(code)
        elif path in before:
            joined.setdefault(path, []).append(code)
        else:
            before[path] = code
    in_order = {paths.get(code.path, code.path): None for code in old.codes}
    return {path: before[path] for path in in_order if path in before}, joined, gone


def _differences(old: Code, new: Code) -> list[Change]:
    different = [f.name for f in fields(Code) if getattr(old, f.name) != getattr(new, f.name)]
    changes = []
    if any(name in _CONDUCT for name in different):
        changes.append(Change(new.path, "recoded", _rules(old, new)))
    prose = [name for name in different if name in _PROSE]
    if prose:
        changes.append(Change(new.path, "reworded", ", ".join(prose)))
    if {"scale", "score"} & set(different):
        changes.append(Change(new.path, "rescored", _scores(old, new)))
    if {"examples", "near_misses"} & set(different):
        changes.append(Change(new.path, "examples", "examples or near misses"))
    return changes


def _index(old: Index | None, new: Index | None) -> str:
    if old is None or new is None:
        return "index added" if new else "index removed"
    pairs = zip(Index._fields, old, new, strict=True)
    return ", ".join(name for name, before, after in pairs if before != after)


def _products(
    old: tuple[Product, ...], new: tuple[Product, ...], paths: Mapping[str, str]
) -> str | None:
    """Which products are another, or come, or gone; None where none is. Codes may have moved."""
    followed = {
        one.id: one._replace(
            factors=tuple(tuple(paths.get(path, path) for path in some) for some in one.factors)
        )
        for one in old
    }
    after = {one.id: one for one in new}
    if list(followed.values()) == list(after.values()):
        return None
    told = [f"+{id}" for id in after if id not in followed]
    told += [f"-{id}" for id in followed if id not in after]
    told += [f"~{id}" for id in after if id in followed and after[id] != followed[id]]
    return "products " + (" ".join(told) or "in another order")


def _scores(old: Code, new: Code) -> str:
    told = []
    if old.score != new.score:
        told.append(f"score {_number(old.score)} → {_number(new.score)}")
    if old.scale is None or new.scale is None:
        told += ["scale added"] if new.scale else ["scale removed"] if old.scale else []
    elif old.scale != new.scale:
        pairs = zip(Scoring._fields, old.scale, new.scale, strict=True)
        told += [
            f"{name} {_number(before)} → {_number(after)}"
            for name, before, after in pairs
            if before != after
        ]
    return ", ".join(told)


def _number(value: float | str | None) -> str:
    return "—" if value is None else value if isinstance(value, str) else f"{value:g}"


def _rules(old: Code, new: Code) -> str:
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    told = [f"+{id}" for id in after if id not in before]
    told += [f"-{id}" for id in before if id not in after]
    told += [f"~{id}" for id in after if id in before and after[id] != before[id]]
    return "rules " + " ".join(told) if told else "which codes are considered"
