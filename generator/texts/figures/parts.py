"""The parts of a figure by their names, and how its numbers and words are written on the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from examgen.ground.separators import localize
from generator.texts.figures.syntax import Misdrawn
from solvers.graph.number import parse_number, parse_value, split_list
from solvers.graph.printing.notation import as_written, show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solvers.graph.number import Texts

MILLIMETRES = {"mm": Fraction(1), "cm": Fraction(10), "in": Fraction("25.4")}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in)")
WIDEST = 174  # millimetres of the text on A4


@dataclass(frozen=True)
class Parts:
    """The parts of a figure, in which values have been put.

    Attributes:
        texts: each part as it is written.
        words: the fixed words of the paper's language.
    """

    texts: Mapping[str, str]
    words: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return a part as text; empty where there is none."""
        return self.texts.get(name, "")

    def number(self, name: str) -> Fraction | None:
        """Return a part that is a number; None where there is none."""
        if name not in self.texts:
            return None
        return _read(name, self.texts[name])

    def require_number(self, name: str) -> Fraction:
        """Return a part that is a number and must be there."""
        found = self.number(name)
        if found is None:
            raise Misdrawn(f"{name} is missing; write {name}=0")
        return found

    def list_of(self, name: str) -> list[Fraction]:
        """Return a part that is a list of numbers."""
        return [_read(name, text) for text in self.items(name) if isinstance(text, str)]

    def items(self, name: str) -> Sequence[Texts]:
        """Return the items of a part that is a list, as they are written."""
        if name not in self.texts:
            raise Misdrawn(f"{name} is missing; write {name}=X with a list X")
        try:
            found = split_list(self.texts[name])
        except DerivationError as error:
            raise Misdrawn(f"{name}: {error}") from error
        if isinstance(found, str) or not found:
            raise Misdrawn(f"{name}={self.texts[name][:40]} is no list; write [1, 2, 3]")
        return found

    def names(self, name: str) -> list[str]:
        """Return a part that is a list of words or numbers between commas."""
        found = [one.strip() for one in self.texts[name].strip("[]").split(",")]
        return [self.number_as_written(one) for one in found]

    def several(self, prefix: str) -> list[str]:
        """Return the names of the parts `y`, `y2`, `y3`, ... that there are."""
        return sorted(name for name in self.texts if re.fullmatch(rf"{prefix}\d?", name))

    def length(self, name: str) -> Fraction | None:
        """Return a part that is a length on paper, in millimetres; None where there is none."""
        if name not in self.texts:
            return None
        found = _LENGTH.fullmatch(self.texts[name])
        length = Fraction(found[1]) * MILLIMETRES[found[2]] if found else Fraction(0)
        if not 0 < length <= WIDEST:
            what = f"{name}={self.texts[name]} is no length on the page"
            raise Misdrawn(f"{what}; write up to {WIDEST} mm: {name}=80mm")
        return length

    def is_on(self, name: str) -> bool:
        """Return whether a part says yes."""
        return self.texts.get(name) in {"yes", "true"}

    def number_latex(self, value: Fraction) -> str:
        """Return a number in a formula of LaTeX."""
        return f"${localize(show(value).latex, self.words)}$"

    def number_as_written(self, text: str) -> str:
        """Return a number in a formula, with the zeros that its author wrote; words as they are."""
        try:
            found = as_written(text) or show(parse_number(text))
        except DerivationError:
            return text
        return f"${localize(found.latex, self.words)}$"


def _read(name: str, text: str) -> Fraction:
    try:
        found = parse_value(text)
    except DerivationError as error:
        raise Misdrawn(f"{name}: {error}") from error
    if isinstance(found, tuple):
        raise Misdrawn(f"{name}={text[:40]} is a list where a number is needed")
    return Fraction(found)


@dataclass(frozen=True)
class Picture:
    """A figure as LaTeX.

    Attributes:
        code: what is printed.
        alt: a sentence for those who do not see it.
        rows: its data, heads first; shown where the figure is not.
    """

    code: str
    alt: str
    rows: Sequence[Sequence[str]] = ()
