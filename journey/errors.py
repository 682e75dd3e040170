"""The errors of the trade. Each carries facts; words for people are made in ui.

WaymarkError
├── EditError            a command cannot be done on this workspace
├── RankingError         the evidence contradicts itself or a journey cannot be solved
├── ReturnError          a returned pack of another workspace or quarter
├── RecordError          a frozen quarter whose record cannot be read
└── (storage.errors adds the errors of files and documents)
"""

from collections.abc import Mapping


class WaymarkError(Exception):
    """The root of every error Waymark raises on purpose.

    Attributes:
        reason: a short stable word, the key for the words shown to people.
        facts: what is known about it: names, ids, counts.
    """

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason = reason
        self.facts: Mapping[str, object] = facts
        super().__init__(reason, *(f"{key}={value}" for key, value in facts.items()))


class EditError(WaymarkError):
    """A command that cannot be done: the workspace is unchanged."""


class RankingError(WaymarkError):
    """Evidence or assumptions from which no ranking can be made."""


class ReturnError(WaymarkError):
    """A returned pack that belongs to another workspace or quarter; nothing was compared."""


class RecordError(WaymarkError):
    """A frozen quarter whose record cannot be read (facts: quarter, detail)."""
