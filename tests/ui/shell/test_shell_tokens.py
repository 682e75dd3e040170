"""The colours: every pair of text and ground can be read, in both themes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.shell.theme import Theme
from ui.shell.tokens import ROLES, TEXT_PAIRS, contrast

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06X}")


@given(colours, colours)
def test_contrast_is_symmetric_and_bounded(first: str, second: str) -> None:
    assert contrast(first, second) == contrast(second, first)
    assert 1.0 <= contrast(first, second) <= 21.0001
    assert contrast(first, first) == pytest.approx(1.0)


def test_contrast_of_black_on_white_is_the_known_figure() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21.0)
    # 777777 on white is the well-known near miss of the guideline.
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("column", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_every_text_pair_can_be_read(pair: tuple[str, str], column: int) -> None:
    ink, ground = pair
    assert contrast(ROLES[ink][column], ROLES[ground][column]) >= 4.5


def test_theme_holds_every_role_and_cannot_be_changed() -> None:
    for column, theme in enumerate((Theme.light(), Theme.dark())):
        for role, figures in ROLES.items():
            assert theme.role(role).name().upper() == f"#{figures[column]}"
            assert theme.role(role) is getattr(theme, role)
        assert set(Theme.__annotations__) == {"name", *ROLES}
        with pytest.raises(AttributeError):
            theme.accent = theme.text
        with pytest.raises(AttributeError):
            del theme.accent
    assert Theme.dark().is_dark
    assert not Theme.light().is_dark
    with pytest.raises(KeyError):
        Theme.light().role("shiny")
