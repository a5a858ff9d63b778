"""Learning from preferences: Bradley and Terry, and direct preference optimization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, real
from solvers.graph.term import ln, sigmoid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from solvers.graph.term import Term

preferences = Derivation(
    "preferences",
    "Direct preference optimization of one pair",
    source="Bradley and Terry, Rank analysis of incomplete block designs (1952); Rafailov et al., "
    "Direct preference optimization (2023), equation 7",
)
for _name, _symbol, _says in (
    ("chosen", r"\ell_w", "log-probability of the preferred answer"),
    ("rejected", r"\ell_l", "log-probability of the other answer"),
    ("chosen_before", r"\ell^0_w", "log-probability of the preferred answer, reference model"),
    ("rejected_before", r"\ell^0_l", "log-probability of the other answer, reference model"),
):
    preferences.input(_name, _symbol, _says, REAL)
preferences.input("beta", r"\beta", "weight", real("1e-6", "100"))


@preferences.quantity("r_w", "implicit reward of the preferred answer")
def reward_chosen(beta: Term, chosen: Term, chosen_before: Term) -> Term:
    return beta * (chosen - chosen_before)


@preferences.quantity("r_l", "implicit reward of the other answer")
def reward_rejected(beta: Term, rejected: Term, rejected_before: Term) -> Term:
    return beta * (rejected - rejected_before)


@preferences.quantity("p", "probability that the preferred answer wins")
def wins(reward_chosen: Term, reward_rejected: Term) -> Term:
    return sigmoid(reward_chosen - reward_rejected)


@preferences.quantity("L", "loss")
def loss(wins: Term) -> Term:
    return -ln(wins)


@preferences.quantity("g", "derivative of the loss by the first log-probability")
def slope(beta: Term, wins: Term) -> Term:
    return -beta * (1 - wins)


preferences.mistake(
    "reference_left_out",
    "the reference model was left out",
    share="0.25",
    reward_chosen=lambda beta, chosen: beta * chosen,
    reward_rejected=lambda beta, rejected: beta * rejected,
)
preferences.mistake(
    "beta_left_out",
    "the weight beta was left out",
    share="0.25",
    reward_chosen=lambda chosen, chosen_before: chosen - chosen_before,
    reward_rejected=lambda rejected, rejected_before: rejected - rejected_before,
    slope=lambda wins: -(1 - wins),
)
preferences.mistake(
    "answers_exchanged",
    "the two answers were exchanged",
    share="0.25",
    wins=lambda reward_chosen, reward_rejected: sigmoid(reward_rejected - reward_chosen),
)
preferences.mistake(
    "slope_of_winning",
    "the derivative holds the probability of losing, 1 - p",
    share="0.25",
    slope=lambda beta, wins: -beta * wins,
)


@preferences.proof
def by_softmax(
    chosen: Fraction, rejected: Fraction, chosen_before: Fraction, rejected_before: Fraction,
    beta: Fraction,
) -> Mapping[str, object]:  # fmt: skip
    """Take the softmax of the two rewards in numpy, and the slope by a complex step."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    from solvers.training.complex_step import gradient  # noqa: PLC0415 - as above

    before = np.array([chosen_before, rejected_before], dtype=float)
    now = np.array([chosen, rejected], dtype=float)
    powers = np.exp(float(beta) * (now - before))
    slopes = gradient(
        lambda at: (
            -np.log(
                np.exp(float(beta) * (at - before))[0] / np.exp(float(beta) * (at - before)).sum()
            )
        ),
        now,
    )
    share = float(powers[0] / powers.sum())
    return {"wins": share, "loss": -float(np.log(share)), "slope": float(slopes[0])}
