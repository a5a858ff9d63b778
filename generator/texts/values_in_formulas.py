r"""Values in formulas: braces and brackets where a value would run into what is beside it.

`\V{b}^2` with b = -7 is `(-7)^2`, `x_\V{i}` is `x_{14}`, `\V{a}\V{b}` is `14(5)` and `1+\V{b}` is
`1+(-3)`. Where nothing is beside a value it stays as it is, and so does all that is outside of
formulas. TeX's text is read token by token, as far as that needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from answers.syntax.vocabulary import GREEK
from solvers.graph.printing.style import LATEX

if TYPE_CHECKING:
    from collections.abc import Sequence

BEGIN, END = "\x02", "\x03"
_GROUP = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_PIECE = re.compile(
    rf"{BEGIN}[^{END}]*{END}"
    r"|\\begin\{(?P<raw>verbatim\*?|lstlisting)\}.*?\\end\{(?P=raw)\}"
    r"|\\verb\*?(?P<end>[^A-Za-z\s*]).*?(?P=end)"
    rf"|\\begin\{{(?:array|alignat\*?|tabular[*x]?|longtable)\}}(?:\[[^\]]*\])?{_GROUP}"
    r"|\\(?:begin|end)\{[^{}]*\}"
    r"|\\\\\*?(?:\[[^\]]*\])?|\\sqrt\s*\[[^\]]*\]"
    r"|\\[A-Za-z]+|\\.|%[^\n]*|\$\$?|\s+|[A-Za-z]+|.",
    re.DOTALL,
)
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([a-z]*)\*?\}")
_FORMULAS = frozenset(
    "equation align alignat flalign gather multline eqnarray displaymath math".split()
)
_DEGREES = re.compile(r"\^\s*(?:\{\s*)?\\(?:circ|degree)(?![A-Za-z])")


def _commands(words: str) -> frozenset[str]:
    return frozenset("\\" + word for word in words.split())


_SIGNS = frozenset("+-*") | _commands(
    "cdot times pm mp ast star circ odot oplus otimes ominus setminus"
    " sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan ln log lg exp det"
)
_DIVISIONS = frozenset("/") | _commands("div")
_OPERANDS = frozenset(")!'") | _commands("infty ell partial nabla hbar imath jmath emptyset")
_OPERANDS |= frozenset("\\" + word for word in GREEK)
_TEXTS = _commands(
    "text textrm textbf textit textsf texttt textnormal mbox hbox fbox hspace vspace label tag ref"
)
_INVISIBLE = _commands("left right big Big bigl bigr Bigl Bigr limits nolimits displaystyle")
_THIN = _commands(", ! : ;") | {"~", "\\ "}
_ARGUMENTS = dict.fromkeys(_commands("frac dfrac tfrac cfrac binom dbinom tbinom overset"), 2)
_ARGUMENTS |= dict.fromkeys(
    _commands(
        "sqrt hat bar vec dot ddot tilde widehat widetilde overline underline mathrm mathbf mathit"
        " mathsf mathcal mathbb boldsymbol operatorname"
    ),
    1,
)
_ARGUMENTS |= dict.fromkeys(_TEXTS | {"^", "_"}, 1)


class _Left(Enum):
    """The sign on the left of a place in a formula."""

    NOTHING = auto()
    SIGN = auto()
    DIVISION = auto()
    OPERAND = auto()
    DIGIT = auto()


@dataclass(frozen=True)
class _Group:
    """A group that is open, with what holds again at its end."""

    opener: str
    wanted: int
    is_math: bool
    is_script: bool


@dataclass
class _Place:
    """A place in a text.

    Attributes:
        left: what is on the left, in a formula.
        wanted: how many arguments the command before, or the sign ^ or _, still takes.
        opener: that command or sign.
        is_script: whether the place is in an index or exponent, where digits are side by side.
    """

    left: _Left = _Left.NOTHING
    wanted: int = 0
    opener: str = ""
    is_math: bool = False
    is_script: bool = False
    is_drawing: bool = False
    groups: list[_Group] = field(default_factory=list)

    def go_on(self, piece: str, before: str, after: str) -> None:
        """Pass a token of TeX."""
        if piece in {"$", "$$", "\\(", "\\)", "\\[", "\\]"}:
            is_coordinate = self.is_drawing and (before == "(" or after == ")")
            if not is_coordinate:
                is_math = not self.is_math if piece[0] == "$" else piece in {"\\(", "\\["}
                self.begin(is_math=is_math)
        elif piece == "{":
            self._open()
        elif piece == "}":
            self._close()
        elif found := _ENVIRONMENT.match(piece):
            self._environment(is_begun=found[1] == "begin", name=found[2])
        elif self.is_math and not piece.isspace() and piece[0] != "%":
            self._print(piece)

    def begin(self, *, is_math: bool) -> None:
        """Begin a formula, or the text after one."""
        self.is_math, self.left, self.wanted = is_math, _Left.NOTHING, 0

    def take(self, left: _Left, arguments: int = 1) -> None:
        """Pass something printed, which may be an argument of the command before it, or more."""
        self.left = left if not self.wanted else _Left.OPERAND
        self.wanted = max(self.wanted - arguments, 0)

    def _print(self, piece: str) -> None:
        word = re.sub(r"\s*\[.*", "", piece, flags=re.DOTALL) if piece[:5] == "\\sqrt" else piece
        if word in _INVISIBLE:
            return
        if word in _THIN:
            self.left = _Left.OPERAND if self.left is _Left.DIGIT else self.left
        elif word in _ARGUMENTS:
            self.opener, self.wanted = word, _ARGUMENTS[word]
        else:
            self.take(_left_of(word), len(word) if word.isalpha() else 1)

    def _open(self) -> None:
        opener = self.opener if self.wanted else ""
        self.groups.append(
            _Group(opener, max(self.wanted - 1, 0), self.is_math, self.is_script),
        )
        self.is_math &= opener not in _TEXTS
        self.is_script |= opener in {"^", "_"}
        self.left = _Left.NOTHING if opener else self.left
        self.wanted = 0

    def _close(self) -> None:
        if not self.groups:
            return
        group = self.groups.pop()
        if group.opener:
            self.left = _Left.NOTHING if group.opener in _TEXTS else _Left.OPERAND
        self.opener, self.wanted = group.opener, group.wanted
        self.is_math, self.is_script = group.is_math, group.is_script

    def _environment(self, *, is_begun: bool, name: str) -> None:
        if name == "tikzpicture":
            self.is_drawing = is_begun
        elif name in _FORMULAS:
            self.begin(is_math=is_begun)
        else:
            is_matrix = not is_begun and name.endswith("matrix")
            self.left = _Left.OPERAND if is_matrix else _Left.NOTHING


def _left_of(piece: str) -> _Left:
    """Return what a piece is to the one on its right."""
    if piece.isdigit():
        return _Left.DIGIT
    if piece in _SIGNS:
        return _Left.SIGN
    if piece in _DIVISIONS:
        return _Left.DIVISION
    return _Left.OPERAND if piece.isalpha() or piece in _OPERANDS else _Left.NOTHING


def mark_value(latex: str) -> str:
    """Return a value's LaTeX so that `set_apart` finds it in a text."""
    return f"{BEGIN}{latex}{END}"


def set_apart(text: str) -> str:
    r"""Return a text with each marked value in the braces or brackets that its formula needs.

    >>> set_apart("$" + mark_value("-7") + "^2$ and $x_" + mark_value("14") + "$")
    '$(-7)^2$ and $x_{14}$'
    """
    if BEGIN not in text:
        return text
    pieces = [found[0] for found in _PIECE.finditer(text)]
    place, made = _Place(), []
    for at, piece in enumerate(pieces):
        if piece[0] == BEGIN:
            value = piece[1:-1]
            made.append(_written(value, place, _rest(pieces, at, place)))
            place.take(_Left.OPERAND if value[:1] == "(" else _Left.DIGIT)
        else:
            place.go_on(piece, *_beside(pieces, at))
            made.append(piece)
    return "".join(made).replace(BEGIN, "").replace(END, "")


def _beside(pieces: Sequence[str], at: int) -> tuple[str, str]:
    before, after = pieces[max(at - 1, 0) : at], pieces[at + 1 : at + 2]
    return (before or [""])[0], (after or [""])[0]


def _rest(pieces: Sequence[str], at: int, place: _Place) -> str:
    """Return how the text goes on after a value, and after the group that holds only the value."""
    rest = [piece for piece in pieces[at + 1 : at + 9] if not piece.isspace()]
    is_alone = place.groups and not place.groups[-1].opener and pieces[at - 1] == "{"
    if is_alone and rest[:1] == ["}"]:
        del rest[0]
    return "".join(rest)


def _written(value: str, place: _Place, rest: str) -> str:
    if not place.is_math:
        return value
    if place.wanted:
        return f"{{{value}}}"
    if _needs_brackets(value, place, rest):
        return LATEX.brackets(value) if r"\frac" in value else f"({value})"
    is_double = "^" in value and rest[:1] == "^"
    return f"{{{value}}}" if is_double else value


def _needs_brackets(value: str, place: _Place, rest: str) -> bool:
    if value.startswith("("):  # a list has its own
        return False
    is_negative, is_product = value.startswith("-"), r"\times" in value
    has_power = rest[:1] == "!" or (rest[:1] == "^" and not _DEGREES.match(rest))
    has_digit = place.left is _Left.DIGIT or rest[:1].isdigit()
    return (
        (has_power and (is_negative or is_product or r"\frac" in value))
        or (is_negative and place.left is not _Left.NOTHING)
        or (is_product and place.left is _Left.DIVISION)
        or (has_digit and not place.is_script)
    )
