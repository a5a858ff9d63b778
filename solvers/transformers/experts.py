"""Mixtures of experts: total and active parameters, gates, balance and capacity."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import UNIT, real, vector, whole
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, Vector, ceil, equal, exp, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COUNTED = whole(1, 10**8)

experts = Derivation(
    "experts",
    "A layer of experts: parameters, capacity, gates and balance",
    source="Shazeer et al., Outrageously large neural networks (2017); Fedus, Zoph and Shazeer, "
    "Switch transformers (2022), equations 3 to 6; Jiang et al., Mixtral of experts (2024)",
    notes=(
        Note(
            "An expert has two matrices and no biases; the router is one matrix.", ("whole_layer",)
        ),
        Note("The gates are the softmax over the logits of the chosen experts alone.", ("gate",)),
        Note("The capacity is rounded up.", ("capacity",)),
    ),
)
experts.input("width", "d", "features of a token", COUNTED)
experts.input("inner", r"d_{\mathrm{ff}}", "hidden units of an expert", COUNTED)
experts.input("number", "E", "experts", COUNTED)
experts.input("chosen", "k", "experts of a token", COUNTED)
experts.input("tokens", "T", "tokens of the batch", COUNTED)
experts.input("factor", "c", "capacity factor", real("0.1", "100"))
experts.input(
    "top",
    "z",
    "logits of the chosen experts",
    vector(real("-100", "100")),
    default=(Fraction(0), Fraction(0)),
    element="z_{{{i}}}",
)
experts.input(
    "loads", "f", "share of the tokens that goes to each expert", vector(UNIT), element="f_{{{i}}}"
)
experts.input("chances", "P", "mean probability of each expert", vector(UNIT), element="P_{{{i}}}")


@experts.requires("no more experts can be chosen than there are")
def enough(chosen: Term, number: Term) -> Condition:
    return chosen <= number


@experts.requires("loads and probabilities must be as many")
def balanced_lists(loads: Vector, chances: Vector) -> Condition:
    return equal(len(loads), len(chances))


@experts.quantity("n", "parameters of an expert")
def one(width: Term, inner: Term) -> Term:
    return 2 * width * inner


@experts.quantity(r"N_{\mathrm{all}}", "parameters of the layer")
def whole_layer(number: Term, one: Term, width: Term) -> Term:
    return number * one + number * width


@experts.quantity(r"N_{\mathrm{act}}", "parameters that a token uses")
def active(chosen: Term, one: Term, number: Term, width: Term) -> Term:
    return chosen * one + number * width


@experts.quantity("C", "capacity: most tokens of an expert")
def capacity(factor: Term, tokens: Term, chosen: Term, number: Term) -> Term:
    return ceil(factor * tokens * chosen / number)


@experts.quantity("g_1", "gate of the first chosen expert")
def gate(top: Vector) -> Term:
    return exp(top[0]) / total(map(exp, top))


@experts.quantity(r"L_{\mathrm{aux}}", "balance loss, without its weight")
def balance(loads: Vector, chances: Vector) -> Term:
    return len(loads) * total(f * p for f, p in zip(loads, chances, strict=True))


_wrong = experts.mistake
_wrong(
    "router_left_out",
    "the router was left out",
    share="0.5",
    whole_layer=lambda number, one: number * one,
    active=lambda chosen, one: chosen * one,
)
_wrong(
    "router_of_chosen",
    "the router was counted for the chosen experts only; it ranks all",
    share="0.5",
    active=lambda chosen, one, width: chosen * one + chosen * width,
)
_wrong(
    "all_active",
    "all experts were counted; a token uses the chosen ones",
    share="0.25",
    active=lambda whole_layer: whole_layer,
)
_wrong(
    "one_matrix_of_expert",
    "only one of the two matrices of an expert was counted",
    share="0.25",
    one=lambda width, inner: width * inner,
)
_wrong(
    "chosen_not_counted",
    "each token goes to k experts: the factor k is missing",
    share="0.25",
    capacity=lambda factor, tokens, number: ceil(factor * tokens / number),
)
_wrong(
    "factor_left_out",
    "the capacity factor was left out",
    share="0.25",
    capacity=lambda tokens, chosen, number: ceil(tokens * chosen / number),
)
_wrong(
    "experts_not_multiplied",
    "the number of experts was left out",
    share="0.25",
    balance=lambda loads, chances: total(f * p for f, p in zip(loads, chances, strict=True)),
)
_wrong(
    "exponentials_left_out",
    "the logits were divided by their sum, without exponentials",
    share="0.25",
    gate=lambda top: top[0] / total(top),
)


@experts.proof
def build_and_route(
    width: int,
    inner: int,
    number: int,
    chosen: int,
    tokens: int,
    factor: Fraction,
    top: Sequence[Fraction],
    loads: Sequence[Fraction],
    chances: Sequence[Fraction],
) -> Mapping[str, object]:
    """Ask numpy for sizes, fill the experts' slots evenly, and compare with a uniform router."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    def size(*shape: int) -> int:
        return int(np.broadcast_to(np.zeros(1), shape).size)

    router = size(number, width)
    slots, spare = divmod(Fraction(factor) * tokens * chosen, number)
    uniform = sum(Fraction(1, len(loads)) ** 2 for _ in loads)
    z = np.array(top, dtype=float)
    return {
        "whole_layer": size(number, inner, width) + size(number, width, inner) + router,
        "active": size(chosen, inner, width) + size(chosen, width, inner) + router,
        "capacity": slots + (spare > 0),
        "gate": float(1 / np.exp(z - z[0]).sum()),
        "balance": float(np.dot(*(np.array(x, dtype=float) for x in (loads, chances))))
        / float(uniform),
    }
