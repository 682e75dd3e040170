"""A calculator that is closed while it computes is forgotten; its late answer harms nothing."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.evidence.tools import Tools
from ui.jobs import Jobs
from ui.session import Session


@pytest.mark.parametrize("name", ["value", "churn"])
def test_a_calculator_closed_while_it_computes(
    name: str, session: Session, jobs: Jobs, settle: Callable[[], None], qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    tools = Tools(session, jobs, window)
    failures: list[object] = []
    tools.failed.connect(failures.append)
    getattr(tools, f"open_{name}")()
    getattr(tools, name).close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert getattr(tools, name) is None
    settle()
    assert failures == []
