"""The limits of the speed of inference: the roofline, and speculative decoding."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, whole
from solvers.graph.note import Note
from solvers.graph.term import maximum

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

WILLIAMS = "Williams, Waterman and Patterson, Roofline (2009)"

roofline = Derivation(
    "roofline",
    "Decoding on a device with a roofline",
    source=f"{WILLIAMS}; Pope et al., Efficiently scaling transformer inference (2023)",
    notes=(
        Note(
            "Each token takes 2 operations for each parameter; each parameter is read once for a "
            "batch. The cache is not counted.",
            ("intensity", "step_time"),
        ),
    ),
)
roofline.input("parameters", "N", "parameters", whole(1, 10**13))
roofline.input("number_bytes", "s", "bytes of a parameter", whole(1, 8), default=2)
roofline.input("batch", "B", "sequences", whole(1, 10**6))
roofline.input("speed", r"\pi", "operations in a second, at most", real("1", "1e18"))
roofline.input("bandwidth", r"\beta", "bytes in a second, at most", real("1", "1e15"))


@roofline.quantity("I", "operations for each byte that is read")
def intensity(batch: Term, number_bytes: Term) -> Term:
    return 2 * batch / number_bytes


@roofline.quantity(r"I^*", "operations for each byte from which arithmetic limits")
def ridge(speed: Term, bandwidth: Term) -> Term:
    return speed / bandwidth


@roofline.quantity("B^*", "batch from which arithmetic limits")
def critical_batch(ridge: Term, number_bytes: Term) -> Term:
    return ridge * number_bytes / 2


@roofline.quantity("t", "seconds of a step")
def step_time(
    parameters: Term, number_bytes: Term, bandwidth: Term, batch: Term, speed: Term
) -> Term:
    return maximum(parameters * number_bytes / bandwidth, 2 * parameters * batch / speed)


@roofline.quantity("v", "tokens in a second, of all sequences")
def throughput(batch: Term, step_time: Term) -> Term:
    return batch / step_time


roofline.mistake(
    "other_limit",
    "the time of the faster of reading and calculating was taken; the slower one limits",
    share="0.25",
    step_time=lambda parameters, number_bytes, bandwidth, batch, speed: (
        -maximum(-(parameters * number_bytes / bandwidth), -(2 * parameters * batch / speed))
    ),
)
roofline.mistake(
    "values_for_bytes",
    "the numbers were counted, not their bytes",
    share="0.5",
    number_bytes=lambda: 1,
)
roofline.mistake(
    "one_sequence",
    "only one sequence of the batch was counted",
    share="0.25",
    intensity=lambda number_bytes: 2 / number_bytes,
    throughput=lambda step_time: 1 / step_time,
)
roofline.mistake(
    "multiply_adds",
    "a multiply-add was counted as one operation; it is two",
    share="0.5",
    intensity=lambda batch, number_bytes: batch / number_bytes,
    critical_batch=lambda ridge, number_bytes: ridge * number_bytes,
)


@roofline.proof
def two_clocks(
    parameters: int, number_bytes: int, batch: int, speed: Fraction, bandwidth: Fraction
) -> Mapping[str, object]:
    """Run two clocks, one of reading and one of calculating, and let the later one count."""
    read = sum(Fraction(parameters) / bandwidth for _ in range(number_bytes))
    calculate = Fraction(parameters) * batch / speed + Fraction(parameters) * batch / speed
    per_sequence = calculate / batch
    return {
        "intensity": calculate * speed / (read * bandwidth),
        "critical_batch": read / per_sequence,
        "step_time": sorted((read, calculate))[1],
        "throughput": min(batch / read, batch / calculate),
    }


speculation = Derivation(
    "speculation",
    "Speculative decoding",
    source="Leviathan, Kalman and Matias, Fast inference from transformers via speculative "
    "decoding (2023), equation 1 and theorem 3.8",
    notes=(
        Note(
            "Each proposed token is accepted with the same probability, independently; a "
            "step ends with a token of the large model.",
            ("expected",),
        ),
    ),
)
speculation.input("accepted", "a", "probability that a token is accepted", real("0.01", "0.99"))
speculation.input("proposed", "k", "tokens that are proposed in a step", whole(1, 100))
speculation.input("cost", "c", "time of the small model by that of the large", real("0", "10"))


@speculation.quantity("q", "probability that all are accepted")
def all_accepted(accepted: Term, proposed: Term) -> Term:
    return accepted**proposed


@speculation.quantity("E", "expected tokens of a step")
def expected(accepted: Term, proposed: Term) -> Term:
    return (1 - accepted ** (proposed + 1)) / (1 - accepted)


@speculation.quantity("S", "speed-up")
def speedup(expected: Term, cost: Term, proposed: Term) -> Term:
    return expected / (cost * proposed + 1)


speculation.mistake(
    "own_token_left_out",
    "the token of the large model, which ends each step, was left out",
    share="0.5",
    expected=lambda accepted, proposed: accepted * (1 - accepted**proposed) / (1 - accepted),
)
speculation.mistake(
    "mean_of_independent",
    "all accepted tokens were counted; those behind the first refusal are lost",
    share="0.25",
    expected=lambda accepted, proposed: accepted * proposed + 1,
)
speculation.mistake(
    "proposal_free",
    "the time of the small model was left out",
    share="0.25",
    speedup=lambda expected: expected,
)
speculation.mistake(
    "proposed_once",
    "the small model was run once; it runs for each proposed token",
    share="0.25",
    speedup=lambda expected, cost: expected / (cost + 1),
)
speculation.mistake(
    "one_refused",
    "that is the probability that a token is refused",
    all_accepted=lambda accepted, proposed: 1 - accepted**proposed,
)


@speculation.proof
def by_outcomes(accepted: Fraction, proposed: int, cost: Fraction) -> Mapping[str, object]:
    """Go through the places of the first refusal, each with its probability."""
    survives, mean = Fraction(1), Fraction(0)
    for place in range(proposed):
        mean += survives * (1 - accepted) * (place + 1)
        survives *= accepted
    mean += survives * (proposed + 1)
    time = 1 + sum(Fraction(cost) for _ in range(proposed))
    return {"all_accepted": survives, "expected": mean, "speedup": mean / time}
