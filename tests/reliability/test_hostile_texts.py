"""40 traps through every screen, tooltip, message and export: no file opened, no socket made."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="openings of files are watched by inotify"
)


def test_nothing_typed_opens_a_file_or_a_socket(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.reliability.hostile_trial", str(tmp_path)],
        cwd=PROJECT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    found = json.loads(ended.stdout.splitlines()[-1])
    assert found["watch_works"]
    assert found["opened"] == 0
    assert found["sockets"] == []
    assert found["payloads"] == 40
    assert found["tooltips"] > 100
    assert {"map", "flow", "priorities", "quarter"} <= set(found["screens"])
    assert {".xlsx", ".pptx", ".pdf", ".csv", ".md"} <= set(found["exported"])
