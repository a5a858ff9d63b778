"""Compare quantities, in a short list of units."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.audit.reading import NAMED, RELATIONS, Node, NotRead, number, plain, read
from examgen.audit.values import close

if TYPE_CHECKING:
    from examgen.audit.values import Finding, Options

_UNITS = {name: (name, Fraction(1)) for name in "B m s g W J Hz V A N Pa FLOP FLOPS".split()}
_UNITS |= dict.fromkeys(("bit", "bits", "b"), ("B", Fraction(1, 8)))
_UNITS |= {"byte": _UNITS["B"], "bytes": _UNITS["B"], "FLOPs": _UNITS["FLOP"]}
_SI = {"": 0, "k": 3, "K": 3, "M": 6, "G": 9, "T": 12, "m": -3, "u": -6, "n": -9, "c": -2}
_BINARY = {"Ki": 3, "Mi": 6, "Gi": 9, "Ti": 12}


def quantity(text: str, options: Options) -> tuple[Node, str, list[Fraction]]:
    """Return a quantity's number, the base unit and what its unit may be worth in it."""
    if text.count("$") % 2:
        raise NotRead("a sign of money")
    found = re.fullmatch(r"(.*[\d)}.])\s*([A-Za-z][A-Za-z/]*)?\s*\.?\s*", plain(text, "in numbers"))
    if found is None:
        raise NotRead("a unit that the audit does not know")
    bare, unit = NAMED.sub("", found[1], count=1), found[2] or ""
    node = read(bare, (), "in numbers")
    if node.names() or node.op in RELATIONS or node.op == "list":
        raise NotRead("a unit that the audit does not know")
    return node, *_worth(unit, str(options.get("prefixes", "decimal")))


def _worth(unit: str, prefixes: str) -> tuple[str, list[Fraction]]:
    """Return a unit's base, and what it may be worth in it; one that is not known is its own."""
    for prefix, power in {**_SI, **_BINARY}.items():
        name = unit.removeprefix(prefix)
        if not unit.startswith(prefix) or name not in _UNITS:
            continue
        base, size = _UNITS[name]
        decimal, binary = size * Fraction(10) ** power, size * Fraction(1024) ** (power // 3)
        if prefix in _BINARY or (base == "B" and power > 0 and prefixes == "binary"):
            return base, [binary]
        is_either = base == "B" and power > 0 and prefixes == "either"
        return base, [decimal, binary] if is_either else [decimal]
    return unit, [Fraction(1)]


def compare_quantities(expected: str, text: str, options: Options) -> Finding:
    """Compare quantities, in whichever units they are."""
    right, base, known = quantity(expected, options)
    given, other, factors = quantity(text, options)
    if not other and options.get("unit_mode") == "assume":
        other, factors = base, known
    if base != other:
        raise NotRead("another unit" if other else "no unit")
    abs_text = str(options.get("abs", "0"))
    if re.search("[A-Za-z]", abs_text):
        raise NotRead("a tolerance with a unit")
    found = [
        close(right, Node("*", (given, number(factor / known[0]))), options) for factor in factors
    ]
    return next((item for item in found if item.same), found[0])
