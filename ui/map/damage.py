"""What an edit changed on a map, as far as painting it anew goes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """What an edit changed on the map.

    Attributes:
        everything: places moved, or the columns are others now.
        columns: indices of the columns that look different.
        resized: a lane has another height. cards: cards came or went.
    """

    everything: bool = False
    columns: tuple[int, ...] = ()
    resized: bool = False
    cards: bool = False

    def __bool__(self) -> bool:
        """Whether anything is to be drawn anew."""
        return self.everything or bool(self.columns)
