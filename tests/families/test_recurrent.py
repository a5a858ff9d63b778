r"""Questions on recurrent networks: what students write, and what it earns of an answer's marks.

`right` is full marks, `half` and `quarter` are mistakes with a name, `named` is one that earns
nothing, `wrong` is nothing, `waits` is a person's.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey, PaperKey, RubricKey
from generator.exams.exam_file import exam_from_text
from generator.variants.assemble import copies, papers
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from grader.scoring.marked import MarkedAnswer
from tests.bundled import first_keys

BANK = Path("templates/questions")
SEED = {"types": "[1, 2, 4, 3]", "pick_1": "0", "pick_2": "0", "pick_3": "0", "pick_4": "0"}
OTHER = {"types": "[4, 0, 2, 1]", "pick_1": "3", "pick_2": "1", "pick_3": "2", "pick_4": "3"}
SIZES = {"first": "1", "input_size": "10", "hidden_size": "20", "output_size": "6"}
THREE = {"steps": "3", "step": "3", "seen": "2", **SIZES}
FOUR = {"steps": "4", "step": "2", "seen": "3", **SIZES}
DEEP = {
    "steps": "100", "derivative": "0.5", "smaller": "0.3", "weight": "1.5", "slope": "0.4",
    "one": "[2, 0.5]", "other": "[3, 0.4]", "at": "3", "short": "3",
}  # fmt: skip
BOUNDED = {
    "precision": "0", "region": "0", "kinds": "[0, 1, 2]", "pick_1": "0", "pick_2": "0",
    "pick_3": "0", "limit": "3",
}  # fmt: skip
FREE = BOUNDED | {"precision": "1", "region": "1", "limit": "0"}
GROWS = {"weight": "2", "steps": "8", "initial": "0.5", "arguments": "[-0.5, 2, 3]", "saying": "0"}
CLIPPED = {"gradient": "[-3, 4]", "threshold": "4", "kinds": "[0, 1]", "pick_1": "0", "pick_2": "0"}

ROWS = [
    # The pattern of a task, in the notations that have a name.
    ("rnn/classify", SEED, "pattern_1", "right",
     ["one-many", "1:n", "1-N", "One to Many RNN", "1 to many", "1 → many", "one-to-sequence",
      "vector-to-sequence", "1-to-n architecture", "one2many", "1:M", "One-to-Many.", "b"]),
    ("rnn/classify", SEED, "pattern_1", "not right", ["n:1", "1:1", "seq2seq", "many"]),
    ("rnn/classify", SEED, "pattern_2", "right",
     ["N-to-1", "sequence to one", "many to 1", "n:1", "seq2one", "Many-to-One network",
      "sequence-to-vector"]),
    ("rnn/classify", SEED, "pattern_2", "not right", ["1:n", "one to many or many to one"]),
    ("rnn/classify", SEED, "pattern_3", "right",
     ["seq2seq", "n:m", "N-to-N", "sequence-to-sequence model", "Many to Many", "m-to-n",
      "many:many"]),
    ("rnn/classify", SEED, "pattern_3", "not right", ["sequence to one", "1:n"]),
    ("rnn/classify", SEED, "architecture_1", "right",
     ["decoder only", "Decoder-only", "decoder", "CNN + RNN decoder", "RNN decoder"]),
    ("rnn/classify", SEED, "architecture_1", "wrong", ["last state"]),
    ("rnn/classify", SEED, "architecture_1", "half", ["encoder-decoder", "seq2seq"]),
    ("rnn/classify", SEED, "architecture_2", "right",
     ["last state", "Last hidden state", "final state", "last step", "the last state", "(c)"]),
    ("rnn/classify", SEED, "architecture_3", "right",
     ["encoder-decoder", "Encoder–Decoder", "seq2seq", "encoder and decoder",
      "sequence-to-sequence", "encoder-decoder RNN", "encoder decoder"]),
    ("rnn/classify", SEED, "architecture_3", "wrong", ["decoder only", "decoder"]),
    ("rnn/classify", SEED, "architecture_3", "named", ["every step", "per step"]),
    ("rnn/classify", SEED, "architecture_4", "right",
     ["every step", "each step", "per step", "every time step", "synchronous", "streaming"]),
    ("rnn/classify", SEED, "architecture_4", "wrong", ["last step"]),
    ("rnn/classify", SEED, "architecture_4", "named", ["encoder-decoder"]),
    ("rnn/classify", SEED, "pattern_1", "named", ["many-to-one", "many-to-many"]),
    ("rnn/classify", OTHER, "pattern_1", "right", ["many-to-many", "n:m"]),
    ("rnn/classify", OTHER, "pattern_2", "right", ["one-to-one", "1:1"]),
    ("rnn/classify", OTHER, "pattern_4", "right", ["one-to-many"]),
    ("rnn/classify", OTHER, "pattern_3", "right", ["many-to-one"]),
    ("rnn/classify", OTHER, "architecture_2", "right",
     ["no recurrence", "feedforward", "CNN", "none", "no RNN", "MLP"]),
    # Unfolded states and outputs.
    ("rnn/unfolding", THREE, "h1", "right",
     ["tanh(W_hx x_1 + W_hh h_0 + b_h)", "tanh(W_hx x_1 + b_h)",
      "tanh(W_xh x_1 + W_hh h_0 + b_h)", "tanh(W_{xh}x_1+W_{hh}h_0+b_h)",
      r"h_1 = \tanh(W_{hx}x_1 + W_{hh}h_0 + b_h)"]),
    ("rnn/unfolding", THREE, "h1", "half", ["tanh(W_hx x_1 + W_hh h_0)"]),
    ("rnn/unfolding", THREE, "h1", "quarter",
     ["W_hx x_1 + W_hh h_0 + b_h", "tanh(W_hh x_1 + W_hx h_0 + b_h)"]),
    ("rnn/unfolding", THREE, "state", "right",
     ["tanh(Whx x3 + Whh h2 + bh)", "tanh(W_hx x_3 + W_hh tanh(W_hx x_2 + W_hh h_1 + b_h) + b_h)",
      "h_3 = tanh(W_hx*x_3 + W_hh*h_2 + b_h)", "tanh(W_xh x_3 + W_hh h_2 + b_h)",
      "tanh(W_hx x_3 + W_hh tanh(W_hx x_2 + W_hh tanh(W_hx x_1 + W_hh h_0 + b_h) + b_h) + b_h)"]),
    ("rnn/unfolding", THREE, "state", "quarter",
     ["tanh(W_hx x_3 + b_h)", "tanh(W_hx x_3 + W_hh h_3 + b_h)",
      "tanh(W_hx x_2 + W_hh h_2 + b_h)", "W_hx x_3 + W_hh h_2 + b_h"]),
    ("rnn/unfolding", THREE, "output", "right",
     ["W_hy h_3 + b_y", "Why h3 + by", "y_3 = W_{hy}h_3 + b_y",
      "W_hy tanh(W_hx x_3 + W_hh h_2 + b_h) + b_y", "W_yh h_3 + b_y"]),
    ("rnn/unfolding", THREE, "output", "quarter", ["W_hy h_2 + b_y", "tanh(W_hy h_3 + b_y)"]),
    ("rnn/unfolding", THREE, "output", "half", ["W_hy h_3"]),
    ("rnn/unfolding", FOUR, "state", "right",
     ["tanh(W_hx x_2 + W_hh h_1 + b_h)",
      "tanh(W_hx x_2 + W_hh tanh(W_hx x_1 + W_hh h_0 + b_h) + b_h)",
      "tanh(W_hx x_2 + W_hh tanh(W_hx x_1 + b_h) + b_h)"]),
    ("rnn/unfolding", FOUR, "output", "right", ["W_hy h_2 + b_y"]),
    ("rnn/unfolding", THREE, "inputs", "right",
     ["x_1, x_2", "x1, x2", "{x_1, x_2}", "x_2, x_1", "x_1 and x_2", "1, 2", "x₁, x₂",
      r"\{x_1, x_2\}", "x_1 x_2",
      "h_0, x_1, x_2", "x_1 - x_2"]),
    ("rnn/unfolding", THREE, "inputs", "named", ["x_2", "x_1, x_2, x_3"]),
    ("rnn/unfolding", THREE, "inputs", "half", ["x_1"]),
    ("rnn/unfolding", THREE, "inputs", "not right", ["x_2, x_3", "x_3", "h_1", "3"]),
    ("rnn/unfolding", FOUR, "inputs", "right",
     ["x_1, x_2, x_3", "x1, x2 and x3", "{1, 2, 3}"]),
    ("rnn/unfolding", FOUR, "inputs", "waits or right",
     ["x_1 to x_3", "x_1, ..., x_3", "x_1-x_3", "inputs x_1, x_2 and x_3"]),
    ("rnn/unfolding", FOUR, "inputs", "named", ["x_1, x_2, x_3, x_4", "x_3"]),
    ("rnn/unfolding", THREE, "matrices", "right", ["3", "three", "3 matrices"]),
    ("rnn/unfolding", THREE, "matrices", "quarter", ["9", "2"]),
    # 200 + 400 + 120 + 20 + 6
    ("rnn/unfolding", THREE, "parameters", "right", ["746", "746 parameters", "200+400+120+26"]),
    ("rnn/unfolding", THREE, "parameters", "quarter", ["2238", "346", "620"]),
    ("rnn/unfolding", THREE, "parameters", "half", ["720", "740"]),
    ("rnn/unfolding", FOUR, "parameters", "right", ["746"]),
    ("rnn/unfolding", THREE, "path", "right", ["2", "2 times", "two", "3-1"]),
    ("rnn/unfolding", THREE, "path", "half", ["3"]),
    ("rnn/unfolding", FOUR, "path", "right", ["3"]),
    # Theory.
    ("rnn/turing", BOUNDED, "finite", "right", ["not true", "It is false", "False statement", "F"]),
    ("rnn/turing", BOUNDED, "finite", "named", ["it is true", "correct statement"]),
    ("rnn/turing", BOUNDED, "mlp", "right", ["true", "True", "yes"]),
    ("rnn/turing", FREE, "finite", "right", ["true", "T"]),
    ("rnn/turing", FREE, "mlp", "right", ["false", "F"]),
    ("rnn/turing", BOUNDED, "property_1", "right", ["RNN", "rnn", "recurrent network", "RNNs"]),
    ("rnn/turing", BOUNDED, "property_1", "wrong", ["MLP", "both", "RNN and MLP"]),
    ("rnn/turing", BOUNDED, "property_2", "right", ["MLP", "the MLP", "multilayer perceptron"]),
    ("rnn/turing", BOUNDED, "property_3", "right", ["both", "both of them", "RNN and MLP"]),
    ("rnn/turing", BOUNDED, "property_3", "wrong", ["RNN"]),
    ("rnn/turing", BOUNDED, "limit", "right", ["practice", "in practice", "Practice."]),
    ("rnn/turing", FREE, "limit", "right", ["proof", "the proof", "theory"]),
    ("rnn/turing", FREE, "limit", "wrong", ["practice"]),
    # Activations.
    ("rnn/activation", GROWS, "derivative", "half", ["1-x^2"]),
    ("rnn/activation", GROWS, "derivative", "quarter", ["tanh(x)^2", "1 - tanh(x)"]),
    ("rnn/activation", GROWS, "slopes", "half", ["[0, 1]", "(0, 1)"]),
    ("rnn/activation", GROWS, "relu", "right",
     ["0, 1, 1", "(0, 1, 1)", "[0,1,1]", "0; 1; 1", "0 1 1"]),
    ("rnn/activation", GROWS, "relu", "quarter", ["0, 2, 3", "1, 0, 0"]),
    ("rnn/activation", GROWS, "relu", "wrong", ["1, 1, 1", "0, 0, 0"]),
    ("rnn/activation", GROWS, "growth", "right",
     ["w^t h_0", "h_0 w^t", "h0*w^t", "h_t = w^t*h_0", r"w^{t} h_{0}", "w**t*h_0", "W^t h_0",
      "h_0 * w ^ t", r"w^t \cdot h_0", "w_hh^t h_0", "exp(t ln w) h_0"]),
    ("rnn/activation", GROWS, "growth", "half", ["w^(t-1) h_0", "w^{t+1} h_0"]),
    ("rnn/activation", GROWS, "growth", "quarter", ["(w h_0)^t", "w^t"]),
    ("rnn/activation", GROWS, "growth", "named", ["w t h_0"]),
    # 256/2
    ("rnn/activation", GROWS, "grown", "right", ["128", "2^8*0.5", "128.0", "1.28e2"]),
    ("rnn/activation", GROWS, "grown", "half", ["64", "256"]),
    ("rnn/activation", GROWS, "grown", "named", ["8"]),
    ("rnn/activation", GROWS, "dead", "right", ["true", "yes", "T"]),
    ("rnn/activation", GROWS | {"saying": "1"}, "dead", "right", ["false"]),
    ("rnn/activation", GROWS | {"saying": "4"}, "dead", "right", ["true"]),
    # Gradients: 0.5^99, 0.3^99; 0.6^27 = 1.02e-6, 0.6^28 = 6.1e-7.
    ("rnn/vanishing", DEEP, "layers", "right", ["100", "100 layers", "100 steps"]),
    ("rnn/vanishing", DEEP, "layers", "half", ["99", "101"]),
    ("rnn/vanishing", DEEP, "factors", "half", ["100"]),
    ("rnn/vanishing", DEEP, "first", "right", ["1.58e-30", "0.5^99", "1.58*10^-30"]),
    ("rnn/vanishing", DEEP, "first", "half", ["7.89e-31"]),
    ("rnn/vanishing", DEEP, "formula", "right",
     ["(w tanh')^n", "(w*d)^N", "w^n d^n", r"(w \tanh')^n", "(wd)^n"]),
    ("rnn/vanishing", DEEP, "formula", "quarter", ["w d^n", "w^n d", "d^n", "w^n"]),
    ("rnn/vanishing", DEEP, "formula", "named", ["n w d"]),
    ("rnn/vanishing", DEEP, "horizon", "right", ["28", "n = 28", "28 factors", "28 steps"]),
    ("rnn/vanishing", DEEP, "horizon", "half", ["27", "29"]),
    ("rnn/vanishing", DEEP, "horizon", "quarter", ["16"]),
    ("rnn/vanishing", DEEP, "horizon", "wrong", ["30", "6"]),
    ("rnn/vanishing", DEEP, "regime_1", "right", ["stays the same", "Stays the same."]),
    ("rnn/vanishing", DEEP, "regime_2", "right", ["explodes", "(c) explodes"]),
    ("rnn/vanishing", DEEP, "regime_2", "named", ["vanishes"]),
    ("rnn/vanishing", DEEP, "recursion", "right",
     ["d*(h_2 + w*p_2)", "d h_2 + d w p_2", "p_3 = d(h_2 + w p_2)", "tanh'(h_2 + w p_2)",
      "d (w p_2 + h_2)", "d_3 (h_2 + w p_2)", "d*h2 + d*w*p2"]),
    ("rnn/vanishing", DEEP, "recursion", "quarter",
     ["d h_2", "d w p_2", "h_2 + w p_2", "d h_2 + w p_2", "d(h_2 + p_2)"]),
    ("rnn/vanishing", DEEP, "recursion", "wrong", ["d(h_3 + w p_2)", "d w h_2"]),
    ("rnn/vanishing", DEEP, "sum", "right",
     ["g_1 p_1 + g_2 p_2 + g_3 p_3", "g1 p1 + g2 p2 + g3 p3", "g_3*p_3 + g_2*p_2 + g_1*p_1",
      r"\frac{dL}{dw} = g_1p_1+g_2p_2+g_3p_3"]),
    ("rnn/vanishing", DEEP, "sum", "waits or right", [r"\sum_{t=1}^{3} g_t p_t", "sum of g_t p_t"]),
    ("rnn/vanishing", DEEP, "sum", "quarter", ["g_3 p_3", "g_1 + g_2 + g_3"]),
    ("rnn/vanishing", DEEP, "sum", "not right", ["g_1 p_1 + g_2 p_2", "p_1 + p_2 + p_3"]),
    ("rnn/vanishing", DEEP | {"short": "4", "at": "2"}, "sum", "right",
     ["g_1 p_1 + g_2 p_2 + g_3 p_3 + g_4 p_4"]),
    ("rnn/vanishing", DEEP | {"short": "4", "at": "2"}, "recursion", "right", ["d(h_1 + w p_1)"]),
    # Clipping.
    ("rnn/clipping", CLIPPED, "formula", "right",
     ["tau*g/n", "tau g / n", r"\frac{\tau}{n} g", r"\tau g/\lVert g \rVert", "g*tau/|g|",
      "τ·g/n", "g tau/||g||", "(tau/n)*g", "min(1, tau/n)*g", "threshold*g/norm",
      r"\frac{\tau g}{\|g\|}"]),
    ("rnn/clipping", CLIPPED, "formula", "quarter", ["n g/tau", "tau", "g/n", "tau*g"]),
    ("rnn/clipping", CLIPPED, "remedy_1", "right",
     ["clipping", "clip", "gradient clipping", "Clipping."]),
    ("rnn/clipping", CLIPPED, "remedy_1", "wrong", ["neither"]),
    ("rnn/clipping", CLIPPED, "remedy_1", "named", ["LSTM"]),
    ("rnn/clipping", CLIPPED, "remedy_2", "right",
     ["gated cells or a penalty", "LSTM", "gated cells", "penalty", "GRU", "LSTM/GRU"]),
    ("rnn/clipping", CLIPPED, "remedy_2", "wrong", ["none"]),
    ("rnn/clipping", CLIPPED, "remedy_2", "named", ["clipping"]),
    ("rnn/clipping", CLIPPED | {"kinds": "[2, 1]"}, "remedy_1", "right", ["neither", "none"]),
]  # fmt: skip
EARNED = {
    "right": Fraction(1),
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "named": Fraction(0),
    "wrong": Fraction(0),
}


@cache
def _key(question: str, given: str) -> PaperKey:
    part = f"{{use: {question}, fix: {given}}}"
    text = f"course: c\ntitle: t\nquestions: [{{title: q, parts: [{part}]}}]\n"
    return next(iter(papers(exam_from_text(text, "x.yaml", [BANK]), "1", copies(1)))).key


def _marked(question: str, given: dict[str, str], answer: str, text: str) -> MarkedAnswer:
    key = _key(question, json.dumps(given))
    marked = mark_paper(key, Submission("001", "001", {f"1a.{answer}": text})).answers
    return next(one for one in marked if one.id == f"1a.{answer}")


def _verdict(found: MarkedAnswer) -> str:
    """Return how an answer was marked, in the words of the rows."""
    if found.marks is None:
        return "waits"
    if found.verdict is Verdict.MISTAKE and not found.marks:
        return "named"
    share = found.marks / found.out_of
    return next(name for name, worth in EARNED.items() if worth == share and name != "named")


CASES = [
    (question, given, answer, wanted, text)
    for question, given, answer, wanted, texts in ROWS
    for text in texts
]
IDS = [f"{question[4:]}.{answer}: {text}" for question, _, answer, _, text in CASES]


@pytest.mark.parametrize(("question", "given", "answer", "wanted", "text"), CASES, ids=IDS)
def test_what_students_write_earns_its_marks(
    question: str, given: dict[str, str], answer: str, wanted: str, text: str
) -> None:
    found = _marked(question, given, answer, text)
    verdict = _verdict(found)
    if wanted == "not right":
        assert verdict != "right", found.why
    elif wanted == "waits or right":
        assert verdict in {"waits", "right"}, found.why
    else:
        assert verdict == wanted or (wanted == "wrong" and verdict == "waits"), found.why


@pytest.fixture(scope="module")
def keys() -> list[PaperKey]:
    return first_keys(30)


def _part(key: PaperKey, part: str) -> tuple[AnswerKey | RubricKey, ...]:
    return next(one.answers for one in key.parts if one.id == part)


@pytest.mark.parametrize("part", ["5a", "5b", "5c", "6a", "6b", "6c"])
def test_papers_differ(keys: list[PaperKey], part: str) -> None:
    seen = {tuple(a.expected for a in _part(key, part) if isinstance(a, AnswerKey)) for key in keys}
    assert len(seen) >= 10


def test_people_mark_little(keys: list[PaperKey]) -> None:
    parts = {n: [a for p in keys[0].parts if p.id[0] == n for a in p.answers] for n in "56"}
    people = {
        n: sum(a.marks for a in found if isinstance(a, RubricKey)) for n, found in parts.items()
    }
    assert people == {"5": 6, "6": 5}
    assert {n: sum(a.marks for a in found) for n, found in parts.items()} == {"5": 28, "6": 25}


def test_most_marks_are_of_the_papers_own(keys: list[PaperKey]) -> None:
    """Marks for answers whose key is not the same on all papers: 60 % of 53."""
    expected: dict[str, set[str]] = {}
    for key in keys:
        for answer in key.answers:
            if isinstance(answer, AnswerKey) and answer.id[0] in "56":
                expected.setdefault(answer.id, set()).add(answer.expected)
    marks = {answer.id: answer.marks for answer in keys[0].answers}
    own = sum(marks[name] for name, texts in expected.items() if len(texts) > 1)
    assert own >= Fraction(60, 100) * 53
