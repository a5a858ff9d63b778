"""Scanning from end to end: files in, each image read once, answers out as a file for `grade`.

Cut off at any moment and called again, it goes on where it was.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from examgen.folder.key_file import key_file
from examgen.folder.manifest import read_manifest
from examgen.folder.pages.page_boxes import BOXES, boxes_from, boxes_of
from examgen.folder.scans import ANSWERS, ORIGINALS, SCANS, WAITS
from examgen.ground.errors import ExamgenError, Fault, InputError
from examgen.ground.files import write_whole
from examgen.ground.privacy import keeps_private
from grader.records.printed import read_printed
from grader.records.submissions import Doubt
from grader.scan.account import Account
from grader.scan.originals import keep_originals
from grader.scan.reading.read_image import Exam, Task
from grader.scan.records import Kind, append, read_journal
from grader.scan.twice import SAME, Pair
from grader.scan.work import Readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.folder.key_file import KeyFile
    from examgen.folder.pages.page_boxes import PaperBoxes
    from grader.records.submissions import Given
    from grader.scan.originals import Original
    from grader.scan.records import PageRecord

KEY, PAPERS = "key.jsonl", "papers"
NO_PDF = "the exam has no PDFs of its papers, by which scans are read; make it with a TeX engine"
_COARSE = (
    "scanned in black and white or coarsely: faint ink may be lost, and what seems blank waits"
)


@dataclass(frozen=True)
class ScanReport:
    """The result of scanning.

    Attributes:
        folder: where all of it is kept.
        kinds: how many images there are of each kind.
        found: how many pages were found, of how many that the papers seen have.
        waiting: how many answers a person has to read, on pages that are certain.
        notices: what a person should know, and files that could not be opened.
        left_out: those of them that are such files.
    """

    folder: Path
    kinds: Mapping[Kind, int]
    found: int
    missing: tuple[tuple[str, int], ...]
    waiting: int
    incomplete: tuple[str, ...]
    notices: tuple[Fault, ...] = ()
    left_out: tuple[Fault, ...] = ()


@keeps_private
def scan(
    folder: Path,
    scans: Iterable[Path],
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> ScanReport:
    """Read scanned pages of an exam's papers, and write what they answer for `grade`.

    Args:
        folder: the exam folder, with the PDFs of its papers.
        scans: PDFs, pictures, folders and zips of them; none to sum up again.
        jobs: how many processes read; the outcome is the same with any number.
        progress: called with the number of images read and of all.

    Raises:
        ExamgenError: the exam has no PDFs, or a file cannot be written.
    """
    if not any((folder / PAPERS).glob("*.pdf")):
        raise ExamgenError(f"{folder}: {NO_PDF}")
    target = folder / SCANS
    target.mkdir(exist_ok=True)
    originals, left_out = keep_originals(scans, target / ORIGINALS)
    with Readers(exam_of(folder), folder / PAPERS, jobs) as readers:
        faults = _read_all(target, readers, originals, progress)
        settle_twins(target, readers)
    report = sum_up(folder)
    notices = (*left_out, *faults, *report.notices)
    return replace(report, notices=notices, left_out=(*left_out, *faults))


def exam_of(folder: Path) -> Exam:
    """Return what is known of the exam whose papers come back."""
    printed = read_printed(folder)
    return Exam(printed.code, printed.checksums, has_sums=(folder / BOXES).exists())


def _read_all(
    target: Path,
    readers: Readers,
    originals: Sequence[Original],
    progress: Callable[[int, int], None] | None,
) -> list[Fault]:
    """Read the images that have no line yet; return which files are none."""
    counts = list(readers.count([one.path for one in originals]))
    faults = [
        Fault(one.source, 1, count, "hand in PDF, TIFF, JPEG or PNG")
        for one, count in zip(originals, counts, strict=True)
        if isinstance(count, str)
    ]
    tasks = [
        Task(f"{one.sha}#{number}", one.path, one.source, number)
        for one, count in zip(originals, counts, strict=True)
        for number in range(1, count + 1 if isinstance(count, int) else 1)
    ]
    known = read_journal(target).pages
    todo = [task for task in tasks if task.image not in known]
    for done, (pages, reads) in enumerate(readers.read(todo), len(tasks) - len(todo) + 1):
        append(target, reads, pages)
        if progress:
            progress(done, len(tasks))
    return faults


def task_of(target: Path, page: PageRecord) -> Task:
    """Return how an image is read again."""
    sha = page.image.partition("#")[0]
    return Task(page.image, target / ORIGINALS / sha, page.source, page.number)


def settle_twins(target: Path, readers: Readers) -> None:
    """Compare pages that were scanned more than once; all but the first of equal ones step back."""
    account = Account.of(read_journal(target))
    pairs = [
        Pair((task_of(target, first), first), (task_of(target, other), other))
        for first, *others in account.sheets.values()
        for other in others
    ]
    for pair, ink in zip(pairs, readers.compare(pairs), strict=True):
        if ink <= SAME:
            first, other = pair.first[1], pair.second[1]
            why = f"the same as {first.source} {first.number}"
            append(target, (), [replace(other, kind=Kind.DUPLICATE, why=why)])


@dataclass(frozen=True)
class Printed:
    """The papers of an exam as they were printed, which no scan changes.

    Attributes:
        boxes: of each paper.
        walk_ins: papers that were made for nobody.
    """

    exam: Exam
    keys: KeyFile
    boxes: Mapping[str, PaperBoxes]
    walk_ins: frozenset[str]

    @classmethod
    def of(cls, folder: Path) -> Printed:
        """Read what is known of the papers of an exam folder."""
        boxes = {paper.paper: paper for paper in paper_boxes(folder)}
        walk_ins = read_manifest(folder).walk_ins
        return cls(exam_of(folder), key_file(folder / KEY), boxes, walk_ins)


def sum_up(folder: Path) -> ScanReport:
    """Write the answers of all papers that were seen, and say what was found."""
    target = folder / SCANS
    return write_answers(target, Printed.of(folder), Account.of(read_journal(target)))


def write_answers(target: Path, printed: Printed, account: Account) -> ScanReport:
    """Write the answers that an account has, and say what was found."""
    exam, boxes, records = printed.exam, printed.boxes, []
    for key in printed.keys.roll:
        given = account.answers(boxes[key.paper], {answer.id: answer for answer in key.answers})
        if given is not None:
            typed = account.student(key.paper) if key.paper in printed.walk_ins else ""
            about = (exam.code, exam.checksums.get(key.paper, ""), typed or key.student, key.paper)
            records.append(_record(*about, given))
    write_whole(target / ANSWERS, json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    missing = tuple(account.missing(boxes.values()))
    doubtful = (paper for paper, page in account.sheets if account.doubt((paper, page)))
    incomplete = sorted({*(paper for paper, _ in missing), *doubtful})
    return ScanReport(
        target,
        account.kinds,
        len(account.sheets),
        missing,
        sum(1 for _ in account.waiting()),
        tuple(incomplete),
        tuple(_notices(account)),
    )


def _record(
    exam: str, checksum: str, student: str, paper: str, given: Mapping[str, Given]
) -> dict[str, object]:
    """Return a paper's answers as a form holds them; of what waits, why."""
    return {
        "exam": exam,
        "checksum": checksum,
        "student": student,
        "paper": paper,
        "answers": {
            name: {WAITS: one.why} if isinstance(one, Doubt) else one for name, one in given.items()
        },
    }


def paper_boxes(folder: Path) -> Iterator[PaperBoxes]:
    """Yield where the boxes of each paper are; of papers of an older version, by their PDFs.

    Raises:
        InputError: the file of the boxes is damaged.
    """
    known: dict[str, PaperBoxes] = {}
    path = folder / BOXES
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        try:
            found = boxes_from(line)
        except ValueError as error:
            fix = "restore the file, or remove it: the PDFs say the same"
            raise InputError([Fault(str(path), number, str(error), fix)]) from error
        known[found.paper] = found
    for entry in read_manifest(folder).entries:
        pdf = folder / PAPERS / f"{entry.paper}.pdf"
        if entry.paper in known:
            yield known[entry.paper]
        elif pdf.exists():
            yield boxes_of(entry.paper, pdf.read_bytes())


def _notices(account: Account) -> Iterator[Fault]:
    """Yield a line for each image that is not simply a page, and one for pale scans."""
    pale: dict[str, int] = defaultdict(int)
    for page in account.journal.pages.values():
        pale[page.source] += page.is_pale
        if what := _said(account, page):
            yield Fault(page.source, page.number, what, "see examgen scan --list")
    for source, count in pale.items():
        if count:
            what = f"{count} images were {_COARSE}"
            yield Fault(source, 1, what, "scan in grey, with 200 dots an inch")


def _said(account: Account, page: PageRecord) -> str:
    sheet = (page.paper, page.page)
    match page.kind:
        case Kind.PAGE:
            doubt = account.doubt(sheet)
            return f"paper {page.paper}: {doubt}" if doubt else ""
        case Kind.FOREIGN | Kind.UNKNOWN:
            return page.why
        case Kind.SPARE | Kind.BACK:
            return page.why if not page.paper else ""
        case _:
            return ""
