"""Scores against what was drawn: the effort of a variant, and the values of its parameters."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from grader.statistics.fairness import LEAST, contrast, trend
from grader.statistics.numbers import is_constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.report.gather import Drawn, Gathered, Slot
    from grader.statistics.fairness import Effect, Trend
    from grader.statistics.numbers import Array, Mask


@dataclass(frozen=True)
class ScoreTrend:
    """A part's scores, as shares of its marks, against the effort of the variants.

    Attributes:
        part: `1a`; an empty text for the whole paper.
        trend: None where the variants are equally much work, or the papers too few.
    """

    part: str
    template: str
    least: float
    median: float
    greatest: float
    trend: Trend | None


@dataclass(frozen=True)
class ValueScore:
    """The mean score in a part of those whose variant has a certain value of a parameter."""

    part: str
    template: str
    parameter: str
    value: str
    count: int
    mean: float
    effect: Effect


def effort_trends(gathered: Gathered) -> tuple[ScoreTrend, ...]:
    """Return scores against effort, for the whole paper and for each part."""
    rows = [("", "", *_whole(gathered))]
    for slot, drawn in gathered.drawn.items():
        score = _scores(gathered, slot, drawn)
        known = ~np.isnan(score) & ~np.isnan(drawn.effort)
        rows.append((slot.part, slot.template, np.array(drawn.effort)[known], score[known]))
    vary = sum(not is_constant(effort) for *_, effort, _ in rows)
    return tuple(
        ScoreTrend(part, template, *_range(effort), trend(effort, score, vary))
        for part, template, effort, score in rows
        if effort.size
    )


def _range(effort: Array) -> tuple[float, float, float]:
    return float(effort.min()), float(np.median(effort)), float(effort.max())


def _whole(gathered: Gathered) -> tuple[Array, Array]:
    """Return the effort of each whole paper, and its total as a share."""
    effort = np.zeros(len(gathered.people))
    for drawn in gathered.drawn.values():
        effort[drawn.rows] += drawn.effort
    totals = gathered.all_totals() / max(gathered.scores.most, 1e-9)
    known = ~np.isnan(totals) & ~np.isnan(effort)
    return effort[known], totals[known]


def _scores(gathered: Gathered, slot: Slot, drawn: Drawn) -> Array:
    """Return the share of the slot's counted marks that each student has.

    Not a number where some wait.
    """
    own = np.array([item.slot == slot for item in gathered.items], dtype=bool)
    own &= gathered.scores.items
    most = gathered.scores.out_of[own].sum()
    marks: Array = gathered.scores.marks[drawn.rows][:, own]
    return marks.sum(axis=1) / most if most else np.full(len(drawn.rows), np.nan)


def value_scores(gathered: Gathered) -> tuple[ValueScore, ...]:
    """Return the scores of the values of a parameter that 30 papers have and 30 have not."""
    groups = list(_groups(gathered))
    found = []
    for slot, parameter, value, score, group in groups:
        effect = contrast(score, group, len(groups))
        if effect is not None:
            own = score[group]
            found.append(
                ValueScore(
                    slot.part,
                    slot.template,
                    parameter,
                    value,
                    int(own.size),
                    float(own.mean()),
                    effect,
                )
            )
    return tuple(found)


def _groups(gathered: Gathered) -> Iterator[tuple[Slot, str, str, Array, Mask]]:
    for slot, drawn in gathered.drawn.items():
        score = _scores(gathered, slot, drawn)
        known = ~np.isnan(score)
        for parameter, values in drawn.values.items():
            if len(values) != len(score):
                continue  # only some variants have it
            own = np.array(values)[known]
            for value, count in sorted(Counter(own.tolist()).items(), key=_by_size):
                if LEAST <= count <= own.size - LEAST:
                    yield slot, parameter, value, score[known], own == value


def _by_size(pair: tuple[str, int]) -> tuple[float, str]:
    """Return numbers in their order; what is no number, such as a list, behind them."""
    try:
        return float(Fraction(pair[0])), ""
    except ValueError:
        return math.inf, pair[0]
