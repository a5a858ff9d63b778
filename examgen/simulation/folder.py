"""A made-up class as files: what is handed in, the truth, and what the class was drawn from.

simulated/class.json      seed, shares, who did what, how hard each answer is
simulated/truth.jsonl     a line for each paper: what must become of each answer
simulated/submissions/    what `examgen grade` takes
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import ValidationError

from answers.key import PaperKey
from examgen.simulation.classroom import Manner, Shares, sittings
from examgen.simulation.draws import difficulty
from examgen.simulation.formats import Format, submissions_text
from examgen.simulation.truth import TRUTH, truth_line
from grader.files import whole_folder
from solvers.errors import ExamgenError, Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from examgen.simulation.classroom import Sitting

CLASS = "class.json"
SUBMISSIONS = "submissions"
KEY = "key.jsonl"
PAPERS_A_FILE = 500  # grading reads a file of a few MiB as a whole


@dataclass(frozen=True)
class Simulated:
    """What was made up: where it lies, how many papers, and how many students did what."""

    folder: Path
    papers: int
    manners: dict[Manner, int]


def simulate(
    folder: Path,
    seed: str,
    students: int | None = None,
    out: Path | None = None,
    form: Format = Format.WIDE,
    shares: Shares | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Simulated:
    """Makes up a class for an exam folder, paper by paper.

    Args:
        folder: the exam folder; its `key.jsonl` is all that is read.
        seed: any text; the same seed gives the same class.
        students: how many papers are answered, the first ones; all if None.
        out: where the class goes; `simulated` in the exam folder if None.
        form: of what is handed in.
        shares: how many do something else than answer.
        progress: called with the number of papers done, and of all.

    Raises:
        InputError: the key is missing or damaged.
        ExamgenError: there are fewer papers than students, or `out` is something else.
    """
    papers, ids = _asked(folder, students)
    target, shares = out or folder / "simulated", shares or Shares()
    found = sittings(islice(_keys(folder / KEY), papers), seed, shares)
    manners: Counter[Manner] = Counter()
    with whole_folder(target, TRUTH) as new, (new / TRUTH).open("w", encoding="utf-8") as truth:
        (new / SUBMISSIONS).mkdir()
        while some := list(islice(found, PAPERS_A_FILE)):
            _write_submissions(new / SUBMISSIONS, form, ids, some, manners.total())
            truth.writelines(map(truth_line, some))
            manners.update(one.manner for one in some)
            if progress:
                progress(manners.total(), papers)
        _write_class(new / CLASS, seed, shares, manners, ids)
    return Simulated(target, papers, {manner: manners[manner] for manner in Manner})


def _asked(folder: Path, students: int | None) -> tuple[int, list[str]]:
    """How many papers are answered, and all their answers."""
    ids: Counter[str] = Counter()
    papers = 0
    for key in islice(_keys(folder / KEY), students):
        ids.update(answer.id for answer in key.answers)
        papers += 1
    if papers < (students or 1):
        what = f"the exam has {papers} papers"
        raise ExamgenError(f"{folder}: {what}; make more with examgen make --copies")
    return papers, list(ids)


def _keys(path: Path) -> Iterator[PaperKey]:
    """The keys of a folder, one by one."""
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield _key(line, Fault(str(path), number, "", "make the exam again"))
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise InputError([Fault(str(path), 1, what, "name an exam folder")]) from error


def _key(line: bytes, place: Fault) -> PaperKey:
    try:
        return PaperKey.from_json(line)
    except ValidationError as error:
        what = f"this is not the key of a paper: {error.errors()[0]['msg']}"
        raise InputError([replace(place, what=what)]) from error


def _write_submissions(
    folder: Path, form: Format, ids: list[str], some: list[Sitting], before: int
) -> None:
    suffix = "json" if form is Format.JSON else "csv"
    path = folder / f"answers-{before // PAPERS_A_FILE + 1:04d}.{suffix}"
    path.write_text(submissions_text(form, ids, some), encoding="utf-8", newline="")


def _write_class(
    path: Path, seed: str, shares: Shares, manners: Counter[Manner], ids: list[str]
) -> None:
    about = {
        "seed": seed,
        "shares_of_1000": asdict(shares),
        "manners": {manner: manners[manner] for manner in Manner},
        "difficulty": {name: difficulty(seed, name) for name in ids},
    }
    path.write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
