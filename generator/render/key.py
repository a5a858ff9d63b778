"""Keys and solutions as LaTeX: each question with its right answers, and how they are had."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from examgen.folder.expected import right_in_words, right_options, written_answer
from examgen.folder.key import AnswerKey
from examgen.folder.worked_solution import worked_steps
from examgen.ground.latex_escape import escape, escape_prose
from examgen.ground.translations import translate_count, words
from examgen.ground.wording import marks_text
from generator.render.drawings import draw_once
from generator.render.fields import question_tex
from generator.render.latex import CACHED, Setup, document, layouts, render
from generator.render.names import text_latex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from jinja2 import Environment

    from examgen.folder.key import Criterion, MistakeKey, RubricKey
    from generator.variants.paper import Paper, Part

LONGEST_WRONG, LONGEST_FORMULA = 60, 200
LONGEST_STEP = 84  # of a chain of equations on one line
LONGEST_ROW = 48  # letters of options that are beside the text


def key_tex(paper: Paper) -> str:
    """Return the key of a paper, as a document."""
    return document(Setup.of(paper), [key_body(paper)])


def key_body(paper: Paper, *, release: bool = False) -> str:
    """Return the key of a paper: questions with right answers, worked steps, rubrics, mistakes.

    Args:
        paper: the paper.
        release: for students: solutions without the mistakes that the grader recognizes.
    """
    language = paper.layout.language
    return render("key", language, key_environment(), paper=paper, codes=(), release=release)


# -- the text of a question ------------------------------------------------------------------------


@lru_cache(maxsize=CACHED)
def question_text(part: Part, language: str, *, filled: bool = False) -> str:
    """Return the text of a part with the names and marks of its answers, and options of choices.

    Args:
        part: the part.
        language: of its fixed words.
        filled: whether the right answers are in their places.
    """
    known = words(language)
    inside = {"blank": partial(_inside, filled=filled), "cell": partial(_inside, filled=filled)}
    return question_tex(part, partial(_place, known=known, filled=filled), inside, known)


def _inside(answer: AnswerKey | RubricKey, *, filled: bool) -> str:
    """Return the right answer in a sentence or a matrix, or an empty box."""
    shown = _shown(answer) if filled and isinstance(answer, AnswerKey) else ""
    return rf"\keyblank{{{shown}}}"


def _place(
    answer: AnswerKey | RubricKey, _sentence: str, *, known: Mapping[str, str], filled: bool
) -> str:
    name, marks = escape(answer.id), text_latex(translate_count(answer.marks, "mark", known))
    if not isinstance(answer, AnswerKey):
        return rf"\keyplace{{{name}}}{{{marks}}}{{}}"
    if answer.beside or answer.kind == "ordering":
        box = rf"\par{{\raggedright\noindent {_shown(answer)}\par}}" if filled else ""
        return rf"\keyplace{{{name}}}{{{marks}}}{{}}{box}"
    if answer.choices:
        right = right_options(answer) if filled else ()
        boxes = "".join(_option(choice, is_right=choice in right) for choice in answer.choices)
        is_short = sum(map(len, answer.choices)) + 4 * len(answer.choices) < LONGEST_ROW
        macro = "keyplace" if is_short else "keyoptions"
        return rf"\{macro}{{{name}}}{{{marks}}}{{{boxes}}}"
    box = rf"\fbox{{{_shown(answer)}}}" if filled else ""
    return rf"\keyplace{{{name}}}{{{marks}}}{{{box}}}"


def _option(choice: str, *, is_right: bool) -> str:
    return rf"\keyoption{{{'boxtimes' if is_right else 'square'}}}{{{escape_prose(choice)}}}"


# -- the key of a part -----------------------------------------------------------------------------


def _shown(answer: AnswerKey) -> str:
    if answer.choices:
        return escape_prose(right_in_words(answer))
    return f"${answer.shown}$" if answer.shown else f"\\texttt{{{_breakable(answer.expected)}}}"


def wrong_text(mistake: MistakeKey, answer: AnswerKey) -> str:
    """Return a wrong answer as people write it, a long text cut."""
    text = written_answer(answer, mistake.expected).plain
    return text if len(text) <= LONGEST_WRONG else text[: LONGEST_WRONG - 3] + "..."


def _wrong(mistake: MistakeKey, answer: AnswerKey) -> str:
    """Return a wrong answer in LaTeX."""
    if answer.choices:
        return escape_prose(mistake.expected)
    found = written_answer(answer, mistake.expected)
    if found.latex and len(found.plain) <= LONGEST_FORMULA:
        return f"${_with_breaks(found.latex)}$"
    return rf"\texttt{{{_breakable(wrong_text(mistake, answer))}}}"


def _with_breaks(latex: str) -> str:
    return latex.replace(", ", ",\\allowbreak ")


def short_answer(answer: AnswerKey) -> str:
    """Return a right answer for a narrow column."""
    return _with_breaks(_shown(answer))


def _breakable(text: str) -> str:
    return escape(text).replace(", ", ",\\allowbreak{} ").replace("+", "+\\allowbreak{}")


@lru_cache(maxsize=CACHED)
def _key_part(part: Part, number: int, language: str, release: bool) -> str:  # noqa: FBT001 - a filter
    """Return the key of a part; number 0 leaves question, right answers and criteria out."""
    values = {"part": part, "number": number, "release": release, "language": language}
    template = key_environment().get_template("papers/key_part.tex.j2")
    return template.render(values, words=words(language))


def part_steps(part: Part) -> list[tuple[str, str]]:
    """Return the worked steps that lead to the part's answers: what each is, and its equations."""
    if part.solved is None:
        return []
    return list(worked_steps(part.key.answers, part.solved, LONGEST_STEP))


def step_marks(part: Part) -> list[tuple[str, list[tuple[str, Fraction]]]]:
    """Return the marks of each step, by the names of the answers whose working is marked."""
    return [
        (answer.id, [(_step(part, name), share * answer.marks) for name, share in shares])
        for answer in part.key.answers
        if isinstance(answer, AnswerKey) and (shares := list(answer.working.items()))
    ]


def _criterion_worth(criterion: Criterion, known: Mapping[str, str]) -> str:
    """Return what a criterion is worth, or the most that it leaves, in the words of a language."""
    marks, is_cap = marks_text(criterion.value), criterion.cap is not None
    pattern = known["cap"] if is_cap else known["one_of"] if criterion.one_of else "{marks}"
    return pattern.format(marks=marks, group=criterion.one_of)


def _step(part: Part, name: str) -> str:
    node = part.solved.derivation.nodes.get(name) if part.solved is not None else None
    return node.says if node is not None else name


def solution_of_part(part: Part, language: str) -> str:
    """Return the worked solution of a part without its question, as students may see it."""
    return _key_part(part, 0, language, True)  # noqa: FBT003 - a filter


@cache
def key_environment() -> Environment:
    """Return the environment of layouts with what those of keys call by name besides."""
    environment = layouts().overlay()
    environment.filters = environment.filters | {
        "key_part": _key_part,
        "question": question_text,
        "shown": _shown,
        "worked": part_steps,
        "step_marks": step_marks,
        "drawn_once": draw_once,
        "wrong": _wrong,
        "criterion_worth": _criterion_worth,
    }
    return environment
