"""Gradients for oracles: the imaginary part after a tiny imaginary step, with no cancellation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.complex128]

STEP = 1e-30


def gradient(function: Callable[[Numbers], complex], at: object) -> NDArray[np.float64]:
    """Return the partial derivatives of an analytic function (Squire and Trapp, 1998).

    >>> gradient(lambda x: complex(x[0] * x[1]), [2, 3]).tolist()
    [3.0, 2.0]
    """
    place = np.array(at, dtype=np.complex128)
    slopes = np.zeros(place.shape)
    for index in np.ndindex(place.shape):
        moved = place.copy()
        moved[index] += STEP * 1j
        slopes[index] = complex(function(moved)).imag / STEP
    return slopes
