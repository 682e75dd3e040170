"""What stands in the rows of a table beside objects: rows to be pasted, and the one to type in."""

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What becomes of a pasted cell."""

    SAME = "same"
    NEW = "new"  # of a new row
    CHANGED = "changed"
    DOUBT = "doubt"  # a name nothing is called by
    REFUSED = "refused"  # cannot be: left out


@dataclass(slots=True)
class PastedCell:
    """A pasted cell.

    Attributes:
        text: as pasted; shown: as it will read. value: what it stands for, None with no state SET.
        reason: why it is refused or in doubt, in words.
    """

    text: str
    state: State
    value: object = None
    shown: str = ""
    reason: str = ""


@dataclass(slots=True)
class PastedRow:
    """A pasted row: of an object that is there, or (id "") a new one."""

    id: str
    cells: dict[str, PastedCell] = field(default_factory=dict)
    reason: str = ""  # why it cannot become a row

    @property
    def is_new(self) -> bool:
        """Whether it adds a row."""
        return not self.id
