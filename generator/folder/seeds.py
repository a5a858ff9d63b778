"""Seeds: a secret one is drawn where none is given, and one that can be guessed is noticed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from examgen.folder.manifest import MANIFEST, manifest_to_remake
from generator.folder.batch import RECORDS

if TYPE_CHECKING:
    from pathlib import Path

SEED = f"{RECORDS}/seed"
BYTES = 16
SHORTEST, FEWEST_SIGNS = 20, 8


def draw_seed() -> str:
    """Return a seed of 128 bits that nobody can guess."""
    return secrets.token_hex(BYTES)


def is_guessable(seed: str) -> bool:
    """Return whether a seed is short or repeats itself: anyone who guesses it knows every paper.

    >>> is_guessable("42"), is_guessable("7f3c9a01d5e84b62a90c13f7e6d28b54")
    (True, False)
    """
    return len(seed) < SHORTEST or len(set(seed)) < FEWEST_SIGNS


def kept_seed(out: Path, work: Path) -> str | None:
    """Return the seed that an interrupted run drew, or that of the folder it has finished.

    Args:
        out: the exam folder.
        work: the folder in which it grows.
    """
    if (work / SEED).is_file():
        return (work / SEED).read_text(encoding="utf-8")
    made = next((one for one in (work, out) if (one / MANIFEST).is_file()), None)
    return manifest_to_remake(made).seed if made is not None else None
