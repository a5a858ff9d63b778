"""The JSON Schemas accept every file that examgen reads, and refuse a key that it does not know."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from answers.judge import Options
from examgen.cli import app
from examgen.ground.errors import InputError
from generator.exams.exam_file import exam_from_text
from generator.questions.answers.answer_entry import kind_names
from generator.questions.question_file import read_question

QUESTIONS = [
    *sorted(Path("templates").glob("*/**/*.tex")),
    Path("tests/frozen/kinds.tex"),
]
EXAMS = sorted(Path("templates/exams").rglob("*.yaml"))


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `no` is a text, and so is a date."""


Core.yaml_implicit_resolvers = {
    first: [(tag, sign) for tag, sign in pairs if not tag.endswith((":bool", ":timestamp"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


@cache
def schema(kind: str) -> Draft202012Validator:
    done = CliRunner().invoke(app, ["schema", kind])
    found = json.loads(done.stdout)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def faults(kind: str, text: str) -> list[str]:
    content = yaml.load(text, Loader=Core)  # noqa: S506 - a SafeLoader
    return [error.message for error in schema(kind).iter_errors(content)]


def front(text: str) -> str:
    return text.split("---\n")[1]


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: str(path.stem))
def test_every_question_of_the_bank_is_accepted(path: Path) -> None:
    assert faults("question", front(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", EXAMS, ids=lambda path: str(path.stem))
def test_every_exam_is_accepted(path: Path) -> None:
    assert faults("exam", path.read_text("utf-8")) == []


QUESTION = """\
title: 2024
topic: cnn
vary: {k: [3, 5], same: k}
values: {n: k**2 * 8, m: {formula: 2*n, symbol: N, unit: B}}
mistakes:
  linear: {says: one side only, n: k * 8, share: 0.5}
answers:
  n: {integer: n, marks: 2, carry: 50%, trivial: yes, nouns: [weights], rel: 1%, harmless: linear}
  c: {choice: no, options: [no, yes, 3], marks: 1/2, space: 40 mm}
  q: {text: it, marks: 1, mistakes: {other: {says: not it, answer: that, share: 25%}}}
  w: {rubric: [{says: why, marks: 2}], model: because, accept: one sentence, lines: 5}
examples:
  - {given: {k: 3}, gives: {n: 72}, source: by hand}
"""
EXAM = """\
course: CENG 403
title: Quiz
date: 2026-01-31
answer_book: yes
leak: {3: 25%, 10: 0.4}
shuffle: [options]
questions:
  - title: One
    parts:
      - cnn/conv_layer
      - {use: rnn/unfolding, marks: 4, fix: {steps: 3}}
      - {pool: [cnn/*], pick: 2, level: 1, marks: 5}
"""
# A key as it is written above, and misspelled.
MISSPELLED = [
    ("question", "topic:", "topics:"),
    ("question", "symbol:", "symbl:"),
    ("question", "integer:", "integr:"),
    ("question", "carry:", "cary:"),
    ("question", "nouns:", "noun:"),
    ("question", "rel:", "rle:"),
    ("question", "options:", "option:"),
    ("question", "answer: that", "anwser: that"),
    ("question", "says: why", "say: why"),
    ("question", "accept:", "acept:"),
    ("question", "source:", "sources:"),
    ("exam", "course:", "curse:"),
    ("exam", "shuffle:", "suffle:"),
    ("exam", "    parts:", "    part:"),
    ("exam", "marks: 4", "mark: 4"),
    ("exam", "pick:", "picks:"),
    ("exam", "level:", "levels:"),
]


@pytest.mark.parametrize(("kind", "text"), [("question", QUESTION), ("exam", EXAM)])
def test_all_ways_to_write_a_file_are_accepted(kind: str, text: str) -> None:
    assert faults(kind, text) == []


@pytest.mark.parametrize(("kind", "right", "wrong"), MISSPELLED, ids=[m[2] for m in MISSPELLED])
def test_a_misspelled_key_is_refused(kind: str, right: str, wrong: str, tmp_path: Path) -> None:
    text = (QUESTION if kind == "question" else EXAM).replace(right, wrong, 1)
    assert wrong in text
    assert faults(kind, text)
    path = tmp_path / "q.tex"
    path.write_text(f"---\n{text}---\n")
    with pytest.raises(InputError, match=repr(wrong.strip().partition(":")[0])):
        read_question(path, "q") if kind == "question" else exam_from_text(text, "exam.yaml", ())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("marks: 2, carry", "marks: [2], carry"),
        ("integer: n,", ""),
        ("integer: n,", "integer: n, number: n,"),
        ("lines: 5", "lines: many"),
        ("title: 2024", "level: 4\ntitle: 2024"),
        ("trivial: yes", "trivial: perhaps"),
        ("rel: 1%", "domain: whole"),
    ],
)
def test_a_value_that_cannot_be_is_refused(right: str, wrong: str) -> None:
    assert faults("question", QUESTION.replace(right, wrong, 1))


def test_an_answer_has_every_kind_and_every_option_of_the_judge() -> None:
    found = schema("question").schema
    assert isinstance(found, dict)
    properties = found["$defs"]["AnswerOfAKind"]["properties"]
    assert {*kind_names(), *Options.__dataclass_fields__} - {"abs_unit"} <= properties.keys()
    assert all(about["description"] for about in properties.values())
    assert properties["sigfigs"] == {
        "description": "How many significant figures the answer must be written with.",
        "type": "integer",
    }
