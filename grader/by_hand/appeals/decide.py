"""Open appeals go to another person, and come back with an outcome and a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault, InputError
from examgen.ground.privacy import keeps_private
from examgen.ground.wording import marks_text
from grader.by_hand.comments import comment_bank
from grader.by_hand.graded import open_graded, translator_of
from grader.by_hand.groups import paper_code, waiting_groups
from grader.by_hand.markers import check_markers
from grader.by_hand.returned import read_marks
from grader.by_hand.sheets import write_sheets
from grader.results.effective_marks import effective_results
from grader.results.write import write_results
from grader.store.appeals import ASKED, REJECTED, UPHELD, add_decisions, all_appeals
from grader.store.marks import add_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path

    from examgen.folder.key_file import KeyFile
    from examgen.ground.translator import Translator
    from grader.by_hand.groups import Group
    from grader.scoring.marked import MarkedAnswer
    from grader.store.appeals import Appeal
    from grader.store.marks import PersonMark
    from grader.store.store import Run, Store

APPEALS = "appeals"
_SAME = "The same answer was marked again after an appeal."


@dataclass(frozen=True)
class Moved:
    """An answer whose marks moved by an appeal.

    Attributes:
        asked: whether it was asked about; else it is the same answer as one that was.
    """

    paper: str
    answer: str
    before: Fraction | None
    after: Fraction
    asked: bool


@dataclass(frozen=True)
class Decided:
    """The result of reading decisions.

    Attributes:
        appeals: that were decided.
        moved: whose marks moved.
        folder: of the results.
    """

    appeals: Sequence[Appeal]
    moved: Sequence[Moved]
    folder: Path


@keeps_private
def write_appeals(
    folder: Path, out: Path | None = None, database: str | None = None
) -> tuple[tuple[Path, ...], int]:
    """Write the open appeals as a table and a page for another person; return how many there are.

    Equal answers are one group, also of students who did not ask.

    Args:
        folder: a graded exam folder.
        out: where the files go; `appeals` in the exam folder if None.
        database: as for `grade`.

    Raises:
        ExamgenError: nothing was graded, or the key was changed since.
    """
    with open_graded(folder, database) as (store, run, keys):
        asked = _open(store)
        say = translator_of(folder)
        groups = list(_groups(store, run, keys, asked, say))
        bank = comment_bank(store)
        files = write_sheets(groups, out or folder / APPEALS, "appeal", bank, say)
    return files, len(asked)


def _open(store: Store) -> Mapping[tuple[str, str], Appeal]:
    """Return the open appeals by paper and answer."""
    return {(one.paper, one.answer): one for one in all_appeals(store) if one.is_open}


def _groups(
    store: Store,
    run: Run,
    keys: KeyFile,
    asked: Mapping[tuple[str, str], Appeal],
    say: Translator,
) -> Iterator[Group]:
    """Yield the groups in which somebody asked, with all reasons and how it was marked."""
    answers = {answer for _, answer in asked}
    chosen = {(key.paper, answer) for key in keys.roll for answer in answers} if asked else set()
    codes = {paper_code(store.salt(), key.paper): key.paper for key in keys.roll}
    now = _marked(store, run, chosen)
    for group in waiting_groups(store, run, keys, chosen):
        members = [(codes[code], group.answer) for code in group.papers]
        own = [asked[member] for member in members if member in asked]
        if own:
            said = [say("Asked: {0}", one.reason) for one in own]
            marked = dict.fromkeys(_in_words(now[member], say) for member in members)
            yield replace(group, earlier="\n".join([*marked, *said]), opinions=())


def _in_words(answer: MarkedAnswer, say: Translator) -> str:
    marks = say("waiting") if answer.marks is None else say.marks(answer.marks)
    remark = answer.note.partition(ASKED)[0].strip()
    note = f" ({say.translate_note(remark)})" if remark else ""
    why = say.translate(answer.why)
    return say("Now {0} of {1}: {2}", marks, say.marks(answer.out_of), f"{why}{note}")


def _marked(
    store: Store, run: Run, wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], MarkedAnswer]:
    return {
        (paper.paper, answer.id): answer
        for paper in effective_results(store, run)
        for answer in paper.answers
        if (paper.paper, answer.id) in wanted
    }


@keeps_private
def decide_appeals(
    folder: Path, file: Path, by: str, out: Path | None = None, database: str | None = None
) -> Decided:
    """Read decisions about open appeals, and write the results again.

    Who asked gets what was decided, which is never less than before; who gave the same answer and
    did not ask gets it where it is more.

    Args:
        folder: a graded exam folder.
        file: the filled table, or the file that the page saved; each with a remark, the reason.
        by: who decided; none of those who marked the answer before.
        out: where the results go; `grades` in the exam folder if None.
        database: as for `grade`.

    Raises:
        InputError: every fault of the file; nothing of it is taken then.
        ExamgenError: nothing was graded, or the key was changed since.
    """
    with open_graded(folder, database) as (store, run, keys):
        found = read_marks(file, store, run, keys, by, [])
        asked = _open(store)
        now = _marked(store, run, {(mark.paper, mark.answer) for mark in found.marks})
        _check(found.marks, asked, now, str(file))
        own = [m for m in found.marks if (m.paper, m.answer) in asked]
        check_markers(store, own, store.rule, str(file))
        others = [m for m in found.marks if (m.paper, m.answer) not in asked]
        higher = [replace(m, remark=_SAME) for m in others if _is_more(m, now)]
        add_marks(store, [*own, *higher], found.rubrics, "decided on appeal, and gave")
        decided = [_decided(asked[m.paper, m.answer], m) for m in own]
        add_decisions(store, decided, by)
        results = write_results(store, run, keys, folder, out)
    moved = [
        Moved(m.paper, m.answer, before, m.marks, (m.paper, m.answer) in asked)
        for m in (*own, *higher)
        if (before := now[m.paper, m.answer].marks) != m.marks
    ]
    return Decided(decided, moved, results.folder)


def _decided(appeal: Appeal, mark: PersonMark) -> Appeal:
    outcome = UPHELD if mark.marks > appeal.marks else REJECTED
    return replace(appeal, outcome=outcome, answered=mark.remark)


def _is_more(mark: PersonMark, now: Mapping[tuple[str, str], MarkedAnswer]) -> bool:
    """Return whether a mark is more than what an answer has; what waits is left to wait."""
    marks = now[mark.paper, mark.answer].marks
    return marks is not None and mark.marks > marks


def _check(
    marks: Sequence[PersonMark],
    asked: Mapping[tuple[str, str], Appeal],
    now: Mapping[tuple[str, str], MarkedAnswer],
    file: str,
) -> None:
    """Refuse what decides no appeal.

    Raises:
        InputError: every fault.
    """
    faults = dict[Fault, None]()
    for mark in marks:
        before = now[mark.paper, mark.answer].marks
        if mark.opinion != "appeal":
            what = f"{mark.answer}: this is no decision, but a {mark.opinion} mark"
            faults[Fault(file, 1, what, "fill in the files of examgen appeals")] = None
        if not mark.remark.strip():
            what = f"{mark.answer}: a decision has no reason"
            faults[Fault(file, 1, what, "write it as the remark")] = None
        if (mark.paper, mark.answer) in asked and before is not None and mark.marks < before:
            both = f"{marks_text(mark.marks)} marks are given, and there were {marks_text(before)}"
            faults[Fault(file, 1, f"{mark.answer}: {both}", "an appeal never lowers marks")] = None
    if marks and not any((mark.paper, mark.answer) in asked for mark in marks):
        what = "none of these appeals is open"
        faults[Fault(file, 1, what, "write the files again with examgen appeals")] = None
    if faults:
        raise InputError(list(faults))
