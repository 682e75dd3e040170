"""The parts of a map that are painted when several far from each other are to be painted anew.

Qt tells an item only the rectangle around all of them, which may be the whole window.
"""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QRegion, QTransform


def parts_of(region: QRegion, to_scene: QTransform, gap: float) -> tuple[QRectF, ...]:
    """Return the parts of a region, side by side, in the scene; () where it is but one.

    Those nearer to each other than `gap` pixels are one part: their columns are the same.
    """
    parts: list[QRect] = []
    rects = list[QRect](region)  # type: ignore[call-overload]  # its stub leaves this out
    for rect in sorted(rects, key=QRect.left):
        if parts and rect.left() - parts[-1].right() <= gap:
            parts[-1] = parts[-1].united(rect)
        else:
            parts.append(rect)
    if len(parts) < 2:
        return ()
    return tuple(to_scene.mapRect(QRectF(part)) for part in parts)
