"""Reports of failures: where it was, and nothing of what people typed."""

import os
import subprocess
import sys
from pathlib import Path

from ui.shell.reports import AbruptEnds, report_of

PROJECT = Path(__file__).resolve().parents[3]


def _fails(secret: str) -> None:
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"no {secret} in {Path.home()}") from error


def test_a_report_names_the_place_and_no_value() -> None:
    try:
        _fails("Ola Nordmann")
    except ValueError as error:
        report = report_of(error, "1.2.3")
    assert "Waymark 1.2.3" in report
    assert "builtins.ValueError" in report
    assert "builtins.KeyError" in report
    assert "tests/ui/shell/test_shell_reports.py" in report
    assert "Nordmann" not in report
    assert str(PROJECT) not in report


def test_a_process_that_dies_leaves_a_report_for_the_next_start(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from ui.shell.reports import AbruptEnds\n"
        "AbruptEnds(Path(sys.argv[1]), '1').watch()\n"
        "os.kill(os.getpid(), signal.SIGSEGV)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
        capture_output=True,
    )
    assert ended.returncode != 0
    ends = AbruptEnds(tmp_path, "1")
    report = ends.take_last()
    assert "Segmentation fault" in report
    assert str(PROJECT) not in report
    assert ends.take_last() == ""


def test_an_orderly_end_leaves_nothing(tmp_path: Path) -> None:
    ends = AbruptEnds(tmp_path, "1")
    ends.watch()
    assert len(list(tmp_path.iterdir())) == 1
    assert AbruptEnds(tmp_path, "1").take_last() == ""
    ends.stop()
    assert list(tmp_path.iterdir()) == []
