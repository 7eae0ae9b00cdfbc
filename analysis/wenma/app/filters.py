"""What of a study is looked at: one set of filters for every page, on any attribute."""

from collections.abc import Mapping, Sequence

import streamlit as st
from pandas import DataFrame

from wenma.app import address
from wenma.app.address import MORE
from wenma.app.messages import Say, as_it_stands
from wenma.publish.labels import attribute_name
from wenma.queries.grouping import as_text, listing_order

FIRST = ("city", "plan", "period")
"""Attributes that stand first wherever one is chosen."""
APART = ("document", "title")
"""Attributes that tell documents apart: nothing is filtered by them."""
FEW = {"text": 40, "number": 300, "date": 300}
"""How many different values an attribute may have, by its kind, to be chosen from a list."""


def choices(documents: DataFrame, kinds: Mapping[str, str]) -> dict[str, list[str]]:
    """Attribute → its values as people sort them; those that say something, the usual ones first.

    >>> frame = DataFrame({"title": ["a", "b"], "城区": ["东", "西"], "city": ["甲", "乙"]})
    >>> choices(frame, {"title": "text", "城区": "text", "city": "text"})
    {'city': ['甲', '乙'], '城区': ['东', '西']}
    """
    found: dict[str, list[str]] = {}
    for name in (*FIRST, *(one for one in kinds if one not in FIRST)):
        if name not in kinds or name not in documents or name in APART:
            continue
        values = [one for one in listing_order(as_text(documents[name])) if one]
        if 1 < len(values) <= FEW[kinds[name]]:
            found[name] = values
    return found


def draw_filters(say: Say, known: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Draw a list for each of these attributes; what was chosen, in the order of the lists."""
    chosen = {name: _values(say, name, known[name]) for name in FIRST if name in known}
    if more := [name for name in known if name not in FIRST]:
        with st.expander(
            say("more_attributes"), expanded=any(address.several(MORE + name) for name in more)
        ):
            chosen |= {name: _values(say, name, known[name]) for name in more}
    return {name: values for name, values in chosen.items() if values}


def _values(say: Say, name: str, values: Sequence[str]) -> tuple[str, ...]:
    where = name if name in FIRST else MORE + name
    return address.pick(
        as_it_stands(attribute_name(name, language=say.language)),
        where,
        values,
        placeholder=say("all"),
    )
