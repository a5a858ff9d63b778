"""The answer keys of an exam folder, written again from its manifest; solutions for students."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from examgen.folder.manifest import manifest_to_remake
from examgen.ground.errors import ExamgenError, ToolError
from examgen.ground.privacy import keeps_private
from generator.folder.batch import KEY, KEY_TABLE, MARKER_TABLE, Batch
from generator.folder.rebuild import batches_of, order_of, remake
from generator.pdf.pdflatex import engine
from generator.pdf.split_pdf import join_pdfs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from examgen.folder.manifest import Manifest
    from generator.folder.make import Progress

JOINED = "joined.pdf"


@dataclass(frozen=True)
class KeyJob:
    """A request for keys: which ones, and where.

    Attributes:
        kind: `keys` for those who mark, `solutions` for students: without the recognized mistakes.
        papers: ids of papers; all where there are none.
        is_joined: whether all go into one PDF besides.
        question_folders: where to look for question files before the bundled bank.
    """

    kind: Literal["keys", "solutions"] = "keys"
    papers: tuple[str, ...] = ()
    is_joined: bool = False
    question_folders: Sequence[Path] = ()
    workers: int = 2


@keeps_private
def write_keys(folder: Path, job: KeyJob, progress: Progress | None = None) -> tuple[Path, ...]:
    """Write keys again: each paper's, and, where all are wanted, the tables of the class.

    Returns:
        The path of each file that was written.

    Raises:
        InputError: the manifest is missing or damaged.
        ExamgenError: there is no such paper.
        ToolError: TeX failed on a key.
    """
    return tuple(_written(folder, job, progress))


def _written(folder: Path, job: KeyJob, progress: Progress | None) -> Iterator[Path]:
    manifest = manifest_to_remake(folder)
    order = order_of(folder, manifest, job.question_folders)
    order = replace(order, documents=(job.kind,))
    batches = _wanted(manifest, job.papers)
    with_pdf = engine() is not None
    with remake(order, batches, with_pdf=with_pdf, workers=job.workers, progress=progress) as (
        work,
        made,
    ):
        if job.is_joined and with_pdf:
            _join(work, job.kind, manifest)
        for path in sorted(_products(work, job)):
            target = folder / path.relative_to(work)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
            yield target
    if made.failures:
        raise ToolError("\n".join(made.failures))


def _wanted(manifest: Manifest, papers: Sequence[str]) -> tuple[Batch, ...]:
    if not papers:
        return batches_of(manifest)
    known = {entry.paper: entry for entry in manifest.entries}
    unknown = [name for name in papers if name not in known]
    if unknown:
        raise ExamgenError(f"there is no paper {', '.join(unknown)} in this exam")
    return (Batch(0, tuple(known[name] for name in dict.fromkeys(papers))),)


def _join(work: Path, kind: str, manifest: Manifest) -> None:
    pdfs = (path.read_bytes() for path in sorted((work / kind).glob("[!a]*.pdf")))
    title = f"{manifest.course}: {manifest.title}"
    (work / kind / JOINED).write_bytes(join_pdfs(pdfs, title, "en"))


def _products(work: Path, job: KeyJob) -> Iterable[Path]:
    """Yield what is asked for; tables only of all papers."""
    tables = {work / f"{MARKER_TABLE}.tex", work / f"{MARKER_TABLE}.pdf"}
    yield from set((work / job.kind).iterdir()) - tables
    if job.kind == "keys" and not job.papers:
        yield from (path for path in (*tables, work / KEY, work / KEY_TABLE) if path.exists())
