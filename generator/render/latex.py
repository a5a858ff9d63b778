"""Papers and keys as LaTeX, by the layouts in `templates/papers`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from answers.key import AnswerKey
from generator.escape import escape
from generator.exam import marks_text
from generator.template import latex_environment
from solvers.errors import DerivationError
from solvers.graph.notation import show
from solvers.graph.number import parse_number
from solvers.graph.worked import steps, worth_showing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from answers.key import MistakeKey, PaperKey, RubricKey
    from generator.paper import Paper, Part
    from solvers.graph.worked import Chain

PAPERS_PER_BLOCK = 6
MILLIMETRES_PER_MARK = 9
LONGEST_CHAIN = 90
_ANSWER = re.compile(r"[ \t]*\\answer\{([^{}]*)\}")


def paper_tex(paper: Paper) -> str:
    """The paper that a student gets."""
    return _render("paper", paper=paper)


def key_tex(paper: Paper) -> str:
    """The key of a paper: short answers, worked steps, rubrics, and recognised mistakes."""
    return _render("key", paper=paper)


@dataclass(frozen=True)
class Row:
    """An answer over several papers."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A table of a few papers that fit beside each other."""

    papers: tuple[str, ...]
    rows: tuple[Row, ...]
    width: int


def marker_table_tex(keys: Sequence[PaperKey]) -> str:
    """All papers' short answers: a row for each answer, a column for each paper."""
    starts = range(0, len(keys), PAPERS_PER_BLOCK)
    return _render("table", blocks=[_block(keys[i : i + PAPERS_PER_BLOCK]) for i in starts])


def _block(keys: Sequence[PaperKey]) -> Block:
    asked = [{a.id: a for a in key.answers if isinstance(a, AnswerKey)} for key in keys]
    rows = tuple(
        Row(name, tuple(_shown(one[name]) if name in one else "" for one in asked))
        for name in asked[0]
    )
    return Block(tuple(key.paper for key in keys), rows, 200 // len(keys))


def _render(layout: str, **values: object) -> str:
    text = _layouts().get_template(f"papers/{layout}.tex.j2").render(**values)
    return re.sub(r"\n{3,}", "\n\n", text)


@lru_cache(maxsize=2_048)
def _body(part: Part) -> str:
    """The text of a part with blanks in the places of its answers."""
    answers = {answer.id.partition(".")[2]: answer for answer in part.key.answers}
    text = _ANSWER.sub(lambda match: _blank(answers.pop(match[1])), part.body)
    return text + "".join(map(_blank, answers.values()))


def _blank(answer: AnswerKey | RubricKey) -> str:
    name, marks = escape(answer.id), marks_text(answer.marks)
    if isinstance(answer, AnswerKey):
        choices = ", ".join(map(escape, answer.choices))
        offered = f"\\par{{\\small One of: {choices}.}}" if choices else ""
        return f"{offered}\\blank{{{name}}}{{{marks}}}"
    height = min(int(answer.marks * MILLIMETRES_PER_MARK) + 12, 120)
    label = escape(answer.label)
    return f"\\writingspace{{{name}}}{{{marks}}}{{{height}mm}}{{{label}}}"


def _shown(answer: AnswerKey) -> str:
    return f"${answer.shown}$" if answer.shown else f"\\texttt{{{_breakable(answer.expected)}}}"


def wrong_text(mistake: MistakeKey) -> str:
    """A wrong answer for people: its number rounded, a long text cut."""
    number, _, unit = mistake.expected.partition(" ")
    try:
        text = f"{show(parse_number(number)).plain} {unit}".rstrip()
    except DerivationError:
        text = mistake.expected
    return text if len(text) <= 40 else text[:37] + "..."


def _breakable(text: str) -> str:
    return escape(text).replace(", ", ",\\allowbreak{} ").replace("+", "+\\allowbreak{}")


@lru_cache(maxsize=2_048)
def _key_part(part: Part) -> str:
    """The key of a part."""
    return _layouts().get_template("papers/key_part.tex.j2").render(part=part)


def worked_steps(part: Part) -> list[tuple[str, str]]:
    """The worked steps that lead to the part's answers: what each is, and its equations."""
    solution = part.solved
    if solution is None:
        return []
    reads = [
        name
        for answer in part.key.answers
        if isinstance(answer, AnswerKey) and not answer.letters
        for name in answer.reads
    ]
    needed = solution.derivation.ancestors(*reads)
    return [
        (
            solution.derivation.nodes[name].says.capitalize(),
            " \\\\\n".join(map(_aligned, steps(solution, name))),
        )
        for name in worth_showing(solution, needed)
    ]


def _aligned(chain: Chain) -> str:
    lines = [f"{line.relation} {line.right}" for line in chain.lines]
    if sum(map(len, lines)) < LONGEST_CHAIN:
        return f"{chain.symbol} &{' '.join(lines)}"
    return f"{chain.symbol} &" + " \\\\\n&".join(lines)


@cache
def _layouts() -> Environment:
    layouts = latex_environment().overlay()
    layouts.filters = layouts.filters | {
        "tex": escape,
        "marks": marks_text,
        "body": _body,
        "key_part": _key_part,
        "shown": _shown,
        "worked": worked_steps,
        "wrong": lambda mistake: _breakable(wrong_text(mistake)),
        "percent": lambda share: f"{marks_text(share * 100)}\\% of the marks",
    }
    return layouts
