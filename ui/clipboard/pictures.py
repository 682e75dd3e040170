"""Pictures on their way into a workspace: checked, turned upright, made small enough to mail."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

MOST_PIXELS: Final = 50_000_000
MOST_SIDE: Final = 2_000
_QUALITY: Final = 88
_PHOTO: Final = 250_000  # pixels from which an opaque picture is taken for a photograph


class PictureError(Exception):
    """A picture that cannot be taken in.

    Attributes:
        reason: "broken", "too_large" or "unreadable".
        pixels: of a picture that is too large.
    """

    def __init__(self, reason: str, pixels: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.pixels = reason, pixels


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a note keeps it: base64 of a PNG or JPEG, and its size in pixels."""

    data: str
    media_type: str
    width: int
    height: int

    def extra(self) -> dict[str, object]:
        """Return the fields of the note."""
        size = {"width": self.width, "height": self.height}
        return {"image": self.data, "media_type": self.media_type, **size}


def take_picture(source: QImage | str | Path) -> Picture:
    """Return a picture scaled to at most 2,000 pixels a side.

    Raises:
        PictureError: more than 50 megapixels, not a picture, or not to be read.
    """
    image = source if isinstance(source, QImage) else _read(Path(source))
    if image.isNull():
        raise PictureError("broken")
    _check(image.size())
    if max(image.width(), image.height()) > MOST_SIDE:
        image = image.scaled(
            MOST_SIDE,
            MOST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    # A photograph is ten times smaller as a JPEG; a drawing, or what lets the ground through, PNG.
    photo = not image.hasAlphaChannel() and image.width() * image.height() > _PHOTO
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg" if photo else b"png"))
    if photo:
        writer.setQuality(_QUALITY)
    writer.write(image)
    data = base64.b64encode(bytes(kept.data())).decode("ascii")
    media_type = "image/jpeg" if photo else "image/png"
    return Picture(data, media_type, image.width(), image.height())


def _check(size: QSize) -> None:
    pixels = size.width() * size.height()
    if pixels > MOST_PIXELS:
        raise PictureError("too_large", pixels)


def _read(path: Path) -> QImage:
    """Read a file; its size is looked at before a pixel of it is in memory."""
    if not path.is_file():
        raise PictureError("unreadable")
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    if not reader.canRead():
        raise PictureError("broken")
    size = reader.size()
    if size.isValid():
        _check(size)
        if max(size.width(), size.height()) > MOST_SIDE:
            bound = QSize(MOST_SIDE, MOST_SIDE)
            reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PictureError("broken")
    return image


def show_picture(data: object) -> QImage:
    """Return the picture a note keeps; a null one where it is damaged or none."""
    if not isinstance(data, str):
        return QImage()
    try:
        raw = base64.b64decode(data, validate=True)
    except ValueError:
        return QImage()
    kept = QByteArray(raw)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return QImage()
    return reader.read()
