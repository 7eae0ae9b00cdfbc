"""What is drawn holds only characters that can be: one that cannot would abort the picture."""

import re
from typing import Any, Protocol

# Control characters and half characters are none of XML; U+2028 ends a line of JavaScript.
_UNDRAWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Drawable(Protocol):
    """Anything that gives a Vega-Lite specification, as Altair's charts do."""

    def to_dict(self) -> dict[str, Any]:
        """The specification."""


def specification(chart: Drawable) -> dict[str, Any]:
    """The chart's specification with a replacement character for each that cannot be drawn."""
    drawn: dict[str, Any] = _drawable(chart.to_dict())
    return drawn


def drawable_words(text: str) -> str:
    """The words with a replacement character for each that cannot be drawn."""
    return _UNDRAWN.sub("\ufffd", text)


def _drawable(value: Any) -> Any:
    """The value with its words drawable, however deep.

    >>> _drawable({"city": ["云\\x07州", 5]})
    {'city': ['云�州', 5]}
    """
    if isinstance(value, str):
        return drawable_words(value)
    if isinstance(value, dict):
        return {_drawable(key): _drawable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_drawable(one) for one in value]
    return value
