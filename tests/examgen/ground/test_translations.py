"""A language is one file: found, checked, complete, and kept in the exam folder."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from examgen.ground import translations
from examgen.ground.errors import InputError
from examgen.ground.translations import (
    FALLBACK,
    PLUGINS,
    SIGNS,
    Language,
    bundled_file,
    find_language,
    languages,
    missing_words,
    own_words,
    unknown_words,
    words,
)
from examgen.ground.translator import Translator

FIELD = re.compile(r"\{(\w*)\}")


def _file(folder: Path, text: str, name: str = "xx") -> Path:
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def test_turkish_has_all_words_and_no_others() -> None:
    assert missing_words("tr") == []
    assert unknown_words("tr") == []
    for name, text in own_words("tr").items():
        if name not in SIGNS:
            english = [f"{{{field}}}" for field in FIELD.findall(words(FALLBACK)[name])]
            by_place = [f"{{{at}}}" for at in range(len(english))]
            own = sorted(f"{{{field}}}" for field in FIELD.findall(text))
            assert own in (sorted(english), by_place), name


def test_what_a_file_lacks_is_english(tmp_path: Path) -> None:
    found = find_language("xx", _file(tmp_path, "question: Frage\ndecimal: '{,}'\n"))
    assert (words(found)["question"], words(found)["decimal"]) == ("Frage", "{,}")
    assert words(found)["paper"] == "Paper"
    assert "question" not in missing_words(found)
    assert "paper" in missing_words(found)


def test_a_file_of_the_lecturers_own_comes_before_that_of_examgen(tmp_path: Path) -> None:
    found = find_language("tr", _file(tmp_path, "question: Problem\n", "tr"))
    assert words(found)["question"] == "Problem"
    assert words("tr")["question"] == "Soru"
    assert found != "tr"
    assert found != Language("tr", {})


def test_another_process_has_the_words(tmp_path: Path) -> None:
    found = find_language("xx", _file(tmp_path, "question: Frage\n"))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert again == found
    assert hash(again) == hash(found)
    assert words(again)["question"] == "Frage"


FAULTS = [
    ("question: [a", "xx.yaml:1: this is no file of words"),
    ("- question", "there are no names"),
    ("question: {a: b}", "question is no text"),
    ("paper: P\nchoose_best: Any {number} of them", r"xx.yaml:2: choose_best: {number} is not put"),
    ("bonus_rule: At most {}", "bonus_rule: {} is not put in here"),
]


@pytest.mark.parametrize(("text", "what"), FAULTS)
def test_a_faulty_file_is_refused_with_its_line(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        find_language("xx", _file(tmp_path, text))


def test_a_language_without_a_file_names_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no words in 'qq'; known: en, tr; or name a folder"):
        find_language("qq", tmp_path)
    assert bundled_file("qq").is_file() is False


def test_a_package_brings_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "frisian_words/__init__.py": "", "frisian_words/fy.yaml": "question: Fraach\n",
        "frisian-1.dist-info/METADATA": "Name: frisian\nVersion: 1\n",
        "frisian-1.dist-info/entry_points.txt": f"[{PLUGINS}]\nfrisian = frisian_words\n",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    caches = (translations._offered, languages)
    for one in caches:
        one.cache_clear()
    try:
        assert languages() == ("en", "fy", "tr")
        assert words(find_language("fy"))["question"] == "Fraach"
    finally:
        for one in caches:
            one.cache_clear()


def test_the_file_of_the_guide_is_one(tmp_path: Path) -> None:
    guide = Path("docs/languages.md").read_text("utf-8")
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    found = find_language("nl", _file(tmp_path, example, "nl"))
    assert unknown_words(found) == []
    say = Translator(found)
    assert say.translate("at x=2: yours 4, expected 5") == "bij x=2: van jou 4, verwacht 5"
    assert say.number("1,250.5") == "1 250,5"
