"""Papers and keys as LaTeX, by the layouts in `templates/papers`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from typing import TYPE_CHECKING

from examgen.folder.expected import written_answer
from examgen.folder.key import AnswerKey, RubricKey
from examgen.folder.worked_solution import worked_steps
from examgen.ground.wording import marks_text
from generator.exams.translations import counted, words
from generator.questions.template import layout_environment
from generator.render.latex_escape import escape, escape_prose, unprintable
from generator.render.qr_codes import page_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

    from examgen.folder.key import MistakeKey, PaperKey
    from generator.exams.cover import Layout
    from generator.questions.answer_space import Room
    from generator.variants.paper import Paper, Part

CACHED = 65_536
NORMAL, LARGE = 11, 17
BEGIN, END = "\\begin{document}\n", "\\end{document}\n"
PAPERS_PER_TABLE = 5
TABLE_WIDTH, SHORTEST_COLUMN = 240, 24  # millimetres
MILLIMETRES_PER_LETTER = 1.9
MILLIMETRES_PER_MARK = 9
LONGEST_WRONG = 60
_ANSWER = re.compile(r"[ \t]*\\answer\{([^{}]*)\}")
_PICTURE = re.compile(r"\\begin\{tikzpicture\}.*?\\end\{tikzpicture\}", re.DOTALL)
_OF_ITS_PLACE = re.compile(
    r"remember picture|overlay|\\(?:the|arabic|value|(?:eq|page)?ref|label)\b"
)


@dataclass(frozen=True)
class Setup:
    """What a document's preamble depends on.

    Attributes:
        points: the size of its type.
    """

    size: str
    points: int
    language: str

    @property
    def small(self) -> float:
        """The size of small type."""
        return 10 if self.points == NORMAL else 14.4

    @classmethod
    def of(cls, paper: Paper) -> Setup:
        """The setup of a paper and of its key."""
        return cls.usual(paper.layout, is_large=paper.student.large_print)

    @classmethod
    def usual(cls, layout: Layout, *, is_large: bool = False) -> Setup:
        """The setup of a layout."""
        return cls(layout.size, LARGE if is_large else NORMAL, layout.language)


@cache
def preamble(setup: Setup) -> str:
    r"""Everything before `\begin{document}`; the same for papers and keys."""
    return _render("preamble", setup.language, setup=setup)


def document(setup: Setup, bodies: Iterable[str]) -> str:
    """A whole LaTeX document of one or more papers, keys or tables."""
    return preamble(setup) + begun(bodies)


def begun(bodies: Iterable[str]) -> str:
    """A document without its preamble, for an engine that has read that already."""
    return BEGIN + "".join(bodies) + END


def paper_tex(paper: Paper) -> str:
    """The paper that a student gets, as a document."""
    return document(Setup.of(paper), [paper_body(paper)])


def key_tex(paper: Paper) -> str:
    """The key of a paper, as a document."""
    return document(Setup.of(paper), [key_body(paper)])


def paper_body(paper: Paper) -> str:
    """The paper that a student gets: the part of a document."""
    modules, codes = page_codes(paper.exam, paper.id)
    layout = paper.layout
    return _render(layout.name, layout.language, paper=paper, codes=codes, modules=modules)


def key_body(paper: Paper, *, release: bool = False) -> str:
    """The key of a paper: short answers, worked steps, rubrics, and recognised mistakes.

    Args:
        paper: the paper.
        release: for students: solutions without the mistakes that the grader recognises.
    """
    language = paper.layout.language
    return _render("key", language, paper=paper, codes=(), release=release)


def drawn_once(text: str) -> str:
    """The text of a part with names for its drawings, by which a document draws each once.

    A drawing is the same only where all that stands before it is: a macro of the author's own may
    be defined there. One that depends on its place on the paper has no name.
    """
    if "{tikzpicture}" not in text:
        return text
    return _PICTURE.sub(lambda found: _named(found[0], text[: found.start()]), text)


def _named(code: str, before: str) -> str:
    if _OF_ITS_PLACE.search(code):
        return code
    name = hashlib.sha256(f"{before}{code}".encode()).hexdigest()[:16]
    return f"\\onepicture{{{name}}}{{{code}}}"


@dataclass(frozen=True)
class Row:
    """An answer over several papers."""

    id: str
    cells: tuple[str, ...]


def table_body(keys: Sequence[PaperKey], language: str) -> str:
    """The marker's table: a few papers' short answers, a row for each answer."""
    starts = range(0, len(keys), PAPERS_PER_TABLE)
    tables = (_table(keys[start : start + PAPERS_PER_TABLE], language) for start in starts)
    return "".join(tables)


def _table(keys: Sequence[PaperKey], language: str) -> str:
    asked = [{a.id: a for a in key.answers if isinstance(a, AnswerKey)} for key in keys]
    names = dict.fromkeys(name for one in asked for name in one)
    rows = [Row(n, tuple(_cell(one[n]) if n in one else "" for one in asked)) for n in names]
    papers = [key.paper for key in keys]
    first = max(SHORTEST_COLUMN, ceil(max(map(len, names), default=0) * MILLIMETRES_PER_LETTER))
    widths = {"first": first, "width": (TABLE_WIDTH - first) // len(keys) - 4}
    return _render("table", language, papers=papers, rows=rows, **widths)


def _render(layout: str, language: str, **values: object) -> str:
    template = layouts().get_template(f"papers/{layout}.tex.j2")
    return re.sub(r"\n{3,}", "\n\n", template.render(values, words=words(language)))


@lru_cache(maxsize=CACHED)
def _body(part: Part) -> str:
    """The text of a part with fields in the places of its answers."""
    places = {
        answer.id.partition(".")[2]: _place(answer, room)
        for answer, room in zip(part.key.answers, part.rooms, strict=True)
    }
    stated = " ".join(map(escape_prose, part.conventions))
    note = f"\n\\par{{\\small\\itshape {stated}\\par}}\n" if stated else ""
    text = drawn_once(note.join(part.halves))
    return _ANSWER.sub(lambda match: places.pop(match[1]), text) + "".join(places.values())


def _place(answer: AnswerKey | RubricKey, room: Room | None) -> str:
    """Where an answer goes: room to work, and a field of its own."""
    marks, label, help_text = marks_text(answer.marks), escape(answer.label), _hex(answer.label)
    begin = f"{{{escape(answer.id)}}}{{{answer.id.replace('.', '/', 1)}}}{{{help_text}}}{{{marks}}}"
    if isinstance(answer, RubricKey):
        usual = min(int(answer.marks * MILLIMETRES_PER_MARK) + 12, 120)
        if room is not None and room.lines:
            return f"\\ruledspace{begin}{{{label}}}{{{room.lines}}}"
        height = room.millimetres if room is not None else usual
        return f"\\writingspace{begin}{{{label}}}{{{height}mm}}"
    return _working(room) + (_options(answer, marks) if answer.choices else f"\\blank{begin}")


def _working(room: Room | None) -> str:
    if room is None:
        return ""
    return f"\\worklines{{{room.lines}}}" if room.lines else f"\\workspace{{{room.millimetres}mm}}"


def _options(answer: AnswerKey, marks: str) -> str:
    """The options of a choice, each with a box to tick."""
    field, help_text = answer.id.replace(".", "/", 1), _hex(answer.label)
    boxes = "".join(
        f"\\option{{{field}}}{{{help_text}}}{{{number}}}{{{_hex(choice)}}}{{{escape(choice)}}}"
        for number, choice in enumerate(answer.choices)
    )
    return f"\\options{{{escape(answer.id)}}}{{{marks}}}{{{boxes}}}"


def _hex(text: str) -> str:
    """A text as the hexadecimal string of a PDF."""
    return ("\ufeff" + text).encode("utf-16-be").hex().upper()


def _shown(answer: AnswerKey) -> str:
    return f"${answer.shown}$" if answer.shown else f"\\texttt{{{_breakable(answer.expected)}}}"


def letter(number: int) -> str:
    """The letter of a question's part by its number from 1."""
    return chr(ord("a") + number - 1)


def wrong_text(mistake: MistakeKey, answer: AnswerKey) -> str:
    """A wrong answer as people write it, a long text cut."""
    text = written_answer(answer, mistake.expected).plain
    return text if len(text) <= LONGEST_WRONG else text[: LONGEST_WRONG - 3] + "..."


def _wrong(mistake: MistakeKey, answer: AnswerKey) -> str:
    """A wrong answer in LaTeX."""
    found = written_answer(answer, mistake.expected)
    if found.latex and len(found.plain) <= LONGEST_WRONG:
        return f"${_with_breaks(found.latex)}$"
    return rf"\texttt{{{_breakable(wrong_text(mistake, answer))}}}"


def _with_breaks(latex: str) -> str:
    return latex.replace(", ", ",\\allowbreak ")


def _cell(answer: AnswerKey) -> str:
    """A short answer in a narrow column."""
    return _with_breaks(_shown(answer))


def _breakable(text: str) -> str:
    return escape(text).replace(", ", ",\\allowbreak{} ").replace("+", "+\\allowbreak{}")


@lru_cache(maxsize=CACHED)
def _key_part(part: Part, number: int, language: str, release: bool) -> str:  # noqa: FBT001 - a filter
    """The key of a part; number 0 leaves the heading out."""
    values = {"part": part, "number": number, "release": release, "words": words(language)}
    return layouts().get_template("papers/key_part.tex.j2").render(values)


def part_steps(part: Part) -> list[tuple[str, str]]:
    """The worked steps that lead to the part's answers: what each is, and its equations."""
    return list(worked_steps(part.key.answers, part.solved)) if part.solved else []


def solution_of_part(part: Part, language: str) -> str:
    """The worked solution of a part without its heading, as students may see it."""
    return _key_part(part, 0, language, True)  # noqa: FBT003 - a filter


@cache
def layouts() -> Environment:
    """The environment in which layouts are filled in, with what they call by name."""
    environment = layout_environment().overlay()
    environment.filters = environment.filters | {
        "tex": escape,
        "prose": escape_prose,
        "latin": lambda text: "" if unprintable(text) else escape(text),
        "shown_text": lambda text: escape("".join("?" if unprintable(c) else c for c in text)),
        "marks": marks_text,
        "counted": counted,
        "body": _body,
        "key_part": _key_part,
        "shown": _shown,
        "worked": part_steps,
        "drawn_once": drawn_once,
        "wrong": _wrong,
        "letter": letter,
    }
    return environment
