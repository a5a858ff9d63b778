"""An unfolded recurrent network: what its time steps share, and the paths through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import whole
from solvers.graph.term import Condition, Term, term
from solvers.rnn.gates import SIZE
from solvers.rnn.rnn import ELMAN, input_weights, output_weights, recurrent_weights, rnn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEPS = whole(1, 200)
EACH_STEP = "each time step was given weights of its own; all steps share them"

unfolding = Derivation("unfolding", "A recurrent network unfolded over its time steps", ELMAN)
unfolding.input("steps", "T", "time steps", STEPS)
unfolding.input("input_size", "x", "input size", SIZE)
unfolding.input("hidden_size", "h", "hidden size", SIZE)
unfolding.input("output_size", "y", "output size", SIZE)
unfolding.input("first", "a", "time step of an input", STEPS, default=1)
unfolding.input("last", "b", "time step of an output", STEPS, default="steps")


@unfolding.requires("the output must not come before the input")
def forward(first: Term, last: Term) -> Condition:
    return Condition(term(first), "<=", term(last))


@unfolding.requires("the output must belong to one of the time steps")
def inside(last: Term, steps: Term) -> Condition:
    return Condition(term(last), "<=", term(steps))


@unfolding.quantity("M", "different weight matrices", name="matrices")
def weight_matrices() -> int:
    return 3


unfolding.quantity("N_{hx}", "weights from the input to the hidden layer")(input_weights)
unfolding.quantity("N_{hh}", "weights from the hidden layer to itself")(recurrent_weights)
unfolding.quantity("N_{hy}", "weights from the hidden layer to the output")(output_weights)


@unfolding.quantity("N_b", "biases")
def biases(hidden_size: Term, output_size: Term) -> Term:
    return hidden_size + output_size


@unfolding.quantity("N", "parameters")
def parameters(
    input_weights: Term, recurrent_weights: Term, output_weights: Term, biases: Term
) -> Term:
    return input_weights + recurrent_weights + output_weights + biases


@unfolding.quantity("n_{hh}", "products with the recurrent weights on the path")
def path(last: Term, first: Term) -> Term:
    return last - first


unfolding.mistake(
    "each_step",
    EACH_STEP,
    share="0.25",
    matrices=lambda steps: 3 * steps,
    parameters=lambda input_weights, recurrent_weights, output_weights, biases, steps: (
        steps * (input_weights + recurrent_weights + output_weights + biases)
    ),
)
unfolding.add_mistake(rnn.mistakes["no_bias"])
unfolding.mistake(
    "hidden_bias_only", "the bias of the output layer was left out", share="0.5",
    biases=lambda hidden_size: hidden_size,
)  # fmt: skip
unfolding.mistake(
    "recurrent_weights_forgotten", "the weights from one state to the next were left out",
    share="0.25", recurrent_weights=lambda: 0,
    matrices=lambda: 2,
)  # fmt: skip
unfolding.mistake(
    "output_layer_forgotten", "the output layer was left out", share="0.25",
    parameters=lambda input_weights, recurrent_weights, hidden_size: (
        input_weights + recurrent_weights + hidden_size
    ),
)  # fmt: skip
unfolding.mistake(
    "states_counted", "the states on the path were counted, not the steps between them",
    share="0.5", path=lambda last, first: last - first + 1,
)  # fmt: skip
unfolding.mistake(
    "from_the_start", "the path was begun at the initial state, not at the input", share="0.25",
    path=lambda last: last,
)  # fmt: skip


@unfolding.proof
def walk_the_graph(
    steps: int, input_size: int, hidden_size: int, output_size: int, first: int, last: int
) -> Mapping[str, object]:
    """Draws the unfolded network as arrows, gathers what they carry, and walks along them."""
    sizes = {"hx": (hidden_size, input_size), "hh": (hidden_size, hidden_size),
             "hy": (output_size, hidden_size)}  # fmt: skip
    arrows = list(_arrows(steps))
    matrices = {weights for _, _, weights in arrows}
    counts = {name: sum(1 for _ in range(sizes[name][0]) for _ in range(sizes[name][1]))
              for name in matrices}  # fmt: skip
    biases = sum(sizes[name][0] for name in ("hh", "hy"))
    return {
        "matrices": len(matrices),
        "input_weights": counts["hx"],
        "recurrent_weights": counts["hh"],
        "output_weights": counts["hy"],
        "biases": biases,
        "parameters": sum(counts.values()) + biases,
        "path": _passed(arrows, f"x{first}", f"y{last}").count("hh"),
    }


def _arrows(steps: int) -> Iterator[tuple[str, str, str]]:
    for t in range(1, steps + 1):
        yield f"x{t}", f"h{t}", "hx"
        yield f"h{t - 1}", f"h{t}", "hh"
        yield f"h{t}", f"y{t}", "hy"


def _passed(arrows: list[tuple[str, str, str]], start: str, end: str) -> list[str]:
    """Return the weights on the way back from a node to another; there is one way."""
    passed, place = list[str](), end
    while place != start:
        before = [(origin, weights) for origin, goal, weights in arrows if goal == place]
        origin, weights = next((pair for pair in before if pair[0] == start), before[-1])
        passed.append(weights)
        place = origin
    return passed
