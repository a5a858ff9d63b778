"""Learning-rate schedules and batches: warm-up, cosine, accumulation, linear scaling."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, whole
from solvers.graph.functions.real import ALL, PI
from solvers.graph.note import Note
from solvers.graph.term import Apply, Condition, Term, floor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

COS = next(function for function in ALL if function.name == "cos")
COUNTED = whole(1, 10**9)

schedule = Derivation(
    "schedule",
    "Warm-up, cosine decay and the size of a batch",
    source="Goyal et al., Accurate, large minibatch SGD (2017); Loshchilov and Hutter, SGDR "
    "(2017); torch.optim.lr_scheduler.CosineAnnealingLR",
    notes=(
        Note("A last batch that is not full is left out.", ("epoch_steps",)),
        Note(
            "The rate rises in equal parts from 0 at step 0 to its peak at the end of the warm-up.",
            ("warm_rate",),
        ),
        Note("After the warm-up the rate falls to 0 along half a cosine.", ("late_rate",)),
    ),
)
schedule.input("device_batch", "b", "examples on a device", COUNTED)
schedule.input("devices", "p", "devices", COUNTED)
schedule.input("accumulation", "k", "batches whose gradients are accumulated", COUNTED)
schedule.input("examples", "N", "examples of the training set", whole(1, 10**12))
schedule.input("base_rate", r"\eta_0", "learning rate for the base batch", real("1e-9", "100"))
schedule.input("base_batch", "B_0", "base batch", COUNTED, default=256)
schedule.input("warm_steps", "W", "steps of the warm-up", COUNTED)
schedule.input("steps", "T", "steps in all", COUNTED)
schedule.input("early", "s", "a step of the warm-up", whole(0, 10**9))
schedule.input("late", "t", "a step after it", whole(0, 10**9))


@schedule.requires("the warm-up must end before the training")
def warm_up_ends(warm_steps: Term, steps: Term) -> Condition:
    return warm_steps < steps


@schedule.quantity("B", "effective batch")
def batch(device_batch: Term, devices: Term, accumulation: Term) -> Term:
    return device_batch * devices * accumulation


@schedule.quantity("n", "updates in an epoch")
def epoch_steps(examples: Term, batch: Term) -> Term:
    return floor(examples / batch)


@schedule.quantity(r"\eta", "peak of the learning rate")
def peak(base_rate: Term, batch: Term, base_batch: Term) -> Term:
    return base_rate * (batch / base_batch)


@schedule.quantity(r"\eta_s", "learning rate at a step of the warm-up")
def warm_rate(peak: Term, early: Term, warm_steps: Term) -> Term:
    return peak * (early / warm_steps)


@schedule.quantity(r"\eta_t", "learning rate at a step after the warm-up")
def late_rate(peak: Term, late: Term, warm_steps: Term, steps: Term) -> Term:
    part = (late - warm_steps) / (steps - warm_steps)
    return peak * (1 + Apply(COS, (Apply(PI, ()) * part,))) / 2


schedule.mistake(
    "accumulation_left_out",
    "the accumulated batches were left out",
    share="0.25",
    batch=lambda device_batch, devices: device_batch * devices,
)
schedule.mistake(
    "devices_left_out",
    "the devices were left out",
    share="0.25",
    batch=lambda device_batch, accumulation: device_batch * accumulation,
)
schedule.mistake(
    "rate_not_scaled",
    "the learning rate was not scaled with the batch",
    share="0.25",
    peak=lambda base_rate: base_rate,
)
schedule.mistake(
    "warm_up_not_subtracted",
    "the cosine was begun at step 0; it begins when the warm-up ends",
    share="0.25",
    late_rate=lambda peak, late, steps: (
        peak * (1 + Apply(COS, (Apply(PI, ()) * (late / steps),))) / 2
    ),
)
schedule.mistake(
    "linear_decay",
    "the rate was let fall along a line, not a cosine",
    share="0.25",
    late_rate=lambda peak, late, warm_steps, steps: (
        peak * (1 - (late - warm_steps) / (steps - warm_steps))
    ),
)


@schedule.proof
def by_steps(
    device_batch: int,
    devices: int,
    accumulation: int,
    examples: int,
    base_rate: Fraction,
    base_batch: int,
    warm_steps: int,
    steps: int,
    early: int,
    late: int,
) -> Mapping[str, object]:
    """Count examples in a loop, and halve the cosine by the square of that of half the angle."""
    together = sum(device_batch for _ in range(devices) for _ in range(accumulation))
    top = float(base_rate) / base_batch * together
    half = math.pi / 2 * (late - warm_steps) / (steps - warm_steps)
    return {
        "batch": together,
        "epoch_steps": examples // together,
        "peak": top,
        "warm_rate": top - top * (warm_steps - early) / warm_steps,
        "late_rate": top * math.cos(half) ** 2,
    }
