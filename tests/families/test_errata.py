"""The numbers of docs/errata.md come out of the derivations, and each row says where it is from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from examgen.solving import solve
from solvers.graph.number import to_decimal

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in Path("docs/errata.md").read_text("utf-8").splitlines()
    if line.startswith("| ")
][1:]
IMAGE = {"height": 256, "width": 256, "in_channels": 3}
FILTERS = {"out_channels": 64, "kernel": 5}
# By hand: 256*256 places times 25*3*64 weights; 256*256*3 values times 512 units; and
# log10(0.25^50) = -100 log10(2) = -30.103, so that 10^-30 is its nearest power of ten.
# 4b: x^_1 = 3/4 and s = 4 give 2/4 for the direct path, and 2/4 (1 - 1/5 - 9/80) for all of them.
BATCH = {"values": "[12, 3, 14, 6, 10]", "gamma": 2}
NUMBERS = [
    ("conv2d", IMAGE | FILTERS | {"stride": 1, "padding": 2}, "macs", "314572800"),
    ("linear", {"in_features": 196_608, "out_features": 512, "bias": 0}, "parameters", "100663296"),
    ("gradient_product", {"factor": "0.25", "layers": 50}, "log10_magnitude", "-30.10"),
    ("gradient_product", {"factor": "0.25", "layers": 50}, "magnitude", "7.88"),
    ("batch_norm", BATCH, "direct_gradient", "0.5"),
    ("batch_norm", BATCH, "full_gradient", "0.34375"),
    # 3a: layer 4 of a block with 64 channels and growth rate 12 reads 64 + 3*12.
    (
        "dense_block",
        {"in_channels": 64, "growth_rate": 12, "layers": 4},
        "last_input_channels",
        "100",
    ),
    ("linear_vs_conv", IMAGE | FILTERS | {"units": 512}, "reduction", "20695.68"),
]


@pytest.mark.parametrize(("name", "inputs", "quantity", "digits"), NUMBERS)
def test_corrected_numbers(
    name: str, inputs: dict[str, int | str], quantity: str, digits: str
) -> None:
    found = solve(name, {given: str(value) for given, value in inputs.items()})[quantity]
    assert isinstance(found, Fraction | Decimal)
    assert str(to_decimal(found)).startswith(digits)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1][:40]}")
def test_a_row_says_where_it_is_from(row: list[str]) -> None:
    assert len(row) == 4
    assert all(row)
    assert row[3] == "counted" or "PyTorch" in row[3] or any(map(str.isdigit, row[3]))
