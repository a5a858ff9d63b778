"""Compare two answers, kind by kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from examgen.audit.conditions import compare_conditions, compare_intervals
from examgen.audit.numbers import exact
from examgen.audit.quantities import compare_quantities, quantity
from examgen.audit.reading import (
    NAMED,
    RELATIONS,
    Commas,
    Node,
    NotRead,
    number,
    one_name,
    plain,
    read,
)
from examgen.audit.values import DIFFERENT, EXACTLY, Finding, has, same
from examgen.audit.words import compare_options, compare_words, fold_text

if TYPE_CHECKING:
    from examgen.audit.values import Options


def compare(kind: str, expected: str, text: str, options: Options) -> Finding:
    """Compare an answer with an expected one.

    Raises:
        NotRead: one of them is not in plain notation, or nothing is certain.
    """
    if kind in {"choice", "text"}:
        return compare_words(kind, expected, text, options)
    if kind in {"selection", "matching", "ordering"}:
        return compare_options(kind, expected, text, options)
    found = _compared(kind, expected, text, options)
    others = options.get("also", {}).get("answer", ()) if not found.same else ()
    for other in others:
        if fold_text(other) == fold_text(text):
            return Finding(same=True, how=EXACTLY)
    return found


def stated_value(kind: str, expected: str, text: str, options: Options) -> Node:
    """Return what an answer states, a quantity in the unit of the key.

    Raises:
        NotRead: it is not in plain notation.
    """
    if kind == "quantity":
        known, (given, _, factors) = quantity(expected, options)[2], quantity(text, options)
        return Node("*", (given, number(factors[0] / known[0])))
    return _read(kind, expected, text, options)[1]


def _compared(kind: str, expected: str, text: str, options: Options) -> Finding:
    for noun in sorted(options.get("nouns", ()), key=len, reverse=True):
        text = re.sub(rf"(?<=[\d\s)}}]){re.escape(noun)}\s*\.?\s*$", "", text, flags=re.IGNORECASE)
    match kind:
        case "quantity":
            return compare_quantities(expected, text, options)
        case "interval":
            return compare_intervals(expected, text, options)
        case "set":
            return _set(*_read(kind, expected, text, options), options)
        case "equation" | "inequality":
            return compare_conditions(*_read(kind, expected, text, options), options)
        case "integer":
            right, given = _read(kind, expected, text, options)
            wanted, value = exact(right), exact(given)
            if wanted and value and wanted.denominator == 1 != value.denominator:
                return DIFFERENT
            return same(right, given, options)
        case _ if kind in _COMMAS:
            return same(*_read(kind, expected, text, options), options)
        case _:
            raise NotRead(f"the kind {kind}")


_COMMAS: dict[str, Commas] = {
    **dict.fromkeys(("integer", "number"), "in numbers"),
    **dict.fromkeys(("expression", "equation", "inequality"), "between"),
    **dict.fromkeys(("list", "shape", "matrix", "set"), "listed"),
}


def _read(kind: str, expected: str, text: str, options: Options) -> tuple[Node, Node]:
    """Read both sides; the answer may have no other letters than the question."""
    if kind == "shape":
        if "²" in text or "^" in text:
            raise NotRead("a power among sizes")
        expected, text = _crosses(expected), _crosses(text)
    variables = options.get("variables", ())
    variables = variables.replace(",", " ").split() if isinstance(variables, str) else variables
    variables = {*variables, *options.get("known", ())}
    right = read(expected, variables, _COMMAS[kind])
    known = right.names() | set(map(one_name, variables))
    for other in options.get("mistakes", ()):  # names that the question has
        known |= read(other, variables, _COMMAS[kind]).names()
    is_condition = kind in {"equation", "inequality"}
    given = read(text if is_condition else NAMED.sub("", text), known, _COMMAS[kind])
    if given.names() - known:
        raise NotRead("a name that the key does not have")
    if {"i", "j"} & (right.names() - variables):
        raise NotRead("complex numbers")
    if not is_condition and has(given, RELATIONS):
        raise NotRead("a comparison, or sides joined by =")
    if _COMMAS[kind] != "listed" and (given.op == "list" != right.op or _has_set(given)):
        raise NotRead("several values")
    return right, given


def _has_set(node: Node) -> bool:
    return node.name == "{}" or any(map(_has_set, node.args))


def _crosses(text: str) -> str:
    """Return a shape with commas between its sizes."""
    bare = plain(text)
    if re.search(r"\d[  ]\d", text):
        raise NotRead("commas or spaces that may be read in two ways")
    crosses = r"(?<=[\d)])\s*(?:[xX*]|\bby\b)\s*(?=[\d(])"
    return bare if re.search("[,;]", bare) else re.sub(crosses, ", ", bare)


def _set(right: Node, given: Node, options: Options) -> Finding:
    """Compare sets, order and repeats ignored."""
    sets = [node.args if node.op == "list" else (node,) for node in (right, given)]
    if any(has(item, frozenset({"list"})) for side in sets for item in side):
        raise NotRead("a set of sets or lists, or made of others")
    if options.keys() & {"sigfigs", "decimals", "accuracy", "log10"}:
        raise NotRead("several numbers that are rounded")
    is_same = all(any(same(a, b, options).same for b in sets[1]) for a in sets[0])
    is_same = is_same and all(any(same(a, b, options).same for a in sets[0]) for b in sets[1])
    return Finding(same=True, how=EXACTLY) if is_same else DIFFERENT
