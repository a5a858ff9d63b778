"""A layer of two rectified units of one number, as it stands and as the residual of a block."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

WEIGHT = real("-1000", "1000")

relu_unit = Derivation(
    "relu_unit",
    "Two rectified units of one number, F(x) = u ReLU(x) + v ReLU(-x), with and without a skip",
    source="He et al., Deep residual learning for image recognition (2016), section 3.1",
)
relu_unit.input("target", "a", "slope of the function that is wanted", WEIGHT)
relu_unit.input("trained_u", "u", "weight of ReLU(x) after training", WEIGHT, default=0)
relu_unit.input("trained_v", "v", "weight of ReLU(-x) after training", WEIGHT, default=0)


@relu_unit.quantity(r"u_{\mathrm{res}}", "weight of ReLU(x) in the residual block")
def residual_u(target: Term) -> Term:
    return target - 1


@relu_unit.quantity(r"v_{\mathrm{res}}", "weight of ReLU(-x) in the residual block")
def residual_v(target: Term) -> Term:
    return 1 - target


@relu_unit.quantity(r"u_{\mathrm{plain}}", "weight of ReLU(x) without the skip")
def plain_u(target: Term) -> Term:
    return target


@relu_unit.quantity(r"v_{\mathrm{plain}}", "weight of ReLU(-x) without the skip")
def plain_v(target: Term) -> Term:
    return 0 - target


@relu_unit.quantity("y'(x)", "derivative of the block where x is negative")
def slope_below(trained_v: Term) -> Term:
    return 1 - trained_v


relu_unit.mistake(
    "same_sign",
    "ReLU(-x) is -x where x is negative, so that the second weight has the other sign",
    share="0.5",
    residual_v=lambda target: target - 1,
    plain_v=lambda target: target,
    slope_below=lambda trained_v: 1 + trained_v,
)
relu_unit.mistake(
    "positive_only",
    "the function was matched for positive x only",
    share="0.25",
    residual_v=lambda: 0,
    plain_v=lambda: 0,
)
relu_unit.mistake(
    "skip_confused",
    "these are the weights without the skip connection",
    share="0.25",
    residual_u=lambda target: target,
    residual_v=lambda target: 0 - target,
)
relu_unit.mistake(
    "skip_added",
    "these are the weights of the block with the skip connection",
    share="0.25",
    plain_u=lambda target: target - 1,
    plain_v=lambda target: 1 - target,
)
relu_unit.mistake(
    "skip_forgotten",
    "the 1 of the skip connection was left out",
    share="0.25",
    slope_below=lambda trained_v: 0 - trained_v,
)
relu_unit.mistake(
    "other_side",
    "this is the derivative where x is positive",
    share="0.25",
    slope_below=lambda trained_u: 1 + trained_u,
)


@relu_unit.proof
def evaluate_at_points(
    target: Fraction, trained_u: Fraction, trained_v: Fraction
) -> Mapping[str, object]:
    """Reads the weights off the values wanted at 1 and -1, and the slope off two points."""

    def block(x: Fraction) -> Fraction:
        return x + trained_u * max(x, Fraction(0)) + trained_v * max(-x, Fraction(0))

    one, left, right = Fraction(1), Fraction(-3), Fraction(-2)
    return {
        "residual_u": target * one - one,
        "residual_v": target * -one + one,
        "plain_u": target * one,
        "plain_v": target * -one,
        "slope_below": (block(right) - block(left)) / (right - left),
    }
