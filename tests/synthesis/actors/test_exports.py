"""The graph as files, read back: no actor, one, one in every note, two thousand, and names that break writers."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import igraph
import networkx as nx
import pytest

from synthesis.actors.graph import draw
from synthesis.actors.mentions import Found
from synthesis.corpus import Corpus, Note
from synthesis.report import cells, graphology, network
from synthesis.results import Actor, Edition, Theme

ROOT = Path(__file__).parents[3]

HARD = (
    'L\'Atelier "du Lac" & <Fils>',
    "\u200fجمعية الحي\u200f",
    "=SOMME(A1)",
    "Association; Les, Semeurs",
    "La porte du maire",
)


def drawn(actors: Mapping[str, tuple[int, ...]], notes: int = 6) -> tuple[Edition, network.Network]:
    corpus = Corpus.of(Note(id=f"n{n:05}", text="x", kind="lever") for n in range(notes))
    half = tuple(f"n{n:05}" for n in range(0, notes, 2))
    rest = tuple(f"n{n:05}" for n in range(1, notes, 2))
    themes = (
        Theme(id="t1", label="La porte du maire", proposed_label="x", note_ids=half),
        Theme(id="t2", label="L’eau & le sol", proposed_label="x", note_ids=rest),
    )
    found = tuple(
        Actor(id=f"a-{at}", name=name, note_ids=tuple(f"n{n:05}" for n in cited), aliases=(name,))
        for at, (name, cited) in enumerate(actors.items())
    )
    graph = draw(corpus, Found(actors=found), themes, previous=None, seed=0)
    edition = Edition(
        themes=themes,
        actors=found,
        links=graph.links,
        cooperations=graph.cooperations,
        measures=graph.measures,
        places=graph.places,
    )
    return edition, network.of(edition)


CASES = {
    "no actor": {},
    "one actor": {"Un seul": (1,)},
    "one actor in every note": {"Partout": tuple(range(6))},
    "hard names": {name: (at, at + 1) for at, name in enumerate(HARD)},
}


@pytest.mark.parametrize("actors", CASES.values(), ids=CASES)
def test_each_format_gives_the_same_names_and_links_back(actors: Mapping[str, tuple[int, ...]]) -> None:
    edition, graph = drawn(actors)
    by_gexf = nx.read_gexf(io.BytesIO(network.gexf(graph)), version="1.3")
    by_graphml = nx.read_graphml(io.BytesIO(network.graphml(graph)))
    body = json.loads(graphology.write(graph))
    by_json: nx.Graph[str] = nx.Graph()
    by_json.add_nodes_from((node["key"], node["attributes"]) for node in body["nodes"])
    by_json.add_edges_from((edge["source"], edge["target"], edge["attributes"]) for edge in body["edges"])
    rows = list(csv.reader(io.StringIO(cells.csv_bytes(cells.actors(edition)).decode("utf-8-sig"))))
    assert len(rows) == 1 + len(actors)
    assert len({len(row) for row in rows}) == 1
    for read in (by_gexf, by_graphml, by_json):
        assert len(read) == 2 + len(actors)
        assert {frozenset(pair) for pair in read.edges} == {frozenset((one.source, one.target)) for one in graph.edges}
        labels = {facts["label"] for _, facts in read.nodes(data=True) if facts["sort"] == "actor"}
        assert labels == set(actors)


@pytest.mark.parametrize("actors", CASES.values(), ids=CASES)
def test_igraph_reads_the_graphml_back(actors: Mapping[str, tuple[int, ...]], tmp_path: Path) -> None:
    _, graph = drawn(actors)
    path = tmp_path / "graph.graphml"
    path.write_bytes(network.graphml(graph))
    read = igraph.Graph.Read_GraphML(str(path))
    assert set(read.vs["id"]) == {node.id for node in graph.nodes}
    assert dict(zip(read.vs["id"], read.vs["label"], strict=True)) == {node.id: node.label for node in graph.nodes}
    ends = {frozenset((read.vs[edge.source]["id"], read.vs[edge.target]["id"])) for edge in read.es}
    assert ends == {frozenset((edge.source, edge.target)) for edge in graph.edges}
    if graph.edges:
        assert sorted(read.es["weight"]) == sorted(float(edge.notes) for edge in graph.edges)


GRAPHOLOGY = """
import Graph from "graphology";
let read = "";
for await (const part of process.stdin) read += part;
const answers = JSON.parse(read).map((given) => {
  const graph = Graph.from(given);
  return { given: given, nodes: graph.order, edges: graph.size, again: graph.export() };
});
process.stdout.write(JSON.stringify(answers));
"""


def test_graphology_itself_reads_every_graph_and_writes_it_back() -> None:
    given = [json.loads(graphology.write(drawn(actors)[1])) for actors in CASES.values()]
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", GRAPHOLOGY],
        input=json.dumps(given).encode(),
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for one, answer in zip(given, json.loads(done.stdout), strict=True):
        assert (answer["nodes"], answer["edges"]) == (len(one["nodes"]), len(one["edges"]))
        assert answer["again"]["nodes"] == one["nodes"]
        # It does not repeat of each edge what the whole graph says: that it has no direction.
        assert [{**edge, "undirected": True} for edge in answer["again"]["edges"]] == one["edges"]


def test_an_actor_named_like_a_theme_is_another_node() -> None:
    _, graph = drawn({"La porte du maire": (0, 1)})
    same = [node.id for node in graph.nodes if node.label == "La porte du maire"]
    assert sorted(same) == ["actor:a-0", "theme:t1"]


def test_two_thousand_actors_are_read_back() -> None:
    _, graph = drawn({f"Acteur {n}": (n % 3000,) for n in range(2000)}, notes=3000)
    assert len(nx.read_gexf(io.BytesIO(network.gexf(graph)), version="1.3")) == 2002
    assert len(json.loads(graphology.write(graph))["nodes"]) == 2002
