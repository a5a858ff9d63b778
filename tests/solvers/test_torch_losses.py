"""PyTorch's losses and distributions beside generative models, vectors of words, preferences."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

from tests.solvers.torch_values import DOUBLE, numbers, same  # noqa: E402 - needs PyTorch


def test_vae() -> None:
    deviation = torch.tensor(0.8, requires_grad=True, **DOUBLE)
    mean = torch.tensor(0.5, **DOUBLE)
    latent = torch.distributions.Normal(mean, deviation)
    prior = torch.distributions.Normal(torch.zeros(1, **DOUBLE)[0], torch.ones(1, **DOUBLE)[0])
    divergence = torch.distributions.kl_divergence(latent, prior)
    (divergence - 0.4 * (mean + deviation * 1.2)).backward()
    given = {"mean": 0.5, "deviation": 0.8, "noise": 1.2, "error": -0.4}
    same(numbers("vae", given, "divergence"), divergence)
    same(numbers("vae", given, "deviation_gradient"), deviation.grad)


def test_contrastive() -> None:
    given = {
        "similarities": [0.9, 0.3, 0.1], "temperature": 0.5, "near": 0.5, "far": 0.9, "margin": 1,
    }  # fmt: skip
    logits = torch.tensor(given["similarities"], **DOUBLE) / 0.5
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(0))
    same(numbers("contrastive", given, "loss"), loss)
    anchor, positive, negative = (torch.tensor([[x]], **DOUBLE) for x in (0.0, 0.5, -0.9))
    triplet = torch.nn.TripletMarginLoss(margin=1.0, eps=0)(anchor, positive, negative)
    same(numbers("contrastive", given, "triplet"), triplet)


def test_preferences() -> None:
    chosen = torch.tensor(-10.0, requires_grad=True, **DOUBLE)
    loss = -torch.nn.functional.logsigmoid(0.2 * ((chosen + 12) - (-14 + 13)))
    loss.backward()
    given = {
        "chosen": -10, "rejected": -14, "chosen_before": -12, "rejected_before": -13, "beta": 0.2,
    }  # fmt: skip
    same(numbers("preferences", given, "loss"), loss)
    same(numbers("preferences", given, "slope"), chosen.grad)


def test_gan() -> None:
    data, made = torch.tensor([[0.5, 0.3, 0.2], [0.1, 0.3, 0.6]], **DOUBLE)
    given = {"data": data.tolist(), "made": made.tolist(), "belief": 0.2}
    middle = ((data + made) / 2).log()
    kl_div = torch.nn.functional.kl_div
    spread = (kl_div(middle, data, reduction="sum") + kl_div(middle, made, reduction="sum")) / 2
    same(numbers("gan", given, "divergence"), spread)
    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    best = torch.logit(numbers("gan", given, "best"))
    gain = -(data * entropy(best, torch.ones(3, **DOUBLE), reduction="none")).sum()
    gain -= (made * entropy(best, torch.zeros(3, **DOUBLE), reduction="none")).sum()
    same(numbers("gan", given, "value"), gain)
    logit = torch.logit(torch.tensor([0.2, 0.2], **DOUBLE)).requires_grad_()
    goals = torch.tensor([0.0, 1.0], **DOUBLE)
    (entropy(logit, goals, reduction="none") * torch.tensor([-1, 1])).sum().backward()
    same(numbers("gan", given, "slopes"), logit.grad)


def test_skip_gram() -> None:
    center = torch.tensor([1, 0.5], requires_grad=True, **DOUBLE)
    rows = torch.tensor([[2.0, 1], [-1, 2], [1, 1]], **DOUBLE)
    loss = -torch.nn.functional.logsigmoid(rows @ center * torch.tensor([1, -1, -1])).sum()
    loss.backward()
    given = {
        "center": "[1,0.5]", "context": "[2,1]", "negatives": "[[-1,2],[1,1]]", "words": 10,
        "features": 2,
    }  # fmt: skip
    same(numbers("skip_gram", given, "loss"), loss)
    same(numbers("skip_gram", given, "gradient"), center.grad)
