"""Signs of units are printed in text and in formulas, as those of a key."""

import io

import pypdf
import pytest

from generator.pdf.pdflatex import engine, typeset
from generator.render.latex import Setup, document

SIGNS = "°µÅ€£¥‰"


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_signs_of_units_are_printed_in_text_and_in_formulas() -> None:
    body = " ".join(f"{sign}x $5\\,\\mathrm{{{sign}C}}$ y" for sign in SIGNS)
    source = document(Setup("a4", 11, "en"), [f"\\startpaper{{1}}{{}}{{}}{{}}{body}\\closepaper"])
    page = pypdf.PdfReader(io.BytesIO(typeset(source, "signs").pdf)).pages[0].extract_text()
    assert [page.count(sign) for sign in SIGNS] == [2] * len(SIGNS)
