"""The Quarter screen: freeze, compare, plan."""

from ui.quarter.screen import QuarterScreen

__all__ = ["QuarterScreen"]
