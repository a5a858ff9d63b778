"""LaTeX as HTML, and the HTML paper."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from examgen.folder.questions import sentence_html
from examgen.folder.students import Student
from examgen.ground.html.latex_to_html import Prose
from examgen.ground.html.mathml import mathml
from generator.exams.exam_file import exam_from_text, read_exam
from generator.exams.find_exam import bundled_exam
from generator.render import form_json, paper_html
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from tests.conftest import Browser

TEXTS = [
    ("plain", r"a < b & c", "<p>a &lt; b &amp; c</p>"),
    ("emphasis", r"\emph{a} \textbf{b} \texttt{W\_f}",
     "<p><em>a</em> <strong>b</strong> <code>W_f</code></p>"),
    ("signs", r"5\% \& \{x\} --- ``q'' \'e \"o", "<p>5% &amp; {x} — “q” é ö</p>"),
    ("comment", "a % hidden\nb", "<p>a b</p>"),
    ("paragraphs", "a\n\nb\\par c", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
    ("answer", r"How many? \answer{n} And", "<p>How many?</p>\n[n]\n<p>And</p>"),
    ("items", r"\begin{enumerate}\item a \answer{n}\item b\end{enumerate}",
     "<ol><li><p>a</p>[n]</li><li><p>b</p></li></ol>"),
    ("labels of items", r"\begin{itemize}\item[(2)] a\item[$b$] c\item d\end{itemize}",
     '<ul><li><p>(2) a</p></li><li><p><math display="inline"><mrow><mi>b</mi></mrow></math> c</p>'
     "</li><li><p>d</p></li></ul>"),
    ("labels of all items", r"\begin{itemize}\item[(1)] a\item[(2)] b\end{itemize}",
     '<ul class="labelled"><li><p>(1) a</p></li><li><p>(2) b</p></li></ul>'),
    ("table", r"\begin{tabular}{ll}\toprule a & b \\ \midrule c & d \\ \bottomrule\end{tabular}",
     "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"),
    ("plain table", r"\begin{tabular}{ll} a & b \\ \hline c & d \\[2mm] \end{tabular}",
     "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"),
    ("joined cells",
     r"\begin{tabular}{ll} \multicolumn{2}{c}{b} \\ \cmidrule(lr){1-2} c & d \end{tabular}",
     '<table><tr><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr></table>'),
    ("verbatim", "\\verb|x_{1}| a\n\\begin{verbatim}\n x = {1: $y$}\n\\end{verbatim}",
     "<p><code>x_{1}</code> a</p>\n<pre> x = {1: $y$}</pre>"),
    ("macro of one's own", r"\newcommand{\side}{5}a", "<p>a</p>"),
    ("described drawing",
     "\\alt{A $3$ by 3 grid}\n\\begin{center}\\begin{tikzpicture}\n\\draw (0,0);\n"
     "\\end{tikzpicture}\\end{center}",
     '<p class="drawing">A <math display="inline"><mrow><mn>3</mn></mrow></math> by 3 grid</p>'),
    ("reference", r"\begin{equation}\label{a}x\end{equation} See (\ref{a}), \eqref{a}.",
     '<math display="block"><mrow><mrow><mi>x</mi></mrow></mrow></math>\n'
     '<p class="number">(1)</p>\n<p>See (1), (1).</p>'),
    ("centred", r"\begin{center}a\end{center}", "<p>a</p>"),
    ("not LaTeX", r"open { and $x", "<p>open { and $x</p>"),
]  # fmt: skip
LEFT = [
    ("macro", r"a \mine{b} c", r"\mine"),
    ("drawing", "\\begin{tikzpicture}\n\\draw (0,0);\n\\end{tikzpicture}", r"\begin{tikzpicture}"),
    (
        "another drawing",
        "\\alt{A}\\begin{tikzpicture}\\end{tikzpicture}\\begin{tikzpicture}b\\end{tikzpicture}",
        r"\begin{tikzpicture}b\end{tikzpicture}",
    ),
    ("reference", r"See \ref{a}.", r"\ref{a}"),
    ("formula", r"a $\mine{x}$", r"$\mine{x}$"),
    ("markup", r"$\text{<script>alert(1)</script>}$", r"$\text{<script>alert(1)</script>}$"),
    ("link", r"$\href{javascript:alert(1)}{x}$", r"$\href{javascript:alert(1)}{x}$"),
]


@pytest.mark.parametrize(("latex", "html"), [row[1:] for row in TEXTS], ids=[r[0] for r in TEXTS])
def test_latex_becomes_html(latex: str, html: str) -> None:
    prose = Prose(lambda name: f"[{name}]")
    assert prose.html(latex) == html
    assert prose.unknown == []


@pytest.mark.parametrize(("latex", "left"), [row[1:] for row in LEFT], ids=[r[0] for r in LEFT])
def test_what_has_no_html_stays_visible_as_its_source(latex: str, left: str) -> None:
    prose = Prose(str)
    html = prose.html(latex)
    assert prose.unknown == [left]
    assert "<script" not in html
    assert "href=" not in html


def test_mathematics_for_a_screen_reader() -> None:
    assert mathml(r"20{,}695.68") == (
        '<math display="inline"><mrow><mn>20,695.68</mn></mrow></math>'
    )
    assert "<mi>out</mi>" in str(mathml(r"H_{\mathrm{out}}"))
    assert 'display="block"' in str(mathml("x", display=True))


@pytest.mark.parametrize(
    "latex",
    [r"\ce{H2SO4}", r"m(\ce{Na+})", r"\qty{5}{\kilo\metre}", r"\num{1e-7}", r"\ang{30}"],
)
def test_commands_of_packages_are_formulas_wherever_a_sentence_has_them(latex: str) -> None:
    assert "<math" in sentence_html(f"it is ${latex}$")
    assert "<code" not in sentence_html(f"it is ${latex}$")


def test_every_answer_has_one_labelled_field() -> None:
    (paper,) = papers(read_exam(bundled_exam()), "42", copies(1))
    page = paper_html(paper)
    for answer in paper.key.answers:
        names = (answer.id, f"{answer.id}:1")  # of a matching, one for each row
        radio = any(f'type="radio" name="{name}"' in page for name in names)
        assert radio or (page.count(f' id="{answer.id}"') == page.count(f' for="{answer.id}"') == 1)
    assert "<pre>" not in page
    shown = re.sub(r"<s(tyle|cript)>.*?</s\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\\[a-z]+", shown)
    assert not re.search(r"""(?:src|href)=""", page)


def test_names_are_text_on_the_page() -> None:
    exam = exam_from_text(
        "course: 1 < 2\ntitle: '<b>x</b>'\nquestions: [{title: A&B, parts: [cnn/padding]}]\n",
        "exam.yaml",
        [bundled_exam().parent.parent / "questions"],  # type: ignore[attr-defined]
    )
    (paper,) = papers(exam, "1", [Student("s1", "<script>alert(1)</script>")])
    page = paper_html(paper)
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "A&amp;B" in page


FILL = """<script>
const set = (name, text) => { document.getElementsByName(name)[0].value = text; };
set("1a.size", '24x24 "q" '); set("2a.argument", "one\\ntwo");
document.querySelector('[name="5a.pattern_1"][value="many-to-one"]').checked = true;
let saved; URL.createObjectURL = (blob) => { saved = blob; return "#"; };
HTMLAnchorElement.prototype.click = () => {};
document.querySelector("button").click();
saved.text().then((text) => {
  document.body.innerHTML = "<pre id=found></pre>";
  document.getElementById("found").textContent = text;
});
</script></body>"""


def test_a_form_is_saved_as_the_form_beside_the_paper(browser: Browser) -> None:
    (paper,) = papers(read_exam(bundled_exam()), "42", copies(1))
    saved = json.loads(browser(paper_html(paper), FILL))
    form = json.loads(form_json(paper))
    assert datetime.fromisoformat(saved.pop("saved")).tzinfo is not None
    filled = {"1a.size": '24x24 "q" ', "2a.argument": "one\ntwo", "5a.pattern_1": "many-to-one"}
    assert saved == {
        "exam": "ceng403",
        "checksum": form["checksum"],
        "student": "001",
        "paper": "001",
        "answers": {**form["answers"], **filled},
    }


# The page runs three times: it is filled in, reloaded, and reloaded once more after it was cleared.
RELOAD = """<script>
const step = Number(sessionStorage.getItem("step") ?? 0);
sessionStorage.setItem("step", step + 1);
const field = (name) => form.elements.namedItem(name);
const seen = () => [field("1a.size").value, field("2a.argument").value,
  field("5a.pattern_1").value,
  kept.hidden, [...kept.children].filter((note) => !note.hidden).map((note) => note.dataset.says)];
const report = JSON.parse(sessionStorage.getItem("report") ?? "[]");
report.push(seen());
sessionStorage.setItem("report", JSON.stringify(report));
if (step === 0) {
  field("1a.size").value = "24x24";
  field("2a.argument").value = "one\\ntwo";
  field("5a.pattern_1").value = "many-to-one";
  form.dispatchEvent(new Event("input", { bubbles: true }));
  const leave = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leave);
  report.push(leave.defaultPrevented);
  sessionStorage.setItem("report", JSON.stringify(report));
  location.reload();
} else if (step === 1) {
  window.confirm = () => true;
  kept.querySelector("button").click();
  report.push(seen());
  sessionStorage.setItem("report", JSON.stringify(report));
  location.reload();
} else {
  document.body.innerHTML = "<pre id=found></pre>";
  document.getElementById("found").textContent = JSON.stringify(report);
}
</script></body>"""


def test_what_was_typed_outlives_a_reload(browser: Browser) -> None:
    (paper,) = papers(read_exam(bundled_exam()), "42", copies(1))
    nothing = ["", "", "", True, []]
    assert json.loads(browser(paper_html(paper), RELOAD)) == [
        nothing,
        True,
        ["24x24", "one\ntwo", "many-to-one", False, ["restored"]],
        nothing,
        nothing,
    ]


WITHOUT = """<script>
document.body.innerHTML = `<pre id=found>${document.getElementById("kept").hidden},${
  [...document.getElementById("kept").children].map((note) => note.hidden)}</pre>`;
</script></body>"""


def test_a_page_says_where_nothing_is_kept(browser: Browser) -> None:
    (paper,) = papers(read_exam(bundled_exam()), "42", copies(1))
    page = paper_html(paper).replace(
        "<head>",
        "<head><script>Object.defineProperty(window, 'localStorage', {get() "
        "{ throw new DOMException('denied', 'SecurityError'); }});</script>",
    )
    assert browser(page, WITHOUT) == "false,true,false"
