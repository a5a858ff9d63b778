"""Recipes under `vary` besides values: a sample, a permutation, a graph, a matrix.

A recipe makes a value of a stream. Its draws are numbered, so that `check` can name and repeat
each one, and choosing a number is all that drawing a value is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, overload

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from examgen.yaml_files.fields import Exact, Positive, Switch
from examgen.yaml_files.located_yaml import Strict, wrong
from generator.questions.draws import distributions as of
from generator.questions.draws import graphs, matrices
from generator.questions.draws.stream import Stream

if TYPE_CHECKING:
    from decimal import Decimal

MANY = 1 << 32
MOST, MOST_NODES, MOST_ROWS = 200, 15, 6
MOST_WEIGHTS = 1_000


class Recipe(Strict):
    """A recipe by which a value is made of a stream."""

    called: ClassVar = "a draw"

    @property
    def size(self) -> int:
        """Return how many draws there are; all of them are tried where they are few."""
        return MANY

    def text(self, stream: Stream) -> str:
        """Return the value as a text."""
        raise NotImplementedError

    def draw_number(self, number: int, *names: str) -> str:
        """Return the draw of a number, for a question and a parameter by their names."""
        return self.text(Stream("draw", *names, str(number)))


def _listed(values: Sequence[object]) -> str:
    return f"[{', '.join(_listed(v) if isinstance(v, list) else str(v) for v in values)}]"


class Sample(Recipe):
    """Several numbers of one distribution."""

    n: int = Field(ge=1, le=MOST, description="How many numbers.")
    sort: Switch = Field(default=False, description="In ascending order.")

    def one(self, stream: Stream) -> Decimal | int:
        """Return one number of the distribution."""
        raise NotImplementedError

    def all(self, stream: Stream) -> Sequence[Decimal | int | str]:
        """Return the numbers in the order in which they are drawn."""
        return [self.one(stream) for _ in range(self.n)]

    def text(self, stream: Stream) -> str:
        """Return the sample as a list."""
        found = self.all(stream)
        return _listed(sorted(found, key=_size) if self.sort else found)


def _size(number: object) -> Fraction:
    return Fraction(str(number))


class Measured(Sample):
    """A sample of real numbers, which are rounded."""

    decimals: int = Field(0, ge=0, le=10, description="Places behind the decimal point.")

    def real(self, stream: Stream) -> Decimal:
        """Return one number before it is rounded."""
        raise NotImplementedError

    def one(self, stream: Stream) -> Decimal:
        """Return one number."""
        return of.round_places(self.real(stream), self.decimals)


class Normal(Measured):
    """A sample of a normal distribution."""

    source: Literal["normal"] = Field(
        alias="from", description="The distribution, or the numbers to choose from."
    )
    mean: Exact = Field(description="The mean of the distribution.")
    sd: Positive = Field(description="Its standard deviation.")

    def real(self, stream: Stream) -> Decimal:
        """Return one number before it is rounded."""
        return of.normal(stream, self.mean, self.sd)


class Uniform(Measured):
    """A sample of the numbers between two others."""

    source: Literal["uniform"] = Field(
        alias="from", description="The distribution, or the numbers to choose from."
    )
    low: Exact = Field(description="The least number.")
    high: Exact = Field(description="The greatest number.")

    def real(self, stream: Stream) -> Decimal:
        """Return one number before it is rounded."""
        return of.uniform(stream, self.low, self.high)


class Exponential(Measured):
    """A sample of an exponential distribution."""

    source: Literal["exponential"] = Field(
        alias="from", description="The distribution, or the numbers to choose from."
    )
    mean: Positive = Field(description="The mean of the distribution.")

    def real(self, stream: Stream) -> Decimal:
        """Return one number before it is rounded."""
        return of.exponential(stream, self.mean)


class Binomial(Sample):
    """A sample of a binomial distribution."""

    source: Literal["binomial"] = Field(
        alias="from", description="The distribution, or the numbers to choose from."
    )
    trials: int = Field(ge=1, le=1_000, description="How many trials.")
    p: Exact = Field(ge=0, le=1, description="The probability of a success.")

    def one(self, stream: Stream) -> int:
        """Return one number."""
        return of.binomial(stream, self.trials, self.p)


class Poisson(Sample):
    """A sample of a Poisson distribution."""

    source: Literal["poisson"] = Field(
        alias="from", description="The distribution, or the numbers to choose from."
    )
    mean: Positive = Field(le=200, description="The mean of the distribution.")

    def one(self, stream: Stream) -> int:
        """Return one number."""
        return of.poisson(stream, self.mean)


class FromItems(Sample):
    """A sample of a population: of whole numbers, or of listed ones."""

    replace: Switch = Field(default=True, description="no: none is drawn twice.")

    @property
    def population(self) -> Sequence[object]:
        """Return what is drawn from."""
        raise NotImplementedError

    def all(self, stream: Stream) -> Sequence[Decimal | int | str]:
        """Return the items in the order in which they are drawn."""
        items = [str(item) for item in self.population]
        if self.replace:
            return [stream.one_of(items) for _ in range(self.n)]
        return stream.some(items, self.n)

    @model_validator(mode="after")
    def _are_enough(self) -> FromItems:
        if not self.population or (not self.replace and len(self.population) < self.n):
            what = f"{self.n} are drawn without replacement from {len(self.population)}"
            raise wrong(what, "draw fewer, or write replace: yes")
        return self


class Integers(FromItems):
    """A sample of whole numbers from one to another."""

    source: Literal["integers"] = Field(
        alias="from", description="The distribution, or the numbers to choose from."
    )
    low: int = Field(ge=-(10**9), le=10**9, description="The least number.")
    high: int = Field(ge=-(10**9), le=10**9, description="The greatest number.")

    @property
    def population(self) -> range:
        """Return what is drawn from."""
        return range(self.low, self.high + 1)

    def all(self, stream: Stream) -> Sequence[Decimal | int | str]:
        """Return the numbers in the order in which they are drawn."""
        if self.replace:
            return [stream.between(self.low, self.high) for _ in range(self.n)]
        found: dict[int, None] = {}
        while len(found) < self.n:
            found[stream.between(self.low, self.high)] = None
        return list(found)


class Listed(FromItems):
    """A sample of listed numbers."""

    source: list[Exact] = Field(
        alias="from", description="The distribution, or the numbers to choose from.", min_length=1
    )

    @property
    def population(self) -> Sequence[object]:
        """Return what is drawn from."""
        return self.source


class Pairs(Recipe):
    """Pairs of normally distributed numbers with a correlation: two lists of one length."""

    source: Literal["pairs"] = Field(
        alias="from", description="The distribution, or the numbers to choose from."
    )
    n: int = Field(ge=2, le=MOST, description="How many pairs.")
    mean: tuple[Exact, Exact] = Field(description="The two means.")
    sd: tuple[Positive, Positive] = Field(description="The two standard deviations.")
    cor: Exact = Field(ge=-1, le=1, description="The correlation.")
    decimals: int = Field(0, ge=0, le=10, description="Places behind the decimal point.")

    def text(self, stream: Stream) -> str:
        """Return the two lists."""
        pairs = [of.normal_pair(stream, self.cor) for _ in range(self.n)]
        return _listed([[self._one(pair[side], side) for pair in pairs] for side in (0, 1)])

    def _one(self, z: Decimal, side: int) -> Decimal:
        return of.round_places(of.shift_and_scale(z, self.mean[side], self.sd[side]), self.decimals)


_SAMPLES = {"normal", "uniform", "exponential", "binomial", "poisson", "integers", "pairs"}


def _known(value: object) -> object:
    source = value.get("from") if isinstance(value, dict) else None
    if not isinstance(source, list) and source not in _SAMPLES:
        what = f"expected a distribution under from:, found {source!r}"
        raise wrong(what, f"write one of {', '.join(sorted(_SAMPLES))}, or a list of numbers")
    return value


def _distribution(value: dict[str, object]) -> str:
    return "listed" if isinstance(value["from"], list) else str(value["from"])


AnySample = Annotated[
    Annotated[Normal, Tag("normal")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Exponential, Tag("exponential")]
    | Annotated[Binomial, Tag("binomial")]
    | Annotated[Poisson, Tag("poisson")]
    | Annotated[Integers, Tag("integers")]
    | Annotated[Listed, Tag("listed")]
    | Annotated[Pairs, Tag("pairs")],
    Discriminator(_distribution),
    BeforeValidator(_known),
]


class Permutation(Recipe):
    """Whole numbers from 1 on, each once, in any order."""

    of: int = Field(ge=2, le=MOST)

    @property
    def size(self) -> int:
        """Return how many orders there are."""
        return min(MANY, factorial(min(self.of, 13)))

    def text(self, stream: Stream) -> str:
        """Return the numbers in an order."""
        return _listed(stream.order(range(1, self.of + 1)))

    def draw_number(self, number: int, *names: str) -> str:
        """Return each order under a number of its own, where they can be numbered."""
        if self.size == MANY:
            return super().draw_number(number, *names)
        left, found = list(range(1, self.of + 1)), []
        while left:
            number, place = divmod(number, len(left))
            found.append(left.pop(place))
        return _listed(found)


class Graph(Recipe):
    """A graph as the matrix of its weights."""

    nodes: int = Field(ge=2, le=MOST_NODES, description="How many nodes.")
    edges: int | None = Field(None, ge=0, description="How many edges; not for a tree.")
    kind: Literal["connected", "tree", "dag", "any"] = Field(
        "connected", description="dag: directed, without cycles."
    )
    directed: Switch = Field(default=False, description="Edges have a direction.")
    weights: tuple[int, int] = Field((1, 1), description="From which to which weight: [1, 9].")
    distinct: Switch = Field(default=False, description="No two edges have the same weight.")

    @property
    def count(self) -> int:
        """Return how many edges it has."""
        least = graphs.least_edges(self.nodes, self.kind)
        return least if self.edges is None else self.edges

    @model_validator(mode="after")
    def _can_be(self) -> Graph:
        if self.edges is None and self.kind != "tree":
            raise wrong("a graph needs a number of edges", "write edges: 9, or kind: tree")
        least = graphs.least_edges(self.nodes, self.kind)
        most = graphs.most_edges(self.nodes, self.kind, directed=self.directed)
        if not least <= self.count <= most:
            what = f"a graph of {self.nodes} nodes ({self.kind}) has {least} to {most} edges"
            raise wrong(f"{what}, not {self.count}", "write another number of edges")
        low, high = self.weights
        if not 0 < low <= high <= low + MOST_WEIGHTS:
            raise wrong(f"weights from {low} to {high} are none", "write weights: [1, 9]")
        if self.distinct and high - low + 1 < self.count:
            what = f"{self.count} edges cannot have different weights from {low} to {high}"
            raise wrong(what, "widen weights, or leave distinct out")
        return self

    def text(self, stream: Stream) -> str:
        """Return the matrix of its weights."""
        weights = range(self.weights[0], self.weights[1] + 1)
        return _listed(graphs.graph(stream, self.nodes, self.count, self.kind, weights,
                                    directed=self.directed, distinct=self.distinct))  # fmt: skip


class Matrix(Recipe):
    """A matrix of whole numbers, any or with a determinant or eigenvalues."""

    rows: int = Field(ge=1, le=MOST_ROWS, description="How many rows.")
    columns: int | None = Field(
        None, ge=1, le=MOST_ROWS, description="How many columns; else as many as rows."
    )
    low: int = Field(-9, ge=-999, le=999, description="The least element.")
    high: int = Field(9, ge=-999, le=999, description="The greatest element.")
    det: int | None = Field(None, description="The determinant.")
    eigenvalues: list[int] | None = Field(
        None, description="The eigenvalues, each as often as it counts."
    )

    @model_validator(mode="after")
    def _can_be(self) -> Matrix:
        if self.low >= self.high:
            raise wrong(f"there is nothing from {self.low} to {self.high}", "write low: -9")
        if self.det is None and self.eigenvalues is None:
            return self
        if self.columns not in {None, self.rows} or None not in (self.det, self.eigenvalues):
            what = "a matrix with det or eigenvalues is square, and has one of the two"
            raise wrong(what, "leave columns and one of them out")
        if self.eigenvalues is not None and len(self.eigenvalues) != self.rows:
            what = f"{self.rows} rows have {self.rows} eigenvalues, not {len(self.eigenvalues)}"
            raise wrong(what, "list each as often as it counts")
        if self._made(Stream("try")) is None:
            what = f"no such matrix of numbers from {self.low} to {self.high} was found"
            raise wrong(what, "widen low and high")
        return self

    def _made(self, stream: Stream) -> matrices.Rows | None:
        if self.det is not None:
            return matrices.with_determinant(stream, self.rows, self.det, self.low, self.high)
        if self.eigenvalues is not None:
            return matrices.with_eigenvalues(stream, self.eigenvalues, self.low, self.high)
        return matrices.free(stream, self.rows, self.columns or self.rows, self.low, self.high)

    def text(self, stream: Stream) -> str:
        """Return the matrix as a list of rows."""
        while True:  # one was found when the recipe was read, so one is found again
            if (found := self._made(stream)) is not None:
                return _listed(found)


class RecipeEntry(Strict):
    """One recipe by its name: {sample: {from: normal, ...}}."""

    called: ClassVar = "a draw"

    sample: AnySample | None = Field(None, description="Numbers of a distribution.")
    permutation: Annotated[
        Permutation | None,
        BeforeValidator(lambda of: {"of": of}, json_schema_input_type=int),
    ] = Field(None, description="1 to this number, each once, in any order.")
    graph: Graph | None = Field(None, description="A graph as the matrix of its weights.")
    matrix: Matrix | None = Field(None, description="A matrix of whole numbers.")

    @property
    def recipe(self) -> Recipe:
        """Return the recipe that is given."""
        return next(filter(None, self.all))

    @property
    def all(self) -> tuple[Recipe | None, ...]:
        """Return the recipes by the names that they may have."""
        return self.sample, self.permutation, self.graph, self.matrix

    @model_validator(mode="after")
    def _is_one(self) -> RecipeEntry:
        if sum(map(bool, self.all)) != 1:
            raise wrong("expected one draw, found several", "write each under a name of its own")
        return self


RECIPES = frozenset(RecipeEntry.model_fields)


@dataclass(frozen=True)
class Numbers(Sequence[str]):
    """The whole numbers from 0 on, as texts: of variants that are made when they are asked for."""

    size: int

    def __len__(self) -> int:
        """Return how many there are."""
        return self.size

    def item(self, number: int) -> str:
        """Return the text of a number."""
        return str(number)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """Return the text of a number, or of several."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self.item(number)


@dataclass(frozen=True)
class Numbered(Numbers):
    """The draws of a recipe, each made when it is asked for.

    Attributes:
        names: of the question and the parameter, which make its draws its own.
    """

    recipe: Recipe
    names: tuple[str, ...]

    def item(self, number: int) -> str:
        """Return the draw of a number."""
        return self.recipe.draw_number(number, *self.names)
