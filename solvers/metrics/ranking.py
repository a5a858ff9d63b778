"""Measures of a ranking: points of the ROC curve, area below it, average precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import vector, whole
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, Vector, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ranking = Derivation(
    "ranking",
    "ROC curve, AUC and average precision of a ranking",
    source="Fawcett, An introduction to ROC analysis (2006); Manning, Raghavan and Schuetze, "
    "Introduction to information retrieval (2008), 8.4",
    notes=(Note("No two scores are equal.", ("auc",)),),
)
ranking.input(
    "labels",
    "y",
    "labels in the order of falling scores, 1 for positive",
    vector(whole(0, 1)),
    element="y_{{{i}}}",
)
ranking.input("taken", "k", "examples that are called positive", whole(1, 512), default=1)


@ranking.requires("no more examples can be taken than there are")
def enough(labels: Vector, taken: Term) -> Condition:
    return taken <= len(labels)


@ranking.requires("there must be a positive example")
def some_positive(labels: Vector) -> Condition:
    return total(labels) > 0


@ranking.requires("there must be a negative example")
def some_negative(labels: Vector) -> Condition:
    return total(1 - y for y in labels) > 0


@ranking.quantity("P", "positive examples")
def positives(labels: Vector) -> Term:
    return total(labels)


@ranking.quantity("N", "negative examples")
def negatives(labels: Vector, positives: Term) -> Term:
    return len(labels) - positives


@ranking.quantity(r"T_k", "positive examples among the first k")
def hits(labels: Vector, taken: int) -> Term:
    return total(labels[:taken])


@ranking.quantity(r"\mathrm{TPR}", "true positive rate")
def true_rate(hits: Term, positives: Term) -> Term:
    return hits / positives


@ranking.quantity(r"\mathrm{FPR}", "false positive rate")
def false_rate(taken: Term, hits: Term, negatives: Term) -> Term:
    return (taken - hits) / negatives


@ranking.quantity("r", "sum of the ranks of the positive examples, the last one being 1")
def rank_sum(labels: Vector) -> Term:
    return total((len(labels) - i) * y for i, y in enumerate(labels))


@ranking.quantity(r"\mathrm{AUC}", "area below the ROC curve")
def auc(rank_sum: Term, positives: Term, negatives: Term) -> Term:
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


@ranking.quantity(r"\mathrm{AP}", "average precision")
def average_precision(labels: Vector, positives: Term) -> Term:
    return total(y * total(labels[: i + 1]) / (i + 1) for i, y in enumerate(labels)) / positives


def _mean_of_all(labels: Vector) -> Term:
    return total(total(labels[: i + 1]) / (i + 1) for i in range(len(labels))) / len(labels)


ranking.mistake(
    "order_reversed",
    "the order was reversed: the highest score has the highest rank",
    share="0.25",
    rank_sum=lambda labels: total((i + 1) * y for i, y in enumerate(labels)),
)
ranking.mistake(
    "rank_offset_left_out",
    "the ranks that the positive examples take from each other were not subtracted",
    share="0.25",
    auc=lambda rank_sum, positives, negatives: rank_sum / (positives * negatives),
)
ranking.mistake(
    "precision_at_all",
    "the precision was averaged over all places, not only those of positive examples",
    share="0.25",
    average_precision=_mean_of_all,
)
ranking.mistake(
    "precision_for_false_rate",
    "the false positives were divided by the examples taken, not by all negative ones",
    share="0.25",
    false_rate=lambda taken, hits: (taken - hits) / taken,
)
ranking.mistake(
    "precision_for_true_rate",
    "that is the precision; the true positive rate is divided by all positive examples",
    share="0.25",
    true_rate=lambda hits, taken: hits / taken,
)


@ranking.proof
def by_the_curve(labels: Sequence[int], taken: int) -> Mapping[str, object]:
    """Walk the ROC curve in numpy and integrate it by trapezoids; sum precision over recall."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    y = np.array(labels, dtype=float)
    up, along = (np.concatenate(([0.0], np.cumsum(part))) for part in (y, 1 - y))
    rise, run = up / up[-1], along / along[-1]
    precision = up[1:] / np.arange(1, len(y) + 1)
    return {
        "true_rate": float(rise[taken]),
        "false_rate": float(run[taken]),
        "auc": float(np.sum(np.diff(run) * (rise[1:] + rise[:-1]) / 2)),
        "average_precision": float(np.diff(rise) @ precision),
    }
