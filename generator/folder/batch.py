"""A batch of papers: their texts, keys, forms and PDFs, made by one process in one run of TeX.

What a batch adds to the files of the whole class is kept in a record beside the papers. It is
written last: a batch with a record is complete.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from examgen.folder.effort import effort_of
from examgen.folder.expected import written_answer
from examgen.folder.key import SCHEMA, AnswerKey, PaperKey
from examgen.folder.pages.page_boxes import BOXES, boxes_of
from examgen.folder.pages.page_ink import ink_text
from examgen.ground.csv_cells import lines
from examgen.ground.errors import ExamgenError, ToolError
from examgen.ground.files import write_whole
from examgen.ground.wording import marks_text
from generator.pdf.batch_compile import Document, print_documents
from generator.pdf.drawings import drawings_of
from generator.pdf.split_pdf import printed_ink
from generator.render import form_json, form_row, paper_html
from generator.render.key import key_body
from generator.render.latex import Setup, document, paper_body
from generator.render.marker_table import table_body
from generator.render.tame import shares_run
from generator.variants.assemble import paper
from solvers.graph.note import without_formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path

    from examgen.folder.students import Entry
    from generator.exams.model import Exam
    from generator.render.html import Draw
    from generator.variants.paper import Paper, Part

RECORDS = "records"
PUBLIC, KEY, KEY_TABLE, FORMS = "papers.jsonl", "key.jsonl", "key.csv", "forms/answers.csv"
MARKER_TABLE = "keys/all"
SMALL = 5


@dataclass(frozen=True)
class Order:
    """An order for the files of every paper.

    Attributes:
        spread: by how much the effort of two papers may differ at most, part by part.
        documents: of `papers`, `keys` and `solutions`, those that are wanted.
        formats: what TeX has read for each setup; None: no PDF is made. A batch of a few papers
            goes without: making a format takes as long as reading the preamble twice.
        prove: gives what is wrong with a part; None: nothing is proven.
        names_students: whether `papers.jsonl` says whose each paper is, as in older folders.
    """

    exam: Exam
    seed: str
    spread: Fraction | None = None
    documents: tuple[str, ...] = ("papers", "keys")
    formats: Mapping[Setup, Path] | None = None
    prove: Callable[[Part], Iterable[str]] | None = None
    names_students: bool = False

    def paper(self, entry: Entry) -> Paper:
        """Return the paper of an entry."""
        named = self.names_students
        return paper(self.exam, self.seed, entry, self.spread, names_student=named)


@dataclass(frozen=True)
class Batch:
    """Papers that are made together."""

    number: int
    entries: tuple[Entry, ...]

    @property
    def is_small(self) -> bool:
        """Return whether it holds a few papers only."""
        return len(self.entries) <= SMALL

    @property
    def name(self) -> str:
        """Return the name of its record."""
        return f"{self.number:06d}"


@dataclass
class Seen:
    """The summary of one part of several papers: conventions, and the least and most work."""

    conventions: list[str] = field(default_factory=list)
    least: int | None = None
    most: int = 0

    def add(self, conventions: Iterable[str], least: int, most: int) -> None:
        """Take in a part of a paper, or of many."""
        self.conventions += (said for said in conventions if said not in self.conventions)
        self.least = least if self.least is None else min(self.least, least)
        self.most = max(self.most, most)


@dataclass
class Record:
    """The share of a batch in the files of the class.

    Attributes:
        texts: by the name of a file, what the batch adds to it.
        files: the SHA-256 of each file that is the batch's own.
        parts: what was seen in each part.
        failures: what TeX could not print.
        printed: by the paper's id, what is on its pages.
    """

    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Seen] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the record as a line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Record:
        """Return the record of a line of JSON."""
        found = json.loads(text)
        return cls(**{**found, "parts": {k: Seen(**seen) for k, seen in found["parts"].items()}})


def make_batch(order: Order, folder: Path, batch: Batch) -> Path:
    """Make a batch, and give the path of its record.

    Raises:
        ExamgenError: a question has no acceptable parameters, or a key is not proven.
    """
    record = Record()
    if batch.is_small and order.formats is not None:
        order = replace(order, formats={})
    papers = [order.paper(one) for one in batch.entries]
    documents = [(one, _document(kind, one)) for kind in order.documents for one in papers]
    record.texts = _class_texts(order, papers)
    with ThreadPoolExecutor(1) as aside:
        pdfs = _pdfs(order, documents, record)
        first = aside.submit(next, pdfs, None)  # TeX is a process of its own and works meanwhile
        if order.prove is not None:
            for part in {id(part): part for one in papers for part in one.parts}.values():
                _check(order.prove, part, folder)
        _own_texts(order, papers, documents, record, folder)
    boxes: dict[str, str] = {}
    for name, pdf in filter(None, chain([first.result()], pdfs)):
        if name:
            _write(folder, name, pdf, record)
            if name.startswith("papers/"):
                own = name[len("papers/") : -len(".pdf")]
                record.printed[own] = ink_text(printed_ink(pdf))
                boxes[own] = boxes_of(own, pdf).to_json()
        else:
            (folder / RECORDS / f"{batch.name}.pdf").write_bytes(pdf)
    record.texts[BOXES] = "".join(f"{boxes[one]}\n" for one in sorted(boxes))
    return write_whole(folder / RECORDS / f"{batch.name}.json", record.to_json())


def _check(prove: Callable[[Part], Iterable[str]], part: Part, folder: Path) -> None:
    """Prove a part, once for all processes that make it."""
    proven = folder / RECORDS / f"{_member(part)}.proven"
    if proven.exists():
        return
    if faults := tuple(prove(part)):
        given = " ".join(f"--with {name}={value}" for name, value in part.key.model.inputs.items())
        what = "\n".join(f"{part.key.template}: {fault}" for fault in faults)
        raise ExamgenError(f"{what}\nno paper is made of a key that is not proven ({given})")
    proven.touch()


@lru_cache(maxsize=65_536)
def _member(part: Part) -> str:
    """Return a name for a part's text and key, the same in every process."""
    key = PaperKey(SCHEMA, "", "", "", (part.key,))
    return hashlib.sha256(f"{key.to_json()}{part.body}".encode()).hexdigest()


# -- texts ----------------------------------------------------------------------------------------


def _class_texts(order: Order, papers: Sequence[Paper]) -> dict[str, str]:
    """Return what the batch adds to the files of the class."""
    keys = [one.key for one in papers]
    names = order.exam.answers
    return {
        PUBLIC: "".join(f"{one.public}\n" for one in papers),
        KEY: "".join(f"{key.to_json()}\n" for key in keys),
        KEY_TABLE: lines(row for key in keys for row in _key_rows(key)),
        FORMS: lines(form_row(key, names) for key in keys),
        f"{MARKER_TABLE}.tex": table_body(keys, order.exam.layout.language),
    }


def _own_texts(
    order: Order,
    papers: Sequence[Paper],
    documents: Sequence[tuple[Paper, Document]],
    record: Record,
    folder: Path,
) -> None:
    """Write the texts that are files of their own, and record what was seen in the parts."""
    usual = Setup.usual(order.exam.layout)
    drawings = drawings_of(usual, (order.formats or {}).get(usual))
    drawings.prepare(part for one in papers for part in one.parts)
    for one in papers:
        for name, text in _own_files(order, one, drawings.html):
            _write(folder, name, text.encode(), record)
        for part in one.parts:
            cost = _cost(part)
            stated = map(without_formulas, part.conventions)
            record.parts.setdefault(part.key.id, Seen()).add(stated, cost, cost)
    for one, made in documents:
        source = document(Setup.of(one), [made.body])
        _write(folder, f"{made.name}.tex", source.encode(), record)


def _own_files(order: Order, one: Paper, draw: Draw) -> Iterator[tuple[str, str]]:
    if "papers" in order.documents:
        yield f"papers/{one.id}.html", paper_html(one, draw)
        yield f"forms/{one.id}.json", form_json(one)


def _write(folder: Path, name: str, content: bytes, record: Record) -> None:
    (folder / name).write_bytes(content)
    record.files[name] = hashlib.sha256(content).hexdigest()


def _key_rows(key: PaperKey) -> Iterator[list[str]]:
    for answer in key.answers:
        if isinstance(answer, AnswerKey):
            marks = marks_text(answer.marks)  # 7/2 would be a date to a spreadsheet
            right = written_answer(answer).plain
            yield [key.paper, key.student, answer.id, answer.kind, right, marks]


@lru_cache(maxsize=65_536)
def _cost(part: Part) -> int:
    return effort_of(part.key.answers, part.solved).cost


# -- PDFs -----------------------------------------------------------------------------------------


def _document(kind: str, one: Paper) -> Document:
    """Return a paper, its key or its solutions."""
    body = paper_body(one) if kind == "papers" else key_body(one, release=kind == "solutions")
    return Document(f"{kind}/{one.id}", one.title, body, shares_run(one), one.parts)


def _pdfs(
    order: Order, documents: Sequence[tuple[Paper, Document]], record: Record
) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each document's PDF, and the PDF; the marker's table has no name."""
    if order.formats is None:
        return
    table = record.texts[f"{MARKER_TABLE}.tex"] if "keys" in order.documents else ""
    usual = Setup.usual(order.exam.layout)
    groups: dict[Setup, list[Document]] = {usual: []}
    for one, made_of_it in documents:
        groups.setdefault(Setup.of(one), []).append(made_of_it)
    for setup, alike in groups.items():
        form = order.formats.get(setup)
        for made, result in print_documents(setup, alike, form, table if setup == usual else ""):
            if isinstance(result, ToolError):
                record.failures.append(str(result))
            else:
                yield (f"{made.name}.pdf" if made is not None else ""), result
