"""Going through the lines of a calculation: what each states, and what the steps are worth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from answers.ambiguities.chains import is_name
from grader.scoring.working.credits import TRIVIAL, Credits
from grader.scoring.working.formulas import is_formula_of
from grader.scoring.working.found import METHOD, Found, Line
from grader.scoring.working.several import look_at_list
from grader.scoring.working.steps import bare_name
from grader.scoring.working.values import Reader, is_calculated, is_near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.scoring.working.lines import Statement
    from grader.scoring.working.steps import Leaf, Steps

_RIGHT = frozenset({Line.RIGHT, Line.FOLLOWS})
_WORDS = re.compile(r"[^\W\d_]{3,}")
_SHOWN = re.compile(r"[\d*·×/÷+^(−\\-]")
_MOST_TRIALS = 60
_AHEAD = 3
_GOING_ON = frozenset("*+×·/÷")
_NONE = Fraction(0)
TOO_ROUNDED = "it is near the result, but rounded further than is accepted"


@dataclass
class Walk:
    """A working on the way through its statements.

    Attributes:
        steps: what is expected.
        reader: reads numbers.
        credits: what the steps have earned so far.
        final: the place of the statement that states the result.
        texts: the text that states each part of the result.
        result: a right result and its number, if the statement before arrived at it.
    """

    steps: Steps
    reader: Reader
    credits: Credits
    final: int | None = None
    texts: dict[Leaf, str] = field(default_factory=dict)
    trials: int = 0
    result: tuple[Found, Fraction] | None = None

    @classmethod
    def of(cls, steps: Steps, reader: Reader) -> Walk:
        """Return a walk that has seen nothing yet."""
        return cls(steps, reader, Credits(steps))

    def go(self, statements: Sequence[Statement]) -> list[Found]:
        """Look at all statements in order."""
        found = []
        for at, statement in enumerate(statements):
            one = self._look(statement, statements[at + 1 :])
            if one.leaf is not None and self.steps.is_final(one.leaf):
                self._keep(one.leaf, statement, at)
            self.result = self._arrived(one, statement)
            found.append(one)
        return self._with_result(statements, self._completed(statements, found))

    def _arrived(self, one: Found, statement: Statement) -> tuple[Found, Fraction] | None:
        """Return a finding and its number, if it is a right result of one number."""
        is_result = one.leaf is not None and self.steps.is_final(one.leaf)
        numbers = self.reader.numbers(statement.last)
        is_one = is_result and one.verdict in _RIGHT and len(numbers) == 1
        return (one, numbers[0]) if is_one else None

    def _completed(self, statements: Sequence[Statement], found: list[Found]) -> list[Found]:
        """Return what was found, where what a later line makes right was only a part of it."""
        one_each = [not self.reader.is_several(s.last) for s in statements]
        settled = [at for at, one in enumerate(found) if one.verdict in _RIGHT and one_each[at]]
        last = {found[at].leaf: at for at in settled}
        return [
            replace(one, verdict=Line.PART, says="", mistake="")
            if one.verdict is Line.WRONG
            and at < last.get(one.leaf, 0)
            and is_calculated(statements[at].text)
            and not self._is_at_odds(statements[at], self.reader.numbers(statements[at].last)[0])
            and self._goes_into(statements[at], statements[at + 1 : last[one.leaf] + 1])
            else one
            for at, one in enumerate(found)
        ]

    def _goes_into(self, statement: Statement, after: Sequence[Statement]) -> bool:
        """Return whether the number of a statement is used in those after it."""
        number = self.reader.numbers(statement.last)[0]
        sides = [side for one in after for side in one.sides]
        starts = any(side[:1] in _GOING_ON for side in sides)
        return starts or any(number in self.reader.literals(side) for side in sides)

    def _with_result(self, statements: Sequence[Statement], found: list[Found]) -> list[Found]:
        """Return what was found, where a last number that belongs to no step is a wrong result."""
        is_last = bool(found) and self.final is None and found[-1].verdict is Line.UNCLEAR
        if is_last and self.reader.numbers(statements[-1].last):
            final = next(leaf for leaf in self.steps.leaves if self.steps.is_final(leaf))
            self.credits.stated.setdefault(final, _NONE)
            self.final = len(found) - 1
            found[-1] = Found(found[-1].line, Line.WRONG, final)
        return found

    def _keep(self, leaf: Leaf, statement: Statement, at: int) -> None:
        """Keep the text that states the result, or a part of it; a whole list is kept apart."""
        is_whole = self.reader.is_several(statement.last)
        if is_whole:
            self.texts.clear()
        else:
            self.texts[leaf] = statement.last
        if is_whole or len(self.steps.answer.reads) == 1:
            self.final = at

    # -- one statement -------------------------------------------------------------------------

    def _look(self, statement: Statement, after: Sequence[Statement]) -> Found:
        numbers, sizes = self.reader.numbers(statement.last), self.reader.sizes(statement.last)
        if sizes and len(sizes) == len(self.steps.answer.reads):
            numbers = sizes
        if len(numbers) > 1:
            return look_at_list(self.credits, statement, numbers) or self._unknown(statement)
        if not numbers:
            return self._without_number(statement)
        ways = (numbers[0], *(sizes[:1] if len(set(sizes)) == 1 else ()))  # 14x14 is 14 each way
        found = (one for number in ways if (one := self._number(statement, number, after)))
        return next(found, self._unknown(statement))

    def _unknown(self, statement: Statement) -> Found:
        """Return what cannot be placed: a note where it has only numbers that the paper gives."""
        is_prose = not any(map(is_calculated, statement.sides))
        numbers = {n for side in statement.sides for n in self.reader.literals(side)}
        is_given = is_prose and numbers <= self._inputs
        return Found(statement.line, Line.NOTE if is_given else Line.UNCLEAR)

    def _number(
        self, statement: Statement, number: Fraction, after: Sequence[Statement]
    ) -> Found | None:
        named, leaves = self._named(statement), [*self._candidates(statement)]
        return (
            self._again(statement, number)
            or (self._slip(statement, number) if self._is_at_odds(statement, number) else None)
            or self._right(statement, number, named)
            or self._rounded(statement, number, named)
            or self._mistake(statement, number, named)
            or self._right(statement, number, leaves)
            or self._given(statement, number)
            or self._slip(statement, number)
            or self._rounded(statement, number, leaves)
            or self._mistake(statement, number, leaves)
            or self._named_wrong(statement, number)
            or self._followed(statement, number, after)
            or self._part(statement, number)
            or self._followed(statement, number, after, with_mistakes=True)
        )

    def is_alone(self, statement: Statement, found: Found) -> bool:
        """Return whether a statement is one number, perhaps with a name that is no step's."""
        beside = (statement.label, *statement.sides[:-1])
        is_shown = any(_SHOWN.search(text) and not is_name(text) for text in beside)
        return (
            not is_shown
            and not is_calculated(statement.last)
            and found.leaf not in self._named(statement)
        )

    def contradicts(self, statement: Statement) -> bool:
        """Return whether a side of a statement is another value than the last, beyond tolerance."""
        last = self.reader.numbers(statement.last)
        leaf = next((x for x in self.steps.leaves if self.steps.is_final(x)), None)
        values = self._before(statement)
        if len(last) != 1 or leaf is None:
            return False
        return any(not self.steps.is_near(leaf, one, last[0]) for one in values)

    def _is_at_odds(self, statement: Statement, number: Fraction) -> bool:
        """Return whether an earlier side is another number than the last."""
        return any(not is_near(value, number) for value in self._before(statement))

    def _before(self, statement: Statement) -> list[Fraction]:
        """Return the numbers before the last, but for one that goes on from the line above."""
        whole = (side for side in statement.sides[:-1] if side[:1] not in _GOING_ON)
        return [number for side in whole for number in self.reader.numbers(side)[:1]]

    def _again(self, statement: Statement, number: Fraction) -> Found | None:
        """Return a wrong value that was stated before and is only repeated."""
        for leaf, (value, before) in self.credits.wrong.items():
            is_meant = not self._symbols(statement) or leaf in self._named(statement)
            is_same = self._repeats(value, number, statement)
            if is_same and is_meant and not self._is_at_odds(statement, number):
                return Found(statement.line, before, leaf)
        return self._result_again(statement, number)

    def _result_again(self, statement: Statement, number: Fraction) -> Found | None:
        """Return the result that the statement before arrived at, if it is only repeated."""
        is_bare = not statement.label and len(statement.sides) == 1
        if self.result is None or not is_bare or is_calculated(statement.last):
            return None
        found, value = self.result
        is_same = self._repeats(value, number, statement)
        return replace(found, line=statement.line) if is_same else None

    def _repeats(self, value: Fraction, number: Fraction, statement: Statement) -> bool:
        """Return whether a number states a value of before again, or its rounding."""
        return value == number or self.steps.is_rounded(value, number, statement.last)

    def _without_number(self, statement: Statement) -> Found:
        """Return what a statement in letters is: the formula of a step, or unknown."""
        for leaf in reversed(self.steps.leaves):
            if any(is_formula_of(self.steps, leaf, side) for side in statement.sides):
                self.credits.show_formula(leaf)
                is_known = self.credits.is_full(leaf)
                return Found(statement.line, Line.FORMULA, None if is_known else leaf)
        has_digits = any(map(str.isdigit, statement.text))
        return self._unknown(statement) if has_digits else Found(statement.line, Line.NOTE)

    def _candidates(self, statement: Statement) -> Iterator[Leaf]:
        """Yield leaves: those that are named, then those not stated yet, then the others."""
        named = sorted(self._named(statement), key=self.credits.is_full)
        symbols = self._symbols(statement)
        if any(len(bare_name(text)) > 1 for text in symbols):
            yield from dict.fromkeys(named)
            return
        rest = sorted(
            self.steps.leaves, key=lambda leaf: (self.credits.is_full(leaf), not leaf.share)
        )
        if symbols:  # a single letter may be the student's own, for something not stated before
            rest = [leaf for leaf in rest if leaf.share and not self.credits.is_full(leaf)]
        yield from dict.fromkeys((*named, *rest))

    def _symbols(self, statement: Statement) -> list[str]:
        """Return the sides that are symbols of steps."""
        sides = statement.sides[:-1]
        return [text for text in sides if any(x.share for x in self.steps.by_symbol(text))]

    def _named(self, statement: Statement) -> list[Leaf]:
        sides = list(statement.sides[:-1])
        named = [
            leaf
            for text in (statement.label, *sides[:1])
            if text
            for leaf in self.steps.find_leaves(text)
        ]
        twins = {twin for leaf in named for twin in self.steps.twins(leaf)}
        beside = [leaf for text in sides[1:] for leaf in self.steps.find_leaves(text)]
        return [*named, *(leaf for leaf in beside if not named or leaf in twins)]

    def _right(
        self, statement: Statement, number: Fraction, leaves: Sequence[Leaf]
    ) -> Found | None:
        for leaf in leaves:
            if self.steps.agrees(leaf, number, statement.last, self.steps.without(leaf)):
                self.steps.take_back(leaf)
                return self._settled(statement, leaf)
        for leaf in leaves:
            if self.steps.agrees(leaf, number, statement.last, self.steps.right):
                self.steps.state(leaf, Fraction(self.steps.expected_value(leaf, self.steps.right)))
                return self._settled(statement, leaf)
        return None

    def _settled(self, statement: Statement, leaf: Leaf) -> Found:
        """Note a right leaf, and its twins where the statement does not tell them apart."""
        is_right = self.steps.expected_value(leaf) == self.steps.expected_value(
            leaf, self.steps.right
        )
        self.credits.give(leaf)
        if len(self._named(statement)) != 1:
            for twin in self.steps.twins(leaf):
                if self.steps.expected_value(twin) == self.steps.expected_value(leaf):
                    self.credits.give(twin)
        return Found(statement.line, Line.RIGHT if is_right else Line.FOLLOWS, leaf)

    def _given(self, statement: Statement, number: Fraction) -> Found | None:
        """Return a note where a number that the paper gives is only copied."""
        if number in self._inputs and not any(map(is_calculated, statement.sides)):
            return None if self._named(statement) else Found(statement.line, Line.NOTE)
        return None

    @cached_property
    def _inputs(self) -> set[Fraction]:
        return self.steps.given_numbers()

    # -- what is wrong -------------------------------------------------------------------------

    def _slip(self, statement: Statement, number: Fraction) -> Found | None:
        """Return a slip: an earlier side is the right value, and the last one is another."""
        for side in statement.sides[:-1]:
            for value in self.reader.numbers(side)[:1]:
                for leaf in self._candidates(statement) if is_calculated(side) else ():
                    is_right = self.steps.agrees(leaf, number, statement.last)
                    if not is_right and self.steps.agrees(leaf, value, side):
                        says = f"{side} is not {statement.last}"
                        self.credits.miss(leaf, number, METHOD)
                        return Found(statement.line, Line.SLIP, leaf, says)
        return None

    def _rounded(
        self, statement: Statement, number: Fraction, leaves: Sequence[Leaf]
    ) -> Found | None:
        """Return a slip: the result, rounded further than its tolerance allows."""
        for leaf in leaves:
            if self.steps.is_almost(leaf, number, statement.last):
                self.credits.miss(leaf, number, METHOD)
                return Found(statement.line, Line.SLIP, leaf, TOO_ROUNDED)
        return None

    def _mistake(
        self, statement: Statement, number: Fraction, leaves: Sequence[Leaf]
    ) -> Found | None:
        texts = (number, *(n for s in statement.sides[:-1] for n in self.reader.numbers(s)[:1]))
        for mistake, leaf, value in self.steps.mistaken():
            if (
                leaf in leaves
                and not self.credits.is_full(leaf)
                and any(is_near(value, x) for x in texts)
            ):
                self.credits.miss(leaf, number, _NONE, is_known=True)
                return Found(statement.line, Line.WRONG, leaf, mistake.says, mistake.name)
        return None

    def _named_wrong(self, statement: Statement, number: Fraction) -> Found | None:
        named = [leaf for leaf in self._named(statement) if not self.credits.is_full(leaf)]
        if (
            _is_prose(statement)
            or len({leaf.name for leaf in named}) != 1
            or not is_sole(self.steps, statement, named[0])
        ):
            return None
        self.credits.miss(named[0], number, _NONE)
        return Found(statement.line, Line.WRONG, named[0])

    def _part(self, statement: Statement, number: Fraction) -> Found | None:
        is_true = not self._is_at_odds(statement, number)
        names = [names for part, names in self.steps.parts() if is_true and is_near(part, number)]
        if not names:
            return None
        self.credits.used |= min(names, key=len)
        return Found(statement.line, Line.PART)

    def _followed(
        self,
        statement: Statement,
        number: Fraction,
        after: Sequence[Statement],
        *,
        with_mistakes: bool = False,
    ) -> Found | None:
        """Return a wrong step: what is written next follows from it, or a mistake made after it."""
        for leaf in self.steps.leaves if number not in TRIVIAL else ():
            if (
                self.credits.is_full(leaf)
                or self.steps.is_final(leaf)
                or self.trials >= _MOST_TRIALS
            ):
                continue
            self.trials += 1
            trial = self.steps.trial(leaf, number)
            if trial is not None and self._goes_on(trial, leaf, after[:_AHEAD], with_mistakes):
                self.credits.miss(leaf, number, _NONE)
                return Found(statement.line, Line.WRONG, leaf)
        return None

    def _goes_on(
        self,
        trial: Steps,
        leaf: Leaf,
        after: Iterable[Statement],
        with_mistakes: bool,  # noqa: FBT001
    ) -> bool:
        later = [one for one in self.steps.leaves if self.steps.is_behind(leaf, one)]
        for statement in after:
            for number in self.reader.numbers(statement.last)[:1]:
                values = [(one, Fraction(trial.expected_value(one))) for one in later]
                made = trial.mistaken() if with_mistakes else ()
                wrong = [(one, value) for _, one, value in made if one in later]
                changed = [v for one, v in (*values, *wrong) if v != self.steps.expected_value(one)]
                if any(is_near(value, number) for value in changed):
                    return True
        return False


def _is_prose(statement: Statement) -> bool:
    """Return whether a number only occurs in words: nothing is said to be equal to it."""
    return len(statement.sides) == 1 and _WORDS.search(statement.last) is not None


def is_sole(steps: Steps, statement: Statement, leaf: Leaf) -> bool:
    """Return whether a label or side names a leaf by its own symbol or name."""
    labels = [statement.label, *statement.sides[:-1]]
    return any(leaf in steps.find_leaves(text) for text in labels if text)
