"""Count which options of a choice were taken, by all and by thirds of the class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from grader.statistics.numbers import Array, Mask, highest, lowest, mean, weighted_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

FUNCTIONAL = 0.05
THIRD = 1 / 3


@dataclass(frozen=True)
class OptionFigures:
    """Figures of one option.

    Attributes:
        right_for: how many had a variant in which this option is right.
        share: of all who had the item; lower, middle and upper third by total likewise.
        distracts: of those for whom it is wrong, the share that took it.
        functional: whether that share is at least 5 %; None where it is right for everybody.
    """

    option: str
    count: int
    right_for: int
    share: float | None
    lower: float | None
    middle: float | None
    upper: float | None
    distracts: float | None
    functional: bool | None


def option_figures(
    options: Sequence[str], chosen: Array, right: Array, totals: Array
) -> tuple[OptionFigures, ...]:
    """Return the figures of all options of one choice.

    Args:
        options: their texts.
        chosen: for each student who had the item the place of the option taken; -1: none of them.
        right: the place of the option that is right in the student's variant.
        totals: the student's total; not a number where there is none.
    """
    known = ~np.isnan(totals)
    low, high = np.zeros(totals.size), np.zeros(totals.size)
    low[known], high[known] = lowest(totals[known], THIRD), highest(totals[known], THIRD)
    thirds = (low, np.where(known, 1 - low - high, 0.0), high)
    return tuple(
        _option(option, chosen == place, right == place, thirds)
        for place, option in enumerate(options)
    )


def _option(
    option: str, taken: Mask, right: Mask, thirds: tuple[Array, Array, Array]
) -> OptionFigures:
    took = taken.astype(float)
    lower, middle, upper = (weighted_mean(took, weights) for weights in thirds)
    distracts = mean(took[~right])
    functional = None if distracts is None else distracts >= FUNCTIONAL
    return OptionFigures(
        option,
        int(taken.sum()),
        int(right.sum()),
        mean(took),
        lower,
        middle,
        upper,
        distracts,
        functional,
    )
