"""Drawing in a process of its own: the same bytes, stopped when nobody wants them."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from journey.model.ids import LeaderId
from journey.model.people import Leader
from tests.ui.render.journeys import J, long_workspace, measured_figures
from ui.render.apart import DrawApart, DrawingError, Wish
from ui.render.order import Format, Order
from ui.render.subject import Subject, View

PROJECT = Path(__file__).parents[3]


def progress(_done: int, _total: int | None) -> None:
    """Nobody looks."""


def subject(touchpoints: int = 8) -> Subject:
    return Subject(long_workspace(touchpoints, 2, 2), J, measured_figures(touchpoints))


def stuffed() -> Subject:
    """Return the same journey in a workspace of a megabyte."""
    wished = subject()
    for number in range(5_000):
        wished.workspace.put(Leader(LeaderId(f"leader-{number}"), "One of many " * 15))
    return wished


def fresh(*wanted: str) -> bytes:
    """Return what a program just started draws by itself.

    Not this one: after the windows of many other tests it was seen to lay a map out a little
    larger, as a long session may.
    """
    command = [sys.executable, "-m", "tests.ui.render.drawn_here", *wanted]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    return ran.stdout


@pytest.mark.parametrize("view", [View.MAP, View.FLOW])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_child_draws_the_very_picture_the_window_would(
    qapp: QApplication, view: View, look: str
) -> None:
    wish = Wish(subject(), view, look, True, Order(Format.SVG))
    here = fresh("picture", view.value, look)
    assert DrawApart(wish)(progress, lambda: False) == here


def test_the_child_writes_pages_and_the_page_to_share(qapp: QApplication) -> None:
    pdf = DrawApart(Wish(subject(), View.MAP, "light", False, Order(Format.PDF, page="A4")))
    drawn = pdf(progress, lambda: False)
    assert isinstance(drawn, bytes)
    assert drawn.startswith(b"%PDF")
    page = DrawApart(Wish(subject(), View.MAP, "dark", False, None))(progress, lambda: False)
    assert page == fresh("page")


def test_more_than_a_pipe_holds_reaches_the_child(qapp: QApplication) -> None:
    # The child takes its time to start; what did not go into the pipe at once must follow.
    small = DrawApart(Wish(subject(), View.MAP, "light", False, Order(Format.SVG)))
    large = DrawApart(Wish(stuffed(), View.MAP, "light", False, Order(Format.SVG)))
    looks = iter(range(600))  # a minute at most, then it is given up
    assert large(progress, lambda: next(looks, None) is None) == small(progress, lambda: False)


def test_a_large_wish_nobody_wants_is_given_up(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deaf = tmp_path / "python"
    deaf.write_text("#!/bin/sh\nexec sleep 60\n")
    deaf.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(deaf))
    wish = Wish(stuffed(), View.MAP, "light", False, Order(Format.SVG))
    assert DrawApart(wish)(progress, lambda: True) is None


def test_a_drawing_nobody_wants_is_given_up(qapp: QApplication) -> None:
    wish = Wish(subject(600), View.MAP, "light", False, Order(Format.SVG))
    assert DrawApart(wish)(progress, lambda: True) is None


def test_a_child_that_fails_is_told(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\ncat > /dev/null\necho 'no such font' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(DrawingError) as told:
        DrawApart(Wish(subject(), View.MAP, "light", False, Order(Format.PDF)))(
            progress, lambda: False
        )
    assert told.value.facts["detail"] == "no such font"
