"""Feedback as PDF: own answers with marks and reasons, and the worked solution of one's own paper.

The papers are laid out again from the manifest, in runs of TeX for many students each.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby, islice
from typing import TYPE_CHECKING

from examgen.folder.manifest import manifest_to_remake
from examgen.ground.errors import ToolError
from examgen.ground.latex_escape import escape, unprintable
from examgen.ground.translator import Translator
from examgen.ground.wording import begin_sentence
from generator.folder.rebuild import order_of
from generator.pdf.batch_compile import Document, print_documents
from generator.render.key import key_environment, solution_of_part
from generator.render.latex import Setup
from generator.render.tame import shares_run
from grader.feedback.lines import lines_of
from grader.feedback.page import (
    MAX_SHOWN,
    REASONED,
    SENTENCES,
    criteria_of,
    heading,
)
from grader.records.submissions import visible
from grader.scoring.marked import MarkedAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from jinja2 import Template

    from examgen.folder.key import PartKey
    from generator.variants.paper import Paper
    from grader.scoring.marked import MarkedPaper

STUDENTS_AT_ONCE = 25
UNBROKEN = 24  # characters of an answer that may be in one line without a place to break it


def printer(
    folder: Path, question_folders: Sequence[Path] = (), *, solutions: bool = True, jobs: int = 2
) -> Callable[[Iterable[MarkedPaper]], Iterator[tuple[str, bytes]]]:
    """Give what prints marked papers of an exam folder: the id of each paper, and its PDF.

    Args:
        folder: the exam folder.
        question_folders: where question files are looked for before the bundled bank.
        solutions: whether worked solutions are shown.
        jobs: how many TeX engines run at once.

    Raises:
        InputError: the manifest is damaged, or a question file is gone.
    """
    manifest = manifest_to_remake(folder)
    order = order_of(folder, manifest, question_folders)
    entries = {entry.paper: entry for entry in manifest.entries}

    def body(marked: MarkedPaper) -> tuple[Paper, str]:
        paper = order.paper(entries[marked.paper])
        return paper, _body(paper, marked, solutions=solutions)

    def print_all(papers: Iterable[MarkedPaper]) -> Iterator[tuple[str, bytes]]:
        rest = map(body, papers)
        chunks = iter(lambda: list(islice(rest, STUDENTS_AT_ONCE)), [])
        with ThreadPoolExecutor(jobs) as pool:
            while started := [pool.submit(_printed, chunk) for chunk in islice(chunks, jobs)]:
                for done in started:
                    yield from done.result()

    return print_all


def _printed(pairs: Sequence[tuple[Paper, str]]) -> list[tuple[str, bytes]]:
    """Return the PDFs of some papers by one run of TeX for each size of type."""
    groups: dict[Setup, list[Document]] = {}
    for paper, body in pairs:
        document = Document(
            f"feedback/{paper.id}", paper.title, body, shares_run(paper), paper.parts
        )
        groups.setdefault(Setup.of(paper), []).append(document)
    found = []
    for setup, alike in groups.items():
        for one, result in print_documents(setup, alike):
            if isinstance(result, ToolError):
                raise result
            if one is not None:
                found.append((one.name.removeprefix("feedback/"), result))
    return found


def _body(paper: Paper, marked: MarkedPaper, *, solutions: bool) -> str:
    parts = groupby(marked.answers, key=lambda answer: answer.id.partition(".")[0])
    say = Translator(paper.layout.language)
    return _template().render(
        paper=paper,
        _=say,
        marked={part: list(answers) for part, answers in parts},
        marks=marked,
        solutions=solutions,
    )


@cache
def _template() -> Template:
    environment = key_environment().overlay()
    environment.filters = environment.filters | {
        "heading": heading,
        "earned": MarkedAnswer.earned_in,
        "sentences": _sentences,
        "verbatim": verbatim,
        "solution": solution_of_part,
        "criteria": _criteria,
        "lines": lines_of,
    }
    return environment.get_template("feedback/paper.tex.j2")


def _sentences(answer: MarkedAnswer, say: Translator) -> Iterator[str]:
    """Yield why, in the order in which a student asks."""
    is_other = answer.read_as not in {"", answer.text}
    read_as = say("read as {}", answer.read_as) if is_other else ""
    why = answer.why if answer.verdict in REASONED else ""
    says = answer.says if answer.mistake else ""
    for text in filter(
        None, (read_as, say.translate(why), say(says), say.translate_note(answer.note))
    ):
        yield f"{begin_sentence(text).rstrip('.')}."
    if answer.waits and answer.verdict in SENTENCES:
        yield say(SENTENCES[answer.verdict])


def _criteria(answer: MarkedAnswer, part: PartKey, say: Translator) -> tuple[tuple[str, str], ...]:
    """Return what a person looked for in an answer, and the marks for it."""
    key = next((key for key in part.answers if key.id == answer.id), None)
    return criteria_of(answer, key, say)


def verbatim(text: str) -> str:
    r"""Return an answer as LaTeX: lines kept, long runs broken, other scripts by number.

    >>> verbatim("a_b\n" + "Я")
    'a\\_b\\newline{}\\textbackslash{}u042f'
    """
    shown = visible(text[:MAX_SHOWN])
    plain = "".join(f"\\u{ord(c):04x}" if unprintable(c) else c for c in shown)
    return "\\newline{}".join(
        " ".join(map(_breakable, line.split(" "))) for line in plain.split("\n")
    )


def _breakable(word: str) -> str:
    pieces = (word[at : at + UNBROKEN] for at in range(0, len(word), UNBROKEN))
    return "\\allowbreak{}".join(map(escape, pieces))
