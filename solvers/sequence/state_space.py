"""A linear state-space model of one state: discretization, recurrence and convolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, real, vector
from solvers.graph.term import Condition, Ref, Term, Vector, exp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

state_space = Derivation(
    "state_space",
    "A state-space model of one state, as recurrence and as convolution",
    source="Gu, Goel and Re, Efficiently modeling long sequences with structured state spaces "
    "(2022), 2; Gu and Dao, Mamba (2023), equations 1 to 4",
)
state_space.input("rate", "A", "rate of the state", real("-100", "-0.0001"))
state_space.input("entry", "B", "weight of the input", REAL)
state_space.input("readout", "C", "weight of the state in the output", REAL)
state_space.input("step", r"\Delta", "step of time", real("0.000001", "100"))
state_space.input("inputs", "x", "inputs", vector(REAL), element="x_{{{i}}}")


@state_space.requires("the state must not die out in a step")
def alive(rate: Term, step: Term) -> Condition:
    return rate * step >= -50


@state_space.quantity(r"\bar{A}", "factor of the state in a step")
def kept(rate: Term, step: Term) -> Term:
    return exp(step * rate)


@state_space.quantity(r"\bar{B}", "weight of an input in a step")
def weight(kept: Term, rate: Term, entry: Term) -> Term:
    return (kept - 1) / rate * entry


@state_space.quantity("h", "states", element="h_{{{i}}}")
def states(inputs: Vector, kept: Term, weight: Term) -> Vector:
    later = (kept * Ref("states", (i,)) + weight * x for i, x in enumerate(inputs[1:]))
    return (weight * inputs[0], *later)


@state_space.quantity("y", "last output")
def output(readout: Term, states: Vector) -> Term:
    return readout * states[-1]


@state_space.quantity("K", "kernel of the convolution", element="K_{{{i}}}")
def kernel(inputs: Vector, readout: Term, kept: Term, weight: Term) -> Vector:
    return (readout * weight, *(readout * kept**i * weight for i in range(1, len(inputs))))


state_space.mistake(
    "euler",
    "that is the step of Euler's method; the exact one has an exponential",
    share="0.25",
    kept=lambda rate, step: 1 + step * rate,
    weight=lambda entry, step: step * entry,
)
state_space.mistake(
    "step_left_out",
    "the step of time was left out",
    share="0.25",
    kept=lambda rate: exp(rate),
)
state_space.mistake(
    "entry_not_discretized",
    "the weight of the input was taken as it is in continuous time",
    share="0.25",
    weight=lambda entry: entry,
)
state_space.mistake(
    "readout_left_out",
    "the weight of the state in the output was left out",
    share="0.25",
    output=lambda states: states[-1],
    kernel=lambda inputs, kept, weight: (
        weight, *(kept**i * weight for i in range(1, len(inputs)))
    ),
)  # fmt: skip


@state_space.proof
def by_convolution(
    rate: Fraction, entry: Fraction, readout: Fraction, step: Fraction, inputs: Sequence[Fraction]
) -> Mapping[str, object]:
    """Take the step from a power series, apply it to an impulse, and convolve in numpy."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    a, b, c, d = map(float, (rate, entry, readout, step))
    pair = term = np.eye(2)
    for power in range(1, 30):
        term = term @ np.array([[a, b], [0.0, 0.0]]) * (d / 64 / power)
        pair = pair + term
    pair = np.linalg.matrix_power(pair, 64)
    kept, weight = float(pair[0, 0]), float(pair[0, 1])
    impulse = c * weight * np.cumprod(np.append(1.0, np.full(len(inputs) - 1, kept)))
    x = np.array(inputs, dtype=float)
    return {
        "kept": kept,
        "weight": weight,
        "kernel": impulse.tolist(),
        "output": float(np.convolve(impulse, x)[len(x) - 1]),
    }
