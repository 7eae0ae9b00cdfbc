"""Names of Word's XML, and values read from it however odd they are."""

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
VAL = W + "val"


def whole(element: Any, *, name: str = VAL) -> int | None:
    """A whole number from an attribute; None where there is none or it is not a number."""
    if element is None:
        return None
    try:
        found = int(element.get(name, ""))
    except ValueError:
        return None
    # What Word cannot count (5,000 digits) is not counted here.
    return found if abs(found) < 2**31 else None


def switched(parent: Any, name: str) -> bool | None:
    """Whether a property is on; None where `parent` does not say.

    ``<w:vanish/>`` is on, ``<w:vanish w:val="0"/>`` is off.
    """
    found = None if parent is None else parent.find(W + name)
    if found is None:
        return None
    return found.get(VAL, "1").lower() not in ("0", "false", "off")


def child_value(parent: Any, name: str) -> str:
    """The value of a child, "" where there is none."""
    found = None if parent is None else parent.find(W + name)
    return "" if found is None else str(found.get(VAL, ""))


def texts_within(root: Any, holder: str, text: str) -> list[str]:
    """The text of each holder below `root`, in one pass however deep they nest."""
    texts: list[list[str]] = [[]]
    for element in root.iter(holder, text):
        if element.tag == holder:
            texts.append([])
        else:
            texts[-1].append(element.text or "")
    return ["".join(words) for words in texts]
