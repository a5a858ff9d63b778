"""A derivation: named quantities, each one function of the quantities it needs.

    area = Derivation("area", "Area of a rectangle")
    area.input("width", "w", "width", COUNT)
    area.input("height", "h", "height", COUNT)

    @area.quantity("A", "area")
    def size(width: Term, height: Term) -> Term:
        return width * height

    area.mistake("added", "width and height were added", size=lambda width, height: width + height)

A function names what it needs by its parameters. A parameter annotated `int` receives the whole
number itself (for how many elements a list has); every other parameter receives terms.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from examgen.ground.errors import DerivationError
from solvers.graph.number import Value, value_text
from solvers.graph.term import Condition, Ref, Shaped, Term, Written, as_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from solvers.graph.domain import Domain
    from solvers.graph.note import Note
    from solvers.graph.number import Exact

Formula: TypeAlias = "Callable[..., Written]"
Requirement: TypeAlias = "Callable[..., Condition]"
Oracle: TypeAlias = "Callable[..., Mapping[str, object]]"
AnyFormula = TypeVar("AnyFormula", bound="Callable[..., Written]")
AnyRequirement = TypeVar("AnyRequirement", bound="Callable[..., Condition]")
AnyOracle = TypeVar("AnyOracle", bound="Callable[..., Mapping[str, object]]")


@dataclass(frozen=True)
class Input:
    """A value that is given.

    Attributes:
        default: a value, the name of another input, or None where the user must give it.
        says_when: for a convention, the sentence that states each choice.
        inline: worked into the formula as a number instead of printed as a letter (conventions,
            and what is nearly always 1).
    """

    name: str
    symbol: str
    says: str
    domain: Domain
    default: Value | str | None = None
    says_when: Mapping[int, str] | None = None
    inline: bool = False
    element: str | None = None
    unit: str | None = None

    def sentence(self, value: Value) -> str | None:
        """Return the sentence that states the convention which a value chooses."""
        if self.says_when is None or not isinstance(value, Fraction):
            return None
        return self.says_when.get(int(value))


@dataclass(frozen=True)
class Quantity:
    """A value that follows from others by one formula.

    Attributes:
        symbol: LaTeX, as printed; `element` is the pattern of a list's elements (`{i}` from 1).
        says: the meaning in a few words.
        formula: LaTeX of the general formula, where a list has one that its elements do not show.
        inline: worked into other formulas as a number, without a step of its own (a yes or no).
    """

    name: str
    symbol: str
    says: str
    function: Formula
    unit: str | None = None
    element: str | None = None
    formula: str | None = None
    inline: bool = False


Node: TypeAlias = Input | Quantity


@dataclass(frozen=True)
class Mistake:
    """A wrong formula in the place of some quantities (or a wrong value in the place of inputs).

    Attributes:
        share: the part of the marks that an answer with this mistake still earns.
        replaced: the wrong formula by the name of what it replaces. A parameter of that same name
            receives the right value.
    """

    name: str
    says: str
    share: Fraction
    replaced: Mapping[str, Formula]


@dataclass(frozen=True)
class Call:
    """A function of the graph: the names it needs, and which of them as plain ints."""

    needs: tuple[str, ...]
    counts: frozenset[str] = frozenset()

    @staticmethod
    @cache
    def of(function: Callable[..., object]) -> Call:
        """Read the names and annotations of a function's parameters."""
        written = getattr(function, "call", None)  # a formula read from text says it itself
        if isinstance(written, Call):
            return written
        parameters = inspect.signature(function).parameters.values()
        counts = frozenset(p.name for p in parameters if p.annotation in {"int", int})
        return Call(tuple(p.name for p in parameters), counts)


@dataclass
class Derivation:
    """A graph of quantities with its conventions, conditions, mistakes and oracle.

    Attributes:
        name: as on the command line.
        title: one line for people.
        source: where the formulas come from.
        notes: conventions that are not inputs, as sentences that are printed where they matter.
    """

    name: str
    title: str
    source: str = ""
    notes: tuple[Note, ...] = ()
    nodes: dict[str, Node] = field(default_factory=dict)
    conditions: list[tuple[str, Requirement]] = field(default_factory=list)
    mistakes: dict[str, Mistake] = field(default_factory=dict)
    oracle: Oracle | None = None
    _traces: dict[tuple[object, ...], Shaped] = field(default_factory=dict, repr=False)
    _wrong: dict[str, Derivation] = field(default_factory=dict, repr=False)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Return the inputs, in the order of their definition."""
        return tuple(node for node in self.nodes.values() if isinstance(node, Input))

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return the quantities, each after those it needs."""
        return tuple(node for node in self.nodes.values() if isinstance(node, Quantity))

    def input(
        self,
        name: str,
        symbol: str,
        says: str,
        domain: Domain,
        *,
        default: Value | int | str | None = None,
        says_when: Mapping[int, str] | None = None,
        inline: bool = False,
        element: str | None = None,
        unit: str | None = None,
    ) -> None:
        """Declare a given value; see `Input`."""
        start = Fraction(default) if isinstance(default, int) else default
        inline = inline or says_when is not None
        self.add(Input(name, symbol, says, domain, start, says_when, inline, element, unit))

    def quantity(
        self,
        symbol: str,
        says: str,
        *,
        name: str | None = None,
        unit: str | None = None,
        element: str | None = None,
        formula: str | None = None,
        inline: bool = False,
    ) -> Callable[[AnyFormula], AnyFormula]:
        """Declare a quantity by the function below, which also gives it its name."""

        def declare(function: AnyFormula) -> AnyFormula:
            called = name or function.__name__
            self.add(Quantity(called, symbol, says, function, unit, element, formula, inline))
            return function

        return declare

    def requires(self, says: str) -> Callable[[AnyRequirement], AnyRequirement]:
        """Declare what must hold for the inputs, by a function that gives a condition."""

        def declare(function: AnyRequirement) -> AnyRequirement:
            self._check_needs(function, f"the condition {says!r}")
            self.conditions.append((says, function))
            return function

        return declare

    def mistake(self, name: str, says: str, *, share: str = "0", **replaced: Formula) -> None:
        """Declare a mistake that students make; see `Mistake`."""
        self.add_mistake(Mistake(name, says, Fraction(share), replaced))

    def add_mistake(self, mistake: Mistake) -> None:
        """Add a mistake; what it replaces, and what its formulas need, must be there already."""
        if mistake.name in self.mistakes:
            raise DerivationError(f"{self.name}: mistake {mistake.name} is defined twice")
        for target, function in mistake.replaced.items():
            if target not in self.nodes:
                raise DerivationError(
                    f"{self.name}: mistake {mistake.name} replaces unknown {target!r}"
                )
            self._check_needs(function, f"mistake {mistake.name}")
        self.mistakes[mistake.name] = mistake

    def proof(self, function: AnyOracle) -> AnyOracle:
        """Declare the oracle: a computation of another structure, on plain Python numbers.

        It names the inputs it needs, receives ints and Fractions (lists as tuples), and returns
        the values of some or all quantities by name.
        """
        self.oracle = function
        return function

    def extensible_copy(self) -> Derivation:
        """Return a copy to which a question may add; this derivation stays as it is."""
        return replace(
            self,
            nodes=dict(self.nodes),
            conditions=list(self.conditions),
            mistakes=dict(self.mistakes),
            _traces={},
            _wrong={},
        )

    def with_mistake(self, mistake: Mistake) -> Derivation:
        """Return the derivation with a mistake's formulas in place.

        A self-reference is not replaced.
        """
        if mistake.name not in self._wrong:
            nodes = dict(self.nodes)
            for target, function in mistake.replaced.items():
                node = nodes[target]
                if isinstance(node, Quantity) and target not in Call.of(function).needs:
                    nodes[target] = replace(node, function=function)
            self._wrong[mistake.name] = replace(self, nodes=nodes, _traces={}, _wrong={})
        return self._wrong[mistake.name]

    def add(self, node: Node) -> None:
        """Add an input or a quantity; what it needs must be there already."""
        if node.name in self.nodes:
            raise DerivationError(f"{self.name}: {node.name} is defined twice")
        if isinstance(node, Quantity):
            self._check_needs(node.function, node.name)
        self.nodes[node.name] = node

    def _check_needs(self, function: Callable[..., object], owner: str) -> None:
        for name in Call.of(function).needs:
            if name not in self.nodes:
                raise DerivationError(f"{self.name}: {owner} needs unknown {name!r}")

    def trace(self, function: Formula, values: Mapping[str, Value]) -> Shaped:
        """Return the term that a function gives, for lists of the lengths that `values` have."""
        call = Call.of(function)
        shapes = (_shape(values[name], as_count=name in call.counts) for name in call.needs)
        key = (function, *shapes)
        if key not in self._traces:
            self._traces[key] = as_terms(function(*arguments(call, values)))
        return self._traces[key]

    def needs(self, name: str) -> tuple[str, ...]:
        """Return what a quantity is computed from directly; nothing for an input."""
        node = self.nodes[name]
        return Call.of(node.function).needs if isinstance(node, Quantity) else ()

    def ancestors(self, *names: str) -> frozenset[str]:
        """Return everything that some quantities depend on, themselves included."""
        found, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.needs(name)
        return frozenset(found)

    def bind(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """Return the values of all inputs: those given, defaults for the rest.

        Raises:
            DerivationError: names every unknown, missing or impossible input.
        """
        faults = [f"there is no input {name!r}" for name in given if not self._is_input(name)]
        values: dict[str, Value] = {}
        missing: set[object] = set()
        for item in self.inputs:
            value = given.get(item.name, item.default)
            if isinstance(value, str):
                value = values.get(value, given.get(value))
            if value is None:
                if item.default not in missing:
                    faults.append(f"{item.name} ({item.says}) is missing")
                missing.add(item.name)
                continue
            fault = item.domain.fault(value)
            if fault is not None:
                faults.append(f"{item.name} = {value_text(value)}: {fault}")
            values[item.name] = value
        if faults:
            names = ", ".join(item.name for item in self.inputs)
            raise DerivationError(f"{self.name}: {'; '.join(faults)} (inputs: {names})")
        return values

    def _is_input(self, name: str) -> bool:
        return isinstance(self.nodes.get(name), Input)

    def conventions(self, values: Mapping[str, Value], *names: str) -> tuple[str, ...]:
        """Return the sentences that state the conventions in force, with formulas in LaTeX.

        Args:
            values: of inputs and quantities.
            names: quantities that are asked for: only what bears on them is stated.
        """
        needed = self.ancestors(*names)
        chosen = (item.sentence(values[item.name]) for item in self.inputs if item.name in needed)
        notes = (note.says for note in self.notes if self._bears(note, values, needed))
        return (*filter(None, chosen), *notes)

    def _bears(self, note: Note, values: Mapping[str, Value], needed: frozenset[str]) -> bool:
        """Return whether a note says something about what is needed."""
        of = note.of or tuple(item.name for item in self.quantities)
        return any(name in needed and values[name] != 0 for name in of)


def _shape(value: Value, *, as_count: bool) -> object:
    if isinstance(value, tuple):
        return tuple(_shape(item, as_count=as_count) for item in value)
    return value if as_count else None


def arguments(call: Call, values: Mapping[str, Value]) -> list[Shaped | int]:
    """Return the arguments of a function of the graph: references, and ints where asked."""
    return [_argument(name, values[name], call) for name in call.needs]


def _argument(name: str, value: Value, call: Call) -> Shaped | int:
    if name not in call.counts:
        return reference(name, value)
    if not isinstance(value, Fraction) or value.denominator != 1:
        raise DerivationError(f"{name} = {value_text(value)} must be a whole number")
    return value.numerator


def reference(name: str, value: Value, index: tuple[int, ...] = ()) -> Shaped:
    """Return what represents a value in a formula: a variable, or a list of them."""
    if isinstance(value, tuple):
        return tuple(reference(name, item, (*index, i)) for i, item in enumerate(value))
    return Ref(name, index)


def element(value: Value, index: tuple[int, ...]) -> Exact:
    """Return the number at a place of a nested list."""
    for i in index:
        if not isinstance(value, tuple):
            break
        value = value[i]
    if isinstance(value, tuple):
        raise DerivationError("expected a number, found a list")
    return value


def evaluate(shaped: Shaped, values: Mapping[str, Value], own: str = "") -> Value:
    """Return the exact value of a term, or of each term of a list.

    Args:
        shaped: what to evaluate.
        values: by name.
        own: the name of the list itself; its later elements may refer to its earlier ones.
    """
    built: dict[tuple[int, ...], Exact] = {}

    def lookup(ref: Ref) -> Exact:
        if ref.name == own and ref.index in built:
            return built[ref.index]
        return element(values[ref.name], ref.index)

    def value(part: Shaped, index: tuple[int, ...]) -> Value:
        if not isinstance(part, Term):
            return tuple(value(item, (*index, i)) for i, item in enumerate(part))
        built[index] = part.evaluate(lookup)
        return built[index]

    return value(shaped, ())
