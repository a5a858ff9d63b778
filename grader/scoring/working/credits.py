"""Credits for the steps of a working: stated rightly, shown by what follows, or wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.scoring.working.found import METHOD, Line

if TYPE_CHECKING:
    from grader.scoring.working.steps import Leaf, Steps

TRIVIAL = frozenset({Fraction(0), Fraction(1)})
_FULL, _NONE = Fraction(1), Fraction(0)


@dataclass
class Credits:
    """The marks of a working on the way.

    Attributes:
        steps: what is expected, which changes with the student's own values.
        stated: the share of each leaf that was stated.
        shown: leaves with a right calculation, from which those behind them follow.
        most: the most that a leaf is worth, where something on the way to it is wrong.
        wrong: the number that was stated for a leaf, and how wrong it is.
        used: quantities of which a right part of a calculation is made.
        joined: the share of a result that is put together; None where it was not stated.
    """

    steps: Steps
    stated: dict[Leaf, Fraction] = field(default_factory=dict)
    shown: dict[Leaf, Fraction] = field(default_factory=dict)
    most: dict[Leaf, Fraction] = field(default_factory=dict)
    wrong: dict[Leaf, tuple[Fraction, Line]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    joined: Fraction | None = None

    def is_full(self, leaf: Leaf) -> bool:
        """Return whether a leaf was stated rightly."""
        return self.stated.get(leaf, _NONE) == _FULL

    def give(self, leaf: Leaf) -> None:
        """Note a leaf that was stated rightly."""
        self.stated[leaf] = self.shown[leaf] = _FULL
        self.wrong.pop(leaf, None)

    def show_formula(self, leaf: Leaf) -> None:
        """Note the right formula of a leaf, without its value."""
        self.shown.setdefault(leaf, METHOD)
        self.stated.setdefault(leaf, METHOD)

    def miss(
        self, leaf: Leaf, number: Fraction, share: Fraction, *, is_known: bool = False
    ) -> None:
        """Note a wrong leaf, whose value is gone on from, and its twins with it.

        With 0 or 1 nothing is left to calculate, but where a known mistake gives it.
        """
        value = self.steps.expected_value(leaf)
        for one in (leaf, *(twin for twin in self.steps.twins(leaf) if twin not in self.stated)):
            self.stated[one] = share
            self.wrong[one] = number, Line.SLIP if share else Line.WRONG
            self.shown.pop(one, None)
            if share:
                self.shown[one] = _FULL
            if is_known or number not in TRIVIAL or value == number:
                self.steps.state(one, number)
        if not leaf.share:
            self._charge(leaf, share)

    def _charge(self, leaf: Leaf, share: Fraction) -> None:
        """Charge what is wrong on the way to a step to the first step that needs it."""
        needing = (
            one for one in self.steps.leaves if one.share and self.steps.is_behind(leaf, one)
        )
        first = next(needing, None)
        if first is not None:
            self.most[first] = min(share, self.most.get(first, _FULL))

    def share_of(self, leaf: Leaf) -> Fraction:
        """Return the share of a leaf that is earned: stated, or implied by what follows from it."""
        stated = self.stated.get(leaf)
        if stated is None:
            later = (s for one, s in self.shown.items() if self.steps.is_behind(leaf, one))
            is_used = any(leaf.name in self.steps.behind(name) for name in self.used)
            stated = _FULL if is_used else max(later, default=_NONE)
        return min(stated, self.most.get(leaf, _FULL))

    @property
    def earned(self) -> Fraction:
        """Return the share of the marks that the steps earn."""
        own = sum((leaf.share * self.share_of(leaf) for leaf in self.steps.leaves), _NONE)
        return own + self.steps.result_share * (self.joined or _NONE)

    @property
    def is_open(self) -> bool:
        """Return whether a step is neither earned nor shown to be wrong."""
        open_ = (x for x in self.steps.leaves if x.share and x not in self.stated)
        return any(self.share_of(leaf) < _FULL for leaf in open_)
