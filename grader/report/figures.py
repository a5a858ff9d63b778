"""Every figure of the report on a class, computed from what was gathered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from examgen.ground.translations import FALLBACK
from grader.report.fairness import ScoreTrend, ValueScore, effort_trends, value_scores
from grader.report.hints import Hint, hints
from grader.results.marker_file import MarkerFile
from grader.statistics.choices import OptionFigures, option_figures
from grader.statistics.distribution import Distribution, distribution
from grader.statistics.items import ItemFigures, item_figures
from grader.statistics.numbers import mean
from grader.statistics.reliability import Reliability, reliability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.report.gather import Gathered, Item
    from grader.statistics.numbers import Array
    from grader.statistics.scores import Scores

LEFT_OUT, DROPPED = "left out: marks wait", "dropped"


@dataclass(frozen=True)
class MistakeReport:
    """A recognized mistake.

    Attributes:
        share: of those who handed in and had the item.
        mean_total: of those who made it and have a total.
    """

    name: str
    says: str
    count: int
    share: float
    mean_total: float | None


@dataclass(frozen=True)
class ItemReport:
    """One item: what it is, what became of its answers, its figures, mistakes and options."""

    id: str
    part: str
    template: str
    label: str
    kind: str
    out_of: float
    outcomes: Mapping[str, int]
    figures: ItemFigures
    mistakes: tuple[MistakeReport, ...]
    options: tuple[OptionFigures, ...]
    is_bonus: bool = False


@dataclass(frozen=True)
class ClassReport:
    """The report on a class.

    Attributes:
        handed_in: how many papers came back; the others are in no figure.
        with_total: how many of them have a total.
        items_left_out: items that do not count towards totals, since too many marks wait.
        most: the marks of the largest paper in the items that count.
        whole: the marks of the largest paper in all items; in both, a bonus is not counted.
        efforts: scores against effort, the whole paper first.
        values: scores by the value of a parameter.
        language: of the exam, in which the page is.
        compared: ordered pairs of students that each list of hints is about.
        markers: of those who marked by hand.
    """

    title: str
    handed_in: int
    absent: int
    with_total: int
    items_left_out: tuple[str, ...]
    most: float
    whole: float
    totals: Distribution
    reliability: Reliability
    items: tuple[ItemReport, ...]
    efforts: tuple[ScoreTrend, ...]
    values: tuple[ValueScore, ...]
    compared: Mapping[str, int]
    hints: tuple[Hint, ...]
    markers: MarkerFile
    language: str = FALLBACK


def class_report(
    gathered: Gathered,
    title: str = "",
    markers: MarkerFile | None = None,
    *,
    names: bool = False,
) -> ClassReport:
    """Compute the report on a class.

    Args:
        gathered: the class.
        title: of the exam; may be empty.
        markers: what is known of those who marked by hand.
        names: whether hints say who the students are, besides their papers.
    """
    scores = gathered.scores
    reliable = reliability(scores)
    items = tuple(_items(gathered, item_figures(scores, reliable.deleted)))
    compared, found = hints(gathered, names=names)
    return ClassReport(
        title,
        len(gathered.people),
        gathered.absent,
        int(scores.students.sum()),
        tuple(item.id for item in items if LEFT_OUT in item.figures.flags),
        scores.most,
        _whole(scores),
        distribution(scores.totals, scores.most),
        reliable,
        items,
        effort_trends(gathered),
        value_scores(gathered),
        compared,
        found,
        markers or MarkerFile(),
    )


def _whole(scores: Scores) -> float:
    regular = scores.out_of if scores.bonus is None else np.where(scores.bonus, 0.0, scores.out_of)
    return float((scores.had @ regular).max(initial=0.0))


def _items(gathered: Gathered, figures: Sequence[ItemFigures]) -> list[ItemReport]:
    totals, parts = gathered.all_totals(), [slot.part for slot in gathered.drawn]
    found = []
    for item, own in zip(gathered.items, figures, strict=True):
        in_pool = parts.count(item.slot.part) > 1
        left_out = () if own.counted else (LEFT_OUT if item.out_of else DROPPED,)
        found.append(
            ItemReport(
                f"{item.id} ({item.slot.template})" if in_pool else item.id,
                item.slot.part,
                item.slot.template,
                item.label,
                item.kind,
                item.out_of,
                item.outcomes,
                replace(own, flags=(*own.flags, *left_out)),
                _mistakes(item, totals),
                _options(item, totals),
                item.bonus is not None,
            )
        )
    return found


def _mistakes(item: Item, totals: Array) -> tuple[MistakeReport, ...]:
    found = []
    for name, made in item.mistakes.items():
        own = totals[made.rows]
        share = len(made.rows) / len(item.rows)
        average = mean(own[~np.isnan(own)])
        found.append(MistakeReport(name, made.says, len(made.rows), share, average))
    return tuple(sorted(found, key=lambda mistake: (-mistake.count, mistake.name)))


def _options(item: Item, totals: Array) -> tuple[OptionFigures, ...]:
    place = {code: number for number, code in enumerate(item.options.values())}
    chosen = np.array([place.get(code, -1) for code in item.written])
    right = np.array([place.get(code, -1) for code in item.right])
    return option_figures(tuple(item.options), chosen, right, totals[item.rows])
