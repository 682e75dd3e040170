"""What a view offers to do now, for the list of all actions."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing a view can do.

    Attributes:
        words: what it does, in the language of the interface; a typed name may be part of it.
        sign: an icon's name. keys: its shortcut, as people read it. on: whether it can be done now.
    """

    words: str
    sign: str
    deed: Callable[[], object]
    keys: str = ""
    on: bool = True

    def trigger(self) -> None:
        """Do it."""
        self.deed()
