"""The screens beside the map and the list, each built when it is first shown."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from ui.jobs import Jobs
from ui.session import Session

Build = Callable[[Session, Jobs, QWidget], QWidget]

BUILDERS: Final[dict[str, Build]] = {}
