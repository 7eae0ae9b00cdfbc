"""A chart on the page: every mark a door to its excerpts."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import streamlit as st

from wenma.app import address
from wenma.app.view import View
from wenma.publish.drawable_text import specification

Spec = dict[str, Any]
DOOR = "door"


def mark_door(view: View) -> Callable[[Mapping[str, Any]], str]:
    """What a mark carries: the door of its row, to be opened by a click."""
    return lambda options: json.dumps(view.door(options), ensure_ascii=False)


def show_chart(
    chart: Any,
    key: str,
    *,
    rows: int | None = None,
    columns: int | None = None,
    width: int | None = None,
    height: int | None = None,
) -> None:
    """Draw a chart made with `door=mark_door(view)`; a click on a mark opens its excerpts.

    Sizes in pixels, where they differ from the chart's own: `rows` and
    `columns` of one label, `width` and `height` of a panel.
    """
    import altair as alt

    click = alt.selection_point(name=DOOR, fields=["href", "code"], on="click", clear=False)
    spec = specification(chart.add_params(click))
    # The page says what the chart is; on the page a click opens excerpts below, not an address.
    spec.pop("title", None)
    spec["padding"] = dict.fromkeys(("left", "right", "top", "bottom"), 4)
    steps = {"height": rows, "width": columns}
    points = {"height": height, "width": width}
    for view in _views(spec):
        view.get("encoding", {}).pop("href", None)
        if view.get("mark", {}).get("type") == "text":
            # Vega-Lite lets a click fall through a layer that has no tooltip.
            view["encoding"].setdefault("tooltip", {"value": None})
        view |= {side: {"step": to} for side, to in steps.items() if to and side in view}
        view |= {side: to for side, to in points.items() if to and side in view}
    if columns and columns < 40:
        _slim(spec, columns)
    _draw(spec, key)


def _draw(spec: Spec, key: str) -> None:
    """Draw a specification whose data carry `href`, the door of each mark."""
    key = f"chart {key} {address.one('language')}"
    st.vega_lite_chart(
        spec, key=key, theme=None, width="content", on_select=_opener(key), selection_mode=DOOR
    )


def _opener(key: str) -> Callable[[], None]:
    def opened() -> None:
        picked = st.session_state[key].selection.get(DOOR) or []
        found = picked[0] if picked else {}
        if found.get("href"):
            address.open_door(json.loads(found["href"]))
        elif found.get("code"):  # a code of the network, which stands for itself alone
            address.open_door({"code": found["code"], "children": False})
        else:
            address.open_door(None)

    return opened


def longest(names: Iterable[str]) -> int:
    """Pixels of the longest of these labels.

    >>> longest(["抵御", "Adapt"])
    35
    """
    return max((sum(7 if sign.isascii() else 13 for sign in name) for name in names), default=0)


def _views(spec: Spec) -> Iterator[Spec]:
    yield spec
    for inner in [*spec.get("layer", ()), *([spec["spec"]] if "spec" in spec else [])]:
        yield from _views(inner)


def _slim(spec: Spec, columns: int) -> None:
    """Fit columns too narrow for level labels; the narrowest leave numbers to the tooltip."""
    for view in _views(spec):
        across = view.get("encoding", {}).get("x", {})
        if "axis" in across:
            across["axis"] |= {
                "labelAngle": -60,
                "labelAlign": "left",
                "labelExpr": r"replace(datum.value, /\n/g, test(/[a-z]/i, datum.value) ? ' ' : '')",
            }
        if view.get("mark", {}).get("type") == "text":
            view["mark"]["fontSize"] = 10 if columns > 26 else 9 if columns > 20 else 0
