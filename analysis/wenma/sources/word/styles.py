"""The styles of a Word file: heading level, number and hiding, inherited along their chains."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wenma.sources.word.xml import W, child_value, switched, whole

_BODY_LEVEL = 9
_NAMED = re.compile(r"(?:heading|标题)\s*([1-9])(?![0-9])", re.I)
_RANKED = re.compile("([一二三四五六])级标题")
_HAN = "一二三四五六"
_DOTS = ("dot", "middleDot", "heavy")


class Style(NamedTuple):
    """What a style says of its paragraphs and runs; None where neither it nor its base does.

    `level` is the outline level (0 is Heading 1, 9 is body text), `linked` the style on the
    chain that carries the number, by which a list knows its level.
    """

    level: int | None = None
    num_id: int | None = None
    num_level: int | None = None
    linked: tuple[str, ...] = ()
    hidden: bool | None = None
    raised: bool | None = None
    led: bool | None = None  # dots lead from its words to a page number


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by their id; `paragraph` is the one of paragraphs that name none."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    paragraph: Style = field(default_factory=Style)
    hidden: bool = False  # by the document's defaults

    def named(self, style_id: str) -> Style:
        """The style of an id; that of plain paragraphs where the file lacks it."""
        return self.by_id.get(style_id, self.paragraph)


def styles_of(root: Any) -> Styles:
    """The styles of a styles part; none where the file has no such part."""
    if root is None:
        return Styles()
    own: dict[str, tuple[str, Style]] = {}
    default = ""
    for element in root.iter(W + "style"):
        style_id = element.get(W + "styleId", "")
        own[style_id] = (child_value(element, "basedOn"), _own(element, style_id))
        if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true"):
            default = style_id
    by_id = _inherited(own)
    shared = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    return Styles(by_id, by_id.get(default, Style()), bool(switched(shared, "vanish")))


def _own(element: Any, style_id: str) -> Style:
    of_paragraph, of_run = element.find(W + "pPr"), element.find(W + "rPr")
    number = None if of_paragraph is None else of_paragraph.find(W + "numPr")
    level = None if of_paragraph is None else whole(of_paragraph.find(W + "outlineLvl"))
    if level is None and element.get(W + "type", "paragraph") == "paragraph":
        level = _named_level(child_value(element, "name"))
        level = _named_level(style_id) if level is None else level
    raised = child_value(of_run, "vertAlign")
    return Style(
        level,
        whole(None if number is None else number.find(W + "numId")),
        whole(None if number is None else number.find(W + "ilvl")),
        (style_id,),
        switched(of_run, "vanish"),
        raised == "superscript" if raised else None,
        led(of_paragraph) or None,
    )


def _named_level(name: str) -> int | None:
    """The outline level a style's name tells, 0 for Heading 1.

    >>> _named_level("heading 2"), _named_level("标题 1"), _named_level("三级标题")
    (1, 0, 2)
    >>> _named_level("TOC Heading"), _named_level("标题")
    (None, None)
    """
    if hit := _NAMED.match(name.strip()):
        return int(hit[1]) - 1
    hit = _RANKED.match(name.strip())
    return _HAN.index(hit[1]) if hit else None


def _inherited(own: Mapping[str, tuple[str, Style]]) -> dict[str, Style]:
    """Each style with what it inherits. A chain that bites its tail ends there."""
    done: dict[str, Style] = {}
    for style_id in own:
        chain: dict[str, None] = {}
        while style_id in own and style_id not in done and style_id not in chain:
            chain[style_id] = None
            style_id = own[style_id][0]
        base = done.get(style_id, Style())
        for one in reversed(chain):
            base = done[one] = _over(own[one][1], base)
    return done


def _over(style: Style, base: Style) -> Style:
    def first(mine: Any, theirs: Any) -> Any:
        return theirs if mine is None else mine

    return Style(
        first(style.level, base.level),
        first(style.num_id, base.num_id),
        first(style.num_level, base.num_level),
        # No file needs more, and a chain of ten thousand would square.
        (style.linked + base.linked)[:20],
        first(style.hidden, base.hidden),
        first(style.raised, base.raised),
        first(style.led, base.led),
    )


def led(of_paragraph: Any) -> bool:
    """Whether a tab of these properties draws dots, as contents have before their pages."""
    tabs = () if of_paragraph is None else of_paragraph.iterfind(f"{W}tabs/{W}tab")
    return any(tab.get(W + "leader") in _DOTS for tab in tabs)


def heading_level(direct: Any, style: Style) -> int | None:
    """The heading level (1 to 6) of a paragraph with these direct properties; None for text."""
    level = None if direct is None else whole(direct.find(W + "outlineLvl"))
    if level is None:
        level = style.level
    return min(level + 1, 6) if level is not None and 0 <= level < _BODY_LEVEL else None
