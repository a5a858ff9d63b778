"""Sealing an exam folder: the files of the whole class, and the manifest with every hash."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.folder.manifest import (
    MANIFEST,
    OWN_QUESTIONS,
    SCHEMA,
    EffortRange,
    ExamSource,
    Manifest,
    own_version,
)
from examgen.folder.pages.page_boxes import BOXES
from examgen.ground.csv_cells import lines
from examgen.ground.files import file_hash, write_whole
from generator.folder.batch import (
    FORMS,
    KEY,
    KEY_TABLE,
    MARKER_TABLE,
    PUBLIC,
    RECORDS,
    Record,
    Seen,
)
from generator.pdf.split_pdf import join_pdfs
from generator.render import form_header
from generator.render.latex import BEGIN, END, Setup, preamble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import IO

    from generator.exams.model import Exam
    from generator.folder.batch import Batch, Order

_KEY_COLUMNS = ["paper", "student", "answer", "kind", "expected", "marks"]
_TABLE_TEX, _TABLE_PDF = f"{MARKER_TABLE}.tex", f"{MARKER_TABLE}.pdf"


@dataclass
class Totals:
    """The summary of all batches of a class."""

    files: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Seen] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, older: Manifest | None) -> Totals:
        """Return what is known of a folder that is added to."""
        if older is None:
            return cls()
        parts = {
            name: Seen(list(older.conventions.get(name, ())), effort.min, effort.max)
            for name, effort in older.effort.items()
        }
        return cls(dict(older.sha256), parts, list(older.failures), dict(older.printed))

    def add(self, record: Record) -> None:
        """Take in a batch."""
        self.files |= record.files
        self.failures += record.failures
        self.printed |= record.printed
        for name, seen in record.parts.items():
            least = seen.most if seen.least is None else seen.least
            self.parts.setdefault(name, Seen()).add(seen.conventions, least, seen.most)


def seal(
    order: Order,
    batches: Iterable[Batch],
    work: Path,
    older: tuple[Path, Manifest] | None = None,
) -> Manifest:
    """Write the files of the class, and the manifest last, into a folder of finished batches.

    Args:
        order: what was made.
        batches: the batches of the folder, in order.
        work: the folder.
        older: an exam folder that these batches are added to, and its manifest.
    """
    base, manifest = older if older is not None else (None, None)
    totals = Totals.of(manifest)
    heads = _heads(order)
    _join(heads, base, work, totals)
    if order.formats is not None:
        _join_tables(order.exam, base, work)
    for name in (*heads, _TABLE_PDF):
        if (work / name).exists():
            totals.files[name] = file_hash(work / name)
    places = _keep_questions(order.exam, work, totals)
    sealed = _manifest(order, batches, totals, manifest, places)
    write_whole(work / MANIFEST, sealed.to_json())
    return sealed


def _keep_questions(exam: Exam, work: Path, totals: Totals) -> Mapping[str, str]:
    """Copy the questions that are not of the bank, with the files beside them.

    Returns:
        Where each of them was read.
    """
    bank = Path(str(files("templates"))) / OWN_QUESTIONS
    own = {part.question.name: part.question for part in exam.parts}
    places = {}
    for name, question in sorted(own.items()):
        path = Path(question.file).absolute()
        if not path.is_relative_to(bank):
            place = Path(OWN_QUESTIONS, f"{name}.tex")
            for beside, content in {place.name: question.raw, **question.beside}.items():
                copy = place.parent / beside
                (work / copy).parent.mkdir(parents=True, exist_ok=True)
                (work / copy).write_bytes(content)
                totals.files[copy.as_posix()] = hashlib.sha256(content).hexdigest()
            places[name] = os.path.relpath(path, work.absolute())
    return places


def _heads(order: Order) -> Mapping[str, str]:
    """Return how each file of the whole class begins."""
    exam = order.exam
    return {
        **({} if order.formats is None else {BOXES: ""}),
        PUBLIC: "",
        KEY: "",
        KEY_TABLE: lines([_KEY_COLUMNS]),
        FORMS: lines([form_header(exam.answers)]),
        _TABLE_TEX: preamble(Setup.usual(exam.layout)) + BEGIN,
    }


def _join(heads: Mapping[str, str], base: Path | None, work: Path, totals: Totals) -> None:
    with ExitStack() as stack:
        targets = {name: stack.enter_context((work / name).open("wb")) for name in heads}
        for name, head in heads.items():
            if base is None or not (base / name).exists():  # an older version made it without
                targets[name].write(head.encode())
            else:
                _copy_head(base / name, targets[name])
        for path in _records(work):
            record = Record.from_json(path.read_text(encoding="utf-8"))
            for name, target in targets.items():
                target.write(record.texts.get(name, "").encode())
            totals.add(record)
        targets[_TABLE_TEX].write(END.encode())


def _copy_head(source: Path, target: IO[bytes]) -> None:
    """Copy a file of an older folder without the end that only the last batch may write."""
    with source.open("rb") as older:
        shutil.copyfileobj(older, target)
    if source.suffix == ".tex":
        target.seek(-len(END), 2)
        target.truncate()


def _records(work: Path) -> list[Path]:
    return sorted((work / RECORDS).glob("*.json"))


def _join_tables(exam: Exam, base: Path | None, work: Path) -> None:
    tables = sorted((work / RECORDS).glob("*.pdf"))
    older = [base / _TABLE_PDF] if base is not None and (base / _TABLE_PDF).exists() else []
    pdfs = (path.read_bytes() for path in (*older, *tables))
    if tables:
        title = f"{exam.cover.course}: {exam.cover.title}"
        (work / _TABLE_PDF).write_bytes(join_pdfs(pdfs, title, exam.layout.language))


def _manifest(
    order: Order,
    batches: Iterable[Batch],
    totals: Totals,
    older: Manifest | None,
    places: Mapping[str, str],
) -> Manifest:
    made = tuple(batches)
    exam, cover = order.exam, order.exam.cover
    students = tuple(entry.to_mapping() for batch in made for entry in batch.entries)
    return Manifest(
        seed=order.seed,
        code=exam.code,
        exam=ExamSource(exam.text, exam.sha256),
        students=(*(older.students if older is not None else ()), *students),
        batches=(
            *(older.batches if older is not None else ()),
            *(len(batch.entries) for batch in made),
        ),
        sha256=dict(sorted(totals.files.items())),
        schema=older.schema if older is not None else SCHEMA,
        examgen=own_version(),
        course=cover.course,
        title=cover.title,
        questions={part.question.name: part.question.sha256 for part in exam.parts},
        places=older.places if older is not None and older.places else places,
        max_spread=None if order.spread is None else str(order.spread),
        conventions={name: tuple(seen.conventions) for name, seen in totals.parts.items()},
        effort={name: _range(seen) for name, seen in totals.parts.items()},
        failures=tuple(totals.failures),
        printed=dict(sorted(totals.printed.items())),
        marking=exam.marking,
        appeals=exam.appeals,
        language=str(exam.layout.language),
        words=dict(getattr(exam.layout.language, "own", ())),
    )


def _range(seen: Seen) -> EffortRange:
    spread = round(seen.most / seen.least, 3) if seen.least else None
    return EffortRange(seen.least, seen.most, spread)
