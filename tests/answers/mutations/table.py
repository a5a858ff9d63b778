"""Wrong rules: what stands in a module of the judge, and what a slip would have made of it.

A row whose text is no longer in its module, or is there twice, fails its test: change the row with
the rule.
"""

from __future__ import annotations

from typing import NamedTuple


class Mutation(NamedTuple):
    """A module below `answers`, a piece of its text, and what is put in its place."""

    module: str
    old: str
    new: str


_ANGLES, _EXPONENTIALS = "normal_forms.angles", "normal_forms.exponentials"
_RADICALS, _FACTORIALS = "normal_forms.radicals", "normal_forms.factorials"
_INVERSE, _COMPLEX = "normal_forms.inverse_angles", "normal_forms.complex_parts"
_EXTREMES, _SPACE, _CONSTANTS = "normal_forms.extremes", "algebra.space", "algebra.constants"
_MODULAR, _BALLS = "algebra.identity_test", "evaluation.ball_functions"
_EVALUATE, _DIFFERENCE = "evaluation.evaluate", "comparison.exact_difference"
_CELLS, _WITHIN = "comparison.sign_cells", "comparison.within"
_FACTORS, _ZEROS = "comparison.proportional", "comparison.find_roots"

MUTATIONS = [
    # a sign is dropped or turned
    Mutation(_ANGLES, "minus(space.times(a, c), space.times(b, d))",
             "plus(space.times(a, c), space.times(b, d))"),
    Mutation(_ANGLES, "plus(space.times(b, c), space.times(a, d))",
             "minus(space.times(b, c), space.times(a, d))"),
    Mutation(_ANGLES, "ONE - poly.power(sine.above, 2)", "poly.power(sine.above, 2) - ONE"),
    Mutation(_ANGLES, "sine if turns > 0 else sine.negative()", "sine"),
    Mutation(_ANGLES, "else (-1, 2 * _RIGHT - at)", "else (1, 2 * _RIGHT - at)"),
    Mutation(_ANGLES, "cosine_of(space, twelfths - _RIGHT)", "cosine_of(space, twelfths + _RIGHT)"),
    Mutation(_ANGLES, "_of_part(space, c - _HALF)", "_of_part(space, c + _HALF)"),
    Mutation(_ANGLES, "space.minus(space.times(twice, found), before)",
             "space.plus(space.times(twice, found), before)"),
    Mutation(_ANGLES, "((_QUARTER, (2, 3)), (_QUARTER, (2,)))",
             "((_QUARTER, (2, 3)), (-_QUARTER, (2,)))"),
    Mutation(_ANGLES, "space.minus(space.one, square)", "space.plus(space.one, square)"),
    Mutation(_ANGLES, "space.times(exponent, i).negative()", "space.times(exponent, i)"),
    Mutation(_EXPONENTIALS, "int((term.times / step).numer())",
             "abs(int((term.times / step).numer()))"),
    Mutation(_RADICALS, "space.times(sign(space, of), size)", "size"),
    Mutation(_RADICALS, "poly.times(sign, factor) if exponent % 2 else factor", "factor"),
    Mutation(_RADICALS, "space.reduce(poly.times(sign, factor))", "space.reduce(factor)"),
    Mutation(_FACTORIALS, "space.minus(base, space.constant(n))",
             "space.plus(base, space.constant(n))"),
    Mutation(_INVERSE, "found.negative() if is_turned else found", "found"),
    Mutation(_INVERSE, "(x, y, a, b) - _divisions", "(x, y, a, b) + _divisions"),
    Mutation(_INVERSE, "(turns % 2 == 1) != ", "(turns % 2 == 1) == "),
    Mutation(_INVERSE, "space.minus(of, cosine_of(space, twelfths - _RIGHT))",
             "space.minus(of, cosine_of(space, twelfths + _RIGHT))"),
    Mutation(_COMPLEX, "a - poly.times(b, i)", "a + poly.times(b, i)"),
    Mutation(_COMPLEX, "0 if right > 0 else up or 1", "0"),
    Mutation(_EXTREMES, "space.constant(sign)", "space.constant(1)"),
    Mutation(_SPACE, "self.relate(at, 2, -ONE)", "self.relate(at, 2, ONE)"),
    Mutation(_SPACE, "self.of(left + right,", "self.of(left - right,"),
    Mutation(_SPACE, "return 1 if found > 0 else -1", "return 1"),
    Mutation(_CONSTANTS, "poly.times(one[key], b) - poly", "poly.times(one[key], b) + poly"),
    Mutation(_MODULAR, "return -self.value(of)", "return self.value(of)"),
    Mutation(_BALLS, "return -acb(size if", "return acb(size if"),
    Mutation(_EVALUATE, "return -_value(node.of, letters)", "return _value(node.of, letters)"),
    Mutation(_CELLS, '">" if sign > 0 else "<"', '"<" if sign > 0 else ">"'),
    # a factor is lost
    Mutation(_ANGLES, "_joined(space, twice, unit) if turns % 2 else twice", "twice"),
    Mutation(_ANGLES, "return cosine, space.times(of, cosine)", "return cosine, of"),
    Mutation(_EXPONENTIALS, "term.single.of.above, term.times", "term.single.of.above, fmpq(1)"),
    Mutation(_EXPONENTIALS, "_of_factor(space, factor, fmpq(n))",
             "_of_factor(space, factor, fmpq(1))"),
    Mutation(_EXPONENTIALS, "n / space.parts[single.key]", "n"),
    Mutation(_EXPONENTIALS, "n * space.units[single.key]", "n"),
    Mutation(_EXPONENTIALS, "if not angle.is_zero:", "if angle.is_zero:"),
    Mutation(_RADICALS, "fmpq(n, index)", "fmpq(n)"),
    Mutation(_RADICALS, "(factor, n * way)", "(factor, n)"),
    Mutation(_FACTORIALS, "range(1, steps + 1)", "range(1, steps)"),
    Mutation(_COMPLEX, "space.times(space.constant(2), space.imaginary())", "space.imaginary()"),
    Mutation(_EXTREMES, "space.constant(fmpq(1, 2))", "space.constant(1)"),
    Mutation(_SPACE, "if exponent > 0 else (of.below, of.above)",
             "if exponent else (of.below, of.above)"),
    Mutation(_MODULAR, "self.value(above) * self._inverse(self.value(below))",
             "self.value(above) * self.value(below)"),
    Mutation(_MODULAR, 'f"{name}({residues})"', 'f"({residues})"'),
    Mutation(_MODULAR, '"^", (base, exponent)', '"^", (base,)'),
    Mutation(_BALLS, "* (k + 1).rgamma()", ""),
    Mutation(_BALLS, "(1 - x).log()) / 2", "(1 - x).log())"),
    # a domain is forgotten
    Mutation(_RADICALS, "for factor, n in found if n % 2", "for factor, n in found"),
    Mutation(_RADICALS, "space.uses_signs or of.number() is None", "space.uses_signs"),
    Mutation(_EXPONENTIALS, "if is_complex_constant(space, of):", "if space.holds_imaginary(of):"),
    Mutation(_EXPONENTIALS, "number > 0 and not is_complex_constant(space, base)", "number > 0"),
    Mutation(_SPACE, "n % 2 == 0 or self.generators[at].is_positive", "True"),
    Mutation(_SPACE, "is_positive=self.is_positive)", "is_positive=True)"),
    Mutation(_DIFFERENCE, "return not self.space.uses_signs", "return True"),
    Mutation(_DIFFERENCE, "return not self.space.facts", "return True"),
    Mutation(_DIFFERENCE, "if not self._vanishes_with(signs, each)]", "if not signs]"),
    Mutation(_FACTORS, "if factor is None or not signs.never_zero(factor):", "if factor is None:"),
    Mutation(_FACTORS, "if not below.terms or _share_factor(above, below):", "if not below.terms:"),
    Mutation(_ZEROS, "return bool(self._sign(self._at(self.against, low, high)))", "return True"),
    # a bound is turned round or taken from one side
    Mutation(_CONSTANTS, "found.abs_upper() < arb(least[0])", "found.abs_upper() > arb(least[0])"),
    Mutation(_CONSTANTS, "if not found.contains(0):", "if found.contains(0):"),
    Mutation(_CONSTANTS, "if not all(is_zero(space, space.reduce(each)) for each in crossed):",
             "if not crossed:"),
    Mutation(_DIFFERENCE, "if not all(part(known).contains(0) for part in parts):",
             "if all(part(known).contains(0) for part in parts):"),
    Mutation(_EVALUATE, "fraction(found.lower()), fraction(found.upper())",
             "fraction(found), fraction(found)"),
    Mutation(_WITHIN, "for one in mine for other in theirs}",
             "for one in mine[:1] for other in theirs}"),
    Mutation(_WITHIN, "if distance <= slack or distance > slack:", "if distance <= slack or True:"),
    Mutation(_WITHIN, "Found.SAME if distance <= slack else",
             "Found.SAME if distance > slack else"),
]  # fmt: skip
