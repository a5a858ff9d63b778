"""Write one student's answers to one paper, with the verdict that each must get.

A student knows an answer or not (a logistic model of ability and difficulty). Who knows goes on
from the own earlier values, right or wrong; who does not makes a mistake that the key names, writes
another value, something unreadable, or nothing. What must come of it follows from the key and from
the derivations alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from answers.kinds.base import Group, kind_named
from answers.kinds.written import notations
from answers.numbers.byte_names import by_1024
from answers.options import Options
from answers.verdict import Verdict
from examgen.folder.key import AnswerKey, RubricKey
from examgen.simulation.draws import Draws, ability, difficulty, right_of_thousand
from examgen.simulation.grounds import known_mistakes, same, what_follows
from examgen.simulation.texts import JUNK, PROSE
from examgen.simulation.ticked import worth
from examgen.simulation.values import is_rounding, other_values, round_to_tolerance
from examgen.simulation.workings import with_steps
from grader.scoring.floor import apply_floor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examgen.folder.key import PaperKey, PartKey
    from examgen.simulation.grounds import Ground

_NOTHING = Fraction(0)
_ROUNDED = 300  # of a thousand right answers that a tolerance allows to round
_CARRIED = 900  # of a thousand answers known after a wrong one
_WORKED = 500  # of a thousand answers that ask for working
_LONGEST = 200  # characters that anybody writes out
_UNKNOWN = {"mistake": 5, "wrong": 3, "blank": 2, "unreadable": 1}


class What(StrEnum):
    """The design of an answer: right, wrong, carried on, ...

    Foreign: written for another paper, copied or swapped. Contradicted: of two submissions for one
    paper, which differ.
    """

    RIGHT = "right"
    MISTAKE = "mistake"
    FOLLOW_THROUGH = "follow_through"
    WRONG = "wrong"
    BLANK = "blank"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    FOR_HUMAN = "for_human"
    FOREIGN = "foreign"
    CONTRADICTED = "contradicted"
    POISON = "poison"


_CORRECT = (What.RIGHT, Verdict.CORRECT)
_FOLLOWS = (What.FOLLOW_THROUGH, Verdict.FOLLOW_THROUGH)
_WRONG = (What.WRONG, Verdict.WRONG)
_HUMAN = (What.FOR_HUMAN, Verdict.FOR_HUMAN)


@dataclass(frozen=True)
class Written:
    """An answer as it is written, and what must become of it.

    Attributes:
        id: as in the key: `1a.parameters`.
        text: verbatim; None where nothing is handed in.
        verdict: that must come; None where anything may come but `correct`.
        marks: exact; None where no verdict is stated or a person has to decide.
        mistake: the name of the mistake that must be found.
        notation: the place of the notation among those that are promised.
        states: what the text states, in the notation of the key; empty where it states nothing.
    """

    id: str
    text: str | None
    what: What
    verdict: Verdict | None = None
    marks: Fraction | None = None
    mistake: str = ""
    notation: int = 0
    states: str = ""


def sheet(key: PaperKey, seed: str, turn: str = "first") -> tuple[Written, ...]:
    """Return what the owner of a paper writes on it.

    Args:
        key: the paper.
        seed: of the class.
        turn: another one has the same student answer once more.
    """
    skill = ability(seed, key.student)
    draws = Draws((seed, "sheet", key.student, turn))
    own: dict[str, tuple[AnswerKey, str]] = {}
    found = [
        written for part in key.parts for written in _Pupil(part, seed, skill, draws, own).write()
    ]
    marks = apply_floor([(written.id, written.marks) for written in found], key.floor, key.bonus)
    pairs = zip(found, marks, strict=True)
    return tuple(replace(written, marks=own) for written, (_, own) in pairs)


@dataclass
class _Pupil:
    """A student at one part of a paper; `own` holds what the earlier answers state."""

    part: PartKey
    seed: str
    skill: float
    draws: Draws
    own: dict[str, tuple[AnswerKey, str]] = field(default_factory=dict)

    def write(self) -> Iterator[Written]:
        for answer in self.part.answers:
            draws = self.draws.of(answer.id)
            if isinstance(answer, RubricKey):
                yield Written(answer.id, draws.pick(PROSE, "prose"), *_HUMAN)
                continue
            found = self._with_steps(answer, self._answer(answer, draws), draws)
            if found.states:
                self.own[answer.id] = answer, found.states
            yield found

    def _with_steps(self, answer: AnswerKey, found: Written, draws: Draws) -> Written:
        """Return an answer with its working, if that is asked for and all above it is right."""
        is_plain = found.what in {What.RIGHT, What.WRONG} and found.text and found.marks is not None
        if not answer.working or not is_plain or found.text is None or found.marks is None:
            return found
        text, marks = with_steps(answer, found.text, found.marks, self.part.model)
        if marks is None:
            return replace(found, marks=None, verdict=None)
        is_first = all(said == key.expected for key, said in self.own.values())
        is_worked = is_first and draws.chance(_WORKED, "works")
        return replace(found, text=text, marks=marks) if is_worked else found

    def _answer(self, answer: AnswerKey, draws: Draws) -> Written:
        knows = draws.chance(
            right_of_thousand(self.skill, difficulty(self.seed, answer.id)), "knows"
        )
        carried = list(what_follows(answer, self.own, self.part.model))
        is_handy = carried and len(carried[0].text) <= _LONGEST
        if knows and is_handy and draws.chance(_CARRIED, "carries"):
            return _after(answer, carried[0].text, carried, draws)
        if knows:
            return _right(answer, draws)
        match draws.choose_weighted(_UNKNOWN, "unknown"):
            case "mistake" if made := _can_be_made(answer, carried):
                return _after(answer, draws.pick(made, "mistake").text, carried, draws)
            case "blank":
                blank = draws.pick(("", "  "), "blank")
                return Written(answer.id, blank, What.BLANK, Verdict.BLANK, _NOTHING)
            case "unreadable":
                return _unreadable(answer, draws)
            case _:
                return _wrong(answer, carried, draws) or _unreadable(answer, draws)


def _can_be_made(answer: AnswerKey, carried: list[Ground]) -> list[Ground]:
    """Return the mistakes of a student, who goes on from own wrong values where there are any."""
    after = [ground for ground in carried if ground.mistake]
    return [
        ground
        for ground in after or known_mistakes(answer)
        if len(ground.text) <= _LONGEST and not is_rounding(answer, ground.text)
    ]


def _right(answer: AnswerKey, draws: Draws) -> Written:
    short = round_to_tolerance(answer) if draws.chance(_ROUNDED, "rounds") else None
    return _in_words(answer, short or answer.expected, draws, _CORRECT, answer.marks)


def _after(answer: AnswerKey, text: str, carried: list[Ground], draws: Draws) -> Written:
    """Return an answer with a ground: right after all, or worth what its best ground is worth."""
    if same(answer, answer.expected, text):
        return _in_words(answer, text, draws, _CORRECT, answer.marks)
    grounds = (*known_mistakes(answer), *carried)
    fitting = (ground for ground in grounds if same(answer, ground.text, text))
    best = max(fitting, key=lambda ground: ground.share)
    ends = (What.MISTAKE, Verdict.MISTAKE) if best.mistake else _FOLLOWS
    marks = worth(answer, text, best.share) * answer.marks
    return _in_words(answer, text, draws, ends, marks, best.mistake, grounds=grounds)


def _wrong(answer: AnswerKey, carried: list[Ground], draws: Draws) -> Written | None:
    """Return another value for which there is no ground at all."""
    grounds = [*known_mistakes(answer), *carried]
    others = [
        text
        for text in other_values(answer)
        if not any(same(answer, ground.text, text) for ground in grounds)
    ]
    if not others:
        return None
    other = draws.pick(others, "other")
    marks = worth(answer, other) * answer.marks
    return _in_words(answer, other, draws, _WRONG, marks, grounds=grounds)


def _in_words(
    answer: AnswerKey,
    text: str,
    draws: Draws,
    ends: tuple[What, Verdict],
    marks: Fraction,
    mistake: str = "",
    *,
    grounds: Sequence[Ground] = (),
) -> Written:
    """Return a value in one of the notations that are promised.

    A wrong value is not written such that it has another ground by 1024.
    """
    options = Options.from_mapping(dict(answer.options))
    ways = [*_notations(answer.kind, text, options), *_letter(answer, text)]
    if ends != _CORRECT:
        others = [answer.expected, *(ground.text for ground in grounds)]
        ways = [way for way in ways if not any(_is_by_1024(answer, one, way) for one in others)]
    place = draws.pick(range(len(ways)), "notation")
    return Written(answer.id, ways[place], *ends, marks, mistake, place, text)


def _is_by_1024(answer: AnswerKey, value: str, text: str) -> bool:
    """Return whether a text is a value with bytes by 1024, as 0.86 MB for 0.86 MiB."""
    other = by_1024(text)
    return other != text and kind_named(answer.kind).has_units and same(answer, value, other)


def _letter(answer: AnswerKey, text: str) -> Iterator[str]:
    """Yield a choice by its letter, where no option is a letter itself."""
    if text in answer.choices and all(len(option) > 1 for option in answer.choices):
        yield f"({ascii_lowercase[answer.choices.index(text)]})"


def _of_letter(answer: AnswerKey, text: str) -> str:
    """Return the option of a letter on another paper, whose options are in another order."""
    letters = (f"({letter})" for letter in ascii_lowercase)
    return dict(zip(letters, answer.choices, strict=False)).get(text, "")


def _unreadable(answer: AnswerKey, draws: Draws) -> Written:
    text = draws.pick(JUNK, "junk")
    is_of_words = kind_named(answer.kind).group in {Group.WORDS, Group.TICKS}
    verdict = None if is_of_words else Verdict.UNREADABLE
    return Written(answer.id, text, What.UNREADABLE, verdict)


def foreign(own: AnswerKey | RubricKey, written: Written) -> Written:
    """Return what must become of an answer that was written for another paper."""
    if isinstance(own, RubricKey) or written.what is What.BLANK:
        return written
    states = _of_letter(own, written.text or "") or written.states
    is_right = bool(states) and same(own, own.expected, states)
    if own.options.get("prefixes") == "either" and _is_by_1024(
        own, own.expected, written.text or ""
    ):
        is_right = True
    if not is_right:
        return replace(written, what=What.FOREIGN, verdict=None, marks=None, mistake="")
    return replace(written, what=What.FOREIGN, verdict=Verdict.CORRECT, marks=own.marks, mistake="")


@lru_cache(maxsize=16_384)
def _notations(kind: str, text: str, options: Options) -> tuple[str, ...]:
    return tuple(notations(kind, text, options))
