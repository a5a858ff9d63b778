"""Proposals from outside: taken in, shown beside an answer, compared with people; never a mark."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, TypeAdapter, ValidationError

from examgen.folder.key import PaperKey, RubricKey
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from examgen.ground.privacy import keeps_private
from grader.by_hand.agreement import agreement
from grader.by_hand.graded import open_graded
from grader.by_hand.groups import paper_code, waiting_groups
from grader.records.submissions import excerpt
from grader.results.effective_marks import effective_results
from grader.store.marks import response_digest
from grader.store.proposals import Proposal, add_proposals, proposals_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.folder.key import Criterion
    from examgen.folder.key_file import KeyFile
    from grader.by_hand.agreement import Agreement, Pair
    from grader.by_hand.groups import Group
    from grader.store.marks import PersonMark
    from grader.store.store import Run, Store

_SIGN = b'"criterion"'
_AGAIN = "name a group of marking-first, or a paper and an answer of this exam"


@dataclass(frozen=True)
class _Line:
    """A line of a file of proposals; a group, or a paper and an answer."""

    criterion: Annotated[int, Field(ge=1)]
    confidence: Annotated[float, Field(ge=0, le=1, strict=True)]
    evidence: str = ""
    group: str = ""
    paper: str = ""
    answer: str = ""


_LINE = TypeAdapter(_Line)


@dataclass(frozen=True)
class _Written:
    """An answer that a person marks: what was written, and by what it is marked."""

    paper: str
    text: str
    key: RubricKey
    rubric: str


def is_proposals(file: Path) -> bool:
    """Return whether a file has proposals: lines of JSON, of which the first has a criterion."""
    if file.suffix != ".jsonl":
        return False
    content = read_regular(file)
    return not isinstance(content, Fault) and _SIGN in content.raw.lstrip().split(b"\n", 1)[0]


@keeps_private
def take_proposals(folder: Path, file: Path, by: str, database: str | None = None) -> int:
    """Keep what a person or program proposes; return about how many criteria. No mark changes.

    Args:
        folder: a graded exam folder.
        file: lines of JSON with group (or paper and answer), criterion, evidence and confidence.
        by: who proposes.
        database: as for `grade`.

    Raises:
        InputError: every fault of the file; nothing of it is taken then.
        ExamgenError: nothing was graded, or the key was changed since.
    """
    content = read_regular(file)
    if isinstance(content, Fault):
        raise InputError([content])
    with open_graded(folder, database) as (store, run, keys):
        written = _written(store, run, keys)
        named = _named(store, run, keys, written)
        faults, found = list[Fault](), list[Proposal]()
        for place, text in enumerate(content.raw.splitlines(), start=1):
            try:
                found += _proposals(text, named, by) if text.strip() else ()
            except ValueError as error:
                what, _, fix = str(error).partition("; ")
                faults.append(Fault(content.name, place, what, fix))
        if faults:
            raise InputError(faults)
        add_proposals(store, found)
    return len(found)


def _written(store: Store, run: Run, keys: KeyFile) -> dict[tuple[str, str], _Written]:
    """Return all answers that people mark by criteria, by paper and answer."""
    found = {}
    lines = keys.lines()
    for paper, line in zip(effective_results(store, run), lines, strict=True):
        given = {answer.id: answer for answer in paper.answers if paper.handed_in}
        for key in PaperKey.from_json(line).answers:
            if isinstance(key, RubricKey) and key.id in given:
                own = given[key.id]
                found[paper.paper, key.id] = _Written(paper.paper, own.text or "", key, own.rubric)
    return found


def _named(
    store: Store, run: Run, keys: KeyFile, written: Mapping[tuple[str, str], _Written]
) -> Mapping[tuple[str, ...], list[_Written]]:
    """Return answers by all that may name them: a group, or a paper (or its code) and an answer."""
    salt = store.salt()
    found: dict[tuple[str, ...], list[_Written]] = {}
    for (paper, answer), one in written.items():
        found[paper, answer] = found[paper_code(salt, paper), answer] = [one]
    for group in waiting_groups(store, run, keys):
        own = [found[code, group.answer] for code in group.papers if (code, group.answer) in found]
        found[(group.id,)] = [one for some in own for one in some]
    return found


def _proposals(
    text: bytes, named: Mapping[tuple[str, ...], list[_Written]], by: str
) -> Iterator[Proposal]:
    """Yield the proposals of a line, one for each paper of a group.

    Raises:
        ValueError: what is wrong, and what to do.
    """
    try:
        line = _LINE.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        what = ".".join([*map(str, first["loc"])]) or "the line"
        fix = "write criterion (1, 2, ...), confidence (0 to 1) and evidence"
        raise ValueError(f"{what}: {first['msg']}; {fix}") from error
    name = (line.group,) if line.group else (line.paper, line.answer)
    if not (members := named.get(name)):
        raise ValueError(f"no answer for a person is called {excerpt(' '.join(name))!r}; {_AGAIN}")
    for one in members:
        if line.criterion > len(one.key.criteria):
            has = f"{one.key.id} has {len(one.key.criteria)} criteria"
            raise ValueError(f"criterion {line.criterion}: {has}; write the number of one of them")
        if _plain(line.evidence) not in _plain(one.text):
            what = f"{excerpt(line.evidence)!r} is not in the answer"
            raise ValueError(f"{what}; quote it, or leave the evidence empty")
        yield Proposal(
            *(one.paper, one.key.id, response_digest(one.text), one.rubric, line.criterion),
            *(line.evidence, Fraction(str(line.confidence)), by),
        )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def with_proposals(store: Store, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return groups with what is proposed about the first paper of each."""
    known = proposals_of(store, [group.paper for group in groups])
    return tuple(
        replace(
            group,
            proposals=tuple(
                one
                for one in known.get((group.paper, group.answer), ())
                if one.holds(group.text, group.rubric)
            ),
        )
        for group in groups
    )


def proposal_agreement(
    store: Store,
    pairs: Sequence[tuple[PersonMark, PersonMark]],
    known: Mapping[str, Sequence[Criterion]],
) -> Mapping[str, Agreement]:
    """Return how far proposals agree with each of two people, criterion by criterion.

    A criterion is met for a person who gives at least half of it, for a proposal with a confidence
    of at least one half. Criteria without a proposal are left out.

    Args:
        store: the grading store.
        pairs: first and second marks of the same answers.
        known: the criteria by which was marked, by their names.
    """
    proposed = proposals_of(store, [first.paper for first, _ in pairs])
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for one in proposed.get((pair[0].paper, pair[0].answer), ()):
            for mark in pair:
                criteria = known.get(mark.rubric, ())
                if _is_about(one, mark) and len(criteria) == len(mark.criteria):
                    got = Fraction(mark.criteria[one.criterion - 1])
                    is_met = 2 * abs(got) >= abs(criteria[one.criterion - 1].full)
                    name = f"{one.answer} {one.criterion}, {one.proposer} and {mark.opinion}"
                    found[name].append((Fraction(one.is_met), Fraction(is_met)))
    return {name: agreement(own) for name, own in sorted(found.items())}


def _is_about(one: Proposal, mark: PersonMark) -> bool:
    return (one.response, one.rubric) == (mark.response, mark.rubric) and bool(mark.criteria)
