"""kill −9 at any moment: 0 lost, 0 corrupt."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
# Of each phase; a release asks for more.
TRIALS = int(os.environ.get("WAYMARK_KILL_TRIALS", "25"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.mark.parametrize("phase", ["random", "edit", "publish"])
def test_nothing_is_lost_and_nothing_is_corrupt(tmp_path: Path, phase: str) -> None:
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.storage.document.kill_trials",
            str(tmp_path),
            str(TRIALS),
            phase,
            "1",
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found == {"trials": TRIALS, "lost": 0, "corrupt": 0, "litter": 0}, ended.stderr
