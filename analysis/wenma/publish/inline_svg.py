"""Charts become SVG that may stand inside a page: drawn here, asking nobody, harmless."""

import re
from typing import Any

import vl_convert
from lxml import etree

from wenma.publish.drawable_text import drawable_words, specification
from wenma.publish.drawing import Chart

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_KEPT = frozenset(
    f"{_SVG}{name}"
    for name in "svg g path rect line circle text tspan a defs clipPath title desc "
    "linearGradient radialGradient stop".split()
)
_ANCHOR = re.compile(r"#(e\d+)$")


def inline_svg(chart: Chart, *, prefix: str, label: str) -> str:
    """The chart as an SVG element; its links lead to anchors of the page only.

    `prefix` keeps its ids apart from those of other charts; `label` is what a
    screen reader says of it.
    """
    drawn = vl_convert.vegalite_to_svg(specification(chart), allowed_base_urls=[])
    root = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False))
    for node in list(root.iter()):
        if node.tag not in _KEPT:
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
            continue
        _tidy(node, prefix)
    # A picture of links must not hide them from a screen reader.
    root.set("role", "group" if root.find(f".//{_SVG}a[@href]") is not None else "img")
    root.set("aria-label", drawable_words(label))
    wide, high = root.get("width"), root.get("height")
    root.set("viewBox", f"0 0 {wide} {high}")
    root.attrib.pop("height", None)
    root.set("width", str(wide))
    text: str = etree.tostring(root, encoding="unicode")
    return text


def _tidy(node: Any, prefix: str) -> None:
    for name in list(node.attrib):
        plain = etree.QName(name).localname.lower()
        if plain.startswith(("on", "aria-")) or plain in ("style", "role", "class"):
            del node.attrib[name]
        elif plain == "href":
            # Vega makes every address one of its own site; what is ours is behind the #.
            found = _ANCHOR.search(node.attrib.pop(name))
            if found and node.tag == f"{_SVG}a":
                node.set("href", f"#{found[1]}")
        elif plain == "id":
            node.set(name, f"{prefix}-{node.attrib[name]}")
        elif "url(" in node.attrib[name]:
            node.set(name, re.sub(r"url\(#([\w-]+)\)", rf"url(#{prefix}-\1)", node.attrib[name]))
