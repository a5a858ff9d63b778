"""PyTorch beside what runs along a sequence: perplexity, CTC, state-space models."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

from tests.solvers.torch_values import DOUBLE, numbers, same  # noqa: E402 - needs PyTorch


def test_perplexity() -> None:
    chances = torch.tensor([0.5, 0.2, 0.1, 0.4], **DOUBLE)
    logits = torch.stack([chances, 1 - chances], 1).log()
    entropy = torch.nn.functional.cross_entropy(logits, torch.zeros(4, dtype=torch.long))
    given = {"chances": chances.tolist(), "letters": 16}
    same(numbers("perplexity", given, "entropy"), entropy)
    same(numbers("perplexity", given, "value"), entropy.exp())


@pytest.mark.parametrize("labels", [(1, 2), (2, 1), (2, 2)])
def test_ctc(labels: tuple[int, int]) -> None:
    chances = torch.tensor(
        [[0.2, 0.7, 0.1], [0.5, 0.2, 0.3], [0.1, 0.3, 0.6], [0.4, 0.4, 0.2]], **DOUBLE
    )
    loss = torch.nn.functional.ctc_loss(
        chances.log(), torch.tensor(labels), torch.tensor(4), torch.tensor(2), reduction="sum"
    )
    given = {"chances": chances.tolist(), "first": labels[0], "second": labels[1]}
    same(numbers("ctc", given, "loss"), loss)


def test_state_space() -> None:
    block = torch.linalg.matrix_exp(torch.tensor([[-2.0, 3.0], [0.0, 0.0]], **DOUBLE) * 0.4)
    given = {"rate": -2, "entry": 3, "readout": -1.5, "step": 0.4, "inputs": "[2,-1,3]"}
    same(numbers("state_space", given, "kept"), block[0, 0])
    same(numbers("state_space", given, "weight"), block[0, 1])
    kernel = numbers("state_space", given, "kernel").flip(0)[None, None]
    row = torch.tensor([[[2.0, -1.0, 3.0]]], **DOUBLE)
    same(numbers("state_space", given, "output"), torch.nn.functional.conv1d(row, kernel)[0, 0, 0])
