"""A made-up class as files: what is handed in, the truth, and what the class was drawn from.

simulated/class.json      seed, shares, who did what, how hard each answer is
simulated/truth.jsonl     a line for each paper: what must become of each answer
simulated/submissions/    what `examgen grade` takes
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

from examgen.folder.key import PaperKey
from examgen.folder.key_file import KEY, key_file
from examgen.ground.errors import ExamgenError
from examgen.ground.files import atomic_folder
from examgen.ground.privacy import keeps_private
from examgen.ground.wording import format_count
from examgen.simulation.classroom import Manner, Shares, sittings
from examgen.simulation.draws import difficulty
from examgen.simulation.formats import Format, submissions_text
from examgen.simulation.truth import TRUTH, truth_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from examgen.folder.key_file import KeyFile
    from examgen.simulation.classroom import Sitting

CLASS = "class.json"
SUBMISSIONS = "submissions"
PAPERS_A_FILE = 500  # grading reads a file of a few MiB as a whole


@dataclass(frozen=True)
class Simulated:
    """A made-up class: its folder, how many papers, and how many students did what."""

    folder: Path
    papers: int
    manners: dict[Manner, int]


@keeps_private
def simulate(
    folder: Path,
    seed: str,
    students: int | None = None,
    out: Path | None = None,
    form: Format = Format.WIDE,
    shares: Shares | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Simulated:
    """Make up a class for an exam folder, paper by paper.

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
    keys = key_file(folder / KEY)
    papers, ids = _asked(keys, students), list(keys.answers)
    target, shares = out or folder / "simulated", shares or Shares()
    own = map(PaperKey.from_json, keys.lines(range(papers)))
    found = sittings(own, seed, shares)
    manners: Counter[Manner] = Counter()
    with atomic_folder(target, TRUTH) as new, (new / TRUTH).open("w", encoding="utf-8") as truth:
        (new / SUBMISSIONS).mkdir()
        while some := list(islice(found, PAPERS_A_FILE)):
            _write_submissions(new / SUBMISSIONS, form, ids, some, manners.total())
            truth.writelines(map(truth_line, some))
            manners.update(one.manner for one in some)
            if progress:
                progress(manners.total(), papers)
        _write_class(new / CLASS, seed, shares, manners, ids)
    return Simulated(target, papers, {manner: manners[manner] for manner in Manner})


def class_of(folder: Path, seed: str, students: int | None = None) -> Iterator[Sitting]:
    """Yield who hands something in of the class that `simulate` makes up, paper by paper.

    Raises:
        InputError: the key is missing or damaged.
    """
    keys = key_file(folder / KEY)
    own = map(PaperKey.from_json, keys.lines(range(_asked(keys, students))))
    return (one for one in sittings(own, seed) if one.handed_in)


def _asked(keys: KeyFile, students: int | None) -> int:
    """Return how many papers are answered."""
    papers = len(keys.roll)
    if papers < (students or 1):
        what = f"the exam has {format_count(papers, 'paper')}; make more with examgen make --copies"
        raise ExamgenError(f"{keys.path.parent}: {what}")
    return students or papers


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
