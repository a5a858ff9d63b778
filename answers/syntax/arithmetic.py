"""Numbers, names and the expressions that are made of them, read from left to right."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.syntax.applications import Applications, times
from answers.syntax.functions.table import (
    ABS,
    BINOMIAL,
    CEIL,
    DEGREES,
    FACTORIAL,
    FLOOR,
    MOD,
    PLUS_MINUS,
)
from answers.syntax.nodes import Add, Div, Neg, Node, Num, Pow, Seq
from answers.syntax.tokenizer import HOLDING, Comma, Token

if TYPE_CHECKING:
    from answers.syntax.functions.record import Function

_CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}
_MATRICES = frozenset(
    {"matrix", "pmatrix", "bmatrix", "vmatrix", "Bmatrix", "smallmatrix", "array"}
)
_OPENING = frozenset(r"( [ { \{ ⌊ ⌈ \frac \binom \begin".split())
_PLUS = frozenset({"+", "-", "±"})
_WORDS = frozenset({"num", "name"})
_TIMES = frozenset({"*", "·", "×"})
_BRACKETS_END = frozenset({")", "]", "}", "\\}"})
_COMMAS = frozenset({",", ";"})
_BEHIND_ITEMS = _COMMAS | _BRACKETS_END
# Behind most numbers; none of these changes what a number is.
_ENDS_PRODUCT = frozenset({"", *"+ - ) ] } \\} , ; = < > <= >= !=".split()})
_BEHIND_NUMBERS = _ENDS_PRODUCT | {"*", "·", "/"}
_BEHIND = frozenset({"!", "%", "°", "'"})
UNION = frozenset({"U", "u", "union"})
_CLOSING_SETS = frozenset({")", "]", "[", "}", "\\}", "R"})
_AROUND_SETS = frozenset({"", *r", ; ( ) [ ] { } \{ \} ∪ ∩ ∖ U = ∈ ∉ | : and or".split()})


class Arithmetic(Applications):
    """Reads sums; what stands in brackets may be more, which is left to the whole grammar."""

    # -- where arithmetic ends ------------------------------------------------------------------

    def removes_a_set(self) -> bool:
        """Whether a minus takes a set away: ℝ - {3}."""
        if self.comma is not Comma.BETWEEN or not self.is_next("-"):
            return False
        before, after = self.tokens[self.at - 1], self.tokens[self.at + 1]
        return before.text in _CLOSING_SETS and after.text in {"{", "\\{"}

    def union_letter(self) -> bool:
        """A capital U between brackets: `(-inf, 1) U (2, 3]`."""
        if self.tokens[self.at].text not in UNION:
            return False
        before, after = self.tokens[self.at - 1], self.tokens[self.at + 1]
        return before.text in {")", "]", "}", "\\}"} and after.text in {"(", "[", "{", "\\{"}

    # -- arithmetic -----------------------------------------------------------------------------

    def sum(self) -> Node:
        """A sum."""
        first = self._product()
        if self.tokens[self.at].text not in _PLUS or self.removes_a_set():
            return first
        terms = [first]
        while self.tokens[self.at].text in _PLUS and not self.removes_a_set():
            sign = self.take().text
            term = self._product()
            if sign == "±":
                terms.append(PLUS_MINUS(term))
            else:
                terms.append(term if sign == "+" else Neg(term))
        return Add(tuple(terms))

    def _product(self) -> Node:
        node = self._factor()
        while True:
            sign = self.tokens[self.at].text
            if sign in _ENDS_PRODUCT:
                return node
            if sign in _TIMES:
                self.at += 1
                node = times(node, self._factor())
            elif sign == "\\bmod" or (sign == MOD.name and self.tokens[self.at + 1].text != "("):
                self.at += 1
                node = MOD(node, self._factor())
            elif sign == "/" or (sign == ":" and self._divides()):
                self.at += 1
                node = Div(node, self._factor())
            elif self._factor_follows():
                node = times(node, self._power())
            else:
                return node

    def _divides(self) -> bool:
        """Whether a colon is a sign of division: not in `{x : x < 3}`, nor at the end."""
        return self.comma is not Comma.BETWEEN and self.tokens[self.at + 1].kind != "end"

    def _factor_follows(self) -> bool:
        """Whether the next word begins a factor although no sign stands before it."""
        token = self.tokens[self.at]
        if token.kind == "name":
            return not self.union_letter()
        if token.kind == "num":
            if self.tokens[self.at - 1].kind == "num":
                raise self.error("a sign is missing between two numbers")
            return True
        if token.kind != "op":
            return False
        if token.text == "|":
            return self.bars == 0
        if token.text == "[" and self.outward:
            return False
        return token.text in _OPENING

    def _factor(self) -> Node:
        if self.tokens[self.at].text not in _PLUS:
            return self._power()
        signs = 0
        minus = False
        while self.is_next("+", "-"):
            minus ^= self.take().text == "-"
            signs += 1
            if signs > self.limits.depth:
                raise self.error("too many signs in a row")
        if self.is_next("±"):
            self.at += 1
            return PLUS_MINUS(self._power())
        node = self._power()
        return Neg(node) if minus else node

    def _power(self) -> Node:
        token = self.tokens[self.at]
        if token.kind == "num" and self.tokens[self.at + 1].text in _BEHIND_NUMBERS:
            self.at += 1
            return Num(token.value, token.text)
        # What is nested in a name is counted there.
        is_word = token.kind in _WORDS
        base = self._primary() if is_word else self.nested(self._primary)
        if self.tokens[self.at].text in _BEHIND:
            base = self._marked(base)
        if self.tokens[self.at].text != "^":
            return base
        self.at += 1
        if self.is_next("·") and self.tokens[self.at].at > 0:  # \circ: degrees
            self.at += 1
            return DEGREES(base)
        if self.is_next("{") and self._degrees_in_braces():
            return DEGREES(base)
        return Pow(base, self._argument() if self.is_next("{") else self.nested(self._factor))

    def _degrees_in_braces(self) -> bool:
        if self.tokens[self.at + 1].text == "·" and self.tokens[self.at + 2].text == "}":
            self.at += 3
            return True
        return False

    def _marked(self, node: Node) -> Node:
        """What stands before `!`, `%` or `°`, with these marks."""
        while self.tokens[self.at].text in _BEHIND:
            sign = self.take().text
            match sign:
                case "!" if self.is_next("!"):
                    raise self.error("write a double factorial as a product")
                case "!":
                    node = FACTORIAL(node)
                case "%":
                    node = Div(node, Num(Fraction(100), "100"))
                case "°":
                    node = DEGREES(node)
                case _:
                    raise self.error("this mark has no meaning here", self.next.at - 1)
        return node

    # -- smallest parts -------------------------------------------------------------------------

    def _primary(self) -> Node:
        token = self.tokens[self.at]
        match token.kind:
            case "num":
                return self._number()
            case "name":
                return self.name()
            case "op":
                return self._structure(token)
        raise self.error("the answer ends too early" if self.at else "nothing to read")

    def _number(self) -> Node:
        token = self.take()
        number = Num(token.value, token.text)
        if not token.text.isdigit():
            return number
        fraction = self._proper_fraction()
        return number if fraction is None else Add((number, fraction))

    def _proper_fraction(self) -> Node | None:
        r"""The fraction of a mixed number: `1 1/2` or `1\frac12`."""
        after = self.tokens[self.at]
        if after.kind != "num" and after.text != "\\frac":
            return None
        following = self.tokens[self.at : self.at + 7]
        shape = " ".join(t.text if t.kind == "op" else t.kind for t in following)
        if shape.startswith("num / num") and following[0].spaced:
            above, below = following[0], following[2]
            length = 3
        elif shape.startswith("\\frac { num } { num }"):
            above, below = following[2], following[5]
            length = 7
        elif shape.startswith("\\frac num") and re.fullmatch(r"\d\d", following[1].text):
            above, below = (self._digit(following[1], place) for place in (0, 1))
            length = 2
        else:
            return None
        if not (above.text.isdigit() and below.text.isdigit() and above.value < below.value):
            return None
        self.at += length
        return Div(Num(above.value, above.text), Num(below.value, below.text))

    def _digit(self, token: Token, place: int) -> Token:
        return Token("num", token.text[place], token.at + place, Fraction(int(token.text[place])))

    def _structure(self, token: Token) -> Node:
        match token.text:
            case "(" | "[" | "{" | "\\{":
                return self._brackets()
            case "]" if self._is_open_interval():
                return self._brackets()
            case "||":
                self._split_bars()
                return self._bars()
            case "|":
                return self._bars()
            case "⌊":
                return self._rounded(FLOOR, "⌋")
            case "⌈":
                return self._rounded(CEIL, "⌉")
            case "\\frac":
                self.at += 1
                return Div(self._argument(), self._argument())
            case "\\binom":
                self.at += 1
                return BINOMIAL(self._argument(), self._argument())
            case "\\begin":
                return self._matrix()
            case _:
                raise self.error(f"{token.text.removeprefix(chr(92))!r} is not expected here")

    def _is_open_interval(self) -> bool:
        return self.comma is Comma.BETWEEN and not self.depth > 1

    def _rounded(self, function: Function, close: str) -> Node:
        self.at += 1
        inner = self.sum()
        self.expect(close)
        return function(inner)

    def _bars(self) -> Node:
        self.at += 1
        self.bars += 1
        inner = self.sum()
        self.bars -= 1
        if self.is_next("||"):
            self._split_bars()
        self.expect("|")
        return ABS(inner)

    def _split_bars(self) -> None:
        """Two bars in a row that are no `or`: in |x||y| one closes and one opens."""
        token = self.next
        bars = [replace(token, text="|", at=token.at + i) for i in (0, 1)]
        self.tokens[self.at : self.at + 1] = bars

    def _brackets(self) -> Node:
        opening = self.take().text
        start = self.at - 1
        bars, self.bars, outward = self.bars, 0, self.outward
        self.outward = opening == "]" or self._opens_outward()
        items: list[Node] = []
        separated = False
        builder = self.builder() if opening in {"{", "\\{"} else None
        while builder is None and not self._is_closing():
            items.append(self._item())
            if self.tokens[self.at].text not in _COMMAS:
                break
            separated = True
            self.at += 1
        self.bars, self.outward = bars, outward
        closing = self._close(opening, len(items))
        if builder is not None:
            return builder
        bracket = opening.removeprefix("\\")
        is_alone = len(items) == 1 and not separated
        if is_alone and opening in {"(", "{"} and closing in {")", "}"} and not self._is_set(start):
            return items[0]
        if is_alone and opening == "\\{" and self.comma is Comma.IN_NUMBERS:
            return items[0]
        if is_alone and opening == "[" and not self._lists_allowed():
            return items[0]
        return Seq(bracket, tuple(items), closing.removeprefix("\\"))

    def _stacked(self, above: Node) -> Node:
        r"""TeX's own `{a \over b}` and `{n \choose k}`, once the upper part is read."""
        sign = self.tokens[self.at].text
        if sign not in {"\\over", "\\choose"}:
            return above
        self.at += 1
        below = self.sum()
        return Div(above, below) if sign == "\\over" else BINOMIAL(above, below)

    def _item(self) -> Node:
        """One item; most are numbers that stand by themselves."""
        token = self.tokens[self.at]
        if token.kind == "num" and self.tokens[self.at + 1].text in _BEHIND_ITEMS:
            self.at += 1
            return Num(token.value, token.text)
        return self._stacked(self.logic())

    def _is_set(self, start: int) -> bool:
        """Whether braces around one element make a set, and do not only hold it together."""
        if self.comma is not Comma.BETWEEN or self.tokens[self.at - 1].text != "}":
            return False
        if HOLDING.search(self.text[: self.tokens[start].at]):
            return False
        before, after = self.tokens[start - 1].text if start else "", self.next
        return before in _AROUND_SETS and (after.kind == "end" or after.text in _AROUND_SETS)

    def _opens_outward(self) -> bool:
        """Whether `[` closes an interval written as `]0, 1[` or `[0, 1[`."""
        if self.comma is not Comma.BETWEEN or not self._has_square_behind():
            return False
        depth = 0
        for at in range(self.at, len(self.tokens)):
            sign = self.tokens[at].text
            if sign == "[" and not depth:
                after = self.tokens[at + 1]
                return after.kind == "end" or after.text in _AROUND_SETS or after.text in UNION
            if sign == "(":
                depth += 1
            elif sign in {")", "]"}:
                depth -= 1
            if depth < 0:
                return False
        return False

    def _has_square_behind(self) -> bool:
        return self.text.find("[", self.next.at) >= 0 or "\\lbrack" in self.text

    def _lists_allowed(self) -> bool:
        return self.comma is not Comma.IN_NUMBERS

    def _is_closing(self) -> bool:
        token = self.tokens[self.at]
        return token.text in _BRACKETS_END or token.kind == "end"

    def _close(self, opening: str, count: int) -> str:
        wanted = _CLOSING.get(opening, "[")
        if self.is_next(wanted):
            return self.take().text
        mixed = self.is_next(")", "]", "[") and opening in {"(", "[", "]"} and count == 2
        if mixed:
            return self.take().text
        if opening == "\\{" and self.is_next("}"):
            return self.take().text
        raise self.error(f"{wanted.removeprefix(chr(92))!r} is missing here")

    def _argument(self) -> Node:
        """What stands in braces after a LaTeX command; without braces one digit or letter."""
        if self.is_next("{"):
            self.at += 1
            inner = self.nested(self.sum)
            self.expect("}")
            return inner
        token = self.next
        if token.kind == "num" and len(token.text) > 1 and token.text.isdigit():
            # \frac12 is one half: take a digit and leave the rest.
            first, rest = token.text[0], token.text[1:]
            value = Fraction(int(rest))
            self.tokens[self.at] = Token("num", rest, token.at + 1, value)
            return Num(Fraction(int(first)), first)
        return self.nested(self._primary)

    def _matrix(self) -> Node:
        self.at += 1
        start = self.at
        name = self._environment()
        if name == "array" and self.is_next("{"):
            while not self.is_next("}"):
                self.take()
            self.at += 1
        rows, row = [], [self.sum()]
        while not self.is_next("\\end"):
            if self.is_next("&"):
                self.at += 1
                row.append(self.sum())
            elif self.is_next("\\\\"):
                self.at += 1
                if not self.is_next("\\end"):
                    rows.append(row)
                    row = [self.sum()]
            else:
                raise self.error("the matrix is not closed")
        rows.append(row)
        self.at += 1
        if self._environment() != name:
            raise self.error(f"the {name} is not closed", self.tokens[start].at)
        return Seq("[", tuple(Seq("[", tuple(items), "]") for items in rows), "]")

    def _environment(self) -> str:
        self.expect("{")
        name = self.take().text.removeprefix("\\")
        self.expect("}")
        if name not in _MATRICES:
            raise self.error(f"the environment {name!r} is not known")
        return name
