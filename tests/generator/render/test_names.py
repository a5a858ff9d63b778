"""Names in any script are printed: by TeX where it has the letters, else drawn."""

import re

import pytest

from generator.pdf.pdflatex import engine, typeset
from generator.render import names as module
from generator.render.latex import Setup, document
from generator.render.names import draw_name, name_latex, undrawable

LATIN = ["Ayşe Öztürk", "José Núñez", "Žofie Ďurišová"]
DRAWN = [
    ("Greek", "Χρήστος Παπαδόπουλος"),
    ("Cyrillic", "Иван Петров"),
    ("Vietnamese", "Nguyễn Văn An"),
    ("Arabic", "محمد علي"),
    ("Hebrew", "דוד כהן"),
    ("Chinese", "李小龍"),
    ("Japanese", "山田 太郎"),
    ("Korean", "김철수"),
    ("two scripts", "محمد Ali"),
    ("three fonts", "Ĉ Σωκ 王"),
]
STENCIL = re.compile(
    r"\\drawnname(?:\{\d+\.\d+\}){3}\{(\d+)\}\{(\d+)\}\{([0-9A-F]+)\}\{FEFF([0-9A-F]+)\}"
)


@pytest.mark.parametrize("name", LATIN)
def test_latin_names_are_text(name: str) -> None:
    assert name_latex(name) == name


@pytest.mark.parametrize(("script", "name"), DRAWN, ids=[row[0] for row in DRAWN])
def test_other_names_are_drawn_and_say_what_they_are(script: str, name: str) -> None:
    if lacking := undrawable(name):
        pytest.skip(f"no font has the {script} letters {lacking}")
    found = STENCIL.fullmatch(name_latex(name))
    assert found is not None
    width, height = int(found[1]), int(found[2])
    assert len(found[3]) == -(-width // 8) * height * 2
    assert bytes.fromhex(found[4]).decode("utf-16-be") == name
    assert 20 < width < 60 * len(name)
    assert "F" in found[3]


def test_a_name_goes_from_right_to_left_where_its_script_does() -> None:
    if undrawable("אבגד ab"):
        pytest.skip("no font has Hebrew letters")
    assert [run.strip() for run, _ in module._runs("αβ ab")] == ["αβ ab"]
    assert draw_name("אב") != draw_name("בא")


def test_letters_that_no_font_has_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_font_for", lambda _: None)
    assert undrawable("Ан Ann") == "Ан"
    assert draw_name.__wrapped__("Ан") == ""


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_a_drawn_name_is_printed_in_the_size_of_the_text_around_it() -> None:
    if undrawable("Иван"):
        pytest.skip("no font has Cyrillic letters")
    name = draw_name("Иван")
    head = f"\\startpaper{{1}}{{ -- {name}}}{{}}{{}}\\keyhead{{x}}{{y}}"
    body = f"{head}{name} {{\\Large {name}}}\\closepaper"
    assert typeset(document(Setup("a4", 11, "en"), [body]), "a name").pages == (1,)
