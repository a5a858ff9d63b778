"""Names that a question prints, and the options that say how else its answers are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey
from generator.exams.exam_file import exam_from_text
from generator.questions.model import Asked
from generator.questions.printed_names import names_beside, printed_names
from generator.questions.question_file import read_question
from generator.variants.assemble import copies, papers
from grader.scoring.rules import judge_text, options_of

GUIDE = Path("docs/questions.md")

PRINTED = [
    ("a letter", "Take $M$ channels.", ["M"]),
    ("an index", r"Take $W_{hx}$, $x_t$ and $h_{t-1}$.", ["W_hx", "x_t", "h_t-1"]),
    ("an index in words", r"Take $C_{\mathrm{out}}$ and $C_\text{in}$.", ["C_out", "C_in"]),
    ("Greek", r"Scale by $\gamma$ and $\beta_1$.", ["gamma", "beta_1"]),
    ("a function", r"Use $\sigma(z)$ and $\tanh z$, $\log_2 K$.", ["z", "K"]),
    ("a derivative", "With $F'(x)$.", ["F'", "x"]),
    ("an accent", r"The candidate $\tilde{C}_t$ and $\hat y$.", []),
    ("displayed", r"\[ a + b \] and \( c \) and $$ d $$", ["a", "b", "c", "d"]),
    ("an environment", r"\begin{align*} a & + b \end{align*}", ["a", "b"]),
    ("values", r"A map of $\V{height} \times \V{width}$.", []),
    (
        "a value as an index",
        r"Write $h_{\V{t}}$ and $x_\V{t}$ in terms of $p_{\V{t}}$, $w$.",
        ["w"],
    ),
    ("a block", r"$\B{if stride > 1}s\B{endif}$", ["s"]),
    ("with a value", r"$h = \V{size}$ and $k$", ["k"]),
    ("tied by an equation", "The block computes $y = F(x) + x$ for $N$ values.", ["N"]),
    ("tied elsewhere", r"$h_1$ of $h_1 = \tanh(x)$; $h_2$", ["h_2"]),
    ("words", "The letter A, and a price of \\$5, or \\$6.", []),
    ("once", "$k$ and $k$", ["k"]),
    ("constants", r"$e$, $\pi$ and $\infty$", []),
]


@pytest.mark.parametrize(("body", "names"), [row[1:] for row in PRINTED], ids=lambda x: str(x)[:25])
def test_names_are_found_in_formulas(body: str, names: list[str]) -> None:
    assert sorted(printed_names(body)) == sorted(names)


@pytest.mark.parametrize(
    ("question", "answer", "names"),
    [
        ("cnn/depthwise_separable", "ratio", ("M",)),
        ("cnn/depthwise_separable", "standard", ()),
        ("rnn/unfolding", "h1", ("h_1", "x_0", "x_2")),
        ("resnet/residual_learning", "residual", ("D", "F'")),
        ("rnn/classify", "pattern_1", ()),
    ],
)
def test_an_answer_knows_what_is_printed_besides(
    question: str, answer: str, names: tuple[str, ...]
) -> None:
    found = read_question(Path(f"templates/questions/{question}.tex"), question)
    asked = next(a for a in found.answers if a.name == answer)
    assert isinstance(asked, Asked)
    assert names_beside(asked, found.body) == names


def _keys(text: str, folder: Path) -> dict[str, AnswerKey]:
    (folder / "gated.tex").write_text(text, encoding="utf-8")
    exam = "course: c\ntitle: t\nquestions: [{title: q, parts: [gated]}]\n"
    paper = next(iter(papers(exam_from_text(exam, "x.yaml", [folder]), "1", copies(1))))
    return {a.id.partition(".")[2]: a for a in paper.key.answers if isinstance(a, AnswerKey)}


def test_the_example_of_the_guide_is_judged_as_it_says(tmp_path: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8").partition("## Other ways")[2]
    block = re.search(r"(?:^    .*\n)+", guide, re.MULTILINE)
    assert block is not None
    keys = _keys(re.sub("^    ", "", block[0], flags=re.MULTILINE), tmp_path)
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| (\w+) \|$", guide, re.MULTILINE)
    assert len(rows) == 11
    said = {(name, text): verdict for name, text, verdict in rows}
    found = {
        (name, text): str(judge_text(keys[name], keys[name].expected, text).verdict)
        for name, text in said
    }
    assert found == said


def test_the_key_says_what_is_known_beside_the_authors_own_names(tmp_path: Path) -> None:
    text = r"""---
title: t
answers:
  a: {expression: x + 1, variables: [x], known: [z], marks: 1}
  b: {integer: "3", marks: 1}
---
Let $x$ and $y$ be given. \answer{a} \answer{b}
"""
    keys = _keys(text, tmp_path)
    assert options_of(keys["a"]).known == ("z", "y")
    assert "known" not in keys["b"].options
    assert keys["b"].kind == "integer"
    verdicts = [
        judge_text(keys["a"], "x + 1", text).verdict for text in ("y + 1", "z + 1", "q + 1")
    ]
    assert verdicts == [Verdict.WRONG, Verdict.WRONG, Verdict.UNDECIDED]
