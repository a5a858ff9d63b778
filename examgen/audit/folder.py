"""Every stored verdict of an exam folder, checked again from what was handed in and the key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from examgen.audit.bounded import Bounded
from examgen.audit.following import what_follows
from examgen.audit.reading import NotRead
from examgen.audit.values import tolerance
from examgen.folder.key import AnswerKey, PaperKey
from examgen.folder.key_file import KEY, key_file
from examgen.ground.errors import ExamgenError, Fault, InputError
from grader.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from examgen.audit.values import Finding
    from examgen.folder.key import PartKey
    from grader.scoring.marked import MarkedAnswer, MarkedPaper

Progress: TypeAlias = "Callable[[int, int], None]"
_EMPTY = frozenset({"blank", "absent"})
_WAITS = frozenset({"undecided", "unreadable", "for_human"})
_TICKS = frozenset({"selection", "matching", "ordering"})
_CARRIED = frozenset({"integer", "number", "quantity", "list", "shape"})


@dataclass(frozen=True)
class Disagreement:
    """A verdict with which the audit does not agree.

    Attributes:
        text: what was handed in.
        found: what the audit found.
    """

    student: str
    paper: str
    answer: str
    verdict: str
    ground: str
    text: str
    found: str


@dataclass
class Audit:
    """The findings of an audit.

    Attributes:
        agreed: how many verdicts it found again, by how.
        unchecked: how many it did not check, by why.
        examples: one of them for each reason.
    """

    papers: int = 0
    agreed: Counter[str] = field(default_factory=Counter)
    unchecked: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def verdicts(self) -> int:
        """Return how many verdicts there are."""
        return self.agreed.total() + self.unchecked.total() + len(self.disagreements)

    def skip(self, why: str, stored: MarkedAnswer, paper: str) -> None:
        """Note a verdict that is not checked."""
        self.unchecked[why] += 1
        self.examples.setdefault(why, f"{paper} {stored.id}: {stored.text!r}")


class _Differs(Exception):
    """The audit found something else; the message says what."""


def audit(folder: Path, database: str | None = None, progress: Progress | None = None) -> Audit:
    """Check every verdict that counts in an exam folder.

    Args:
        folder: the exam folder.
        database: the URL of its grading store, if that is not in the folder.
        progress: called with the number of papers done and of all.

    Raises:
        ExamgenError: nothing was graded, or with another key.
    """
    keys, found = key_file(folder / KEY), Audit()
    with Store.of_folder(folder, database) as store, Bounded() as bounded:
        run = store.current()
        if run is None:
            raise ExamgenError(f"{folder}: nothing is graded; run examgen grade first")
        if run.key != keys.version:
            what = "the verdicts are not those of this key, which was changed"
            raise InputError([Fault(str(folder / KEY), 1, what, "run examgen regrade first")])
        places = {key.paper: place for place, key in enumerate(keys.roll)}
        for number, paper in enumerate(store.papers(run), 1):
            (line,) = keys.lines([places[paper.paper]])
            _check_paper(paper, PaperKey.from_json(line), bounded, found)
            if progress is not None:
                progress(number, len(places))
    return found


def _check_paper(paper: MarkedPaper, key: PaperKey, bounded: Bounded, found: Audit) -> None:
    found.papers += 1
    marked = {answer.id: answer for answer in paper.answers}
    keys = {answer.id: answer for answer in key.answers if isinstance(answer, AnswerKey)}
    for part in key.parts:
        for own in part.answers:
            stored = marked[own.id]
            if not isinstance(own, AnswerKey):
                found.skip("marked by a person", stored, paper.paper)
                continue
            try:
                found.agreed[_Check(own, stored, part, marked, keys, bounded).how()] += 1
            except NotRead as reason:
                found.skip(str(reason), stored, paper.paper)
            except _Differs as what:
                who = (paper.student, paper.paper, own.id, stored.verdict.value, stored.ground)
                found.disagreements.append(Disagreement(*who, stored.text or "", str(what)))


@dataclass(frozen=True)
class _Check:
    """One verdict while it is checked."""

    key: AnswerKey
    stored: MarkedAnswer
    part: PartKey
    marked: Mapping[str, MarkedAnswer]
    keys: Mapping[str, AnswerKey]
    bounded: Bounded

    def how(self) -> str:
        """Return how the verdict was found again.

        Raises:
            NotRead: it was not checked.
            _Differs: it is not the right one.
        """
        text = "".join(filter(str.isprintable, self.stored.text or "")).strip()
        verdict = self.stored.verdict.value
        if verdict in _WAITS:
            self._demand(self.stored.waits, "an answer that waits has marks")
            raise NotRead(f"waits for a person: {verdict}")
        self._demand(not self.stored.waits, "it has no marks")
        self._demand((verdict in _EMPTY) == (not text), f"there is {'an' if text else 'no'} answer")
        if verdict in _EMPTY:
            self._earns(Fraction(0))
            return "empty"
        if verdict == "correct":
            self._earns(Fraction(1))
            return self._found(self.key.expected, same=True)
        if self.stored.ground in {"form", "unit"}:
            raise NotRead(f"wrong by its {self.stored.ground}")
        how = self._found(self.key.expected, same=False)
        if self.key.kind in _TICKS:
            raise NotRead("the share of the marks for a part of the options")
        if verdict != "wrong":
            how = self._explained()
        self._has_no_better()
        return how

    def _explained(self) -> str:
        """Return how a mistake, or what follows from earlier answers, was found again."""
        mistake, carried = self.stored.mistake, self.stored.carried
        self._demand(mistake in {"", *self._mistakes()}, "the key has no such mistake")
        share = self._mistakes()[mistake][0] if mistake else Fraction(1)
        self._earns(share * self.key.carry_share if carried else share)
        expected = self._mistakes()[mistake][1] if mistake else ""
        if carried:
            expected = self._following(carried, mistake)
        return f"{self._found(expected, same=True)}, {'follows' if carried else 'mistake'}"

    def _has_no_better(self) -> None:
        """Demand that no explanation is worth more than the answer has earned."""
        for name, (share, expected) in self._mistakes().items():
            if share * self.key.marks > self._marks:
                self._demand(not self._is(expected), f"it is the mistake {name}")
        if self.key.reads and self.key.carry_share * self.key.marks > self._marks:
            alone = [(name,) for name in self.key.follows]
            for carried in dict.fromkeys((tuple(self.key.follows), *alone)):
                expected = self._following(carried)
                is_carried = expected and self._is(expected)
                self._demand(not is_carried, f"it follows from {', '.join(carried)}")
        if self.stored.verdict.value == "wrong":
            self._earns(Fraction(0))

    @property
    def _has_letters(self) -> bool:
        return self.key.kind in {"expression", "equation", "inequality", "list", "set", "matrix"}

    @property
    def _marks(self) -> Fraction:
        return self.stored.marks or Fraction(0)

    def _mistakes(self) -> dict[str, tuple[Fraction, str]]:
        return {item.name: (item.share, item.expected) for item in self.key.mistakes}

    def _earns(self, share: Fraction) -> None:
        """Demand marks by a share; what earns none may cost some."""
        least = share or -tolerance(self.key.options, "penalty")
        is_earned = least * self.key.marks <= self._marks <= share * self.key.marks
        self._demand(is_earned, f"it is worth {share * self.key.marks} marks")

    def _following(self, carried: tuple[str, ...], mistake: str = "") -> str:
        """Return what follows from earlier answers that were judged by their value."""
        given = [(self.keys[name], self.marked[name]) for name in carried if name in self.keys]
        earlier = [
            (key, own.text or "")
            for key, own in given
            if (key.letters or key.kind in _CARRIED) and own.verdict.value not in _WAITS | _EMPTY
        ]
        return what_follows(self.key, mistake, earlier, self.part.model)

    def _is(self, expected: str) -> bool:
        """Return whether the answer is another expected one; a doubt ends the check."""
        return self._known(expected, certain=True)[0]

    def _found(self, expected: str, *, same: bool) -> str:
        is_same, how = self._known(expected, certain=not same)
        self._demand(is_same is same, f"compared with {expected}: {how}")
        return how

    def _known(self, expected: str, *, certain: bool) -> tuple[bool, str]:
        """Return whether the answer is an expected one, and how that is known."""
        finding = self._compared(expected)
        if finding.zero is not None and self.key.options.get("domain") != "complex":
            positive = self.key.options.get("domain") == "positive"
            if self.bounded.proves_zero(finding.zero, positive=positive):
                return True, "proved by SymPy"
        if certain and not finding.is_certain:
            raise NotRead("equal at points, which alone is no proof")
        return finding.same, finding.how

    def _compared(self, expected: str) -> Finding:
        others = [item.expected for item in self.key.mistakes] if self._has_letters else []
        options = {**self.key.options, "choices": self.key.choices, "mistakes": others}
        text = self.stored.text or ""
        found = self.bounded.compare(self.key.kind, expected, text, options)
        if isinstance(found, str):
            raise NotRead(f"{self.key.kind}: {found}")
        return found

    def _demand(self, holds: bool, otherwise: str) -> None:  # noqa: FBT001
        if not holds:
            raise _Differs(otherwise)
