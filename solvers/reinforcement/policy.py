"""Policy gradients: generalized advantages of a few steps, and the clipped objective of PPO."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, UNIT, real, vector
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, Vector, equal, maximum, minimum, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

PROBABILITY = real("0.000001", "1")

policy_step = Derivation(
    "policy_step",
    "Advantage of a first step, and what PPO makes of it",
    source="Schulman et al., High-dimensional continuous control using generalized advantage "
    "estimation (2016), equation 16; Schulman et al., Proximal policy optimization algorithms "
    "(2017), equation 7",
    notes=(
        Note(
            r"The episode does not end after the last step: the value of the state that it leads "
            r"to is used.",
            ("errors",),
        ),
    ),
)
policy_step.input("rewards", "r", "rewards", vector(REAL), element="r_{{{i}}}")
policy_step.input(
    "values", "V", "values of the states, one more than rewards", vector(REAL), element="V_{{{i}}}"
)
policy_step.input("discount", r"\gamma", "discount", UNIT)
policy_step.input("mixing", r"\lambda", "weight of longer returns", UNIT)
policy_step.input("before", r"\pi_0", "probability of the action when it was taken", PROBABILITY)
policy_step.input("now", r"\pi", "probability of the action by now", PROBABILITY)
policy_step.input("clip", r"\epsilon", "how far the ratio counts", UNIT)


@policy_step.requires("there must be a value for each state, the last one included")
def one_more_value(rewards: Vector, values: Vector) -> Condition:
    return equal(len(values), len(rewards) + 1)


@policy_step.quantity(r"\delta", "temporal-difference errors", element=r"\delta_{{{i}}}")
def errors(rewards: Vector, values: Vector, discount: Term) -> Vector:
    ahead = values[1:]
    return tuple(r + discount * n - v for r, n, v in zip(rewards, ahead, values[:-1], strict=True))


@policy_step.quantity("A", "advantage of the first action")
def advantage(errors: Vector, discount: Term, mixing: Term) -> Term:
    later = ((discount * mixing) ** i * e for i, e in enumerate(errors[1:], 1))
    return total([errors[0], *later])


@policy_step.quantity(r"\rho", "ratio of the probabilities")
def ratio(now: Term, before: Term) -> Term:
    return now / before


@policy_step.quantity("c", "ratio after clipping")
def clipped(ratio: Term, clip: Term) -> Term:
    return minimum(maximum(ratio, 1 - clip), 1 + clip)


@policy_step.quantity("J", "clipped objective")
def objective(ratio: Term, clipped: Term, advantage: Term) -> Term:
    return minimum(ratio * advantage, clipped * advantage)


_wrong = policy_step.mistake
_wrong("discount_left_out", "the discount was left out", share="0.25", discount=lambda: 1)
_wrong(
    "mixing_left_out",
    "the errors of later steps were weighted by the discount alone, without lambda",
    share="0.25",
    advantage=lambda errors, discount: total(
        [errors[0], *(discount**i * e for i, e in enumerate(errors[1:], 1))]
    ),
)
_wrong(
    "first_error_only",
    "only the error of the first step was taken",
    share="0.25",
    advantage=lambda errors: errors[0],
)
_wrong(
    "values_left_out",
    "the values of the states that follow were left out",
    share="0.25",
    errors=lambda rewards, values: tuple(r - v for r, v in zip(rewards, values[:-1], strict=True)),
)
_wrong(
    "ratio_upside_down",
    "the ratio is upside down",
    share="0.5",
    ratio=lambda now, before: before / now,
)
_wrong(
    "never_clipped",
    "the ratio was not clipped",
    share="0.25",
    objective=lambda ratio, advantage: ratio * advantage,
)
_wrong(
    "always_clipped",
    "the clipped ratio was taken though the other one gives less: the minimum counts",
    share="0.5",
    objective=lambda clipped, advantage: clipped * advantage,
)


@policy_step.proof
def by_longer_returns(
    rewards: Sequence[Fraction], values: Sequence[Fraction], discount: Fraction, mixing: Fraction,
    before: Fraction, now: Fraction, clip: Fraction,
) -> Mapping[str, object]:  # fmt: skip
    """Mix the returns over one, two, ... steps in numpy, and cap the objective on one side."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    r, v = (np.array(part, dtype=float) for part in (rewards, values))
    gamma, lam, n = float(discount), float(mixing), len(r)
    weights = np.append((1 - lam) * lam ** np.arange(n - 1), lam ** (n - 1))
    sums = np.cumsum(r * gamma ** np.arange(n)) + v[1:] * gamma ** np.arange(1, n + 1)
    gain = float(weights @ sums - v[0])
    share = float(now) / float(before)
    capped = min(share, 1 + float(clip)) if gain > 0 else max(share, 1 - float(clip))
    one_step = np.convolve(v, [-1.0, 0.0])[:n] + r + gamma * v[1:]
    return {
        "errors": one_step.tolist(),
        "advantage": gain,
        "ratio": share,
        "objective": capped * gain,
    }
