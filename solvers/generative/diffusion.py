"""Diffusion: the noise after a few steps, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, real, vector
from solvers.graph.term import product, sqrt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from solvers.graph.term import Term, Vector

diffusion = Derivation(
    "diffusion",
    "A few steps of diffusion of one value",
    source="Ho, Jain and Abbeel, Denoising diffusion probabilistic models (2020), equations 4 to 7",
)
diffusion.input(
    "betas", r"\beta", "variances of the noise", vector(real("1e-9", "0.999")),
    element=r"\beta_{{{i}}}",
)  # fmt: skip
diffusion.input("start", "x_0", "value at the start", REAL)
diffusion.input("noise", r"\epsilon", "noise", REAL)


@diffusion.quantity(r"\bar{\alpha}", "share of the variance that is kept in all")
def kept(betas: Vector) -> Term:
    return product(1 - b for b in betas)


@diffusion.quantity("x_t", "value after all steps")
def noisy(kept: Term, start: Term, noise: Term) -> Term:
    return sqrt(kept) * start + sqrt(1 - kept) * noise


@diffusion.quantity(r"\mathrm{SNR}", "signal-to-noise ratio")
def ratio(kept: Term) -> Term:
    return kept / (1 - kept)


@diffusion.quantity(r"\tilde{\beta}", "variance of the last step back, if the start is known")
def posterior_variance(kept: Term, betas: Vector) -> Term:
    return betas[-1] * (1 - kept / (1 - betas[-1])) / (1 - kept)


diffusion.mistake(
    "betas_multiplied",
    "the variances of the noise were multiplied, not what each step keeps",
    share="0.25",
    kept=lambda betas: product(betas),
)
diffusion.mistake(
    "last_step_only",
    "only the last step was taken",
    share="0.25",
    kept=lambda betas: 1 - betas[-1],
)
diffusion.mistake(
    "roots_left_out",
    "the roots were left out: variances add up, not deviations",
    share="0.25",
    noisy=lambda kept, start, noise: kept * start + (1 - kept) * noise,
)
diffusion.mistake(
    "ratio_upside_down",
    "the ratio is upside down",
    share="0.5",
    ratio=lambda kept: (1 - kept) / kept,
)
diffusion.mistake(
    "forward_variance",
    "that is the variance of the step forward",
    share="0.25",
    posterior_variance=lambda betas: betas[-1],
)


@diffusion.proof
def by_conditioning(
    betas: Sequence[Fraction], start: Fraction, noise: Fraction
) -> Mapping[str, object]:
    """Run mean and variance step by step, and condition the last two steps as Gaussians."""
    mean, variance, before = float(start), 0.0, 0.0
    for beta in map(float, betas):
        mean, before, variance = mean * (1 - beta) ** 0.5, variance, variance * (1 - beta) + beta
    covariance = before * (1 - float(betas[-1])) ** 0.5
    signal = mean / float(start) if start else 0.0
    return {
        "noisy": mean + variance**0.5 * float(noise),
        "kept": 1 - variance,
        "ratio": signal**2 / variance if start else (1 - variance) / variance,
        "posterior_variance": before - covariance**2 / variance,
    }
