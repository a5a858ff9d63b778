"""Immutable values that are quick to make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True)
def record(cls: type[_Class]) -> type[_Class]:
    """A frozen dataclass to whoever checks types, but one that is made three times as fast.

    `dataclass(frozen=True)` sets each field by a call that steps round its own guard. Trees and
    polynomials are made by the dozen for each answer, so the guard is left to the type checker.
    """
    return dataclass(unsafe_hash=True)(cls)
