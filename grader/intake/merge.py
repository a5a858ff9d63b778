"""One submission for each paper, from all that was found.

Submissions add to each other, repeat, or contradict each other. Of those that contradict each
other none is taken, unless the latest counts; what a person settled in an exception file comes
before all.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from grader.records.submissions import Doubt, Problem, Submission, Waiting, contradiction, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.intake.reading import Found
    from grader.records.submissions import Given

MAX_TRIES = 100
_WHY = "two submissions that differ were handed in for this paper; neither was chosen"


@dataclass
class Merged:
    """The one submission made of all that was found for a paper.

    Attributes:
        duplicates: what was handed in again, or was replaced by what came later.
    """

    submission: Submission
    duplicates: list[Found] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


def merge_submissions(found: Sequence[Found], *, latest: bool = False) -> Merged:
    """Return one submission from all that was found for a paper."""
    found = _in_order(found) if latest else found
    result = _merged(found[-MAX_TRIES:], latest=latest)
    if len(found) > MAX_TRIES:
        what = f"{found[0].submission.student} handed in {len(found):,} times"
        fix = f"only the last {MAX_TRIES} were looked at"
        result.notices.append(_fault(found[-1], what, fix))
        result.duplicates.extend(found[:-MAX_TRIES])
    return result


def _merged(found: Sequence[Found], *, latest: bool) -> Merged:
    by_hand = [item for item in found if item.corrected]
    others = [item for item in found if not item.corrected]
    if not by_hand or not others:
        return _joined(found, latest=latest)
    result, corrected = _joined(others, latest=latest), _joined(by_hand, latest=latest)
    # A person chose between submissions that differ: those that were not chosen do not count.
    before = {} if result.waiting else result.submission.answers
    own = corrected.submission.answers
    # A row that nobody settled takes nothing from what is known besides.
    still = all(item.rows == 0 for item in by_hand)
    answers = {**own, **before} if still else {**before, **own}
    sources = (*result.submission.sources, *corrected.submission.sources)
    return Merged(
        replace(corrected.submission, answers=answers, sources=sources),
        [*result.duplicates, *corrected.duplicates],
        [*([] if result.waiting else result.notices), *corrected.notices],
        corrected.waiting,
    )


def _joined(found: Sequence[Found], *, latest: bool) -> Merged:
    result = Merged(found[0].submission)
    rows = _without_empty([item for item in found if item.rows], result)
    doubts = [item for item in found if not item.rows]
    kept: list[Found] = []
    clash: list[Found] = []
    for item in rows:
        rivals = [other for other in kept if _compared(other, item) is False]
        repeated = [other for other in kept if _compared(other, item)]
        replaces = latest and all(_is_replaced(other, item) for other in rivals)
        if rivals:
            result.notices.append(_other_answers(rivals[-1], item, latest=latest, ends=replaces))
        elif repeated:
            what = f"{_handed_in_before(repeated[-1], item)}, with the same answers"
            result.notices.append(_fault(item, what, "remove one"))
        if rivals and replaces:
            kept = [other for other in kept if other not in rivals]
            result.duplicates.extend(rivals)
        elif rivals or repeated:
            result.duplicates.append(item)
            clash.extend(other for other in (*rivals, item) if rivals and other not in clash)
        kept.append(item)
    result.submission = _one([*kept, *doubts], is_doubtful=bool(clash or doubts))
    result.waiting.extend(map(_waiting, kept if doubts else clash))
    return result


def _without_empty(rows: Sequence[Found], result: Merged) -> Sequence[Found]:
    """Return what holds an answer, if anything does: an attempt without one wipes nothing."""
    empty = [item for item in rows if _is_empty(item)]
    if not empty or len(empty) == len(rows):
        return rows
    other = next(item for item in rows if item not in empty)
    for item in empty:
        what = f"this attempt of {item.submission.student} is empty"
        said = _fault(item, what, f"nothing to do: {other.submission.sources[0]} counts")
        result.notices.append(said)
    result.duplicates.extend(empty)
    return [item for item in rows if item not in empty]


def _is_empty(item: Found) -> bool:
    given = item.submission.answers.values()
    return all(isinstance(one, str) and not one.strip() for one in given)


def _is_replaced(before: Found, after: Found) -> bool:
    """Return whether what was handed in later takes the place of the other."""
    return _is_same_sender(before, after) and _is_earlier(before, after)


def _is_earlier(before: Found, after: Found) -> bool:
    return bool(before.when and after.when and before.when.is_before(after.when))


def _is_same_sender(before: Found, after: Found) -> bool:
    """Return whether both may come from one person.

    Nobody's answers are replaced by somebody else.
    """
    return not before.sender or not after.sender or before.sender == after.sender


def _in_order(found: Sequence[Found]) -> Sequence[Found]:
    """Return the earlier ones first, as far as times are known; those without one are last."""
    return sorted(found, key=lambda item: item.when.order if item.when else inf)


def _compared(before: Found, after: Found) -> bool | None:
    """Return whether two submissions agree where both answer.

    None where they answer different things.
    """
    left, right = before.submission.answers, after.submission.answers
    both = left.keys() & right.keys()
    return all(left[name] == right[name] for name in both) if both else None


def _handed_in_before(before: Found, after: Found) -> str:
    return f"{after.submission.student} handed in before, in {before.submission.sources[0]}"


def _other_answers(before: Found, after: Found, *, latest: bool, ends: bool) -> Fault:
    what = f"{_handed_in_before(before, after)}, with other answers"
    if ends:
        times = f"this one, of {after.when}, not that of {before.when}"
        return _fault(after, what, f"the later one counts, as --latest says: {times}")
    keep = "keep the one that counts and grade again"
    if not latest:
        return _fault(after, what, f"{keep}, or say --latest; neither is marked")
    same = _is_same_sender(before, after)
    why = "which one is later is not known" if same else "somebody else handed it in"
    return _fault(after, what, f"{why}: {keep}; neither is marked")


def _fault(item: Found, what: str, fix: str) -> Fault:
    file, _, line = item.submission.sources[0].rpartition(":")
    return Fault(file, int(line), what, fix)


def _one(found: Sequence[Found], *, is_doubtful: bool) -> Submission:
    """Return submissions as one.

    If they are doubtful no answer is taken, not even where they agree: one may be somebody else's.
    """
    if len(found) == 1 and not is_doubtful:
        return found[0].submission
    answers: dict[str, Given] = {}
    for item in found:
        for name, given in item.submission.answers.items():
            before = answers.get(name, given)
            answers[name] = contradiction(before, given) if is_doubtful else given
    if is_doubtful:
        why = next((given.why for given in _only_doubts(found)), _WHY)
        answers = {name: Doubt(why, texts_of(given)) for name, given in answers.items()}
    first = found[0].submission
    sources = tuple(source for item in found for source in item.submission.sources)
    return Submission(first.paper, first.student, answers, sources)


def _only_doubts(found: Sequence[Found]) -> Iterator[Doubt]:
    """Yield why nothing is taken of rows that could not be read, where all of them are such."""
    if not any(item.rows for item in found):
        texts = (given for item in found for given in item.submission.answers.values())
        yield from (given for given in texts if isinstance(given, Doubt))


def _waiting(item: Found) -> Waiting:
    own = item.submission
    texts = tuple((name, text) for name, given in own.answers.items() for text in texts_of(given))
    fault = _fault(item, f"{own.student} handed in more than once", "remove what does not count")
    return Waiting(Problem.DUPLICATE, fault, own.student, own.paper, texts, rows=0)
