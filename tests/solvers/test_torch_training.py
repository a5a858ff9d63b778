"""PyTorch's autograd, optimizers and layers beside the derivations of training and metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

from tests.solvers.torch_values import DOUBLE, numbers, same  # noqa: E402 - needs PyTorch

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


def test_softmax_loss() -> None:
    logits = torch.tensor([0.5, -1.0, 2.0], requires_grad=True, **DOUBLE)
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(0))
    loss.backward()
    given = {"logits": [0.5, -1.0, 2.0], "target": 1}
    same(numbers("softmax_loss", given, "probabilities"), logits.softmax(0))
    same(numbers("softmax_loss", given, "loss"), loss)
    same(numbers("softmax_loss", given, "gradient"), logits.grad)


@pytest.mark.parametrize(("name", "act"), [("sigmoid", torch.sigmoid), ("relu", torch.relu)])
def test_backpropagation(name: str, act: Callable[..., Tensor]) -> None:
    given = {
        "x": [1, -2], "weights": [[0.5, -0.25], [0.75, 2]], "biases": [0.5, -1],
        "readout": [2, -3], "bias": 0.5, "target": 4, "rate": 0.1,
    }  # fmt: skip
    x, w, b, v = (
        torch.tensor(given[key], requires_grad=True, **DOUBLE)
        for key in ("x", "weights", "biases", "readout")
    )
    ((act(w @ x + b) @ v + 0.5 - 4) ** 2 / 2).backward()
    same(numbers(f"backprop_{name}", given, "weight_gradient"), w.grad)
    same(numbers(f"backprop_{name}", given, "readout_gradient"), v.grad)
    same(numbers(f"backprop_{name}", given, "new_weight"), v[0] - 0.1 * v.grad[0])


@pytest.mark.parametrize(("momentum", "quantity"), [(0.0, "plain_second"), (0.9, "second")])
def test_sgd(momentum: float, quantity: str) -> None:
    weight = torch.tensor(5.0, requires_grad=True, **DOUBLE)
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=momentum)
    for _ in range(2):
        optimizer.zero_grad()
        ((weight - 1) ** 2).backward()
        optimizer.step()
    given = {"curvature": 2, "minimum": 1, "start": 5, "rate": 0.1, "decay": 0.9}
    same(numbers("momentum", given, quantity), weight)


def test_nesterov() -> None:
    """PyTorch keeps the place ahead, w - rate * decay * v, in the place of the weight."""
    weight = torch.tensor(5.0, requires_grad=True, **DOUBLE)
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=0.9, nesterov=True)
    for _ in range(2):
        optimizer.zero_grad()
        ((weight - 1) ** 2).backward()
        optimizer.step()
    velocity = optimizer.state[weight]["momentum_buffer"]
    given = {"curvature": 2, "minimum": 1, "start": 5, "rate": 0.1, "decay": 0.9}
    same(numbers("momentum", given, "nesterov_second"), weight + 0.1 * 0.9 * velocity)


@pytest.mark.parametrize("coupled", [0, 1])
def test_adam(coupled: int) -> None:
    weight = torch.tensor(2.0, requires_grad=True, **DOUBLE)
    method = torch.optim.Adam if coupled else torch.optim.AdamW
    optimizer = method([weight], lr=0.1, betas=(0.9, 0.95), eps=0, weight_decay=0.1)
    for gradient in (0.5, -0.2):
        weight.grad = torch.tensor(gradient, **DOUBLE)
        optimizer.step()
    given = {
        "start": 2, "gradient_one": 0.5, "gradient_two": -0.2, "rate": 0.1, "beta_two": 0.95,
        "decay": 0.1, "coupled": coupled,
    }  # fmt: skip
    same(numbers("adam", given, "second"), weight)


def test_initialization() -> None:
    """A uniform sample of a million nearly reaches its bound and never passes it."""
    torch.manual_seed(0)
    given = {"fan_in": 800, "fan_out": 1250, "variance": 0.01}
    for quantity, fill in (
        ("xavier_bound", torch.nn.init.xavier_uniform_),
        ("he_bound", lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="relu")),
    ):
        bound = numbers("initialization", given, quantity)
        largest = fill(torch.empty(1250, 800)).abs().max()
        assert 0.999 * bound < largest <= bound * (1 + 1e-6)


def test_batch_norm_backward() -> None:
    norm = torch.nn.BatchNorm1d(1, eps=1e-5, **DOUBLE)
    torch.nn.init.constant_(norm.weight, 2)
    x = torch.tensor([2.0, 5.0, 6.0, -1.0], requires_grad=True, **DOUBLE)
    norm(x[:, None]).backward(torch.tensor([1.0, 3.0, 0.0, -2.0], **DOUBLE)[:, None])
    given = {"values": [2, 5, 6, -1], "upstream": [1, 3, 0, -2], "gamma": 2, "eps": "1e-5"}
    same(numbers("norm_backward", given, "value_gradient"), x.grad)
    same(numbers("norm_backward", given, "gamma_gradient"), norm.weight.grad[0])
    same(numbers("norm_backward", given, "beta_gradient"), norm.bias.grad[0])


def test_rms_norm() -> None:
    norm = torch.nn.RMSNorm(4, eps=1e-5, **DOUBLE)
    norm.weight.data = torch.tensor([1.0, 2.0, 0.5, 3.0], **DOUBLE)
    given = {"values": [1, 2, 3, -1], "gains": [1, 2, 0.5, 3], "eps": "1e-5"}
    same(numbers("rms_norm", given, "scaled"), norm(torch.tensor([1.0, 2.0, 3.0, -1.0], **DOUBLE)))


def test_cosine_schedule() -> None:
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.05)
    plan = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=90)
    for _ in range(30):
        optimizer.step()
        plan.step()
    given = {
        "device_batch": 16, "devices": 4, "accumulation": 2, "examples": 50_000, "base_rate": 0.1,
        "warm_steps": 10, "steps": 100, "early": 2, "late": 40,
    }  # fmt: skip
    same(numbers("schedule", given, "late_rate"), torch.tensor(plan.get_last_lr()[0], **DOUBLE))
