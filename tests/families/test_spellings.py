"""Answers of the bank in the spellings of students, each by its question, with its verdict.

The right ones are what textbooks and papers write (He et al. 2016, Srivastava et al. 2015, Gers et
al. 2000, Olah 2015); the wrong ones are slips that no spelling may cover.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey
from generator.exams.exam_file import exam_from_text
from generator.variants.assemble import copies, papers
from grader.scoring.rules import judge_text

RIGHT = {
    "resnet/residual_learning.residual": [
        "H(x) - x",
        "F(x) = H(x) - x",
        "-x + H(x)",
        r"\mathcal{F}(x) = H(x) - x",
        "H - x",
    ],
    "resnet/residual_learning.derivative": [
        "F'(x) + 1",
        "1 + F'",
        "dF/dx + 1",
        "1 + dF(x)/dx",
        "D(x) + 1",
        r"\frac{dF}{dx} + 1",
        r"\frac{\partial F}{\partial x} + 1",
        "∂F/∂x + 1",
        "y' = 1 + F'(x)",
        "dy/dx = F'(x)+1",
    ],
    "resnet/gradient_flow.chain": [
        "(1+A)(1+B)(1+C)",
        "(F_1'+1)(F_2'+1)(F_3'+1)",
        "(F'_1(x)+1)(F'_2(x)+1)(F'_3(x)+1)",
    ],
    "highway/gates.carry": [
        "1 - T(x)",
        "1 - T(x, W_T)",
        "C = 1 - T",
        "1 - sigma(W_T x + b_T)",
        "C(x) = 1 - T(x)",
        r"1 - \sigma(W_T x + b_T)",
        "1-sigmoid(W_T*x+b_T)",
    ],
    "highway/gates.output": [
        "H T + C x",
        "H(x) T(x) + x (1 - T(x))",
        "y = H(x)*T(x) + x*C",
        "T*H + (1-T)*x",
        "H(x)·T(x) + x·(1−T(x))",
        "H(1-C) + xC",
        "H(x)T(x)+x(1-T(x))",
        "H(x)T(x)+xC(x)",
        r"H(x) \odot T(x) + x \odot (1 - T(x))",
    ],
    "densenet/comparison.channels": [
        "k0+(L-1)k",
        "k_0 + (l-1)k",
        r"k_0 + k(\ell - 1)",
        "k0 + k(ℓ-1)",
        "K_0 + k*(l-1)",
        "k₀ + k(l−1)",
    ],
    "densenet/parameters.formula": [
        "9k(Lk_0 + kL(L-1)/2)",
        "9kL(k_0 + k(L-1)/2)",
        "9kLk_0 + 9k^2L(L-1)/2",
    ],
    "cnn/depthwise_separable.ratio": [
        "1/N + 1/D_K^2",
        "1/C_out + 1/K^2",
        "1/N + 1/K²",
    ],
    "cnn/strided_padding.formula": [
        "(K-1)/2",
        "floor(K/2)",
        "(k-1)/2",
        "p = (K-1)/2",
        "⌊K/2⌋",
        r"\lfloor K/2 \rfloor",
        "(K-1)/2 pixels",
    ],
    "rnn/bptt.step": [
        "w(1-h_t^2)",
        "w(1 - h_t²)",
        "w*(1-h(t)^2)",
        "(1-h_{t}^2)w",
        "w(1-tanh^2(w h_{t-1}+u x_t))",
    ],
    "rnn/lstm_equations.forget": [
        "f_t = sigma(W_f [h_{t-1}, x_t] + b_f)",
        "sigma(W_f·[h_t-1, x_t] + b_f)",
        r"\sigma(W_f \cdot [h_{t-1}, x_t] + b_f)",
        "sigmoid(Wf[h(t-1), x(t)] + bf)",
        "sigma(W_f [x, h] + b_f)",
        "sigma(W_f x_t + U_f h_{t-1} + b_f)",
        "sigma(W_xf x + W_hf h + b_f)",
        "sigma(W_f [h_prev, x] + b_f)",
    ],
    "rnn/lstm_equations.candidate": [
        "tanh(W_c [h_{t-1}, x_t] + b_c)",
        r"\tilde{C}_t = \tanh(W_C [h_{t-1}, x_t] + b_C)",
        "tanh(Wc[h,x]+bc)",
        "tanh(W_g [h, x] + b_g)",
    ],
    "rnn/lstm_equations.cell": [
        "f_t C_{t-1} + i_t G_t",
        r"f_t \odot C_{t-1} + i_t \odot \tilde{C}_t",
        "C_t = f_t*C_t-1 + i_t*G",
        r"f C + i \tilde{C}",
        "f*c_{t-1} + i*g",
        "N = f*C + i*G",
        "f_t ⊙ c_{t-1} + i_t ⊙ g_t",
        "f*C_old + i*G",
        r"f_{t}C_{t-1}+i_{t}\tilde{C}_{t}",
        r"\tilde C_t i_t + f_t C_{t-1}",
        "f C + i C~",
    ],
    "rnn/lstm_equations.hidden": [
        "o_t tanh(C_t)",
        "h_t = o_t * tanh(C_t)",
        r"o_t \odot \tanh(C_t)",
        "o*tanh(c_t)",
        "o tanh(C_new)",
    ],
    "rnn/lstm_equations.formula": ["4n_h(n_h + n_x + 1)", "4h(h+x+1) parameters"],
    "rnn/lstm_gradient.step": [
        "f_t",
        "f",
        "diag(f_t)",
        "diag(f)",
        r"\mathrm{diag}(f_t)",
        "f(t)",
        "dC_t/dC_{t-1} = f_t",
        "ft",
    ],
    "rnn/parameters.formula": ["n_h n_x + n_h^2 + n_h n_y + n_h + n_y", "h(x+h+1)+y(h+1)"],
}

NOT_RIGHT = {
    "resnet/residual_learning.residual": ["H(x) + x", "x - H(x)", "H(x)"],
    "resnet/residual_learning.derivative": ["F'(x)", "dF/dx", "F'(x) - 1", "F'(x)*x"],
    "highway/gates.carry": ["T(x)", "sigma(W_T x + b_T)", "1 + T(x)"],
    "highway/gates.output": [
        "H C + T x",
        "H(x) T(x) + x",
        "H(x)(1-T(x)) + x T(x)",
        "H(x)'T(x) + x(1-T(x))",
    ],
    "densenet/comparison.channels": ["k_0 + l k", "k_0 + (l+1) k"],
    "cnn/depthwise_separable.ratio": ["1/M + 1/K^2", "1/C_out + 1/D_K"],
    "cnn/strided_padding.formula": ["k - 1", "k/2", "ceil(K/2)"],
    "rnn/bptt.step": ["w(1-h_t)", "1-h_t^2", "w(1-h_{t-1}^2)"],
    "rnn/lstm_equations.forget": ["sigma(W_i [h_{t-1}, x_t] + b_i)", "tanh(W_f [h, x] + b_f)"],
    "rnn/lstm_equations.candidate": ["sigma(W_c [h_{t-1}, x_t] + b_c)", "tanh(W_f[h, x] + b_f)"],
    "rnn/lstm_equations.cell": ["f_t C_{t-1} + i_t", "i_t C_{t-1} + f_t G_t", "f_t + i_t"],
    "rnn/lstm_equations.hidden": ["tanh(C_t)", "o_t C_t", "i_t tanh(C_t)"],
    "rnn/lstm_gradient.step": ["1 - f_t", "f_t^2", "1"],
}

NOUNS = {
    "cnn/conv_layer.parameters": ["{} parameters", "{} weights and biases", "{} params"],
    "cnn/depthwise_separable.operations": ["{} MACs", "{} multiply-accumulate operations"],
    "cnn/dilated.padding": ["{} zeros on each side", "{} px", "{} pixels per side"],
    "cnn/linear_vs_conv.factor": ["{} times", "{}x", "{} times fewer parameters"],
    "cnn/receptive_field.last": ["{} pixels", "{} px"],
    "densenet/network.depth": ["{} layers"],
    "efficiency/operations.conv": ["{} FLOPs", "{} operations", "{} floating-point operations"],
    "efficiency/quantization.levels": ["{} levels", "{} different values"],
    "resnet/basic_block.norm": ["{} parameters"],
    "resnet/shortcut_product.paths": ["{} paths"],
    "rnn/lstm_variants.peephole": ["{} extra weights", "{} peephole weights"],
}


def _rows(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(where, text) for where, texts in table.items() for text in texts]


@cache
def _key(where: str) -> AnswerKey:
    question, _, name = where.partition(".")
    text = f"course: c\ntitle: t\nquestions: [{{title: q, parts: [{question}]}}]\n"
    exam = exam_from_text(text, "x.yaml", [Path("templates/questions")])
    answers = next(iter(papers(exam, "1", copies(1)))).key.answers
    found = {a.id.partition(".")[2]: a for a in answers}[name]
    assert isinstance(found, AnswerKey)
    return found


@pytest.mark.parametrize(("where", "text"), _rows(RIGHT))
def test_other_spellings_are_right(where: str, text: str) -> None:
    key = _key(where)
    assert judge_text(key, key.expected, text).verdict is Verdict.CORRECT


@pytest.mark.parametrize(("where", "text"), _rows(NOT_RIGHT))
def test_no_spelling_covers_a_slip(where: str, text: str) -> None:
    key = _key(where)
    assert judge_text(key, key.expected, text).verdict is not Verdict.CORRECT


@pytest.mark.parametrize(("where", "text"), _rows(NOUNS))
def test_a_value_may_stand_beside_its_noun(where: str, text: str) -> None:
    key = _key(where)
    assert judge_text(key, key.expected, text.format(key.expected)).verdict is Verdict.CORRECT
