"""The workshop: the journey on a projector, filled as fast as people talk."""

from ui.workshop.screen import WorkshopScreen

__all__ = ["WorkshopScreen"]
