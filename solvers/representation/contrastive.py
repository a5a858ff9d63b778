"""Contrastive losses: InfoNCE of one anchor, and the triplet loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, vector
from solvers.graph.term import exp, ln, maximum, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from solvers.graph.term import Term, Vector

contrastive = Derivation(
    "contrastive",
    "InfoNCE and the triplet loss of one anchor",
    source="Van den Oord, Li and Vinyals, Representation learning with contrastive predictive "
    "coding (2018), equation 4; Schroff, Kalenichenko and Philbin, FaceNet (2015), equation 3; "
    "torch.nn.TripletMarginLoss",
)
contrastive.input(
    "similarities", "s", "similarities to the anchor, of the positive example first",
    vector(real("-1", "1")), element="s_{{{i}}}",
)  # fmt: skip
contrastive.input("temperature", r"\tau", "temperature", real("0.001", "100"))
contrastive.input("near", "d_p", "distance of the positive example", real("0", "1000"))
contrastive.input("far", "d_n", "distance of the negative example", real("0", "1000"))
contrastive.input("margin", "m", "margin", real("0", "1000"))


@contrastive.quantity("z", "logits", element="z_{{{i}}}")
def logits(similarities: Vector, temperature: Term) -> Vector:
    return tuple(s / temperature for s in similarities)


@contrastive.quantity("p", "probability of the positive example")
def probability(logits: Vector) -> Term:
    return exp(logits[0]) / total(map(exp, logits))


@contrastive.quantity("L", "InfoNCE")
def loss(probability: Term) -> Term:
    return -ln(probability)


@contrastive.quantity("T", "triplet loss")
def triplet(near: Term, far: Term, margin: Term) -> Term:
    return maximum(0, near - far + margin)


contrastive.mistake(
    "temperature_left_out",
    "the temperature was left out",
    share="0.25",
    logits=lambda similarities: similarities,
)
contrastive.mistake(
    "temperature_multiplied",
    "the similarities were multiplied by the temperature",
    share="0.25",
    logits=lambda similarities, temperature: tuple(s * temperature for s in similarities),
)
contrastive.mistake(
    "positive_not_in_sum",
    "the positive example was left out of the sum",
    share="0.25",
    probability=lambda logits: exp(logits[0]) / total(map(exp, logits[1:])),
)
contrastive.mistake(
    "margin_left_out",
    "the margin was left out",
    share="0.25",
    triplet=lambda near, far: maximum(0, near - far),
)
contrastive.mistake(
    "distances_exchanged",
    "the distances were exchanged",
    share="0.25",
    triplet=lambda near, far, margin: maximum(0, far - near + margin),
)


@contrastive.proof
def by_log_sum(
    similarities: Sequence[Fraction], temperature: Fraction, near: Fraction, far: Fraction,
    margin: Fraction,
) -> Mapping[str, object]:  # fmt: skip
    """Take the loss as a log-sum-exp of differences; place three points on a line."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    gaps = (np.array(similarities, dtype=float) - float(similarities[0])) / float(temperature)
    loss = float(np.logaddexp.reduce(gaps))
    anchor, positive, negative = np.array([0.0, float(near), -float(far)])
    violated = abs(anchor - positive) + float(margin) - abs(anchor - negative)
    return {"probability": float(np.exp(-loss)), "loss": loss, "triplet": max(0.0, float(violated))}
