"""Paper: the sizes a picture is printed on."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize

INCH: Final = 96.0  # logical pixels at 100 %
MM: Final = INCH / 25.4
MARGIN_MM: Final = 10.0
SHEET: Final = "sheet"
# The smallest text of a map has 11 px; at this scale it is printed in 7 pt.
SMALLEST: Final = 0.85
_LARGEST_MM: Final = 5_000.0  # what programs that show PDF can open: 200 inches

_SIZES: Final = {
    "A4": QPageSize.PageSizeId.A4,
    "A3": QPageSize.PageSizeId.A3,
    "A2": QPageSize.PageSizeId.A2,
    "A1": QPageSize.PageSizeId.A1,
    "A0": QPageSize.PageSizeId.A0,
}
PAPERS: Final = (SHEET, *_SIZES)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper, upright or lying.

    Attributes:
        layout: as Qt's writer takes it. room: what is left inside the margins, logical pixels at
            100 %.
    """

    layout: QPageLayout
    room: QSizeF


def papers(name: str) -> tuple[Paper, Paper]:
    """Return paper of an ISO size, lying and upright; KeyError for an unknown size."""
    size = QPageSize(_SIZES[name])
    return (
        _paper(size, QPageLayout.Orientation.Landscape),
        _paper(size, QPageLayout.Orientation.Portrait),
    )


def cut_to(size: QSizeF, scale: float) -> tuple[Paper, float]:
    """Return a sheet as large as a picture, and the scale at which it holds it.

    The scale is the one asked for, unless that makes a sheet that no program opens.
    """
    margins = 2 * MARGIN_MM
    longest = max(size.width(), size.height()) / MM
    scale = min(scale, (_LARGEST_MM - margins) / longest)
    wide = size.width() / MM * scale + margins
    high = size.height() / MM * scale + margins
    made = QPageSize(
        QSizeF(wide, high), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    return _paper(made, QPageLayout.Orientation.Portrait), scale


def _paper(size: QPageSize, way: QPageLayout.Orientation) -> Paper:
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    layout = QPageLayout(size, way, margins, QPageLayout.Unit.Millimeter)
    inside = layout.paintRect(QPageLayout.Unit.Millimeter)
    return Paper(layout, QSizeF(inside.width() * MM, inside.height() * MM))
