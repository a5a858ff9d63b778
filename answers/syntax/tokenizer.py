"""From characters to numbers, names and signs, for plain text and LaTeX alike."""

from __future__ import annotations

import re
import string
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.syntax.errors import Unreadable
from answers.syntax.functions.table import FUNCTIONS, LN
from answers.syntax.vocabulary import GREEK_LETTERS, VARIANTS
from examgen.ground.record import record

if TYPE_CHECKING:
    from answers.syntax.normalize import Limits


class Comma(StrEnum):
    """The meaning of a comma between digits: part of a number, or a mark between two of them."""

    IN_NUMBERS = "in numbers"
    BETWEEN = "between"
    DECIMAL = "decimal"


@record
class Token:
    """A token: `kind` is `num`, `name`, `op` or `end`; no name is spelled like a sign."""

    kind: str
    text: str
    at: int
    value: Fraction = Fraction(0)
    spaced: bool = False


_EXPONENT = r"(?:[eE][+-]?\d+(?![\d.]))?"
_GROUPED = r"\d{1,3}(?:(?:,|\{,\})\d{3})+(?!\d)(?:\.\d*)?"
_BRACED = r"\d{1,3}(?:\{,\}\d{3})+(?!\d)(?:\.\d*)?|\d+\{,\}\d+"
_GROUPS = r"\d{1,3}(?:(?: |\\[,;: ]|~|')\d{3})+(?!\d)"
_SPACED = rf"{_GROUPS}(?:\.\d*)?"
_SPACED_COMMA = rf"{_GROUPS},\d+"
_DOTTED = r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
# Most numbers: nothing follows that could belong to them.
_WHOLE = {
    comma: rf"\d+(?![\d.eE\\]|\{{,|[{'' if comma is Comma.BETWEEN else ','} '~]\d)"
    for comma in Comma
}
_PLAIN = r"\d+(?:\.\d*)?|\.\d+"
_NUMBERS = {
    Comma.IN_NUMBERS: re.compile(
        rf"(?:{_DOTTED}|{_GROUPED}|{_SPACED_COMMA}|{_SPACED}|\d+,\d+|{_PLAIN}){_EXPONENT}"
    ),
    Comma.BETWEEN: re.compile(rf"(?:{_BRACED}|{_SPACED}|{_PLAIN}){_EXPONENT}"),
    Comma.DECIMAL: re.compile(
        rf"(?:{_DOTTED}|{_BRACED}|{_SPACED_COMMA}|\d+,\d+|{_SPACED}|{_PLAIN}){_EXPONENT}"
    ),
}
_SUBSCRIPT = re.compile(r"_(?:\{([^{}]*)\}|(\d+|[A-Za-z][A-Za-z0-9]*))")
_OPERATOR = re.compile(r"[*·×/^=_]|\\(?:cdot|times|ast|circ|odot|otimes|frac|sqrt)(?![a-z])")
_BRACES = re.compile(r"[\s\\{}]")
_PRIMES = re.compile(r"'+")
_UNDER_ACCENT = re.compile(r"\s*(?:\{\s*\\?([A-Za-z]+)\s*\}|([A-Za-z])|\\([A-Za-z]+))")
_SPACE = r"(?:\s|\\[,;:! ]|\\q?quad(?![a-zA-Z])|\\[()\[\]]|~|\\displaystyle|\\limits|\$)+"
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_SIGNS = ("**", "<=", ">=", "!=", "==", "<>", "=<", "=>", "&&", "||", "\\\\", "\\{", "\\}", "\\|")
# Begins no longer sign.
_ALONE = frozenset("+-/^()[]{},;:×·∪∩∖∈∉±⌊⌋⌈⌉→%°")
_LETTERS, _DIGITS = frozenset(string.ascii_letters), frozenset(string.digits)
_END = "\n"  # follows the last character
_BEHIND_LETTER = frozenset({_END, *string.digits, *" +-*/^=<>!()[]{}|,;:×·"})
_BEHIND_DIGIT = {
    comma: frozenset({_END, *string.ascii_letters, *"+-*/^=<>!()[]}|;×·"}) - frozenset("eE")
    | frozenset("," if comma is Comma.BETWEEN else "")
    for comma in Comma
}
_CANON = {
    "**": "^", "==": "=", "<>": "!=", "=<": "<=", "=>": ">=", "&&": "and",
    "\\|": "|", "‖": "|",
}  # fmt: skip
_WORDS_OF = {
    comma: re.compile(
        rf"(?P<space>{_SPACE})|(?P<whole>{_WHOLE[comma]})|(?P<number>(?=\.?\d){numbers.pattern})"
        r"|(?P<name>[A-Za-zαβγδεζηθικλμνξρστυφχψωΓΔΘΛΞΠΣΦΨΩ∂∇ς]+)"
        rf"|(?P<sign>{'|'.join(map(re.escape, _SIGNS))}"
        r"|\.(?=\s*$)|[-+*/^=<>!()\[\]{}|,;:'&%°×·≈∪∩∖∈∉±⌊⌋⌈⌉→‖])"
        r"|(?P<command>\\)"
    )
    for comma, numbers in _NUMBERS.items()
}
# Outside and inside of the brackets of a function, and what is behind a digit.
_PATTERNS = {
    comma: (words, _WORDS_OF[Comma.BETWEEN if comma is Comma.IN_NUMBERS else comma],
            _BEHIND_DIGIT[comma])
    for comma, words in _WORDS_OF.items()
}  # fmt: skip
_COMMAND_SIGNS = {
    "cdot": "·", "times": "×", "ast": "*", "div": "/", "odot": "·", "circ": "·", "otimes": "·",
    "bullet": "·", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=",
    "geqslant": ">=", "lt": "<", "gt": ">", "ne": "!=", "neq": "!=", "cup": "∪", "cap": "∩",
    "in": "∈", "notin": "∉", "setminus": "∖", "smallsetminus": "∖", "backslash": "∖",
    "pm": "±", "lbrace": "\\{", "rbrace": "\\}", "lbrack": "[", "rbrack": "]",
    "langle": "(", "rangle": ")", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
    "lVert": "|", "rVert": "|", "Vert": "|", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "approx": "≈", "land": "and", "wedge": "and", "lor": "or", "vee": "or",
    "lnot": "not", "neg": "not", "to": "→", "colon": ":", "percent": "%", "degree": "°",
    "lparen": "(", "rparen": ")", "star": "*", "leqq": "<=", "geqq": ">=", "nless": ">=",
    "ngtr": "<=", "nleq": ">", "ngeq": "<", "equiv": "=", "bigcup": "∪", "bigcap": "∩",
}  # fmt: skip
_IGNORED = frozenset(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr middle displaystyle textstyle limits mathbb"
    " mathrm mathit mathbf mathsf mathcal text textrm textbf textit boldsymbol operatorname bm"
    " boxed rm bf it mbox fbox framebox textnormal textsf texttt emph underline mathtt mathfrak"
    " mathscr ensuremath scriptstyle biggl biggr Biggl Biggr nolimits".split()
)
# A command whose braces only hold its argument together.
HOLDING = re.compile(rf"\\(?:{'|'.join(_IGNORED - {'left', 'right'})})\s*\Z")
ACCENTS = tuple("tilde hat bar vec widetilde widehat overline dot ddot overrightarrow".split())
# Commands that mean the same as another.
_SAME = {
    "widetilde": "tilde", "widehat": "hat", "overrightarrow": "vec", "dfrac": "frac",
    "tfrac": "frac", "cfrac": "frac", "nicefrac": "frac", "sfrac": "frac", "dbinom": "binom",
    "tbinom": "binom", "imath": "i", "jmath": "j",
}  # fmt: skip
_BRACED_DECIMAL = re.compile(r"\d+\{,\}(?:\d{1,2}|\d{4,}|(?<=^0\{,\})\d+)(?:[eE].*)?")
GAPS = re.compile(r"\{,\}|\\[,;: ]|[ ~'_]")
_ZERO = Fraction(0)
_SMALL = {digit: Fraction(digit) for digit in string.digits}
SHORT = 30
_NUMBER_KINDS = frozenset({"whole", "number"})
_BRACKETS = frozenset(r"( ) [ ] { } \{ \}".split())
_STRUCTURE = frozenset({"frac", "binom", "begin", "end", "over", "choose", "bmod"})
_WORDS = frozenset({"and", "or", "not"})
_SHOUTED = frozenset({"AND", "OR", "NOT"})
_OPPOSITE = {"=": "!=", "<": ">=", ">": "<=", "\\in": "∉"}
_NEGATED = re.compile(r"\s*(\\in\b|[=<>])")
_REFUSED = {
    **dict.fromkeys(("dots", "ldots", "cdots", "vdots", "ddots"), "write what the dots stand for"),
    **dict.fromkeys(
        ("subset", "subseteq", "supset", "forall", "exists"),
        "this sign has no meaning here",
    ),
}


def tokenize(text: str, limits: Limits, comma: Comma) -> list[Token]:
    """Part a text into tokens, the last of kind `end`.

    Raises:
        Unreadable: a sign or command that is not known, or more tokens than the limits allow.
    """
    return _Tokenizer(text, limits, comma).run()


class _Tokenizer:
    """A walk through a text, from left to right and once."""

    def __init__(self, text: str, limits: Limits, comma: Comma) -> None:
        self.text, self.limits, self.comma = text, limits, comma
        self.usual, self.inside, self.behind_digit = _PATTERNS[comma]
        self.at = 0
        self.out: list[Token] = []
        self.spaced = False
        self.open: list[bool] = []

    def run(self) -> list[Token]:
        """Return the tokens."""
        text, size, out = self.text, len(self.text), self.out
        behind_digit, signs = self.behind_digit, text + _END
        while (at := self.at) < size:
            # Most tokens have one character, and what follows cannot belong to them.
            first = signs[at]
            if first == " ":
                self.at, self.spaced = at + 1, True
                continue
            if first in _ALONE:
                if first in _BRACKETS:
                    self._bracket(first)
                out.append(Token("op", first, at, _ZERO, self.spaced))
            elif first in _LETTERS and signs[at + 1] in _BEHIND_LETTER:
                out.append(Token("name", first, at, _ZERO, self.spaced))
            elif first in _DIGITS and signs[at + 1] in behind_digit:
                out.append(Token("num", first, at, _SMALL[first], self.spaced))
            else:
                self._longer()
                continue
            self.at, self.spaced = at + 1, False
        if len(out) > self.limits.tokens:
            raise Unreadable(text[:60], 0, "the answer has too many parts")
        out.append(Token("end", "", size))
        return out

    def _longer(self) -> None:
        """Add a token of any length."""
        # Inside the brackets of a function of several arguments, a comma is between arguments.
        pattern = self.inside if self.open and self.open[-1] else self.usual
        found = pattern.match(self.text, self.at)
        if found is None:
            what = f"{self.text[self.at]!r} has no meaning here"
            raise Unreadable(self.text, self.at, what)
        kind, word = found.lastgroup, found[0]
        if kind == "space":
            self.at, self.spaced = found.end(), True
        elif kind == "sign":
            if word in _BRACKETS:
                self._bracket(word[-1])
            self._add("op", _CANON.get(word, word), found.end())
        elif kind == "whole" and len(word) <= SHORT:
            self._add("num", word, found.end(), whole_number(word))
        elif kind in _NUMBER_KINDS:
            self._add("num", word, found.end(), self._value(word))
        elif kind == "name":
            self._name(word, found.end())
        else:
            self._command()

    def _add(self, kind: str, text: str, end: int, value: Fraction = _ZERO) -> None:
        self.out.append(Token(kind, text, self.at, value, self.spaced))
        self.at, self.spaced = end, False

    def _value(self, raw: str) -> Fraction:
        digits, power = _digits(raw)
        whole, _, part = digits.partition(".")
        if "." in part:  # 0,123,456: a thousand does not begin with 0
            raise Unreadable(self.text, self.at, f"expected a number, found {raw}")
        if len(whole) + len(part) > self.limits.digits:
            raise Unreadable(self.text, self.at, f"more than {self.limits.digits} digits")
        if len(power) > 6 or abs(int(power or 0)) > self.limits.exponent:
            raise Unreadable(self.text, self.at, "the power of ten is out of range")
        number, raised = int(whole + part or "0"), int(power or 0) - len(part)
        return Fraction(number * 10**raised) if raised >= 0 else Fraction(number, 10**-raised)

    def _command(self) -> None:
        if self.text[self.at + 1 : self.at + 2] in {"%", "$", "#", "&", "_"}:
            self.at += 1
            return
        match = _COMMAND.match(self.text, self.at)
        if match is None or match[1].startswith(("input", "include", "write", "def")):
            raise Unreadable(self.text, self.at, "this backslash is not a known command")
        self._named_command(match[1], match.end())

    def _named_command(self, command: str, end: int) -> None:
        name = _SAME.get(command, command)
        if name in _REFUSED:
            raise Unreadable(self.text, self.at, _REFUSED[name])
        if name == "not" and (negated := _NEGATED.match(self.text, end)):
            self._add("op", _OPPOSITE[negated[1]], negated.end())
        elif name in _IGNORED:
            self.at = end
            if name in {"left", "right"} and self.text[end : end + 1] == ".":
                self.at += 1
        elif name in _COMMAND_SIGNS:
            sign = _COMMAND_SIGNS[name]
            self._bracket(sign)
            self._add("op", sign, end)
        elif command in ACCENTS:
            self._accent(command, end)
        elif name in _STRUCTURE:
            self._add("op", "\\" + name, end)
        elif name in {"emptyset", "varnothing"}:
            self._add("op", "\\{", end)
            self._add("op", "\\}", end)
        elif name == "infty":
            self._add("name", "inf", end)
        else:
            self._name(VARIANTS.get(name, name), end, whole=True)

    def _accent(self, name: str, end: int) -> None:
        match = _UNDER_ACCENT.match(self.text, end)
        if match is None:
            raise Unreadable(self.text, self.at, "a letter is expected under the accent")
        self._name(f"{_SAME.get(name, name)}{match[match.lastindex or 1]}", match.end(), whole=True)

    def _name(self, name: str, end: int, *, whole: bool = False) -> None:
        name = "".join(GREEK_LETTERS.get(c, c) for c in name) if not name.isascii() else name
        if name in _WORDS or (name in _SHOUTED and self.spaced and self.text[end : end + 1] == " "):
            self._add("op", name.lower(), end)
            return
        if name == "in" and self.spaced and self.comma is not Comma.IN_NUMBERS:
            self._add("op", "∈", end)
            return
        if self.text[end : end + 1] not in {"_", "'"}:
            self._add("name", "\\" + name if whole else name, end)
            return
        subscripts = ""
        while (match := _SUBSCRIPT.match(self.text, end)) is not None:
            inside = match[1] if match[1] is not None else match[2]
            if _OPERATOR.search(inside):
                raise Unreadable(self.text, match.start(), "an index is a name, not a calculation")
            subscripts += _BRACES.sub("", inside)
            end = match.end()
        primes = _PRIMES.match(self.text, end)
        if primes:
            end = primes.end()
        text = name + (f"_{subscripts}" if subscripts else "") + (primes[0] if primes else "")
        self._add("name", ("\\" if whole else "") + text, end)

    def _bracket(self, sign: str) -> None:
        if sign in "([{":
            before = self.out[-1] if self.out and not self.spaced else None
            is_call = before is not None and before.kind == "name"
            self.open.append(is_call and not _has_one_argument(self.out[-1].text))
        elif sign in ")]}" and self.open:
            self.open.pop()


def _has_one_argument(name: str) -> bool:
    """Return whether a comma after `name(` can only be a decimal one; log(8, 2) has a base."""
    word, _, index = name.removeprefix("\\").partition("_")
    function = FUNCTIONS.get(word)
    return function is not None and function.arity == 1 and bool(index or function is not LN)


@lru_cache(maxsize=4_096)
def whole_number(digits: str) -> Fraction:
    """Return a number of so few digits that it needs no limit."""
    return Fraction(int(digits))


def _digits(raw: str) -> tuple[str, str]:
    """Return the digits of a number with a decimal point, and its power of ten."""
    if raw.replace(".", "", 1).isdecimal():
        return raw, ""
    if _BRACED_DECIMAL.fullmatch(raw):
        raw = raw.replace("{,}", ".")
    digits, _, power = GAPS.sub("", raw).lower().partition("e")
    return _decimal_point(digits, raw), power


def _decimal_point(digits: str, raw: str) -> str:
    """Return digits with a point for the decimals, whichever marks were used."""
    if "," not in digits:
        return digits.replace(".", "") if digits.count(".") > 1 else digits
    plain = re.sub(r"[eE].*", "", raw).replace("{,}", ",")
    grouped = re.fullmatch(_GROUPED, plain)
    if grouped and not digits.startswith("0"):  # 1,234 is a thousand; 0,123 cannot be one
        return digits.replace(",", "")
    return digits.replace(".", "").replace(",", ".")
