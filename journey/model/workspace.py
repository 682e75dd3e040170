"""The workspace in memory: every object by kind and id, and the order of the map."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, cast

from journey.model.assumptions import Assumptions
from journey.model.evidence import EventLog, Kpi, Observation, PurchaseLog, Question, Survey
from journey.model.ids import (
    EventLogId,
    ImprovementId,
    JourneyId,
    Kind,
    KpiId,
    LaneId,
    LeaderId,
    NoteId,
    ObservationId,
    PainPointId,
    PersonaId,
    PurchaseLogId,
    QuarterId,
    QuestionId,
    Ref,
    SegmentId,
    StageId,
    StrengthId,
    SurveyId,
    TouchpointId,
    TransitionId,
)
from journey.model.improvement import Improvement
from journey.model.map import (
    Journey,
    Lane,
    Note,
    PainPoint,
    Stage,
    Strength,
    Touchpoint,
    Transition,
)
from journey.model.people import Leader, Persona, Segment
from journey.model.quarter import Quarter


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """The workspace's own properties.

    Attributes:
        currency: ISO code. minimum_n: answers under which no figure is shown.
        fiscal_year_start_month: 1 … 12.
    """

    kind: ClassVar[Kind] = Kind.WORKSPACE
    id: str = "workspace"
    name: str = ""
    currency: str = "EUR"
    language: str = "en"
    minimum_n: int = 5
    fiscal_year_start_month: int = 1


Entity = (
    WorkspaceInfo
    | Assumptions
    | Leader
    | Persona
    | Segment
    | Journey
    | Stage
    | Touchpoint
    | Transition
    | PainPoint
    | Strength
    | Lane
    | Note
    | Improvement
    | Question
    | Survey
    | Kpi
    | Observation
    | Quarter
    | EventLog
    | PurchaseLog
)

CLASS_OF: Mapping[Kind, type[Entity]] = {
    cls.kind: cls
    for cls in (
        WorkspaceInfo,
        Assumptions,
        Leader,
        Persona,
        Segment,
        Journey,
        Stage,
        Touchpoint,
        Transition,
        PainPoint,
        Strength,
        Lane,
        Note,
        Improvement,
        Question,
        Survey,
        Kpi,
        Observation,
        Quarter,
        EventLog,
        PurchaseLog,
    )
}


def ref_of(entity: Entity) -> Ref:
    """Return the reference that names an entity."""
    return Ref(entity.kind, entity.id)


class Workspace:
    """Everything a team models, but not the answers themselves.

    Entities are frozen; an edit replaces them through a command (journey.edit). `put` and `drop`
    are for commands and loaders only and check nothing.
    """

    __slots__ = ("_tables",)

    def __init__(self, name: str = "", entities: Iterable[Entity] = ()) -> None:
        self._tables: dict[Kind, dict[str, Entity]] = {kind: {} for kind in Kind}
        self.put(WorkspaceInfo(name=name))
        self.put(Assumptions())
        for entity in entities:
            self.put(entity)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same entities; insertion order does not matter."""
        return isinstance(other, Workspace) and self._tables == other._tables

    __hash__ = None  # type: ignore[assignment]  # a workspace changes

    def put(self, entity: Entity) -> None:
        """Add an entity or replace the one with its id."""
        self._tables[entity.kind][entity.id] = entity

    def drop(self, ref: Ref) -> None:
        """Remove an entity that is there."""
        del self._tables[ref.kind][ref.id]

    def find(self, ref: Ref) -> Entity | None:
        """Return the entity, or None."""
        return self._tables[ref.kind].get(ref.id)

    def table(self, kind: Kind) -> Mapping[str, Entity]:
        """Return the entities of a kind by id."""
        return self._tables[kind]

    def entities(self) -> Iterator[Entity]:
        """Yield every entity, kind by kind."""
        for table in self._tables.values():
            yield from table.values()

    def copy(self) -> "Workspace":
        """Return an independent workspace with the same (frozen) entities; cheap."""
        made = Workspace()
        made._tables = {kind: dict(table) for kind, table in self._tables.items()}
        return made

    @property
    def info(self) -> WorkspaceInfo:
        """The workspace's own properties."""
        return cast(WorkspaceInfo, self._tables[Kind.WORKSPACE]["workspace"])

    @property
    def assumptions(self) -> Assumptions:
        """The numbers the user sets."""
        return cast(Assumptions, self._tables[Kind.ASSUMPTIONS]["assumptions"])

    @property
    def assumption_sets(self) -> list[Assumptions]:
        """Sets of assumptions kept under a name, not in force; by name."""
        kept = cast(Mapping[str, Assumptions], self._tables[Kind.ASSUMPTIONS])
        named = (a for a in kept.values() if a.id != "assumptions")
        return sorted(named, key=lambda a: (a.name, a.id))

    @property
    def leaders(self) -> Mapping[LeaderId, Leader]:
        """Leaders by id."""
        return cast(Mapping[LeaderId, Leader], self._tables[Kind.LEADER])

    @property
    def personas(self) -> Mapping[PersonaId, Persona]:
        """Personas by id."""
        return cast(Mapping[PersonaId, Persona], self._tables[Kind.PERSONA])

    @property
    def segments(self) -> Mapping[SegmentId, Segment]:
        """Segments by id."""
        return cast(Mapping[SegmentId, Segment], self._tables[Kind.SEGMENT])

    @property
    def journeys(self) -> Mapping[JourneyId, Journey]:
        """Journeys by id."""
        return cast(Mapping[JourneyId, Journey], self._tables[Kind.JOURNEY])

    @property
    def stages(self) -> Mapping[StageId, Stage]:
        """Stages of all journeys by id."""
        return cast(Mapping[StageId, Stage], self._tables[Kind.STAGE])

    @property
    def touchpoints(self) -> Mapping[TouchpointId, Touchpoint]:
        """Touchpoints of all journeys by id."""
        return cast(Mapping[TouchpointId, Touchpoint], self._tables[Kind.TOUCHPOINT])

    @property
    def transitions(self) -> Mapping[TransitionId, Transition]:
        """Transitions of all journeys by id."""
        return cast(Mapping[TransitionId, Transition], self._tables[Kind.TRANSITION])

    @property
    def pain_points(self) -> Mapping[PainPointId, PainPoint]:
        """Pain points of all journeys by id."""
        return cast(Mapping[PainPointId, PainPoint], self._tables[Kind.PAIN_POINT])

    @property
    def strengths(self) -> Mapping[StrengthId, Strength]:
        """Strengths of all journeys by id."""
        return cast(Mapping[StrengthId, Strength], self._tables[Kind.STRENGTH])

    @property
    def lanes(self) -> Mapping[LaneId, Lane]:
        """Lanes of all journeys by id."""
        return cast(Mapping[LaneId, Lane], self._tables[Kind.LANE])

    @property
    def notes(self) -> Mapping[NoteId, Note]:
        """Notes of all lanes by id."""
        return cast(Mapping[NoteId, Note], self._tables[Kind.NOTE])

    @property
    def improvements(self) -> Mapping[ImprovementId, Improvement]:
        """Improvements by id."""
        return cast(Mapping[ImprovementId, Improvement], self._tables[Kind.IMPROVEMENT])

    @property
    def questions(self) -> Mapping[QuestionId, Question]:
        """Questions by id."""
        return cast(Mapping[QuestionId, Question], self._tables[Kind.QUESTION])

    @property
    def surveys(self) -> Mapping[SurveyId, Survey]:
        """Surveys by id."""
        return cast(Mapping[SurveyId, Survey], self._tables[Kind.SURVEY])

    @property
    def kpis(self) -> Mapping[KpiId, Kpi]:
        """KPIs by id."""
        return cast(Mapping[KpiId, Kpi], self._tables[Kind.KPI])

    @property
    def observations(self) -> Mapping[ObservationId, Observation]:
        """Observations of all KPIs by id."""
        return cast(Mapping[ObservationId, Observation], self._tables[Kind.OBSERVATION])

    @property
    def event_logs(self) -> Mapping[EventLogId, EventLog]:
        """Imported event logs by id."""
        return cast(Mapping[EventLogId, EventLog], self._tables[Kind.EVENT_LOG])

    @property
    def purchase_logs(self) -> Mapping[PurchaseLogId, PurchaseLog]:
        """Imported purchase logs by id."""
        return cast(Mapping[PurchaseLogId, PurchaseLog], self._tables[Kind.PURCHASE_LOG])

    @property
    def quarters(self) -> Mapping[QuarterId, Quarter]:
        """Frozen quarters by label."""
        return cast(Mapping[QuarterId, Quarter], self._tables[Kind.QUARTER])


@dataclass(frozen=True, slots=True)
class Column:
    """One touchpoint of a map with what stands under it, in order."""

    touchpoint: Touchpoint
    pain_points: tuple[PainPoint, ...]
    improvements: tuple[Improvement, ...]
    kpis: tuple[Kpi, ...]
    questions: tuple[Question, ...]
    strengths: tuple[Strength, ...]


@dataclass(frozen=True, slots=True)
class StageColumns:
    """A stage (None: touchpoints without one) and its touchpoints, in order."""

    stage: Stage | None
    columns: tuple[Column, ...]


def ordered_journeys(ws: Workspace) -> list[Journey]:
    """Return the journeys in the order people see."""
    return sorted(ws.journeys.values(), key=lambda j: (j.position, j.id))


def ordered_stages(ws: Workspace, journey: JourneyId) -> list[Stage]:
    """Return a journey's stages in order."""
    mine = (s for s in ws.stages.values() if s.journey == journey)
    return sorted(mine, key=lambda s: (s.position, s.id))


def ordered_touchpoints(ws: Workspace, journey: JourneyId) -> list[Touchpoint]:
    """Return a journey's touchpoints stage by stage; those without a stage come last."""
    rank = {stage.id: i for i, stage in enumerate(ordered_stages(ws, journey))}
    mine = (t for t in ws.touchpoints.values() if t.journey == journey)

    def place(t: Touchpoint) -> tuple[int, float, str]:
        return (len(rank) if t.stage is None else rank[t.stage], t.position, t.id)

    return sorted(mine, key=place)


def ordered_lanes(ws: Workspace, journey: JourneyId) -> list[Lane]:
    """Return a journey's lanes in order."""
    mine = (lane for lane in ws.lanes.values() if lane.journey == journey)
    return sorted(mine, key=lambda lane: (lane.position, lane.id))


def outline(ws: Workspace, journey: JourneyId) -> list[StageColumns]:
    """Return a journey as the map shows it, in one pass over the workspace.

    An improvement stands under the touchpoint of the first pain point it addresses there.
    """
    pains: dict[str, list[PainPoint]] = defaultdict(list)
    kpis: dict[str, list[Kpi]] = defaultdict(list)
    questions: dict[str, list[Question]] = defaultdict(list)
    strengths: dict[str, list[Strength]] = defaultdict(list)
    improvements: dict[str, dict[str, Improvement]] = defaultdict(dict)
    for pain in sorted(ws.pain_points.values(), key=lambda p: (p.position, p.id)):
        pains[pain.touchpoint or ""].append(pain)
    for improvement in sorted(ws.improvements.values(), key=lambda i: i.id):
        for pain_id in improvement.addresses:
            addressed = ws.pain_points.get(pain_id)
            if addressed is not None and addressed.touchpoint is not None:
                improvements[addressed.touchpoint][improvement.id] = improvement
    for kpi in sorted(ws.kpis.values(), key=lambda k: k.id):
        kpis[kpi.touchpoint or ""].append(kpi)
    for question in sorted(ws.questions.values(), key=lambda q: q.id):
        questions[question.touchpoint or ""].append(question)
    for strength in sorted(ws.strengths.values(), key=lambda s: s.id):
        strengths[strength.touchpoint or ""].append(strength)
    columns: dict[str, list[Column]] = defaultdict(list)
    for t in ordered_touchpoints(ws, journey):
        columns[t.stage or ""].append(
            Column(
                t,
                tuple(pains[t.id]),
                tuple(improvements[t.id].values()),
                tuple(kpis[t.id]),
                tuple(questions[t.id]),
                tuple(strengths[t.id]),
            )
        )
    groups = [StageColumns(s, tuple(columns[s.id])) for s in ordered_stages(ws, journey)]
    if columns[""]:
        groups.append(StageColumns(None, tuple(columns[""])))
    return groups


def leader_of(ws: Workspace, pain: PainPoint) -> LeaderId | None:
    """Return who owns a pain point's row: its owner, else its touchpoint's, else nobody."""
    if pain.owner is not None:
        return pain.owner
    touchpoint = ws.touchpoints.get(pain.touchpoint) if pain.touchpoint else None
    return touchpoint.owner if touchpoint else None
