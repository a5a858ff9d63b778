"""Taking in what the students handed in: files of any kind, one submission for each paper.

Nothing is chosen silently: what contradicts itself is left to a person, what cannot be read is
named by file and line, and the rest is graded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.key import AnswerKey
from grader.files import Content, read_regular, regular_files
from grader.json_submissions import read_json
from grader.register import Register
from grader.submissions import Doubt, Submission, Submissions
from grader.table_submissions import contradiction, read_table
from solvers.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from answers.key import PaperKey
    from grader.submissions import Given


def read_files(paths: Iterable[Path]) -> tuple[tuple[Content, ...], list[Fault]]:
    """The bytes of files, and of the files in folders; what is no ordinary file is a fault."""
    contents, faults = [], []
    for path in paths:
        files, left_out = regular_files(path)
        faults.extend(left_out)
        for file in files:
            read = read_regular(file)
            if isinstance(read, Content):
                contents.append(read)
            else:
                faults.append(read)
    return tuple(contents), faults


def take_in(contents: Sequence[Content], keys: Sequence[PaperKey]) -> Submissions:
    """The submissions of files that were read."""
    register = Register(keys)
    found: list[Submission] = []
    faults: list[Fault] = []
    for content in contents:
        is_json = content.path.suffix.lower() == ".json"
        submissions, wrong = (read_json if is_json else read_table)(content, register)
        found.extend(submissions)
        faults.extend(wrong)
    merged: dict[str, Submission] = {}
    for item in found:
        before = merged.get(item.paper)
        merged[item.paper] = _merged(before, item, faults) if before else item
    if merged:
        faults.extend(_never_handed_in(merged, keys, contents[0].name))
    return Submissions(tuple(merged.values()), tuple(faults))


def _merged(before: Submission, after: Submission, faults: list[Fault]) -> Submission:
    """Two submissions for one paper: they add to each other, repeat, or contradict each other."""
    file, _, line = after.sources[0].rpartition(":")
    what = f"{after.student} handed in before, in {before.sources[0]}"
    sources = (*before.sources, *after.sources)
    both = before.answers.keys() & after.answers.keys()
    if all(before.answers[name] == after.answers[name] for name in both):
        if both:
            faults.append(Fault(file, int(line), f"{what}, with the same answers", "remove one"))
        answers = {**before.answers, **after.answers}
    else:
        fix = "keep the one that counts and grade again; neither is marked"
        faults.append(Fault(file, int(line), f"{what}, with other answers", fix))
        answers = _contradicting(before, after)
    return Submission(before.paper, before.student, answers, sources)


def _contradicting(before: Submission, after: Submission) -> dict[str, Given]:
    """No answer of either is taken, not even where they agree: one may be somebody else's."""
    why = "two submissions that differ were handed in for this paper; neither was chosen"
    answers: dict[str, Given] = {}
    for name in (*before.answers, *after.answers):
        given = [part.answers[name] for part in (before, after) if name in part.answers]
        answers[name] = Doubt(why, contradiction(given[0], given[-1]).texts)
    return answers


def _never_handed_in(
    merged: dict[str, Submission], keys: Sequence[PaperKey], file: str
) -> Iterable[Fault]:
    seen = {name for item in merged.values() for name in item.answers}
    asked = (a.id for key in keys for a in key.answers if isinstance(a, AnswerKey))
    missing = [name for name in dict.fromkeys(asked) if name not in seen]
    if missing:
        fix = "hand in a table with these columns; until then these answers are absent"
        yield Fault(file, 1, f"nothing was handed in for {', '.join(missing)}", fix)
