"""The scale file: from which mark each grade is given, and what counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from examgen.yaml_files.fields import Exact, Named, Positive, Share, Text, Words
from examgen.yaml_files.located_yaml import Source, Strict, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_BYTES = 2**20
_NAME_ONE = "name a scale file in UTF-8"


def _falling(bands: dict[str, Fraction]) -> dict[str, Fraction]:
    """Return the bands, if each begins below the one before it, and the last one at 0."""
    lowest = list(bands.values())
    if not lowest or lowest[-1] != 0:
        raise wrong("bands: the last grade does not begin at 0", "write it last, as FF: 0")
    for one, other in pairwise(lowest):
        if one <= other:
            what = f"bands: a grade from {other} on is listed below one from {one} on"
            raise wrong(what, "list grades from the best one down")
    return bands


Bands = Annotated[Named[Exact], AfterValidator(_falling)]


class Resit(Strict):
    """The rule by which the mark of a second exam counts."""

    called: ClassVar = "a resit"

    rule: Literal["best", "latest", "capped", "weighted"] = Field(
        description="best of both; latest; capped: the best, the second counting at most cap; "
        "weighted: weight of the second, the rest of the first."
    )
    cap: Positive | None = Field(None, description="The most that the second exam can give.")
    weight: Share | None = Field(None, description="What the second exam weighs: 60%.")

    @model_validator(mode="after")
    def _is_whole(self) -> Resit:
        for rule, name in (("capped", "cap"), ("weighted", "weight")):
            if (self.rule == rule) != (getattr(self, name) is not None):
                fix = f"give both or neither: rule: {rule}, {name}: ..."
                raise wrong(f"resit: {name} and the rule {rule} go together", fix)
        return self


class Scale(Strict):
    """A scale: marks are added up, scaled and rounded; the highest band they reach is the grade."""

    called: ClassVar = "a scale"

    out_of: Positive = Field(Fraction(100), description="What full marks are scaled to.")
    rounding: Literal["half_up", "up", "down", "none"] = Field(
        "half_up", description="How scaled marks are rounded."
    )
    step: Positive = Field(Fraction(1), description="To multiples of what they are rounded.")
    bands: Bands = Field(description="The lowest scaled mark of each grade, the best first.")
    pass_: Text = Field(alias="pass", description="The lowest grade that passes.")
    absent: Text = Field("", description="The grade of students who handed in nothing: NA.")
    drop: Words = Field((), description="Answers, parts or questions that do not count: 3b.x, 2.")
    resit: Resit | None = Field(None, description="How the mark of a second exam counts.")
    outcomes: Named[Words] = Field(
        {}, description="Learning outcomes with the answers, parts or questions that test them."
    )
    attained: Share = Field(
        Fraction(3, 5),
        validate_default=True,
        description="The share of its marks from which an outcome is attained by a student.",
    )

    @model_validator(mode="after")
    def _passes(self) -> Scale:
        if self.pass_ not in self.bands:
            known = ", ".join(self.bands)
            raise wrong(
                f"pass: expected a grade of bands, found {self.pass_!r}", f"name one of {known}"
            )
        return self

    def with_bands(self, changed: Mapping[str, Fraction], drop: tuple[str, ...] = ()) -> Scale:
        """Return the scale with other boundaries, and with more that does not count.

        Raises:
            ValidationError: a boundary would pass its neighbour.
        """
        given = self.model_dump(by_alias=True)
        return Scale.model_validate(
            given | {"bands": {**self.bands, **changed}, "drop": (*self.drop, *drop)}
        )

    def to_scale(self, marks: Fraction, out_of: Fraction) -> Fraction:
        """Return marks on the scale, rounded exactly once.

        >>> scale = Scale.model_validate({"bands": {"A": "50", "F": "0"}, "pass": "A"})
        >>> scale.to_scale(Fraction(99, 2), Fraction(100)), scale.to_scale(Fraction(1), Fraction(3))
        (Fraction(50, 1), Fraction(33, 1))
        """
        value = marks * self.out_of / out_of if out_of else Fraction(0)
        steps = value / self.step
        match self.rounding:
            case "half_up":
                return (steps + Fraction(1, 2)).__floor__() * self.step
            case "up":
                return steps.__ceil__() * self.step
            case "down":
                return steps.__floor__() * self.step
            case _:
                return value

    def grade(self, value: Fraction) -> str:
        """Return the grade of a scaled mark."""
        return next(name for name, lowest in self.bands.items() if value >= lowest)

    def passes(self, grade: str) -> bool:
        """Return whether a grade passes."""
        names = list(self.bands)
        return names.index(grade) <= names.index(self.pass_)


def read_scale(path: Path) -> Scale:
    """Read a scale file.

    Raises:
        InputError: it is missing, or with every fault that it has.
    """
    content = read_regular(path, MAX_BYTES)
    if isinstance(content, Fault):
        raise InputError([Fault(content.file, content.line, content.what, _NAME_ONE)])
    try:
        text = content.raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Fault(str(path), 1, "this is not UTF-8", "save it as UTF-8")]) from error
    return Source(text, str(path)).model(Scale)
