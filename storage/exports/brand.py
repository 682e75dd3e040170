"""What a company puts in place of ours: logo, colour, font, templates."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from storage.errors import StorageError

ACCENT = "#00639C"
SETTINGS = "company.toml"
_LOGOS = ("logo.svg", "logo.png", "logo.jpg")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
TEMPLATES = ("pack.typ", "overview.typ", "done.typ", "style.typ")


class BrandError(StorageError):
    """A company's folder that cannot be used (facts: path, detail)."""

    def __init__(self, path: Path, reason: str, detail: str = "") -> None:
        self.path = path
        self.detail = detail
        super().__init__(reason, path=path, detail=detail)


@dataclass(frozen=True, slots=True)
class Brand:
    """A company's own look; all of it may be left out.

    Attributes:
        name: of the company, said where its logo stands.
        accent: its colour as "#RRGGBB".
        fonts: font families before ours; their files lie in the folder.
        logo: file in the folder. folder: where templates, fonts and logo lie.
        templates: names of ours it replaces.
        pptx: its template for slides.
    """

    name: str = ""
    accent: str = ACCENT
    fonts: tuple[str, ...] = ()
    logo: Path | None = None
    folder: Path | None = None
    templates: tuple[str, ...] = field(default=())
    pptx: Path | None = None


def read_brand(folder: Path) -> Brand:
    """Return what a company's folder holds.

    It may hold `company.toml` (name, accent, fonts), a logo (logo.svg, .png or .jpg), fonts,
    templates (pack.typ, overview.typ, done.typ, style.typ) and pack.pptx.

    Raises:
        BrandError: no_folder, or bad_settings with what is wrong.
    """
    if not folder.is_dir():
        raise BrandError(folder, "no_folder")
    known = _settings(folder / SETTINGS)
    accent = str(known.get("accent", ACCENT))
    if not _COLOUR.fullmatch(accent):
        raise BrandError(folder / SETTINGS, "bad_settings", f"accent {accent!r}")
    fonts = known.get("fonts", [])
    if not isinstance(fonts, list) or not all(isinstance(name, str) for name in fonts):
        raise BrandError(folder / SETTINGS, "bad_settings", f"fonts {fonts!r}")
    slides = folder / "pack.pptx"
    return Brand(
        name=str(known.get("name", "")),
        accent=accent,
        fonts=tuple(fonts),
        logo=next((path for name in _LOGOS if (path := folder / name).is_file()), None),
        folder=folder,
        templates=tuple(name for name in TEMPLATES if (folder / name).is_file()),
        pptx=slides if slides.is_file() else None,
    )


def _settings(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrandError(path, "bad_settings", str(error)) from error
