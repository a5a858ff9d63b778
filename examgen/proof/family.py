"""Proving a whole question: every member, or a stated sample of them, in several processes."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from examgen.folder.effort import effort_of
from examgen.ground.errors import ExamgenError
from examgen.ground.processes import process_pool
from examgen.proof import lint, member
from examgen.proof.files import exam_of, read
from examgen.proof.hints import telling_hints
from examgen.proof.pages import Pages
from examgen.proof.print_reading import find_unprinted
from examgen.proof.space import LIMIT, Space
from examgen.proof.variants import Variants
from examgen.proof.working import part_workings
from generator.pdf.pdflatex import engine
from generator.questions.draw import WHERE, member_of, remedy
from generator.render import paper_html
from generator.variants.assemble import copies, papers, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.questions.draw import Member
    from generator.questions.model import QuestionFile
    from generator.variants.paper import Paper, Part
    from solvers.graph.effort import Effort

CHUNK = 100
MOST_FAULTS = 5
MOST_WORKINGS = 3  # members of a chunk whose working is followed line by line
MANY = 5  # one in so many is not worth a word
_question = lru_cache(maxsize=256)(read)


@dataclass
class FamilyReport:
    """The proof of one question.

    Attributes:
        size: how many combinations of values there are.
        is_whole: whether all were tried, or a sample that holds every pair of values.
        tried: how many were tried; outside: those that its conditions leave out; refused: those
            that are never printed, since a mistake or a trivial answer would be judged right.
        distinct: how many different keys the others have.
        notations: how many ways to write a right answer were judged.
        mistakes: how many wrong answers were found by name.
        effort: the least, the median and the most work of a member by hand.
        calculator: whether a member has an operation that is not done by head.
        variants: how often each key comes.
        faults: what does not hold, with the values that show it.
        notices: what may be meant so: why many members are left out, mistakes without effect.
    """

    name: str
    file: str
    size: int
    is_whole: bool
    tried: int = 0
    outside: int = 0
    refused: int = 0
    distinct: int = 0
    notations: int = 0
    mistakes: int = 0
    effort: tuple[int, ...] = ()
    calculator: bool = False
    seconds: float = 0
    faults: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    variants: Variants = field(default_factory=Variants)

    @property
    def proven(self) -> int:
        """Return the members that can be printed."""
        return self.tried - self.outside - self.refused

    def to_json(self) -> dict[str, object]:
        """Return the report for programs."""
        shown = {name: value for name, value in vars(self).items() if name != "variants"}
        return {**shown, "proven": self.proven, "seconds": round(self.seconds, 3)}


@dataclass
class _Found:
    """The findings in a chunk of members."""

    counts: Counter[str] = field(default_factory=Counter)
    variants: Variants = field(default_factory=Variants)
    efforts: list[Effort] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def prove(
    paths: Sequence[Path],
    *,
    fixed: Mapping[str, str] | None = None,
    limit: int = LIMIT,
    jobs: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[FamilyReport]:
    """Prove questions.

    Args:
        paths: question files.
        fixed: parameters to hold, to look at a few members only.
        limit: up to how many members all of a question are tried.
        jobs: how many processes work.
        progress: called with the number of members done, and of all.

    Yields:
        A report for each question, in order.

    Raises:
        InputError: a question file is faulty.
    """
    spaces = [Space.of(_question(path), fixed or {}, limit) for path in paths]
    members = [list(space.members()) for space in spaces]
    done, everything = 0, sum(map(len, members))
    with _pool(jobs) as submit:
        started = [
            [submit(path, rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
            for path, rows in zip(paths, members, strict=True)
        ]
        for path, space, rows, chunks in zip(paths, spaces, members, started, strict=True):
            begun = time.monotonic()
            report = FamilyReport(space.name, str(path), space.size, space.is_whole, len(rows))
            together = _Found()
            for chunk in chunks:
                _join(together, chunk())
                done = min(done + CHUNK, everything)
                if progress:
                    progress(done, everything)
            _state(report, together)
            if not space.is_whole:
                report.notices.append(f"{path}: {space.describe_sample(len(rows))}")
            _whole_question(report, path, is_part=bool(fixed))
            report.seconds = time.monotonic() - begun
            yield report


@contextmanager
def _pool(jobs: int) -> Iterator[Callable[[Path, list[dict[str, str]]], Callable[[], _Found]]]:
    """Open what takes work and gives back how to wait for it: in this process, or in several."""
    if jobs == 1:
        yield lambda *work: partial(_chunk, *work)
        return
    with process_pool(jobs) as pool:
        yield lambda *work: pool.submit(_chunk, *work).result


def _join(together: _Found, found: _Found) -> None:
    together.counts += found.counts
    together.variants.join(found.variants)
    together.efforts += found.efforts
    together.faults += found.faults
    together.reasons += found.reasons


def _state(report: FamilyReport, found: _Found) -> None:
    report.outside, report.refused = found.counts["outside"], found.counts["refused"]
    report.notations, report.mistakes = found.counts["notations"], found.counts["mistakes"]
    report.variants, report.distinct = found.variants, len(found.variants.wholes)
    report.faults += found.faults
    costs = sorted(effort.cost for effort in found.efforts)
    report.calculator = any(effort.calculator for effort in found.efforts)
    report.notices += _left_out(report, found)
    if report.tried and not report.proven:
        ((why, _),) = found.reasons.most_common(1)
        report.faults.append(f"{report.file}: no member can be printed ({why}); {remedy(why)}")
    report.effort = (costs[0], costs[len(costs) // 2], costs[-1]) if costs else ()


def _left_out(report: FamilyReport, found: _Found) -> Iterator[str]:
    """Yield why members are left out that no condition of the author excludes, if they are many."""
    reasons = Counter({why: n for why, n in found.reasons.items() if not why.startswith(WHERE)})
    inside = report.tried - sum(found.reasons.values()) + reasons.total()
    if report.proven and reasons.total() * MANY > inside:
        ((why, count),) = reasons.most_common(1)
        share = f"{reasons.total()} of {inside} members are left out"
        yield f"{report.file}: {share}; {count} because: {why}"


def _whole_question(report: FamilyReport, path: Path, *, is_part: bool) -> None:
    """Check once: the text, an example that prints, and that any member is left."""
    question = _question(path)
    report.faults += (f"{report.file}: {fault}" for fault in lint.find_given_away(question))
    if is_part or not report.proven:
        return
    report.faults += (f"{report.file}: {fault}" for fault in telling_hints(question))
    pages = Pages()
    report.faults += _printed(question, pages)
    report.faults += pages.faults
    report.notices += (*pages.notices, *(f"{report.file}: {said}" for said in _idle(question)))
    report.faults += (f"{report.file}: {fault}" for fault in _examples(question))


def _printed(question: QuestionFile, pages: Pages) -> Iterator[str]:
    try:
        (paper,) = papers(exam_of(question), "check", copies(1))
        paper_html(paper)
        for fault in _of_text(question, paper):
            yield f"{question.file}: {fault}"
        if engine() is not None:
            pages.look_at(paper)
        if pages.paper is not None:
            for line, what in find_unprinted(question, paper, pages.paper):
                yield f"{question.file}:{line}: {what}"
    except ExamgenError as error:
        yield f"{question.file}: {error}"


def _of_text(question: QuestionFile, paper: Paper) -> Iterator[str]:
    yield from lint.find_unsaid(question, paper.parts[0].solved)
    yield from lint.find_unused(question, paper.parts[0].solved)
    yield from member.unprinted_conventions(paper)


def _idle(question: QuestionFile) -> Iterator[str]:
    (paper,) = papers(exam_of(question), "check", copies(1))
    yield from lint.idle_mistakes(question, paper.parts[0].solved)


def _examples(question: QuestionFile) -> Iterator[str]:
    """Yield examples whose answers do not come out."""
    for example in question.examples:
        one = member_of(question, example.given)
        if one.outside:
            given = ", ".join(f"{name}={value}" for name, value in example.given.items())
            yield f"the example {given or '{}'} is outside the question: {one.outside}"
            continue
        part = _part(question, one)
        keys = {answer.id.partition(".")[2]: answer for answer in member.machine_marked(part.key)}
        for name, text in example.gives.items():
            if not member.is_example(keys[name], text):
                yield f"example: {name} is {keys[name].expected}, not {text}"


def _part(question: QuestionFile, one: Member) -> Part:
    (asked,) = exam_of(question).parts
    return part_of(asked, one.model, one.solution)


def _chunk(path: Path, rows: list[dict[str, str]]) -> _Found:
    question, found = _question(path), _Found()
    for chosen in rows:
        one = member_of(question, chosen)
        if one.outside or one.refused:
            found.counts["outside" if one.outside else "refused"] += 1
            found.reasons[one.outside or one.refused] += 1
            continue
        part = _part(question, one)
        found.efforts.append(effort_of(part.key.answers, part.solved))
        found.variants.add(part)
        if len(found.faults) < MOST_FAULTS:
            shown = " ".join(f"--with {name}={value}" for name, value in chosen.items())
            found.counts["workings"] += 1
            is_looked_at = found.counts["workings"] <= MOST_WORKINGS
            why = [
                f"{path}: {fault}; see: examgen check {path} {shown}"
                for fault in (
                    *member.faults(part, found.counts),
                    *lint.find_misprinted(question, part),
                    *(part_workings(part) if is_looked_at else ()),
                )
            ]
            found.faults += why[:MOST_FAULTS]
    return found
