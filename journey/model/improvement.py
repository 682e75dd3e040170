"""Improvements: what is done about pain points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from journey.model.ids import ImprovementId, Kind, LeaderId, PainPointId

OPEN_STATUSES = ("proposed", "planned", "started")
CLOSED_STATUSES = ("done", "dropped")


@dataclass(frozen=True, slots=True)
class Improvement:
    """A project that addresses one or more pain points.

    Attributes:
        effort_days: person-days > 0; None is unknown.
        cost: money beside the effort, in the workspace's currency.
        efficacy: share of the pain point it removes, 0 … 1; None takes the assumption.
        status: proposed, planned, started, done or dropped.
        quarter: the quarter it is planned for, as "2026Q4".
        done_on: the day it was finished.
        prediction: what was expected of it when it was finished, as frozen then.
        trial: what was seen of its effect, as entered (n and successes per arm, for one).
        notes: what its owner wrote.
        rolled_from: quarters it was planned for before, in order.
    """

    kind: ClassVar[Kind] = Kind.IMPROVEMENT
    id: ImprovementId
    title: str
    addresses: tuple[PainPointId, ...] = ()
    effort_days: float | None = None
    cost: float | None = None
    efficacy: float | None = None
    owner: LeaderId | None = None
    status: str = "proposed"
    due: date | None = None
    quarter: str | None = None
    done_on: date | None = None
    prediction: Mapping[str, object] = field(default_factory=dict, hash=False)
    trial: Mapping[str, object] = field(default_factory=dict, hash=False)
    notes: str = ""
    rolled_from: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, so that a ranking may count on it."""
        return self.status not in CLOSED_STATUSES
