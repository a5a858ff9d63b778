"""A solution as a person writes it down: formula, numbers put in, and line by line to the value.

Conventions are worked into the formula instead of standing there as letters: with dilation 1 the
output height is printed as floor((H + 2P - K) / S) + 1, as in a textbook. A quantity that under
the conventions only repeats another one disappears from the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.derivation import Input, Quantity, element
from solvers.graph.printing.notation import IN_DIGITS, show
from solvers.graph.printing.printer import print_term
from solvers.graph.printing.style import LATEX, Latex
from solvers.graph.simplify import depth, evaluate_to_depth, leaves, replace_references, simplify
from solvers.graph.symbolic import expand_reference
from solvers.graph.term import Apply, Number, Ref, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from solvers.graph.solution import Solution
    from solvers.graph.term import Shaped


@dataclass(frozen=True)
class Line:
    """One line of a chain of equations: `=` or "about equal", and what stands to its right."""

    relation: str
    right: str


@dataclass(frozen=True)
class Chain:
    """A chain of equations that ends with a value: what it is about, and its lines."""

    symbol: str
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        """Return the chain on one line."""
        return " ".join([self.symbol, *(f"{line.relation} {line.right}" for line in self.lines)])


def formula(solution: Solution, name: str, style: Latex = LATEX) -> str:
    """Return the general formula of a quantity under the solution's conventions."""
    quantity = _quantity(solution, name)
    if quantity.formula is not None:
        return style.symbol(quantity.formula)
    shaped = specialize(solution, name)
    letters = _letters(solution)
    if isinstance(shaped, Term):
        return print_term(shaped, letters, style)
    named = ((style.symbol(letters(Ref(name, i))), item) for i, item in _leaves(shaped))
    return ",  ".join(f"{left} = {print_term(item, letters, style)}" for left, item in named)


def steps(solution: Solution, name: str, style: Latex = LATEX) -> tuple[Chain, ...]:
    """Return a quantity's worked solution: a chain of equations, or one for each element."""
    unit = style.unit(_quantity(solution, name).unit)
    letters = _letters(solution)
    return tuple(
        Chain(style.symbol(letters(Ref(name, i))), tuple(_lines(solution, item, unit, style)))
        for i, item in _leaves(specialize(solution, name))
    )


def steps_in_letters(
    solution: Solution, name: str, letters: Mapping[str, str], result: str = ""
) -> tuple[Chain, ...]:
    """Return the worked steps of a quantity of which some inputs stay letters.

    Args:
        solution: gives the numbers of all others.
        name: the quantity.
        letters: LaTeX by the name of what stays a letter.
        result: LaTeX of the last expression; the quantity in the order of its formula if empty.
    """
    own = _letters(solution)

    def letter(ref: Ref) -> str:
        return letters.get(ref.name) or own(ref)

    def known(ref: Ref) -> Term:
        is_open = letters.keys() & solution.derivation.ancestors(ref.name)
        return ref if is_open else _number(solution, ref)

    chains = []
    for i, item in _leaves(specialize(solution, name)):
        last = result or print_term(
            expand_reference(solution, Ref(name, i), {n: n for n in letters}), letter
        )
        texts = [
            print_term(item, letter),
            print_term(replace_references(item, known), letter),
            last,
        ]
        lines = tuple(Line("=", text) for text in dict.fromkeys(texts))
        chains.append(Chain(own(Ref(name, i)), lines))
    return tuple(chains)


def worth_showing(solution: Solution, names: frozenset[str]) -> tuple[str, ...]:
    """Return those of some quantities that do not merely repeat another, in the graph's order."""
    quantities = (item.name for item in solution.derivation.quantities if item.name in names)
    return tuple(name for name in quantities if not _repeats(solution, name))


def _repeats(solution: Solution, name: str) -> bool:
    """Return whether a step would show nothing: a letter, a number, or what an algorithm finds."""
    terms = [term for _, term in _leaves(specialize(solution, name))]
    return all(isinstance(term, Ref | Number) or _is_silent(term) for term in terms)


def _is_silent(term: Term) -> bool:
    return isinstance(term, Apply) and term.function.is_silent


def symbol(solution: Solution, name: str) -> str:
    """Return the LaTeX letter of an input or a quantity."""
    return solution.derivation.nodes[name].symbol


def symbol_at(solution: Solution, name: str, index: tuple[int, ...]) -> str:
    """Return the LaTeX letter of a quantity, or of an element of a list."""
    return _letters(solution)(Ref(name, index))


def specialize(solution: Solution, name: str) -> Shaped:
    """Return a quantity's formula, conventions worked in and mere repetitions replaced."""
    shaped = solution.derivation.trace(_quantity(solution, name).function, solution.values)
    return _map(
        shaped, lambda term: simplify(replace_references(term, lambda ref: _known(solution, ref)))
    )


def _quantity(solution: Solution, name: str) -> Quantity:
    node = solution.derivation.nodes.get(name)
    if not isinstance(node, Quantity):
        raise DerivationError(f"{solution.derivation.name} has no quantity {name!r}")
    return node


def _map(shaped: Shaped, change: Callable[[Term], Term]) -> Shaped:
    if isinstance(shaped, Term):
        return change(shaped)
    return tuple(_map(item, change) for item in shaped)


def _known(solution: Solution, ref: Ref) -> Term:
    """Return what is printed for a reference: a convention's number, what it repeats, or itself."""
    node = solution.derivation.nodes[ref.name]
    if isinstance(node, Input):
        return _number(solution, ref) if node.inline else ref
    alias = None if ref.index else _alias(solution, ref.name)
    return ref if alias is None else alias


def _alias(solution: Solution, name: str) -> Term | None:
    """Return the letter or number that a quantity merely repeats under the conventions.

    None if none.
    """
    if _quantity(solution, name).inline:
        return _number(solution, Ref(name))
    shaped = specialize(solution, name)
    return shaped if isinstance(shaped, Ref | Number) else None


def _lines(solution: Solution, term: Term, unit: str, style: Latex) -> Iterator[Line]:
    """Yield the formula, numbers put in, the value of ever deeper parts, the value."""
    letters = _letters(solution)
    last = print_term(term, letters, style)
    yield Line("=", last)
    numbers = replace_references(term, lambda ref: _number(solution, ref))
    stages = [numbers, *(evaluate_to_depth(numbers, level) for level in range(depth(numbers) + 1))]
    for stage in stages:
        text = print_term(stage, style=style)
        if text != last or (unit and isinstance(stage, Number)):
            relation = "=" if all(map(_exact, leaves(stage))) else style.approx
            yield Line(relation, text + (unit if isinstance(stage, Number) else ""))
        last = text
        if isinstance(stage, Number):
            yield from _digits(stage, unit, style)
            return


def _digits(last: Number, unit: str, style: Latex) -> Iterator[Line]:
    """Yield the decimals of a value that is printed as a fraction."""
    shown = show(last.value)
    if shown.exact and not (digits := show(last.value, IN_DIGITS)).exact:
        yield Line(style.approx, digits.latex + unit)


def _exact(leaf: Number | Ref) -> bool:
    return isinstance(leaf, Number) and show(leaf.value).exact


def _number(solution: Solution, ref: Ref) -> Number:
    return Number(element(solution[ref.name], ref.index))


def _letters(solution: Solution) -> Callable[[Ref], str]:
    """Return the LaTeX of references: a symbol, with an index from 1 for an element."""

    def letter(ref: Ref) -> str:
        node = solution.derivation.nodes[ref.name]
        if not ref.index:
            return node.symbol
        index = ",".join(str(i + 1) for i in ref.index)
        if node.element is None:
            return f"{node.symbol}_{{{index}}}"
        return node.element.format(i=index)

    return letter


def _leaves(shaped: Shaped, index: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    if isinstance(shaped, Term):
        yield index, shaped
        return
    for i, item in enumerate(shaped):
        yield from _leaves(item, (*index, i))
