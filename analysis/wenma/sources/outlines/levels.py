"""How deep each heading stands: by its number's family, or as the format says."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from wenma.sources.lines import Hint, Text
from wenma.sources.outlines.numbered import INNER, RANKS, Found, Heading

_BESIDE = ("box", "box point", "appendix")
_OUTSIDE = -10.0  # hints rank above every family of numbers


def levelled(found: Sequence[Found], texts: Sequence[Text]) -> tuple[Heading, ...]:
    """The headings with their levels, outermost 1, counting only depths that occur.

    What follows 附件 has levels of its own, below it.
    """
    found = hinted(found, texts)
    cut = next((at for at, f in enumerate(found) if f.family == "appendix"), len(found))
    return tuple(_part(found[:cut], 1) + _part(found[cut:], 2))


def _part(part: Sequence[Found], outermost: int) -> list[Heading]:
    ranks = sorted({f.rank for f in part if f.family not in _BESIDE})
    levels = {rank: level for level, rank in enumerate(ranks, outermost)}
    open_level = outermost - 1
    headings: list[Heading] = []
    for f in part:
        if f.family == "appendix":
            open_level = 1
        elif f.family not in _BESIDE:
            open_level = levels[f.rank]
        level = open_level + {"box": 1, "box point": 2}.get(f.family, 0)
        headings.append(Heading(f.paragraph, f.end, f.number, f.title, level, f.alone, f.family))
    return headings


def hinted(found: Sequence[Found], texts: Sequence[Text]) -> list[Found]:
    """`found` ranked as the format says, where what it says holds together.

    Word's 标题 1 is above its 标题 2 whether a heading is numbered or not. It
    does not hold together when a family of numbers is scattered over several
    depths, or one depth holds two families: then the numbers rank.
    """
    depths = _depths(found, texts)
    if not _hold_together(depths):
        return list(found)
    usual = {family: min(d, key=lambda one: (-d[one], one)) for family, d in depths.items()}
    return [f._replace(rank=_rank(f, texts[f.paragraph].hint, usual)) for f in found]


def _depths(found: Sequence[Found], texts: Sequence[Text]) -> dict[str, Counter[int]]:
    depths: dict[str, Counter[int]] = defaultdict(Counter)
    for f in found:
        hint = texts[f.paragraph].hint
        if hint.startswith("h") and f.family not in _BESIDE:
            depths[f.family][int(hint[1])] += 1
    return depths


def _hold_together(depths: Mapping[str, Counter[int]]) -> bool:
    numbers = [d for family, d in depths.items() if family != "plain"]
    scattered = any(max(d.values()) < 0.8 * sum(d.values()) for d in numbers)
    # A family that occurs once (（一） over one of many annexes) says nothing of the others.
    held = [depth for d in numbers for depth, times in d.items() if times > 1]
    return bool(depths) and not scattered and len(held) == len(set(held))


def _rank(f: Found, hint: Hint, usual: Mapping[str, int]) -> float:
    if f.family in _BESIDE:
        return f.rank
    if hint.startswith("h"):
        return _OUTSIDE + int(hint[1])
    if f.family == "plain":
        return f.rank if f.rank == INNER else _OUTSIDE + min(usual.values())
    if f.family in usual:
        return _OUTSIDE + usual[f.family]
    within = [depth for family, depth in usual.items() if RANKS.get(family, -1) > f.rank]
    return _OUTSIDE + min(within) - 0.5 if within else f.rank
