"""The site: the pages of docs/ and a reference that is written from the code's own tables.

Run: make site, which writes build/site/index.html; a warning is an error.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import reference  # noqa: E402 - it lies beside this file

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "examgen"
author = "the examgen authors"
release = tomllib.loads((HERE.parents[1] / "pyproject.toml").read_text())["project"]["version"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["site"]
smartquotes = False
html_theme = "furo"
html_title = f"examgen {release}"
html_show_sourcelink = False
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence", "dollarmath"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"
suppress_warnings = ["config.cache"]


def _write_reference(app: Sphinx) -> None:
    """Write the pages of the reference beside the others."""
    reference.write(Path(app.srcdir) / "reference")


def setup(app: Sphinx) -> None:
    """Let the reference be written before pages are read."""
    app.connect("builder-inited", _write_reference)
