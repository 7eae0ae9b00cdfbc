"""Word's automatic numbers, counted again: 一、 （一） 1. 第一章 stand in no paragraph's text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wenma.sources.word.figures import list_figure
from wenma.sources.word.styles import Style, Styles
from wenma.sources.word.xml import MC, VAL, W, child_value, switched, whole

_PLACE = re.compile("%([1-9])")
_LEVELS = 9
_CLOSED = "、．：；，）)】］〕》.,:;"


class Level(NamedTuple):
    """One level of a list: where it starts, how its figure and its label are written."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level (from 1) after which it begins anew; 0 never
    gap: bool = True
    legal: bool = False  # all figures of the label in Arabic digits
    style: str = ""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as paragraphs name it. Lists of one `family` count on from each other."""

    family: str
    levels: Mapping[int, Level] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)


def lists_of(root: Any, styles: Styles) -> dict[int, NumberedList]:
    """The lists of a numbering part by their id; none where the file has no such part."""
    if root is None:
        return {}
    families = {one.get(W + "abstractNumId", ""): one for one in root.iter(W + "abstractNum")}
    by_id = {whole(num, name=W + "numId"): num for num in root.iter(W + "num")}
    levels = {name: _levels(family) for name, family in families.items()}
    found: dict[int, NumberedList] = {}
    for num_id, num in by_id.items():
        if num_id is None:
            continue
        family = _family(child_value(num, "abstractNumId"), families, by_id, styles)
        found[num_id] = _list(num, family, levels.get(family, {}))
    return found


def _family(
    name: str, families: Mapping[str, Any], by_id: Mapping[Any, Any], styles: Styles
) -> str:
    """The abstract list behind a name; one that only points to a list style is followed."""
    seen: set[str] = set()
    while name in families and name not in seen:
        seen.add(name)
        link = child_value(families[name], "numStyleLink")
        num = by_id.get(styles.named(link).num_id) if link else None
        if num is None:
            break
        name = child_value(num, "abstractNumId")
    return name


def _levels(family: Any) -> dict[int, Level]:
    return {
        at: _level(one)
        for one in family.iterchildren(W + "lvl")
        if (at := whole(one, name=W + "ilvl")) is not None and 0 <= at < _LEVELS
    }


def _level(element: Any) -> Level:
    start = whole(element.find(W + "start"))
    return Level(
        1 if start is None else start,
        _form(element),
        child_value(element, "lvlText"),
        whole(element.find(W + "lvlRestart")),
        child_value(element, "suff") != "nothing",
        bool(switched(element, "isLgl")),
        child_value(element, "pStyle"),
    )


def _form(element: Any) -> str:
    """The number format. A custom one (001, 002) names a common one to fall back on."""
    for way in (f"{MC}AlternateContent/{MC}Fallback/{W}numFmt", W + "numFmt"):
        found = element.find(way)
        if found is not None:
            return str(found.get(VAL, "decimal"))
    return "decimal"


def _list(num: Any, family: str, levels: Mapping[int, Level]) -> NumberedList:
    own, starts = dict(levels), {}
    for change in num.iterchildren(W + "lvlOverride"):
        at = whole(change, name=W + "ilvl")
        if at is None or not 0 <= at < _LEVELS:
            continue
        replaced = change.find(W + "lvl")
        if replaced is not None:
            own[at] = _level(replaced)
        start = whole(change.find(W + "startOverride"))
        if start is not None:
            starts[at] = start
    return NumberedList(family, own, starts)


class Counters:
    """The counts of all lists on the way through a document."""

    def __init__(self, lists: Mapping[int, NumberedList]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, direct: Any, style: Style) -> str:
        """The number before the next paragraph, with its gap; "" where Word writes none.

        direct  the paragraph's own properties (w:pPr), None where it has none
        style   the paragraph's style
        """
        number = None if direct is None else direct.find(W + "numPr")
        num_id = whole(None if number is None else number.find(W + "numId"))
        level = whole(None if number is None else number.find(W + "ilvl"))
        of_style = num_id is None
        num_id = style.num_id if num_id is None else num_id
        numbered = self._lists.get(num_id) if num_id else None
        if num_id is None or numbered is None:
            return ""
        if level is None:
            level = _level_of(style, numbered) if of_style else 0
        if not 0 <= level < _LEVELS:
            return ""
        return self._written(numbered, level, self._counted(num_id, numbered, level))

    def _counted(self, num_id: int, numbered: NumberedList, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(numbered.family, {})
        if level in numbered.starts and (num_id, level) not in self._begun:
            counts[level] = numbered.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = numbered.starts.get(level, numbered.levels.get(level, Level()).start)
        self._begun.add((num_id, level))
        for deeper in range(level + 1, _LEVELS):
            restart = numbered.levels.get(deeper, Level()).restart
            if deeper in counts and (restart is None or level < restart):
                del counts[deeper]
        return counts

    def _written(self, numbered: NumberedList, level: int, counts: Mapping[int, int]) -> str:
        here = numbered.levels.get(level)
        if here is None or here.form == "bullet":
            return ""

        def one(hit: re.Match[str]) -> str:
            at = int(hit[1]) - 1
            of = numbered.levels.get(at, Level())
            if at > level:
                return ""
            form = "decimal" if here.legal and of.form != "none" else of.form
            # A level passed over shows where it would start.
            return list_figure(counts.get(at, of.start), form)

        written = _PLACE.sub(one, here.text).strip()
        return written + " " if written and here.gap else written


def _level_of(style: Style, numbered: NumberedList) -> int:
    """A list that knows the paragraph's style by name decides; else what the style says."""
    known = {one.style: at for at, one in numbered.levels.items() if one.style}
    for name in style.linked:
        if name in known:
            return known[name]
    return style.num_level or 0


def numbered_text(label: str, text: str) -> str:
    """A label before its words, as people write both: no gap after 、 or . before Han.

    >>> numbered_text("一、 ", "总则"), numbered_text("第一章 ", "总则"), numbered_text("1. ", "5G")
    ('一、总则', '第一章 总则', '1. 5G')
    """
    words = text.lstrip(" \t　")
    bare = label.rstrip()
    if bare and words and bare[-1] in _CLOSED and not words[0].isascii():
        return bare + words
    return label + words if label else text
