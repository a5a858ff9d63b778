"""A page that shows questions as they are, to be searched by word, topic and level."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from markupsafe import Markup

from answers.judge import Options
from answers.kinds.written import notations
from examgen.folder.effort import effort_of
from examgen.folder.key import AnswerKey, RubricKey
from examgen.folder.questions import model_html, sentence_html
from examgen.folder.rubric import criterion_worth
from examgen.ground.html.latex_to_html import Prose
from examgen.ground.html.mathml import formula
from examgen.ground.html.templates import inline_with_hash
from examgen.ground.translations import FALLBACK, words
from examgen.proof.files import exam_of, read
from generator.render.html import html_environment, note_html
from generator.render.key import part_steps, wrong_text
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jinja2 import Environment

    from generator.questions.model import QuestionFile
    from generator.variants.paper import Part
    from solvers.graph.effort import Effort

VARIANTS = 3
NOTATIONS = 6
_ENDLESS = re.compile(r"\d{20}")


@dataclass(frozen=True)
class Shown:
    """A question with its variants."""

    question: QuestionFile
    parts: tuple[Part, ...]

    @property
    def topic(self) -> str:
        """Return the first part of the question's topic: `rnn` of `rnn/lstm`."""
        return self.question.topic.partition("/")[0]

    @property
    def efforts(self) -> list[Effort]:
        """Return how much work each variant is by hand."""
        return [effort_of(part.key.answers, part.solved) for part in self.parts]


def gallery(paths: Sequence[Path], *, hints: bool = True) -> str:
    """Return the page: one HTML document that needs nothing else.

    Args:
        paths: question files.
        hints: whether hints for practice are shown.

    Raises:
        InputError: a question file is faulty.
    """
    return (
        _environment()
        .get_template("gallery.html.j2")
        .render(
            questions=[_shown(path, hints=hints) for path in paths],
            words=words(FALLBACK),
            **inline_with_hash(
                "papers", style="shared/question.css gallery.css", script="gallery.js"
            ),
        )
    )


def _shown(path: Path, *, hints: bool) -> Shown:
    question = read(path)
    exam = replace(exam_of(question), practice=hints)
    made = papers(exam, "gallery", copies(VARIANTS))
    return Shown(question, tuple(paper.parts[0] for paper in made))


def _prose(latex: str) -> Markup:
    return Markup(Prose(_place).html(latex))  # noqa: S704 - escaped by Prose


def _place(name: str) -> str:
    return f'<p class="place"><code>{name}</code></p>'


def _steps(part: Part) -> Iterator[tuple[str, Markup]]:
    for says, equations in part_steps(part):
        yield says, formula(rf"\begin{{align*}}{equations}\end{{align*}}", display=True)


def _answer(answer: AnswerKey) -> Markup:
    return (
        formula(answer.shown) if answer.shown else Markup("<code>{}</code>").format(answer.expected)
    )


def _accepted(answer: AnswerKey) -> list[str]:
    options = Options.from_mapping(dict(answer.options))
    texts = dict.fromkeys(notations(answer.kind, answer.expected, options))
    short = (text for text in texts if len(text) <= 60 and not _ENDLESS.search(text))
    return list(islice(short, NOTATIONS))


@cache
def _environment() -> Environment:
    environment = html_environment().overlay()
    environment.filters = environment.filters | {
        "prose": _prose,
        "criterion": sentence_html,
        "criterion_worth": criterion_worth,
        "model": lambda rubric: model_html(rubric.model, rubric.accept),
        "note": note_html,
        "steps": _steps,
        "answer": _answer,
        "accepted": _accepted,
        "wrong": wrong_text,
    }
    environment.tests = environment.tests | {"rubric": lambda item: isinstance(item, RubricKey)}
    return environment
