"""Nodes of the expression tree, immutable and compared by content."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction


@record
class Num:
    """An exact number; `text` is how it was written (for significant figures)."""

    value: Fraction
    text: str = ""


@record
class Sym:
    """A letter, a name with subscripts, or one of the constants e, i, pi, inf."""

    name: str


@record
class Add:
    """A sum."""

    terms: tuple[Node, ...]


@record
class Mul:
    """A product."""

    factors: tuple[Node, ...]


@record
class Neg:
    """The opposite."""

    of: Node


@record
class Div:
    """A quotient."""

    above: Node
    below: Node


@record
class Pow:
    """A power."""

    base: Node
    exponent: Node


@record
class Call:
    """A function of arguments; a name that examgen does not know stands for any function."""

    name: str
    args: tuple[Node, ...]


@record
class Seq:
    """Things in brackets (`open` and `close` as written, empty without) with commas between."""

    open: str
    items: tuple[Node, ...]
    close: str


@record
class Rel:
    """A comparison: `=`, `!=`, `<`, `<=`, `>`, `>=`, or `in`."""

    sign: str
    left: Node
    right: Node


@record
class Logic:
    """Comparisons joined by `and`, `or`, or negated by `not`."""

    word: str
    parts: tuple[Node, ...]


@record
class Sets:
    """Sets or intervals joined by one sign: `∪`, `∩`, or `∖`, which takes all others away."""

    sign: str
    parts: tuple[Node, ...]


@record
class Builder:
    """The set of all values of a letter for which a condition holds."""

    letter: Sym
    where: Node


Node: TypeAlias = (
    Num | Sym | Add | Mul | Neg | Div | Pow | Call | Seq | Rel | Logic | Sets | Builder
)

INFINITY = Sym("inf")
MINUS_INFINITY = Neg(INFINITY)
REALS = Seq("(", (MINUS_INFINITY, INFINITY), ")")
_NONE: frozenset[str] = frozenset()
_REMEMBERED = "what is in it"
CONSTANTS = frozenset({"e", "i", "pi", "inf"})
_SHADOW = "\N{INVISIBLE SEPARATOR}"


def variable(name: str) -> str:
    """Return a variable's name in a tree; it differs from a constant's spelled alike."""
    return name + _SHADOW if name in CONSTANTS else name


def display_name(name: str) -> str:
    """Return a variable's name as it is written."""
    return name.removesuffix(_SHADOW)


def is_infinite(node: Node) -> bool:
    """Return whether a reading is infinity or its opposite."""
    bare = node.of if isinstance(node, Neg) else node
    return isinstance(bare, Sym) and bare.name == INFINITY.name


_LEAVES = (Num, Sym)
_PARTS: dict[type, Callable[[Node], tuple[Node, ...]]] = {
    Add: attrgetter("terms"),
    Mul: attrgetter("factors"),
    Call: attrgetter("args"),
    Seq: attrgetter("items"),
    Logic: attrgetter("parts"),
    Sets: attrgetter("parts"),
    Builder: attrgetter("letter", "where"),
    Div: attrgetter("above", "below"),
    Pow: attrgetter("base", "exponent"),
    Rel: attrgetter("left", "right"),
    Neg: lambda node: (node.of,) if isinstance(node, Neg) else (),
}


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node."""
    return () if isinstance(node, _LEAVES) else _PARTS[type(node)](node)


def walk(node: Node) -> list[Node]:
    """Return the node and all its parts, the outer ones first."""
    nodes = [node]
    for each in nodes:  # which grows on the way
        kind = type(each)
        if kind not in _LEAVES:
            nodes += _PARTS[kind](each)
    return nodes


def has(node: Node, *kinds: type[Node]) -> bool:
    """Return whether a reading contains a node of some kinds."""
    kind = type(node)
    if kind in kinds or kind in _LEAVES:
        return kind in kinds
    return not _survey(node).kinds.isdisjoint(kinds)


def substitute(node: Node, old: Node, new: Node) -> Node:
    """Return the node with one of its parts replaced wherever it occurs."""
    if type(node) is type(old) and node == old:
        return new
    return map_children(node, lambda part: substitute(part, old, new))


def map_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the node with each of its parts changed."""
    match node:
        case Add(parts):
            return Add(tuple(map(change, parts)))
        case Mul(parts):
            return Mul(tuple(map(change, parts)))
        case Call(name, parts):
            return Call(name, tuple(map(change, parts)))
        case Seq(opening, parts, closing):
            return Seq(opening, tuple(map(change, parts)), closing)
        case Logic(word, parts):
            return Logic(word, tuple(map(change, parts)))
        case Sets(sign, parts):
            return Sets(sign, tuple(map(change, parts)))
        case Builder(letter, where):
            return Builder(letter, change(where))
        case Neg(of):
            return Neg(change(of))
        case Div(above, below):
            return Div(change(above), change(below))
        case Pow(base, exponent):
            return Pow(change(base), change(exponent))
        case Rel(sign, left, right):
            return Rel(sign, change(left), change(right))
        case _:
            return node


def free_symbols(node: Node) -> frozenset[str]:
    """Return the letters of a tree, without the constants; a tree remembers them."""
    if isinstance(node, Num):
        return _NONE
    if isinstance(node, Sym):
        return _NONE if node.name in CONSTANTS else frozenset((node.name,))
    return _survey(node).letters


def constants_in(node: Node) -> frozenset[str]:
    """Return the names of the constants in a tree."""
    return _survey(node).constants


def functions_in(node: Node) -> frozenset[str]:
    """Return the names of the functions in a tree, known and unknown ones."""
    return _survey(node).functions


class _Survey(NamedTuple):
    """The names and kinds of nodes in a tree."""

    letters: frozenset[str]
    constants: frozenset[str]
    functions: frozenset[str]
    kinds: set[type]


def _survey(node: Node) -> _Survey:
    """Return what is in a tree, which remembers it."""
    remembered = node.__dict__
    known: _Survey | None = remembered.get(_REMEMBERED)
    if known is None:
        nodes = walk(node)
        kinds = {*map(type, nodes)}
        names = functions = _NONE
        if Sym in kinds:
            names = frozenset([each.name for each in nodes if isinstance(each, Sym)])
        if Call in kinds:
            functions = frozenset([each.name for each in nodes if isinstance(each, Call)])
        known = _Survey(names - CONSTANTS, names & CONSTANTS, functions, kinds)
        remembered[_REMEMBERED] = known
    return known
