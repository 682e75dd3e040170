"""The screens beside the map and the list, each built when it is first shown."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from ui.jobs import Jobs
from ui.session import Session

Build = Callable[[Session, Jobs, QWidget], QWidget]


def _flow(session: Session, jobs: Jobs, parent: QWidget) -> QWidget:
    from ui.flow.screen import FlowScreen

    return FlowScreen(session, jobs, parent)


def _quarter(session: Session, jobs: Jobs, parent: QWidget) -> QWidget:
    from ui.quarter import QuarterScreen

    return QuarterScreen(session, jobs, parent)


def _evidence(session: Session, jobs: Jobs, parent: QWidget) -> QWidget:
    from ui.evidence.screen import EvidenceScreen

    return EvidenceScreen(session, jobs, parent)


def _table(session: Session, jobs: Jobs, parent: QWidget) -> QWidget:
    from ui.table import TableScreen

    return TableScreen(session, jobs, parent)


BUILDERS: Final[dict[str, Build]] = {
    "flow": _flow,
    "table": _table,
    "evidence": _evidence,
    "quarter": _quarter,
}
