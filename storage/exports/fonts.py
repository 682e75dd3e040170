"""The fonts of printed pages, and what their letters cannot show.

DejaVu Sans holds Latin with all of Polish and Norwegian, Cyrillic and Greek. Its licence lets
anyone embed and pass it on; matplotlib, which Waymark needs anyway, carries it as files. What it
lacks, as Chinese, is taken from the system's fonts, or else shown as an empty square.
"""

import atexit
import shutil
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FAMILY = "DejaVu Sans"
FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
SQUARE = "\u25a1"
# Shown by no letter of their own, or as space.
_UNSEEN = frozenset("\n\t \u00a0\u2009\u202f\u200b\u2060\ufeff")


@cache
def font_folder() -> Path:
    """Return a folder with the files of our fonts alone, kept until the program ends.

    typst takes folders only, and matplotlib's own holds fonts that must not stand in for a
    letter that is lacking.
    """
    kept = TemporaryDirectory(prefix="waymark-fonts-")
    atexit.register(kept.cleanup)
    for name in FILES:
        shutil.copyfile(_source() / name, Path(kept.name) / name)
    return Path(kept.name)


def _source() -> Path:
    """Return where matplotlib keeps its fonts; matplotlib itself is not imported."""
    found = find_spec("matplotlib")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


@cache
def bundled() -> Any:
    """Return typst's fonts: ours only, so that the same pack gives the same bytes anywhere."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )


@cache
def with_system() -> Any:
    """Return typst's fonts with those of this machine, for letters ours lack."""
    import typst

    return typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )


@cache
def _letters() -> frozenset[int]:
    """Return the code points both weights hold."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no stubs

    held = []
    for name in FILES:
        with TTFont(_source() / name, lazy=True) as font:
            held.append(frozenset(font.getBestCmap()))
    return held[0] & held[1]


def lacking(text: str) -> bool:
    """Return whether a letter of the text is in none of our fonts."""
    return not text.isascii() and any(_lacks(letter) for letter in set(text))


def _lacks(letter: str) -> bool:
    return ord(letter) not in _letters() and letter not in _UNSEEN


def squared(value: object) -> object:
    """Return the data of a page with an empty square for each letter no font here has."""
    if isinstance(value, str):
        if not lacking(value):
            return value
        shown = (SQUARE if _lacks(k) and not _system_has(k) else k for k in value)
        return "".join(shown)
    if isinstance(value, Mapping):
        return {key: squared(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [squared(part) for part in value]
    return value


@cache
def _system_has(letter: str) -> bool:
    """Return whether a font of this machine shows a letter; typst refuses one that none has."""
    import typst

    page = typst.Compiler(
        b'#set document(title: "x")\n#set text(font: sys.inputs.font)\n#sys.inputs.letter',
        font_paths=with_system(),
        sys_inputs={"letter": letter, "font": FAMILY},
    )
    try:
        page.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
