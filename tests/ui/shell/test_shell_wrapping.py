"""Wrapped text: words stay whole, and one wider than its line is broken at a syllable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from ui.shell.syllables import HYPHEN, parts
from ui.shell.type import font
from ui.shell.wrapping import text_width, wrap

LONG = "Rechtsschutzversicherungsgesellschaften-Vergleich"


def lines_of(text: str, width: float) -> list[str]:
    layout = wrap(text, font("base"), 18, width).layout
    told = layout.text()
    found = [layout.lineAt(i) for i in range(layout.lineCount())]
    return [told[x.textStart() : x.textStart() + x.textLength()].strip() for x in found]


@pytest.mark.parametrize("width", [60, 90, 130, 200])
def test_a_long_word_is_broken_with_a_hyphen_between_syllables(
    qapp: QApplication, width: int
) -> None:
    lines = lines_of(LONG, width)
    assert "".join(line.removesuffix(HYPHEN).removesuffix("\u2028") for line in lines) == LONG
    for line in lines[:-1]:
        assert line[-1] in (HYPHEN, "-")
        assert text_width(line, font("base")) <= width


def test_words_that_fit_stay_whole(qapp: QApplication) -> None:
    width = text_width("Kundenzufriedenheit", font("base")) + 2
    lines = lines_of("Die Kundenzufriedenheit nach dem Vertrag", width)
    assert lines[:2] == ["Die", "Kundenzufriedenheit"]
    assert HYPHEN not in "".join(lines)


def test_what_is_no_word_is_left_to_qt(qapp: QApplication) -> None:
    assert HYPHEN not in "".join(lines_of("x" * 10_000, 100))
    assert HYPHEN not in "".join(lines_of("השתמשוהשתמשוהשתמשוהשתמשו", 60))


@given(st.text(min_size=1, max_size=80), st.integers(1, 20))
def test_parts_are_the_word(word: str, most: int) -> None:
    word = word.replace(HYPHEN, "")
    found = parts(word, lambda part: len(part) <= most)
    assert "".join(part.removesuffix(HYPHEN) for part in found) == word
    assert all(len(part) <= most or len(part.removesuffix(HYPHEN)) == 1 for part in found)


@pytest.mark.parametrize(
    ("word", "most", "first"),
    [
        ("Vertragsabschluss", 14, "Vertragsab"),
        ("Kundenzufriedenheit", 12, "Kundenzu"),
        ("przedsiębiorstwo", 12, "przedsię"),
        ("предпринимательство", 9, "предпри"),
    ],
)
def test_consonants_that_begin_a_syllable_stay_together(word: str, most: int, first: str) -> None:
    head = parts(word, lambda part: len(part) <= most)[0]
    assert head == first + HYPHEN
