"""`examgen solve`: one derivation with given numbers, as data and as a worked page."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import DerivationError
from examgen.ground.wording import begin_sentence
from solvers.catalogue import find
from solvers.graph.number import Value, approx_text, is_integer, parse_value, value_text
from solvers.graph.printing.notation import show_value
from solvers.graph.printing.style import UNICODE
from solvers.graph.solution import Solution
from solvers.graph.solution import solve as solve_derivation
from solvers.graph.worked import formula, steps, worth_showing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from solvers.graph.derivation import Derivation, Quantity

Json: TypeAlias = "str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True)
class Solved:
    """A solved derivation.

    Attributes:
        solution: its values; `solution["parameters"]` is one of them.
    """

    solution: Solution

    def __getitem__(self, name: str) -> Value:
        """Return the exact value of an input or a quantity."""
        return self.solution[name]

    @property
    def derivation(self) -> Derivation:
        """Return the derivation that was solved."""
        return self.solution.derivation

    def to_json(self) -> dict[str, Json]:
        """Return inputs, conventions and quantities, with formulas, steps and mistakes."""
        return {
            "name": self.derivation.name,
            "inputs": {item.name: _json(self[item.name]) for item in self.derivation.inputs},
            "conventions": list(self.solution.conventions),
            "quantities": {q.name: self._quantity(q) for q in self.derivation.quantities},
        }

    def _quantity(self, quantity: Quantity) -> dict[str, Json]:
        value = self[quantity.name]
        mistakes: list[Json] = [
            {"name": name, "value": _json(wrong), "says": self.derivation.mistakes[name].says}
            for name, wrong in self.solution.mistakes(quantity.name).items()
        ]
        found: dict[str, Json] = {
            "value": _json(value),
            "unit": quantity.unit,
            "symbol": quantity.symbol,
            "formula": formula(self.solution, quantity.name),
            "steps": list(self.latex(quantity.name)),
            "mistakes": mistakes,
        }
        if not _all_integers(value):
            found["approx"] = _approx(value)
        return found

    def latex(self, name: str) -> tuple[str, ...]:
        """Return the worked steps of a quantity as LaTeX, an equation each."""
        return tuple(str(chain) for chain in steps(self.solution, name))

    def _repr_html_(self) -> str:
        """Return the worked solution for a notebook."""
        from examgen.ground.html.mathml import formula as shown

        parts = [f"<h4>{escape(self.derivation.title)}</h4>"]
        for name in worth_showing(self.solution, frozenset(self.solution.values)):
            parts.append(f"<p>{escape(self._says(name))}</p>")
            parts.extend(str(shown(chain, display=True)) for chain in self.latex(name))
        return "\n".join(parts)

    def text(self) -> str:
        """Return the solution as text for a terminal, one quantity after the other."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield self.derivation.title
        yield "=" * len(self.derivation.title)
        if self.derivation.source:
            yield f"Source: {self.derivation.source}"
        yield from ("", "Given")
        for item in self.derivation.inputs:
            letter, unit = UNICODE.symbol(item.symbol), UNICODE.unit(item.unit)
            yield f"  {letter} = {show_value(self[item.name]).plain}{unit}  ({item.says})"
        if self.solution.conventions:
            yield from ("", "Conventions", *(f"  {text}" for text in self.solution.conventions))
        yield from ("", "Solution")
        everything = frozenset(self.solution.values)
        for name in worth_showing(self.solution, everything):
            yield from self._worked(name)
        yield from self._mistakes()
        yield from self._proof()

    def _worked(self, name: str) -> Iterator[str]:
        yield f"  {self._says(name)} [{name}]"
        for chain in steps(self.solution, name, UNICODE):
            indent = " " * len(chain.symbol)
            for number, line in enumerate(chain.lines):
                yield f"    {indent if number else chain.symbol} {line.relation} {line.right}"

    def _says(self, name: str) -> str:
        return begin_sentence(self.derivation.nodes[name].says)

    def _mistakes(self) -> Iterator[str]:
        shown = worth_showing(self.solution, frozenset(self.solution.values))
        wrong = {name: self.solution.mistakes(name) for name in shown}
        made = {m for found in wrong.values() for m in found}
        if made:
            yield from ("", "Typical mistakes")
        for mistake in self.derivation.mistakes.values():
            if mistake.name not in made:
                continue
            values = ", ".join(
                f"{name} = {show_value(found[mistake.name]).plain}"
                for name, found in wrong.items()
                if mistake.name in found
            )
            yield f"  {mistake.says} [{mistake.name}]"
            yield f"    {values}"

    def _proof(self) -> Iterator[str]:
        oracle = self.derivation.oracle
        if oracle is None:
            return
        wrong = self.solution.disagreements()
        if wrong:
            raise DerivationError("\n".join(wrong))
        yield from ("", "Proof: an independent computation gives the same values.")
        yield f"  {(oracle.__doc__ or oracle.__name__).strip().splitlines()[0]}"


def solve(name: str, inputs: Mapping[str, str | int | Fraction]) -> Solved:
    """Solve a derivation of the catalogue.

    Args:
        name: as `examgen solve --list` prints it.
        inputs: numbers, or texts such as "224", "0.3", "1/3" or "[1, 2, 3]".

    Raises:
        DerivationError: the derivation or an input is unknown, or a value is impossible.

    >>> solve("conv2d", {"height": 224, "in_channels": 3, "out_channels": 64, "kernel": 7})[
    ...     "parameters"
    ... ]
    Fraction(9472, 1)
    """
    derivation = find(name)
    return Solved(solve_derivation(derivation, _values(name, inputs)))


def _values(name: str, inputs: Mapping[str, str | int | Fraction]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    faults: list[str] = []
    for key, value in inputs.items():
        try:
            values[key] = parse_value(value) if isinstance(value, str) else Fraction(value)
        except DerivationError as error:
            faults.append(f"{key}: {error}")
    if faults:
        raise DerivationError(f"{name}: {'; '.join(faults)}")
    return values


def _json(value: Value) -> Json:
    return [_json(item) for item in value] if isinstance(value, tuple) else value_text(value)


def _approx(value: Value) -> Json:
    return [_approx(item) for item in value] if isinstance(value, tuple) else approx_text(value)


def _all_integers(value: Value) -> bool:
    return all(map(_all_integers, value)) if isinstance(value, tuple) else is_integer(value)
