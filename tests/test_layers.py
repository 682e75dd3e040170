"""Imports run one way, and nothing heavy is loaded before the window is there."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
HEAVY = {"sqlalchemy", "alembic", "numpy", "scipy", "networkx", "matplotlib", "xlsxwriter"}

_BUILD = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.app import Program

app = QApplication([])
program = Program(app, Path(sys.argv[1]))
program.window.show()
app.processEvents()
program.build()
app.processEvents()
assert program.desk is not None
loaded = sorted({name.partition(".")[0] for name in sys.modules})
program.window.close()
program.shut_down()
print(json.dumps(loaded))
"""


def test_imports_run_one_way() -> None:
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        cwd=PROJECT,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_nothing_heavy_is_loaded_with_the_window(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, tmp_path / "settings.ini"],
        capture_output=True,
        check=False,
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "PySide6" in loaded
    assert loaded & HEAVY == set()
