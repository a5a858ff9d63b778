"""The key of a paper: the one place where generator and grader meet.

A line of `key.jsonl` is one `PaperKey`. It holds everything that marking needs (drawn values, the
question's own formulas, expected answers, options, mistakes), so that grading never reads a
question file and never draws again: a question may change the day after the exam.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, TypeAdapter

SCHEMA = 1


@lru_cache(4_096)
def _fraction(text: str) -> Fraction | str:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return text  # of which pydantic says what is wrong


def _parsed(value: object) -> object:
    return _fraction(value) if isinstance(value, str) else value


# A key holds few different marks and shares, many times each.
Exact: TypeAlias = Annotated[Fraction, BeforeValidator(_parsed)]


Counted: TypeAlias = Literal["best", "first"]
Floor: TypeAlias = Literal["paper", "question", "part", "answer"]
OptionValue: TypeAlias = str | int | list[str] | dict[str, list[str]]


@dataclass(frozen=True)
class MistakeKey:
    """A wrong answer that is recognized.

    Attributes:
        name: as in the derivation or the question file.
        says: what was done wrong, for the student.
        share: the part of the marks it earns, 0 to 1.
        expected: the answer that someone gets who makes this mistake, in student notation.
    """

    name: str
    says: str
    share: Exact
    expected: str


@dataclass(frozen=True)
class AnswerKey:
    """An answer that the grader marks.

    Attributes:
        id: question and name, as in a column of the submissions: `1a.parameters`.
        label: what is asked, in a few words, as printed beside the blank.
        kind: a kind of `answers.judge.Kind`.
        expected: the right answer in student notation.
        options: the judge's options by their names.
        shown: the right answer as LaTeX, for the printed key.
        unit: the unit in which a number is expected; None where there is none.
        reads: the quantities of the derivation that this answer states, in order; empty where the
            answer does not come from the derivation.
        letters: for an expression, the letter by the name of each input that stays a letter.
        follows: ids of earlier answers on whose values this one builds (follow-through).
        carry_share: the part of the marks that a right consequence of a wrong earlier value earns.
        choices: the options of a choice, in the order printed.
        beside: of a matching, what is beside each option that is to be found.
        working: of an answer in several lines, the share of the marks of each step by its name;
            empty where only a result is asked for.
    """

    id: str
    label: str
    marks: Exact
    kind: str
    expected: str
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    shown: str = ""
    unit: str | None = None
    reads: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    mistakes: tuple[MistakeKey, ...] = ()
    follows: tuple[str, ...] = ()
    carry_share: Exact = Fraction(1)
    choices: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    working: Mapping[str, Exact] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Return a hash of what tells most answers apart; some fields, as mappings, have none."""
        return hash((self.id, self.kind, self.expected))


@dataclass(frozen=True)
class Criterion:
    """One thing a person looks for when marking.

    Attributes:
        marks: what it is worth; below 0, what is taken off where it is found.
        accept: what meets it as well, a sentence each.
        not_enough: what does not meet it, though it looks like it.
        keywords: words that are highlighted in an answer; they earn nothing.
        one_of: a name for criteria of which at most one earns marks.
        cap: where it is found, the answer earns at most so much in all; then it has no marks.
        name: by which it stays the same criterion when its words are changed.
    """

    says: str
    marks: Exact = Fraction(0)
    accept: tuple[str, ...] = ()
    not_enough: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    one_of: str = ""
    cap: Exact | None = None
    name: str = ""

    @property
    def value(self) -> Fraction:
        """Return the marks that its words speak of: earned, taken off, or the most there can be."""
        return self.marks if self.cap is None else self.cap

    @property
    def full(self) -> Fraction:
        """Return what a person gives where it is met; 1 for a cap."""
        return self.marks if self.cap is None else Fraction(1)


@dataclass(frozen=True)
class RubricKey:
    """An answer that a person marks: criteria, and a model answer as LaTeX.

    Attributes:
        accept: what is right as well, a sentence of LaTeX each.
    """

    id: str
    label: str
    marks: Exact
    criteria: tuple[Criterion, ...]
    model: str = ""
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class HintKey:
    """A hint on a paper for practice.

    Attributes:
        says: LaTeX with the paper's own values.
        cost: the share of the marks that anyone who looks at it is told to take off.
    """

    says: str
    cost: Exact = Fraction(0)


@dataclass(frozen=True)
class FormulaKey:
    """A formula of a question file: a quantity of its own, or what a mistake puts in its place."""

    name: str
    formula: str
    symbol: str = ""
    says: str = ""
    unit: str | None = None


@dataclass(frozen=True)
class OwnMistake:
    """A mistake that a question file adds: wrong formulas by the names they replace."""

    name: str
    says: str
    share: Exact
    replaced: tuple[FormulaKey, ...]


@dataclass(frozen=True)
class Model:
    """The model of a question's values: a derivation by name, extended by formulas.

    Attributes:
        derivation: a name of `solvers.catalogue`; None where all formulas are the question's own.
        inputs: exact values of the inputs, as text; names that the derivation does not know
            become inputs for the question's own formulas. Words are in quotation marks.
        symbols: LaTeX letters of such inputs.
        values: quantities that the question file adds, in order.
        mistakes: mistakes that the question file adds.
        without: mistakes of the derivation that do not apply to this question.
    """

    derivation: str | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    values: tuple[FormulaKey, ...] = ()
    mistakes: tuple[OwnMistake, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartKey:
    r"""The key of one part of a paper, which is one question file.

    Attributes:
        id: number and letter on the paper: `1a`.
        template: the question file, as `topic/name`.
        answers: in the order asked.
        text: the question as LaTeX with its values, `\answer{name}` where an answer goes; empty
            in keys of older versions, as `place` is.
        place: number and letter on this paper, which are not the id where parts are shuffled.
        bonus: whether its marks are added to the total and not to the maximum.
        hints: of a paper for practice; an exam has none.
    """

    id: str
    template: str
    title: str
    model: Model
    answers: tuple[AnswerKey | RubricKey, ...]
    text: str = ""
    place: str = ""
    bonus: bool = False
    hints: tuple[HintKey, ...] = ()


@dataclass(frozen=True)
class Choose:
    """Parts of a paper of which only some count.

    Attributes:
        parts: their ids, in the order of the paper.
        count: how many count.
        counted: the best, or the first that are answered.
    """

    parts: tuple[str, ...]
    count: int
    counted: Counted = "best"


@dataclass(frozen=True)
class PaperKey:
    """The key of one paper.

    Attributes:
        paper: the paper's id, printed on each page.
        student: the student's id; equal to the paper's id on a paper without a name.
        name: the student's name, or an empty text.
        floor: over what the marks never add up to less than 0, whatever wrong answers cost.
        choose: parts of which only some count.
        bonus_cap: by how much bonus marks may lift the total above the maximum.
    """

    schema: int
    paper: str
    student: str
    name: str
    parts: tuple[PartKey, ...]
    floor: Floor = "paper"
    choose: tuple[Choose, ...] = ()
    bonus_cap: Exact = Fraction(0)

    @property
    def bonus(self) -> frozenset[str]:
        """Return the parts whose marks are added to the total and not to the maximum."""
        return frozenset(part.id for part in self.parts if part.bonus)

    @property
    def answers(self) -> tuple[AnswerKey | RubricKey, ...]:
        """Return all answers of the paper, in the order asked."""
        return tuple(answer for part in self.parts for answer in part.answers)

    def to_json(self) -> str:
        """Return one line of JSON; equal keys give equal lines."""
        return _adapter().dump_json(self).decode()

    @classmethod
    def from_json(cls, line: str | bytes) -> PaperKey:
        """Read one line of a key file.

        Raises:
            pydantic.ValidationError: the line is not a paper's key.
        """
        return _adapter().validate_json(line)


@cache
def _adapter() -> TypeAdapter[PaperKey]:
    return TypeAdapter(PaperKey)
