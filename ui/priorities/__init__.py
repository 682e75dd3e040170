"""The ranked list, the value against effort, and the assumptions behind them."""

from ui.priorities.assumptions import AssumptionsPanel
from ui.priorities.view import PrioritiesView

__all__ = ["AssumptionsPanel", "PrioritiesView"]
