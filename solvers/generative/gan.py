"""A generative adversarial network over a few outcomes: best discriminator, value, slopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, vector
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, Vector, equal, ln, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

CHANCES = vector(real("1e-9", "1"))

gan = Derivation(
    "gan",
    "The game of generator and discriminator over a few outcomes",
    source="Goodfellow et al., Generative adversarial nets (2014), proposition 1, theorem 1 and "
    "section 3",
    notes=(Note("Logarithms are natural.", ("value", "divergence")),),
)
gan.input("data", "p", "probabilities of the data", CHANCES, element="p_{{{i}}}")
gan.input("made", "q", "probabilities of the generator", CHANCES, element="q_{{{i}}}")
gan.input("belief", "d", "probability of being real that a sample gets", real("1e-9", "1"))


@gan.requires("data and generator must have the same outcomes")
def same_outcomes(data: Vector, made: Vector) -> Condition:
    return equal(len(data), len(made))


@gan.quantity("D", "best discriminator", element="D_{{{i}}}")
def best(data: Vector, made: Vector) -> Vector:
    return tuple(p / (p + q) for p, q in zip(data, made, strict=True))


def _gains(data: Vector, made: Vector, best: Vector) -> Iterator[Term]:
    for p, q, d in zip(data, made, best, strict=True):
        yield p * ln(d) + q * ln(1 - d)


@gan.quantity("V", "value of the game with the best discriminator")
def value(data: Vector, made: Vector, best: Vector) -> Term:
    return total(_gains(data, made, best))


@gan.quantity(r"\mathrm{JS}", "Jensen-Shannon divergence")
def divergence(value: Term) -> Term:
    return (value + ln(4)) / 2


@gan.quantity("s", "derivatives of the two losses of the generator", element="s_{{{i}}}")
def slopes(belief: Term) -> Vector:
    return (-belief, belief - 1)


def _upside_down(data: Vector, made: Vector) -> Vector:
    return tuple(q / (p + q) for p, q in zip(data, made, strict=True))


def _relative_entropy(data: Vector, made: Vector) -> Term:
    return total(p * ln(p / q) for p, q in zip(data, made, strict=True))


gan.mistake(
    "real_and_made_exchanged",
    "the discriminator says how probably a sample is real: p belongs above the line, not q",
    share="0.25",
    best=_upside_down,
)
gan.mistake(
    "binary_logarithm",
    "the logarithm with base 2 was taken instead of the natural one",
    share="0.5",
    value=lambda data, made, best: total(_gains(data, made, best)) / ln(2),
    divergence=lambda value: value / 2 + 1,
)
gan.mistake(
    "divergence_not_halved",
    "the value is -ln 4 plus twice the divergence: it was not halved",
    share="0.25",
    divergence=lambda value: value + ln(4),
)
gan.mistake(
    "made_part_left_out",
    "the samples of the generator were left out",
    share="0.25",
    value=lambda data, best: total(p * ln(d) for p, d in zip(data, best, strict=True)),
)
gan.mistake(
    "relative_entropy",
    "that is the relative entropy of the data to the generator, which is not symmetric",
    divergence=_relative_entropy,
)
gan.mistake(
    "losses_exchanged",
    "the two losses were exchanged",
    share="0.25",
    slopes=lambda belief: (belief - 1, -belief),
)


@gan.proof
def by_entropies(
    data: Sequence[Fraction], made: Sequence[Fraction], belief: Fraction
) -> Mapping[str, object]:
    """Take the divergence as entropy of the mixture less mean entropy, and move the logit."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    from solvers.training.complex_step import gradient  # noqa: PLC0415 - as above

    p, q = (np.array(part, dtype=float) for part in (data, made))
    mixture = np.stack([p, q]).mean(axis=0)
    entropy = [-float(part @ np.log(part)) for part in (p, q, mixture)]
    spread = entropy[2] - (entropy[0] + entropy[1]) / 2
    logit = np.log(float(belief)) - np.log1p(-float(belief))
    losses = (lambda a: -np.log1p(np.exp(a[0])), lambda a: np.log1p(np.exp(-a[0])))
    return {
        "best": (1 / (1 + np.exp(np.log(q) - np.log(p)))).tolist(),
        "value": 2 * spread - 2 * float(np.log(2)),
        "divergence": spread,
        "slopes": [float(gradient(loss, [logit])[0]) for loss in losses],
    }
