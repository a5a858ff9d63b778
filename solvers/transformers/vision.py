"""The vision transformer: tokens, embeddings and the work of attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, whole
from solvers.graph.term import equal, floor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Condition, Term

SIZE = whole(1, 10**6)

vision_transformer = Derivation(
    "vision_transformer",
    "Tokens and embeddings of a vision transformer",
    source="Dosovitskiy et al., An image is worth 16x16 words (2021), 3.1; torch.nn.Conv2d",
)
vision_transformer.input("size", "H", "height and width of the image", SIZE)
vision_transformer.input("patch", "P", "height and width of a patch", SIZE)
vision_transformer.input("channels", "C", "channels of the image", SIZE, default=3)
vision_transformer.input("width", "d", "features of a token", SIZE)
vision_transformer.input(
    "class_token",
    "k",
    "whether there is a class token",
    FLAG,
    default=1,
    says_when={
        0: "There is no class token.",
        1: "A learned class token is added to the sequence.",
    },
)


@vision_transformer.requires("the patch must divide the image")
def divides(size: Term, patch: Term) -> Condition:
    return equal(floor(size / patch) * patch, size)


@vision_transformer.quantity("n", "tokens")
def tokens(size: Term, patch: Term, class_token: Term) -> Term:
    return (size / patch) ** 2 + class_token


@vision_transformer.quantity(r"N_{\mathrm{patch}}", "parameters of the patch embedding")
def patch_parameters(patch: Term, channels: Term, width: Term) -> Term:
    return patch**2 * channels * width + width


@vision_transformer.quantity(r"N_{\mathrm{pos}}", "parameters of positions and class token")
def position_parameters(tokens: Term, width: Term, class_token: Term) -> Term:
    return tokens * width + class_token * width


@vision_transformer.quantity("F", "operations of scores and weighted sums in a block")
def mixing(tokens: Term, width: Term) -> Term:
    return 4 * tokens**2 * width


@vision_transformer.quantity("r", "tokens with half the patch, by those before")
def growth(size: Term, patch: Term, class_token: Term, tokens: Term) -> Term:
    return ((2 * size / patch) ** 2 + class_token) / tokens


_wrong = vision_transformer.mistake
_wrong(
    "class_token_otherwise",
    "the class token was counted as in the other convention",
    share="0.5",
    class_token=lambda class_token: 1 - class_token,
)
_wrong(
    "one_direction",
    "the patches were counted along one side only",
    share="0.25",
    tokens=lambda size, patch, class_token: size / patch + class_token,
)
_wrong(
    "channels_left_out",
    "the channels of the image were left out",
    share="0.25",
    patch_parameters=lambda patch, width: patch**2 * width + width,
)
_wrong(
    "bias_left_out",
    "the bias was left out",
    share="0.5",
    patch_parameters=lambda patch, channels, width: patch**2 * channels * width,
)
_wrong(
    "class_token_not_learned",
    "the class token itself was left out; it is learned, too",
    share="0.5",
    position_parameters=lambda tokens, width: tokens * width,
)
_wrong(
    "scores_only",
    "only the scores were counted, not the weighted sum of the values",
    share="0.25",
    mixing=lambda tokens, width: 2 * tokens**2 * width,
)


@vision_transformer.proof
def cut_the_image(
    size: int, patch: int, channels: int, width: int, class_token: int
) -> Mapping[str, object]:
    """Slide a window over the image without overlap, and count what it sees."""
    corners = [(y, x) for y in range(0, size, patch) for x in range(0, size, patch)]
    finer = [(y, x) for y in range(0, 2 * size, patch) for x in range(0, 2 * size, patch)]
    sequence = len(corners) + class_token
    pixels = sum(channels for _ in range(patch) for _ in range(patch))
    pairs = sum(sequence for _ in range(sequence))
    return {
        "tokens": sequence,
        "patch_parameters": sum(pixels + 1 for _ in range(width)),
        "position_parameters": sum(sequence + class_token for _ in range(width)),
        "mixing": pairs * width * sum(2 for _ in ("scores", "sums")),
        "growth": (len(finer) + class_token) / sequence,
    }
