"""The map: a journey with its stages, touchpoints, transitions, pain points and lanes.

Order is a `position` within the parent, a real number, so that an insertion between two
neighbours changes one row. Ties are broken by id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from journey.model.ids import (
    JourneyId,
    Kind,
    LaneId,
    LeaderId,
    NoteId,
    PainPointId,
    PersonaId,
    SegmentId,
    StageId,
    StrengthId,
    TouchpointId,
    TransitionId,
)

START = "start"
RETAINED = "retained"
LOST = "lost"


@dataclass(frozen=True, slots=True)
class Entrants:
    """Customers of a segment who start a journey in a year."""

    segment: SegmentId
    per_year: float


@dataclass(frozen=True, slots=True)
class Journey:
    """What a customer goes through, from the first stage to staying or leaving.

    Attributes:
        entrants: empty means the segments' customers, for the first journey only.
        locked: stages and touchpoints stay as they are; what hangs on them may change.
        layout: how it is shown, not what it is: "lanes" [{"key", "name", "hidden"}] in their
            order, "flow" {touchpoint id: [x, y]}.
    """

    kind: ClassVar[Kind] = Kind.JOURNEY
    id: JourneyId
    name: str
    position: float = 0.0
    persona: PersonaId | None = None
    entrants: tuple[Entrants, ...] = ()
    locked: bool = False
    layout: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase of a journey; a column group of the map."""

    kind: ClassVar[Kind] = Kind.STAGE
    id: StageId
    journey: JourneyId
    name: str
    position: float = 0.0


@dataclass(frozen=True, slots=True)
class JudgedExperience:
    """How the workshop judged a touchpoint, −100 … +100, for one persona or for all."""

    value: float
    persona: PersonaId | None = None


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One contact between a customer and the organisation; a column of the map.

    Attributes:
        stage: None only for a touchpoint that a file brought without a stage.
        shared_with: ids of the same touchpoint in other journeys.
        step: the sub-step of its stage; neighbours with the same words stand under one.
        colour: of its card, by the role's name; "" is the card's own.
    """

    kind: ClassVar[Kind] = Kind.TOUCHPOINT
    id: TouchpointId
    journey: JourneyId
    name: str
    stage: StageId | None = None
    position: float = 0.0
    channel: str = ""
    department: str = ""
    owner: LeaderId | None = None
    moment_of_truth: bool = False
    shared_with: tuple[str, ...] = ()
    judged_experience: tuple[JudgedExperience, ...] = ()
    step: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from touchpoint to touchpoint, from "start", or to "retained" or "lost".

    Attributes:
        count: as logged, of one segment or (None) of all; None is drawn but not counted.
    """

    kind: ClassVar[Kind] = Kind.TRANSITION
    id: TransitionId
    journey: JourneyId
    source: str
    target: str
    segment: SegmentId | None = None
    count: float | None = None


@dataclass(frozen=True, slots=True)
class PainPoint:
    """What goes wrong for the customer at a touchpoint.

    Attributes:
        severity, frequency: workshop classes 1 … 5; None is not judged.
        votes: dots given in the workshop, ≥ 0.
        evidence: where it was heard, in words.
        colour: of its card, by the role's name; "" is the card's own.
        ballots: dots by the name of who gave them, where the vote was not secret.
    """

    kind: ClassVar[Kind] = Kind.PAIN_POINT
    id: PainPointId
    journey: JourneyId
    title: str
    touchpoint: TouchpointId | None = None
    position: float = 0.0
    severity: int | None = None
    frequency: int | None = None
    votes: int | None = None
    owner: LeaderId | None = None
    status: str = "open"
    evidence: str = ""
    colour: str = ""
    ballots: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Strength:
    """What already delights at a touchpoint."""

    kind: ClassVar[Kind] = Kind.STRENGTH
    id: StrengthId
    journey: JourneyId
    title: str
    touchpoint: TouchpointId | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the map with notes of its own (actions, thoughts, systems, …)."""

    kind: ClassVar[Kind] = Kind.LANE
    id: LaneId
    journey: JourneyId
    name: str
    position: float = 0.0
    content: str = "text"


@dataclass(frozen=True, slots=True)
class Note:
    """A sticky in a lane, under a touchpoint or a whole stage.

    Attributes:
        extra: fields another format brought along; kept, never interpreted.
    """

    kind: ClassVar[Kind] = Kind.NOTE
    id: NoteId
    lane: LaneId
    stage: StageId | None = None
    touchpoint: TouchpointId | None = None
    title: str = ""
    text: str = ""
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
