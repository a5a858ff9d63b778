"""Making an exam folder: papers, keys, forms and the manifest, whole or not at all.

The papers are made in batches with fixed borders in a folder beside the one that is wanted. When
all are there, the folder is sealed and takes its place; until then, making can be interrupted and
taken up again.
"""

from __future__ import annotations

import gc
import io
import json
import shutil
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias

from examgen.folder.manifest import MANIFEST, OWN_QUESTIONS, manifest_to_remake, own_version
from examgen.folder.pages.page_boxes import BOXES, boxes_from
from examgen.ground.errors import ExamgenError, ToolError
from examgen.ground.files import write_whole
from examgen.ground.privacy import private
from examgen.ground.processes import process_pool
from generator.folder.batch import KEY, KEY_TABLE, PUBLIC, RECORDS, SMALL, Batch, Order, make_batch
from generator.folder.finalize import seal
from generator.folder.seeds import SEED
from generator.pdf.pdflatex import dump_format, engine
from generator.render.latex import Setup, preamble
from generator.render.names import INSTALL, undrawable
from generator.variants.assemble import number_papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from fractions import Fraction
    from pathlib import Path

    from examgen.folder.manifest import Manifest
    from examgen.folder.students import Entry, Student
    from generator.exams.model import Exam
    from generator.variants.paper import Part

    Progress: TypeAlias = Callable[[int, int], None]
    Prover: TypeAlias = Callable[[Part], Iterable[str]]

LARGEST = 50
BATCHES_AT_LEAST = 4
UNFINISHED = ".unfinished"
JOB = f"{RECORDS}/job"
FOLDERS = ("papers", "keys", "forms", RECORDS)
PRODUCTS = {MANIFEST, PUBLIC, KEY, KEY_TABLE, BOXES, *FOLDERS, OWN_QUESTIONS, "solutions", "spare"}
LOOKED_AT = 50  # papers in which boxes are looked for that run into the margin
MARGIN = 25  # millimetres above the lower edge, where the code of a page begins


@dataclass(frozen=True)
class MakeReport:
    """The report of an exam folder that was made.

    Attributes:
        count: how many papers there are now.
        pdf: whether there are PDFs.
        failures: papers that TeX could not print, with the reason.
        notices: what is printed otherwise than one might expect.
    """

    folder: Path
    count: int
    pdf: bool
    failures: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """An exam to be made.

    Attributes:
        pdf: "auto": where a TeX engine is; "yes": or fail; "no": never.
        spread: by how much the effort of two papers may differ at most, part by part.
        force: replace a folder that is there.
        resume: go on with what an interrupted run has left.
        prove: gives what is wrong with a part; a folder with a faulty part is not sealed.
        group: whether the owner's group may read the folder; nobody else ever may.
    """

    exam: Exam
    seed: str
    students: Sequence[Student]
    out: Path
    pdf: Literal["auto", "yes", "no"] = "auto"
    force: bool = False
    resume: bool = False
    workers: int = 2
    spread: Fraction | None = None
    prove: Prover | None = None
    group: bool = False


def make(job: Job, progress: Progress | None = None) -> MakeReport:
    """Make an exam folder.

    Args:
        job: what to make, and where.
        progress: called with the number of papers done and of all.

    Raises:
        ExamgenError: the folder exists, a question has no acceptable parameters, a key is not
            proven, or PDFs are demanded and cannot be made. Then nothing is left.
    """
    with private(group=job.group):
        return _make(job, progress)


def _make(job: Job, progress: Progress | None) -> MakeReport:
    order = Order(job.exam, job.seed, job.spread, prove=job.prove)
    batches = batches_for(number_papers(job.students))
    with_pdf = _with_pdf(job.pdf)
    identity = fingerprint(order, batches, with_pdf=with_pdf)
    if job.resume and not unfinished_folder(job.out).exists() and is_sealed(job.out, identity):
        return report_of(job.out, manifest_to_remake(job.out), job.students, with_pdf=with_pdf)
    _check_place(job.out, force=job.force)
    work = work_folder(job.out, identity, resume=job.resume, force=job.force)
    with resumable(work):
        if not (work / MANIFEST).exists():
            write_whole(work / SEED, job.seed)
            made = with_formats(order, batches, work) if with_pdf else order
            run(made, batches, work, job.workers, progress)
            _refuse_empty(seal(made, batches, work), order, work)
        manifest = manifest_to_remake(work)
        _replace(work, job.out)
    return report_of(job.out, manifest, job.students, with_pdf=with_pdf)


def _check_place(out: Path, *, force: bool) -> None:
    """Refuse to replace what was not asked to be replaced, or what making cannot make again."""
    if not out.exists():
        return
    if not out.is_dir() or (any(out.iterdir()) and not (out / MANIFEST).is_file()):
        what = f"{out} is not an exam folder and is not replaced"
        raise ExamgenError(f"{what}; name another one with --out")
    if not force:
        what = f"{out} exists; name another folder with --out"
        raise ExamgenError(f"{what}, or replace it with --force")
    names = (path.name for path in out.iterdir())
    foreign = sorted(name for name in names if name not in PRODUCTS and name[0] != ".")
    if foreign:
        what = f"{out} has {', '.join(foreign)}, which replacing it would delete"
        raise ExamgenError(f"{what}; move it away, or name another folder with --out")


def _with_pdf(wish: str) -> bool:
    if wish == "yes" and engine() is None:
        raise ToolError("PDFs were asked for and there is no TeX engine; see examgen doctor")
    return wish != "no" and engine() is not None


def report_of(
    out: Path, manifest: Manifest, students: Sequence[Student], *, with_pdf: bool
) -> MakeReport:
    """Return what was made, and for which students otherwise than one might expect."""
    notices = [
        f"{one.id}: no font here has {strange!r} of the name, and the paper says the id only; "
        f"run: {INSTALL}"
        for one in students
        if (strange := undrawable(one.name)) and with_pdf
    ]
    notices += _low_boxes(out) if with_pdf else ()
    return MakeReport(out, len(manifest.students), with_pdf, manifest.failures, tuple(notices))


def _low_boxes(out: Path) -> Iterator[str]:
    """Yield the answers whose boxes run into the lower margin, where the code is, each once.

    The first papers are looked at; a folder that an older version made has no such file.
    """
    path, places = out / BOXES, dict[str, str]()
    with path.open(encoding="utf-8") if path.exists() else io.StringIO() as lines:
        for paper in map(boxes_from, islice(lines, LOOKED_AT)):
            for number, page in enumerate(paper.pages, 1):
                low = [one for one in page.boxes if one.y + one.height > page.height - MARGIN]
                for box in low:
                    places.setdefault(box.answer, f"{paper.paper}, page {number}")
    for answer, place in places.items():
        what = f"{place}: the box of {answer} runs into the margin"
        yield f"{what}; run examgen check with the exam file, and do not print this"


def batches_for(entries: Sequence[Entry], first: int = 0) -> tuple[Batch, ...]:
    """Return batches with borders that depend on the number of papers alone."""
    parts = -(-len(entries) // BATCHES_AT_LEAST)
    step = min(LARGEST, max(SMALL, parts))
    return tuple(
        Batch(first + number, tuple(entries[start : start + step]))
        for number, start in enumerate(range(0, len(entries), step))
    )


# -- the unfinished folder ------------------------------------------------------------------------


def fingerprint(order: Order, batches: Iterable[Batch], *, with_pdf: bool) -> str:
    """Return what tells one job from another."""
    entries = [entry.to_mapping() for batch in batches for entry in batch.entries]
    exam, spread = order.exam, None if order.spread is None else str(order.spread)
    questions = {part.question.name: part.question.sha256 for part in exam.parts}
    return _digest(
        own_version(), exam.code, exam.text, questions, order.seed, entries, spread, with_pdf
    )


def is_sealed(folder: Path, identity: str) -> bool:
    """Return whether a job is complete in a folder."""
    if not (folder / MANIFEST).exists():
        return False
    made = manifest_to_remake(folder)
    questions, students = dict(made.questions), [dict(student) for student in made.students]
    found = _digest(
        made.examgen,
        made.code,
        made.exam.text,
        questions,
        made.seed,
        students,
        made.max_spread,
        made.has_pdf,
    )
    return found == identity


def _digest(*said: object) -> str:
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def work_folder(out: Path, identity: str, *, resume: bool, force: bool) -> Path:
    """Return the folder in which papers are made: a new one, or that of an interrupted run."""
    work = unfinished_folder(out)
    if resume and _can_go_on(work, identity):
        return work
    if work.exists() and not resume and not force:
        what = f"{work} was left by an interrupted run"
        raise ExamgenError(f"{what}; go on with --resume, or begin again with --force")
    shutil.rmtree(work, ignore_errors=True)
    for name in FOLDERS:
        (work / name).mkdir(parents=True)
    write_whole(work / JOB, identity)
    return work


def unfinished_folder(out: Path) -> Path:
    """Return where an exam folder grows before it takes its place."""
    return out.with_name(out.name + UNFINISHED)


def _can_go_on(work: Path, identity: str) -> bool:
    """Return whether an interrupted run of this job has left something.

    One of another job is refused.
    """
    job, is_whole = work / JOB, (work / MANIFEST).exists()
    if is_whole and is_sealed(work, identity):
        return True
    if not is_whole and not job.exists():
        return False
    if is_whole or job.read_text(encoding="utf-8") != identity:
        fix = "give the same exam, seed, roster and options, or begin again with --force"
        raise ExamgenError(f"{work} is of another exam or class; {fix}")
    return True


@contextmanager
def resumable(work: Path) -> Iterator[None]:
    """Say what to do where the machine, not the exam, is what stops the work."""
    later = "what is finished is kept, go on with --resume"
    try:
        yield
    except KeyboardInterrupt as error:
        raise KeyboardInterrupt(f"interrupted; {later}") from error
    except BrokenProcessPool as error:
        raise ExamgenError(f"a process was killed; {later}") from error
    except OSError as error:
        raise ExamgenError(f"{error.filename or work}: {error.strerror}; {later}") from error


def _replace(new: Path, out: Path) -> None:
    """Put the made folder in its place; an older one goes only when the new one is there."""
    shutil.rmtree(new / RECORDS, ignore_errors=True)
    older = out.with_name(f"{out.name}.older")
    if out.exists():
        shutil.rmtree(older, ignore_errors=True)  # an interruption left it beside its successor
        out.rename(older)
    new.rename(out)
    shutil.rmtree(older, ignore_errors=True)


# -- the work -------------------------------------------------------------------------------------


def with_formats(order: Order, batches: Iterable[Batch], work: Path) -> Order:
    """Return the order with the places of the formats that its PDFs need."""
    layout = order.exam.layout
    entries = [entry for batch in batches if not batch.is_small for entry in batch.entries]
    sizes = {size for entry in entries for size in (False, entry.student.large_print)}
    setups = [Setup.usual(layout, is_large=is_large) for is_large in sizes]
    places = {setup: work / RECORDS / f"{setup.points}.fmt" for setup in setups}
    return replace(order, formats=places)


def run(
    order: Order, batches: Sequence[Batch], work: Path, workers: int, progress: Progress | None
) -> None:
    """Make the batches that have no record yet.

    Raises:
        ExamgenError: the papers cannot be made; their folder is removed.
    """
    todo = [b for b in batches if not (work / RECORDS / f"{b.name}.json").exists()]
    total = sum(len(batch.entries) for batch in batches)
    done = total - sum(len(batch.entries) for batch in todo)
    try:
        with _maker(order, work, min(workers, len(todo))) as make_all:
            for setup, place in (order.formats or {}).items():
                dump_format(preamble(setup), place)  # once, while the processes start
            for batch, _ in zip(todo, make_all(todo), strict=True):
                done += len(batch.entries)
                if progress:
                    progress(done, total)
    except ExamgenError:
        shutil.rmtree(work)
        raise


@contextmanager
def _maker(
    order: Order, work: Path, workers: int
) -> Iterator[Callable[[Iterable[Batch]], Iterable[Path]]]:
    """Open what makes batches in order: this process, or several."""
    if workers <= 1:
        yield partial(map, partial(make_batch, order, work))
        return
    with process_pool(workers, _begin, (order, work)) as pool:
        for _ in range(workers):
            pool.submit(bool)  # a process starts when something is to be done
        try:
            yield partial(pool.map, _make_one)
        finally:
            pool.shutdown(cancel_futures=True)


_own: list[tuple[Order, Path]] = []


def _begin(order: Order, work: Path) -> None:
    gc.freeze()  # what is there by now stays, and papers make few cycles
    gc.set_threshold(50_000, 20, 20)
    _own.append((order, work))


def _make_one(batch: Batch) -> Path:
    ((order, work),) = _own
    return make_batch(order, work, batch)


def _refuse_empty(manifest: Manifest, order: Order, work: Path) -> None:
    """Refuse a folder of which TeX could print nothing."""
    documents = len(order.documents) * len(manifest.students)
    if manifest.failures and len(manifest.failures) == documents:
        shutil.rmtree(work)
        raise ToolError(manifest.failures[0])
