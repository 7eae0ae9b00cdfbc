"""The network of codes, read back by other readers."""

from io import BytesIO

import networkx as nx
import numpy as np
import pytest

from tests.conftest import coded
from wenma.cli.main import main
from wenma.errors import QueryError
from wenma.interchange.graphs import GRAPHS, gexf, graphml, network, ucinet
from wenma.queries.cooccurrence import ASSOCIATION_MEASURES
from wenma.shipped import shipped
from wenma.study.study import Study


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return coded(shipped("corpus"), tmp_path_factory.mktemp("graphs") / "study.db")


@pytest.fixture(scope="module")
def study(project):
    with Study.open(project) as opened:
        yield opened


@pytest.fixture(scope="module")
def table(study):
    return study.ask("cooccurrence")


@pytest.mark.parametrize(("write", "read"), [(graphml, nx.read_graphml), (gexf, nx.read_gexf)])
def test_every_pair_that_meets_comes_back_with_its_measures(table, write, read):
    graph = read(BytesIO(write(network(table, table.codes))))
    met = table.frame[table.frame["n11"] > 0]
    assert graph.size() == len(met) > 50
    for row in met.to_dict("records"):
        edge = graph.edges[row["code"], row["code_b"]]
        assert edge["weight"] == row["n11"]
        for name in ASSOCIATION_MEASURES:
            assert edge[name] == pytest.approx(row[name])
    carried = table.frame.groupby("code")["n1"].max().to_dict()
    assert all(graph.nodes[path]["units"] == n for path, n in carried.items() if n)
    assert graph.nodes["stage/resist"]["label"] == "抵御"


def test_what_is_below_the_threshold_is_no_edge_and_the_file_says_so(table):
    graph = network(table, table.codes, measure="npmi", threshold=0.2, min_count=3)
    told = table.frame.query("npmi >= 0.2 and n11 >= 3")
    assert {frozenset(edge) for edge in graph.edges} == {
        frozenset(pair) for pair in zip(told["code"], told["code_b"], strict=True)
    }
    for write in (graphml, gexf):
        assert b"at least 3 units with both, npmi at least 0.2" in write(graph)
    read = nx.read_graphml(BytesIO(graphml(graph))).graph
    assert (read["measure"], read["threshold"], read["min_count"]) == ("npmi", "0.2", 3)
    assert b'"npmi, threshold 0.2, units 3 or more"' in ucinet(graph)


def test_an_edge_has_its_odds_ratio_and_the_interval_where_there_is_one(table):
    graph = network(table, table.codes)
    sure = table.frame[table.frame["odds_low"].notna()]
    for row in sure.to_dict("records"):
        edge = graph.edges[row["code"], row["code_b"]]
        assert edge["odds_low"] < edge["odds_ratio"] < edge["odds_high"]
    assert sum("odds_low" in told for *_, told in graph.edges(data=True)) == len(sure)


def test_the_matrix_for_ucinet_is_square_symmetric_and_zero_where_nothing_joins(table):
    graph = network(table, table.codes)
    head, data = ucinet(graph).decode().split("data:\n")
    matrix = np.loadtxt(data.splitlines())
    head, told = head.split("matrix labels:\n")
    assert told == '"n11, threshold none, units 1 or more"\n'
    labels = [line.strip('"') for line in head.splitlines()[2:]]
    assert head.startswith(f"dl n={len(labels)} format=fullmatrix\nlabels:")
    assert matrix.shape == (len(labels),) * 2
    np.testing.assert_allclose(matrix, nx.to_numpy_array(graph, nodelist=labels))
    assert (matrix == 0).any() and (matrix == matrix.T).all()


def test_a_network_is_of_one_group_and_of_a_measure_there_is(table, study):
    by_city = study.ask("cooccurrence", by="city")
    with pytest.raises(QueryError, match="of one group"):
        network(by_city, table.codes)
    with pytest.raises(QueryError, match='Did you mean "npmi"'):
        network(table, table.codes, measure="npm")


@pytest.mark.parametrize("form", GRAPHS)
def test_the_command_writes_it_and_the_same_bytes_again(project, tmp_path, capsys, form):
    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    for file in (first, second):
        assert main(["export", str(project), str(file), "--where", "city=澜屿市"]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert "pairs with at least 1 units in common" in capsys.readouterr().out


def test_a_threshold_that_is_no_number_is_refused_and_nothing_is_written(project, tmp_path, capsys):
    file = tmp_path / "a.graphml"
    assert main(["export", str(project), str(file), "--threshold", "nan"]) == 2
    assert "is not a number" in capsys.readouterr().err and not file.exists()
