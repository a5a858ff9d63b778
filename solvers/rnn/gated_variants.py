"""Variants of the LSTM side by side: what each counts, and how each makes its new state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.domain import FLAG, UNIT, real
from solvers.rnn.gates import gated_layer
from solvers.rnn.gru import CHUNG, gru_arrays, gru_step
from solvers.rnn.lstm import (
    GREFF,
    coupled_arrays,
    lstm_coupled_parameters,
    lstm_peephole,
    peephole_arrays,
    peephole_parameters,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from solvers.graph.term import Term

STATE = real("-100", "100")

gated_variants = gated_layer("gated_variants", "Variants of the LSTM", f"{GREFF}; {CHUNG}")
gated_variants.input("forget_gate", "f_t", "forget gate", UNIT, default=0)
gated_variants.input("input_gate", "i_t", "input gate", UNIT, default=0)
gated_variants.input("cell_previous", "C_{t-1}", "previous cell state", STATE, default=0)
gated_variants.input("candidate", "g_t", "candidate", real("-1", "1"), default=0)
gated_variants.input("update_gate", "z_t", "update gate", UNIT, default=0)
gated_variants.input("hidden_previous", "h_{t-1}", "previous hidden state", STATE, default=0)
gated_variants.input(
    "ties_forget", "k_f", "whether f is 1 - i instead of i = 1 - f", FLAG, default=0, inline=True
)
gated_variants.input(
    "update_keeps", "k_z", "whether z weighs the old state", FLAG, default=0, inline=True
)
gated_variants.quantity(
    "N_p", "weights that peepholes add, one vector for each of the three gates"
)(peephole_parameters)
gated_variants.quantity(
    "N", "parameters with coupled gates, and of a GRU: three blocks", name="parameters"
)(lstm_coupled_parameters)


@gated_variants.quantity("C_t", "cell state with coupled gates")
def coupled_cell(
    forget_gate: Term, input_gate: Term, cell_previous: Term, candidate: Term, ties_forget: Term
) -> Term:
    by_forget = forget_gate * cell_previous + (1 - forget_gate) * candidate
    by_input = (1 - input_gate) * cell_previous + input_gate * candidate
    return (1 - ties_forget) * by_forget + ties_forget * by_input


@gated_variants.quantity("h_t", "hidden state of a GRU")
def gru_state(
    update_gate: Term, hidden_previous: Term, candidate: Term, update_keeps: Term
) -> Term:
    by_candidate = (1 - update_gate) * hidden_previous + update_gate * candidate
    by_old = update_gate * hidden_previous + (1 - update_gate) * candidate
    return (1 - update_keeps) * by_candidate + update_keeps * by_old


for name in ("full_peepholes", "four_peepholes"):
    gated_variants.add_mistake(lstm_peephole.mistakes[name])
gated_variants.mistake(
    "one_peephole",
    "the peepholes of one gate were counted instead of those of all three",
    share="0.25",
    peephole_parameters=lambda hidden_size: hidden_size,
)
gated_variants.mistake(
    "four_blocks",
    "four blocks were counted, as in a plain LSTM; coupled gates and the GRU need three",
    share="0.25",
    parameters=lambda gate_parameters: 4 * gate_parameters,
)
gated_variants.mistake(
    "candidate_forgotten",
    "only the two gates were counted; the candidate needs weights too",
    share="0.5",
    parameters=lambda gate_parameters: 2 * gate_parameters,
)
gated_variants.mistake(
    "not_coupled",
    "the two gates were left independent, as in a plain LSTM",
    share="0.25",
    coupled_cell=lambda forget_gate, input_gate, cell_previous, candidate: (
        forget_gate * cell_previous + input_gate * candidate
    ),
)
gated_variants.mistake(
    "coupling_reversed",
    "old state and candidate were exchanged",
    share="0.25",
    coupled_cell=lambda forget_gate, input_gate, cell_previous, candidate, ties_forget: (
        (1 - ties_forget) * ((1 - forget_gate) * cell_previous + forget_gate * candidate)
        + ties_forget * (input_gate * cell_previous + (1 - input_gate) * candidate)
    ),
)
gated_variants.mistake(
    "other_gate",
    "the gate that is left out was used",
    share="0.5",
    ties_forget=lambda ties_forget: 1 - ties_forget,
)
gated_variants.add_mistake(gru_step.mistakes["update_reversed"])


@gated_variants.proof
def variants_in_arrays(
    input_size: int,
    hidden_size: int,
    biases: int,
    forget_gate: Fraction,
    input_gate: Fraction,
    cell_previous: Fraction,
    candidate: Fraction,
    update_gate: Fraction,
    hidden_previous: Fraction,
    ties_forget: int,
    update_keeps: int,
) -> Mapping[str, object]:
    """Adds up the arrays, and goes from the old state as far to the candidate as the gate says."""
    sizes = input_size, hidden_size, biases
    coupled, gru = coupled_arrays(*sizes)["parameters"], gru_arrays(*sizes)["parameters"]
    written = input_gate if ties_forget else 1 - forget_gate
    renewed = 1 - update_gate if update_keeps else update_gate
    return {
        "peephole_parameters": peephole_arrays(*sizes)["peephole_parameters"],
        "parameters": coupled if coupled == gru else None,
        "coupled_cell": cell_previous + written * (candidate - cell_previous),
        "gru_state": hidden_previous + renewed * (candidate - hidden_previous),
    }
