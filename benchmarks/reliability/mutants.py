"""Files spoilt the way programs, disks and strangers spoil them."""

import copy
import io
import json
import random
import zipfile
from typing import Any

_TOKENS = (
    b"\x00", b'"', b"\n", b"\r", b";", b",", b"\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"-",
    b"=1+1", b"1e400", b"nan", b"-inf", b"1_000", b"9" * 400, b"\xf0\x9f\x92\xa9", b"\xe2\x80\xae",
    b"<img src=x>", b"&lol;", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", b"%s%n",
    b"../../x", b"{}", b"[]", b"[[", b"]]", b"{", b"null", b"'", b"9999-99-99", b"0000-00-00",
    b"x" * 70_000, b"\n" * 300, b"[" * 3_000, b"{\"a\":" * 2_000, b"a = 1\n", b"#", b":", b"  ",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, -1e308, 10**30, 0.1, "", "x" * 5_000, "\x00", "\ud800", "=1+1",
    [], {}, [[]], [None], {"": None}, "nan", "2026Q9", "2026-13-45", "https://x", ["a"] * 200,
)  # fmt: skip
_MOST = 400_000


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few things wrong in them."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        _spoil(made, chance)
    return bytes(made[:_MOST])


def _spoil(made: bytearray, chance: random.Random) -> None:
    if not made:
        made += chance.choice(_TOKENS)
    at = chance.randrange(len(made))
    end = min(len(made), at + chance.choice((1, 2, 8, 64, 1000)))
    kind = chance.randrange(7)
    if kind == 0:
        made[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        made[at] = chance.randrange(256)
    elif kind == 2:
        del made[at:end]
    elif kind == 3:
        made[at:at] = made[at:end] * chance.choice((1, 2, 50))
    elif kind == 4:
        made[at:at] = chance.choice(_TOKENS)
    elif kind == 5:
        made[at:end] = chance.choice(_TOKENS)
    elif chance.random() < 0.3:
        del made[at:]


def spoilt_archive(data: bytes, chance: random.Random) -> bytes:
    """Return a workbook with one of its parts spoilt, left out, doubled or a bomb."""
    if chance.random() < 0.25:
        return spoilt(data, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        members = old.infolist()
        chosen = chance.choice(members).filename
        kind = chance.randrange(8)
        for member in members:
            content = old.read(member)
            if member.filename == chosen:
                if kind == 0:
                    continue
                if kind == 1:
                    content = content[: chance.randrange(len(content) + 1)]
                elif kind == 2:
                    content = b" " * 3_000_000 + content
                else:
                    content = spoilt(content, chance)
            pressed = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
            new.writestr(member.filename, content, compress_type=pressed)
    return target.getvalue()


def spoilt_json(data: bytes, chance: random.Random) -> bytes:
    """Return JSON that is well formed and wrong, or not even well formed."""
    if chance.random() < 0.3:
        return spoilt(data, chance)
    root = json.loads(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        _spoil_tree(root, chance)
    return json.dumps(root, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _spoil_tree(root: Any, chance: random.Random) -> None:
    node = root
    while isinstance(node, dict | list) and node:
        key = chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node))
        child = node[key]
        if not isinstance(child, dict | list) or not child or chance.random() < 0.25:
            _spoil_child(node, key, chance)
            return
        node = child


def _spoil_child(node: Any, key: Any, chance: random.Random) -> None:
    kind = chance.randrange(5)
    if kind == 0:
        del node[key]
    elif kind == 1 and isinstance(node, list):
        node.insert(0, copy.deepcopy(node[key]))
    elif kind == 1:
        node[str(key) + "_"] = copy.deepcopy(node[key])
    else:
        node[key] = copy.deepcopy(chance.choice(_VALUES))
