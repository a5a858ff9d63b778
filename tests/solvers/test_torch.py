"""PyTorch's own modules as a third witness; skipped where PyTorch is not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from examgen.solving import solve

if TYPE_CHECKING:
    from solvers.graph.number import Value

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]


def count(module: object) -> int:
    return sum(p.numel() for p in module.parameters())  # type: ignore[attr-defined]


def value(name: str, given: dict[str, int], quantity: str = "parameters") -> Value:
    return solve(name, given)[quantity]


@pytest.mark.parametrize("size", [17, 32, 65])
@pytest.mark.parametrize("kernel", [1, 3, 5])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize(("padding", "dilation"), [(0, 1), (2, 1), (1, 2)])
def test_conv2d(size: int, kernel: int, stride: int, padding: int, dilation: int) -> None:
    layer = torch.nn.Conv2d(4, 6, kernel, stride, padding, dilation, groups=2)
    shape = layer(torch.zeros(1, 4, size, size)).shape
    given = {
        "height": size, "in_channels": 4, "out_channels": 6, "kernel": kernel, "stride": stride,
        "padding": padding, "dilation": dilation, "groups": 2,
    }  # fmt: skip
    assert value("conv2d", given) == count(layer)
    assert value("conv2d", given, "out_height") == shape[2]
    back = torch.nn.ConvTranspose2d(4, 6, kernel, stride, groups=2, dilation=dilation)
    reached = back(torch.zeros(1, 4, size, size)).shape[2]
    assert value("conv_transpose2d", given | {"padding": 0}, "out_height") == reached
    assert value("conv_transpose2d", given | {"padding": 0}) == count(back)


@pytest.mark.parametrize("size", range(5, 14))
@pytest.mark.parametrize(
    ("kernel", "stride", "padding"), [(2, 2, 0), (3, 2, 1), (3, 3, 1), (2, 3, 1)]
)
@pytest.mark.parametrize("ceil_mode", [0, 1])
def test_pool2d(size: int, kernel: int, stride: int, padding: int, ceil_mode: int) -> None:
    layer = torch.nn.MaxPool2d(kernel, stride, padding, ceil_mode=bool(ceil_mode))
    given = {"height": size, "kernel": kernel, "stride": stride, "padding": padding}
    expected = layer(torch.zeros(1, 1, size, size)).shape[2]
    assert value("pool2d", given | {"ceil_mode": ceil_mode}, "out_height") == expected


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("inputs", "hidden"), [(10, 20), (1, 1), (7, 3)])
def test_recurrent_layers(inputs: int, hidden: int, bias: bool) -> None:  # noqa: FBT001
    sizes = {"input_size": inputs, "hidden_size": hidden, "biases": 2 if bias else 0}
    assert value("lstm", sizes) == count(torch.nn.LSTM(inputs, hidden, bias=bias))
    assert value("gru", sizes) == count(torch.nn.GRU(inputs, hidden, bias=bias))
    dense = {"in_features": inputs, "out_features": hidden, "bias": int(bias)}
    assert value("linear", dense) == count(torch.nn.Linear(inputs, hidden, bias=bias))


def test_unet() -> None:
    def block(entry: int, out: int) -> object:
        return torch.nn.Sequential(torch.nn.Conv2d(entry, out, 3), torch.nn.Conv2d(out, out, 3))

    torch.set_default_device("meta")
    try:
        down, up, last = [block(1, 2), block(2, 4), block(4, 8)], [block(8, 4)], block(4, 2)
        steps = [torch.nn.ConvTranspose2d(8, 4, 2, 2), torch.nn.ConvTranspose2d(4, 2, 2, 2)]
        skips, image = [], torch.zeros(1, 1, 60, 60)
        for one in down:
            skips.append(one(image))  # type: ignore[operator]
            image = torch.nn.MaxPool2d(2)(skips[-1])
        image = skips.pop()
        bottom = image.shape[2]
        for step, one in zip(steps, [*up, last], strict=True):
            image = step(image)
            skip = skips.pop()
            cut = (skip.shape[2] - image.shape[2]) // 2
            image = one(torch.cat([image, skip[:, :, cut:-cut, cut:-cut]], 1))  # type: ignore[operator]
    finally:
        torch.set_default_device("cpu")
    given = {"size": 60, "levels": 2, "channels": 2}
    assert value("unet", given, "bottom") == bottom == 8
    assert value("unet", given, "output") == image.shape[2]
    assert value("unet", given, "crop") == cut
    assert value("unet", given) == count(last)
