"""Codes that go together become a network for Gephi, Cytoscape, igraph (GraphML, GEXF) or UCINET.

A node is a code with the windows that carry it, an edge a pair of codes with every measure
of `cooccurrence` that is defined for it. The same table gives the same bytes.
"""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import networkx as nx
import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.publish.labels import basis_line
from wenma.queries.cooccurrence import ASSOCIATION_MEASURES, units_with
from wenma.queries.table import Table, nearest

_EDGE = (*ASSOCIATION_MEASURES, "odds_ratio", "odds_low", "odds_high", "p", "q")


def network(
    table: Table,
    codes: pd.DataFrame,
    *,
    measure: str = "n11",
    threshold: float | None = None,
    min_count: int = 1,
) -> nx.Graph:
    """The pairs that meet in at least `min_count` windows with a `measure` of `threshold` or more.

    `weight` is the measure. Codes that go with no other stay as nodes without edges; those
    nobody gave are left out. The graph's `description` holds the threshold and the basis.
    QueryError for a table of several groups and for a measure that there is not.
    """
    if measure not in ASSOCIATION_MEASURES:
        raise QueryError(
            f'there is no measure "{measure}"',
            cure=nearest(measure, ASSOCIATION_MEASURES),
            zh=f"没有计量“{measure}”。",
        )
    if "group" in table.frame:
        raise QueryError(
            "a network is of one group",
            cure="Choose its documents, as in --where city=上海",
            zh="一个网络只含一组，请用 --where 选定城市。",
        )
    frame = table.frame
    names = codes.set_index("code")
    limit = "" if threshold is None else f", {measure} at least {threshold:g}"
    graph = nx.Graph(
        name="wenma cooccurrence",
        measure=measure,
        threshold="none" if threshold is None else f"{threshold:g}",
        min_count=min_count,
        description=f"Edges: pairs of at least {min_count} units with both{limit}; "
        f"weight: {measure}. {basis_line(table, language='en')}",
    )
    for path, units in units_with(table).items():
        if units:
            graph.add_node(path, **_node(path, units, names))
    for row in frame.to_dict("records"):
        weight = row[measure]
        if row["n11"] >= max(min_count, 1) and (threshold is None or weight >= threshold):
            told = {name: row[name] for name in _EDGE if np.isfinite(row[name])}
            if measure in told:
                graph.add_edge(row["code"], row["code_b"], weight=float(weight), **_plain(told))
    return graph


def graphml(graph: nx.Graph) -> bytes:
    """The network as GraphML, UTF-8."""
    out = BytesIO()
    nx.write_graphml_lxml(graph, out, named_key_ids=True)
    return out.getvalue()


def gexf(graph: nx.Graph) -> bytes:
    """The network as GEXF 1.2, UTF-8; without the day it was written, so that bytes stay.

    networkx leaves the graph's description out.
    """
    out = BytesIO()
    nx.write_gexf(graph, out)
    undated = re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue())
    told = f"<description>{escape(graph.graph['description'])}</description>".encode()
    return undated.replace(b"</creator>", b"</creator>" + told, 1)


def ucinet(graph: nx.Graph) -> bytes:
    """The network as a UCINET DL full matrix of weights, 0 where there is no edge.

    Labels are the codes' paths: UCINET reads ASCII. The matrix bears the name of its measure
    with the threshold.
    """
    nodes = list(graph)
    rows = [
        " ".join(
            f"{graph.edges[a, b]['weight']:.10g}" if graph.has_edge(a, b) else "0" for b in nodes
        )
        for a in nodes
    ]
    labels = [f'"{path}"' for path in nodes]
    told = graph.graph
    limit = f"{told['measure']}, threshold {told['threshold']}, units {told['min_count']} or more"
    head = [f"dl n={len(nodes)} format=fullmatrix", "labels:", *labels]
    head += ["matrix labels:", f'"{limit}"', "data:"]
    return "\n".join([*head, *rows, ""]).encode()


GRAPHS: dict[str, Callable[[nx.Graph], bytes]] = {
    "graphml": graphml,
    "gexf": gexf,
    "dl": ucinet,
}
"""The files of a network by their endings."""


def _node(path: str, carried: int, names: pd.DataFrame) -> dict[str, Any]:
    code: Mapping[Any, Any] = names.loc[[path]].to_dict("records")[0] if path in names.index else {}
    label = str(code.get("zh") or path)
    return {
        "label": label,
        "en": str(code.get("en") or ""),
        "dimension": path.partition("/")[0],
        "colour": str(code.get("colour") or ""),
        "units": carried,
    }


def _plain(numbers: Mapping[str, Any]) -> dict[str, float | int]:
    """Numbers of Python's own: the writers know no others."""
    return {name: int(n) if name == "n11" else float(n) for name, n in numbers.items()}
