r"""From an exam and students to papers with their keys."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from answers.expected import expected_text, literal_latex, mistaken_texts, shown_latex
from answers.judge import same_key
from answers.key import SCHEMA, AnswerKey, Criterion, MistakeKey, PaperKey, PartKey, RubricKey
from generator.draw import bare_key, draw, shuffled
from generator.paper import Entry, Paper, Part, Question, Student
from generator.question import Asked
from generator.template import filled
from solvers.errors import DerivationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.key import Model
    from answers.options import Options
    from generator.draw import Member
    from generator.exam import Exam, ExamPart, Shuffled, Slot
    from generator.question import Rubric
    from solvers.graph.solution import Solution


_Item = TypeVar("_Item")
CONVENTION_SHARE = Fraction(1, 2)


def copies(count: int) -> tuple[Student, ...]:
    """Students without names, for papers that carry only a number."""
    width = max(3, len(str(count)))
    return tuple(Student(f"{number:0{width}d}", is_walk_in=True) for number in range(1, count + 1))


def numbered(students: Sequence[Student], first: int = 1) -> tuple[Entry, ...]:
    """The papers of students, with ids in the order of the roster."""
    width = max(3, len(str(first + len(students) - 1)))
    return tuple(Entry(f"{n:0{width}d}", one) for n, one in enumerate(students, first))


def papers(
    exam: Exam, seed: str, students: Sequence[Student], spread: Fraction | None = None
) -> Iterator[Paper]:
    """One paper for each student, in the order of the roster.

    Args:
        exam: the exam.
        seed: chooses the numbers.
        students: for whom.
        spread: by how much the effort of two papers may differ at most, part by part.

    Raises:
        ExamgenError: a question has no acceptable parameters.
    """
    return (paper(exam, seed, entry, spread) for entry in numbered(students))


def paper(exam: Exam, seed: str, entry: Entry, spread: Fraction | None = None) -> Paper:
    """The paper of one student. Its numbers depend on seed and student, not on the paper's id."""
    student = entry.student
    stream = (seed, student.stream)
    questions = []
    for number, item in enumerate(_ordered(exam, "questions", exam.questions, stream), 1):
        picked = [part for slot in item.slots for part in _picked(slot, stream)]
        parts = tuple(
            _part(exam, part, stream, spread)
            for part in _ordered(exam, "parts", picked, (*stream, item.title))
        )
        marks = sum((part.marks for part in parts), Fraction(0))
        questions.append(Question(number, item.title, marks, parts))
    keys = tuple(part.key for question in questions for part in question.parts)
    key = PaperKey(SCHEMA, entry.paper, student.id, student.name, keys)
    return Paper(entry.paper, exam.code, student, exam.cover, tuple(questions), key, exam.layout)


def _picked(slot: Slot, stream: tuple[str, ...]) -> Sequence[ExamPart]:
    """The parts that a student gets of a pool, in the pool's order."""
    if len(slot.candidates) == slot.pick:
        return slot.candidates
    chosen = shuffled(slot.candidates, [part.id for part in slot.candidates], *stream, "pool")
    return [part for part in slot.candidates if part in chosen[: slot.pick]]


def _ordered(
    exam: Exam, what: Shuffled, items: Sequence[_Item], stream: tuple[str, ...]
) -> Sequence[_Item]:
    if what not in exam.shuffle:
        return items
    return shuffled(items, list(map(str, range(len(items)))), *stream, what)


def _part(exam: Exam, part: ExamPart, stream: tuple[str, str], spread: Fraction | None) -> Part:
    made = _printed(part, draw(part.question, part.fixed, *stream, spread))
    if "options" not in exam.shuffle:
        return made
    answers = tuple(_with_options(answer, stream) for answer in made.key.answers)
    return replace(made, key=replace(made.key, answers=answers))


def _with_options(answer: AnswerKey | RubricKey, stream: tuple[str, ...]) -> AnswerKey | RubricKey:
    if isinstance(answer, RubricKey) or not answer.choices:
        return answer
    choices = shuffled(answer.choices, answer.choices, *stream, answer.id)
    return replace(answer, choices=tuple(choices))


@lru_cache(maxsize=65_536)
def _printed(part: ExamPart, member: Member) -> Part:
    return part_of(part, member.model, member.solution)


def part_of(part: ExamPart, model: Model, solution: Solution | None) -> Part:
    """A part with its key, for parameters that were drawn."""
    question = part.question
    whole = sum((answer.marks for answer in question.answers), Fraction(0))
    scale = part.marks / whole
    answers: list[AnswerKey | RubricKey] = []
    for answer in question.answers:
        if isinstance(answer, Asked):
            answers.append(_answer_key(part.id, answer, solution, scale, answers))
        else:
            answers.append(_rubric_key(part.id, answer, scale, model, solution, question.name))
    key = PartKey(part.id, question.name, question.title, model, tuple(answers))
    return Part(
        part.marks,
        filled(question.body, model, solution, question.name),
        filled(question.solution, model, solution, question.name),
        solution.conventions if solution is not None else (),
        solution,
        key,
        tuple(answer.room for answer in question.answers),
    )


def _answer_key(
    part: str,
    answer: Asked,
    solution: Solution | None,
    scale: Fraction,
    before: Sequence[AnswerKey | RubricKey],
) -> AnswerKey:
    key = replace(
        bare_key(answer),
        id=f"{part}.{answer.name}",
        marks=answer.marks * scale,
        options=answer.options.to_mapping(),
        carry_share=answer.carry,
        choices=answer.choices,
        mistakes=tuple(MistakeKey(m.name, m.says, m.share, m.answer) for m in answer.mistakes),
    )
    if solution is None or not answer.reads:
        return replace(key, shown=literal_latex(key))
    right = expected_text(key, solution)
    return replace(
        key,
        expected=right,
        shown=shown_latex(key, solution),
        mistakes=(*key.mistakes, *_mistakes(key, right, answer.options, solution)),
        follows=tuple(_follows(answer, solution, before)),
    )


def _mistakes(
    key: AnswerKey, right: str, options: Options, solution: Solution
) -> Iterator[MistakeKey]:
    """The mistakes that give another answer than the right one, each answer once."""
    seen = [right]
    for found in (*_own_mistakes(key, solution), *_conventions(key, solution)):
        # Within the tolerance of the key it would be right, of another mistake it has a name.
        if not any(same_key(key.kind, other, found.expected, options) for other in seen):
            seen.append(found.expected)
            yield found


def _own_mistakes(key: AnswerKey, solution: Solution) -> Iterator[MistakeKey]:
    for mistake, wrong in mistaken_texts(key, solution):
        yield MistakeKey(mistake.name, mistake.says, mistake.share, wrong)


def _conventions(key: AnswerKey, solution: Solution) -> Iterator[MistakeKey]:
    """What is right under another convention than the one that the paper prints."""
    for other in solution.other_conventions(*key.reads):
        with suppress(DerivationError):
            name = f"{other.name}_{other.value}"
            says = f"this is right under another convention: {other.sentence}"
            wrong = expected_text(key, other.solution)
            yield MistakeKey(name, says, CONVENTION_SHARE, wrong)


def _follows(
    answer: Asked, solution: Solution, before: Sequence[AnswerKey | RubricKey]
) -> Iterator[str]:
    """The earlier answers of the same part whose value this answer is computed from."""
    if answer.letters:
        return
    needed = solution.derivation.ancestors(*answer.reads).difference(
        item.name for item in solution.derivation.inputs
    )
    for earlier in before:
        if not isinstance(earlier, AnswerKey) or earlier.letters or not earlier.reads:
            continue
        if set(earlier.reads) & (needed - set(answer.reads)):
            yield earlier.id


def _rubric_key(
    part: str, rubric: Rubric, scale: Fraction, model: Model, solution: Solution | None, name: str
) -> RubricKey:
    criteria = tuple(Criterion(item.says, item.marks * scale) for item in rubric.criteria)
    text = filled(rubric.model, model, solution, name)
    return RubricKey(f"{part}.{rubric.name}", rubric.label, rubric.marks * scale, criteria, text)
