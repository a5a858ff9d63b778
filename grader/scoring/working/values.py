"""The numbers that a side of a statement states, whatever words or unit are beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from answers.judge import judge_plainly
from answers.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

Numbers: TypeAlias = "tuple[Fraction, ...]"
_LONGEST = 300
_TAIL = re.compile(
    r"(?<=[\d)\]}²³])[.,!?]?\s*(?:\\[,; ]\s*)?(?:[^\W\d_]|[\s'’.()%/-])*[^\W\d_.)][\s.!?)]*$"
)
_DOTS = re.compile(r"[\s.,!?]+$")
_HEAD = re.compile(r"^[+*×·]?\s*(?:[^\W\d_][^\W\d_'’-]*[\s:,.-]+)+(?=[\d(\[{\\+−-])")
_LEADING = re.compile(r"^\s*[+*×·]\s*(?=\d)")
_REMARK = re.compile(r"\s*\((?:[^\W\d_]|[\s'’!?,.-])*\)\s*[.!]?$")
_BY = re.compile(r"(?<=\d)\s*[xX×]\s*(?=\d)|(?<=\d)\s+(?:by|to)\s+(?=\d)|\s*\\times\s*")
_LITERAL = re.compile(r"\d+(?:[,.  ]\d{3})*(?:[.,]\d+)?")
_LATEX_UNIT = re.compile(r"(?:\\[,; ]\s*)?\\(?:mathrm|text)\{[^{}]*\}\s*$")
_SIDED = re.compile(r"\\(?:left|right)\b|\\(?=[{}])")
_NESTED = re.compile(r"[\[\]]")
_RELATION = re.compile(r"\s*[<>≤≥].*$")
_SIZES = re.compile(r"\d[\d,./]*(?:\s*(?:[xX×]|\\times|by)\s*\d[\d,./]*)+")
_COMMA = re.compile(r"\s*;\s*|\s*,\s+|\s*,\s*(?=[-+−]?\d+(?:[.,]\d+)?\s*(?:,|$))")
_OPERATION = re.compile(
    r"(?<=[\w)\]}])\s*(?:[*·×/^+−-]|\\(?:cdot|times|frac)|[xX](?=\s*\d))|\\frac|²|³|\w\("
)
_X_TIMES = re.compile(r"(?<=[\d)])\s*[xX]\s*(?=[\d(])")


@dataclass
class Reader:
    """Reads the numbers of sides, each side once.

    Attributes:
        unit: of the step that is calculated; may be empty.
        language: of the paper, which decides about commas.
    """

    unit: str = ""
    language: str = ""
    known: dict[str, Numbers] = field(default_factory=dict)

    def numbers(self, side: str) -> Numbers:
        """Return what a side states: one number, several, or none."""
        if side not in self.known:
            self.known[side] = self._read(side) if len(side) <= _LONGEST else ()
        return self.known[side]

    def is_several(self, side: str) -> bool:
        """Return whether a side states more than one number: a list, or sizes with crosses."""
        return len(self.numbers(side)) > 1 or bool(self.sizes(side))

    def bare(self, side: str) -> str:
        """Return a side without the words around its number; itself where it states none."""
        texts = _variants(side) if len(side) <= _LONGEST else ()
        return next((text for text in texts if self._number(text) is not None), side)

    def literals(self, side: str) -> set[Fraction]:
        """Return the numbers that are written in a side."""
        texts = _LITERAL.findall(side[:_LONGEST])
        return {n for text in texts if (n := self._number(text)) is not None}

    def sizes(self, side: str) -> Numbers:
        """Return the numbers of a side that is made of nothing else and crosses: 112 x 112 x 64."""
        bare = _HEAD.sub("", _TAIL.sub("", side.strip(" .()")))
        return self._several(bare) if _SIZES.fullmatch(bare) else ()

    def _read(self, side: str) -> Numbers:
        for text in _variants(side):
            found = self._number(text)
            if found is not None:
                return (found,)
        return next(filter(None, map(self._several, _variants(side))), ())

    def _number(self, text: str) -> Fraction | None:
        options = Options(language=self.language)
        found = judge_plainly("number", "0", text, options).value
        if found is None and self.unit and any(map(str.isalpha, text)):
            found = judge_plainly("quantity", f"0 {self.unit}", text, options).value
        return found if isinstance(found, Fraction) else None

    def _several(self, text: str) -> Numbers:
        inside = _inside(text)
        for split in (_COMMA, _BY):
            items = [item for item in split.split(inside) if item.strip()]
            found = [self._number(item) for item in items] if 1 < len(items) <= 64 else [None]
            if all(item is not None for item in found):
                return tuple(item for item in found if item is not None)
        return ()


def _inside(text: str) -> str:
    """Return a list without its brackets, and a matrix without all of them.

    >>> _inside("((-1)/2, 1/4)"), _inside("(1, 2), (3, 4)"), _inside("[[1, 2], [3, 4]]")
    ('(-1)/2, 1/4', '(1, 2), (3, 4)', '1, 2, 3, 4')
    """
    bare = _SIDED.sub("", text).strip()
    if "[[" in bare.replace(" ", ""):
        return _NESTED.sub("", bare)
    depth, closed = 0, []
    for at, sign in enumerate(bare):
        depth += (sign in "([{") - (sign in ")]}")
        if not depth:
            closed.append(at)
    is_held = bare[:1] in set("([{") and closed[:1] == [len(bare) - 1]
    return bare[1:-1] if is_held else bare


def _variants(side: str) -> Iterator[str]:
    """Yield a side, then it without the words after, before and around its numbers."""
    bare = _DOTS.sub("", _REMARK.sub("", _LATEX_UNIT.sub("", _RELATION.sub("", side))))
    texts = [side, bare, _LEADING.sub("", bare)]
    texts += [_TAIL.sub("", text) for text in texts[1:]]
    texts += [_HEAD.sub("", text) for text in texts[1:]]
    for text in dict.fromkeys(text for text in texts if text):
        yield text
        if _X_TIMES.search(text):
            yield _X_TIMES.sub("*", text)


def is_calculated(side: str) -> bool:
    """Return whether something is done with numbers in a side, and not only one stated.

    >>> is_calculated("7*7*3"), is_calculated("147 weights"), is_calculated("-1.5")
    (True, False, False)
    """
    return _OPERATION.search(side) is not None


def is_near(value: Fraction, number: Fraction) -> bool:
    """Return whether a number is a value, or near it where one of them has digits that go on."""
    if value == number:
        return True
    is_whole = value.denominator == 1 and number.denominator == 1
    return not is_whole and abs(value - number) <= Fraction(1, 200) * abs(value)
