"""A rule: one kind of answer with its expected side read, to compare many answers with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from answers.kinds.base import kind_named
from answers.options import Options
from answers.syntax.errors import Unreadable, UnreadableKey
from answers.verdict import Ground, Judgement, Verdict, undecided
from examgen.ground.record import record

if TYPE_CHECKING:
    from answers.kinds.base import Comparer, Kind


@record
class Rule:
    """A comparison with its expected side read: to judge many answers to one question.

    Raises:
        UnreadableKey: the expected answer cannot be read as this kind.
    """

    kind: Kind
    expected: str
    options: Options
    comparer: Comparer

    @classmethod
    def of(cls, name: str, expected: str, options: Options | None = None) -> Rule:
        """Read the expected side, of the kind of this name."""
        options, kind = options or Options(), kind_named(name)
        if options.abs_unit and not kind.has_units:
            raise UnreadableKey(f"abs is in {options.abs_unit}, but kind {name} has no units")
        for other in options.other_answers:
            _comparer(kind, other, options)
        return cls(kind, expected, options, _comparer(kind, expected, options))

    def remembering(self) -> Rule:
        """Return the same comparison, which judges a text no more than once."""
        return _Remembering(self.kind, self.expected, self.options, self.comparer, {})

    def expecting(self, expected: str) -> Rule:
        """Return the same comparison with another expected answer."""
        return rule_of(self.kind.name, expected, self.options)

    def plainly(self, answer: str) -> Judgement:
        """Judge a text by the reading that the grammar prefers, and no other."""
        try:
            return self.comparer.judge(answer)
        except Unreadable as error:
            return unreadable(error)
        except (RecursionError, MemoryError, OverflowError):
            return undecided("", "the answer is too large to compute with", Ground.LIMIT)


def _comparer(kind: Kind, expected: str, options: Options) -> Comparer:
    try:
        return kind.comparer(expected, options)
    except Unreadable as error:
        message = f"the expected answer {expected[:60]!r} is not of kind {kind.name}: {error}"
        raise UnreadableKey(message) from error


@record
class _Remembering(Rule):
    known: dict[str, Judgement]

    def plainly(self, answer: str) -> Judgement:
        found = self.known.get(answer)
        if found is None:
            found = self.known[answer] = super().plainly(answer)
        return found


@lru_cache(maxsize=4_096)
def rule_of(name: str, expected: str, options: Options) -> Rule:
    """Return the rule of a kind and an expected answer; errors as for `Rule.of`."""
    return Rule.of(name, expected, options)


def unreadable(error: Unreadable) -> Judgement:
    """Return the judgement of an answer that cannot be read."""
    return Judgement(Verdict.UNREADABLE, why=error.caret() if error.text else error.what)
