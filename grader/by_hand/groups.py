"""Groups of equal answers that wait for a person, without names and in no one's order."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from examgen.folder.key import PaperKey, RubricKey
from examgen.folder.questions import question_html
from examgen.ground.translator import ENGLISH, Translator
from grader.by_hand.earlier import Before, marked_before, opinions_digest
from grader.results.effective_marks import effective_results
from grader.scoring.marked import FOR_A_PERSON, TWO_DIFFER
from grader.store.marks import response_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from fractions import Fraction

    from markupsafe import Markup

    from examgen.folder.key import Criterion, PartKey
    from examgen.folder.key_file import KeyFile
    from grader.scoring.marked import MarkedAnswer
    from grader.store.marks import PersonMark
    from grader.store.proposals import Proposal
    from grader.store.store import Run, Store

_CONSONANTS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Group:
    """Equal answers to one question, which get the same marks.

    Attributes:
        id: changes when an answer in the group changes.
        answer: the answer's id: `1a.size`.
        criteria: what to look for; empty where the answer is marked as a whole.
        model: the right answer in LaTeX; may be empty.
        accept: what people shall take as right besides the model answer.
        question: what the paper of the first of them asked; empty in older exam folders.
        expected: the right answer in student notation; may be empty.
        text: what was written, as the first of them wrote it.
        pattern: the same with each number of the paper by its name, where that differs.
        why: why it waits.
        papers: the codes of the papers.
        rubric: what names the criteria.
        earlier: how it was marked before its criteria were edited; empty where it was not.
        opinions: the marks of two people that wait to be settled.
        proposals: what others than the two say about its criteria.
        paper: the first of them; those who mark do not see it.
        pictures: names of files with what the first of them wrote by hand.
    """

    id: str
    answer: str
    label: str
    out_of: Fraction
    criteria: tuple[Criterion, ...]
    model: str
    expected: str
    text: str
    pattern: str
    why: str
    papers: tuple[str, ...]
    accept: tuple[str, ...]
    question: Markup
    rubric: str = ""
    earlier: str = ""
    opinions: tuple[PersonMark, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    paper: str = ""
    pictures: tuple[str, ...] = ()


@dataclass
class _Open:
    """A group while its members are being found."""

    paper: str
    first: MarkedAnswer
    part: PartKey
    rubric: RubricKey | None
    pattern: str
    members: list[tuple[str, str]] = field(default_factory=list)


def letters(text: str, length: int) -> str:
    """Return a code for a text: consonants, which no spreadsheet takes for a number.

    >>> letters("p001", 12)
    'gkjnrrjcnsfb'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:length].translate(_CONSONANTS)


def paper_code(salt: str, paper: str) -> str:
    """Return the code that stands for a paper towards those who mark it."""
    return letters(f"{salt}/{paper}", 12)


def group_id(answer: str, members: Iterable[tuple[str, str]]) -> str:
    """Return what names a group: its answer, and its papers' codes with what they wrote."""
    return letters(f"{answer}/{sorted(members)}", 16)


def waiting_groups(
    store: Store,
    run: Run,
    keys: KeyFile,
    chosen: Collection[tuple[str, str]] | None = None,
    say: Translator = ENGLISH,
) -> tuple[Group, ...]:
    """Return all that waits, answer by answer, in an order independent of names.

    Args:
        store: the grading store.
        run: whose answers.
        keys: of the exam.
        chosen: papers and answers, instead of those that wait.
        say: says how they were marked before.
    """
    salt, found = store.salt(), dict[tuple[str, str, str], _Open]()
    for paper, line in zip(effective_results(store, run), keys.lines(), strict=True):
        waiting = [
            answer
            for answer in paper.answers
            if (answer.waits if chosen is None else (paper.paper, answer.id) in chosen)
            and (paper.handed_in or chosen is None)
        ]
        asked = dict(_asked(PaperKey.from_json(line))) if waiting else {}
        code = paper_code(salt, paper.paper)
        for answer in waiting:
            part, rubric = asked[answer.id]
            pattern = _pattern(answer.text or "", part.model.inputs)
            # Where nothing was typed, the file has to be looked at: no two of them are alike.
            is_typed = pattern or answer.why == FOR_A_PERSON or answer.differs
            own = "" if is_typed else code
            written = response_digest(answer.text)
            if answer.differs:
                both = opinions_digest(store, paper.paper, answer.id, answer.text)
                own, written = f"{own}{TWO_DIFFER} {both}", f"{written} {both}"
            if chosen is not None and not pattern:
                own = code  # who left it blank has not answered as somebody else did
            elif chosen is not None and rubric is None:
                own += answer.expected  # the same text is right on one paper, wrong on another
            group = found.setdefault(
                (answer.id, pattern, own),
                _Open(paper.paper, answer, part, rubric, pattern),
            )
            group.members.append((code, written))
    order = {name: place for place, name in enumerate(keys.answers)}
    first = [(group.paper, group.first) for group in found.values()]
    earlier = marked_before(store, first, say)
    nothing = Before()
    groups = (
        _closed(group, earlier.get((group.paper, group.first.id), nothing))
        for group in found.values()
    )
    return tuple(sorted(groups, key=lambda group: (order[group.answer], group.id)))


def _asked(key: PaperKey) -> Iterator[tuple[str, tuple[PartKey, RubricKey | None]]]:
    for part in key.parts:
        for answer in part.answers:
            yield answer.id, (part, answer if isinstance(answer, RubricKey) else None)


def _pattern(text: str, inputs: Mapping[str, str]) -> str:
    """Return a text with the paper's own numbers by name: `2*224 - 3` is `2*[height] - 3`."""
    names: dict[str, str] = {}
    for name, value in inputs.items():
        names.setdefault(value, f"[{name}]")
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return _NUMBER.sub(lambda found: names.get(found[0], found[0]), plain)


def _closed(group: _Open, earlier: Before) -> Group:
    answer = group.first
    text = answer.text or ""
    return Group(
        id=group_id(answer.id, group.members),
        answer=answer.id,
        label=answer.label,
        out_of=answer.out_of,
        criteria=group.rubric.criteria if group.rubric else (),
        model=answer.shown,
        expected=answer.expected,
        text=text,
        pattern="" if group.pattern == " ".join(text.split()) else group.pattern,
        why=answer.why,
        papers=tuple(sorted(code for code, _ in group.members)),
        accept=group.rubric.accept if group.rubric else (),
        question=question_html(group.part),
        rubric=answer.rubric,
        earlier=earlier.says,
        opinions=earlier.opinions,
        paper=group.paper,
    )
