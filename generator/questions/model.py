"""A question: what is drawn, what is asked, and the text, as its file describes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from generator.texts.template import names_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from answers.judge import Options
    from examgen.folder.key import Criterion, HintKey, Model
    from generator.questions.answer_space import Room
    from generator.questions.code.beside import Code
    from solvers.graph.formulas.text import TextCondition


@dataclass(frozen=True)
class LiteralMistake:
    """A wrong answer that is recognized by its text."""

    name: str
    says: str
    share: Fraction
    answer: str


@dataclass(frozen=True)
class Asked:
    """An answer that is judged: its kind, what is right, and how it is compared.

    Attributes:
        reads: quantities that the answer states; empty where `literal` is the answer.
        trivial: the answer may be 0, 1 or equal to an input.
        harmless: mistakes that leave this answer right.
        room: room to work, before the field of the answer.
        beside: of a matching, what is beside each option that is to be found.
        right_when: of several right options, for each the condition under which it is right; none
            where `literal` has the right ones.
        is_shuffled: whether its options are in another order on each paper; None: as the exam
            says.
        line: where it is in the question's file.
        working: the weights of the steps that are marked; empty: all alike; None: the result only.
    """

    name: str
    kind: str
    reads: tuple[str, ...]
    literal: str
    marks: Fraction
    label: str
    unit: str | None
    options: Options
    letters: Mapping[str, str]
    carry: Fraction
    trivial: bool
    harmless: tuple[str, ...]
    choices: tuple[str, ...]
    mistakes: tuple[LiteralMistake, ...]
    room: Room | None = None
    line: int = 1
    is_shuffled: bool | None = None
    beside: tuple[str, ...] = ()
    right_when: tuple[TextCondition, ...] = ()
    working: Mapping[str, Fraction] | None = None


@dataclass(frozen=True)
class Rubric:
    """An answer that a person marks.

    Attributes:
        accept: sentences that say what is right besides the model answer.
    """

    name: str
    marks: Fraction
    label: str
    criteria: tuple[Criterion, ...]
    model: str
    accept: tuple[str, ...] = ()
    room: Room | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the model answer and what is right besides, in which values are put."""
        return (self.model, *self.accept)


@dataclass(frozen=True)
class Example:
    """Given inputs and the answers that must come out."""

    given: Mapping[str, str]
    gives: Mapping[str, str]
    source: str


@dataclass(frozen=True)
class Origin:
    """The authors of a question, its source, and the licence under which it may be used."""

    authors: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, eq=False)
class QuestionFile:
    """A question as its file describes it; see `docs/questions.md`.

    Attributes:
        name: topic and name, as exam files use it.
        file: where it was read.
        raw: the file itself, of which an exam folder keeps a copy.
        vary: the values a parameter may take (as texts), or a text: the name of the one it equals.
        body_line: the line of the file at which the text begins; so `solution_line`.
        model: derivation, own formulas and mistakes; its inputs are those given.
        origin: who wrote it, and under which licence.
        packages: of LaTeX, that its text needs.
        beside: the files beside it that its text names, by their names.
        images: those of them that are images, by the names under which TeX finds them.
        code: the Python beside it; None where there is none.
        bonus: whether its marks are added to the total and not to the maximum.
        hints: for practice, as LaTeX in which values are put.
    """

    name: str
    file: str
    raw: bytes
    sha256: str
    title: str
    topic: str
    level: int
    minutes: int
    vary: Mapping[str, Sequence[str]]
    where: tuple[TextCondition, ...]
    model: Model
    answers: tuple[Asked | Rubric, ...]
    examples: tuple[Example, ...]
    body: str
    solution: str
    body_line: int = 1
    solution_line: int = 1
    packages: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
    code: Code | None = None
    origin: Origin = field(default_factory=Origin)
    bonus: bool = False
    hints: tuple[HintKey, ...] = ()

    @cached_property
    def stated(self) -> frozenset[str]:
        """Return the values that judged answers state."""
        asked = [answer for answer in self.answers if isinstance(answer, Asked)]
        literal = frozenset().union(*(names_in(answer.literal) for answer in asked))
        return frozenset(name for answer in asked for name in answer.reads) | literal

    @property
    def hidden(self) -> frozenset[str]:
        """Return the values of its code that answers state: neither given nor computed."""
        return frozenset() if self.code is None else self.stated.intersection(self.code.names)
