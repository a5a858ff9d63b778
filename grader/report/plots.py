"""The plots of the report, as SVG."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from matplotlib import rc_context
from matplotlib.figure import Figure

from examgen.ground.translator import ENGLISH
from grader.report.gather import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

    from examgen.ground.translator import Translator
    from grader.report.figures import ClassReport, ItemReport

WIDTH = 5.2
BLUE, INK = "#2f5f9e", "#1d2430"
# light beside dark, so that they differ in grey as well
COLORS = ("#1b5e3b", "#8cc084", "#c4512d", "#98a1ae", "#e3b23c", "#2b3a67")


@dataclass(frozen=True)
class Plot:
    """A plot for a page.

    Attributes:
        source: the SVG as a data URL.
        alt: what it shows, for those who cannot see it.
    """

    source: str
    alt: str


def plots(report: ClassReport, say: Translator = ENGLISH) -> dict[str, Plot]:
    """Return all plots that the figures allow, by name, in a language."""
    with rc_context(
        {
            "svg.hashsalt": "examgen",  # the same figures give the same bytes
            "font.size": 10,
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    ):
        return dict(_plots(report, say))


def _plots(report: ClassReport, say: Translator) -> Iterator[tuple[str, Plot]]:
    if report.with_total:
        yield "totals", _totals(report, say)
    if report.items:
        yield "outcomes", _outcomes(report.items, say)
    both = [i for i in report.items if i.figures.discrimination is not None]
    if both:
        yield "items", _discrimination(both, say)
    if any(row.trend for row in report.efforts):
        yield "efforts", _efforts(report, say)


def _axes(height: float) -> tuple[Figure, Axes]:
    figure = Figure((WIDTH, height), layout="constrained")
    return figure, figure.add_subplot()


def _plot(figure: Figure, alt: str) -> Plot:
    target = io.BytesIO()
    figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return Plot(f"data:image/svg+xml;base64,{base64.b64encode(target.getvalue()).decode()}", alt)


def _totals(report: ClassReport, say: Translator) -> Plot:
    figure, axes = _axes(2.8)
    found = report.totals
    axes.stairs(found.counts, found.edges, fill=True, color=BLUE, edgecolor="white")
    axes.set(xlabel=say("total (marks)"), ylabel=say("students"))
    axes.set(xlim=(found.edges[0], found.edges[-1]))
    axes.xaxis.set_major_formatter(lambda mark, _: say.number(f"{mark:g}"))
    if found.quartiles and found.mean is not None:
        axes.axvline(found.mean, color=INK, linestyle="--", linewidth=1, label=say("mean"))
        axes.axvline(found.quartiles[1], color=INK, linewidth=1, label=say("median"))
        axes.legend(frameon=False)
    tallest = max(range(len(found.counts)), key=found.counts.__getitem__)
    ends = (found.least, found.greatest, found.edges[tallest], found.edges[tallest + 1])
    alt = say(
        "Histogram of {} totals from {} to {} marks; most lie between {} and {}.",
        found.count,
        *(say.number(f"{end:.3g}") for end in ends),
    )
    return _plot(figure, alt)


def _outcomes(items: tuple[ItemReport, ...], say: Translator) -> Plot:
    figure, axes = _axes(1.4 + 0.17 * len(items))
    names = [item.id for item in items]
    left = [0.0] * len(items)
    for outcome, color in zip(OUTCOMES, COLORS, strict=True):
        shares = [100 * item.outcomes[outcome] / item.figures.had for item in items]
        if any(shares):
            axes.barh(names, shares, 0.8, left, color=color, edgecolor="white", label=say(outcome))
        left = [before + share for before, share in zip(left, shares, strict=True)]
    axes.invert_yaxis()
    axes.set(xlabel=say("% of those who had the item"), xlim=(0, 100))
    axes.margins(y=0.01)
    axes.tick_params(axis="y", labelsize=8)
    figure.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=8)
    named = ", ".join(map(say, OUTCOMES))
    alt = say("Bars for {} items: {}; the table below has the numbers.", len(items), named)
    return _plot(figure, alt)


def _discrimination(items: list[ItemReport], say: Translator) -> Plot:
    figure, axes = _axes(3.4)
    easy = [100 * (item.figures.facility or 0.0) for item in items]
    sharp = [100 * (item.figures.discrimination or 0.0) for item in items]
    axes.scatter(easy, sharp, s=16, color=BLUE)
    axes.axhline(0, color=INK, linewidth=0.8)
    for item, x, y in zip(items, easy, sharp, strict=True):
        if item.figures.flags:
            axes.annotate(item.id, (x, y), (3, 3), textcoords="offset points", fontsize=8)
    axes.set(xlabel=say("facility (%)"), ylabel=say("discrimination (%)"), xlim=(-2, 102))
    flagged = [item.id for item in items if item.figures.flags]
    named = ", ".join(flagged) or say("none")
    alt = say("{} items by facility and discrimination; flagged: {}.", len(items), named)
    return _plot(figure, alt)


def _efforts(report: ClassReport, say: Translator) -> Plot:
    rows = [row for row in report.efforts if row.trend]
    figure, axes = _axes(0.9 + 0.2 * len(rows))
    names = [row.part or say("whole paper") for row in rows]
    for place, row in enumerate(rows):
        if row.trend:
            effect = row.trend.effect
            low, high = (100 * bound for bound in effect.interval)
            axes.plot([low, high], [place, place], color=INK if effect.warns else BLUE)
            axes.plot(100 * effect.difference, place, "o", color=INK if effect.warns else BLUE)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(rows)), names)
    axes.invert_yaxis()
    axes.set(xlabel=say("heavy less light variant (points of 100), with 95 % interval"))
    warns = (bool(row.trend and row.trend.effect.warns) for row in rows)
    named = ", ".join(compress(names, warns)) or say("none")
    alt = say("Effect of effort on the score in {} rows; warned: {}.", len(rows), named)
    return _plot(figure, alt)
