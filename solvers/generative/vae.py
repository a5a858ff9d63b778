"""The variational autoencoder: a divergence of Gaussians, a sample and its gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, real
from solvers.graph.term import ln

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from solvers.graph.term import Term

vae = Derivation(
    "vae",
    "One latent variable of a variational autoencoder",
    source="Kingma and Welling, Auto-encoding variational Bayes (2014), 2.4 and appendix B; "
    "torch.distributions.kl_divergence",
)
vae.input("mean", r"\mu", "mean of the encoder", REAL)
vae.input("deviation", r"\sigma", "standard deviation of the encoder", real("1e-6", "1e6"))
vae.input("noise", r"\epsilon", "sample of a standard normal distribution", REAL)
vae.input("error", "g", "derivative of the loss with respect to the sample", REAL)


@vae.quantity(r"D_{\mathrm{KL}}", "divergence from the standard normal distribution")
def divergence(mean: Term, deviation: Term) -> Term:
    return (mean**2 + deviation**2 - 1) / 2 - ln(deviation)


@vae.quantity("z", "sample")
def sample(mean: Term, deviation: Term, noise: Term) -> Term:
    return mean + deviation * noise


@vae.quantity(r"\partial L/\partial\sigma", "derivative of loss and divergence by the deviation")
def deviation_gradient(error: Term, noise: Term, deviation: Term) -> Term:
    return error * noise + deviation - 1 / deviation


vae.mistake(
    "half_left_out",
    "the factor 1/2 was left out",
    share="0.5",
    divergence=lambda mean, deviation: mean**2 + deviation**2 - 1 - 2 * ln(deviation),
)
vae.mistake(
    "logarithm_sign",
    "the sign of the logarithm is wrong",
    share="0.25",
    divergence=lambda mean, deviation: (mean**2 + deviation**2 - 1) / 2 + ln(deviation),
)
vae.mistake(
    "variance_for_deviation",
    "the noise was multiplied by the variance, not by the standard deviation",
    share="0.25",
    sample=lambda mean, deviation, noise: mean + deviation**2 * noise,
)
vae.mistake(
    "divergence_not_differentiated",
    "the divergence depends on the deviation, too",
    share="0.25",
    deviation_gradient=lambda error, noise: error * noise,
)


@vae.proof
def by_integration(
    mean: Fraction, deviation: Fraction, noise: Fraction, error: Fraction
) -> Mapping[str, object]:
    """Integrate the difference of log-densities by quadrature; differentiate by a complex step."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    from solvers.training.complex_step import gradient  # noqa: PLC0415 - as above

    points, weights = np.polynomial.hermite_e.hermegauss(30)
    shares = weights / weights.sum()
    m, s = float(mean), float(deviation)

    def expected(scale: complex) -> complex:
        z = m + scale * points
        return complex(shares @ (z**2 / 2 - points**2 / 2) - np.log(scale))

    def loss(at: np.ndarray[tuple[int], np.dtype[np.complex128]]) -> complex:
        return complex(float(error) * (m + at[0] * float(noise)) + expected(at[0]))

    return {
        "divergence": expected(s).real,
        "sample": float(np.polyval([s, m], float(noise))),
        "deviation_gradient": float(gradient(loss, [s])[0]),
    }
