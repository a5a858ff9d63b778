"""Graphs and trees: nodes with letters or numbers, edges with weights."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import cos, pi, sin
from typing import TYPE_CHECKING

from generator.texts.figures.drawing import label, tikz
from generator.texts.figures.nodes import Arc, Node, draw_nodes
from generator.texts.figures.parts import Picture
from generator.texts.figures.syntax import Misdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.texts.figures.parts import Parts

_EDGE = re.compile(r"([^\s:>-]+)\s*(--?>|--?)\s*([^\s:>-]+)\s*(?::\s*(.+))?")
_PLACE = re.compile(r"(\w+)\s*:\s*\(\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\)")
RADIUS, WIDE, DEEP = 22, 14, 13  # millimetres
MOST = 60
BEND = 18  # degrees, of two edges between the same nodes


@dataclass(frozen=True)
class Edge:
    """An edge from one node to another."""

    start: str
    end: str
    weight: str
    is_directed: bool


def graph(parts: Parts) -> Picture:
    """Return a graph of the edges `A-B:4, B->C`."""
    edges = [_edge(one) for one in re.split(r",(?![^({]*[)}])", parts.text("edges")) if one.strip()]
    ends = [name for edge in edges for name in (edge.start, edge.end)]
    places = _places(
        parts, list(dict.fromkeys([*parts.text("nodes").replace(",", " ").split(), *ends]))
    )
    nodes = {name: Node(f"n{at}", name, *places[name]) for at, name in enumerate(places)}
    code = [*draw_nodes(nodes.values()), *_lines(edges, nodes)]
    return Picture(tikz(code), _said(parts, list(places), edges), _rows(parts, edges))


def _edge(text: str) -> Edge:
    found = _EDGE.fullmatch(text.strip())
    if found is None:
        raise Misdrawn(f"{text.strip()[:40]!r} is no edge; write A-B, A->B or A-B:7")
    return Edge(found[1], found[3], (found[4] or "").strip(), found[2].endswith(">"))


def _places(parts: Parts, names: Sequence[str]) -> Mapping[str, tuple[float, float]]:
    """Return where each node is: where the figure says, or on a circle from its top."""
    if not names or len(names) > MOST:
        raise Misdrawn(f"a graph has 1 to {MOST} nodes, not {len(names)}; write edges={{A-B, B-C}}")
    if "at" not in parts.texts:
        angles = [pi / 2 - 2 * pi * at / len(names) for at in range(len(names))]
        return {n: (RADIUS * cos(a), RADIUS * sin(a)) for n, a in zip(names, angles, strict=True)}
    stated = {m[1]: (float(m[2]) * 10, float(m[3]) * 10) for m in _PLACE.finditer(parts.text("at"))}
    missing = [name for name in names if name not in stated]
    if missing:
        raise Misdrawn(f"at= has no place for {missing[0]}; write at={{{missing[0]}: (0, 1), ...}}")
    return {name: stated[name] for name in names}


def _lines(edges: Sequence[Edge], nodes: Mapping[str, Node]) -> Iterator[str]:
    """Yield the edges: those without an arrow in one path, then the weights."""
    pairs = {(edge.start, edge.end) for edge in edges}
    arcs = [
        Arc(nodes[edge.start], nodes[edge.end], BEND if (edge.end, edge.start) in pairs else 0)
        for edge in edges
    ]
    ways = [*zip(edges, arcs, strict=True)]
    if plain := [arc.path for edge, arc in ways if not edge.is_directed]:
        yield f"\\draw {' '.join(plain)};"
    yield from (f"\\draw[-Stealth] {arc.path};" for edge, arc in ways if edge.is_directed)
    for edge, arc in ways:
        x, y = arc.middle
        if edge.weight:
            yield label("over", f"{x:.2f}", f"{y:.2f}", f"${edge.weight}$")


def _said(parts: Parts, names: Sequence[str], edges: Sequence[Edge]) -> str:
    words = parts.words
    said = (f"{e.start} {'→' if e.is_directed else '–'} {e.end}{_weight(e)}" for e in edges)
    nodes = f"{words['nodes']}: {', '.join(names)}"
    return f"{words['graph']}. {nodes}. {words['edges']}: {', '.join(said)}"


def _weight(edge: Edge) -> str:
    return f" ({edge.weight})" if edge.weight else ""


def _rows(parts: Parts, edges: Sequence[Edge]) -> list[list[str]]:
    signs = {True: "$\\to$", False: "--"}
    rows = [[e.start, signs[e.is_directed], e.end, e.weight and f"${e.weight}$"] for e in edges]
    return [[parts.words["edges"], "", "", ""], *rows]


# -- trees ----------------------------------------------------------------------------------------


@dataclass
class _Node:
    text: str
    children: list[_Node] = field(default_factory=list)
    x: float = 0


def tree(parts: Parts) -> Picture:
    """Return a tree of nodes with their children in brackets: `8 (3 (1) (6)) (10 () (14))`."""
    source = parts.text("nodes")
    root, rest = _read("".join(source.split("\n")).strip())
    if root is None or rest:
        raise Misdrawn(f"cannot read the tree at {rest[:20]!r}; write 8 (3 (1) (6)) (10)")
    _spread(root, 0)
    nodes, edges = [*_nodes(root, 0)], [*_edges(root, 0)]
    if len(nodes) + len(edges) > 2 * MOST:
        raise Misdrawn(f"a tree of more than {MOST} nodes does not fit the page")
    lines = [f"\\draw {' '.join(edges)};"] if edges else []
    return Picture(
        tikz([*lines, *draw_nodes(nodes, "fill=white")]), f"{parts.words['tree']}: {source}"
    )


def _read(text: str) -> tuple[_Node | None, str]:
    """Return the node at the beginning of a text and what follows; an empty one is None."""
    found = re.match(r"\s*((?:\$[^$]*\$|[^()\s$])*)\s*", text)
    name, rest = (found[1], text[found.end() :]) if found else ("", text)
    node = _Node(name)
    while rest.startswith("("):
        child, rest = _read(rest[1:])
        if not rest.startswith(")"):
            raise Misdrawn(f"a bracket of the tree is not closed after {name!r}")
        node.children.append(child or _Node(""))
        rest = rest[1:].lstrip()
    return (node if name else None), rest


def _spread(node: _Node, left: float) -> float:
    """Give each node its place from left to right; return where the next tree may begin."""
    at = left
    for child in node.children:
        at = _spread(child, at)
    ends = [child.x for child in node.children]
    node.x = (ends[0] + ends[-1]) / 2 if ends else left
    return max(at, left + WIDE)


def _nodes(node: _Node, depth: int) -> Iterator[Node]:
    if node.text:
        text = node.text if node.text.startswith("$") else f"${node.text}$"
        yield Node("", text, node.x, -DEEP * depth)
    for child in node.children:
        yield from _nodes(child, depth + 1)


def _edges(node: _Node, depth: int) -> Iterator[str]:
    for child in node.children:
        if child.text:
            start, end = (node.x, -DEEP * depth), (child.x, -DEEP * (depth + 1))
            yield "({:.2f},{}) -- ({:.2f},{})".format(*start, *end)
        yield from _edges(child, depth + 1)
