"""Hints that give the key away: they state an answer word for word."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.judge import Options, kind_named
from answers.kinds.written import format_expected
from examgen.folder.expected import right_options
from examgen.folder.key import AnswerKey
from examgen.proof.files import exam_of
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.folder.key import RubricKey
    from generator.questions.model import QuestionFile

PAPERS = 8
_CLOTHES = re.compile(r"\\[,;:! ]|\\(?:left|right|(?:text|math)[a-z]*)(?![A-Za-z])|[${}\\~]")
_TIMES = re.compile(r"\s*(?:\\(?:times|cdot)(?![A-Za-z])|[×·])\s*")


def telling_hints(question: QuestionFile) -> Iterator[str]:
    """Yield each hint that states an answer on at least half of some papers.

    A number of the hint may be an answer by chance on a few of them.
    """
    if not question.hints:
        return
    exam = replace(exam_of(question), practice=True)
    parts = [paper.parts[0] for paper in papers(exam, "hints", copies(PAPERS))]
    for at, _ in enumerate(question.hints):
        for place, answer in enumerate(question.answers):
            told = (tells(part.key.hints[at].says, part.key.answers[place]) for part in parts)
            if 2 * sum(told) >= PAPERS:
                what = f"hint {at + 1} gives the answer {answer.name} away"
                yield f"{what}; say how it is found, not what it is"


def tells(hint: str, answer: AnswerKey | RubricKey) -> bool:
    r"""Return whether a hint states an answer word for word, in a notation that earns its marks.

    Options that are right are not told where the hint names others, too.

    >>> from fractions import Fraction
    >>> nine = AnswerKey("1a.x", "", Fraction(1), "integer", "9472")
    >>> tells(r"You should get $9{,}472$.", nine), tells("Multiply 9 by 472.", nine)
    (True, False)
    """
    if not isinstance(answer, AnswerKey):
        return bool(answer.model.strip()) and _has(hint, answer.model)
    if answer.choices:
        named = [choice for choice in answer.choices if _has(hint, choice)]
        return bool(named) and not answer.beside and set(named) == set(right_options(answer))
    options = Options.from_mapping(dict(answer.options))
    written = format_expected(answer.kind, answer.expected, options)
    notations = kind_named(answer.kind).notations(answer.expected, options)
    texts = {answer.expected, answer.shown, written.latex, written.plain, *notations}
    return any(_has(hint, text) for text in texts)


def _has(hint: str, text: str) -> bool:
    words = _bare(text)
    return (
        bool(words)
        and re.search(rf"(?<![\w.,]){re.escape(words)}(?![\w]|[.,]\d)", _bare(hint)) is not None
    )


@lru_cache(maxsize=1_024)
def _bare(text: str) -> str:
    """Return a text without signs of LaTeX, spaces and case; digits have no separators."""
    text = _TIMES.sub("*", text)
    plain = _CLOTHES.sub("", text.replace("{,}", "").replace("\\,", "")).casefold()
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    return re.sub(r"\s*([-+*/=^()\[\],<>])\s*", r"\1", " ".join(plain.split())).strip(" .")
