"""One step of temporal-difference control: Q-learning, SARSA, and an epsilon-greedy policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, UNIT, matrix, whole
from solvers.graph.term import Condition, Matrix, Term, equal, maximum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

q_learning = Derivation(
    "q_learning",
    "One step of Q-learning and of SARSA",
    source="Watkins and Dayan, Q-learning (1992); Sutton and Barto, Reinforcement learning (2nd "
    "edition, 2018), 2.2 and equations 6.7 and 6.8",
)
q_learning.input("table", "Q", "values, a row for each state", matrix(REAL), element="Q_{{{i}}}")
q_learning.input("state", "s", "state, counted from 1", whole(1, 512))
q_learning.input("action", "a", "action, counted from 1", whole(1, 512))
q_learning.input("reward", "r", "reward", REAL)
q_learning.input("next_state", "s'", "next state, counted from 1", whole(1, 512))
q_learning.input("next_action", "a'", "next action, counted from 1", whole(1, 512))
q_learning.input("discount", r"\gamma", "discount", UNIT)
q_learning.input("rate", r"\alpha", "learning rate", UNIT)
q_learning.input("exploration", r"\varepsilon", "probability of a random action", UNIT)


@q_learning.requires("rows of values are equally long")
def is_table(table: Matrix) -> Condition:
    return equal(sum(len(row) != len(table[0]) for row in table), 0)


@q_learning.requires("states must be rows of the table")
def states_exist(table: Matrix, state: Term, next_state: Term) -> Condition:
    return maximum(state, next_state) <= len(table)


@q_learning.requires("actions must be columns of the table")
def actions_exist(table: Matrix, action: Term, next_action: Term) -> Condition:
    return maximum(action, next_action) <= len(table[0])


@q_learning.quantity("q", "value to be updated")
def old(table: Matrix, state: int, action: int) -> Term:
    return table[state - 1][action - 1]


@q_learning.quantity("m", "largest value of the next state")
def best(table: Matrix, next_state: int) -> Term:
    return maximum(*table[next_state - 1])


@q_learning.quantity("n", "value of the next state and action")
def followed(table: Matrix, next_state: int, next_action: int) -> Term:
    return table[next_state - 1][next_action - 1]


@q_learning.quantity(r"\delta", "error of Q-learning")
def error(reward: Term, discount: Term, best: Term, old: Term) -> Term:
    return reward + discount * best - old


@q_learning.quantity(r"q_{\mathrm{new}}", "new value by Q-learning")
def updated(old: Term, rate: Term, error: Term) -> Term:
    return old + rate * error


@q_learning.quantity(r"q_{\mathrm{SARSA}}", "new value by SARSA")
def sarsa(old: Term, rate: Term, reward: Term, discount: Term, followed: Term) -> Term:
    return old + rate * (reward + discount * followed - old)


@q_learning.quantity(r"\pi", "probability of the best action")
def greedy(exploration: Term, table: Matrix) -> Term:
    return 1 - exploration + exploration / len(table[0])


def _of_the_same_state(table: Matrix, state: int) -> Term:
    return maximum(*table[state - 1])


def _target(reward: Term, discount: Term, value: Term) -> Term:
    return reward + discount * value


_wrong = q_learning.mistake
_wrong("discount_left_out", "the discount was left out", share="0.25", discount=lambda: 1)
_wrong(
    "rate_forgotten",
    "the learning rate was left out: the value was replaced by its target",
    share="0.25",
    updated=lambda old, error: old + error,
    sarsa=lambda reward, discount, followed: _target(reward, discount, followed),
)
_wrong(
    "old_value_not_subtracted",
    "the old value was not subtracted from the target",
    share="0.25",
    error=lambda reward, discount, best: _target(reward, discount, best),
    sarsa=lambda old, rate, reward, discount, followed: (
        old + rate * _target(reward, discount, followed)
    ),
)
_wrong(
    "best_of_the_same_state",
    "the largest value was taken of the state that is left, not of the next one",
    share="0.25",
    best=_of_the_same_state,
)
_wrong(
    "rules_exchanged",
    "Q-learning takes the best next action, SARSA the one that is really taken",
    share="0.25",
    error=lambda reward, discount, followed, old: _target(reward, discount, followed) - old,
    sarsa=lambda old, rate, reward, discount, best: (
        old + rate * (_target(reward, discount, best) - old)
    ),
)
_wrong(
    "random_never_best",
    "a random action is the best one at times: its share was left out",
    share="0.5",
    greedy=lambda exploration: 1 - exploration,
)


@q_learning.proof
def by_weighted_means(
    table: Sequence[Sequence[Fraction]], state: int, action: int, reward: Fraction,
    next_state: int, next_action: int, discount: Fraction, rate: Fraction, exploration: Fraction,
) -> Mapping[str, object]:  # fmt: skip
    """Move along the line from the old value to each target, and list the policy's chances."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    values = np.array(table, dtype=float)
    ahead, old = values[next_state - 1], values[state - 1, action - 1]
    targets = [float(reward) + float(discount) * v for v in (ahead[ahead.argmax()],
                                                             ahead[next_action - 1])]  # fmt: skip
    moved = [float(np.interp(float(rate), [0, 1], [old, target])) for target in targets]
    policy = np.full(values.shape[1], float(exploration) / values.shape[1])
    policy[ahead.argmax()] += 1 - float(exploration)
    return {
        "error": targets[0] - old,
        "updated": moved[0],
        "sarsa": moved[1],
        "greedy": float(policy.max()),
    }
