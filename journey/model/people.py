"""Who acts and who is served: leaders, personas, segments."""

from dataclasses import dataclass
from typing import ClassVar

from journey.model.ids import Kind, LeaderId, PersonaId, SegmentId


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who owns touchpoints, pain points or improvements."""

    kind: ClassVar[Kind] = Kind.LEADER
    id: LeaderId
    name: str
    role: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """The typical customer a journey is told from."""

    kind: ClassVar[Kind] = Kind.PERSONA
    id: PersonaId
    name: str
    description: str = ""
    segment: SegmentId | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of customers.

    Attributes:
        customers_per_year: customers who start the journey in a year, ≥ 0; None is unknown.
        value_if_retained: money kept when one of them is kept, in the workspace's currency.
    """

    kind: ClassVar[Kind] = Kind.SEGMENT
    id: SegmentId
    name: str
    customers_per_year: float | None = None
    value_if_retained: float | None = None
