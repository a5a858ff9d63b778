"""Parameters and operations of a transformer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, whole
from solvers.graph.note import Note
from solvers.transformers.attention import VASWANI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

SIZE = whole(1, 10**7)
RADFORD = "Radford et al., Language models are unsupervised multitask learners (2019)"
KAPLAN = "Kaplan et al., Scaling laws for neural language models (2020), table 1"

transformer_parameters = Derivation(
    "transformer_parameters",
    "Parameters of a decoder of transformer blocks",
    source=f"{VASWANI}; {RADFORD}; torch.nn.TransformerEncoderLayer",
    notes=(
        Note(
            "Each block has two layer norms and the network one more, with a scale and a shift "
            "for each feature.",
            ("norms", "final_norm"),
        ),
    ),
)
_declare = transformer_parameters.input
_declare("width", "d", "features of a token", SIZE)
_declare("inner", r"d_{\mathrm{ff}}", "hidden units of the feed-forward network", SIZE)
_declare("layers", "L", "blocks", SIZE, default=1)
_declare("vocabulary", "V", "tokens of the vocabulary", SIZE, default=1)
_declare("context", "n", "learned positions", whole(0, 10**7), default=0)
_declare(
    "bias",
    "b",
    "whether linear layers have biases",
    FLAG,
    default=1,
    says_when={0: "Linear layers have no biases.", 1: "All linear layers of a block have biases."},
)
_declare(
    "untied",
    "u",
    "whether the head has weights of its own",
    FLAG,
    default=0,
    says_when={
        0: "The output layer uses the weights of the token embedding.",
        1: "The output layer has weights of its own, without biases.",
    },
)


@transformer_parameters.quantity(r"N_{\mathrm{att}}", "parameters of the attention of a block")
def attention(width: Term, bias: Term) -> Term:
    return 4 * width**2 + bias * 4 * width


@transformer_parameters.quantity(r"N_{\mathrm{ff}}", "parameters of the feed-forward network")
def feed_forward(width: Term, inner: Term, bias: Term) -> Term:
    return 2 * width * inner + bias * (inner + width)


@transformer_parameters.quantity(r"N_{\mathrm{LN}}", "parameters of the layer norms of a block")
def norms(width: Term) -> Term:
    return 4 * width


@transformer_parameters.quantity(r"N_{\mathrm{block}}", "parameters of a block")
def block(attention: Term, feed_forward: Term, norms: Term) -> Term:
    return attention + feed_forward + norms


@transformer_parameters.quantity(r"N_{\mathrm{emb}}", "parameters of the embeddings")
def embeddings(vocabulary: Term, context: Term, width: Term) -> Term:
    return (vocabulary + context) * width


@transformer_parameters.quantity(r"N_{\mathrm{last}}", "parameters of the last layer norm")
def final_norm(width: Term) -> Term:
    return 2 * width


@transformer_parameters.quantity("N", "parameters")
def parameters(
    layers: Term,
    block: Term,
    embeddings: Term,
    final_norm: Term,
    untied: Term,
    vocabulary: Term,
    width: Term,
) -> Term:
    return layers * block + embeddings + final_norm + untied * vocabulary * width


_wrong = transformer_parameters.mistake
_wrong(
    "other_biases",
    "the biases of the linear layers were counted as in the other convention",
    share="0.5",
    bias=lambda bias: 1 - bias,
)
_wrong(
    "head_counted_otherwise",
    "the output layer was counted as in the other convention",
    share="0.5",
    untied=lambda untied: 1 - untied,
)
_wrong(
    "output_projection_left_out",
    "the projection of the attention's output was left out",
    share="0.25",
    attention=lambda width, bias: 3 * width**2 + bias * 3 * width,
)
_wrong(
    "one_feed_forward_layer",
    "only one of the two layers of the feed-forward network was counted",
    share="0.25",
    feed_forward=lambda width, inner, bias: width * inner + bias * inner,
)
_wrong(
    "norms_left_out", "the layer norms of the blocks were left out", share="0.25", norms=lambda: 0
)
_wrong(
    "positions_left_out",
    "the embeddings of the positions were left out",
    share="0.25",
    embeddings=lambda vocabulary, width: vocabulary * width,
)


@transformer_parameters.proof
def add_up_arrays(
    width: int, inner: int, layers: int, vocabulary: int, context: int, bias: int, untied: int
) -> Mapping[str, object]:
    """Add up the sizes of numpy's arrays, none of which takes any memory."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    def sizes(*shapes: tuple[int, ...]) -> int:
        return sum(
            int(np.broadcast_to(np.zeros(1), shape).size) for shape in shapes if 0 not in shape
        )

    linear = {
        name: [(a, b)] + [(a,)] * bias
        for name, a, b in (
            ("in", 3 * width, width),
            ("out", width, width),
            ("up", inner, width),
            ("down", width, inner),
        )
    }
    own = sizes(*linear["in"], *linear["out"])
    mlp = sizes(*linear["up"], *linear["down"])
    whole_block = own + mlp + sizes(*[(width,)] * 4)
    tables = sizes((vocabulary, width), (context, width))
    head = sizes((vocabulary, width)) if untied else 0
    return {
        "attention": own,
        "feed_forward": mlp,
        "block": whole_block,
        "embeddings": tables,
        "parameters": sum(whole_block for _ in range(layers)) + tables + sizes((width,)) * 2 + head,
    }


transformer_flops = Derivation(
    "transformer_flops",
    "Operations of a transformer block, and of training",
    source=f"{KAPLAN}; Hoffmann et al., Training compute-optimal large language models (2022), "
    "appendix F",
    notes=(
        Note(
            "Softmax, layer norms and activations are not counted; nothing is saved by a mask.",
            ("block_flops",),
        ),
    ),
)
_declare = transformer_flops.input
_declare("tokens", "n", "tokens of the sequence", SIZE)
_declare("width", "d", "features of a token", SIZE)
_declare("inner", r"d_{\mathrm{ff}}", "hidden units of the feed-forward network", SIZE)
_declare("parameters", "N", "parameters of the whole model", whole(1, 10**15), default=1)
_declare("trained", "D", "tokens of the training", whole(1, 10**18), default=1)
_declare(
    "single",
    "m",
    "whether a multiply-add is one operation",
    FLAG,
    default=0,
    says_when={
        0: "A multiply-add counts as two operations.",
        1: "A multiply-add counts as one operation.",
    },
)


@transformer_flops.quantity("u", "operations of a multiply-add", inline=True)
def unit(single: Term) -> Term:
    return 2 - single


@transformer_flops.quantity(r"F_{\mathrm{proj}}", "operations of the four projections")
def projections(unit: Term, tokens: Term, width: Term) -> Term:
    return unit * 4 * tokens * width**2


@transformer_flops.quantity(r"F_{\mathrm{att}}", "operations of scores and weighted sums")
def mixing(unit: Term, tokens: Term, width: Term) -> Term:
    return unit * 2 * tokens**2 * width


@transformer_flops.quantity(r"F_{\mathrm{ff}}", "operations of the feed-forward network")
def feed_forward_flops(unit: Term, tokens: Term, width: Term, inner: Term) -> Term:
    return unit * 2 * tokens * width * inner


@transformer_flops.quantity(r"F_{\mathrm{block}}", "operations of a block, forward")
def block_flops(projections: Term, mixing: Term, feed_forward_flops: Term) -> Term:
    return projections + mixing + feed_forward_flops


@transformer_flops.quantity("C", "operations of the training: forward, and twice that backward")
def training(unit: Term, parameters: Term, trained: Term) -> Term:
    return 3 * unit * parameters * trained


_wrong = transformer_flops.mistake
_wrong(
    "multiply_adds",
    "a multiply-add was counted as in the other convention",
    share="0.5",
    single=lambda single: 1 - single,
)
_wrong(
    "scores_only",
    "only the scores were counted, not the weighted sum of the values",
    share="0.25",
    mixing=lambda unit, tokens, width: unit * tokens**2 * width,
)
_wrong(
    "output_projection_left_out",
    "the projection of the attention's output was left out",
    share="0.25",
    projections=lambda unit, tokens, width: unit * 3 * tokens * width**2,
)
_wrong(
    "one_feed_forward_layer",
    "only one of the two layers of the feed-forward network was counted",
    share="0.25",
    feed_forward_flops=lambda unit, tokens, width, inner: unit * tokens * width * inner,
)
_wrong(
    "forward_only",
    "only the forward pass was counted; the backward pass takes twice as much",
    share="0.25",
    training=lambda unit, parameters, trained: unit * parameters * trained,
)
_wrong(
    "linear_in_tokens",
    "each token attends to all others: the scores grow with n squared",
    share="0.25",
    mixing=lambda unit, tokens, width: unit * 2 * tokens * width,
)


@transformer_flops.proof
def add_up_products(
    tokens: int, width: int, inner: int, parameters: int, trained: int, single: int
) -> Mapping[str, object]:
    """List the products of matrices (rows, inner, columns), and take three volumes a parameter."""
    each = 1 if single else 2
    square = [(tokens, width, width)] * 4
    mixed = [(tokens, width, tokens), (tokens, tokens, width)]
    mlp = [(tokens, width, inner), (tokens, inner, width)]

    def work(products: list[tuple[int, int, int]]) -> int:
        return sum(each * rows * columns * inside for rows, inside, columns in products)

    passes = ("forward", "gradient of the inputs", "gradient of the weights")
    return {
        "projections": work(square),
        "mixing": work(mixed),
        "feed_forward_flops": work(mlp),
        "block_flops": work([*square, *mixed, *mlp]),
        "training": sum(work([(trained, parameters, 1)]) for _ in passes),
    }
