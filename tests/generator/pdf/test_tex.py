"""The TeX engine: the same bytes every time, and nothing outside in reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest

from examgen.ground.errors import ToolError
from examgen.ground.latex_escape import escape, unprintable
from generator.pdf.pdflatex import engine, install_hint, typeset
from generator.pdf.sandbox import available
from generator.render.latex import BEGIN, END, Setup, preamble

if TYPE_CHECKING:
    from pathlib import Path

needs_tex = pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
HEAD = r"\pdfinfoomitdate=1 \pdftrailerid{} \pdfsuppressptexinfo=-1 \documentclass{article}"
HEAD += r"\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern,textcomp}"
HEAD += r"\pdfcompresslevel=0 \begin{document}"


@needs_tex
@pytest.mark.tex
def test_the_same_source_gives_the_same_bytes() -> None:
    source = HEAD + r"Hello \today, page \pageref{x}\label{x}\end{document}"
    assert typeset(source, "a").pdf == typeset(source, "b").pdf


@needs_tex
@pytest.mark.tex
@pytest.mark.parametrize(
    "attack",
    [
        r"\input{SECRET}",
        r"\newread\f \openin\f=SECRET \read\f to \x \x",
        r"\immediate\write18{cat SECRET > paper.aux}",
        r"\pdffiledump offset 0 length 99 {SECRET}",
        r"^^5cinput{SECRET}",
    ],
)
def test_files_outside_stay_outside(attack: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text("OPENSESAME")
    source = HEAD + "x " + attack.replace("SECRET", str(secret)) + r"\end{document}"
    try:
        pdf = typeset(source, "attack").pdf
    except ToolError:
        return  # TeX refused, which is as good
    assert b"OPENSESAME" not in pdf


@needs_tex
@pytest.mark.tex
@pytest.mark.skipif(not available(), reason="this kernel has no Landlock")
def test_landlock_keeps_files_from_being_embedded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("OPENSESAME")
    attack = rf"\immediate\pdfobj stream file {{{secret}}}\pdfrefobj\pdflastobj"
    with pytest.raises(ToolError):
        typeset(HEAD + "x" + attack + r"\end{document}", "attack")


@needs_tex
@pytest.mark.tex
@pytest.mark.parametrize(
    "name", [r"\input{/etc/passwd}", "50% & {x}_^~#$", "Ayşe Öztürk-Łukasz", "a\"b'c`d<e>f|g"]
)
def test_any_name_is_printed_literally(name: str, tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(typeset(HEAD + escape(name) + r"\end{document}", "name").pdf)
    text = pypdf.PdfReader(pdf).pages[0].extract_text()
    assert name in text


@needs_tex
@pytest.mark.tex
def test_every_letter_that_is_called_printable_is_printed() -> None:
    signs = "".join(map(chr, [*range(0xA1, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2040)]))
    letters = [sign for sign in signs if not unprintable(sign)]
    assert set("çğıİöşüÇĞÖŞÜșțẞ") <= set(letters)
    assert not set("ħŧĸ") & set(letters)
    begun = preamble(Setup("a4", 11, "en")) + BEGIN + r"\pagestyle{empty}"
    typeset(begun + " ".join(map(escape, letters)) + END, "letters")


def test_a_failure_names_its_reason() -> None:
    if engine() is None:
        pytest.skip("no TeX engine is installed")
    with pytest.raises(ToolError, match="Undefined control sequence"):
        typeset(HEAD + r"\nonsense\end{document}", "paper 7")


def test_the_hint_is_one_command() -> None:
    assert "\n" not in install_hint()
