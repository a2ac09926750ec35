"""The actor–theme graph as JSON for Graphology, which Gephi Lite and Sigma read: the same facts as GEXF and GraphML.

Pure.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from synthesis.report.characters import storable

if TYPE_CHECKING:
    from synthesis.report.network import Network

SCALE = 1000.0


def write(network: Network, *, title: str = "") -> bytes:
    """Write the serialised form that `Graph.from` of Graphology takes: undirected, one edge per pair and relation."""
    body = {
        "attributes": {"name": storable(title)},
        "options": {"type": "undirected", "multi": False, "allowSelfLoops": False},
        "nodes": [
            {
                "key": node.id,
                "attributes": {
                    "label": node.label,
                    **node.facts(),
                    "x": round(node.x * SCALE, 3) + 0.0,
                    "y": round(node.y * SCALE, 3) + 0.0,
                    "size": round(3 + 2 * node.notes**0.5, 3),
                },
            }
            for node in network.nodes
        ],
        "edges": [
            {
                "key": f"e{rank}",
                "source": edge.source,
                "target": edge.target,
                "undirected": True,
                "attributes": {"weight": edge.notes, **edge.facts()},
            }
            for rank, edge in enumerate(network.edges)
        ],
    }
    return (json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8", "replace")
