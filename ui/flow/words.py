"""The words of the flow that stand on cards, arrows and strips."""

from PySide6.QtCore import QCoreApplication

from journey.graph.arrows import Arrow, Standing
from journey.model.map import LOST, RETAINED, START
from journey.model.workspace import Workspace
from ui.numbers import NO_BREAK, number, percent


def tr(text: str) -> str:
    """Translate a text of the flow."""
    return QCoreApplication.translate("Flow", text)


def count(value: float) -> str:
    """Return a count of passages: whole, or with the digits a weighted count has."""
    return number(value, 0 if value >= 100 or value == int(value) else None)


def visits(value: float) -> tuple[str, str]:
    """Return a number of visits and its word."""
    return count(value), tr("visit") if value == 1 else tr("visits")


def end_name(ws: Workspace, end: str) -> str:
    """Return the name of a touchpoint or of a journey's end."""
    fixed = {START: tr("Start"), RETAINED: tr("Retained"), LOST: tr("Lost")}
    if end in fixed:
        return fixed[end]
    touchpoint = next((t for t in ws.touchpoints.values() if t.id == end), None)
    return touchpoint.name if touchpoint is not None else ""


def label(arrow: Arrow) -> str:
    """Return what stands beside an arrow, "" for nothing."""
    if arrow.standing is Standing.UNSEEN:
        return tr("drawn, 0 found")
    if arrow.count is None:
        return tr("again") if arrow.is_loop else ""
    text = count(arrow.count)
    if arrow.is_loop:
        text = tr("again {0}").format(text)
    if arrow.standing is Standing.DIFFERENT and arrow.drawn_count is not None:
        text = tr("{0}, drawn {1}").format(text, count(arrow.drawn_count))
    return text.replace(" ", NO_BREAK)


def lost(value: float | None) -> str:
    """Return what stands under the stub of those who leave."""
    return tr("lost") if value is None else tr("lost {0}").format(count(value))


def of_cases(share: float) -> str:
    """Return a share of the cases in words."""
    return tr("{0} of cases").format(percent(share)).replace(" ", NO_BREAK)


def standing_name(standing: Standing) -> str:
    """Return how an arrow stands to what was found."""
    return {
        Standing.DRAWN: tr("drawn, not counted"),
        Standing.COUNTED: tr("drawn and found"),
        Standing.DIFFERENT: tr("drawn with another count"),
        Standing.MISSING: tr("found, not drawn"),
        Standing.UNSEEN: tr("drawn, not found"),
    }[standing]
