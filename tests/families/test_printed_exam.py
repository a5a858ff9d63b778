"""The exam with the numbers of the printed one: the key shows the right values."""

from __future__ import annotations

import pytest
import yaml

from examgen.folder.key import AnswerKey
from generator.exams.exam_file import exam_from_text
from generator.exams.find_exam import bundled_exam
from generator.render import key_tex
from generator.variants.assemble import copies, papers

FIXED = {
    "cnn/conv_layer": {"height": 224, "in_channels": 3, "out_channels": 64, "kernel": 7,
                       "stride": 2, "padding": 3},
    "cnn/padding": {"size": 12, "kernel": 3},
    "cnn/linear_vs_conv": {"height": 256, "in_channels": 3, "units": 512, "out_channels": 64,
                           "kernel": 5},
    "resnet/gradient_flow": {"factor": "0.25", "layers": 50},
    "densenet/block": {"in_channels": 64, "growth_rate": 12, "compression": "0.5"},
    "efficiency/binary_network": {"parameters": 10_000_000, "gflops": 50, "bits": 32, "kept": 0,
                                  "speedup_low": 10, "speedup_high": 30},
    "rnn/vanishing": {"steps": 100, "derivative": "0.5", "smaller": "0.3"},
}  # fmt: skip
SHOWN = [
    ("1a.size", r"112 \times 112 \times 64"),
    ("1a.filter", "147"),
    ("1a.parameters", "9{,}472"),
    ("1a.activations", r"3{,}211{,}264\,\mathrm{B}"),
    ("1a.activations", r"3.0625\,\mathrm{MiB}"),
    ("1a.weights", r"37{,}888\,\mathrm{B}"),
    ("1a.total", r"3{,}249{,}152\,\mathrm{B}"),
    ("1b.valid", r"10 \times 10"),
    ("1b.same", "1"),
    ("1c.linear", "100{,}663{,}808"),
    ("1c.conv", "4{,}864"),
    ("1c.factor", "20{,}695.68"),
    ("1c.operations", "3.125"),
    ("2a.derivative", "D + 1"),
    ("2c.magnitude", r"7.889 \times 10^{-31}"),
    ("2c.bounds", "[0.75, 1.25]"),
    ("2c.smallest", r"5.663 \times 10^{-7}"),
    ("3a.connections", r"\frac{L \left(L + 1\right)}{2}"),
    ("3b.inputs", "(64, 76, 88, 100)"),
    ("3b.memory", "1504 H W"),
    ("3b.transition", "6{,}328"),
    ("3b.saving", "8"),
    ("3c.parameters", r"2 n \left(n + 1\right)"),
    ("4a.full", r"40\,\mathrm{MB}"),
    ("4a.binary", r"1.25\,\mathrm{MB}"),
    ("4a.factor", "32"),
    ("4a.speed", "[500, 1{,}500]"),
    ("6b.first", r"1.578 \times 10^{-30}"),
    ("6b.second", r"1.718 \times 10^{-52}"),
    ("7a.formula", r"4 h \left(h + x + 1\right)"),
    ("7c.formula", r"3 h \left(h + x + 1\right)"),
]


@pytest.fixture(scope="module")
def key() -> tuple[dict[str, str], str]:
    content = yaml.safe_load(bundled_exam().read_text("utf-8"))
    for question in content["questions"]:
        question["parts"] = [_fixed(part) for part in question["parts"]]
    folder = bundled_exam().parent.parent / "questions"  # type: ignore[attr-defined]
    exam = exam_from_text(yaml.safe_dump(content), "printed.yaml", [folder])
    (paper,) = papers(exam, "1", copies(1))
    answers = (a for a in paper.key.answers if isinstance(a, AnswerKey))
    return {answer.id: answer.shown for answer in answers}, key_tex(paper)


def _fixed(part: dict[str, object] | str) -> dict[str, object]:
    entry: dict[str, object] = {"use": part} if isinstance(part, str) else part
    fixed = FIXED.get(str(entry["use"]))
    return entry | ({"fix": fixed} if fixed else {})


@pytest.mark.parametrize(("answer", "shown"), SHOWN)
def test_the_key_shows_the_right_value(
    answer: str, shown: str, key: tuple[dict[str, str], str]
) -> None:
    answers, tex = key
    assert shown in answers[answer]
    assert answers[answer] in tex
