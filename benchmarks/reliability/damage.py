"""Damaged workspaces: refused or whole, never a crash, never silently different."""

import os
import random
import shutil
from collections import Counter
from pathlib import Path

from benchmarks.reliability.kills import GOLDEN, Events, Purchases, Surveys
from journey.model.workspace import Workspace
from storage.document import Document, check_document, read_document
from storage.errors import WorkspaceError
from storage.evidence.store import EvidenceStore
from tests.storage.document.sample import fill_answers, sample_workspace

_PAGE = 4096


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Return a file as a failing disk, a broken transfer or a careless tool leaves it."""
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        _damage(data, chance)
    return bytes(data)


def _damage(data: bytearray, chance: random.Random) -> None:
    if len(data) < 2 * _PAGE:
        data += chance.randbytes(_PAGE)
    kind = chance.choice(("bit", "bit", "byte", "zeroes", "cut", "swapped", "copied", "longer"))
    at = chance.randrange(len(data))
    one, two = (_PAGE * chance.randrange(len(data) // _PAGE) for _ in range(2))
    if kind == "bit":
        data[at] ^= 1 << chance.randrange(8)
    elif kind == "byte":
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif kind == "zeroes":
        size = chance.choice((512, _PAGE))
        start = at // size * size
        data[start : start + size] = bytes(size)
    elif kind == "cut":
        del data[at:]
    elif kind == "swapped":
        first, second = bytes(data[one : one + _PAGE]), bytes(data[two : two + _PAGE])
        data[one : one + _PAGE], data[two : two + _PAGE] = second, first
    elif kind == "copied":
        data[one : one + _PAGE] = data[two : two + _PAGE]
    else:
        data += chance.randbytes(chance.randrange(5000))


class _Whole:
    """A whole file and what it holds."""

    def __init__(self, path: Path) -> None:
        self.bytes = path.read_bytes()
        self.workspace, self.evidence = _content(path)


def _content(path: Path) -> tuple[Workspace, str]:
    """Return what a file holds; the hash of its responses beside the workspace."""
    with read_document(path) as found:
        ws, store = found.workspace, EvidenceStore(found.engine)
        rows = repr([list(store.iter_responses(survey)) for survey in sorted(ws.surveys)])
        return ws, found.content_sha256() + rows


def _files(folder: Path) -> list[_Whole]:
    folder.mkdir()
    plain = folder / "plain.waymark"
    Document.create(plain, sample_workspace(), fill=fill_answers).close()
    golden = folder / "golden.waymark"
    shutil.copyfile(GOLDEN, golden)
    full = folder / "full.waymark"
    chance = random.Random(1)
    with Document.create(full, sample_workspace(), fill=fill_answers) as document:
        for kind in (Surveys, Events, Purchases):
            maker = kind(folder / kind.__name__, chance)
            maker.take(document, maker.files[0])
    return [_Whole(plain), _Whole(golden), _Whole(full)]


def run(folder: Path, trials: int, seed: int) -> Counter[str]:
    """Damage so many files and return the counts."""
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    chance = random.Random(seed)
    files = _files(folder / "whole")
    path = folder / "damaged.waymark"
    total: Counter[str] = Counter()
    for _ in range(trials):
        whole = chance.choice(files)
        path.write_bytes(damaged(whole.bytes, chance))
        total["trials"] += 1
        try:
            workspace, evidence = _content(path)
        except WorkspaceError:
            total["refused"] += 1
            total["corrupt"] += check_document(path).ok  # check and open agree
            continue
        total["changed"] += workspace != whole.workspace or evidence != whole.evidence
    return total
