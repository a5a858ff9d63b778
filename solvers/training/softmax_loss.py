"""Softmax and cross-entropy of one example: probabilities, loss and gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, vector, whole
from solvers.graph.term import Condition, Term, Vector, exp, ln, log10, maximum, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

softmax_loss = Derivation(
    "softmax_loss",
    "Softmax and cross-entropy of one example",
    source="Goodfellow, Bengio and Courville, Deep learning (2016), 6.2.2.3",
)
softmax_loss.input("logits", "z", "logits", vector(real("-1000", "1000")), element="z_{{{i}}}")
softmax_loss.input("target", "t", "right class, counted from 1", whole(1, 512))


@softmax_loss.requires("the right class must be one of the classes")
def class_exists(logits: Vector, target: Term) -> Condition:
    return target <= len(logits)


@softmax_loss.quantity("m", "largest logit")
def largest(logits: Vector) -> Term:
    return maximum(*logits)


@softmax_loss.quantity("s", "logits less the largest", element="s_{{{i}}}")
def shifted(logits: Vector, largest: Term) -> Vector:
    return tuple(z - largest for z in logits)


@softmax_loss.quantity("S", "sum of the exponentials")
def partition(shifted: Vector) -> Term:
    return total(exp(s) for s in shifted)


@softmax_loss.quantity("p", "probabilities", element="p_{{{i}}}")
def probabilities(shifted: Vector, partition: Term) -> Vector:
    return tuple(exp(s) / partition for s in shifted)


@softmax_loss.quantity("L", "cross-entropy")
def loss(shifted: Vector, partition: Term, target: int) -> Term:
    return ln(partition) - shifted[target - 1]


@softmax_loss.quantity(
    "g", "gradient with respect to the logits", element=r"\partial L / \partial z_{{{i}}}"
)
def gradient(probabilities: Vector, target: int) -> Vector:
    return tuple(p - int(i == target) for i, p in enumerate(probabilities, 1))


def _decimal_loss(shifted: Vector, partition: Term, target: int) -> Term:
    return log10(partition) - shifted[target - 1] * log10(exp(1))


def _missed(probabilities: Vector, target: int) -> Term:
    return 1 - probabilities[target - 1]


def _opposite(probabilities: Vector, target: int) -> Vector:
    return tuple(int(i == target) - p for i, p in enumerate(probabilities, 1))


softmax_loss.mistake(
    "sum_not_divided_by",
    "the exponentials were not divided by their sum",
    share="0.25",
    probabilities=lambda logits: tuple(map(exp, logits)),
)
softmax_loss.mistake(
    "decimal_logarithm",
    "the decimal logarithm was taken instead of the natural one",
    share="0.5",
    loss=_decimal_loss,
)
softmax_loss.mistake(
    "logarithm_left_out",
    "the loss is minus the logarithm of the probability, not 1 minus the probability",
    loss=_missed,
)
softmax_loss.mistake(
    "gradient_sign",
    "the sign is wrong: the gradient is p - y, not y - p",
    share="0.25",
    gradient=_opposite,
)
softmax_loss.mistake(
    "target_not_subtracted",
    "the 1 of the right class was not subtracted",
    share="0.25",
    gradient=lambda probabilities: probabilities,
)


@softmax_loss.proof
def by_numpy(logits: Sequence[Fraction], target: int) -> Mapping[str, object]:
    """Take the loss as log-sum-exp, and its gradient by a complex step."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    from solvers.training.complex_step import gradient as slopes  # noqa: PLC0415 - as above

    z = np.array(logits, dtype=float)
    powers = np.exp2(z / np.log(2))
    return {
        "probabilities": (powers / powers.sum()).tolist(),
        "loss": float(np.logaddexp.reduce(z) - z[target - 1]),
        "gradient": slopes(lambda x: np.log(np.exp(x).sum()) - x[target - 1], z).tolist(),
    }
