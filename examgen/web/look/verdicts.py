"""Verdicts on a text while it is typed, and proposals instead of typing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from answers.verdict import Verdict
from examgen.folder.expected import right_in_words, written_answer
from examgen.folder.key import AnswerKey, PaperKey
from examgen.folder.pages.form_fields import answer_named
from grader.feedback.page import heading
from grader.processes.pool import Workers
from grader.processes.worker import Limits, Task
from grader.records.submissions import Submission, visible
from grader.scan.account import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.ground.translator import Translator
    from examgen.web.look.desk import Desk
    from grader.scan.records import ReadRecord
    from grader.scoring.marked import MarkedAnswer

LIMITS = Limits(seconds=2, waiting=5)
LONGEST, MOST = 48, 9  # characters of a proposal, and how many there are at most
_ROUNDED = "≈"
_OF_FORM = frozenset({"sigfigs", "decimals", "digits_rule", "trailing_zeros", "form", "case"})


@dataclass(frozen=True)
class Proposal:
    """A text that may be written, and what it is: right, or a mistake by its sentence.

    Attributes:
        is_right: it is the right answer.
        is_exact: it is written just so, since how it is written is marked, too.
    """

    text: str
    says: str
    is_right: bool = False
    is_exact: bool = False


@dataclass(frozen=True)
class Said:
    """The verdict of the judge on a text.

    Attributes:
        verdict: by its name.
        heading: the same in words, for the page.
        marks: earned, of how many; in words.
        says: the mistake, or why it is what it is.
        read_as: how the text was read.
    """

    verdict: str
    heading: str = ""
    marks: str = ""
    says: str = ""
    read_as: str = ""


class Judge:
    """A process that marks what is typed, with the paper's other answers as they are so far.

    Args:
        desk: whose papers they are.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk, self._lock = desk, Lock()
        self._workers = Workers(1, limits=LIMITS)

    def say(self, read: ReadRecord, text: str) -> Said:
        """Say what a text is, written in the box of an answer."""
        name = answer_named(read.answer)
        with self._desk.lock:
            key = _around(self._desk.key(read.paper), name)
            submission = self._submission(read, text, key)
        task = Task(0, key.to_json().encode(), submission)
        with self._lock:
            ((_, marked),) = self._workers.mark_all([task])
        found = next(answer for answer in marked.answers if answer.id == name)
        return _said(found, self._desk.say)

    def _submission(self, read: ReadRecord, text: str, key: PaperKey) -> Submission:
        """Return the paper as it would be if this were typed."""
        journal = self._desk.journal
        line = replace(read, state=TYPED, text=text, by="?")
        typed = replace(journal, settled={**journal.settled, read.key: line}, twice={})
        account = replace(self._desk.account, journal=typed)
        asked = {answer.id: answer for answer in key.answers}
        given = account.answers(self._desk.boxes[read.paper], asked)
        return Submission(read.paper, "", given or {})

    def close(self) -> None:
        """End the process."""
        self._workers.close()


def _around(key: PaperKey, name: str) -> PaperKey:
    """Return a paper with the parts only that the marks of an answer depend on."""
    found, todo = set[str](), [name]
    known = {answer.id: answer for answer in key.answers}
    while todo:
        answer = known[todo.pop()]
        if answer.id not in found:
            found.add(answer.id)
            todo += answer.follows if isinstance(answer, AnswerKey) else ()
    parts = (part for part in key.parts if found & {answer.id for answer in part.answers})
    return replace(key, parts=tuple(parts), choose=())


def _said(answer: MarkedAnswer, say: Translator) -> Said:
    says = answer.says or answer.why or answer.fault
    if answer.verdict is Verdict.MISTAKE and not answer.says:
        says = answer.mistake
    found = visible(say.translate(says))
    shown = (heading(answer, say).rstrip("."), answer.earned_in(say), found)
    return Said(answer.verdict.value, *shown, visible(answer.read_as))


def proposals(key: PaperKey, read: ReadRecord) -> tuple[Proposal, ...]:
    """Return what may be written in a box, in the words of the key: its answer, its mistakes.

    To choose one is to say that this is written, in whatever notation, unless the notation is
    marked as well. There are none where an answer is ticked or has several boxes, or rounded
    digits. Of a working, only the result is proposed.
    """
    answer = next((one for one in key.answers if one.id == read.answer), None)
    if not isinstance(answer, AnswerKey) or answer.choices:
        return ()
    found: dict[str, Proposal] = {}
    for one in (_right(answer), *_mistaken(answer)):
        if _is_proposed(one):
            found.setdefault(one.text, one)
    return tuple(found.values())[: MOST + 1]


def right_proposal(answer: AnswerKey) -> Proposal | None:
    """Return the right answer, where it may be proposed."""
    right = None if answer.choices else _right(answer)
    return right if right and _is_proposed(right) else None


def _is_proposed(one: Proposal) -> bool:
    return len(one.text) <= LONGEST and _ROUNDED not in one.text


def _is_exact(answer: AnswerKey) -> bool:
    return bool(_OF_FORM & answer.options.keys())


def _right(answer: AnswerKey) -> Proposal:
    text = written_answer(answer).plain
    return Proposal(text, "", is_right=True, is_exact=_is_exact(answer))


def _mistaken(answer: AnswerKey) -> Iterator[Proposal]:
    is_exact = _is_exact(answer)
    for mistake in answer.mistakes:
        text = written_answer(answer, mistake.expected).plain
        yield Proposal(text, mistake.says, is_exact=is_exact)


def key_in_words(key: PaperKey, read: ReadRecord) -> str:
    """Return the right answer to what a box asks, as people write it."""
    name = answer_named(read.answer)
    answer = next((one for one in key.answers if one.id == name), None)
    if not isinstance(answer, AnswerKey):
        return ""
    return right_in_words(answer) if answer.choices else written_answer(answer).plain
