r"""Values beside other things in formulas: what is printed is what the key computes.

Expected texts are written by hand, from the usual order of operations.
"""

from __future__ import annotations

import pytest

from examgen.folder.key import Model
from examgen.folder.model import solution_of
from examgen.ground.html.latex_to_html import Prose
from generator.pdf.pdflatex import engine, typeset
from generator.render.latex import BEGIN, END, Setup, preamble
from generator.texts.template import fill_template, named_values

INPUTS = {
    "a": "14", "b": "-7", "c": "5", "d": "-0.5", "s": "9.11e-31", "m": "-9.11e-31", "q": "1/3",
    "r": "-1/3", "v": "[1, -2]", "z": "0", "big": "1234567",
}  # fmt: skip

CHANGED = [
    (r"$\V{b}^2$", "$(-7)^2$"),
    (r"$\V{b} ^{2}$", "$(-7) ^{2}$"),
    (r"$\V{b}^\V{c}$", "$(-7)^{5}$"),
    (r"$\V{a}^\V{b}$", "$14^{-7}$"),
    (r"$x_\V{b}$", "$x_{-7}$"),
    (r"$x_\V{a}^\V{a}$", "$x_{14}^{14}$"),
    (r"$\V{a}\V{c}$", "$14(5)$"),
    (r"$\V{a} \V{b}$", "$14 (-7)$"),
    (r"$\V{a}5$", "$(14)5$"),
    (r"$5\V{a}$", "$5(14)$"),
    (r"$14+\V{b}^4$", "$14+(-7)^4$"),
    (r"$14+\V{b}$", "$14+(-7)$"),
    (r"$\V{a}-\V{b}$", "$14-(-7)$"),
    (r"$x^2+\V{c}x+\V{b}$", "$x^2+5x+(-7)$"),
    (r"$x\V{b}$", "$x(-7)$"),
    (r"$\alpha\V{b}$", r"$\alpha(-7)$"),
    (r"$(x+1)\V{d}$", "$(x+1)(-0.5)$"),
    (r"$\V{a} \times \V{b}$", r"$14 \times (-7)$"),
    (r"$\V{a}\cdot\V{d}$", r"$14\cdot(-0.5)$"),
    (r"$x/\V{b}$", "$x/(-7)$"),
    (r"$x/\V{s}$", r"$x/(9.11 \times 10^{-31})$"),
    (r"$\V{s}^2$", r"$(9.11 \times 10^{-31})^2$"),
    (r"$x^\V{s}$", r"$x^{9.11 \times 10^{-31}}$"),
    (r"$\V{m}^2$", r"$(-9.11 \times 10^{-31})^2$"),
    (r"$3\V{s}$", r"$3(9.11 \times 10^{-31})$"),
    (r"$\V{s}^\circ$", r"${9.11 \times 10^{-31}}^\circ$"),
    (r"$\V{q}^2$", r"$\left(\frac{1}{3}\right)^2$"),
    (r"$2\V{q}$", r"$2\left(\frac{1}{3}\right)$"),
    (r"$x+\V{r}$", r"$x+\left(-\frac{1}{3}\right)$"),
    (r"$\sqrt\V{a}$", r"$\sqrt{14}$"),
    (r"$\sqrt[3]\V{b}$", r"$\sqrt[3]{-7}$"),
    (r"$\frac\V{a}\V{c}$", r"$\frac{14}{5}$"),
    (r"$\frac{1}\V{b}\V{b}$", r"$\frac{1}{-7}(-7)$"),
    (r"$\frac ab\V{b}$", r"$\frac ab(-7)$"),
    (r"$\frac1\V{a}$", r"$\frac1{14}$"),
    (r"$\sin\V{b}$", r"$\sin(-7)$"),
    (r"$\V{b}!$", "$(-7)!$"),
    (r"${\V{b}}^2$", "${(-7)}^2$"),
    (r"$x^{2}\V{b}$", "$x^{2}(-7)$"),
    (r"$x^{n-\V{b}}$", "$x^{n-(-7)}$"),
    (r"$2\,\V{b}$", r"$2\,(-7)$"),
    (r"$\big|x+\V{b}\big|$", r"$\big|x+(-7)\big|$"),
    (r"\[ \V{b}^2 \]", r"\[ (-7)^2 \]"),
    (r"\(\V{b}^2\)", r"\((-7)^2\)"),
    (r"\begin{align*}y &= \V{b}^2\end{align*}", r"\begin{align*}y &= (-7)^2\end{align*}"),
    (r"$x \text{ if $\V{b}^2$}$", r"$x \text{ if $(-7)^2$}$"),
    (r"\textbf{$\V{b}^2$}", r"\textbf{$(-7)^2$}"),
    (r"$\B{for i in v}+\V{i}x\B{endfor}$", "$+1x+(-2)x$"),
    (r"$\V{v[1]}^2$", "$(-2)^2$"),
    (r"costs \$5 and $\V{b}^2$", r"costs \$5 and $(-7)^2$"),
    (r"\verb|$| $\V{b}^2$", r"\verb|$| $(-7)^2$"),
    ("% 5$ each\n$\\V{b}^2$", "% 5$ each\n$(-7)^2$"),
    (r"\begin{tikzpicture}\node{$\V{b}^2$};", r"\begin{tikzpicture}\node{$(-7)^2$};"),
]

KEPT = [
    r"$\V{b}$, $\V{s}$, $\V{q}$, $\V{v}$",
    r"$x = \V{b}$",
    r"$x \le \V{b}$",
    r"$\V{a}^2 + \V{c}x$",
    r"$\V{a}\times\V{c}$",
    r"$-\V{a}$ to $\V{a}$",
    r"$\V{b}x + \V{c}y$",
    r"$\V{b} + \V{a}$",
    r"$f(\V{b}, \V{b})$",
    r"$]\V{b}, \V{a}[$ and $[\V{b}, \V{a}]$",
    r"$|\V{b}|^2$",
    r"$(\V{b})^2$",
    r"$\left(\V{b}\right)^2$",
    r"$\sqrt{\V{b}}^2$",
    r"$x^{\V{b}}$ and $x_{\V{b}}$",
    r"$\frac{\V{b}}{\V{a}}$",
    r"$a_{\V{a}\V{c}}$ and $a_{1\V{c}}$",
    r"$x_1\V{a}$",
    r"$\V{v}^T$ and $3\V{v}$",
    r"$\V{b}^\circ$C and $\V{b}^{\circ}$",
    r"$0.\V{c}$",
    r"$\V{a}\,\mathrm{m}$, $\V{s}\,\mathrm{kg}$, $\V{a}\%$",
    r"$\begin{pmatrix}\V{b} & \V{b} \\ \V{a} & \V{b}\end{pmatrix}$",
    r"$\begin{array}{cc}\V{b} & \V{a}\end{array}$",
    r"$x \text{ if \V{b}}$",
    r"$x \quad \V{b}$",
    r"$\text{at }\V{b}$",
    r"from 5\V{a} to \V{b}, +\V{b}",
    r"$x$ -\V{b} $y$",
    r"\begin{tikzpicture}\draw ($(A)+(\V{b},0)$) -- (-\V{a},\V{b});\end{tikzpicture}",
    r"\begin{verbatim}$\V{b}^2$\end{verbatim}",
    r"$1{,}000 < \V{big}^2$",
]


def _fill(text: str) -> str:
    model = Model(None, INPUTS, {}, (), (), ())
    return fill_template(text, named_values(model, solution_of(model)), "q")


@pytest.mark.parametrize(("text", "printed"), CHANGED, ids=[text for text, _ in CHANGED])
def test_a_value_is_set_apart_from_what_is_beside_it(text: str, printed: str) -> None:
    assert _fill(text) == printed


_PLAIN = {
    r"\V{a}": "14", r"\V{b}": "-7", r"\V{c}": "5", r"\V{s}": r"9.11 \times 10^{-31}",
    r"\V{q}": r"\frac{1}{3}", r"\V{v}": "(1, -2)", r"\V{big}": "1{,}234{,}567",
}  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_a_value_by_itself_stays_as_it_is(text: str) -> None:
    printed = text
    for value, latex in _PLAIN.items():
        printed = printed.replace(value, latex)
    assert _fill(text) == printed


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_tex_and_html_print_them_all() -> None:
    texts = [
        _fill(text)
        for text in (*(text for text, _ in CHANGED), *KEPT)
        if "tikz" not in text and text[0] != "%"
    ]
    typeset(
        preamble(Setup("a4", 11, "en")) + BEGIN + r"\pagestyle{empty}" + "\n\n".join(texts) + END,
        "values",
    )
    for text in texts:
        assert "merror" not in Prose(str).html(text)
