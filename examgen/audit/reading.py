"""An answer's text as a tree: a small reader for plain notation, written apart from the judge's.

It refuses what it does not know (`NotRead`), so that the audit lists it in place of guessing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MAX_TEXT = 5_000
RELATIONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "and", "or", "in"})
# What may be before a value: x =, =, ≈.
NAMED = re.compile(r"\A\s*(?:≈|(?:[A-Za-z]\w{0,3}\s*)?=(?!=))\s*")
FUNCTIONS = frozenset(
    "sin cos tan exp ln log sqrt cbrt abs tanh sinh cosh sigmoid sigma relu max min".split()
)
_GREEK = frozenset("alpha beta gamma delta epsilon eta theta lambda mu rho tau phi omega".split())
_WORDS = frozenset({"e", "pi", "inf", "in", "and", "or"})
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SIGNS = {
    "×": "*", "·": "*", "⋅": "*", "−": "-", "–": "-", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    "∞": " inf ", "π": " pi ", "σ": " sigma ", "τ": " tau ", "∈": " in ", "**": "^",
}  # fmt: skip
_LATEX = [
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"\\(?:left|right|displaystyle)(?![A-Za-z])|\$|\\[!:;](?=\s|\w)", ""),
        (r"\\(?:begin|end)\{[pb]matrix\}", " "),
        (r"\\\\", ";"), ("&", ","), (r"\\[, ]", " "), (r"\\(?:times|cdot)(?![A-Za-z])", "*"),
        (r"\\leq?(?![A-Za-z])", "<="), (r"\\geq?(?![A-Za-z])", ">="), (r"\\infty", " inf "),
        (r"\\(?:mathrm|mathit|mathbf|text|textrm|textit)\{([A-Za-z]+)\}", r" \1 "),
        (r"\\(?=(?:(?:sin|cos|tan)h?|exp|ln|log|sqrt)(?![a-z]))", " "),
        (r"\\[dt]?frac", "\\\\frac"), (r"\\in(?![A-Za-z])", " in "),
        (r"\\operatorname\{([A-Za-z]+)\}", r" \1"),
        (r"\\(?=(?:sigma|tau|pi|max|min)(?![a-z]))", " "),
    )
]  # fmt: skip
_TOKEN = re.compile(
    r"\s*(?:(?P<num>\d+(?:\.\d*)?(?:[eE][+-]?\d+(?![\d.]))?|\.\d+)"
    r"|(?P<name>[A-Za-z]+\d*(?:_(?:\{[^{}]*\}|[A-Za-z0-9]+))?'*)"
    r"|(?P<sign>\\frac|\\[{}]|<=|>=|!=|[-+*/^()\[\]{},;=<>!%|]))"
)
# In a list: 0,5; 1 and 1,000; 2, and values with nothing but spaces between them.
_AMBIGUOUS = re.compile(
    r"\d,\d.*;|;.*\d,\d|\d,\d{3}(?!\d)|[\w)]\s+(?:[A-Za-z\d(]|[-+]\S)", re.DOTALL
)
_REPEATING = re.compile(r"\d[.,]\d*\(\d+\)")
Commas: TypeAlias = Literal["in numbers", "between", "listed"]
_POWERS = {"or": 1, "and": 2, "in": 3, **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), 4)}
_POWERS |= {"+": 10, "-": 10, "*": 20, "/": 20, "^": 30, "!": 40, "%": 40}
_CLOSING = frozenset(")]}[") | {"\\}"}
_OPENING = frozenset("([{") | {"\\frac"}


class NotRead(Exception):
    """An answer that the audit does not check, with the reason."""


@dataclass(frozen=True)
class Node:
    """A part of an answer: what it is (`num`, `name`, a function, a sign, brackets) and of what."""

    op: str
    args: tuple[Node, ...] = ()
    value: Fraction = Fraction(0)
    name: str = ""

    def names(self) -> set[str]:
        """Return the variables."""
        own = {self.name} if self.op == "name" else set()
        return own.union(*(part.names() for part in self.args))

    def size(self) -> int:
        """Return the number of parts."""
        return 1 + sum(part.size() for part in self.args)


def number(value: Fraction) -> Node:
    """Return a number as a tree."""
    return Node("num", value=value)


def read(text: str, known: Collection[str] = (), commas: Commas = "between") -> Node:
    """Read a text; several values with marks between them are a list.

    Args:
        text: verbatim.
        known: the variables.
        commas: what they are: in numbers (1,5 and 1,000), between arguments, or between values.

    Raises:
        NotRead: it is too long, or not in plain notation.
    """
    if len(text) > MAX_TEXT:
        raise NotRead("too long")
    if not text.isascii() and any(map(_is_raised_letter, text)):
        raise NotRead("raised or lowered letters")
    bare = plain(text, commas)
    if commas == "listed" and _AMBIGUOUS.search(bare):
        raise NotRead("commas or spaces that may be read in two ways")
    if _REPEATING.search(bare):
        raise NotRead("a decimal that may repeat")
    known = frozenset(map(one_name, known))
    holding = {"(", *("{" if "\\" in text or "$" in text else ""), *("[" * (commas != "listed"))}
    return _Reader(list(_tokens(bare, known)), known, holding).whole()


def _is_raised_letter(sign: str) -> bool:
    is_raised = unicodedata.decomposition(sign).startswith(("<super>", "<sub>"))
    return is_raised and sign.isalpha()


def plain(text: str, commas: Commas = "between") -> str:
    """Return a text in the alphabet of the tokens, LaTeX and signs of Unicode in plain ones."""
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+", lambda run: f"^({run[0].translate(_RAISED)})", text)
    text = unicodedata.normalize("NFKC", text).strip()
    text = re.sub(r"(?<!\d)[1-9]\d{0,2}(?:\{,\}\d{3})+(?!\d)", _joined, text).replace("{,}", ".")
    text = re.sub(r"\^\{([^{}]*)\}", r"^(\1)", text)
    if "\\" in text or "$" in text:
        for pattern, sign in _LATEX:
            text = pattern.sub(sign, text)
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    text = re.sub(r"(?<![\d.])(\d{1,3}(?: \d{3})+)(?!\d)", _joined, text)
    if commas == "in numbers":
        text = re.sub(r"(?<![\d.,])([1-9]\d{0,2}(?:,\d{3})+)(?![\d,])", _joined, text)
        text = re.sub(r"(?<![\d.,])(\d+),(\d+)(?![\d,])", r"\1.\2", text)
    return re.sub(r"(?<=[\d.])\s*[xX]\s*(?=10\s*\^)", "*", text)


def _joined(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found[0])


def _tokens(text: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            if not text[at:].strip(" ."):
                return
            raise NotRead("a sign that is not plain notation")
        at = found.end()
        kind = found.lastgroup or ""
        word = one_name(found[kind]) if kind == "name" else found[kind]
        if kind != "name" or word in known | FUNCTIONS | _WORDS:
            yield ("sign", word) if word in {"in", "and", "or"} else (kind, word)
        elif len(word) > 1 and all(letter in known for letter in word):
            yield from (("name", letter) for letter in word)
        else:
            is_run = len(word) > 1 and (word.isalpha() or text[at : at + 1] == "(")
            if is_run and word not in _GREEK:
                raise NotRead("letters in a row, or a function that the audit does not know")
            yield kind, word


def one_name(text: str) -> str:
    """Return a name in the one spelling in which names are compared.

    >>> one_name("h_{t - 1}"), one_name("k_0")
    ('h_t-1', 'k0')
    """
    return re.sub(r"_(?=\d)", "", re.sub(r"[\s{}]", "", text))


class _Reader:
    """Reads tokens by how tightly the signs bind (Pratt, 1973)."""

    def __init__(
        self, tokens: list[tuple[str, str]], known: frozenset[str], holding: set[str]
    ) -> None:
        self.tokens = [*tokens, ("end", "")]
        self.known = known
        self.holding = holding  # brackets around one value that make no list of it
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        found = self._items("")
        if self.tokens[self.at][0] != "end":
            raise NotRead("brackets or signs that do not fit")
        return found

    def _take(self, sign: str = "") -> str:
        word = self.tokens[self.at][1]
        if sign and word != sign:
            raise NotRead("brackets or signs that do not fit")
        self.at += 1
        return word

    def _items(self, opening: str) -> Node:
        """Read what is between brackets: one value, a list, or rows of a matrix."""
        rows: list[list[Node]] = [[]]
        commas = False
        while True:
            rows[-1].append(self._sum(0))
            mark = self.tokens[self.at][1]
            if mark not in {",", ";"}:
                break
            if mark == ";" and commas:
                rows.append([])
            commas = commas or mark == ","
            self._take()
        if len(rows) > 1:
            return Node("list", tuple(Node("list", tuple(row), name="[]") for row in rows))
        return rows[0][0] if len(rows[0]) == 1 and not opening else Node("list", tuple(rows[0]))

    def _sum(self, least: int) -> Node:
        self.depth += 1
        if self.depth > 60:
            raise NotRead("too deep")
        left = self._first()
        while (power := self._power()) > least:
            left = self._joined(left, power)
        self.depth -= 1
        return left

    def _power(self) -> int:
        kind, word = self.tokens[self.at]
        times = kind == "name" or word in {"(", "{", "\\frac"}
        if times or (word == "[" and self.tokens[self.at - 1][0] == "name"):
            return _POWERS["*"]
        return _POWERS.get(word, 0)

    def _joined(self, left: Node, power: int) -> Node:
        kind, word = self.tokens[self.at]
        if kind == "name" or word in _OPENING:
            return Node("*", (left, self._sum(power)))
        self._take()
        if word == "!":
            return Node("!", (left,))
        if word == "%":
            return Node("/", (left, number(Fraction(100))))
        right = self._sum(power - 1 if word == "^" else power)
        if power == _POWERS["="] and left.op in {"=", "!=", "<", "<=", ">", ">="}:
            return Node("and", (left, Node(word, (left.args[1], right))), name="chain")
        if power == _POWERS["="] and left.name == "chain":
            parts = (*left.args, Node(word, (left.args[-1].args[1], right)))
            return Node("and", parts, name="chain")
        return Node(word, (left, right))

    def _first(self) -> Node:
        kind, word = self.tokens[self.at]
        self.at += 1
        if kind == "num":
            if len(word) > 400 or abs(int(re.split("[eE]", word + "e0")[1] or 0)) > 1_000:
                raise NotRead("too many digits")
            return number(Fraction(word))
        if kind == "name":
            return self._name(word)
        if word in {"-", "+"}:
            if self.tokens[self.at][1] in {"-", "+"}:
                raise NotRead("two signs in a row")
            inner = self._sum(_POWERS["*"])
            return Node("-", (inner,)) if word == "-" else inner
        if word == "\\frac":
            return Node("/", (self._bracketed(self._take("{")), self._bracketed(self._take("{"))))
        if word in {"(", "[", "{", "\\{", "]"}:
            return self._bracketed(word)
        if word == "|":
            inner = self._sum(0)
            self._take("|")
            return Node("abs", (inner,))
        raise NotRead("brackets or signs that do not fit")

    def _bracketed(self, opening: str) -> Node:
        found = self._items(opening)
        closing = self._take()
        if closing not in _CLOSING:
            raise NotRead("brackets or signs that do not fit")
        pair = opening.strip("\\") + closing.strip("\\")
        if len(found.args) == 1 and pair in {"()", "[]", "{}"} and opening in self.holding:
            return found.args[0]
        return Node("list", found.args, name=pair)

    def _name(self, word: str) -> Node:
        if word in self.known:
            return Node("name", name=word)
        if word in FUNCTIONS:
            return self._function({"sigma": "sigmoid", "log": "ln"}.get(word, word))
        if word in {"e", "pi", "inf"}:
            return Node(word)
        return Node("name", name=word)

    def _function(self, name: str) -> Node:
        """Read the arguments of a function; its exponent may be before them."""
        if self.tokens[self.at][1] == "^":
            self._take()
            exponent = self._sum(_POWERS["^"])
            return Node("^", (self._function(name), exponent))
        opening = self._take()
        if opening not in {"(", "{"}:
            raise NotRead("a function without brackets")
        inner = self._items(opening)
        self._take(")" if opening == "(" else "}")
        return Node(name, inner.args)
