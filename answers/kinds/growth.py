r"""Orders of growth, up to a constant factor: `O(n log n)`, `\Theta(2 n log n)`, `n lg n`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.algebra.growth import growth_of
from answers.algebra.polynomial import polynomial
from answers.comparison.proportional import same_up_to_factor
from answers.comparison.reading import ground_of_difference, read_answer, read_expected
from answers.evaluation.sample_points import Domain
from answers.kinds.base import Facts, Group, Kind
from answers.kinds.written import formula_latex, formula_written
from answers.syntax.errors import Unreadable
from answers.syntax.nodes import Logic, Node, Rel, Seq, Sets, free_symbols, has
from answers.syntax.printer import format_expression
from answers.verdict import Ground, Judgement, correct, undecided, wrong
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.options import Options

_CLASS = re.compile(
    r"\s*(?:.{1,20}?(?:=|∈|\\in)\s*)?"
    r"(\\?(?:mathcal|mathrm)\s*\{\s*O\s*\}|O|\\?Theta|Θ|θ|\\?Omega|Ω|o|\\?omega|ω)"
    r"\s*(?:\\left)?\((.+?)(?:\\right)?\)\s*\.?\s*",
    re.DOTALL,
)
_OTHER = re.compile(r"\\?[Oo]mega|Ω|ω|o")
_WORDS = {
    "constant": "1", "logarithmic": "log(n)", "linear": "n", "linearithmic": "n log(n)",
    "loglinear": "n log(n)", "quadratic": "n^2", "cubic": "n^3", "factorial": "n!",
}  # fmt: skip


@record
class GrowthComparer:
    """Compares orders of growth."""

    expected: Node
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> GrowthComparer:
        """Read the expected order, with or without its O."""
        found = _CLASS.fullmatch(expected)
        return cls(read_expected(found[2] if found else expected, options), options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected order."""
        return Facts(free_symbols(self.expected))

    def judge(self, answer: str) -> Judgement:
        """Judge an order of growth."""
        found = _CLASS.fullmatch(answer)
        text = found[2] if found else answer
        words = text.strip(" .").casefold()
        letter = min(free_symbols(self.expected), default="n")
        text = _WORDS[words].replace("n", letter) if words in _WORDS else text
        node = read_answer(text, self.expected, self.options)
        if has(node, Rel, Logic, Sets, Seq):
            raise Unreadable(answer, 0, "an order of growth such as n log n is expected")
        if found and _OTHER.fullmatch(found[1]):
            return undecided(
                format_expression(node), f"{found[1]} is another bound than O", Ground.AMBIGUOUS
            )
        return self._compared(node)

    def _compared(self, node: Node) -> Judgement:
        read_as, known = format_expression(node), free_symbols(self.expected)
        if not free_symbols(node) <= known:
            return undecided(read_as, "a letter that is not known here", Ground.UNKNOWN_NAME)
        if len(known) == 1:
            (letter,) = known
            mine, theirs = growth_of(node, letter), growth_of(self.expected, letter)
            order = mine.compare(theirs) if mine is not None and theirs is not None else None
            if order:
                why = f"it grows {'faster' if order > 0 else 'more slowly'} than the right one"
                return wrong(read_as, why)
            if order == 0:
                return correct(read_as, "the same order of growth")
        return self._of_several(node, read_as)

    def _of_several(self, node: Node, read_as: str) -> Judgement:
        if same_up_to_factor(node, self.expected, Domain.POSITIVE, positive=True):
            return correct(read_as, "the same up to a constant factor")
        mine, theirs = polynomial(node), polynomial(self.expected)
        if mine is not None and theirs is not None:
            coefficients = (*mine.terms.values(), *theirs.terms.values())
            if mine.terms.keys() == theirs.terms.keys() and all(c > 0 for c in coefficients):
                return correct(read_as, "the same terms up to constant factors")
            if len(mine.terms) == len(theirs.terms) == 1:
                ground = ground_of_difference(node, self.expected, self.options)
                return wrong(read_as, "another order of growth", None, ground)
        return undecided(read_as, "whether it grows alike is not decided")


def _notations(expected: str, options: Options) -> Iterator[str]:
    found = _CLASS.fullmatch(expected)
    bare = found[2] if found else expected
    read_expected(bare, options)
    yield from (bare, f"O({bare})", rf"\Theta({bare})", f"Θ(3*({bare}))", f"5*({bare})")


def _others(text: str) -> Iterator[str]:
    found = _CLASS.fullmatch(text)
    bare = found[2] if found else text
    letter = next(iter(re.findall(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z(])", bare)), "n")
    yield from (f"({bare})*{letter}", f"({bare})*log({letter})")


GROWTH = Kind(
    "growth",
    Group.SYMBOLIC,
    GrowthComparer.of,
    neutral="0",
    written=formula_written,
    latex=formula_latex,
    notations=_notations,
    says="the same order of growth, up to a constant factor",
    others=_others,
)
KINDS = (GROWTH,)
