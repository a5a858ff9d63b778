"""Perplexity: how surprised a language model is by a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, vector, whole
from solvers.graph.term import Term, Vector, exp, ln, term, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

perplexity = Derivation(
    "perplexity",
    "Cross-entropy and perplexity of a few tokens",
    source="Jurafsky and Martin, Speech and language processing (3rd edition, draft), 3.3; Gao et "
    "al., The Pile (2020), 3.1",
)
perplexity.input(
    "chances", "p", "probabilities that the model gave to the tokens that came",
    vector(real("1e-12", "1")), element="p_{{{i}}}",
)  # fmt: skip
perplexity.input("letters", "B", "bytes of the text", whole(1, 10**9))


@perplexity.quantity("n", "tokens")
def number(chances: Vector) -> Term:
    return term(len(chances))


@perplexity.quantity("S", "surprise of the whole text in nats")
def surprise(chances: Vector) -> Term:
    return -total(map(ln, chances))


@perplexity.quantity("H", "cross-entropy in nats for each token")
def entropy(surprise: Term, number: Term) -> Term:
    return surprise / number


@perplexity.quantity("P", "perplexity")
def value(entropy: Term) -> Term:
    return exp(entropy)


@perplexity.quantity("b", "bits for each byte")
def bits(surprise: Term, letters: Term) -> Term:
    return surprise / (letters * ln(2))


perplexity.mistake(
    "mean_of_probabilities",
    "the probabilities were averaged, not their logarithms",
    share="0.25",
    entropy=lambda chances, number: -ln(total(chances) / number),
)
perplexity.mistake(
    "not_divided_by_number",
    "the sum was not divided by the number of tokens",
    share="0.25",
    entropy=lambda surprise: surprise,
)
perplexity.mistake(
    "binary_logarithm",
    "the logarithm with base 2 was taken instead of the natural one",
    share="0.5",
    entropy=lambda surprise, number: surprise / (number * ln(2)),
)
perplexity.mistake(
    "nats_for_bits",
    "that is in nats: it was not divided by ln 2",
    share="0.5",
    bits=lambda surprise, letters: surprise / letters,
)
perplexity.mistake(
    "for_each_token",
    "that is for each token, not for each byte",
    share="0.5",
    bits=lambda surprise, number: surprise / (number * ln(2)),
)


@perplexity.proof
def by_geometric_mean(chances: Sequence[Fraction], letters: int) -> Mapping[str, object]:
    """Take the perplexity as one by the geometric mean, and count halvings for the bits."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    p = np.array(chances, dtype=float)
    mean = float(np.prod(p) ** (1 / len(p)))
    return {
        "entropy": float(np.mean(-np.log(p))),
        "value": 1 / mean,
        "bits": float(-np.log2(p).sum() / letters),
    }
