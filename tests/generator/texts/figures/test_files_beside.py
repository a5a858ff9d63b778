"""Images, listings and packages: what a question's file may name, and what becomes of it."""

import base64
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from examgen.ground.errors import InputError
from examgen.proof import prove
from examgen.proof.files import exam_of, read
from generator.pdf.drawings import Drawings, can_draw
from generator.pdf.pdflatex import engine, lacking_of_questions, typeset
from generator.pdf.printed_images import for_tex, images_of
from generator.questions.packages import PACKAGES
from generator.render import paper_html
from generator.render.latex import Setup, document
from generator.render.tame import shares_run
from generator.variants.assemble import copies, papers
from generator.variants.paper import Paper

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
CODE = b"def f(x):\n    return x % 2  # {$\n\nprint(f(3))\n"
HEAD = """---
title: T
packages: {packages}
vary: {{n: [3, 4]}}
values: {{m: n + 1}}
answers: {{m: {{integer: m, marks: 1}}}}
---
"""
pdflatex = pytest.mark.skipif(engine() is None, reason="no TeX engine")
drawn = pytest.mark.skipif(not can_draw(), reason="no TeX engine or pdftocairo")
converted = pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="no rsvg-convert")


def _pixels(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (4, 2), "red").save(target, kind)
    return target.getvalue()


FILES = {"a.png": _pixels("PNG"), "a.jpg": _pixels("JPEG"), "a.svg": SVG, "f.py": CODE}


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, packages: str = "[]", **files: bytes) -> Path:
        for name, content in {**FILES, **files}.items():
            (tmp_path / name.replace("_", ".")).write_bytes(content)
        path = tmp_path / "q.tex"
        path.write_text(HEAD.format(packages=packages) + text + "\n$\\V{n}$ \\answer{m}\n")
        return path

    return write


def _paper(path: Path) -> Paper:
    (found,) = papers(exam_of(read(path)), "1", copies(1))
    return found


def _alone(latex: str) -> str:
    return f"\\startpaper{{1}}{{}}{{}}{{}}{latex}\\closepaper"


FAULTS = [
    (r"\image{file=b.png, width=9mm, alt=b}", "there is no file", "put it beside the question"),
    (r"\image{file=../q.png, width=9mm, alt=b}", "is no file beside", "in its folder"),
    (r"\image{file=/etc/passwd, width=9mm, alt=b}", "is no file beside", "in its folder"),
    (r"\image{file=a.png, width=9mm}", "the image has no alt", "for those who do not see it"),
    (r"\image{file=a.png, alt={}, width=9mm}", "the image has no alt", "write alt="),
    (r"\image{file=a.png, alt={a \V{n} b}}", "the image has no width or height", "60mm"),
    (r"\image{width=9mm, alt=b}", "the image has no file", "beside the question"),
    (r"\image{file=f.py, width=9mm, alt=b}", "f.py is no image", "use jpeg, jpg, pdf, png, svg"),
    (r"\image{file=lie.png, width=9mm, alt=b}", "cannot be read as PNG", "save it again"),
    (r"\image{file=lie.pdf, width=9mm, alt=b}", "is no PDF", "save it again"),
    (r"\image{file=loads.svg, width=9mm, alt=b}", "more than a drawing", "plain SVG"),
    (r"\image{file=runs.svg, width=9mm, alt=b}", "more than a drawing", "plain SVG"),
    (r"\includegraphics{a.png}", r"\includegraphics finds no file", r"write \image{file=NAME"),
    (r"\listing{file=f.py, lines=3-9}", "are not among the 4 of f.py", r"write \listing"),
    (r"\listing{file=f.py, language=Klingon}", "language=Klingon is not known", r"write \listing"),
    (r"\listing{file=f.py, colour=red}", "has no part 'colour'", r"write \listing"),
]


@pytest.mark.parametrize(("text", "what", "fix"), FAULTS)
def test_a_file_that_cannot_be_shown_is_a_fault_with_its_line(
    written: Callable[..., Path], text: str, what: str, fix: str
) -> None:
    runs = SVG.replace(b"<path", b"<script>alert(1)</script><path")
    loads = SVG.replace(b"<path", b'<image href="file:///etc/passwd"/><path')
    path = written(f"a\n{text}", lie_png=b"no", lie_pdf=b"no", loads_svg=loads, runs_svg=runs)
    with pytest.raises(InputError) as error:
        read(path)
    (fault,) = error.value.faults
    assert (fault.file, fault.line) == (str(path), 9)
    assert what in fault.what
    assert fix in fault.fix


def test_the_hash_of_a_question_is_also_that_of_the_files_beside_it(
    written: Callable[..., Path],
) -> None:
    path = written(r"\image{file=a.png, width=9mm, alt={a dot}}")
    before = read(path).sha256
    (path.parent / "a.png").write_bytes(FILES["a.png"] + b"\0")
    assert read(path).sha256 != before


def test_images_are_in_the_page_itself(written: Callable[..., Path]) -> None:
    shown = (r"\image{file=%s, width=30mm, alt={less < more, $x$}}" % name for name in FILES)  # noqa: UP031
    page = paper_html(_paper(written("\n".join(list(shown)[:3]))))
    found = re.findall(
        r'<img src="data:image/([^;]+);base64,([^"]+)" alt="([^"]*)" width="113">', page
    )
    assert [kind for kind, _, _ in found] == ["png", "jpeg", "svg+xml"]
    assert [base64.b64decode(content) for _, content, _ in found] == [*FILES.values()][:3]
    assert {alt for *_, alt in found} == {"less &lt; more, x"}
    assert "img-src data:" in page


@pdflatex
@converted
def test_images_and_listings_are_printed_in_a_common_run(written: Callable[..., Path]) -> None:
    shown = [r"\image{file=%s, width=30mm, alt={a}}" % name for name in [*FILES][:3]]  # noqa: UP031
    code = r"\listing{file=f.py, language=Python, lines=2-4, numbers=yes}"
    paper = _paper(written("\n".join([*shown, code])))
    assert shares_run(paper)
    body = _alone(paper.parts[0].body.replace("answer", "textbf"))
    source, files = for_tex(document(Setup.of(paper), [body]), images_of(paper.parts))
    assert sorted(name.rpartition(".")[2] for name in files) == ["jpg", "pdf", "png"]
    assert typeset(source, "images", files=files).pages == (1,)


@drawn
def test_a_figure_is_an_image_of_the_page_with_what_it_shows(written: Callable[..., Path]) -> None:
    text = (
        "\\plot{kind=bar, names=['a', 'b'], y=[n, 2], ylabel={more & less}}\n"
        "\\alt{a line}\\begin{tikzpicture}\\draw (0,0) -- (1,0);\\end{tikzpicture}"
    )
    paper = _paper(written(text.replace(" & ", " \\& ")))
    drawings = Drawings(Setup.of(paper))
    drawings.prepare(paper.parts)
    page = paper_html(paper, drawings.html)
    svgs = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]*)"', page)
    n = paper.parts[0].key.model.inputs["n"]
    assert [alt for _, alt in svgs] == [f"Bar chart. more &amp; less: (a; {n}), (b; 2)", "a line"]
    assert all(base64.b64decode(svg).startswith(b"<svg ") for svg, _ in svgs)
    assert "<table>" not in page


def test_without_the_programs_a_page_has_what_a_figure_shows_and_its_data(
    written: Callable[..., Path],
) -> None:
    page = paper_html(_paper(written("\\plot{kind=scatter, x=[1, 2], y=[n, 5]}")))
    assert '<p class="drawing">Scatter plot.' in page
    assert page.count("<tr>") == 3
    assert "<img" not in page


@drawn
def test_a_drawing_that_tex_refuses_takes_no_other_with_it(written: Callable[..., Path]) -> None:
    text = (
        "\\alt{good}\\begin{tikzpicture}\\draw (0,0) -- (1,0);\\end{tikzpicture}\n\n"
        "\\alt{bad}\\begin{tikzpicture}\\nonsense\\end{tikzpicture}"
    )
    paper = _paper(written(text))
    drawings = Drawings(Setup.of(paper))
    drawings.prepare(paper.parts)
    page = paper_html(paper, drawings.html)
    assert 'alt="good"' in page
    assert '<p class="drawing">bad</p>' in page


def test_a_package_that_is_not_allowed_is_a_fault_that_lists_the_allowed_ones(
    written: Callable[..., Path],
) -> None:
    with pytest.raises(InputError, match=r"'shellesc'.*siunitx, mhchem") as error:
        read(written("a", packages="[siunitx, shellesc]"))
    assert error.value.faults[0].line == 3


USED = {
    "siunitx": r"\qty{9.81}{\metre\per\second\squared}, \unit{kg.m}, $\num{1e3}$, \ang{30}",
    "mhchem": r"\ce{2 H2 + O2 -> 2 H2O}",
    "circuitikz": r"\begin{circuitikz}\draw (0,0) to[R, l=$R$] (2,0);\end{circuitikz}",
    "pgfplots": r"\begin{tikzpicture}\begin{axis}\addplot coordinates {(0,0) (1,2)};\end{axis}"
    r"\end{tikzpicture}",
    "listings": "\\begin{lstlisting}[language=Python]\nx % 2\n\\end{lstlisting}",
    "algpseudocode": r"\begin{algorithmic}\State $x \gets 1$\end{algorithmic}",
    "multirow": r"\begin{tabular}{ll}\multirow{2}{*}{a} & b \\ & c\end{tabular}",
    "tabularx": r"\begin{tabularx}{4cm}{lX}a & b\end{tabularx}",
    "cancel": r"$\cancel{x}$",
    "mathtools": r"$x \coloneqq 2$",
    "bm": r"$\bm{x}$",
    "multicol": r"\begin{multicols}{2}a b\end{multicols}",
}


@pdflatex
@pytest.mark.parametrize("name", [*PACKAGES])
def test_an_allowed_package_is_installed_and_its_commands_share_a_run_of_tex(
    written: Callable[..., Path], name: str
) -> None:
    if lacking := lacking_of_questions([name]):
        pytest.skip(f"not installed: {lacking}")
    paper = _paper(written(USED[name], packages=f"[{name}]"))
    assert shares_run(paper)
    assert Setup.of(paper).packages == (name,)
    assert typeset(document(Setup.of(paper), [_alone(USED[name])]), name).pages == (1,)


def test_the_example_of_the_docs_is_proven(tmp_path: Path) -> None:
    docs = Path(__file__).parents[4] / "docs" / "figures.md"
    block = re.search(r"`lab/fall.tex`:\n\n((?:    .*\n|\n)+)", docs.read_text(encoding="utf-8"))
    assert block is not None
    path = tmp_path / "fall.tex"
    path.write_text(re.sub(r"(?m)^    ", "", block[1]), encoding="utf-8")
    (report,) = prove([path], jobs=1)
    assert (report.faults, report.proven) == ([], 3)
