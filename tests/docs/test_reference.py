"""The reference of the site has every command, option, key, kind, function and unit."""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path

import pytest

PLACE = Path(__file__).parents[2] / "docs" / "site" / "reference.py"
_spec = importlib.util.spec_from_file_location("reference", PLACE)
assert _spec is not None
assert _spec.loader is not None
sys.path.insert(0, str(PLACE.parent))
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)

# What has no second name, and rows whose meaning is the first column itself.
WITHOUT_MEANING = {"functions", "units", "ambiguities", "messages"}
ROW = re.compile(r"\| `([^`]+)` \| (.*) \|")


@cache
def lines_of(page: str) -> tuple[str, ...]:
    """Return the lines of a page of the reference."""
    return tuple(reference.PAGES[page][1]())


@pytest.mark.parametrize("name", reference.PAGES)
def test_every_row_has_a_meaning(name: str) -> None:
    rows = [ROW.fullmatch(line) for line in lines_of(name)]
    empty = [row[1] for row in rows if row and not row[2].strip()]
    assert name in WITHOUT_MEANING or not empty
    assert any(rows) or name == "ambiguities"


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("commands", "## examgen regrade"),
        ("commands", "| `--seed` |"),
        ("question_files", "| `examples` |"),
        ("exam_files", "| `time_allowed` |"),
        ("kinds", "| `interval` |"),
        ("kinds", "| `trailing_zeros` |"),
        ("ambiguities", "**decimal_comma**"),
        ("functions", "| `asin` | `arcsin`"),
        ("units", "| `mi` | 5280 ft |"),
        ("derivations", "## lstm"),
        ("systems", "| `canvas` |"),
        ("units", "| `Mi` | 1024^2 = 2^20 |"),
        ("units", "| `M` | 10^6 |"),
        ("units", "| `m` | the base unit of length (with prefixes: SI) |"),
        ("units", "| `degC` | a step is K, and 0 is at 273.15 K |"),
        ("messages", "- `the brackets do not match`"),
        ("messages", "| `an option occurs twice` | keep one of them |"),
    ],
)
def test_what_is_known_is_on_its_page(page: str, wanted: str) -> None:
    assert any(wanted in line for line in lines_of(page))
