"""A file while it is being read: what was found in it, what waits for a person, what was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from examgen.ground.files import Unread
from grader.intake.packed import pack
from grader.records.register import Owner, Person, Stranger
from grader.records.submissions import Doubt, Problem, Submission, Waiting, excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.ground.files import Content
    from grader.intake.times import Moment
    from grader.records.register import Register
    from grader.records.submissions import Given, Texts

MAX_TEXT = 131_072
MAX_NOTICES = 100_000
_SAID = 200
_LOOK = "look at it, or get it again; what comes before is graded"


class Hopeless(Exception):
    """So much is wrong with a file that reading on would only fill the memory."""


@dataclass(frozen=True)
class Item:
    """A file to read, and what the platform that it comes from says about it.

    Attributes:
        people: who handed it in; several for a group.
        when: when it was handed in.
    """

    content: Content
    people: tuple[Person, ...] = ()
    when: Moment | None = None

    @property
    def sender(self) -> str:
        """Return what to call who handed it in; empty where no platform says so."""
        return self.people[0].label if self.people else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A submission that was found.

    Attributes:
        rows: how many rows of the file it comes from; 0 where they wait for a person.
        corrected: it comes from an exception file, hence from a person.
        sender: who handed it in, where a platform says so.
    """

    submission: Submission
    rows: int = 1
    when: Moment | None = None
    corrected: bool = False
    sender: str = ""


@dataclass
class Reading:
    """A file while it is being read.

    Attributes:
        columns: what columns hold, where the user says so: a header to an answer's id.
        corrected: this is an exception file, so a person wrote its rows.
        cited: in whose place the row stands that is being read, if it is an exception file's.
        settles: the sources of all rows in whose place rows of this file stand.
        blank: the rows in which nothing was handed in.
    """

    item: Item
    register: Register
    columns: Mapping[str, str] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    corrected: bool = False
    cited: str = ""
    settles: set[str] = field(default_factory=set)
    blank: int = 0

    @property
    def name(self) -> str:
        """Return the file's name in messages."""
        return self.item.content.name

    def note(self, line: int, what: str, fix: str) -> None:
        """Say something that costs nobody an answer.

        Raises:
            Hopeless: too much was said already.
        """
        self._say(Fault(self.name, line, what, fix))

    def _say(self, fault: Fault) -> None:
        self.notices.append(fault)
        if len(self.notices) >= MAX_NOTICES:
            raise Hopeless

    def unreadable(self, line: int, what: str, fix: str) -> None:
        """Leave a file, or the rest of it, to a person, and its sender's paper, if known."""
        owner = self.owner(Person(), "") if self.item.people else None
        if isinstance(owner, Owner):
            self.doubt(line, owner, (what, fix))
        else:
            self.wait(Problem.UNREADABLE, (line, what, fix), (self.item.sender, ""))

    def fail(self, error: Exception) -> None:
        """Leave a file to a person that reading failed on, whatever the reason."""
        why = str(error) if isinstance(error, Unread) else f"{type(error).__name__}: {error}"
        self.unreadable(1, f"reading this file failed: {excerpt(why, _SAID)}", _LOOK)

    def give_up(self) -> None:
        """Leave the rest of a file to a person, after `Hopeless`."""
        fault = Fault(self.name, 1, "there is too much wrong with this file", "mend it")
        self.waiting.append(Waiting(Problem.UNREADABLE, fault))
        self.notices.append(fault)

    def owner(self, person: Person, paper: str) -> Owner | Stranger:
        """Return whose row it is, by what the row says and by who handed the file in."""
        own = self.register.find(person, paper) if person.label or paper.strip() else None
        senders = [self.register.find(sender) for sender in self.item.people]
        known = [sender for sender in senders if isinstance(sender, Owner)]
        if own is None:
            if len(senders) == 1:
                return senders[0]
            return self.register.find(person, paper)
        if not known:
            return self._with_sender(own)
        if isinstance(own, Stranger):
            return Stranger(own.what, own.fix, own.suspect or known[0].key)
        if own.key in [sender.key for sender in known]:
            return own
        what = f"paper {own.key.paper} of {own.student} was handed in by {known[0].student}"
        return Stranger(what, "find out whose answers these are", known[0].key)

    def _with_sender(self, own: Owner | Stranger) -> Owner | Stranger:
        """Return a paper without a name belongs to who handed it in."""
        if isinstance(own, Owner) and self.item.people and own.student == own.key.paper:
            return Owner(own.key, self.item.people[0].label)
        return own

    def take(
        self,
        line: int,
        owner: Owner,
        answers: Mapping[str, Given],
        *,
        rows: int = 1,
        when: Moment | None = None,
    ) -> None:
        """Take a submission."""
        source = self.cited or f"{self.name}:{line}"
        submission = Submission(owner.key.paper, owner.student, pack(answers), (source,))
        when, sender = self.item.when or when, self.item.sender
        self.found.append(Found(submission, rows, when, self.corrected, sender))

    def doubt(
        self,
        line: int,
        owner: Owner,
        said: tuple[str, str],
        texts: Texts = (),
        problem: Problem = Problem.UNREADABLE,
        named: tuple[str, str] | None = None,
    ) -> None:
        """Leave all answers of a paper to a person, and the row as it was read with them.

        Args:
            line: where the row stands.
            owner: whose paper it is, or seems to be.
            said: what is the matter, and what to do.
            texts: what the row holds.
            problem: the kind of trouble.
            named: the student and the paper that the row names, where they are not the owner's.
        """
        self.wait(problem, (line, *said), named or (owner.student, owner.key.paper), texts)
        lines = tuple(f"{name}: {text}" if name else text for name, text in texts)
        given: Given = Doubt(said[0], ("\n".join(lines)[:MAX_TEXT],) if lines else ())
        self.take(line, owner, {answer.id: given for answer in owner.key.answers}, rows=0)

    def stranger(
        self,
        line: int,
        stranger: Stranger,
        named: tuple[Person, str],
        texts: Texts = (),
        problem: Problem = Problem.UNMATCHED,
    ) -> None:
        """Leave a row of nobody for certain to a person."""
        person, paper = named
        if not person.label and self.item.people:
            person = self.item.people[0]
        said, row = (stranger.what, stranger.fix), (person.label, paper)
        if stranger.suspect is None:
            self.wait(problem, (line, *said), row, texts)
        else:
            owner = Owner(stranger.suspect, stranger.suspect.student)
            self.doubt(line, owner, said, texts, problem, row)

    def wait(
        self,
        problem: Problem,
        said: tuple[int, str, str],
        named: tuple[str, str],
        texts: Texts = (),
        rows: int = 1,
        *,
        is_told: bool = False,
    ) -> None:
        """Leave something to a person: line, what and what to do; student and paper; texts."""
        fault = Fault(self.name, *said)
        self.waiting.append(Waiting(problem, fault, *named, texts, rows, self.cited))
        if not is_told:
            self._say(fault)


def check_text(text: str, reading: Reading, line: int, name: str) -> Given:
    """Return an answer's text, verbatim, unless it is too large; say what is strange about it."""
    if len(text) > MAX_TEXT:
        why = f"the answer has {len(text):,} characters"
        reading.note(line, f"{why}: {excerpt(name)}", "a person has to look at it")
        return Doubt(why, (text[:1_000],))
    if "\0" in text:
        reading.note(line, "an answer holds NUL characters", "the file may be damaged")
    return text
