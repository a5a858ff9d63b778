"""The front matter of a question file: which keys it has."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from annotated_types import Gt
from pydantic import BeforeValidator, Field

from examgen.ground.errors import DerivationError
from generator.questions.located_yaml import Strict
from solvers.graph.number import parse_number

if TYPE_CHECKING:
    from generator.questions.located_yaml import Place, Source


def exact(value: object) -> Fraction:
    """A number or a percentage, exactly."""
    try:
        text = str(value)
        return parse_number(text[:-1]) / 100 if text.endswith("%") else parse_number(text)
    except DerivationError as error:
        raise ValueError(str(error)) from error


def share_of(source: Source, place: Place, text: str) -> Fraction:
    """Return a share of the marks; one that is not between 0 and 1 is noted as a fault."""
    try:
        share = exact(text)
    except ValueError:
        share = Fraction(-1)
    if not 0 <= share <= 1:
        source.fault(place, f"the share {text!r} is not between 0 and 1", "write 0.5 or 50%")
    return share


def _words(value: object) -> object:
    return [value] if isinstance(value, str) else value


Exact = Annotated[Fraction, BeforeValidator(exact)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class OwnValue(Strict):
    """A quantity of the question's own."""

    formula: str
    symbol: str = ""
    says: str = ""
    unit: str | None = None


class ExampleEntry(Strict):
    """Given inputs and the answers that must come out."""

    given: dict[str, str | list[object]] = Field(default_factory=dict)
    gives: dict[str, str | list[object]] = Field(min_length=1)
    source: str = ""


class Range(Strict):
    """Numbers from one to another in equal steps."""

    start: Exact = Field(alias="from")
    to: Exact
    step: Annotated[Exact, Gt(0)] = Fraction(1)


class Front(Strict):
    """The front matter of a question file."""

    title: str
    topic: str = ""
    level: int = Field(default=1, ge=1, le=3)
    minutes: int = Field(default=5, ge=1, le=300)
    derivation: str | None = None
    given: dict[str, str | list[object]] = Field(default_factory=dict)
    vary: dict[str, str | list[object] | Range] = Field(default_factory=dict)
    symbols: dict[str, str] = Field(default_factory=dict)
    values: dict[str, str | OwnValue] = Field(default_factory=dict)
    mistakes: dict[str, dict[str, str]] = Field(default_factory=dict)
    without: Words = ()
    where: Words = ()
    also: dict[str, list[str]] = Field(default_factory=dict)
    answers: dict[str, dict[str, object]]
    examples: list[ExampleEntry] = Field(default_factory=list)
