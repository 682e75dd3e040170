"""A stranger's file cannot keep us busy for ever: what reads it is stopped after so much work."""

from pathlib import Path

import pytest

from journey.model.template import new_workspace
from storage.document import Document
from storage.document.inspection import guarded
from storage.errors import WorkspaceDamagedError

# Ends by itself after a second, where nothing stops it.
_LONG = (
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 4000000)"
    " SELECT count(*) FROM c"
)


def test_what_takes_too_much_work_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "long.waymark"
    Document.create(path, new_workspace("Long")).close()
    with (
        pytest.raises(WorkspaceDamagedError) as raised,
        guarded(path, path) as connection,
    ):
        connection.execute(_LONG).fetchone()
    assert raised.value.reason == "malformed"
