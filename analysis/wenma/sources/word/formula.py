"""An equation of a Word file becomes a line of text: a/b, x^2, √(a+b)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wenma.sources.word.xml import M, W

_TEXT = frozenset((M + "t", W + "t"))
_GONE = frozenset((W + "del", W + "moveFrom", W + "rPr"))
_JOINED = re.compile(r"[-+−±×·÷/=<>≤≥^ ]")


def formula(root: Any) -> str:
    """The equation on one line; fractions and powers are written with / and ^.

    >>> from lxml import etree
    >>> part = lambda name, text: f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"
    >>> def said(inner):
    ...     return formula(etree.fromstring(f'<m:oMath xmlns:m="{M[1:-1]}">{inner}</m:oMath>'))
    >>> said(f"<m:f>{part('num', '当年')}{part('den', '上年')}</m:f>")
    '当年/上年'
    >>> said(f"<m:f>{part('num', 'a+b')}{part('den', 'c')}</m:f>")
    '(a+b)/c'
    >>> said(f"<m:sSup>{part('e', 'x')}{part('sup', '2')}</m:sSup>")
    'x^2'
    """
    # From the leaves up, without recursion: equations nest as deep as they like.
    said: dict[Any, str] = {}
    for element in reversed(list(root.iter("*"))):
        said[element] = _written(element, [(child.tag, said.pop(child)) for child in element])
    return said[root]


def _written(element: Any, parts: Sequence[tuple[str, str]]) -> str:
    tag = element.tag
    if tag in _TEXT:
        return element.text or ""
    if tag in _GONE or tag.endswith("Pr"):
        return ""
    shape = _SHAPES.get(tag.removeprefix(M))
    by_name: dict[str, list[str]] = {}
    for name, words in parts:
        by_name.setdefault(name.removeprefix(M), []).append(words)
    return shape(element, by_name) if shape else "".join(words for _, words in parts)


_Parts = Mapping[str, Sequence[str]]


def _one(parts: _Parts, name: str) -> str:
    return "".join(parts.get(name, ()))


def _grouped(words: str) -> str:
    return f"({words})" if _JOINED.search(words) else words


def _power(words: str) -> str:
    return f"^{_grouped(words)}" if words else ""


def _fraction(element: Any, parts: _Parts) -> str:
    above, below = _grouped(_one(parts, "num")), _grouped(_one(parts, "den"))
    return f"{above}/{below}"


def _scripted(element: Any, parts: _Parts) -> str:
    return _one(parts, "e") + _one(parts, "sub") + _power(_one(parts, "sup"))


def _root(element: Any, parts: _Parts) -> str:
    return f"{_one(parts, 'deg')}√{_grouped(_one(parts, 'e'))}"


def _summed(element: Any, parts: _Parts) -> str:
    sign = _setting(element, "naryPr", "chr", "∫")
    return sign + _one(parts, "sub") + _power(_one(parts, "sup")) + " " + _one(parts, "e")


def _bracketed(element: Any, parts: _Parts) -> str:
    begin = _setting(element, "dPr", "begChr", "(")
    between = _setting(element, "dPr", "sepChr", "|")
    return begin + between.join(parts.get("e", ())) + _setting(element, "dPr", "endChr", ")")


def _listed(element: Any, parts: _Parts) -> str:
    rows = [*parts.get("mr", ()), *parts.get("e", ())]
    return ("; " if element.tag != M + "mr" else ", ").join(rows)


def _setting(element: Any, group: str, name: str, usual: str) -> str:
    found = element.find(f"{M}{group}/{M}{name}")
    return usual if found is None else str(found.get(M + "val", ""))


_SHAPES: dict[str, Callable[[Any, _Parts], str]] = {
    "f": _fraction, "sSup": _scripted, "sSub": _scripted, "sSubSup": _scripted, "rad": _root,
    "nary": _summed, "d": _bracketed, "m": _listed, "mr": _listed, "eqArr": _listed,
}  # fmt: skip
