"""Whether two answers are the same, kind by kind: a counter-example is certain, or there is none.

Two values differ where the intervals that hold them do not meet. They are the same where they are
exactly equal, or agree at every random point to 60 digits, which `numbers.proves_zero` may confirm.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any, TypeAlias

from mpmath import iv

from examgen.audit.numbers import DIGITS, Undefined, exact, interval
from examgen.audit.reading import Node, NotRead, number, one_name, plain, read

Options: TypeAlias = Mapping[str, Any]
POINTS, TRIES = 6, 30
_NAMED = re.compile(r"\s*(?:≈|(?:[A-Za-z]\w{0,3}\s*)?=(?!=))\s*")
_RELATIONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "and", "or", "in"})
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_UNITS = {name: (name, Fraction(1)) for name in "B m s g W J Hz V A N Pa FLOP FLOPS".split()}
_UNITS |= dict.fromkeys(("bit", "bits", "b"), ("B", Fraction(1, 8)))
_UNITS |= {"byte": _UNITS["B"], "bytes": _UNITS["B"], "FLOPs": _UNITS["FLOP"]}
_SI = {"": 0, "k": 3, "K": 3, "M": 6, "G": 9, "T": 12, "m": -3, "u": -6, "n": -9, "c": -2}
_BINARY = {"Ki": 3, "Mi": 6, "Gi": 9, "Ti": 12}


@dataclass(frozen=True)
class Finding:
    """Whether an answer is the expected one, and by what that is known.

    Attributes:
        zero: an expression that is zero if they are the same, where points alone say so.
    """

    same: bool
    how: str
    zero: Node | None = None


EXACTLY, WITHIN, DIGITS_AGREE = "exactly", "within the tolerance", f"at points, to {DIGITS} digits"
_DIFFERENT = Finding(same=False, how="different for certain")


def compare(kind: str, expected: str, text: str, options: Options) -> Finding:
    """Compare an answer with an expected one.

    Raises:
        NotRead: one of them is not in plain notation, or nothing is certain.
    """
    if kind in {"choice", "text"}:
        return _words(kind, expected, text, options)
    found = _compared(kind, expected, text, options)
    others = options.get("also", {}).get("answer", ()) if not found.same else ()
    for other in others:
        if _folded(other) == _folded(text):
            return Finding(same=True, how=EXACTLY)
    return found


def stated(kind: str, expected: str, text: str, options: Options) -> Node:
    """Return what an answer states, a quantity in the unit of the key.

    Raises:
        NotRead: it is not in plain notation.
    """
    if kind == "quantity":
        known, (given, _, factors) = _units(expected, {})[2], _units(text, options)
        return Node("*", (given, number(factors[0] / known[0])))
    if kind == "shape":
        expected, text = _crosses(expected), _crosses(text)
    return _read(expected, text, options, lists=kind in {"shape", "list"})[1]


def _compared(kind: str, expected: str, text: str, options: Options) -> Finding:
    for noun in sorted(options.get("nouns", ()), key=len, reverse=True):
        text = re.sub(rf"(?<=[\d\s)}}]){re.escape(noun)}\s*\.?\s*$", "", text, flags=re.IGNORECASE)
    match kind:
        case "quantity":
            return _quantity(expected, text, options)
        case "interval":
            return _interval(expected, text, options)
        case "shape":
            sides = _read(_crosses(expected), _crosses(text), options, lists=True)
            return _same(*sides, options)
        case "set":
            return _set(*_read(expected, text, options, lists=True), options)
        case "list" | "matrix":
            return _same(*_read(expected, text, options, lists=True), options)
        case "equation" | "inequality":
            return _condition(*_read(expected, text, options, conditions=True), options)
        case "integer" | "number" | "expression":
            return _same(*_read(expected, text, options), options)
        case _:
            raise NotRead(f"the kind {kind}")


def _read(
    expected: str, text: str, options: Options, *, lists: bool = False, conditions: bool = False
) -> tuple[Node, Node]:
    """Read both sides; the answer may have no other letters than the key."""
    variables = options.get("variables", ())
    variables = variables.replace(",", " ").split() if isinstance(variables, str) else variables
    variables = {*variables, *options.get("known", ())}
    right = read(expected, variables, lists=lists)
    known = right.names() | set(map(one_name, variables))
    for other in options.get("mistakes", ()):  # names that the question has
        known |= read(other, variables, lists=lists).names()
    bare = text if conditions else _NAMED.sub("", text, count=1) if _NAMED.match(text) else text
    given = read(bare, known, lists=lists)
    if given.names() - known:
        raise NotRead("a name that the key does not have")
    if {"i", "j"} & (right.names() - variables):
        raise NotRead("complex numbers")
    if not conditions and _has(given, _RELATIONS):
        raise NotRead("a comparison, or sides joined by =")
    return right, given


def _has(node: Node, ops: frozenset[str]) -> bool:
    return node.op in ops or any(_has(part, ops) for part in node.args)


def _crosses(text: str) -> str:
    """Return a shape with commas between its sizes."""
    return re.sub(r"(?<=[\d)])\s*(?:[x×*X]|\\times|by)\s*(?=[\d(])", ", ", text)


def _same(right: Node, given: Node, options: Options) -> Finding:
    """Compare values, and lists of them place by place."""
    if right.op == "list" or given.op == "list":
        if right.op != given.op or len(right.args) != len(given.args):
            return _DIFFERENT
        pairs = zip(right.args, given.args, strict=True)
        found = [_same(one, other, options) for one, other in pairs]
        return next((item for item in found if not item.same or item.how == DIGITS_AGREE), found[0])
    if right.names() | given.names():
        return _same_expression(right, given, options)
    return _close(right, given, options)


def _close(right: Node, given: Node, options: Options, worth: Fraction = Fraction(1)) -> Finding:
    """Compare numbers within the tolerance; `worth` is the unit of `abs`."""
    wanted, value = exact(right), exact(given)
    if wanted is None or value is None:
        return _close_intervals(right, given, options)
    if "log10" in options:
        same = _decades(value, wanted, _option(options, "log10"))
    elif places := _places(wanted, options):
        same = not places[0] or _rounded(value, places[1]) == _rounded(wanted, places[1])
    else:
        slack = _option(options, "rel") * abs(wanted) + _option(options, "abs") * worth
        same = abs(value - wanted) <= slack
    how = EXACTLY if value == wanted else WITHIN
    return Finding(same, how if same else _DIFFERENT.how)


def _option(options: Options, name: str) -> Fraction:
    text = str(options.get(name, 0)).strip()
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except ValueError as error:
        raise NotRead(f"the option {name}") from error


def _places(wanted: Fraction, options: Options) -> tuple[bool, int] | None:
    """Return to how many decimal places values have to agree, by decimals or figures."""
    if "decimals" in options:
        return True, int(options["decimals"])
    figures = options.get("accuracy", options.get("sigfigs"))
    if figures is None or "rel" in options or "abs" in options:
        return None
    size = abs(wanted) or Fraction(1)
    power = len(str(size.numerator)) - len(str(size.denominator))
    power -= Fraction(10) ** power > size
    return bool(int(figures)), int(figures) - 1 - power


def _rounded(value: Fraction, places: int) -> int:
    size = math.floor(abs(value) * Fraction(10) ** places + Fraction(1, 2))
    return size if value > 0 else -size


def _decades(value: Fraction, wanted: Fraction, decades: Fraction) -> bool:
    if value * wanted <= 0:
        return value == wanted
    ratio = max(value / wanted, wanted / value)
    return bool(ratio**decades.denominator <= Fraction(10) ** decades.numerator)


def _close_intervals(right: Node, given: Node, options: Options) -> Finding:
    if options.keys() & {"log10", "sigfigs", "decimals", "accuracy"}:
        raise NotRead("an irrational number that is rounded")
    try:
        wanted, value = interval(right, {}), interval(given, {})
    except Undefined as error:
        raise NotRead("no certain value") from error
    slack = [_option(options, name) for name in ("rel", "abs")]
    rel, plus = (iv.mpf(item.numerator) / item.denominator for item in slack)
    if slack == [0, 0]:
        return _at(wanted, value) or Finding(same=True, how=DIGITS_AGREE, zero=_less(right, given))
    over = abs(value - wanted) - rel * abs(wanted) - plus
    if over.a > 0:
        return _DIFFERENT
    if over.b > 0:
        raise NotRead("no certain value")
    return Finding(same=True, how=WITHIN)


def _at(one: Any, other: Any) -> Finding | None:  # noqa: ANN401 - mpmath has no types
    """Compare intervals: different, or None for agreement.

    Raises:
        Undefined: they meet, but are too wide to agree.
    """
    if one.b < other.a or other.b < one.a:
        return _DIFFERENT
    if abs(one - other).b > iv.mpf(10) ** -DIGITS * (1 + abs(one).b):
        raise Undefined
    return None


def _less(right: Node, given: Node) -> Node:
    return Node("-", (right, given))


def points(names: set[str], seed: str, *, positive: bool) -> list[dict[str, Fraction]]:
    """Return random points, the same for the same seed."""
    draw = Random(seed)  # noqa: S311 - nothing is kept secret by it
    signs = (1,) if positive else (1, -1)
    return [
        {
            name: Fraction(draw.choice(signs) * draw.randint(1, 10**4), draw.choice((997, 3989)))
            for name in sorted(names)
        }
        for _ in range(TRIES)
    ]


def _same_expression(right: Node, given: Node, options: Options) -> Finding:
    if right == given:
        return Finding(same=True, how=EXACTLY)
    agreed, positive = 0, options.get("domain") == "positive"
    for point in points(right.names() | given.names(), repr((right, given)), positive=positive):
        try:
            found = _at(interval(right, point), interval(given, point))
        except Undefined:
            continue
        if found is not None:
            return found
        agreed += 1
        if agreed == POINTS:
            return Finding(same=True, how=DIGITS_AGREE, zero=_less(right, given))
    raise NotRead("no certain values at enough points")


def _set(right: Node, given: Node, options: Options) -> Finding:
    """Compare sets, order and repeats ignored."""
    sets = [node.args if node.op == "list" else (node,) for node in (right, given)]
    same = all(any(_same(a, b, options).same for b in sets[1]) for a in sets[0])
    same = same and all(any(_same(a, b, options).same for a in sets[0]) for b in sets[1])
    return Finding(same=True, how=EXACTLY) if same else _DIFFERENT


def _units(text: str, options: Options) -> tuple[Node, str, list[Fraction]]:
    """Return a quantity's number, the base unit and what its unit may be worth in it."""
    found = re.fullmatch(r"(.*[\d)}.])\s*([A-Za-z][A-Za-z/]*)?\s*\.?\s*", plain(text), re.DOTALL)
    if found is None:
        raise NotRead("a unit that the audit does not know")
    bare, unit = _NAMED.sub("", found[1], count=1), found[2] or ""
    node = read(bare)
    if node.names() or node.op in _RELATIONS or node.op == "list":
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


def _quantity(expected: str, text: str, options: Options) -> Finding:
    right, base, known = _units(expected, {})
    given, other, factors = _units(text, options)
    if not other and options.get("unit_mode") == "assume":
        other, factors = base, known
    if base != other:
        raise NotRead("another unit" if other else "no unit")
    abs_text = str(options.get("abs", "0"))
    if re.search("[A-Za-z]", abs_text):
        raise NotRead("a tolerance with a unit")
    found = [
        _close(right, Node("*", (given, number(factor / known[0]))), options) for factor in factors
    ]
    return next((item for item in found if item.same), found[0])


def _interval(expected: str, text: str, options: Options) -> Finding:
    """Compare two stretches of the line, end by end."""
    sides = [_stretch(side, options) for side in (expected, text)]
    (low, high, ends), (low_2, high_2, ends_2) = sides
    if ends != ends_2:
        return _DIFFERENT
    found = [_end(low, low_2, options), _end(high, high_2, options)]
    return next((item for item in found if not item.same), found[0])


def _end(right: Node, given: Node, options: Options) -> Finding:
    if {right.op, given.op} & {"inf"} or Node("inf") in (*right.args, *given.args):
        return Finding(same=True, how=EXACTLY) if right == given else _DIFFERENT
    return _close(right, given, options)


def _stretch(text: str, options: Options) -> tuple[Node, Node, str]:
    """Return the ends of an interval, and whether they belong to it."""
    bare = re.sub(r"^[\s$]*[A-Za-z]\s*(?:∈|\\in\b|\bin\b)", "", text)
    node = read(bare, options.get("variables", ()), lists=True)
    if node.op == "list" and len(node.args) == 2 and not node.names():
        closed = ("[" if node.name[:1] == "[" else "(") + ("]" if node.name[1:] == "]" else ")")
        return *node.args, closed
    if node.op == "and" and len(node.args) == 2:
        first, second = node.args
        if {first.op, second.op} <= {">", ">="}:
            first, second = (Node(_FLIPPED[s.op], s.args[::-1]) for s in (second, first))
        if {first.op, second.op} <= {"<", "<="} and first.args[1].op == "name":
            closed = ("[" if first.op == "<=" else "(") + ("]" if second.op == "<=" else ")")
            return first.args[0], second.args[1], closed
    raise NotRead("an interval in another notation")


def _condition(right: Node, given: Node, options: Options) -> Finding:
    """Compare two conditions by their truth at points; equations by the factor between them."""
    if right.op == given.op == "=":
        return _equation(right, given, options)
    agreed = 0
    names, seed = right.names() | given.names(), repr((right, given))
    ends = sorted({value for side in (right, given) for value in _constants(side)})
    steps = (Fraction(0), Fraction(-1, 997), Fraction(1, 997))
    near = [end + step for end in ends[:12] for step in steps]
    corners = list(product(near, repeat=len(names))) if len(near) ** len(names) <= 2_000 else []
    grid = [dict(zip(sorted(names), place, strict=True)) for place in corners]
    positive = options.get("domain") == "positive"
    for point in [*grid, *points(names, seed, positive=positive)]:
        if positive and min(point.values(), default=Fraction(1)) <= 0:
            continue
        one, other = _holds(right, point), _holds(given, point)
        if one is None or other is None:
            continue
        if one is not other:
            return _DIFFERENT
        agreed += 1
    if agreed < POINTS:
        raise NotRead("no certain truth at enough points")
    return Finding(same=True, how=f"true or false alike at {TRIES} points and more")


def _constants(node: Node) -> set[Fraction]:
    value = None if node.names() or node.op in _RELATIONS else exact(node)
    own = set() if value is None else {value, -value}
    return own.union(*(_constants(part) for part in node.args))


def _holds(node: Node, point: Mapping[str, Fraction]) -> bool | None:
    """Return whether a condition holds at a point; None where that is not certain."""
    if node.op in {"and", "or"}:
        parts = [_holds(part, point) for part in node.args]
        if (node.op == "or") in parts:
            return node.op == "or"
        return None if None in parts else node.op == "and"
    if node.op not in _RELATIONS - {"in"}:
        raise NotRead("a condition in another notation")
    difference = _put(_less(*node.args), point)
    try:
        value = exact(difference)
        ball = interval(difference, {})
        above, below = (ball.a > 0, ball.b < 0) if value is None else (value > 0, value < 0)
    except (NotRead, Undefined):
        return None
    if value is None and not (above or below):
        return None
    return {"<": below, ">": above, "<=": not above, ">=": not below}.get(
        node.op, (above or below) == (node.op == "!=")
    )


def _put(node: Node, point: Mapping[str, Fraction]) -> Node:
    if node.op == "name":
        return number(point[node.name])
    return Node(node.op, tuple(_put(part, point) for part in node.args), node.value, node.name)


def _equation(right: Node, given: Node, options: Options) -> Finding:
    """Compare equations by the ratio of their differences, or the letter solved for."""
    one, other = (_less(*side.args) for side in (right, given))
    positive = options.get("domain") == "positive"
    places = points(right.names() | given.names(), repr((right, given)), positive=positive)
    ratio = Node("/", (other, one))
    try:
        at = interval(ratio, places[0])
        agree = [_at(at, interval(ratio, place)) is None for place in places[1:POINTS]]
        if all(agree) and 0 not in at:
            return Finding(same=True, how="a constant multiple at points, to 60 digits")
    except Undefined:
        pass
    letter, value = right.args if right.args[0].op == "name" else right.args[::-1]
    if letter.op != "name" or letter.name in value.names():
        raise NotRead("equations that are no constant multiples of each other")
    return _same_expression(number(Fraction(0)), _solved(other, letter.name, value), options)


def _solved(node: Node, name: str, value: Node) -> Node:
    if node == Node("name", name=name):
        return value
    parts = tuple(_solved(part, name, value) for part in node.args)
    return Node(node.op, parts, node.value, node.name)


def _words(kind: str, expected: str, text: str, options: Options) -> Finding:
    """Compare words; of a choice, also its letter and its other spellings."""
    words, wanted = _folded(text), _folded(expected)
    if words == wanted:
        return Finding(same=True, how=EXACTLY)
    choices: Sequence[str] = options.get("choices", ())
    meant = {_folded(choice): _folded(choice) for choice in choices}
    for name, others in options.get("also", {}).items():
        option = wanted if name == "answer" else _folded(name)
        meant.update({_folded(other): option for other in others})
    if (letter := re.fullmatch(r"\(?([a-z])\)?", words)) and words not in meant:
        place = ord(letter[1]) - ord("a")
        meant[words] = _folded(choices[place]) if place < len(choices) else ""
    if words not in meant and kind == "choice":
        raise NotRead("words that are no option")
    return Finding(same=True, how=EXACTLY) if meant.get(words) == wanted else _DIFFERENT


def _folded(text: str) -> str:
    """Return words without case, spacing, hyphens and closing marks."""
    words = re.sub(r"[-_‐‑–]+", " ", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(words.strip(" .,;:!?\"'`$").split())
