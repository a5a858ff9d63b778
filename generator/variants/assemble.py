r"""From an exam and students to papers with their keys."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from answers.ambiguities.numbers.decimal_comma import COMMA_LANGUAGES
from answers.judge import is_same_key
from examgen.folder.expected import expected_text, mistaken_texts, shown_latex
from examgen.folder.key import (
    SCHEMA,
    AnswerKey,
    Criterion,
    MistakeKey,
    PaperKey,
    PartKey,
    RubricKey,
)
from examgen.folder.students import Entry, Student
from examgen.ground.errors import DerivationError
from examgen.ground.separators import localize
from examgen.ground.translations import FALLBACK, words
from generator.questions.answer_space import Room
from generator.questions.answers.options import Drawn
from generator.questions.answers.values_in_answers import with_values
from generator.questions.draw import bare_key, draw, shuffle
from generator.questions.model import Asked
from generator.questions.printed_names import names_beside
from generator.questions.working_entry import working_shares
from generator.texts.template import fill_template, named_values
from generator.variants.guessing import correct_for_guessing
from generator.variants.paper import Paper, Part, letter
from generator.variants.questions import choices_of, question_of, with_earlier
from generator.variants.shared_draws import draw_shared_values, own_values
from generator.variants.shuffle_options import with_shuffled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from answers.options import Options
    from examgen.folder.key import Model
    from generator.exams.model import Exam, ExamPart, Share, Shuffled, Slot
    from generator.questions.draw import Member
    from generator.questions.model import QuestionFile, Rubric
    from solvers.graph.number import Value
    from solvers.graph.solution import Solution

CONVENTION_SHARE = Fraction(1, 2)
EITHER = "; or "  # between the causes of one wrong answer


def copies(count: int) -> tuple[Student, ...]:
    """Return students without names, for papers that carry only a number."""
    width = max(3, len(str(count)))
    return tuple(Student(f"{number:0{width}d}", is_walk_in=True) for number in range(1, count + 1))


def number_papers(students: Sequence[Student], first: int = 1) -> tuple[Entry, ...]:
    """Return the papers of students, with ids in the order of the roster."""
    width = max(3, len(str(first + len(students) - 1)))
    return tuple(Entry(f"{n:0{width}d}", one) for n, one in enumerate(students, first))


def papers(
    exam: Exam, seed: str, students: Sequence[Student], spread: Fraction | None = None
) -> Iterator[Paper]:
    """Return one paper for each student, in the order of the roster.

    Args:
        exam: the exam.
        seed: chooses the numbers.
        students: for whom.
        spread: by how much the effort of two papers may differ at most, part by part.

    Raises:
        ExamgenError: a question has no acceptable parameters.
    """
    return (paper(exam, seed, entry, spread) for entry in number_papers(students))


def paper(
    exam: Exam,
    seed: str,
    entry: Entry,
    spread: Fraction | None = None,
    *,
    names_student: bool = False,
) -> Paper:
    """Return a student's paper; its numbers depend on seed and student, not on its id."""
    student = entry.student
    stream = (seed, student.stream)
    chosen = _chosen(exam, stream)
    titles = [item.title for item in exam.questions]
    repeats = _repeats(chosen)
    everywhere = draw_shared_values(exam.share, [*chain(*chosen)], stream, exam.code, {})
    questions = []
    for number, place in enumerate(_order(exam, "questions", titles, stream), 1):
        title, picked = titles[place], chosen[place]
        names = [part.question.name for part in picked]
        one = exam.questions[place]
        own = {**everywhere, **draw_shared_values(one.share, picked, stream, title, everywhere)}
        parts = tuple(
            _part(exam, picked[index], own, stream, spread, repeats[id(picked[index])])
            for index in _order(exam, "parts", names, (*stream, title))
        )
        questions.append(question_of(number, one, with_earlier(parts), own))
    keys = tuple(
        replace(part.key, place=f"{question.number}{letter(at)}")
        for question in questions
        for at, part in enumerate(question.parts, 1)
    )
    name = (entry.paper, student.id, student.name)
    key = PaperKey(SCHEMA, *name, keys, exam.floor, tuple(choices_of(questions)), exam.bonus_cap)
    return Paper(
        entry.paper,
        exam.code,
        student,
        exam.cover,
        tuple(questions),
        key,
        exam.layout,
        names_student,
    )


def _repeats(chosen: Sequence[Sequence[ExamPart]]) -> Mapping[int, int]:
    """Return how many parts before each one on the paper have the same question."""
    seen: Counter[str] = Counter()
    found = {}
    for part in chain.from_iterable(chosen):
        found[id(part)] = seen[part.question.name]
        seen[part.question.name] += 1
    return found


def _chosen(exam: Exam, stream: tuple[str, ...]) -> list[list[ExamPart]]:
    """Return the parts that a student gets of each question; no two pools give the same one."""
    used = {
        part.question.name
        for question in exam.questions
        for slot in question.slots
        if len(slot.candidates) == slot.pick
        for part in slot.candidates
    }
    return [
        [part for slot in question.slots for part in _picked(slot, stream, used)]
        for question in exam.questions
    ]


def _picked(slot: Slot, stream: tuple[str, ...], used: set[str]) -> Sequence[ExamPart]:
    """Return the parts that a student gets of a pool, in the pool's order."""
    if len(slot.candidates) == slot.pick:
        return slot.candidates
    names = [part.question.name for part in slot.candidates]
    ranked = shuffle(names, names, *stream, "pool")
    chosen = sorted(ranked, key=used.__contains__)[: slot.pick]
    used.update(chosen)
    return [part for part in slot.candidates if part.question.name in chosen]


def _order(
    exam: Exam, what: Shuffled, names: Sequence[str], stream: tuple[str, ...]
) -> Sequence[int]:
    """Return the places of things on a paper, by name: another thing moves none of them."""
    places = range(len(names))
    if what not in exam.shuffle:
        return places
    unlike = [f"{name}\x1f{names[:place].count(name)}" for place, name in enumerate(names)]
    return shuffle(places, unlike, *stream, what)


def _part(
    exam: Exam,
    part: ExamPart,
    shared: Mapping[str, str],
    stream: tuple[str, str],
    spread: Fraction | None,
    repeat: int,
) -> Part:
    language = exam.layout.language
    member = draw(part.question, own_values(part, shared), *stream, spread, repeat)
    made = _printed(part, member, language)
    if language != FALLBACK:
        made = replace(made, key=_in_language(made.key, language))
    if not exam.practice and made.key.hints:
        made = replace(made, key=replace(made.key, hints=()))
    if exam.cover.answer_book:
        made = _in_book(made)
    if exam.guessing == "corrected":
        made = replace(made, key=correct_for_guessing(made.key))
    return with_shuffled(made, part.question, stream, usually="options" in exam.shuffle)


def _in_book(part: Part) -> Part:
    """Return a part whose prose has no room on the paper: it goes into a book of the candidate."""
    pairs = zip(part.key.answers, part.rooms, strict=True)
    rooms = (Room(is_in_book=True) if isinstance(a, RubricKey) else room for a, room in pairs)
    return replace(part, rooms=tuple(rooms))


def _in_language(key: PartKey, language: str) -> PartKey:
    """Return a key in a language: it decides about commas, and about the signs of right answers."""
    known = words(language)
    answers = (
        replace(
            answer,
            options={**answer.options, "language": judged_as(language)},
            shown=localize(answer.shown, known),
        )
        if isinstance(answer, AnswerKey)
        else answer
        for answer in key.answers
    )
    return replace(key, answers=tuple(answers))


def judged_as(language: str) -> str:
    """Return the code by which the judge knows what a comma is: as the paper prints it."""
    is_comma = words(language).get("decimal", ".") != "."
    code = str(language)
    return code if (code[:2] in COMMA_LANGUAGES) is is_comma else "de" if is_comma else FALLBACK


@lru_cache(maxsize=65_536)
def _printed(part: ExamPart, member: Member, language: str) -> Part:
    return part_of(part, member.model, member.solution, language)


def part_of(
    part: ExamPart, model: Model, solution: Solution | None, language: str = FALLBACK
) -> Part:
    """Return a part with its key, for parameters that were drawn, in the language of its paper."""
    question, values = part.question, named_values(model, solution)
    answers: list[AnswerKey | RubricKey] = []
    for answer, share in zip(question.answers, part.shares, strict=True):
        if isinstance(answer, Asked):
            asked = with_values(answer, question, Drawn(question.name, model, solution))
            known = names_beside(asked, question.body)
            made = _answer_key(part.id, _knowing(asked, known), solution, share.marks, answers)
            steps = working_shares(answer, made, answers, solution, question)
            answers.append(replace(made, working=steps) if steps else made)
        else:
            texts = [fill_template(text, values, question.name, language) for text in answer.texts]
            answers.append(_rubric_key(part.id, answer, share, *texts))
    hints = tuple(
        replace(hint, says=fill_template(hint.says, values, question.name, language))
        for hint in question.hints
    )
    about = (part.id, question.name, question.title, model)
    key = PartKey(*about, tuple(answers), bonus=part.bonus, hints=hints)
    whole = Part(
        Fraction(0) if part.bonus else part.marks,
        fill_template(question.body, values, question.name, language),
        fill_template(question.solution, values, question.name, language),
        _conventions_of(question, solution),
        solution,
        key,
        tuple(answer.room for answer in question.answers),
        question.file,
        question.body_line,
        question.solution_line,
        question.images,
        question,
        part.marks if part.bonus else Fraction(0),
    )
    return replace(whole, key=replace(key, text=whole.text))


def _conventions_of(question: QuestionFile, solution: Solution | None) -> tuple[str, ...]:
    """Return the sentences that bear on what is asked."""
    asked = [name for one in question.answers if isinstance(one, Asked) for name in one.reads]
    return solution.conventions_of(*asked) if solution is not None and asked else ()


def _knowing(answer: Asked, names: tuple[str, ...]) -> Asked:
    """Return an answer whose options say which names the question prints."""
    return replace(answer, options=replace(answer.options, known=names)) if names else answer


def _answer_key(
    part: str,
    answer: Asked,
    solution: Solution | None,
    marks: Fraction,
    before: Sequence[AnswerKey | RubricKey],
) -> AnswerKey:
    key = replace(
        bare_key(answer),
        id=f"{part}.{answer.name}",
        marks=marks,
        carry_share=answer.carry,
        choices=answer.choices,
        beside=answer.beside,
        mistakes=tuple(MistakeKey(m.name, m.says, m.share, m.answer) for m in answer.mistakes),
    )
    if solution is None or not answer.reads:
        return replace(key, shown=shown_latex(key))
    right = expected_text(key, solution)
    key = replace(key, expected=right)
    return replace(
        key,
        shown=shown_latex(key, solution),
        mistakes=(*key.mistakes, *_mistakes(key, right, answer.options, solution)),
        follows=tuple(_follows(answer, solution, before)),
    )


def _mistakes(
    key: AnswerKey, right: str, options: Options, solution: Solution
) -> Iterator[MistakeKey]:
    """Yield the mistakes that give another answer than the right one, each answer once.

    A wrong answer that several mistakes give names all of them, and earns what the best is worth.
    """
    found: list[MistakeKey] = []
    for mistake in _own_mistakes(key, solution, options):
        if is_same_key(key.kind, right, mistake.expected, options):
            continue  # within the tolerance of the key it is right
        same = (
            one for one in found if is_same_key(key.kind, one.expected, mistake.expected, options)
        )
        if (other := next(same, None)) is None:
            found.append(mistake)
        else:
            found[found.index(other)] = _either(other, mistake)
    yield from found
    seen = [right, *(mistake.expected for mistake in found)]
    for other in _conventions(key, solution, options):
        if not any(is_same_key(key.kind, one, other.expected, options) for one in seen):
            seen.append(other.expected)
            yield other


def _either(one: MistakeKey, other: MistakeKey) -> MistakeKey:
    """Return the mistake that names both causes of one wrong answer."""
    says = one.says if other.says in one.says.split(EITHER) else f"{one.says}{EITHER}{other.says}"
    return replace(one, says=says, share=max(one.share, other.share))


def _own_mistakes(key: AnswerKey, solution: Solution, options: Options) -> Iterator[MistakeKey]:
    for mistake, wrong in mistaken_texts(key, solution):
        is_nothing = _is_nothing(key, solution.mistaken(mistake), wrong, options)
        share = Fraction(0) if is_nothing and not _is_nothing(key, solution) else mistake.share
        yield MistakeKey(mistake.name, mistake.says, share, wrong)


def _is_nothing(
    key: AnswerKey, solution: Solution, text: str = "", options: Options | None = None
) -> bool:
    """Return whether 0 is an answer, in all its values: it can be had without calculating."""
    if key.letters:
        return text == "0"
    if options and options.abs and is_same_key(key.kind, text, "0", options):
        return True  # within its tolerance
    return all(_is_zero(solution[name]) for name in key.reads)


def _is_zero(value: Value) -> bool:
    return all(map(_is_zero, value)) if isinstance(value, tuple) else not value


def _conventions(key: AnswerKey, solution: Solution, options: Options) -> Iterator[MistakeKey]:
    """Yield what is right under another convention than the one that the paper prints."""
    for other in solution.other_conventions(*key.reads):
        with suppress(DerivationError):
            name = f"{other.name}_{other.value}"
            says = f"this is right under another convention: {other.sentence}"
            wrong = expected_text(key, other.solution)
            is_nothing = _is_nothing(key, other.solution, wrong, options)
            yield MistakeKey(name, says, Fraction(0) if is_nothing else CONVENTION_SHARE, wrong)


def _follows(
    answer: Asked, solution: Solution, before: Sequence[AnswerKey | RubricKey]
) -> Iterator[str]:
    """Yield the earlier answers of the same part whose value this answer is computed from."""
    needed = solution.derivation.ancestors(*answer.reads).difference(
        item.name for item in solution.derivation.inputs
    )
    for earlier in before:
        if not isinstance(earlier, AnswerKey) or not earlier.reads:
            continue
        if answer.letters and _has_letters(earlier, answer, solution):
            continue
        # A formula is followed by the number that it gives for the paper's own values.
        behind = needed if earlier.letters else needed - set(answer.reads)
        if behind.intersection(earlier.reads):
            yield earlier.id


def _has_letters(earlier: AnswerKey, answer: Asked, solution: Solution) -> bool:
    """Return whether an earlier answer stands for what is a letter in a formula, and no number."""
    behind = solution.derivation.ancestors(*earlier.reads)
    return bool(earlier.letters or behind & answer.letters.keys())


def _worth(item: Criterion, value: Fraction) -> Criterion:
    return replace(item, marks=value) if item.cap is None else replace(item, cap=value)


def _rubric_key(part: str, rubric: Rubric, share: Share, model: str, *accept: str) -> RubricKey:
    criteria = tuple(map(_worth, rubric.criteria, share.criteria))
    name = f"{part}.{rubric.name}"
    return RubricKey(name, rubric.label, share.marks, criteria, model, accept)
