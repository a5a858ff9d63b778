"""PyTorch beside derivations of choices: reinforcement learning, beam search, sampling."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

from tests.solvers.torch_values import DOUBLE, numbers, same  # noqa: E402 - needs PyTorch


def test_q_learning_is_descent_on_half_the_squared_error() -> None:
    table = torch.tensor([[2.0, 5.0, 3.0], [4.0, 1.0, 8.0]], requires_grad=True, **DOUBLE)
    target = (-2 + 0.9 * table[1].max()).detach()
    (torch.nn.functional.mse_loss(table[0, 1], target) / 2).backward()
    torch.optim.SGD([table], lr=0.1).step()
    given = {
        "table": "[[2,5,3],[4,1,8]]", "state": 1, "action": 2, "reward": -2, "next_state": 2,
        "next_action": 1, "discount": 0.9, "rate": 0.1, "exploration": 0.1,
    }  # fmt: skip
    same(numbers("q_learning", given, "updated"), table[0, 1])


@pytest.mark.parametrize(("now", "moves"), [(0.3, False), (0.22, True)])
def test_clipped_objective(now: float, *, moves: bool) -> None:
    given = {
        "rewards": "[1,2,4]", "values": "[3,2,5,4]", "discount": 0.9, "mixing": 0.5,
        "before": 0.2, "now": now, "clip": 0.2,
    }  # fmt: skip
    policy = torch.tensor(now, requires_grad=True, **DOUBLE)
    ratio, advantage = policy / 0.2, numbers("policy_step", given, "advantage")
    objective = torch.minimum(ratio * advantage, torch.clamp(ratio, 0.8, 1.2) * advantage)
    objective.backward()
    same(numbers("policy_step", given, "objective"), objective)
    assert policy.grad is not None
    assert bool(policy.grad != 0) is moves


def test_beam_search() -> None:
    first = torch.tensor([0.45, 0.35, 0.2], **DOUBLE)
    second = torch.tensor([[0.3, 0.45, 0.25], [0.1, 0.8, 0.1], [0.03, 0.02, 0.95]], **DOUBLE)
    given = {"first": first.tolist(), "second": second.tolist(), "strength": 0.6}
    for width, quantity in ((1, "greedy"), (2, "found"), (3, "best")):
        kept = torch.topk(first, width)
        both = kept.values[:, None] * second[kept.indices]
        same(numbers("beam_search", given, quantity), torch.topk(both.flatten(), 1).values[0])


def test_sampling() -> None:
    chances = torch.tensor([0.4, 0.25, 0.15, 0.12, 0.08], **DOUBLE)
    given = {"chances": chances.tolist(), "kept": 2, "limit": 0.75, "temperature": 0.7}
    same(numbers("sampling", given, "tempered"), torch.softmax(chances.log() / 0.7, 0)[0])
    same(
        numbers("sampling", given, "top_k"),
        torch.softmax(torch.topk(chances, 2).values.log(), 0)[0],
    )
