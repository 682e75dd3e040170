"""Where no window can be shown, a sentence says so and nothing breaks."""

import os
import subprocess
import sys

import pytest

from tests.conftest import PROJECT
from ui.start import no_display


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return monkeypatch


def test_a_bare_linux_has_no_display(bare: pytest.MonkeyPatch) -> None:
    assert no_display()


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_display_or_a_named_platform_will_do(bare: pytest.MonkeyPatch, name: str) -> None:
    bare.setenv(name, ":0" if "DISPLAY" in name else "offscreen")
    assert not no_display()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
@pytest.mark.parametrize("arguments", [[], ["open", "bank.waymark"]])
def test_without_a_display_a_sentence_says_so(arguments: list[str]) -> None:
    taken = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {k: v for k, v in os.environ.items() if k not in taken}
    done = subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("There is no display")
    assert "Traceback" not in done.stderr
