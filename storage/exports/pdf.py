"""Reports as PDF: tagged for screen readers (PDF/UA-1), fonts embedded, plots as vectors."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from journey.report.pack import Pack
from journey.report.report import DonePage, Overview
from storage.exports.brand import Brand, BrandError
from storage.exports.fonts import FAMILY, bundled, font_folder, lacking, squared, with_system
from storage.exports.pdf_data import done_data, overview_data, pack_data
from storage.exports.pdf_join import UnknownPdfError, joined, pages_in
from storage.exports.target import replacing

# What a template cannot place: code points that are no text.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# What would turn the text beside it around, and marks nobody sees.
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
# Words that are to be hyphenated in a narrow column; lines are then set with more care.
_LONG_WORD = re.compile(r"[^\W\d_]{16}")
_PLAIN = Brand()
# Setting a row takes some 180 kB until its document is done; longer lists are set in pieces.
ROWS_AT_ONCE = 1000
# Compilations after which typst forgets what it kept of one and no later one used.
_FORGOTTEN_AFTER = 11


def write_pdf(pack: Pack, path: Path, brand: Brand = _PLAIN) -> Path:
    """Write a pack to `path`, replacing it whole; return where it stands.

    The same pack and brand give the same bytes.

    Raises:
        TargetError: the target is as it was.
        BrandError: a company's own template does not compile.
    """
    return _write(pdf_bytes(pack, brand), path)


def write_overview_pdf(overview: Overview, path: Path, brand: Brand = _PLAIN) -> Path:
    """Write the board's overview; raises as `write_pdf`."""
    return _write(overview_pdf_bytes(overview, brand), path)


def write_done_pdf(page: DonePage, path: Path, brand: Brand = _PLAIN) -> Path:
    """Write "You said, we did"; raises as `write_pdf`."""
    return _write(done_pdf_bytes(page, brand), path)


def pdf_bytes(pack: Pack, brand: Brand = _PLAIN) -> bytes:
    """Return the PDF of a pack."""
    data = pack_data(pack)
    # A company's own page counts its pages and rows itself.
    if len(pack.all_rows) > ROWS_AT_ONCE and not brand.templates:
        try:
            return joined(_pieces(data, brand))
        except UnknownPdfError:  # another typst writes another kind: set whole, as others do
            pass
    return compiled("pack.typ", data, brand)


def _pieces(data: dict[str, Any], brand: Brand) -> Iterator[bytes]:
    """Yield a long pack in pieces: the page with the first rows, then rows alone.

    Only the first has bookmarks. Pages are numbered through, without saying of how many.
    """
    rows, page = data["all_rows"], 1
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = {**data, "all_rows": rows[start : start + ROWS_AT_ONCE], "first_page": page}
        content = compiled("more.typ" if start else "pack.typ", part, brand)
        page += pages_in(content)
        yield content
        _forget()


def _forget() -> None:
    """Make typst let go of what it keeps for a compilation like the last."""
    import typst

    for _ in range(_FORGOTTEN_AFTER):
        typst.compile(b"", font_paths=bundled())


def overview_pdf_bytes(overview: Overview, brand: Brand = _PLAIN) -> bytes:
    """Return the PDF of the board's overview."""
    return compiled("overview.typ", overview_data(overview), brand)


def done_pdf_bytes(page: DonePage, brand: Brand = _PLAIN) -> bytes:
    """Return the PDF of "You said, we did"."""
    return compiled("done.typ", done_data(page), brand)


def pack_picture(pack: Pack, brand: Brand = _PLAIN, *, dots: float = 96.0) -> bytes:
    """Return the first page as a PNG, `dots` to the inch: the page itself, to look at before."""
    return compiled("pack.typ", pack_data(pack), brand, dots=dots)


def overview_picture(overview: Overview, brand: Brand = _PLAIN, *, dots: float = 96.0) -> bytes:
    """Return the first page of the overview as a PNG, `dots` to the inch."""
    return compiled("overview.typ", overview_data(overview), brand, dots=dots)


def _write(content: bytes, path: Path) -> Path:
    with replacing(path) as target:
        target.file.write(content)
    return target.path


def compiled(
    template: str, data: dict[str, Any], brand: Brand = _PLAIN, *, dots: float | None = None
) -> bytes:
    """Return a template's pages as PDF, or (`dots` to the inch) its first page as PNG.

    Args:
        template: a file of resources/reports. data: what it is told; texts are only texts there.

    Raises:
        BrandError: a company's own template does not compile.
    """
    data = {**data, "brand": _brand_data(brand)}
    told = json.dumps(data, ensure_ascii=False)
    if "\\u" in told or _NO_TEXT.search(told) or _UNSEEN.search(told):
        data = _clean(data)
        told = json.dumps(data, ensure_ascii=False)
    if _LONG_WORD.search(told):
        data = {**data, "long_words": True}
        told = json.dumps(data, ensure_ascii=False)
    if not lacking(told):
        return _compile(_Order(template, told, data["date"], dots), brand, bundled())
    told = json.dumps(squared(data), ensure_ascii=False)
    return _compile(_Order(template, told, data["date"], dots), brand, with_system())


def _clean(value: Any) -> Any:
    """Return data without code points that are no text."""
    if isinstance(value, str):
        return _NO_TEXT.sub("\ufffd", _UNSEEN.sub("", value))
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value


def _brand_data(brand: Brand) -> dict[str, Any]:
    return {
        "accent": brand.accent,
        "fonts": [*brand.fonts, FAMILY],
        "logo": brand.logo.name if brand.logo else None,
        "logo-alt": brand.name or "Logo",
    }


class _Order(NamedTuple):
    """What is to be compiled: a template, its data as JSON, the day, and the dots of a picture."""

    template: str
    told: str
    day: Sequence[int]
    dots: float | None


def _compile(order: _Order, brand: Brand, fonts: Any) -> bytes:
    import typst

    year, month, number = order.day
    kind: dict[str, Any] = {
        "format": "pdf",
        "pdf_standards": ["ua-1"],
        "timestamp": datetime(year, month, number, tzinfo=UTC),
    }
    if order.dots is not None:
        kind = {"format": "png", "ppi": order.dots}
    with _templates(brand) as root:
        try:
            content = typst.Compiler(
                root / order.template, root=root, font_paths=_fonts(brand, fonts)
            ).compile(sys_inputs={"data": order.told}, **kind)
        except typst.TypstError as error:
            raise BrandError(brand.folder or root, "template", str(error)) from error
    first = content[0] if isinstance(content, list) else content
    assert isinstance(first, bytes)
    return first


@contextmanager
def _templates(brand: Brand) -> Iterator[Path]:
    """Give a folder with our templates, or with a company's in place of ours."""
    with as_file(files("resources") / "reports") as ours:
        if brand.folder is None or not (brand.templates or brand.logo):
            yield ours
            return
        with TemporaryDirectory(prefix="waymark-") as name:
            root = Path(name)
            for path in sorted(ours.glob("*.typ")):
                shutil.copyfile(path, root / path.name)
            for mine in brand.templates:
                shutil.copyfile(brand.folder / mine, root / mine)
            if brand.logo:
                shutil.copyfile(brand.logo, root / brand.logo.name)
            yield root


def _fonts(brand: Brand, usual: Any) -> Any:
    if brand.folder is None or not brand.fonts:
        return usual
    import typst

    folders = [str(font_folder()), str(brand.folder)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
