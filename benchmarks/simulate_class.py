"""A made-up class for any exam: what each student hands in, and the verdict it must get.

    python benchmarks/simulate_class.py DIR [--students 200] [--seed 1]

grades a class for an exam folder's key and prints how many verdicts were as expected, and how long
an answer took. The texts come from the key and from the derivations, never from the grader.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from answers.expected import expected_text, value_expected
from answers.key import AnswerKey, PaperKey, RubricKey
from answers.model import solution_of
from grader.grade import mark_class
from grader.keys import read_keys
from grader.marks import Verdict
from grader.submissions import Submission, Submissions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from answers.key import PartKey
    from grader.marks import MarkedAnswer, MarkedPaper
    from solvers.graph.solution import Solution

NO_MARKS = frozenset({Verdict.WRONG, Verdict.UNREADABLE, Verdict.UNDECIDED})
JUNK = ("?", "idk", "I do not know", "#@!", "see the next page", "...", "-")
HOSTILE = (
    '=HYPERLINK("http://example.com";"marks")',
    "<script>alert(1)</script>",
    "__import__('os').system('true')",
    "9**9**9**9**9",
    "\\input{/etc/passwd}",
    "{{ 7 * 7 }}",
    "(" * 5_000,
    "1e999999999",
    "\u202e\u0000\x1b[2J",
    "x" * 60_000,
    "'; DROP TABLE marks; --",
    "+" * 900 + "1",
)


@dataclass(frozen=True)
class Expected:
    """What an answer must get: one of some verdicts, a mistake's name, and a share of the marks."""

    verdicts: frozenset[Verdict]
    mistakes: frozenset[str] = frozenset()
    at_least: Fraction = Fraction(0)
    at_most: Fraction = Fraction(1)

    def allows(self, marked: MarkedAnswer) -> bool:
        """Whether a marked answer is as expected."""
        if marked.verdict not in self.verdicts or marked.fault:
            return False
        if self.mistakes and marked.mistake not in self.mistakes:
            return False
        if marked.marks is None:
            return True
        return self.at_least * marked.out_of <= marked.marks <= self.at_most * marked.out_of


@dataclass(frozen=True)
class Student:
    """One made-up student: a role, the texts handed in (None: nothing at all), what is expected."""

    paper: str
    id: str
    role: str
    texts: dict[str, str] | None
    expected: dict[str, Expected]


CORRECT = Expected(frozenset({Verdict.CORRECT}), at_least=Fraction(1))
BLANK = Expected(frozenset({Verdict.BLANK}), at_most=Fraction(0))
ABSENT = Expected(frozenset({Verdict.ABSENT}), at_most=Fraction(0))
FOR_HUMAN = Expected(frozenset({Verdict.FOR_HUMAN}))
NOTHING = Expected(NO_MARKS, at_most=Fraction(0))
WRONG = Expected(frozenset({Verdict.WRONG}), at_most=Fraction(99, 100))


def simulate(keys: Sequence[PaperKey], seed: int = 1) -> tuple[Student, ...]:
    """A student for each paper, in roles that take turns."""
    dice = random.Random(seed)  # noqa: S311 - a made-up class needs no secrets
    roles = list(ROLES)
    students = []
    for number, key in enumerate(keys):
        role = roles[number % len(roles)]
        pairs: dict[str, tuple[str, Expected]] = {}
        for part in key.parts:
            given = ROLES[role](part, dice)
            for answer in part.answers:
                pairs[answer.id] = given.get(answer.id, _perfect(answer))
        texts = {name: text for name, (text, _) in pairs.items()}
        expected = {name: wanted for name, (_, wanted) in pairs.items()}
        if role == "absent":
            expected = dict.fromkeys(expected, ABSENT)
        handed_in = None if role == "absent" else texts
        students.append(Student(key.paper, key.student, role, handed_in, expected))
    return tuple(students)


_Given = dict[str, tuple[str, Expected]]


def _perfect(answer: AnswerKey | RubricKey) -> tuple[str, Expected]:
    if isinstance(answer, RubricKey):
        return "Because the gradient vanishes.", FOR_HUMAN
    return answer.expected, CORRECT


def _keyed(part: PartKey) -> Iterator[AnswerKey]:
    return (answer for answer in part.answers if isinstance(answer, AnswerKey))


def _nothing_special(part: PartKey, dice: random.Random) -> _Given:  # noqa: ARG001 - a role
    return {}


def _otherwise_written(part: PartKey, dice: random.Random) -> _Given:
    return {a.id: (dice.choice(notations(a)), CORRECT) for a in _keyed(part)}


def _mistaken(part: PartKey, dice: random.Random) -> _Given:
    """One typical mistake in one answer of the part; the others are right."""
    candidates = [answer for answer in _keyed(part) if answer.mistakes]
    if not candidates:
        return {}
    answer = dice.choice(candidates)
    made = dice.choice(answer.mistakes)
    alike = [item for item in answer.mistakes if item.expected == made.expected]
    share = max(item.share for item in alike)
    names = frozenset(item.name for item in alike if item.share == share)
    wanted = Expected(frozenset({Verdict.MISTAKE}), names, at_least=share)
    return {answer.id: (made.expected, wanted)}


def _follows(part: PartKey, dice: random.Random) -> _Given:
    """A wrong earlier value, and what rightly follows from it."""
    pairs = [(a, e) for a in _keyed(part) for e in _keyed(part) if e.id in a.follows]
    dice.shuffle(pairs)
    right = solution_of(part.model)
    for later, earlier in pairs:
        own = _another_value(earlier, right)
        if own is None:
            continue
        carried = right.carried({earlier.reads[0]: own})
        first, second = expected_text(earlier, carried), expected_text(later, carried)
        known = {item.expected for answer in (earlier, later) for item in answer.mistakes}
        if second != later.expected and not known & {first, second}:
            follow = Expected(frozenset({Verdict.FOLLOW_THROUGH}), at_least=later.carry_share)
            others = {a.id: ("", BLANK) for a in _keyed(part) if a.id not in {later.id, earlier.id}}
            return others | {earlier.id: (first, WRONG), later.id: (second, follow)}
    return {}


def _another_value(answer: AnswerKey, right: Solution) -> Fraction | None:
    """A plausible wrong value of what an answer reads first."""
    if not answer.reads or answer.letters:
        return None
    value = right[answer.reads[0]]
    return 2 * value + 3 if isinstance(value, Fraction) and value > 0 else None


def _blank(part: PartKey, dice: random.Random) -> _Given:
    return {answer.id: (dice.choice(("", "  ")), BLANK) for answer in _keyed(part)}


def _junk(part: PartKey, dice: random.Random) -> _Given:
    allowed = Expected(NO_MARKS | {Verdict.BLANK}, at_most=Fraction(0))
    return {answer.id: (dice.choice(JUNK), allowed) for answer in _keyed(part)}


def _hostile(part: PartKey, dice: random.Random) -> _Given:
    return {answer.id: (dice.choice(HOSTILE), NOTHING) for answer in _keyed(part)}


ROLES: dict[str, Callable[[PartKey, random.Random], _Given]] = {
    "perfect": _nothing_special,
    "other notation": _otherwise_written,
    "a mistake": _mistaken,
    "another mistake": _mistaken,
    "follow-through": _follows,
    "blank": _blank,
    "junk": _junk,
    "hostile": _hostile,
    "absent": _nothing_special,
}


def notations(answer: AnswerKey) -> list[str]:
    """Other ways to write the right answer."""
    text = answer.expected
    match answer.kind:
        case "integer" if text.isdigit():
            return [f"{int(text):,}", f"{int(text):,}".replace(",", " "), f"= {text}", f"{text}.0"]
        case "quantity" if answer.unit == "B" and text.split()[0].isdigit():
            number = int(text.split()[0])
            kibi = value_expected("number", Fraction(number, 1024), None)
            return [f"{number:,} B", f"{number}B", f"{text} ", f"({kibi}) KiB"]
        case "shape":
            return [text.replace("x", "×"), "(" + text.replace("x", ", ") + ")", text.upper()]
        case "list":
            return [text.strip("()"), text.replace("(", "[").replace(")", "]")]
        case "set":
            return ["{" + ", ".join(reversed(text.strip("{}").split(","))) + "}"]
        case "expression":
            return [f"({text})", f"{text} + 0", f"1*({text})"]
        case "equation":
            return [" = ".join(reversed(text.split("=")))]
        case "choice":
            return [text.upper(), f" {text}."]
        case "text":
            return [text.upper(), f" {text}."]
        case _:
            return [f" {text} "]


def submissions(students: Sequence[Student]) -> Submissions:
    """What the class hands in."""
    handed_in = (s for s in students if s.texts is not None)
    return Submissions(tuple(Submission(s.paper, s.id, dict(s.texts or {})) for s in handed_in))


def surprises(students: Sequence[Student], papers: Sequence[MarkedPaper]) -> list[str]:
    """Every verdict that is not the expected one, in words."""
    found = []
    for student, paper in zip(students, papers, strict=True):
        for answer in paper.answers:
            if not student.expected[answer.id].allows(answer):
                text = (answer.text or "")[:60]
                got = f"{answer.verdict}({answer.mistake}) {answer.marks}/{answer.out_of}"
                wanted = sorted(student.expected[answer.id].verdicts)
                found.append(
                    f"{student.paper} ({student.role}) {answer.id}: {text!r} against"
                    f" {answer.expected[:60]!r}: {got}, not {', '.join(wanted)}"
                    f" {sorted(student.expected[answer.id].mistakes)}: {answer.why} {answer.fault}"
                )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    keys = read_keys(asked.folder / "key.jsonl")
    keys = (keys * (asked.students // len(keys) + 1))[: asked.students]
    students = simulate(keys, asked.seed)
    handed_in = {student.paper: student for student in students}
    start = time.perf_counter()
    papers = mark_class(keys, submissions(tuple(handed_in.values())))
    seconds = time.perf_counter() - start
    wrong = surprises(students, papers)
    counts = Counter(answer.verdict for paper in papers for answer in paper.answers)
    for verdict, count in counts.most_common():
        print(f"{count:7} {verdict}")
    print(f"{sum(counts.values())} answers in {seconds:.2f} s, {len(wrong)} not as expected")
    print("\n".join(wrong))


if __name__ == "__main__":
    main()
