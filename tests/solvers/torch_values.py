"""Quantities of derivations as PyTorch's tensors, where PyTorch is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("torch")

import torch

from examgen.solving import solve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.number import Value

DOUBLE: dict[str, Any] = {"dtype": torch.float64}


def numbers(name: str, given: Mapping[str, object], quantity: str) -> torch.Tensor:
    """Return a quantity as PyTorch's numbers."""
    found = solve(name, {key: str(value) for key, value in given.items()})[quantity]
    return torch.tensor(_plain(found), **DOUBLE)


def _plain(value: Value) -> object:
    return list(map(_plain, value)) if isinstance(value, tuple) else float(value)


def same(found: torch.Tensor, expected: torch.Tensor) -> None:
    """Check that two tensors agree to ten digits."""
    torch.testing.assert_close(found, expected.detach(), rtol=1e-10, atol=1e-12)
