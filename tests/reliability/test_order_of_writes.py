"""What the kernel sees of a publish: write, fsync, replace, fsync of the folder, in that order."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed here")

_EDIT = """
import sys
from pathlib import Path
from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import Document
document = Document.open(Path(sys.argv[1]))
document.write(Set(Ref(Kind.WORKSPACE, "workspace"), name="Edited").do(document.workspace))
print("edited", flush=True)
if sys.argv[2] == "publish":
    document.publish()
else:
    document.save_copy(Path(sys.argv[2]))
document.close()
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published document, closed, alone in its folder."""
    from journey.model.template import new_workspace
    from storage.document import Document

    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    place = tmp_path / "documents" / "traced.waymark"
    place.parent.mkdir()
    Document.create(place, new_workspace("Traced")).close()
    return place


def _traced(path: Path, what: str) -> list[tuple[str, str]]:
    """Return (call, what it was about) in order: files by name, through their descriptors."""
    log = path.parent.parent / "strace.log"
    assert STRACE is not None
    calls = "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat"
    ended = subprocess.run(
        [
            *(STRACE, "-f", "-y", "-s", "0", "-e", calls, "-o", log),
            *(sys.executable, "-c", _EDIT, str(path), what),
        ],
        cwd=PROJECT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if "ptrace" in ended.stderr and "not permitted" in ended.stderr:
        pytest.skip("a process may not be traced here")
    assert ended.returncode == 0, ended.stderr
    lines = log.read_text("utf-8", "replace").splitlines()
    found = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= \d+")
    return [(m[1], m[2]) for line in lines if (m := found.match(line))]


def _first(calls: list[tuple[str, str]], names: tuple[str, ...], about: str, after: int) -> int:
    for number in range(after + 1, len(calls)):
        if calls[number][0] in names and about in calls[number][1]:
            return number
    pytest.fail(f"no {names[0]} of {about} after call {after}: {calls[after:][:12]}")


SYNC, PUT = ("fsync", "fdatasync"), ("rename", "renameat", "renameat2", "link", "linkat")


@pytest.mark.parametrize("what", ["publish", "save as"])
def test_write_fsync_replace_fsync_of_the_folder(path: Path, what: str) -> None:
    target = path if what == "publish" else path.with_name("copy.waymark")
    calls = _traced(path, "publish" if what == "publish" else str(target))
    beside = f".~publish.{target.name}#"
    last = max(n for n, (call, about) in enumerate(calls) if call == "write" and beside in about)
    synced = _first(calls, SYNC, beside, last)
    put = _first(calls, PUT, beside, synced)
    assert target.name in calls[put][1]
    folder = _first(calls, SYNC, f"<{path.parent}>", put)
    assert last < synced < put < folder
    assert not any(beside in about for call, about in calls[put + 1 :] if call == "write")


def test_an_edit_is_on_the_disk_before_it_is_acknowledged(path: Path) -> None:
    calls = _traced(path, "publish")
    said = next(n for n, (call, about) in enumerate(calls) if call == "write" and about[:1] == "1")
    wal = [n for n, (_, about) in enumerate(calls[:said]) if "workspace.db-wal" in about]
    assert calls[wal[-1]][0] in SYNC
    assert any(call in ("write", "pwrite64") for call, _ in (calls[n] for n in wal))
