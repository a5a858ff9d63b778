"""The criteria of a rubric as they are in the front matter."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from examgen.folder.key import Criterion
from examgen.folder.rubric import most
from examgen.yaml_files.fields import Marks, SignedMarks, Text
from examgen.yaml_files.located_yaml import Strict, wrong

if TYPE_CHECKING:
    from collections.abc import Sequence


def _sentence(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str) or not value.strip():
        fix = "list sentences, one with a colon in quotes: ['Option A: zeros', ...]"
        raise wrong(f"{info.field_name}: holds something else than sentences", fix)
    return value


Sentences = Annotated[
    tuple[Annotated[str, BeforeValidator(_sentence)], ...],
    BeforeValidator(
        lambda value: value if isinstance(value, list) else [value],
        json_schema_input_type=Text | list[Text],
    ),
]


class CriterionEntry(Strict):
    """A criterion for which a person gives marks."""

    called: ClassVar = "a criterion"

    says: Text = Field("", description="When it is met; formulas between dollar signs.")
    marks: SignedMarks | None = Field(
        None, description="What it is worth; below 0, what is taken off where it is found."
    )
    accept: Sentences = Field((), description="What meets it as well: sentences as says: is.")
    not_enough: Sentences = Field((), description="What does not meet it, though it looks like it.")
    keywords: Sentences = Field(
        (), description="Words that are highlighted in an answer; they earn nothing."
    )
    one_of: Text = Field("", description="A name for criteria of which at most one earns marks.")
    cap: Marks | None = Field(
        None, description="In the place of marks: where it is found, the answer earns at most this."
    )
    name: Text = Field(
        "", description="By which it stays the same criterion when its words are changed."
    )

    @model_validator(mode="after")
    def _is_worth(self) -> CriterionEntry:
        if (self.marks is None) == (self.cap is None):
            what = "marks and a cap" if self.cap is not None else "neither marks nor a cap"
            raise wrong(f"a criterion has {what}", "write marks: 4, or cap: 4 instead")
        if self.cap is not None and self.one_of:
            raise wrong("a cap is in a group of criteria", "take one_of: out")
        return self

    @property
    def criterion(self) -> Criterion:
        """Return the criterion as keys have it."""
        return Criterion(
            self.says,
            self.marks or Fraction(0),
            accept=self.accept,
            not_enough=self.not_enough,
            keywords=self.keywords,
            one_of=self.one_of,
            cap=self.cap,
            name=self.name,
        )


def check_rubric(entries: Sequence[CriterionEntry], at_most: Fraction | None) -> None:
    """Refuse criteria that cannot be marked by.

    Raises:
        PydanticCustomError: what is wrong, and what to do.
    """
    groups = Counter(entry.one_of for entry in entries if entry.one_of)
    alone = next((name for name, count in groups.items() if count == 1), None)
    if alone is not None:
        raise wrong(f"one_of: {alone} has one criterion", "give another one the same one_of:")
    names = Counter(entry.name for entry in entries if entry.name)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise wrong(f"two criteria have the name {twice}", "give each a name of its own")
    worth = most([entry.criterion for entry in entries])
    if not worth:
        raise wrong("the criteria earn no marks", "give one of them marks above 0")
    if at_most is not None and at_most > worth:
        raise wrong("at_most: is more than the criteria are worth", f"write at most {worth}")
    if any(entry.cap is not None and entry.cap >= (at_most or worth) for entry in entries):
        raise wrong("a cap is no less than what the answer is worth", "write a lower cap")
