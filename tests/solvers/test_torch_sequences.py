"""PyTorch beside sequences, graphs and distillation."""

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


def test_graph_convolution() -> None:
    edges = torch.tensor([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [0, 0, 1, 0]], **DOUBLE)
    loops = edges + torch.eye(4, **DOUBLE)
    scale = loops.sum(0).rsqrt().diag()
    features = torch.tensor([[1, 2], [3, 0], [2, -1], [0, 4]], **DOUBLE)
    mixed = features @ torch.tensor([1, -1], **DOUBLE)
    out = torch.nn.functional.relu(scale @ loops @ scale @ mixed)
    for node in (1, 2, 3, 4):
        given = {
            "edges": edges.int().tolist(), "features": features.int().tolist(),
            "weights": "[1,-1]", "node": node,
        }  # fmt: skip
        same(numbers("graph_convolution", given, "output"), out[node - 1])


def test_distillation() -> None:
    student = torch.tensor([1, 2, 0], requires_grad=True, **DOUBLE)
    teacher = torch.softmax(torch.tensor([4, 2, 0], **DOUBLE) / 2.5, 0)
    loss = 2.5**2 * torch.nn.functional.cross_entropy(student / 2.5, teacher)
    loss.backward()
    given = {"teacher": "[4,2,0]", "student": "[1,2,0]", "temperature": 2.5}
    same(numbers("distillation", given, "loss"), loss)
    same(numbers("distillation", given, "gradient"), student.grad)
