"""Whether two answers are the same, kind by kind: a counter-example is certain, or there is none.

Two values differ where the intervals that hold them do not meet. They are the same where they are
exactly equal, or agree at every random point to 60 digits, which `numbers.proves_zero` may confirm.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any, TypeAlias

from mpmath import iv

from examgen.audit.numbers import DIGITS, Undefined, exact, interval
from examgen.audit.reading import Commas, Node, NotRead, number, one_name, plain, read

Options: TypeAlias = Mapping[str, Any]
POINTS, TRIES = 6, 30
_NAMED = re.compile(r"\A\s*(?:≈|(?:[A-Za-z]\w{0,3}\s*)?=(?!=))\s*")
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

    @property
    def is_certain(self) -> bool:
        """Return whether it is known without points at random."""
        return not self.same or self.how in {EXACTLY, WITHIN}


EXACTLY, WITHIN, DIGITS_AGREE = "exactly", "within the tolerance", f"at points, to {DIGITS} digits"
_DIFFERENT = Finding(same=False, how="different for certain")


def compare(kind: str, expected: str, text: str, options: Options) -> Finding:
    """Compare an answer with an expected one.

    Raises:
        NotRead: one of them is not in plain notation, or nothing is certain.
    """
    if kind in {"choice", "text"}:
        return _words(kind, expected, text, options)
    if kind in {"selection", "matching", "ordering"}:
        return _ticks(kind, expected, text, options)
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
        known, (given, _, factors) = _units(expected, options)[2], _units(text, options)
        return Node("*", (given, number(factors[0] / known[0])))
    return _read(kind, expected, text, options)[1]


def _compared(kind: str, expected: str, text: str, options: Options) -> Finding:
    for noun in sorted(options.get("nouns", ()), key=len, reverse=True):
        text = re.sub(rf"(?<=[\d\s)}}]){re.escape(noun)}\s*\.?\s*$", "", text, flags=re.IGNORECASE)
    match kind:
        case "quantity":
            return _quantity(expected, text, options)
        case "interval":
            return _interval(expected, text, options)
        case "set":
            return _set(*_read(kind, expected, text, options), options)
        case "equation" | "inequality":
            return _condition(*_read(kind, expected, text, options), options)
        case "integer":
            right, given = _read(kind, expected, text, options)
            wanted, value = exact(right), exact(given)
            if wanted and value and wanted.denominator == 1 != value.denominator:
                return _DIFFERENT
            return _same(right, given, options)
        case _ if kind in _COMMAS:
            return _same(*_read(kind, expected, text, options), options)
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
        expected, text = _crosses(expected), _crosses(text)
    variables = options.get("variables", ())
    variables = variables.replace(",", " ").split() if isinstance(variables, str) else variables
    variables = {*variables, *options.get("known", ())}
    right = read(expected, variables, _COMMAS[kind])
    known = right.names() | set(map(one_name, variables))
    for other in options.get("mistakes", ()):  # names that the question has
        known |= read(other, variables, _COMMAS[kind]).names()
    is_condition = kind in {"equation", "inequality"}
    given = read(text if is_condition else _NAMED.sub("", text), known, _COMMAS[kind])
    if given.names() - known:
        raise NotRead("a name that the key does not have")
    if {"i", "j"} & (right.names() - variables):
        raise NotRead("complex numbers")
    if not is_condition and _has(given, _RELATIONS):
        raise NotRead("a comparison, or sides joined by =")
    if _COMMAS[kind] != "listed" and (given.op == "list" != right.op or _has_set(given)):
        raise NotRead("several values")
    return right, given


def _has(node: Node, ops: frozenset[str]) -> bool:
    return node.op in ops or any(_has(part, ops) for part in node.args)


def _has_set(node: Node) -> bool:
    return node.name == "{}" or any(map(_has_set, node.args))


def _crosses(text: str) -> str:
    """Return a shape with commas between its sizes."""
    bare = plain(text)
    if re.search(r"\d[  ]\d", text):
        raise NotRead("commas or spaces that may be read in two ways")
    crosses = r"(?<=[\d)])\s*(?:[xX*]|\bby\b)\s*(?=[\d(])"
    return bare if re.search("[,;]", bare) else re.sub(crosses, ", ", bare)


def _same(right: Node, given: Node, options: Options) -> Finding:
    """Compare values, and flat or nested lists of them place by place."""
    if right.op == "list" or given.op == "list":
        lists = [node.op == "list" for node in (right, given)]
        if not all(lists) or _depth(right) != _depth(given):
            raise NotRead("another number of brackets")
        if options.keys() & {"sigfigs", "decimals", "accuracy", "log10"}:
            raise NotRead("several numbers that are rounded")
        if len(right.args) != len(given.args):
            return _DIFFERENT
        pairs = zip(right.args, given.args, strict=True)
        found = [_same(one, other, options) for one, other in pairs]
        return next((item for item in found if not item.same or not item.is_certain), found[0])
    if right.names() | given.names():
        return _same_expression(right, given, options)
    return _close(right, given, options)


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.args), default=0) if node.op == "list" else 0


def _close(right: Node, given: Node, options: Options, worth: Fraction = Fraction(1)) -> Finding:
    """Compare numbers within the tolerance; `worth` is the unit of `abs`."""
    wanted, value = exact(right), exact(given)
    if wanted is None or value is None:
        return _close_intervals(right, given, options)
    if "log10" in options:
        same = _decades(value, wanted, _tolerance(options, "log10"))
    elif places := _places(wanted, options):
        same = not places[0] or _rounded(value, places[1]) == _rounded(wanted, places[1])
    else:
        slack = _tolerance(options, "rel") * abs(wanted) + _tolerance(options, "abs") * worth
        same = abs(value - wanted) <= slack
    how = EXACTLY if value == wanted else WITHIN
    return Finding(same, how if same else _DIFFERENT.how)


def _tolerance(options: Options, name: str) -> Fraction:
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
    slack = [_tolerance(options, name) for name in ("rel", "abs")]
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
    if any(_has(item, frozenset({"list"})) for side in sets for item in side):
        raise NotRead("a set of sets or lists, or made of others")
    if options.keys() & {"sigfigs", "decimals", "accuracy", "log10"}:
        raise NotRead("several numbers that are rounded")
    same = all(any(_same(a, b, options).same for b in sets[1]) for a in sets[0])
    same = same and all(any(_same(a, b, options).same for a in sets[0]) for b in sets[1])
    return Finding(same=True, how=EXACTLY) if same else _DIFFERENT


def _units(text: str, options: Options) -> tuple[Node, str, list[Fraction]]:
    """Return a quantity's number, the base unit and what its unit may be worth in it."""
    found = re.fullmatch(r"(.*[\d)}.])\s*([A-Za-z][A-Za-z/]*)?\s*\.?\s*", plain(text, "in numbers"))
    if found is None:
        raise NotRead("a unit that the audit does not know")
    bare, unit = _NAMED.sub("", found[1], count=1), found[2] or ""
    node = read(bare, (), "in numbers")
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
    right, base, known = _units(expected, options)
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
    if options.keys() & {"sigfigs", "decimals", "accuracy", "log10"}:
        raise NotRead("several numbers that are rounded")
    node = read(bare, options.get("variables", ()), "listed")
    if node.op == "list" and len(node.args) == 2 and not node.names():
        closed = ("[" if node.name[:1] == "[" else "(") + ("]" if node.name[1:] == "]" else ")")
        return *node.args, closed
    if node.name == "chain" and len(node.args) == 2:
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
    if options.keys() & {"rel", "abs"}:
        raise NotRead("a condition with a tolerance")
    agreed = 0
    names, seed = right.names() | given.names(), repr((right, given))
    ends = sorted({value for side in (right, given) for value in _constants(side)})
    steps = (Fraction(0), Fraction(-1, 997), Fraction(1, 997))
    near = [end + step for end in ends[:12] for step in steps]
    corners = list(product(near, repeat=len(names))) if len(near) ** len(names) <= 300 else []
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
        ball = interval(difference if value is None else number(value), {})
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
    found = _same_expression(number(Fraction(0)), _solved(other, letter.name, value), options)
    if found.same and Node("name", name=letter.name) not in given.args:
        raise NotRead("equations of which one may have more solutions")
    return Finding(same=True, how=DIGITS_AGREE) if found.same else found


def _solved(node: Node, name: str, value: Node) -> Node:
    if node == Node("name", name=name):
        return value
    parts = tuple(_solved(part, name, value) for part in node.args)
    return Node(node.op, parts, node.value, node.name)


def _words(kind: str, expected: str, text: str, options: Options) -> Finding:
    """Compare words; of a choice, also its letter and its other spellings."""
    wanted = _folded(expected)
    if kind == "text":
        spellings = options.get("also", {})
        others = [text for name in ("answer", expected) for text in spellings.get(name, ())]
        if _folded(text) in {wanted, *map(_folded, others)}:
            return Finding(same=True, how=EXACTLY)
        letters = ["".join(filter(str.isalnum, _folded(side))) for side in (expected, text)]
        if "\\" in text or letters[0] == letters[1]:
            raise NotRead("words that differ in their marks")
        return _DIFFERENT
    return (
        Finding(same=True, how=EXACTLY) if _option(text, wanted, options) == wanted else _DIFFERENT
    )


def _option(text: str, wanted: str, options: Options) -> str:
    """Return the option that a text names, by its words, its letter or another spelling."""
    choices = [_folded(choice) for choice in options.get("choices", ())]
    words, meant = _folded(text), {wanted: wanted, **dict(zip(choices, choices, strict=True))}
    for name, others in options.get("also", {}).items():
        meant |= {_folded(other): wanted if name == "answer" else _folded(name) for other in others}
    letter = re.fullmatch(r"\(?([a-z])\)?", words)
    if letter and words not in meant and ord(letter[1]) - ord("a") < len(choices):
        return choices[ord(letter[1]) - ord("a")]
    if words not in meant:
        raise NotRead("words that are no option")
    return meant[words]


def _ticks(kind: str, expected: str, text: str, options: Options) -> Finding:
    """Compare several options: a set of them, an order, or places with an option each."""
    sides: list[list[str]] = []
    for side in (expected, text):
        pieces = [piece.strip() for piece in re.split(r"[;\n]", side) if piece.strip()]
        pairs = [re.fullmatch(r"(?:(\d+)\s*[:.)-])?\s*(.*)", piece) for piece in pieces]
        is_matching = kind == "matching"
        if is_matching and not all(pair and pair[1] for pair in pairs):
            raise NotRead("pairs in another notation")
        named = [
            pair[2] if is_matching and pair else p for p, pair in zip(pieces, pairs, strict=True)
        ]
        meant = [_option(name, "", options) for name in named]
        marks = [f"{pair[1]}: " if is_matching and pair else "" for pair in pairs]
        sides.append([mark + one for mark, one in zip(marks, meant, strict=True)])
    right, given = sides if kind == "ordering" else map(sorted, sides)
    return Finding(same=True, how=EXACTLY) if right == given else _DIFFERENT


def _folded(text: str) -> str:
    """Return words without case, spacing, hyphens and closing marks."""
    words = re.sub(r"(?<=\w)[-‐‑–](?=\w)", " ", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(words.strip(' .,;:"$').split())
