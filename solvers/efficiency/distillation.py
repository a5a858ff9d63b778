"""Smaller networks from larger ones: distillation by softened classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, vector
from solvers.graph.term import Condition, Operand, Term, Vector, equal, exp, ln, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

LOGITS = vector(real("-500", "500"))

distillation = Derivation(
    "distillation",
    "Distillation of one example",
    source="Hinton, Vinyals and Dean, Distilling the knowledge in a neural network (2015), 2 and "
    "equations 1 to 4",
)
distillation.input("teacher", "v", "logits of the teacher", LOGITS, element="v_{{{i}}}")
distillation.input("student", "z", "logits of the student", LOGITS, element="z_{{{i}}}")
distillation.input("temperature", "T", "temperature", real("0.1", "1000"))


@distillation.requires("teacher and student must have the same classes")
def same_classes(teacher: Vector, student: Vector) -> Condition:
    return equal(len(teacher), len(student))


def _powers(logits: Vector, temperature: Operand) -> Vector:
    return tuple(exp(logit / temperature) for logit in logits)


def _shares(powers: Vector) -> Vector:
    return tuple(power / total(powers) for power in powers)


@distillation.quantity("a", "exponentials of the teacher", element="a_{{{i}}}")
def teacher_powers(teacher: Vector, temperature: Term) -> Vector:
    return _powers(teacher, temperature)


@distillation.quantity("p", "softened probabilities of the teacher", element="p_{{{i}}}")
def soft_teacher(teacher_powers: Vector) -> Vector:
    return _shares(teacher_powers)


@distillation.quantity("b", "exponentials of the student", element="b_{{{i}}}")
def student_powers(student: Vector, temperature: Term) -> Vector:
    return _powers(student, temperature)


@distillation.quantity("q", "softened probabilities of the student", element="q_{{{i}}}")
def soft_student(student_powers: Vector) -> Vector:
    return _shares(student_powers)


@distillation.quantity("H", "cross-entropy of teacher and student")
def entropy(soft_teacher: Vector, soft_student: Vector) -> Term:
    return -total(p * ln(q) for p, q in zip(soft_teacher, soft_student, strict=True))


@distillation.quantity("L", "loss with the factor of the temperature")
def loss(temperature: Term, entropy: Term) -> Term:
    return temperature**2 * entropy


@distillation.quantity(
    "g", "derivatives of the loss with respect to the student's logits",
    element=r"\partial L / \partial z_{{{i}}}",
)  # fmt: skip
def gradient(temperature: Term, soft_teacher: Vector, soft_student: Vector) -> Vector:
    pairs = zip(soft_teacher, soft_student, strict=True)
    return tuple(temperature * (q - p) for p, q in pairs)


_wrong = distillation.mistake
_wrong(
    "temperature_left_out",
    "the temperature was left out",
    share="0.25",
    teacher_powers=lambda teacher: _powers(teacher, 1),
    student_powers=lambda student: _powers(student, 1),
)
_wrong(
    "temperature_multiplied",
    "the logits were multiplied by the temperature",
    share="0.25",
    teacher_powers=lambda teacher, temperature: _powers(teacher, 1 / temperature),
    student_powers=lambda student, temperature: _powers(student, 1 / temperature),
)
_wrong(
    "factor_left_out",
    "the factor of the temperature squared was left out",
    share="0.25",
    loss=lambda entropy: entropy,
    gradient=lambda temperature, soft_teacher, soft_student: tuple(
        (q - p) / temperature for p, q in zip(soft_teacher, soft_student, strict=True)
    ),
)
_wrong(
    "gradient_sign",
    "the sign is wrong: the gradient is the student's probability less the teacher's",
    share="0.25",
    gradient=lambda temperature, soft_teacher, soft_student: tuple(
        temperature * (p - q) for p, q in zip(soft_teacher, soft_student, strict=True)
    ),
)


@distillation.proof
def by_log_sums(
    teacher: Sequence[Fraction], student: Sequence[Fraction], temperature: Fraction
) -> Mapping[str, object]:
    """Write the cross-entropy with one log-sum-exp, and move each logit by a complex step."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    from solvers.training.complex_step import gradient  # noqa: PLC0415 - as above

    heat = float(temperature)
    v, z = (np.array(part, dtype=float) / heat for part in (teacher, student))
    chances = np.exp(v - np.logaddexp.reduce(v))
    entropy = float(np.logaddexp.reduce(z) - chances @ z)
    slopes = gradient(lambda at: np.log(np.exp(at).sum()) - chances @ at, z)
    return {
        "soft_teacher": chances.tolist(),
        "entropy": entropy,
        "loss": heat * heat * entropy,
        "gradient": (heat * slopes).tolist(),
    }
