"""PyTorch's modules and functions beside the derivations of transformers."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

from tests.solvers.torch_values import DOUBLE, numbers, same  # noqa: E402 - needs PyTorch


@pytest.mark.parametrize("causal", [0, 1])
@pytest.mark.parametrize("token", [1, 2, 3])
def test_attention(causal: int, token: int) -> None:
    rows = {
        "queries": [[1, 0, 1], [2, 1, 0], [1, 2, 1]],
        "keys": [[1, 0, 2], [0, 1, 1], [2, 0, 1]],
        "values": [[4, 0], [0, 2], [2, 6]],
    }
    q, k, v = (torch.tensor(part, **DOUBLE) for part in rows.values())
    found = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=bool(causal))
    given = rows | {"token": token, "causal": causal}
    same(numbers("attention", given, "output"), found[token - 1])


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("width", "inner"), [(8, 32), (12, 20)])
def test_block(width: int, inner: int, bias: bool) -> None:  # noqa: FBT001
    block = torch.nn.TransformerEncoderLayer(width, 4, inner, bias=bias)
    norms = [layer for layer in block.modules() if isinstance(layer, torch.nn.LayerNorm)]
    # Without biases PyTorch leaves out the shifts of the layer norms, too.
    shifts = 0 if bias else sum(layer.weight.numel() for layer in norms)
    count = sum(part.numel() for part in block.parameters()) + shifts
    given = {"width": width, "inner": inner, "bias": int(bias)}
    assert numbers("transformer_parameters", given, "block") == count


def test_operations_of_a_block() -> None:
    """PyTorch's counter sees the products of matrices; attention is written out for it."""
    n, d, inner = 6, 8, 20
    x = torch.zeros(n, d)
    counting = pytest.importorskip("torch.utils.flop_counter")
    with counting.FlopCounterMode(display=False) as counter:
        q, k, v = (x @ torch.zeros(d, d) for _ in range(3))
        ((q @ k.T) @ v) @ torch.zeros(d, d)
        (x @ torch.zeros(d, inner)) @ torch.zeros(inner, d)
    given = {"tokens": n, "width": d, "inner": inner}
    assert numbers("transformer_flops", given, "block_flops") == counter.get_total_flops()


def test_cache_and_state() -> None:
    cache = torch.empty(2, 3, 2, 5, 4, 8, dtype=torch.bfloat16)  # k and v, layers, batch, heads
    given = {
        "layers": 3, "heads": 20, "kv_heads": 5, "head_size": 8, "tokens": 4, "batch": 2,
        "number_bytes": 2,
    }  # fmt: skip
    assert numbers("kv_cache", given, "cache_bytes") == cache.nbytes
    weight = torch.zeros(10, requires_grad=True)
    optimizer = torch.optim.Adam([weight])
    weight.sum().backward()
    optimizer.step()
    state = optimizer.state[weight]
    total = (
        weight.nbytes + weight.grad.nbytes + state["exp_avg"].nbytes + state["exp_avg_sq"].nbytes
    )
    found = numbers("training_memory", {"parameters": 10, "single": 1}, "state_bytes")
    assert found == total


def test_patches() -> None:
    embed = torch.nn.Conv2d(3, 20, 4, 4)
    given = {"size": 16, "patch": 4, "width": 20, "class_token": 0}
    count = sum(part.numel() for part in embed.parameters())
    assert numbers("vision_transformer", given, "patch_parameters") == count
    places = embed(torch.zeros(1, 3, 16, 16)).flatten(2).shape[2]
    assert numbers("vision_transformer", given, "tokens") == places


def test_rotary() -> None:
    given = {"width": 8, "pair": 1, "position": 3, "other": 1, "query": [1, 2], "key": [2, -1]}
    one = torch.polar(torch.ones(2, **DOUBLE), torch.tensor([0.3, 0.1], **DOUBLE))
    q, k = torch.tensor([1 + 2j, 2 - 1j], dtype=torch.complex128) * one
    same(numbers("rotary", given, "turned"), torch.view_as_real(q))
    same(numbers("rotary", given, "score"), (q * k.conj()).real)


@pytest.mark.parametrize("value", [0.7, -0.4, 2.2])
def test_affine_quantization(value: float) -> None:
    given = {"low": -1, "high": 3, "value": value}
    scale, zero = (numbers("affine_quantization", given, key) for key in ("scale", "zero_point"))
    found = torch.quantize_per_tensor(torch.tensor([value]), float(scale), int(zero), torch.quint8)
    assert numbers("affine_quantization", given, "code") == found.int_repr()[0]


def test_lora_and_experts() -> None:
    low = torch.nn.Sequential(
        torch.nn.Linear(16, 2, bias=False), torch.nn.Linear(2, 16, bias=False)
    )
    count = sum(part.numel() for part in low.parameters())
    given = {"width": 16, "rank": 2, "matrices": 1, "layers": 1, "base": 1}
    assert numbers("lora", given, "trained") == count
    logits = torch.tensor([0.5, 2.0, -1.0, 1.0], **DOUBLE)
    top = logits.topk(2).values
    routed = {
        "width": 4, "inner": 4, "number": 4, "chosen": 2, "tokens": 4, "factor": 1,
        "top": top.tolist(), "loads": [1], "chances": [1],
    }  # fmt: skip
    same(numbers("experts", routed, "gate"), top.softmax(0)[0])
