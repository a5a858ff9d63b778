"""Solving a derivation: exact values, follow-through, mistakes and the proof by the oracle."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.derivation import Call, Input, Mistake, arguments, element, evaluate
from solvers.graph.note import without_formulas
from solvers.graph.number import CONTEXT, PRECISION, Value, to_decimal, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from solvers.graph.derivation import Derivation, Formula


NEAR = Decimal("1e-12")  # where the oracle computes in floats


@dataclass(frozen=True)
class Solution:
    """A derivation with a value for every input and quantity.

    Attributes:
        stated: the quantities whose values are a student's own and not computed.
    """

    derivation: Derivation
    values: Mapping[str, Value]
    stated: frozenset[str] = frozenset()
    _mistaken: dict[str, Solution] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, name: str) -> Value:
        """Return the value of an input or a quantity."""
        return self.values[name]

    @property
    def conventions(self) -> tuple[str, ...]:
        """Return the sentences that state the conventions in force, as plain text."""
        names = (*self.values,)
        return tuple(map(without_formulas, self.derivation.conventions(self.values, *names)))

    def conventions_of(self, *names: str) -> tuple[str, ...]:
        """Return the sentences that bear on some quantities, with formulas in LaTeX."""
        return self.derivation.conventions(self.values, *names)

    def carry_forward(self, given: Mapping[str, Value]) -> Solution:
        """Return the values that follow where some quantities have other (a student's) values."""
        return Solution(self.derivation, _recomputed(self, {}, given), frozenset(given))

    def mistaken(self, mistake: Mistake) -> Solution:
        """Return the values and formulas that follow when a mistake is made."""
        if mistake.name not in self._mistaken:
            wrong = self.derivation.with_mistake(mistake)
            values = _recomputed(self, mistake.replaced, {})
            self._mistaken[mistake.name] = Solution(wrong, values, self.stated)
        return self._mistaken[mistake.name]

    def mistakes(self, name: str) -> dict[str, Value]:
        """Return what each mistake makes of a quantity, where that differs from the right value."""
        found = {}
        for mistake in self.derivation.mistakes.values():
            try:
                value = self.mistaken(mistake)[name]
            except DerivationError:
                continue  # the wrong formula has no value here: nobody can get it as an answer
            if value != self[name]:
                found[mistake.name] = value
        return found

    def other_conventions(self, *names: str) -> Iterator[OtherConvention]:
        """Yield the same under each other choice of a convention that bears on quantities."""
        needed = self.derivation.ancestors(*names)
        for item in self.derivation.inputs:
            if item.says_when is None or item.name not in needed:
                continue
            given = {node.name: self[node.name] for node in self.derivation.inputs}
            for value, sentence in item.says_when.items():
                if value != given[item.name]:
                    with suppress(DerivationError):
                        other = solve(self.derivation, given | {item.name: Fraction(value)})
                        yield OtherConvention(item.name, value, without_formulas(sentence), other)

    def disagreements(self) -> list[str]:
        """Return where the oracle finds another value; empty means that the solution is proven.

        Raises:
            DerivationError: the derivation has no oracle.
        """
        oracle = self.derivation.oracle
        if oracle is None:
            raise DerivationError(f"{self.derivation.name} has no oracle")
        needs = Call.of(oracle).needs
        found = oracle(*(_plain(self[name]) for name in needs))
        return [
            f"{self.derivation.name}.{name}: {value_text(self[name])}, the oracle says {other!r}"
            for name, other in found.items()
            if not agree(self[name], other)
        ]


@dataclass(frozen=True)
class OtherConvention:
    """A solution under another choice of one convention, and the sentence that states it."""

    name: str
    value: int
    sentence: str
    solution: Solution


def solve(derivation: Derivation, inputs: Mapping[str, Value]) -> Solution:
    """Compute every quantity of a derivation.

    Args:
        derivation: the graph.
        inputs: values by name; inputs with a default may be left out.

    Raises:
        DerivationError: an input is unknown, missing or out of range, or a condition does not hold.
    """
    values = derivation.bind(inputs)
    _check_conditions(derivation, values)
    for quantity in derivation.quantities:
        traced = derivation.trace(quantity.function, values)
        values[quantity.name] = evaluate(traced, values, quantity.name)
    return Solution(derivation, values)


def _check_conditions(derivation: Derivation, values: Mapping[str, Value]) -> None:
    faults = []
    for says, function in derivation.conditions:
        call = Call.of(function)
        condition = function(*arguments(call, values))
        if not condition.holds(lambda ref: element(values[ref.name], ref.index)):
            shown = ", ".join(f"{name} = {value_text(values[name])}" for name in call.needs)
            faults.append(f"{says} (here {shown})")
    if faults:
        raise DerivationError(f"{derivation.name}: {'; '.join(faults)}")


def _recomputed(
    solution: Solution, replaced: Mapping[str, Formula], given: Mapping[str, Value]
) -> dict[str, Value]:
    """Return all values again, after some formulas or some values were replaced."""
    derivation, right = solution.derivation, solution.values
    values, changed = dict(right), set[str]()
    for name, node in derivation.nodes.items():
        if name in given:
            values[name] = given[name]
        elif name in replaced:
            # What the wrong formula needs may be replaced as well; its own name is the right value.
            own = "" if name in Call.of(replaced[name]).needs else name
            values[name] = evaluate(derivation.trace(replaced[name], values), values, own)
        elif isinstance(node, Input) or not changed.intersection(derivation.needs(name)):
            continue
        else:
            values[name] = evaluate(derivation.trace(node.function, values), values, name)
        if values[name] != right[name]:
            changed.add(name)
    return values


def _plain(value: Value) -> object:
    """Return the value as an oracle receives it: int where whole, else Fraction.

    Lists as tuples.
    """
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


def agree(value: Value, other: object, near: Decimal = NEAR) -> bool:
    """Return whether an oracle agrees: exactly for exact numbers, nearly for floats."""
    if isinstance(value, tuple):
        items = list(other) if hasattr(other, "__iter__") else []
        return len(items) == len(value) and all(
            agree(a, b, near) for a, b in zip(value, items, strict=True)
        )
    if isinstance(other, int | Fraction) and isinstance(value, Fraction):
        return value == other
    if not isinstance(other, int | float | Fraction | Decimal):
        other = float(other)  # type: ignore[arg-type]  # numpy scalars
    right = to_decimal(value)
    found = Decimal(other) if isinstance(other, float | int) else to_decimal(other)
    slack = near if isinstance(other, float) else Decimal(10) ** (5 - PRECISION)
    return abs(CONTEXT.subtract(right, found)) <= slack * max(abs(right), Decimal("1e-3"))
