"""The page of a student: own answers as handed in, how they were read, marks and why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from answers.numbers.tolerance import EXACTLY
from answers.verdict import Verdict
from examgen.folder.expected import right_in_words
from examgen.folder.key import AnswerKey, RubricKey
from examgen.folder.questions import sentence_html
from examgen.folder.rubric import criterion_worth, given_text
from examgen.ground.html.mathml import formula
from examgen.ground.html.templates import environment, inline_with_hash
from examgen.ground.translations import FALLBACK
from examgen.ground.translator import ENGLISH, Translator
from examgen.ground.wording import begin_sentence
from grader.feedback.lines import lines_of
from grader.feedback.options import options_of
from grader.feedback.zip_files import file_stems
from grader.records.submissions import visible
from grader.scoring.marked import MarkedAnswer, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from jinja2 import Environment
    from markupsafe import Markup

    from examgen.folder.key import Criterion
    from examgen.folder.people_rules import AppealRule
    from grader.feedback.options import Option
    from grader.feedback.own_paper import OwnPart
    from grader.scoring.marked import MarkedPaper

MAX_SHOWN = 4_000
HEADINGS = {
    Verdict.CORRECT: "Right.",
    Verdict.MISTAKE: "Not quite.",
    Verdict.FOLLOW_THROUGH: "Correct, based on your earlier answer.",
    Verdict.WRONG: "Not right.",
    Verdict.BLANK: "Left blank.",
    Verdict.ABSENT: "Not handed in.",
    Verdict.UNREADABLE: "This could not be read.",
    Verdict.UNDECIDED: "Not decided yet.",
    Verdict.FOR_HUMAN: "Marked by a person.",
}
_WAITS = "A person will look at it; no marks are lost until then."
SENTENCES = {
    Verdict.UNREADABLE: _WAITS,
    Verdict.UNDECIDED: _WAITS,
    Verdict.FOR_HUMAN: "A person marks this; the marks are added when that is done.",
}
_OTHER_VALUE = frozenset({Verdict.MISTAKE, Verdict.FOLLOW_THROUGH})
INTERVAL = "accepted: "  # begins a reason that holds no text of the student
REASONED = frozenset({Verdict.WRONG, Verdict.UNREADABLE, Verdict.UNDECIDED})


@dataclass(frozen=True)
class Marked:
    """A part of a marked paper, with what the paper said of it where that is known."""

    id: str
    answers: tuple[MarkedAnswer, ...]
    own: OwnPart | None
    say: Translator = ENGLISH

    @property
    def marks(self) -> Fraction:
        """Return the marks that are certain."""
        return sum((answer.marks or Fraction(0) for answer in self.answers), Fraction(0))

    @property
    def out_of(self) -> Fraction:
        """Return the most that can be earned, a bonus included."""
        return sum((answer.out_of for answer in self.answers), Fraction(0))

    @property
    def worth(self) -> str:
        """Return the most that can be earned in words, with what is a bonus."""
        return worth(self.answers, self.say)

    @property
    def waits(self) -> bool:
        """Return whether a person has to decide about some of the marks."""
        return any(answer.waits for answer in self.answers)

    @property
    def hints(self) -> tuple[Markup, ...]:
        """Return the hints of a paper for practice, if an answer is not right."""
        is_wrong = any(
            answer.verdict in {Verdict.WRONG, Verdict.MISTAKE} for answer in self.answers
        )
        return self.own.hints if self.own and is_wrong else ()

    def right(self, answer: MarkedAnswer) -> Markup | str:
        """Return the right answer as MathML, or as plain text where it has no formula."""
        key = self._key(answer)
        if isinstance(key, AnswerKey) and key.choices:
            return sentence_html(right_in_words(key))
        shown = answer.shown or getattr(key, "shown", "")
        return formula(shown) if shown else answer.expected

    def options(self, answer: MarkedAnswer) -> tuple[Option, ...]:
        """Return the options of a choice as they were on the paper; none for other answers."""
        key = self._key(answer)
        return options_of(key, answer) if isinstance(key, AnswerKey) else ()

    def criteria(self, answer: MarkedAnswer) -> tuple[tuple[str, str], ...]:
        """Return what a person looked for, and the marks for it."""
        return criteria_of(answer, self._key(answer), self.say)

    def _key(self, answer: MarkedAnswer) -> AnswerKey | RubricKey | None:
        return self.own.keys.get(answer.id) if self.own else None


def feedback(
    paper: MarkedPaper,
    title: str = "",
    own: Mapping[str, OwnPart] = MappingProxyType({}),
    language: str = FALLBACK,
    appeals: AppealRule | None = None,
) -> str:
    """Return one student's page, complete in itself.

    Args:
        paper: the marked paper.
        title: of the exam; may be empty.
        own: what the student's paper said and wanted, by part; the page shows it where it is given.
        language: of the paper.
        appeals: when students may ask about marks; then the page makes the file by which they do.
    """
    say = Translator(language)
    parts = [
        Marked(part, tuple(answers), own.get(part), say)
        for part, answers in groupby(paper.answers, key=lambda answer: answer.id.split(".")[0])
    ]
    sources = {"style": "shared/question.css paper.css", "script": "appeal.js"}
    sealed = inline_with_hash("feedback", **sources)
    template = _environment().get_template("paper.html.j2")
    return template.render(paper=paper, parts=parts, title=title, appeals=appeals, _=say, **sealed)


class FeedbackWriter:
    """Writes a page for each student who handed in.

    A file is called after the student where that is safe and unique, else after the paper.

    Args:
        folder: where the pages go.
        students: the ids of student and paper, of the whole class.
        title: of the exam.
        language: of the papers.
        appeals: when students may ask about marks; None: the pages do not say that they may.
    """

    def __init__(
        self,
        folder: Path,
        students: Iterable[tuple[str, str]],
        title: str = "",
        language: str = FALLBACK,
        appeals: AppealRule | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._stems = file_stems(students)
        self._folder, self._title, self._language = folder, title, language
        self._appeals = appeals

    def add(self, paper: MarkedPaper) -> None:
        """Write a student's page."""
        if paper.handed_in:
            target = self._folder / f"{self._stems[paper.paper]}.html"
            page = feedback(paper, self._title, language=self._language, appeals=self._appeals)
            target.write_text(page, encoding="utf-8")


@cache
def _environment() -> Environment:
    filters: dict[str, Callable[..., object]] = {
        "visible": lambda text: visible(text[:MAX_SHOWN]),
        "heading": heading,
        "sentence": sentence,
        "earned": MarkedAnswer.earned_in,
        "reason": _reason,
        "criterion": sentence_html,
        "lines": lines_of,
        "rule_label": lambda a: "Matched" if a.verdict in _OTHER_VALUE else "Accepted",
        "shows_rule": _shows_rule,
    }
    return environment("feedback", filters)


def criteria_of(
    answer: MarkedAnswer, key: AnswerKey | RubricKey | None, say: Translator = ENGLISH
) -> tuple[tuple[str, str], ...]:
    """Return the criteria of a person, each with the marks given for it, and what was said of it.

    None for an answer that is judged.
    """
    known = key.criteria if isinstance(key, RubricKey) else ()
    count = len(known)
    given = answer.criteria if len(answer.criteria) == count else [""] * count
    said = answer.comments if len(answer.comments) == count else [""] * count
    return tuple(
        (item.says, "; ".join(filter(None, (say.translate(_worth(item, got, say)), comment))))
        for item, got, comment in zip(known, given, said, strict=True)
    )


def _worth(item: Criterion, got: str, say: Translator) -> str:
    """Return what was given for a criterion, or what it is worth where that is not known."""
    if got:
        return say.number(given_text(item, Fraction(got)))
    return say.count(item.marks) if item.marks > 0 else say.number(criterion_worth(item))


def explain(answer: MarkedAnswer, say: Translator = ENGLISH) -> str:
    """Return what became of an answer, in a sentence or two for the student."""
    return f"{heading(answer, say)} {sentence(answer, say)}".rstrip()


def heading(answer: MarkedAnswer, say: Translator = ENGLISH) -> str:
    """Return the verdict in two or three words."""
    if answer.verdict is Verdict.FOR_HUMAN and not answer.by_hand:
        return say("Not marked yet.") if answer.waits else say("Not marked.")
    return say(HEADINGS[answer.verdict])


def sentence(answer: MarkedAnswer, say: Translator = ENGLISH) -> str:
    """Return what happened, in one sentence for the student."""
    earns = answer.marks is not None and answer.marks > 0
    carried = ", ".join(answer.carried)
    match answer.verdict:
        case Verdict.FOLLOW_THROUGH:
            return say("It follows correctly, starting from your answer to {}.", carried)
        case Verdict.MISTAKE:
            said = begin_sentence(say(answer.says)).rstrip(".")
            from_own = say("{}, starting from your answer to {}.", said, carried)
            return from_own if carried else f"{said}."
        case Verdict.WRONG if earns and answer.lines:
            return f"{begin_sentence(say.translate(answer.why))}."
        case Verdict.WRONG if earns:
            return say("A part of it is right.")
        case _:
            return say(SENTENCES[answer.verdict]) if answer.waits else ""


def _reason(answer: MarkedAnswer, say: Translator = ENGLISH) -> str:
    """Return why an answer is not right, if that says more than its verdict does."""
    is_short = answer.kind == "choice" or answer.lines  # where the page says more than this
    is_said = answer.verdict in REASONED and not (is_short and not answer.waits)
    said = say.translate(answer.why) if is_said else ""
    return say.number(said) if answer.why.startswith(INTERVAL) else said


def _shows_rule(answer: MarkedAnswer) -> bool:
    """Return whether a rule applies here: it may speak of another value than the right one."""
    if answer.kind == "choice" or answer.rule == EXACTLY:
        return False
    if answer.verdict in _OTHER_VALUE:
        return any(char.isdigit() for char in answer.rule)
    return answer.verdict is not Verdict.BLANK
