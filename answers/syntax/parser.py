"""The one grammar for answers: plain text, Unicode and LaTeX.

    logic    := junct {"or" junct}            junct  := turn {"and" turn}
    turn     := "not" turn | relation         relation := sets {sign sets}
    sets     := sum {"∪" sum} | sum {"∩" sum} | sum {"∖" sum}
    sum      := product {("+" | "-" | "±") product}
    product  := factor {("*" | "/" | nothing) factor}
    factor   := ("+" | "-") factor | power    power  := postfix ["^" factor]
    postfix  := primary {"!" | "%" | "°"}
    primary  := number | name | function argument | bracketed | "|" sum "|" | LaTeX structure

Implicit multiplication binds like the explicit one: 1/2x is (1/2)x. A function without brackets
takes the factors that follow without a sign: sin 2x cos x is sin(2x) cos(x). Between conditions,
`∪` means `or` and `∩` means `and`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from answers.syntax.arithmetic import UNION, Arithmetic
from answers.syntax.nodes import REALS, Builder, Logic, Node, Num, Rel, Seq, Sets, Sym
from answers.syntax.normalize import STUDENT, Limits, normalized
from answers.syntax.tokenizer import SHORT, Comma, whole_number
from answers.syntax.vocabulary import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

RELATIONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "≈", "∈", "∉"})
_RELATED = RELATIONS | {"not"}
_OR, _AND = frozenset({"or", "||", "∪"}), frozenset({"and", "∩", "&"})
_BETWEEN_SETS = frozenset({"∪", "∩", "∖", "-"}) | UNION
_OPENING_SETS = frozenset({"(", "[", "]", "{", "\\{", "R"})
# A plain backslash takes a set away: [0, 3] \ [1, 2] and R\{3}, which LaTeX writes otherwise.
_BACKSLASH = re.compile(
    r"(?:(?<=[^\\][)\]R])|(?<=[}])|(?<=^R))(?:\s+\\(?=\s+[(\[\]{\\R])|\s*\\(?=\{[^{}\\]*\}))"
)


def read(
    text: str,
    names: Names | None = None,
    *,
    comma: Comma = Comma.IN_NUMBERS,
    limits: Limits = STUDENT,
) -> Node:
    """Reads an answer.

    Args:
        text: what was written.
        names: which letters are variables.
        comma: whether commas belong to numbers or stand between the parts of a list.
        limits: how much is read at most.

    Raises:
        Unreadable: with the place of the trouble.
    """
    clean = normalized(text, limits)
    if clean.isdecimal() and len(clean) <= SHORT:
        return Num(whole_number(clean), clean)
    if "\\" in clean and comma is Comma.BETWEEN:
        clean = _BACKSLASH.sub("∖", clean)
    return Parser(clean, names or Names(), comma, limits).everything()


class Parser(Arithmetic):
    """Reads one text: conditions, sets, and what they are made of."""

    # -- the whole answer -----------------------------------------------------------------------

    def everything(self) -> Node:
        """The whole text: one sentence, or several with commas or semicolons between."""
        first = self.tokens[0]
        if first.kind == "num" and len(self.tokens) == 2:
            return Num(first.value, first.text)
        items = [self.logic()]
        if self.next.kind == "end":
            return items[0]
        separated = False
        while self.is_next(",", ";"):
            separated = True
            self.at += 1
            if self.next.kind == "end":
                break
            items.append(self.logic())
        if self.is_next(".") or self.is_next(":"):
            self.at += 1
        if self.next.kind != "end":
            raise self.error(f"{self.next.text.removeprefix(chr(92))!r} is not expected here")
        return Seq("", tuple(items), "") if separated else items[0]

    # -- comparisons ----------------------------------------------------------------------------

    def logic(self) -> Node:
        """Parts joined by `or`."""
        first = self._junct()
        if self.tokens[self.at].text not in _OR:
            return first
        parts = [first]
        while self.tokens[self.at].text in _OR:
            self.at += 1
            parts.append(self._junct())
        return Logic("or", tuple(parts))

    def _junct(self) -> Node:
        first = self._turn()
        if self.tokens[self.at].text not in _AND:
            return first
        parts = [first]
        while self.tokens[self.at].text in _AND:
            self.at += 1
            parts.append(self._turn())
        return Logic("and", tuple(parts))

    def _turn(self) -> Node:
        sign = self.tokens[self.at].text
        if sign == "not" or (sign == "!" and self.tokens[self.at + 1].text == "("):
            self.at += 1
            return Logic("not", (self.nested(self._turn),))
        return self._relation()

    def _relation(self) -> Node:
        if self.at == 0 and self.is_next("=", "≈"):
            self.at += 1
        first = self._sets()
        if self.tokens[self.at].text not in _RELATED:
            return first
        sides, signs = [first], []
        while self._relation_follows():
            signs.append(self.take().text)
            sides.append(self._sets())
        if not signs:
            return first
        links = [
            _related(sign, left, right)
            for sign, left, right in zip(signs, sides, sides[1:], strict=False)
        ]
        return links[0] if len(links) == 1 else Logic("and", tuple(links))

    def _relation_follows(self) -> bool:
        if self.is_next("not") and self.tokens[self.at + 1].text == "∈":
            self.at += 1
            self.tokens[self.at] = replace(self.next, text="∉")
        return self.tokens[self.at].text in RELATIONS

    # -- sets -----------------------------------------------------------------------------------

    def _sets(self) -> Node:
        first = self.sum()
        if self.tokens[self.at].text not in _BETWEEN_SETS or not _stands_for_set(first):
            return first
        parts = [first]
        joined = sign = self._sign_between_sets()
        while sign is not None:
            if sign != joined:
                raise self.error("brackets are missing: which of the sets are joined first?")
            self.tokens[self.at] = replace(self.next, text=sign)
            self.at += 1
            parts.append(self.sum())
            sign = self._sign_between_sets()
        return first if joined is None else Sets(joined, tuple(parts))

    def _sign_between_sets(self) -> str | None:
        """The next sign where it joins two sets; else it belongs to arithmetic or conditions."""
        sign = self.next.text
        if sign == "-":
            return "∖" if self.removes_a_set() else None
        if sign in UNION:
            return "∪" if self.union_letter() else None
        if sign in {"∪", "∩", "∖"} and self.tokens[self.at + 1].text in _OPENING_SETS:
            return sign
        return None

    def builder(self) -> Node | None:
        """What stands in the braces of `{x | x > 3}` or `{x ∈ ℝ : x > 3}`; else None."""
        if self.next.kind != "name" or not self._bar_follows():
            return None
        letter = self.name()
        within: Node = REALS
        if self.is_next("∈"):
            self.at += 1
            self.bars, bars = 1, self.bars
            within = self._sets()
            self.bars = bars
        if not isinstance(letter, Sym) or not self.is_next("|", ":"):
            raise self.error("a set such as {x | x > 3} is expected")
        self.at += 1
        where = self._conditions()
        if within == REALS:
            return Builder(letter, where)
        return Builder(letter, Logic("and", (Rel("in", letter, within), where)))

    def _bar_follows(self) -> bool:
        """Whether a bar or colon comes before the brace closes, and behind it a comparison."""
        if self.tokens[self.at + 1].text not in {"|", ":", "∈"}:
            return False
        bar = next((at for at in self._inside() if self.tokens[at].text in {"|", ":"}), None)
        return bar is not None and any(
            self.tokens[at].text in RELATIONS for at in self._inside() if at > bar
        )

    def _inside(self) -> Iterator[int]:
        """The places up to the closing brace."""
        depth = 0
        for at in range(self.at, len(self.tokens)):
            depth += self.tokens[at].text in {"{", "\\{"}
            depth -= self.tokens[at].text in {"}", "\\}"}
            if depth < 0:
                return
            yield at

    def _conditions(self) -> Node:
        """Conditions with commas between, which hold together."""
        parts = [self.logic()]
        while self.is_next(",", ";"):
            self.at += 1
            parts.append(self.logic())
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))


def _related(sign: str, left: Node, right: Node) -> Node:
    if sign == "∉":
        return Logic("not", (Rel("in", left, right),))
    return Rel({"∈": "in", "≈": "="}.get(sign, sign), left, right)


def _stands_for_set(node: Node) -> bool:
    return isinstance(node, Sets | Builder) or (isinstance(node, Seq) and bool(node.open))
