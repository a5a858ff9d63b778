"""Over how many values each normalization averages, and how many means it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import whole
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, equal, floor

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDE = whole(1, 10_000)

norm_sets = Derivation(
    "norm_sets",
    "Means and the values under each, for four normalizations of feature maps",
    source="Wu and He, Group normalization (2018), figure 2",
    notes=(
        Note(
            "Layer normalization averages over channels, height and width of one example.",
            ("layer_means", "layer_values"),
        ),
    ),
)
norm_sets.input("batch", "N", "examples of the mini-batch", SIDE)
norm_sets.input("channels", "C", "channels", SIDE)
norm_sets.input("height", "H", "height", SIDE)
norm_sets.input("width", "W", "width", SIDE, default="height")
norm_sets.input("groups", "G", "groups of channels", SIDE, default=1)


@norm_sets.requires("groups must divide the channels")
def groups_divide(channels: Term, groups: Term) -> Condition:
    return equal(floor(channels / groups), channels / groups)


@norm_sets.quantity(r"n_{\mathrm{BN}}", "means of batch normalization")
def batch_means(channels: Term) -> Term:
    return channels


@norm_sets.quantity(r"n_{\mathrm{LN}}", "means of layer normalization")
def layer_means(batch: Term) -> Term:
    return batch


@norm_sets.quantity(r"n_{\mathrm{IN}}", "means of instance normalization")
def instance_means(batch: Term, channels: Term) -> Term:
    return batch * channels


@norm_sets.quantity(r"n_{\mathrm{GN}}", "means of group normalization")
def group_means(batch: Term, groups: Term) -> Term:
    return batch * groups


@norm_sets.quantity(r"m_{\mathrm{BN}}", "values under a mean of batch normalization")
def batch_values(batch: Term, height: Term, width: Term) -> Term:
    return batch * height * width


@norm_sets.quantity(r"m_{\mathrm{LN}}", "values under a mean of layer normalization")
def layer_values(channels: Term, height: Term, width: Term) -> Term:
    return channels * height * width


@norm_sets.quantity(r"m_{\mathrm{IN}}", "values under a mean of instance normalization")
def instance_values(height: Term, width: Term) -> Term:
    return height * width


@norm_sets.quantity(r"m_{\mathrm{GN}}", "values under a mean of group normalization")
def group_values(channels: Term, groups: Term, height: Term, width: Term) -> Term:
    return channels / groups * height * width


norm_sets.mistake(
    "batch_and_layer_swapped",
    "batch and layer normalization were exchanged",
    share="0.25",
    batch_means=lambda batch: batch,
    layer_means=lambda channels: channels,
    batch_values=lambda channels, height, width: channels * height * width,
    layer_values=lambda batch, height, width: batch * height * width,
)
norm_sets.mistake(
    "positions_left_out",
    "height and width were left out: convolutional maps are averaged over positions too",
    share="0.25",
    batch_values=lambda batch: batch,
    layer_values=lambda channels: channels,
    group_values=lambda channels, groups: channels / groups,
)
norm_sets.mistake(
    "batch_left_out",
    "the means were counted for one example instead of the whole mini-batch",
    share="0.25",
    layer_means=lambda: 1,
    instance_means=lambda channels: channels,
    group_means=lambda groups: groups,
)
norm_sets.mistake(
    "channels_of_a_group",
    "a mean was counted for each channel of a group instead of one for each group",
    share="0.25",
    group_means=lambda batch, channels, groups: batch * (channels / groups),
)


@norm_sets.proof
def shapes_of_numpy(
    batch: int, channels: int, height: int, width: int, groups: int
) -> Mapping[str, object]:
    """Lets numpy reduce a view of one element along the axes, and reads the shapes."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    shape = (batch, groups, channels // groups, height, width)
    axes = {"batch": (0, 3, 4), "layer": (1, 2, 3, 4), "instance": (3, 4), "group": (2, 3, 4)}
    found: dict[str, object] = {}
    for name, reduced in axes.items():
        sides = [1 if axis in reduced else side for axis, side in enumerate(shape)]
        means = np.broadcast_to(np.zeros(1), sides).size
        found[f"{name}_means"] = means
        found[f"{name}_values"] = np.broadcast_to(np.zeros(1), shape).size // means
    return found
