"""Packs as slides: editable text, native tables, a native chart; on a company's template too."""

from pathlib import Path

from journey.report.pack import Pack
from journey.report.report import Overview
from storage.exports.pptx_deck import Deck
from storage.exports.pptx_overview import write_overview
from storage.exports.pptx_pack import write_pack
from storage.exports.target import replacing


def write_pptx(pack: Pack, path: Path, *, template: Path | None = None) -> Path:
    """Write a pack's slides to `path`, replacing it whole; return where they stand.

    Args:
        template: a company's .pptx whose layouts, colours and fonts are taken; its slides are
            left out.

    Raises:
        TargetError: the target is as it was.
        BrandError: the template cannot be used (bad_template).
    """
    return _put(pptx_bytes(pack, template=template), path)


def write_overview_pptx(overview: Overview, path: Path, *, template: Path | None = None) -> Path:
    """Write the board's slides; takes and raises what `write_pptx` does."""
    return _put(overview_pptx_bytes(overview, template=template), path)


def pptx_bytes(pack: Pack, *, template: Path | None = None) -> bytes:
    """Return the slides of a pack; the same pack gives the same bytes."""
    deck = Deck(template, pack.language)
    write_pack(deck, pack)
    made = pack.foot.generated_on
    return deck.content_bytes(title=pack.text.title, subject=pack.workspace, made=made)


def overview_pptx_bytes(overview: Overview, *, template: Path | None = None) -> bytes:
    """Return the board's slides; the same overview gives the same bytes."""
    deck = Deck(template, overview.language)
    write_overview(deck, overview)
    made = overview.foot.generated_on
    return deck.content_bytes(title=overview.text.title, subject=overview.workspace, made=made)


def _put(content: bytes, path: Path) -> Path:
    with replacing(path) as target:
        target.file.write(content)
    return target.path
