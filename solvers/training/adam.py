"""Adam and AdamW: two steps of one weight."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, REAL, real
from solvers.graph.note import Note
from solvers.graph.term import Term, absolute, sqrt

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARE = real("0", "0.999999")

adam = Derivation(
    "adam",
    "Two steps of Adam or AdamW for one weight",
    source="Kingma and Ba, Adam (2015), algorithm 1; Loshchilov and Hutter, Decoupled weight decay "
    "regularization (2019); torch.optim.AdamW",
    notes=(Note(r"$\epsilon$ is 0, and both averages start at 0.", ("first", "second")),),
)
adam.input("start", "w_0", "weight at the start", REAL)
adam.input("gradient_one", "g_1", "first gradient", REAL)
adam.input("gradient_two", "g_2", "second gradient", REAL)
adam.input("rate", r"\eta", "learning rate", real("1e-9", "10"))
adam.input("beta_one", r"\beta_1", "decay of the first average", SHARE, default=Fraction(9, 10))
adam.input(
    "beta_two", r"\beta_2", "decay of the second average", SHARE, default=Fraction(999, 1000)
)
adam.input("decay", r"\lambda", "weight decay", real("0", "1"), default=0)
adam.input(
    "coupled",
    "k",
    "whether the decay is part of the gradient",
    FLAG,
    default=0,
    says_when={
        0: r"The decay is decoupled, as in AdamW: each step also subtracts $\eta \lambda w$.",
        1: r"The decay is part of the gradient: $g + \lambda w$ takes the place of $g$.",
    },
)


@adam.quantity("d_1", "first gradient with decay")
def decayed_one(gradient_one: Term, coupled: Term, decay: Term, start: Term) -> Term:
    return gradient_one + coupled * decay * start


@adam.quantity("m_1", "first average after one step")
def mean_one(beta_one: Term, decayed_one: Term) -> Term:
    return (1 - beta_one) * decayed_one


@adam.quantity("v_1", "second average after one step")
def square_one(beta_two: Term, decayed_one: Term) -> Term:
    return (1 - beta_two) * decayed_one**2


@adam.quantity(r"\hat{m}_1", "first average, corrected")
def corrected_mean_one(mean_one: Term, beta_one: Term) -> Term:
    return mean_one / (1 - beta_one)


@adam.quantity(r"\hat{v}_1", "second average, corrected")
def corrected_square_one(square_one: Term, beta_two: Term) -> Term:
    return square_one / (1 - beta_two)


@adam.quantity("w_1", "weight after one step")
def first(
    start: Term,
    rate: Term,
    corrected_mean_one: Term,
    corrected_square_one: Term,
    coupled: Term,
    decay: Term,
) -> Term:
    return (
        start
        - rate * (corrected_mean_one / sqrt(corrected_square_one))
        - (1 - coupled) * rate * decay * start
    )


@adam.quantity("d_2", "second gradient with decay")
def decayed_two(gradient_two: Term, coupled: Term, decay: Term, first: Term) -> Term:
    return gradient_two + coupled * decay * first


@adam.quantity("m_2", "first average after two steps")
def mean_two(beta_one: Term, mean_one: Term, decayed_two: Term) -> Term:
    return beta_one * mean_one + (1 - beta_one) * decayed_two


@adam.quantity("v_2", "second average after two steps")
def square_two(beta_two: Term, square_one: Term, decayed_two: Term) -> Term:
    return beta_two * square_one + (1 - beta_two) * decayed_two**2


@adam.quantity(r"\hat{m}_2", "first average after two steps, corrected")
def corrected_mean_two(mean_two: Term, beta_one: Term) -> Term:
    return mean_two / (1 - beta_one**2)


@adam.quantity(r"\hat{v}_2", "second average after two steps, corrected")
def corrected_square_two(square_two: Term, beta_two: Term) -> Term:
    return square_two / (1 - beta_two**2)


@adam.quantity("w_2", "weight after two steps")
def second(
    first: Term,
    rate: Term,
    corrected_mean_two: Term,
    corrected_square_two: Term,
    coupled: Term,
    decay: Term,
) -> Term:
    return (
        first
        - rate * (corrected_mean_two / sqrt(corrected_square_two))
        - (1 - coupled) * rate * decay * first
    )


adam.mistake(
    "no_correction",
    "the averages were not corrected for their start at 0",
    share="0.25",
    corrected_mean_one=lambda mean_one: mean_one,
    corrected_square_one=lambda square_one: square_one,
    corrected_mean_two=lambda mean_two: mean_two,
    corrected_square_two=lambda square_two: square_two,
)
adam.mistake(
    "first_correction_again",
    "the second step was corrected by 1 - beta, as the first; it is 1 - beta^2",
    share="0.25",
    corrected_mean_two=lambda mean_two, beta_one: mean_two / (1 - beta_one),
    corrected_square_two=lambda square_two, beta_two: square_two / (1 - beta_two),
)
adam.mistake(
    "root_forgotten",
    "the second average was not rooted",
    share="0.25",
    first=lambda start, rate, corrected_mean_one, corrected_square_one, coupled, decay: (
        start
        - rate * (corrected_mean_one / corrected_square_one)
        - (1 - coupled) * rate * decay * start
    ),
)
adam.mistake(
    "gradient_not_squared",
    "the second average was made of the gradient, not of its square",
    share="0.25",
    square_one=lambda beta_two, decayed_one: (1 - beta_two) * absolute(decayed_one),
    square_two=lambda beta_two, square_one, decayed_two: (
        beta_two * square_one + (1 - beta_two) * absolute(decayed_two)
    ),
)
adam.mistake(
    "betas_exchanged",
    "beta 1 and beta 2 were exchanged",
    share="0.25",
    mean_one=lambda beta_two, decayed_one: (1 - beta_two) * decayed_one,
    square_one=lambda beta_one, decayed_one: (1 - beta_one) * decayed_one**2,
)
adam.mistake("decay_forgotten", "the weight decay was left out", share="0.25", decay=lambda: 0)
adam.mistake(
    "decay_by_the_other",
    "the decay was coupled where it is decoupled, or the reverse",
    share="0.5",
    coupled=lambda coupled: 1 - coupled,
)
adam.mistake(
    "ascent",
    "the gradient was added: that climbs the loss",
    share="0.25",
    first=lambda start, rate, corrected_mean_one, corrected_square_one, coupled, decay: (
        start
        + rate * (corrected_mean_one / sqrt(corrected_square_one))
        - (1 - coupled) * rate * decay * start
    ),
)


@adam.proof
def by_weighted_averages(
    start: Fraction,
    gradient_one: Fraction,
    gradient_two: Fraction,
    rate: Fraction,
    beta_one: Fraction,
    beta_two: Fraction,
    decay: Fraction,
    coupled: int,
) -> Mapping[str, object]:
    """Take each corrected average as numpy's weighted mean of the gradients so far."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    weight, seen, path = float(start), list[float](), list[float]()
    means, squares = list[float](), list[float]()
    for step, gradient in enumerate((gradient_one, gradient_two)):
        seen.append(float(gradient) + coupled * float(decay) * weight)
        ages = np.arange(step, -1, -1)
        means.append(float(np.average(seen, weights=float(beta_one) ** ages)))
        squares.append(float(np.average(np.square(seen), weights=float(beta_two) ** ages)))
        shrunk = weight * (1 - (1 - coupled) * float(rate * decay))
        weight = shrunk - float(rate) * means[-1] / squares[-1] ** 0.5
        path.append(weight)
    return {
        "corrected_mean_one": means[0],
        "corrected_square_one": squares[0],
        "corrected_mean_two": means[1],
        "corrected_square_two": squares[1],
        "first": path[0],
        "second": path[1],
    }
