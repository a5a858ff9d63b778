"""Decoding: beam search of two words, and sampling with top-k, top-p and a temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import UNIT, matrix, real, vector, whole
from solvers.graph.functions.whole import ORDERED
from solvers.graph.note import Note
from solvers.graph.term import (
    Apply,
    Condition,
    Matrix,
    Ref,
    Term,
    Vector,
    equal,
    indicator,
    ln,
    log10,
    maximum,
    term,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction


def _most_probable(first: Vector, pairs: Vector, least: Term) -> Term:
    """Return the best of the pairs whose first word is probable enough to be kept."""
    return maximum(*(b * indicator(p, ">=", least) for p, b in zip(first, pairs, strict=True)))


beam_search = Derivation(
    "beam_search",
    "Beam search of two words",
    source="Sutskever, Vinyals and Le, Sequence to sequence learning with neural networks (2014), "
    "3.2; Wu et al., Google's neural machine translation system (2016), equation 14",
)
beam_search.input(
    "first", "p", "probabilities of the first word", vector(UNIT), element="p_{{{i}}}"
)
beam_search.input(
    "second", "q", "probabilities of the second word, a row for each first word", matrix(UNIT),
    element="q_{{{i}}}",
)  # fmt: skip
beam_search.input("width", "k", "width of the beam", whole(1, 512), default=2)
beam_search.input("strength", r"\alpha", "exponent of the length penalty", real("0", "10"))


@beam_search.requires("there must be a row of second words for each first word")
def a_row_for_each(first: Vector, second: Matrix) -> Condition:
    return equal(len(first), len(second))


@beam_search.requires("the beam cannot be wider than there are first words")
def narrow(first: Vector, width: Term) -> Condition:
    return width <= len(first)


@beam_search.quantity(
    "b", "most probable pair that starts with each first word", element="b_{{{i}}}"
)
def pairs(first: Vector, second: Matrix) -> Vector:
    return tuple(p * maximum(*row) for p, row in zip(first, second, strict=True))


@beam_search.quantity(r"\theta", "least probability of a first word that is kept")
def threshold(first: Vector, width: int) -> Term:
    return Apply(ORDERED, (term(len(first) - width + 1), *first))


@beam_search.quantity("g", "probability of the pair that greedy search finds")
def greedy(first: Vector, pairs: Vector) -> Term:
    return _most_probable(first, pairs, maximum(*first))


@beam_search.quantity("f", "probability of the pair that beam search finds")
def found(first: Vector, pairs: Vector, threshold: Term) -> Term:
    return _most_probable(first, pairs, threshold)


@beam_search.quantity("m", "probability of the most probable pair of all")
def best(pairs: Vector) -> Term:
    return maximum(*pairs)


@beam_search.quantity("s", "logarithm of the probability by the length penalty")
def score(found: Term, strength: Term) -> Term:
    return ln(found) / (term(7) / 6) ** strength


_wrong = beam_search.mistake
_wrong(
    "probabilities_added",
    "the probabilities of the two words were added, not multiplied",
    pairs=lambda first, second: tuple(
        p + maximum(*row) for p, row in zip(first, second, strict=True)
    ),
)
_wrong(
    "second_word_alone",
    "the probability of the first word was left out",
    share="0.25",
    pairs=lambda second: tuple(maximum(*row) for row in second),
)
_wrong(
    "searches_exchanged",
    "greedy search keeps one first word, beam search as many as it is wide",
    share="0.25",
    greedy=lambda first, pairs, threshold: _most_probable(first, pairs, threshold),
    found=lambda first, pairs: _most_probable(first, pairs, maximum(*first)),
)
_wrong(
    "all_words_kept",
    "a first word was followed that is not in the beam",
    share="0.25",
    found=lambda pairs: maximum(*pairs),
)
_wrong(
    "penalty_multiplied",
    "the logarithm was multiplied by the length penalty, not divided",
    share="0.25",
    score=lambda found, strength: ln(found) * (term(7) / 6) ** strength,
)
_wrong(
    "decimal_logarithm",
    "the decimal logarithm was taken instead of the natural one",
    share="0.5",
    score=lambda found, strength: log10(found) / (term(7) / 6) ** strength,
)


@beam_search.proof
def by_hypotheses(
    first: Sequence[Fraction], second: Sequence[Sequence[Fraction]], width: int, strength: Fraction
) -> Mapping[str, object]:
    """Extend lists of words in numpy, keep the best by their logarithms, for three widths."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    start, after = (np.log(np.array(part, dtype=float)) for part in (first, second))

    def search(beam: int) -> float:
        kept = np.argsort(-start)[:beam]
        return float(np.exp((start[kept, None] + after[kept]).max()))

    found = search(width)
    penalty = np.exp(float(strength) * (np.log(5 + 2) - np.log(5 + 1)))
    return {
        "greedy": search(1),
        "found": found,
        "best": search(len(first)),
        "score": float(np.log(found) / penalty),
    }


sampling = Derivation(
    "sampling",
    "Sampling of the next word: top-k, top-p and temperature",
    source="Fan, Lewis and Dauphin, Hierarchical neural story generation (2018); Holtzman et al., "
    "The curious case of neural text degeneration (2020), equations 2 to 4",
    notes=(
        Note(
            "Top-p sampling keeps the fewest of the most probable words whose probabilities add "
            "up to at least the limit.",
            ("number",),
        ),
    ),
)
sampling.input(
    "chances", "p", "probabilities, the largest first", vector(real("1e-9", "1")),
    element="p_{{{i}}}",
)  # fmt: skip
sampling.input("kept", "k", "words that top-k keeps", whole(1, 512))
sampling.input("limit", "P", "limit of top-p", real("1e-9", "1"))
sampling.input("temperature", "T", "temperature", real("0.01", "100"))


@sampling.requires("top-k cannot keep more words than there are")
def words_enough(chances: Vector, kept: Term) -> Condition:
    return kept <= len(chances)


@sampling.quantity("t", "probability of the first word by top-k")
def top_k(chances: Vector, kept: int) -> Term:
    return chances[0] / total(chances[:kept])


@sampling.quantity("c", "sums of the probabilities", element="c_{{{i}}}")
def sums(chances: Vector) -> Vector:
    return (chances[0], *(Ref("sums", (i,)) + p for i, p in enumerate(chances[1:])))


@sampling.quantity("n", "words that top-p keeps")
def number(sums: Vector, limit: Term) -> Term:
    return total([1, *(indicator(c, "<", limit) for c in sums[:-1])])


@sampling.quantity("m", "sum of the probabilities that top-p keeps")
def mass(sums: Vector, number: Term) -> Term:
    return Apply(ORDERED, (number, *sums))


@sampling.quantity("u", "probability of the first word by top-p")
def top_p(chances: Vector, mass: Term) -> Term:
    return chances[0] / mass


@sampling.quantity("v", "probability of the first word with the temperature")
def tempered(chances: Vector, temperature: Term) -> Term:
    return chances[0] ** (1 / temperature) / total(p ** (1 / temperature) for p in chances)


_wrong = sampling.mistake
_wrong(
    "not_renormalized",
    "the probabilities that are kept were not divided by their sum",
    share="0.25",
    top_k=lambda chances: chances[0],
    top_p=lambda chances: chances[0],
)
_wrong(
    "crossing_word_left_out",
    "the word by which the limit is reached was left out",
    share="0.5",
    number=lambda sums, limit: total(indicator(c, "<", limit) for c in sums[:-1]),
)
_wrong(
    "temperature_upside_down",
    "the probabilities were raised to the power T, not 1/T",
    share="0.25",
    tempered=lambda chances, temperature: (
        chances[0] ** temperature / total(p**temperature for p in chances)
    ),
)
_wrong(
    "temperature_of_probabilities",
    "the probabilities were divided by T, which changes nothing: the logits are divided by it",
    tempered=lambda chances: chances[0],
)


@sampling.proof
def by_logits(
    chances: Sequence[Fraction], kept: int, limit: Fraction, temperature: Fraction
) -> Mapping[str, object]:
    """Set what is not kept to minus infinity among the logits, and take a softmax of the rest."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    logits = np.log(np.array(chances, dtype=float))

    def first(moved: np.ndarray) -> float:
        return float(np.exp(moved[0] - np.logaddexp.reduce(moved)))

    before = [sum(chances[:i]) for i in range(len(chances))]
    nucleus = np.array([mass < limit for mass in before])
    ranks = np.arange(len(chances))
    return {
        "top_k": first(np.where(ranks < kept, logits, -np.inf)),
        "number": int(nucleus.sum()),
        "top_p": first(np.where(nucleus, logits, -np.inf)),
        "tempered": first(logits / float(temperature)),
    }
