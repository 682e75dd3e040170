"""The log of the window: it goes on beside the settings, and never grows without end."""

import logging
from pathlib import Path

import pytest

from ui.app import LOG_BYTES, keep_log


def test_the_log_rotates_and_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    root = logging.getLogger()
    before = root.handlers[:]
    monkeypatch.setattr(root, "handlers", [])
    keep_log()
    keep_log()
    (handler,) = root.handlers
    try:
        for number in range(5_000):
            logging.getLogger("waymark").warning("number %d %s", number, "x" * 1_000)
    finally:
        handler.close()
        root.handlers = before
    logs = sorted(tmp_path.rglob("waymark.log*"))
    assert len(logs) == 3
    assert all(log.stat().st_size <= LOG_BYTES for log in logs)
    newest = next(log for log in logs if log.suffix == ".log")
    assert "number 4999 " in newest.read_text("utf-8")
