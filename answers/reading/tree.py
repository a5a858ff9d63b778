"""What a reading is made of. All nodes are immutable and compare by content."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Num:
    """An exact number; `text` is how it was written (for significant figures)."""

    value: Fraction
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sym:
    """A letter, a name with subscripts, or one of the constants e, i, pi, inf."""

    name: str


@dataclass(frozen=True, slots=True)
class Add:
    """A sum."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mul:
    """A product."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Neg:
    """The opposite."""

    of: Node


@dataclass(frozen=True, slots=True)
class Div:
    """A quotient."""

    above: Node
    below: Node


@dataclass(frozen=True, slots=True)
class Pow:
    """A power."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments; a name that examgen does not know stands for any function."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Seq:
    """Things in brackets (`open` and `close` as written, empty without) with commas between."""

    open: str
    items: tuple[Node, ...]
    close: str


@dataclass(frozen=True, slots=True)
class Rel:
    """A comparison: `=`, `!=`, `<`, `<=`, `>`, `>=`, or `in`."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """Comparisons joined by `and`, `or`, or turned round by `not`."""

    word: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """Sets or intervals joined by the union sign."""

    parts: tuple[Node, ...]


Node: TypeAlias = Num | Sym | Add | Mul | Neg | Div | Pow | Call | Seq | Rel | Logic | Union

_NONE: frozenset[str] = frozenset()
CONSTANTS = frozenset({"e", "i", "pi", "inf"})
_SHADOW = "\N{INVISIBLE SEPARATOR}"


def variable(name: str) -> str:
    """The name of a variable in a tree, which differs from a constant's even if spelled alike."""
    return name + _SHADOW if name in CONSTANTS else name


def spelled(name: str) -> str:
    """A variable's name as it is written."""
    return name.removesuffix(_SHADOW)


_LEAVES = (Num, Sym)
_PARTS: dict[type, Callable[[Node], tuple[Node, ...]]] = {
    Add: attrgetter("terms"),
    Mul: attrgetter("factors"),
    Call: attrgetter("args"),
    Seq: attrgetter("items"),
    Logic: attrgetter("parts"),
    Union: attrgetter("parts"),
    Div: attrgetter("above", "below"),
    Pow: attrgetter("base", "exponent"),
    Rel: attrgetter("left", "right"),
    Neg: lambda node: (node.of,) if isinstance(node, Neg) else (),
}


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node."""
    return () if isinstance(node, _LEAVES) else _PARTS[type(node)](node)


def symbols(node: Node) -> frozenset[str]:
    """The letters of a tree, without the constants."""
    if isinstance(node, Num):
        return _NONE
    found = set[str]()
    stack: list[Node] = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Sym):
            found.add(top.name)
        elif not isinstance(top, Num):
            stack.extend(_PARTS[type(top)](top))
    return frozenset(found - CONSTANTS)
