"""Keys of a small exam, built by hand: a convolution, own formulas, literal kinds, a rubric."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.expected import expected_text, shown_latex
from examgen.folder.key import (
    SCHEMA,
    AnswerKey,
    Criterion,
    FormulaKey,
    MistakeKey,
    Model,
    PaperKey,
    PartKey,
    RubricKey,
)
from examgen.folder.model import solution_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from solvers.graph.solution import Solution

CONV = (
    AnswerKey(
        "1a.size",
        "output dimensions (height x width x channels)",
        Fraction(4),
        "shape",
        "",
        reads=("out_height", "out_width", "out_channels"),
    ),
    AnswerKey(
        "1a.parameters", "number of parameters", Fraction(4), "integer", "", reads=("parameters",)
    ),
    AnswerKey(
        "1a.activations",
        "memory of the activations",
        Fraction(2),
        "quantity",
        "",
        {"rel": "0.01%"},
        unit="B",
        reads=("activation_bytes",),
        follows=("1a.size",),
    ),
    AnswerKey(
        "1a.weights",
        "memory of the parameters",
        Fraction(2),
        "quantity",
        "",
        {"rel": "0.01%"},
        unit="B",
        reads=("parameter_bytes",),
        follows=("1a.parameters",),
        carry_share=Fraction(1, 2),
    ),
)
OWN = (
    AnswerKey("1b.area", "area", Fraction(2), "integer", "", reads=("area",)),
    AnswerKey("1b.cost", "cost", Fraction(3), "number", "", reads=("cost",), follows=("1b.area",)),
)
_SIGN = MistakeKey("sign", "the sign of the square was lost", Fraction(1, 2), "1 + tanh(x)^2")
LITERAL = (
    AnswerKey(
        "2a.derivative",
        "derivative of tanh",
        Fraction(3),
        "expression",
        "1 - tanh(x)^2",
        {"variables": ["x"]},
        shown=r"1 - \tanh^2 x",
        mistakes=(_SIGN,),
    ),
    AnswerKey("2a.layers", "layers with skip connections", Fraction(2), "set", "{2, 4, 6}"),
    AnswerKey("2a.channels", "channels per layer", Fraction(2), "list", "(64, 96, 128)"),
    AnswerKey(
        "2a.state",
        "the new cell state",
        Fraction(2),
        "equation",
        "c = f*d + i*g",
        {"variables": ["c", "f", "d", "i", "g"]},
    ),
    AnswerKey(
        "2a.gate",
        "the gate that forgets",
        Fraction(1),
        "choice",
        "forget gate",
        choices=("input gate", "forget gate", "output gate"),
    ),
    AnswerKey("2a.name", "name of the effect", Fraction(1), "text", "vanishing gradient"),
)
RUBRIC = RubricKey(
    "2b.why",
    "why it happens",
    Fraction(3),
    (
        Criterion("names the product of derivatives", Fraction(2)),
        Criterion("says that it shrinks", Fraction(1)),
    ),
)


def conv_model(height: int, out_channels: int, kernel: int, stride: int) -> Model:
    """A convolution of the sample question."""
    inputs = {"height": height, "in_channels": 3, "out_channels": out_channels, "kernel": kernel}
    inputs |= {"stride": stride, "padding": kernel // 2}
    return Model("conv2d", {name: str(value) for name, value in inputs.items()})


def own_model(side: int) -> Model:
    """A question with formulas of its own."""
    values = (FormulaKey("area", "side**2"), FormulaKey("cost", "area * price + 1/2"))
    return Model(None, {"side": str(side), "price": "2.5"}, values=values)


def filled(answer: AnswerKey, solution: Solution) -> AnswerKey:
    """The answer with the expected text and the mistakes that the model's values give."""
    mistakes = []
    for mistake in solution.derivation.mistakes.values():
        text = expected_text(answer, solution.mistaken(mistake))
        if text != expected_text(answer, solution):
            mistakes.append(MistakeKey(mistake.name, mistake.says, mistake.share, text))
    return replace(
        answer,
        expected=expected_text(answer, solution),
        shown=shown_latex(answer, solution),
        mistakes=tuple(mistakes),
    )


def part(name: str, model: Model, answers: tuple[AnswerKey, ...]) -> PartKey:
    """A part whose answers come from a model."""
    solution = solution_of(model)
    return PartKey(name, "test", "Test", model, tuple(filled(a, solution) for a in answers))


def paper(
    number: int = 1,
    student: str = "",
    name: str = "",
    *,
    conv: tuple[int, int, int, int] = (224, 64, 7, 2),
) -> PaperKey:
    """One paper; number 1 has the first layer of ResNet: 112x112x64, 9472 parameters."""
    parts = (
        part("1a", conv_model(*conv), CONV),
        part("1b", own_model(10 + number), OWN),
        PartKey("2a", "test", "Test", Model(), LITERAL),
        PartKey("2b", "test", "Test", Model(), (RUBRIC,)),
    )
    own = f"p{number:03d}"
    return PaperKey(SCHEMA, own, student or own, name, parts)


def class_of(count: int) -> tuple[PaperKey, ...]:
    """Papers for a class, with numbers that differ."""
    heights, channels, kernels, strides = (
        (64, 96, 128, 224, 256),
        (16, 32, 48, 64),
        (3, 5, 7),
        (2, 3),
    )
    return tuple(
        paper(
            i,
            f"s{i:04d}",
            f"Student {i}",
            conv=(
                heights[i % 5],
                channels[i // 5 % 4],
                kernels[i // 20 % 3],
                strides[i // 60 % 2],
            ),
        )
        for i in range(1, count + 1)
    )


def write_exam(folder: Path, keys: Iterable[PaperKey]) -> Path:
    """An exam folder with a key."""
    folder.mkdir(exist_ok=True)
    (folder / "key.jsonl").write_text("".join(key.to_json() + "\n" for key in keys))
    return folder


def hand_in(path: Path, rows: Mapping[str, Mapping[str, str]]) -> Path:
    """A table of what students hand in: answers by the student's id."""
    ids = list(dict.fromkeys(name for answers in rows.values() for name in answers))
    cells = ([student, *(a.get(name, "") for name in ids)] for student, a in rows.items())
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["student", *ids], *cells])
    return path
