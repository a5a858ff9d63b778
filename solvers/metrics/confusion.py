"""Precision, recall and F1 from a confusion matrix."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, matrix, whole
from solvers.graph.term import Condition, Matrix, Term, Vector, equal, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

confusion = Derivation(
    "confusion",
    "Accuracy, precision, recall and F1 from a confusion matrix",
    source="Manning, Raghavan and Schuetze, Information retrieval (2008), 8.3 and 13.6",
)
confusion.input(
    "counts", "n", "examples: a row for each class", matrix(whole(0, 10**9)), element="n_{{{i}}}"
)
confusion.input(
    "columns_true",
    "c",
    "whether the columns are the true classes",
    FLAG,
    default=0,
    says_when={
        0: "Rows are true classes, columns are predicted ones.",
        1: "Rows are predicted classes, columns are true ones.",
    },
)


@confusion.requires("the matrix must be square")
def square(counts: Matrix) -> Condition:
    return equal(sum(len(row) != len(counts) for row in counts), 0)


@confusion.quantity("N", "examples")
def examples(counts: Matrix) -> Term:
    return total(n for row in counts for n in row)


@confusion.quantity("a", "accuracy")
def accuracy(counts: Matrix, examples: Term) -> Term:
    return total(row[i] for i, row in enumerate(counts)) / examples


@confusion.quantity("t", "examples of each true class", element="t_{{{i}}}")
def true(counts: Matrix, columns_true: int) -> Vector:
    rows = tuple(zip(*counts, strict=True)) if columns_true else counts
    return tuple(map(total, rows))


@confusion.quantity("q", "examples predicted for each class", element="q_{{{i}}}")
def predicted(counts: Matrix, columns_true: int) -> Vector:
    rows = counts if columns_true else tuple(zip(*counts, strict=True))
    return tuple(map(total, rows))


@confusion.quantity("P", "precision of each class", element="P_{{{i}}}")
def precision(counts: Matrix, predicted: Vector) -> Vector:
    return tuple(counts[i][i] / q for i, q in enumerate(predicted))


@confusion.quantity("R", "recall of each class", element="R_{{{i}}}")
def recall(counts: Matrix, true: Vector) -> Vector:
    return tuple(counts[i][i] / t for i, t in enumerate(true))


@confusion.quantity("F", "F1 of each class", element="F_{{{i}}}")
def f_one(counts: Matrix, predicted: Vector, true: Vector) -> Vector:
    return tuple(
        2 * counts[i][i] / (q + t) for i, (q, t) in enumerate(zip(predicted, true, strict=True))
    )


@confusion.quantity(r"F_{\mathrm{macro}}", "macro-averaged F1")
def macro(f_one: Vector) -> Term:
    return total(f_one) / len(f_one)


@confusion.quantity("b", "balanced accuracy: mean recall")
def balanced(recall: Vector) -> Term:
    return total(recall) / len(recall)


confusion.mistake(
    "precision_and_recall_exchanged",
    "precision and recall were exchanged: rows taken for columns",
    share="0.25",
    columns_true=lambda columns_true: 1 - columns_true,
)
confusion.mistake(
    "arithmetic_mean",
    "the arithmetic mean of precision and recall was taken; F1 is the harmonic one",
    share="0.25",
    f_one=lambda precision, recall: tuple(
        (p + r) / 2 for p, r in zip(precision, recall, strict=True)
    ),
)
confusion.mistake(
    "mean_before_f",
    "precision and recall were averaged first; the macro average is that of the F1 values",
    share="0.5",
    macro=lambda precision, recall: (
        2 * total(precision) * total(recall) / (total(precision) + total(recall)) / len(recall)
    ),
)
confusion.mistake(
    "micro_for_macro",
    "that is the micro average, which is the accuracy",
    macro=lambda accuracy: accuracy,
    balanced=lambda accuracy: accuracy,
)
confusion.mistake(
    "share_of_all",
    "the right ones were divided by all examples, not by those of the class",
    share="0.25",
    recall=lambda counts, examples: tuple(row[i] / examples for i, row in enumerate(counts)),
    precision=lambda counts, examples: tuple(row[i] / examples for i, row in enumerate(counts)),
)


@confusion.proof
def count_examples(counts: Sequence[Sequence[int]], columns_true: int) -> Mapping[str, object]:
    """Write out each example as a pair (true, predicted), and count hits and misses."""
    pairs = [
        (j, i) if columns_true else (i, j)
        for i, row in enumerate(counts)
        for j, number in enumerate(row)
        for _ in range(int(number))
    ]
    hits = [sum(t == p == k for t, p in pairs) for k in range(len(counts))]
    false = [sum(p == k != t for t, p in pairs) for k in range(len(counts))]
    missed = [sum(t == k != p for t, p in pairs) for k in range(len(counts))]
    precisions = [Fraction(h, h + f) for h, f in zip(hits, false, strict=True)]
    recalls = [Fraction(h, h + m) for h, m in zip(hits, missed, strict=True)]
    harmonic = [2 / (1 / p + 1 / r) for p, r in zip(precisions, recalls, strict=True) if p and r]
    return {
        "accuracy": Fraction(sum(t == p for t, p in pairs), len(pairs)),
        "precision": precisions,
        "recall": recalls,
        "balanced": sum(recalls) / len(recalls),
        "macro": sum(harmonic) / len(recalls),
    }
