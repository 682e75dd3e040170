"""Damaged files: refused or whole, never silently different, never a crash."""

import random
from pathlib import Path

import pytest

from storage.document import check_document, read_document
from storage.errors import WorkspaceError
from tests.storage.document.sample import sample_workspace

FILES = 500


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    """Return a file as a failing disk or a broken transfer leaves it."""
    data = bytearray(whole)
    kind = chance.choice(["bit", "bit", "byte", "zeroes", "truncated", "swapped", "longer"])
    if kind == "bit":
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif kind == "byte":
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif kind == "zeroes":
        start = chance.randrange(len(data)) // 512 * 512
        data[start : start + 512] = bytes(512)
    elif kind == "truncated":
        del data[chance.randrange(len(data)) :]
    elif kind == "swapped":
        one, two = (4096 * chance.randrange(len(data) // 4096) for _ in range(2))
        data[one : one + 4096], data[two : two + 4096] = (
            data[two : two + 4096],
            data[one : one + 4096],
        )
    else:
        data += chance.randbytes(chance.randrange(5000))
    return bytes(data)


@pytest.mark.parametrize("seed", range(5))
def test_damage_is_refused_or_harmless(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = path.read_bytes()
    expected = check_document(path).content_sha256
    refused = 0
    for _ in range(FILES // 5):
        path.write_bytes(_damaged(whole, chance))
        try:
            with read_document(path) as found:
                assert found.workspace == sample_workspace()
                assert found.content_sha256() == expected
        except WorkspaceError:
            refused += 1
    # Much of a small file is unused; but not all.
    assert refused > FILES // 25


@pytest.mark.parametrize("seed", range(3))
def test_check_and_open_agree(path: Path, seed: int) -> None:
    chance = random.Random(100 + seed)
    whole = path.read_bytes()
    for _ in range(20):
        path.write_bytes(_damaged(whole, chance))
        try:
            with read_document(path):
                opens = True
        except WorkspaceError:
            opens = False
        assert check_document(path).ok == opens
