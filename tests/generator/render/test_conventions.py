"""A convention is printed where something asked depends on it: after the text, with formulas."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from examgen.solving import solve
from generator.exams.exam_file import exam_from_text
from generator.render import paper_html, paper_tex
from generator.variants.assemble import copies, papers
from generator.variants.paper import Paper

BANK = Path("templates/questions")


def paper_of(name: str, given: dict[str, object] | None = None, folder: Path = BANK) -> Paper:
    part = f"{{use: {name}, fix: {json.dumps(given or {})}}}"
    text = f"course: c\ntitle: t\nquestions: [{{title: q, parts: [{part}]}}]\n"
    return next(iter(papers(exam_from_text(text, "x.yaml", [folder]), "1", copies(1))))


STATED = [
    ("resnet/blocks", "no biases", "shortcut is a"),
    ("resnet/basic_block", "shortcut is a", ""),
    ("cnn/receptive_field", "", "[kernel, stride"),
    ("densenet/parameters", "Layers are counted from 1", "is stored once"),
    ("densenet/block", "is stored once", ""),
    ("cnn/dilated", "", "no bias"),
    ("efficiency/operations", "", "no bias"),
    ("normalization/batch_norm", "divided by $m$", ""),
    ("rnn/gru_step", r"$h_t = (1 - z_t)\,h_{t-1} + z_t\,\tilde{h}_t$", "h_old"),
    ("rnn/lstm_variants", "Each gate, and the candidate, has", ""),
]


@pytest.mark.parametrize(("name", "stated", "silent"), STATED, ids=[row[0] for row in STATED])
def test_what_bears_on_an_answer_is_stated(name: str, stated: str, silent: str) -> None:
    (part,) = paper_of(name).parts
    said = " ".join(part.conventions)
    assert stated in said
    assert not silent or silent not in said


OWN = """---
title: A dense block
derivation: dense_block
vary: {in_channels: [16, 24], growth_rate: [8, 12], layers: [3, 4]}
answers: {ASKED}
---
\\V{in_channels} \\V{growth_rate} \\V{layers} \\answer{a}
"""
ASKED = [
    ("a: {list: input_channels, marks: 1}", ["Layers are"]),
    ("a: {integer: concatenated_channels_sum, marks: 1}", ["After each"]),
    ("a: {integer: output_channels, marks: 1}", []),
    ("a: {rubric: [{says: x, marks: 1}]}", []),
]


@pytest.mark.parametrize(("asked", "begins"), ASKED)
def test_of_several_notes_those_that_matter(asked: str, begins: list[str], tmp_path: Path) -> None:
    (tmp_path / "own.tex").write_text(OWN.replace("ASKED", asked))
    (part,) = paper_of("own", folder=tmp_path).parts
    assert [said[: len("Layers are")] for said in part.conventions] == begins


ROOMS = OWN.replace(
    "{ASKED}", "{a: {list: input_channels, marks: 1}, b: {rubric: [{says: x, marks: 1}]}}"
)
BLOCK = "A block. \\V{in_channels} \\V{growth_rate} \\V{layers}"
# A text, and what stands before and after its convention.
PLACES = [
    (f"{BLOCK} List. \\answer{{a}} Explain it. \\answer{{b}}",
     "Explain it.", r"<textarea|\\writing"),
    (f"{BLOCK}\n\\begin{{enumerate}}\n\\item List. \\answer{{a}}\n\\item Why? \\answer{{b}}\n"
     "\\end{enumerate}", "A block.", r"List\."),
    (f"\\begin{{enumerate}}\n\\item One. {BLOCK}\n\\end{{enumerate}}\nSo:\n\\begin{{enumerate}}\n"
     "\\item List. \\answer{a}\n\\item Why? \\answer{b}\n\\end{enumerate}", "So:", r"List\."),
]  # fmt: skip


@pytest.mark.parametrize(("body", "before", "after"), PLACES)
def test_a_convention_stands_after_the_text_and_before_the_room(
    body: str, before: str, after: str, tmp_path: Path
) -> None:
    (tmp_path / "own.tex").write_text(f"{ROOMS.rpartition('---')[0]}---\n{body}\n")
    paper = paper_of("own", folder=tmp_path)
    for page in (paper_tex(paper).partition(r"\begin{document}")[2], paper_html(paper)):
        text = page[page.rindex("A block.") :]
        stated = text.index("Layers are counted from 1")
        assert text.index(before) < stated
        assert re.search(after, text[stated:])


def test_formulas_are_set_as_formulas() -> None:
    paper = paper_of("normalization/batch_norm")
    assert "(divided by $m$, not by $m - 1$)" in paper_tex(paper)
    note = re.search(r'<p class="convention">(.*?)</p>', paper_html(paper), re.DOTALL)
    assert note is not None
    assert "<math" in note[1]
    assert "$" not in note[1]


def test_a_derivation_states_all_of_them_as_plain_text() -> None:
    found = solve("residual_block", {"in_channels": "64", "out_channels": "128"})
    assert "Where the size or the channels change, the shortcut is a 1x1 convolution." in (
        found.solution.conventions
    )
