"""The actor–theme graph as files that open elsewhere: GEXF 1.3 for Gephi, GraphML for networkx, igraph and yEd.

Pure. Actors and themes are nodes; « cité dans » joins an actor to a theme, « cités ensemble » joins two actors: two
relations that are never mixed, told apart by the edge's `relation`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import networkx as nx

from synthesis.report.cells import by_kind, number
from synthesis.report.characters import storable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from synthesis.results import Edition

SCALE = 1000.0
"""Coordinates in an edition are in [-1, 1]; drawing programs think in points."""

_GEXF = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"
_COLOURS = {"actor": (91, 58, 140), "theme": (11, 74, 134)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """An actor or a theme on the map."""

    id: str
    label: str
    sort: str
    """"actor" or "theme"."""
    family: str
    notes: int
    x: float
    y: float

    def facts(self) -> dict[str, str | int | float]:
        """Return what a file says of the node beside its id and its place."""
        return {"sort": self.sort, "family": self.family, "notes": self.notes}


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """Notes that join two nodes."""

    source: str
    target: str
    relation: str
    """"cited_in" (actor, theme) or "cited_together" (actor, actor)."""
    notes: int
    levers: int = 0
    obstacles: int = 0
    conditions: int = 0
    strength: str = ""
    note_ids: str = ""

    def facts(self) -> dict[str, str | int | float]:
        """Return what a file says of the edge beside its ends and its weight."""
        kinds = {"levers": self.levers, "obstacles": self.obstacles, "conditions": self.conditions}
        return {
            "relation": self.relation,
            "notes": self.notes,
            **kinds,
            "strength": self.strength,
            "note_ids": self.note_ids,
        }


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes then edges, each in the edition's order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def of(edition: Edition) -> Network:
    """Return the graph of an edition; ids are prefixed, so that an actor may be named like a theme."""
    return Network((*_actors(edition), *_themes(edition)), (*_links(edition), *_together(edition)))


def _actors(edition: Edition) -> Iterable[Node]:
    spots = {measure.actor_id: (measure.x, measure.y) for measure in edition.measures}
    for actor in edition.actors:
        x, y = spots.get(actor.id, (0.0, 0.0))
        yield Node(
            id=f"actor:{actor.id}",
            label=actor.acronym or actor.name,
            sort="actor",
            family=actor.family,
            notes=len(actor.note_ids),
            x=x,
            y=y,
        )


def _themes(edition: Edition) -> Iterable[Node]:
    spots = {place.id: (place.x, place.y) for place in edition.places}
    families = {family.id: family.label for family in edition.families}
    for theme in edition.themes:
        x, y = spots.get(theme.id, (0.0, 0.0))
        yield Node(
            id=f"theme:{theme.id}",
            label=theme.label,
            sort="theme",
            family=families.get(theme.family, ""),
            notes=len(theme.note_ids),
            x=x,
            y=y,
        )


def _links(edition: Edition) -> Iterable[Edge]:
    for link in edition.links:
        levers, obstacles, conditions, _ = by_kind(link.kinds)
        yield Edge(
            source=f"actor:{link.actor_id}",
            target=f"theme:{link.theme_id}",
            relation="cited_in",
            notes=len(link.note_ids),
            levers=levers,
            obstacles=obstacles,
            conditions=conditions,
            strength=link.strength,
            note_ids=";".join(link.note_ids),
        )


def _together(edition: Edition) -> Iterable[Edge]:
    for pair in edition.cooperations:
        first, second = pair.actor_ids
        yield Edge(
            source=f"actor:{first}",
            target=f"actor:{second}",
            relation="cited_together",
            notes=len(pair.note_ids),
            note_ids=";".join(pair.note_ids),
        )


def graphml(network: Network) -> bytes:
    """Write GraphML with typed attributes and no extension, so that every reader takes it."""
    graph: nx.Graph[str] = nx.Graph()
    for node in network.nodes:
        place = {"x": round(node.x * SCALE, 3), "y": round(node.y * SCALE, 3)}
        graph.add_node(storable(node.id), label=storable(node.label), **_storable(node.facts()), **place)
    for edge in network.edges:
        graph.add_edge(
            storable(edge.source), storable(edge.target), weight=float(edge.notes), **_storable(edge.facts())
        )
    target = io.BytesIO()
    nx.write_graphml_xml(graph, target, prettyprint=True)
    return target.getvalue()


def _storable(facts: dict[str, str | int | float]) -> dict[str, str | int | float]:
    return {key: storable(value) if isinstance(value, str) else value for key, value in facts.items()}


def gexf(network: Network, *, title: str = "") -> bytes:
    """Write GEXF 1.3 with places, sizes and colours; without the "last modified" date, which would change each day."""
    ET.register_namespace("", _GEXF)
    ET.register_namespace("viz", _VIZ)
    root = ET.Element(f"{{{_GEXF}}}gexf", version="1.3")
    meta = _child(root, "meta")
    _child(meta, "creator").text = "Restitution"
    _child(meta, "description").text = storable(title) or "Acteurs et thèmes"
    graph = _child(root, "graph", defaultedgetype="undirected", mode="static")
    names = {"node": _declare(graph, "node", _SAMPLE_NODE), "edge": _declare(graph, "edge", _SAMPLE_EDGE)}
    nodes = _child(graph, "nodes")
    for node in network.nodes:
        element = _child(nodes, "node", id=storable(node.id), label=storable(node.label))
        _values(element, node.facts(), names["node"])
        _draw(element, node)
    edges = _child(graph, "edges")
    for rank, edge in enumerate(network.edges):
        ends = {"source": storable(edge.source), "target": storable(edge.target)}
        element = _child(edges, "edge", id=f"e{rank}", **ends, weight=number(float(edge.notes)))
        _values(element, edge.facts(), names["edge"])
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


_SAMPLE_NODE = Node(id="", label="", sort="", family="", notes=0, x=0.0, y=0.0).facts()
_SAMPLE_EDGE = Edge(source="", target="", relation="", notes=0).facts()


def _child(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{_GEXF}}}{tag}", attributes)


def _declare(graph: ET.Element, what: str, sample: dict[str, str | int | float]) -> dict[str, str]:
    """Declare the attributes of nodes or edges and return the id of each."""
    block = ET.SubElement(graph, f"{{{_GEXF}}}attributes", {"class": what})
    ids = {}
    for rank, (name, value) in enumerate(sample.items()):
        ids[name] = f"{what[0]}{rank}"
        _child(block, "attribute", id=ids[name], title=name, type="string" if isinstance(value, str) else "integer")
    return ids


def _values(element: ET.Element, facts: dict[str, str | int | float], ids: dict[str, str]) -> None:
    block = _child(element, "attvalues")
    for name, value in _storable(facts).items():
        _child(block, "attvalue", **{"for": ids[name], "value": str(value)})


def _draw(element: ET.Element, node: Node) -> None:
    red, green, blue = (str(part) for part in _COLOURS[node.sort])
    ET.SubElement(element, f"{{{_VIZ}}}color", r=red, g=green, b=blue)
    spot = {"x": number(round(node.x * SCALE, 3)), "y": number(round(node.y * SCALE, 3)), "z": "0"}
    ET.SubElement(element, f"{{{_VIZ}}}position", spot)
    ET.SubElement(element, f"{{{_VIZ}}}size", value=number(round(10 + 4 * node.notes**0.5, 3)))
    shape = "disc" if node.sort == "actor" else "square"
    ET.SubElement(element, f"{{{_VIZ}}}shape", value=shape)
