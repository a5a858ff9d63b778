"""Room on paper for an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """Room on paper for an answer, or for the work that leads to it: ruled lines, or free space.

    Attributes:
        width: of the answer's box in millimetres; 0: the usual of its kind.
        is_in_book: there is none on the paper: candidates write in a book of their own.
    """

    lines: int = 0
    millimetres: int = 0
    width: int = 0
    is_in_book: bool = False
