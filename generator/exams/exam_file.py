"""Reading an exam file, and every question file that it names."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError, Fault, InputError
from examgen.ground.files import read_utf8
from examgen.ground.translations import Language, find_language
from examgen.ground.wording import format_count, plural
from examgen.yaml_files.located_yaml import Source, format_value
from generator.exams.bonus import bonus_faults, bonus_of, cap_faults, mixed_faults
from generator.exams.cover import Cover, Layout
from generator.exams.exam_entry import ExamEntry, PartEntry, PoolEntry, QuestionEntry
from generator.exams.find_exam import EXAM
from generator.exams.find_exam import question_folders as always_known
from generator.exams.model import Exam, ExamPart, ExamQuestion, Slot
from generator.exams.share_marks import NoShares, share_marks
from generator.exams.shared_faults import question_faults, share_faults
from generator.questions.draw import NoDraw, draw
from generator.questions.question_file import read_question
from generator.texts.layouts import layout_files
from solvers.graph.number import parse_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from examgen.yaml_files.located_yaml import Place
    from generator.questions.model import QuestionFile

MISSING = "correct the name, or name its folder with --questions"
ALL = "/*"
LONGEST = 200
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read_exam(path: Path | Traversable, question_folders: Sequence[Path] = ()) -> Exam:
    """Read an exam file and every question file it names.

    Args:
        path: the exam file; question files are also looked for beside it.
        question_folders: where they are looked for first.

    Raises:
        InputError: with every fault of the exam file, or of the question files.
    """
    _, text = read_utf8(path, "an exam file")
    folders: list[Path | Traversable] = [*question_folders]
    if isinstance(path, Path):
        folders += [path.parent, path.parent / "questions", path.parent.parent / "questions"]
    return exam_from_text(text, str(path), [*folders, *always_known()])


def exam_from_text(
    text: str,
    file: str,
    folders: Sequence[Path | Traversable],
    places: Mapping[str, str] | None = None,
    own_words: Mapping[str, str] | None = None,
) -> Exam:
    """Read the text of an exam file; question files are looked for in some folders.

    Args:
        text: the exam file.
        file: its name, for errors.
        folders: where question files are looked for.
        places: where the files were that it was made of once, for errors.
        own_words: of its language, where they are kept; else its file is looked for.
    """
    return _Reader(text, file, folders, places or {}, own_words or {}).read()


class _Reader:
    """Reads one exam file and collects its faults."""

    def __init__(
        self,
        text: str,
        file: str,
        folders: Sequence[Path | Traversable],
        places: Mapping[str, str],
        own_words: Mapping[str, str],
    ) -> None:
        self.text, self.file, self.folders, self.places = text, file, folders, places
        self.own_words = own_words
        self.source = Source(text, file)
        self.entry = self.source.model(ExamEntry)
        self.faults: list[Fault] = []

    def read(self) -> Exam:
        """Return the exam, if there is nothing wrong with its file."""
        entry = self.entry
        questions = [
            ExamQuestion(
                item.title,
                tuple(self._slots(number, item)),
                item.share,
                item.text,
                item.head,
                item.choose,
                item.counted,
            )
            for number, item in enumerate(entry.questions)
        ]
        for number, question in enumerate(questions):
            if sum(slot.pick for slot in question.slots) > len(LETTERS):
                what, fix = "the question has more than 26 parts", "divide it"
                self.source.fault(("questions", number), what, fix)
            for key, found in question_faults(question, entry.share):
                self._note(("questions", number, key), found)
            self._note(("questions", number), mixed_faults(question))
        every = [part for one in questions for slot in one.slots for part in slot.candidates]
        self._note(("share",), share_faults(entry.share, every))
        self._note(("questions",), bonus_faults(questions))
        if entry.layout not in layout_files():
            what = f"there is no layout {entry.layout!r}"
            self.source.fault(("layout",), what, f"known: {', '.join(layout_files())}")
        language = self._language()
        if entry.code is None and not self._short_name():
            what = "the file's name cannot be the short name of the exam"
            self.source.fault((), what, "write code: with letters and digits")
        self._refuse()
        questions = self._scaled(questions)
        self._note(("bonus_cap",), cap_faults(questions, entry.bonus_cap))
        self._refuse()
        parts = [part for one in questions for slot in one.slots for part in slot.candidates]
        packages = tuple(sorted({name for part in parts for name in part.question.packages}))
        return Exam(
            entry.code or self._short_name(),
            _cover(entry),
            self._named(questions),
            self.text,
            hashlib.sha256(self.text.encode()).hexdigest(),
            Layout(entry.layout, entry.paper, language, entry.type_size, packages),
            entry.shuffle,
            entry.leak,
            entry.share,
            entry.guessing,
            entry.floor,
            entry.bonus_cap or Fraction(0),
            entry.practice,
            entry.marking.rule if entry.marking else None,
            entry.appeals.rule if entry.appeals else None,
        )

    def _language(self) -> str:
        code, folder = self.entry.language, self.entry.languages
        if self.own_words:
            return Language(code, self.own_words)
        try:
            return find_language(code, Path(self.file).parent / folder if folder else None)
        except InputError as error:
            for fault in error.faults:
                if fault.file.endswith(f"{code}.yaml") and Path(fault.file).is_file():
                    self.faults.append(fault)
                else:
                    self.source.fault(("language",), fault.what, fault.fix)
            return code

    def _note(self, place: Place, found: Iterable[tuple[str, str]]) -> None:
        for what, fix in found:
            self.source.fault(place, what, fix)

    def _refuse(self) -> None:
        if self.faults or self.source.faults:
            raise InputError(sorted({*self.faults, *self.source.faults}))

    def _short_name(self) -> str:
        """Return the name of the file or of its own folder, used in codes and field names."""
        path = Path(self.file).absolute()
        name = path.parent.name if path.name == EXAM else path.stem
        return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:64]

    def _slots(self, number: int, item: QuestionEntry) -> Iterator[Slot]:
        for index, part in enumerate(item.parts):
            place = ("questions", number, "parts", index)
            if isinstance(part, PoolEntry):
                yield from self._pool(part, item.bonus, place)
            else:
                question = self._question(part.use, (*place, "use"))
                if question is not None:
                    fixed = self._fixed(part, question, place)
                    marks = part.marks or _marks(question)
                    is_bonus = bonus_of(part.bonus, item.bonus, question)
                    yield Slot((ExamPart("", question, marks, fixed, is_bonus),))

    def _pool(self, pool: PoolEntry, bonus: bool | None, place: Place) -> Iterator[Slot]:  # noqa: FBT001 - a key
        names = [name for item in pool.pool for name in self._listed(item)]
        found = [self._question(name, (*place, "pool")) for name in dict.fromkeys(names)]
        fit = [q for q in found if q is not None and pool.level in {None, q.level}]
        if len(fit) < pool.pick:
            of_level = "" if pool.level is None else f" of level {pool.level}"
            what = (
                f"the pool has {format_count(len(fit), 'question')}{of_level},"
                f" and {pool.pick} {plural(pool.pick, 'is', 'are')} picked"
            )
            self.source.fault((*place, "pick"), what, "name more questions, or pick fewer")
            return
        if pool.marks is None and len({_marks(question) for question in fit}) > 1:
            what = "the questions of the pool have different marks"
            self.source.fault(place, what, "write marks: for each of them")
        parts = (
            ExamPart("", q, pool.marks or _marks(q), {}, bonus_of(pool.bonus, bonus, q))
            for q in fit
        )
        yield Slot(tuple(parts), pool.pick)

    def _listed(self, name: str) -> Iterable[str]:
        """Return the names that an item of a pool stands for."""
        if not name.endswith(ALL):
            return [name]
        topic = name.removesuffix(ALL)
        if len(topic) > LONGEST or ".." in topic.split("/"):
            return []
        inside = (folder.joinpath(*topic.split("/")) for folder in self.folders)
        found = (item.name for folder in inside if folder.is_dir() for item in folder.iterdir())
        return sorted({f"{topic}/{file[:-4]}" for file in found if file.endswith(".tex")})

    def _question(self, use: str, place: Place) -> QuestionFile | None:
        name = use.removesuffix(".tex")
        is_name = len(name) <= LONGEST and ".." not in name.split("/")
        paths = (folder.joinpath(*f"{name}.tex".split("/")) for folder in self.folders)
        found = next((path for path in paths if path.is_file()), None) if is_name else None
        if found is None:
            back = f"put {self.places.get(name)} back, or name its folder with --questions"
            fix = back if name in self.places else MISSING
            self.source.fault(place, f"there is no question {name!r}", fix)
            return None
        try:
            return read_question(found, name)
        except InputError as error:
            self.faults += error.faults
            return None

    def _fixed(self, part: PartEntry, question: QuestionFile, place: Place) -> Mapping[str, str]:
        known = {*question.vary, *question.model.inputs}
        for unknown in part.fix.keys() - known:
            what = f"{question.name} has no parameter {unknown!r}"
            self.source.fault((*place, "fix", unknown), what, f"known: {', '.join(sorted(known))}")
        fixed = {key: format_value(value) for key, value in part.fix.items()}
        read = [key for key, value in fixed.items() if self._is_value(value, (*place, "fix", key))]
        if fixed and known.issuperset(fixed) and len(read) == len(fixed):
            self._try(fixed, question, (*place, "fix"))
        return fixed

    def _is_value(self, text: str, place: Place) -> bool:
        try:
            parse_value(text)
        except DerivationError as error:
            self.source.fault(place, str(error), "write a number or a list")
            return False
        return True

    def _try(self, fixed: Mapping[str, str], question: QuestionFile, place: Place) -> None:
        """Draw once, so that what can never be drawn is a fault of this file, with its line."""
        try:
            draw(question, fixed, "", "")
        except NoDraw as error:
            what = f"{question.name} has no acceptable parameters with these: {error.reason}"
            self.source.fault(place, what, "fix other values, or fewer")

    def _scaled(self, questions: list[ExamQuestion]) -> list[ExamQuestion]:
        """Return the questions with marks that add up to what the exam is worth."""
        total = self.entry.total_marks
        slots = [slot for question in questions for slot in question.slots]
        weights = [slot.candidates[0].marks for slot in slots]
        counts = [count for question in questions for count in question.counts]
        try:
            marks = weights if total is None else share_marks(total, weights, counts)
        except NoShares as error:
            self.source.fault(("total_marks",), str(error), "choose another total")
            return questions
        own = iter([m for s, m in zip(slots, marks, strict=True) for _ in s.candidates])
        scaled = [_with_parts(q, lambda part: replace(part, marks=next(own))) for q in questions]
        for number, question in enumerate(scaled):
            for index, slot in enumerate(question.slots):
                self._check_shares(slot, ("questions", number, "parts", index))
        return scaled

    def _check_shares(self, slot: Slot, place: Place) -> None:
        for part in slot.candidates:
            try:
                _ = part.shares
            except NoShares as error:
                self.source.fault(place, f"{part.question.name}: {error}", "give it more marks")

    def _named(self, questions: Sequence[ExamQuestion]) -> tuple[ExamQuestion, ...]:
        ids = self._ids(questions)
        return tuple(_with_parts(q, lambda part: replace(part, id=next(ids))) for q in questions)

    def _ids(self, questions: Sequence[ExamQuestion]) -> Iterator[str]:
        """Yield names for all parts: places, or where papers differ in these, the files' names."""
        slots = [slot for question in questions for slot in question.slots]
        is_fixed = all(len(slot.candidates) == slot.pick for slot in slots)
        seen: Counter[str] = Counter()
        for number, question in enumerate(questions, 1):
            parts = (part for slot in question.slots for part in slot.candidates)
            for index, part in enumerate(parts):
                short = part.question.name.rpartition("/")[2]
                seen[short] += 1
                if is_fixed and not self.entry.shuffle - {"options"}:
                    yield f"{number}{LETTERS[index]}"
                else:
                    yield f"{short}_{seen[short]}" if seen[short] > 1 else short


def _with_parts(question: ExamQuestion, change: Callable[[ExamPart], ExamPart]) -> ExamQuestion:
    slots = (Slot(tuple(map(change, slot.candidates)), slot.pick) for slot in question.slots)
    return replace(question, slots=tuple(slots))


def _marks(question: QuestionFile) -> Fraction:
    return sum((answer.marks for answer in question.answers), Fraction(0))


def _cover(entry: ExamEntry) -> Cover:
    return Cover(**{field.name: getattr(entry, field.name) for field in fields(Cover)})
