"""Lines for a terminal: how people who mark agree, and how each changes on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from grader.by_hand.agreement import Agreement, Interval
    from grader.by_hand.markers import Markers


def marker_lines(found: Markers) -> Iterator[str]:
    """Yield a line for each answer and criterion that was marked twice, and for who drifts."""
    yield from agreement_lines({**found.agreement, **found.proposals})
    for marker, drift in found.drift.items():
        if drift.is_certain:
            low, high = drift.interval
            yield (
                f"{marker} gives {drift.change:+.0%} of the marks from first to last answer"
                f" ({low:+.0%} to {high:+.0%}, of {drift.count:,}); look at both ends again"
            )


def agreement_lines(agreement: Mapping[str, Agreement]) -> Iterator[str]:
    """Yield a line for each answer and criterion that was marked twice."""
    for name, one in agreement.items():
        shares = name == "all"
        shift = f"{float(one.shift):+.0%} of the" if shares else f"{float(one.shift):+.2f}"
        low = "; below 0.6: do both read it alike?" if one.is_low else ""
        yield (
            f"{name}: {one.count:,} marked twice, {float(one.same):.0%} alike,"
            f" kappa {_kappa(one.kappa, one.interval)},"
            f" weighted {_kappa(one.weighted, one.weighted_interval)};"
            f" the second gives {shift} marks on average{low}"
        )


def _kappa(value: Fraction | None, interval: Interval | None) -> str:
    if value is None or interval is None:
        return "not defined"
    return f"{float(value):.2f} ({interval[0]:.2f} to {interval[1]:.2f})"
