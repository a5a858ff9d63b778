"""The front matter of a question file: which keys it has."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from examgen.yaml_files.fields import Exact, Given, Positive, Share, Switch, Text, Words
from examgen.yaml_files.located_yaml import Strict
from generator.questions.answers.answer_entry import AnswerEntry, AnswerName
from generator.questions.draws.recipes import RECIPES, RecipeEntry


class OwnValue(Strict):
    """A quantity of the question's own."""

    called: ClassVar = "a value"

    formula: Text = Field(description="How it comes from other values: kernel**2 * channels.")
    symbol: Text = Field("", description="Its letter, as LaTeX.")
    says: Text = Field("", description="Its name in worked solutions.")
    unit: Text | None = Field(None, description="Its unit.")


class OwnMistakeEntry(Strict):
    """A mistake of the question's own: wrong formulas by the names of what they replace."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Text]

    says: Text = Field(description="What the student did: a sentence.")
    share: Share = Field("0", validate_default=True, description="The share of the marks for it.")

    @property
    def replaced(self) -> dict[str, str]:
        """Return the wrong formulas by what they replace."""
        return dict(self.__pydantic_extra__)


class ExampleEntry(Strict):
    """Given inputs and the answers that must come out."""

    called: ClassVar = "an example"

    given: dict[str, Given] = Field({}, description="Parameters and their values.")
    gives: dict[str, Given] = Field(min_length=1, description="Answers and their values.")
    source: Text = Field("", description="Where the values come from.")


def _value(value: object) -> object:
    return {"formula": value} if isinstance(value, str) else value


class HintEntry(Strict):
    """A hint for those who practise."""

    called: ClassVar = "a hint"

    says: Text = Field(description="The hint, as LaTeX with values: First find $\\V{k}$ squares.")
    cost: Share = Field(
        "0", validate_default=True, description="The share of the marks that it costs: 10%."
    )


def _hint(value: object) -> object:
    return {"says": value} if isinstance(value, str) else value


class Range(Strict):
    """Numbers from one to another in equal steps."""

    called: ClassVar = "a range"

    start: Exact = Field(alias="from", description="The first number.")
    to: Exact = Field(description="The last number, which is among them.")
    step: Positive = Field("1", validate_default=True, description="From one to the next.")


def _drawn(value: object) -> str:
    if not isinstance(value, dict):
        return "values"
    return "recipe" if RECIPES & value.keys() else "steps"


Drawn = Annotated[
    Annotated[Given, Tag("values")]
    | Annotated[Range, Tag("steps")]
    | Annotated[RecipeEntry, Tag("recipe")],
    Discriminator(_drawn),
]


class Front(Strict):
    """The front matter of a question file."""

    title: Text = Field(description="What the question is called.")
    topic: Text = Field("", description="Its topic, as cnn/convolution.")
    level: int = Field(1, ge=1, le=3, description="How far it goes beyond the course.")
    minutes: int = Field(5, ge=1, le=300, description="Time for reading, working and writing.")
    bonus: Switch = Field(
        default=False, description="Whether its marks are added to the total, not to the maximum."
    )
    authors: Words = Field((), description="Who wrote it.")
    source: Text = Field("", description="Where it comes from.")
    licence: Text = Field("", description="Under which it may be used: CC BY 4.0.")
    derivation: Text | None = Field(None, description="A name of examgen solve --list.")
    given: dict[str, Given] = Field({}, description="Constants: {bias: 1}.")
    vary: dict[str, Drawn] = Field(
        {},
        description="What is drawn: a list of values, numbers in steps, a sample, a permutation, a "
        "graph, a matrix, or another parameter for the same draw.",
    )
    symbols: dict[str, Text] = Field({}, description="LaTeX letters of parameters.")
    values: dict[
        str, Annotated[OwnValue, BeforeValidator(_value, json_schema_input_type=Text | OwnValue)]
    ] = Field({}, description="Formulas of the question's own.")
    mistakes: dict[str, OwnMistakeEntry] = Field({}, description="Wrong formulas by names.")
    without: Words = Field((), description="Mistakes of the derivation that do not belong here.")
    where: Words = Field((), description="Conditions that a draw must meet: kernel > stride.")
    packages: Words = Field((), description="Packages of LaTeX that the text needs: [siunitx].")
    also: dict[str, Words] = Field({}, description="Other spellings of names, for all answers.")
    answers: dict[AnswerName, AnswerEntry] = Field(description="What is asked, in order.")
    hints: list[
        Annotated[HintEntry, BeforeValidator(_hint, json_schema_input_type=Text | HintEntry)]
    ] = Field([], description="Hints, shown only where an exam says practice: yes.")
    examples: list[ExampleEntry] = Field([], description="Inputs and what must come out.")
