"""What a picture is to be: its format, look, scale and paper."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter

from journey.errors import WaymarkError
from ui.render.pages import Page
from ui.render.paper import SHEET
from ui.shell.theme import Theme

LEAST_SCALE: Final = 0.1
MOST_SCALE: Final = 10.0


class Format(StrEnum):
    """The formats of pictures, by their endings."""

    SVG = "svg"
    PDF = "pdf"
    PNG = "png"


class Picture(Protocol):
    """A map or a flow, whole or page by page; sizes are logical pixels at 100 %."""

    title: str

    @property
    def theme(self) -> Theme:
        """The colours."""

    def size(self) -> QSizeF:
        """Return the size of the whole."""

    def paint(self, painter: QPainter) -> None:
        """Paint the whole from the top left."""

    def pages(self, room: QSizeF) -> list[Page]:
        """Part it into pages with this room."""

    def page_size(self, page: Page) -> QSizeF:
        """Return what a page takes."""

    def paint_page(self, painter: QPainter, page: Page) -> None:
        """Paint a page from the top left."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a picture is written.

    Attributes:
        scale: 1.0 is 100 %. None is the usual one: 2 for PNG, as large as fits for PDF.
        page: SHEET, a sheet as large as the picture, or the ISO size of the pages.
        one_sheet: whether the whole stands on a single page of that size, however small.
    """

    format: Format
    scale: float | None = None
    page: str = SHEET
    one_sheet: bool = False


class PictureTooLargeError(WaymarkError):
    """A picture would have more pixels than programs open.

    Attributes:
        pixels: what was asked for. most: what is allowed. scale: the largest scale that fits.
    """

    def __init__(self, pixels: int, most: int, scale: float) -> None:
        self.pixels, self.most, self.scale = pixels, most, scale
        super().__init__("picture_too_large", pixels=pixels, most=most, scale=scale)
