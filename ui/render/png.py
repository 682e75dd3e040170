"""PNG of any scale: painted strip by strip, so that memory stays small."""

import math
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QImage, QPainter

from ui.render.order import Picture, PictureTooLargeError
from ui.render.paper import INCH

USUAL_SCALE: Final = 2.0
# Beyond these, programs that show pictures give up; the strips would not.
MOST_PIXELS: Final = 400_000_000
MOST_SIDE: Final = 65_000
_STRIP_PIXELS: Final = 16_000_000  # 64 MB
_METRES: Final = 0.0254
_LEVEL: Final = 6


def png_size(picture: Picture, scale: float) -> tuple[int, int]:
    """Return width and height in pixels.

    Raises:
        PictureTooLargeError: with the largest scale that can be written.
    """
    size = picture.size()
    wide, high = math.ceil(size.width() * scale), math.ceil(size.height() * scale)
    wide, high = max(wide, 1), max(high, 1)
    if wide * high > MOST_PIXELS or max(wide, high) > MOST_SIDE:
        area = size.width() * size.height()
        by_side = MOST_SIDE / max(size.width(), size.height())
        fitting = min(math.sqrt(MOST_PIXELS / area), by_side)
        raise PictureTooLargeError(wide * high, MOST_PIXELS, math.floor(fitting * 100) / 100)
    return wide, high


def png_parts(picture: Picture, scale: float | None = None) -> Iterator[bytes]:
    """Yield the bytes of a PNG with an alpha channel; never more than a strip is in memory.

    Raises:
        PictureTooLargeError: before the first byte.
    """
    scale = USUAL_SCALE if scale is None else scale
    wide, high = png_size(picture, scale)
    yield b"\x89PNG\r\n\x1a\n"
    yield _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0))
    yield _chunk(b"sRGB", b"\0")
    per_metre = round(INCH * scale / _METRES)
    yield _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
    packer = zlib.compressobj(_LEVEL)
    rows = max(min(_STRIP_PIXELS // wide, high), 1)
    for top in range(0, high, rows):
        strip = _strip(picture, scale, wide, (top, min(rows, high - top)))
        packed = packer.compress(_filtered(strip))
        if packed:
            yield _chunk(b"IDAT", packed)
    yield _chunk(b"IDAT", packer.flush())
    yield _chunk(b"IEND", b"")


def _strip(picture: Picture, scale: float, wide: int, rows: tuple[int, int]) -> QImage:
    top, high = rows
    image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise MemoryError
    image.fill(0)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.translate(0, -top)
        painter.scale(scale, scale)
        picture.paint(painter)
    return image.convertToFormat(QImage.Format.Format_RGBA8888)


def _filtered(image: QImage) -> bytes:
    """Return the rows of a strip, each with the number of its filter: none."""
    data, step, line = image.constBits(), image.bytesPerLine(), image.width() * 4
    return b"".join(b"\0" + bytes(data[y * step : y * step + line]) for y in range(image.height()))


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)
