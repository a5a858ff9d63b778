"""Compare an exam folder with its manifest, and with what making it again would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.folder.manifest import manifest_to_remake
from examgen.ground.files import file_hash
from generator.folder.rebuild import (
    batches_of,
    changed_questions,
    edited_originals,
    order_of,
    remake,
)
from generator.render.images import DRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from examgen.folder.manifest import Manifest
    from generator.folder.make import Progress


def verify(
    folder: Path,
    question_folders: Sequence[Path] = (),
    *,
    workers: int = 2,
    with_pdf: bool = False,
    progress: Progress | None = None,
) -> list[str]:
    """Return every difference between an exam folder, its manifest, and the folder made again.

    An empty list: all texts (papers, keys, forms, tables) are identical.

    Args:
        folder: the exam folder.
        question_folders: where question files are looked for before the bundled bank.
        workers: how many processes make it again.
        with_pdf: whether the PDFs are made again, too.
        progress: called with the number of papers made again and of all.

    Raises:
        InputError: the manifest is missing or damaged, or a question file is gone.
        ToolError: PDFs are to be made again and there is no TeX engine.
    """
    manifest = manifest_to_remake(folder)
    order = order_of(folder, manifest, question_folders)
    used = [*changed_questions(order.exam, manifest)]
    changed = [*_changed(folder, manifest), *(used or edited_originals(folder, manifest))]
    batches = batches_of(manifest)
    with remake(order, batches, with_pdf=with_pdf, workers=workers, progress=progress) as made:
        work, again = made
        return [*changed, *_differences(folder, manifest, work, again)]


def _changed(folder: Path, manifest: Manifest) -> Iterator[str]:
    for name, expected in sorted(manifest.sha256.items()):
        path = folder / name
        if not path.is_file():
            yield f"{name}: missing"
        elif file_hash(path) != expected:
            yield f"{name}: changed since it was made"


def _differences(folder: Path, manifest: Manifest, work: Path, again: Manifest) -> Iterator[str]:
    for name, digest in again.sha256.items():
        if manifest.sha256.get(name, digest) == digest:
            continue
        if not (name.endswith(".html") and _are_alike(folder / name, work / name)):
            yield f"{name}: made again, it differs"


def _are_alike(one: Path, other: Path) -> bool:
    """Return whether two pages are the same but for how this machine draws their drawings."""
    pages = (path.read_bytes() if path.is_file() else b"" for path in (one, other))
    first, second = (DRAWN.sub(b"", page) for page in pages)
    return first == second and bool(first)
