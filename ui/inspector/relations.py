"""What stands around an object: the lists of others that the inspector offers to open."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from journey.edit import Add, AddPainPoint, AddStage, AddTouchpoint, Command, Remove, Set
from journey.edit.command import display_name
from journey.model.evidence import Kpi
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    Kind,
    KpiId,
    LeaderId,
    PainPointId,
    PersonaId,
    Ref,
    SegmentId,
    StageId,
    StrengthId,
    TouchpointId,
    new_id,
)
from journey.model.improvement import Improvement
from journey.model.map import PainPoint, Strength, Touchpoint
from journey.model.people import Leader, Persona, Segment
from journey.model.workspace import (
    Entity,
    Workspace,
    ordered_journeys,
    ordered_stages,
    ordered_touchpoints,
    ref_of,
)
from ui import numbers
from ui.dates import day_words
from ui.inspector.catalogue import status_words
from ui.inspector.links import Link, LinkActions
from ui.inspector.periods import period_words
from ui.shell.icons import channel_icon

Links = Callable[[Workspace], Sequence[Link]]


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Inspector", text)


def link_to(entity: Entity, note: str = "") -> Link:
    """Return the row that names an entity."""
    name = display_name(entity) or tr("no name")
    if isinstance(entity, PainPoint):
        return Link(ref_of(entity), name, note, tone="pain")
    if isinstance(entity, Improvement):
        return Link(ref_of(entity), name, note or improvement_note(entity), tone="improvement")
    if isinstance(entity, Touchpoint):
        return Link(ref_of(entity), name, note or entity.channel, channel_icon(entity.channel))
    icons = {Kind.LEADER: "user", Kind.KPI: "target", Kind.STRENGTH: "heart",
             Kind.STAGE: "flag", Kind.JOURNEY: "path", Kind.PERSONA: "user-circle",
             Kind.SEGMENT: "users-three"}  # fmt: skip
    return Link(ref_of(entity), name, note, icons.get(entity.kind, "note"))


def improvement_note(improvement: Improvement) -> str:
    """Return effort, status and due day of an improvement."""
    parts = [] if improvement.effort_days is None else [numbers.days(improvement.effort_days)]
    parts.append(status_words(improvement.status))
    if improvement.due is not None:
        due = day_words(improvement.due)
        parts.append(tr("due {0}").format(due))
    return " · ".join(parts)


def pain_note(pain: PainPoint) -> str:
    """Return the classes of a pain point."""
    parts: list[str] = []
    if pain.severity is not None:
        parts.append(tr("severity {0}").format(pain.severity))
    if pain.frequency is not None:
        parts.append(tr("frequency {0}").format(pain.frequency))
    return " · ".join(parts)


def kpi_note(kpi: Kpi, ws: Workspace) -> str:
    """Return a KPI's latest value against its target."""
    seen = [o for o in ws.observations.values() if o.kpi == kpi.id]
    if not seen:
        return tr("no value yet")
    latest = max(seen, key=lambda o: (o.period, o.id))
    parts = [f"{numbers.with_unit(latest.value, kpi.unit)}, {period_words(latest.period)}"]
    if kpi.target is not None:
        reached = latest.value >= kpi.target
        if kpi.better == "lower":
            reached = latest.value <= kpi.target
        words = tr("reached") if reached else tr("short of target")
        target = tr("target {0}").format(numbers.with_unit(kpi.target, kpi.unit))
        parts += [target, words]
    return " · ".join(parts)


def pains_at(ref: Ref) -> tuple[Links, LinkActions]:
    """Return the pain points of a touchpoint."""

    def links(ws: Workspace) -> list[Link]:
        mine = (p for p in ws.pain_points.values() if p.touchpoint == ref.id)
        return [link_to(p, pain_note(p)) for p in sorted(mine, key=lambda p: (p.position, p.id))]

    def add(ws: Workspace) -> tuple[Command, Ref]:
        touchpoint = ws.touchpoints[TouchpointId(ref.id)]
        pain = PainPoint(
            PainPointId(new_id(Kind.PAIN_POINT)),
            touchpoint.journey,
            tr("New pain point"),
            touchpoint.id,
        )
        return AddPainPoint(pain), ref_of(pain)

    return links, LinkActions(add=(tr("Add a pain point"), add))


def strengths_at(ref: Ref) -> tuple[Links, LinkActions]:
    """Return what delights at a touchpoint."""

    def links(ws: Workspace) -> list[Link]:
        mine = (s for s in ws.strengths.values() if s.touchpoint == ref.id)
        return [link_to(s) for s in sorted(mine, key=lambda s: s.id)]

    def add(ws: Workspace) -> tuple[Command, Ref]:
        touchpoint = ws.touchpoints[TouchpointId(ref.id)]
        strength = Strength(
            StrengthId(new_id(Kind.STRENGTH)), touchpoint.journey, tr("New strength"), touchpoint.id
        )
        return Add(strength), ref_of(strength)

    return links, LinkActions(add=(tr("Add a strength"), add))


def kpis_at(ref: Ref | None) -> tuple[Links, LinkActions]:
    """Return the KPIs of a touchpoint, or (None) of the whole company."""
    key = TouchpointId(ref.id) if ref is not None else None

    def links(ws: Workspace) -> list[Link]:
        mine = (k for k in ws.kpis.values() if k.touchpoint == key)
        return [link_to(k, kpi_note(k, ws)) for k in sorted(mine, key=lambda k: k.id)]

    def add(_ws: Workspace) -> tuple[Command, Ref]:
        kpi = Kpi(KpiId(new_id(Kind.KPI)), tr("New KPI"), key)
        return Add(kpi), ref_of(kpi)

    return links, LinkActions(add=(tr("Add a KPI"), add))


def improvements_for(ref: Ref) -> tuple[Links, LinkActions]:
    """Return the improvements that address a pain point; they can be added, linked, unlinked."""
    pain = PainPointId(ref.id)

    def links(ws: Workspace) -> list[Link]:
        mine = (i for i in ws.improvements.values() if pain in i.addresses)
        return [link_to(i) for i in sorted(mine, key=lambda i: i.id)]

    def add(_ws: Workspace) -> tuple[Command, Ref]:
        key = ImprovementId(new_id(Kind.IMPROVEMENT))
        improvement = Improvement(key, tr("New improvement"), (pain,))
        return Add(improvement), ref_of(improvement)

    def others(ws: Workspace) -> list[Link]:
        free = (i for i in ws.improvements.values() if pain not in i.addresses and i.is_open)
        return [link_to(i) for i in sorted(free, key=lambda i: (i.title.casefold(), i.id))]

    return links, LinkActions(
        (tr("Add an improvement"), add),
        (tr("Link one"), others, lambda other, ws: _address(other, pain, ws, wanted=True)),
        ("link-break", tr("Unlink {0}"), lambda other, ws: _address(other, pain, ws, wanted=False)),
    )


def addressed_by(ref: Ref) -> tuple[Links, LinkActions]:
    """Return the pain points an improvement addresses."""

    def links(ws: Workspace) -> list[Link]:
        mine = ws.improvements[ImprovementId(ref.id)].addresses
        return [link_to(ws.pain_points[p]) for p in mine if p in ws.pain_points]

    def others(ws: Workspace) -> list[Link]:
        mine = ws.improvements[ImprovementId(ref.id)].addresses
        free = (p for p in ws.pain_points.values() if p.id not in mine)
        return [link_to(p) for p in sorted(free, key=lambda p: (p.title.casefold(), p.id))]

    def link(pain: Ref, ws: Workspace) -> Command:
        return _address(ref, PainPointId(pain.id), ws, wanted=True)

    def unlink(pain: Ref, ws: Workspace) -> Command:
        return _address(ref, PainPointId(pain.id), ws, wanted=False)

    return links, LinkActions(
        None,
        (tr("Link a pain point"), others, link),
        ("link-break", tr("Unlink {0}"), unlink),
    )


def _address(improvement: Ref, pain: PainPointId, ws: Workspace, *, wanted: bool) -> Command:
    before = ws.improvements[ImprovementId(improvement.id)].addresses
    after = (*before, pain) if wanted else tuple(p for p in before if p != pain)
    return Set(improvement, addresses=after)


def stages_of(ref: Ref) -> tuple[Links, LinkActions]:
    """Return the stages of a journey."""
    journey = JourneyId(ref.id)

    def links(ws: Workspace) -> list[Link]:
        return [link_to(stage) for stage in ordered_stages(ws, journey)]

    def add(_ws: Workspace) -> tuple[Command, Ref]:
        stage = StageId(new_id(Kind.STAGE))
        return AddStage(journey, tr("New stage"), stage=stage), Ref(Kind.STAGE, stage)

    return links, LinkActions(add=(tr("Add a stage"), add))


def touchpoints_of(ref: Ref) -> tuple[Links, LinkActions]:
    """Return the touchpoints of a stage."""

    def links(ws: Workspace) -> list[Link]:
        stage = ws.stages[StageId(ref.id)]
        mine = (t for t in ordered_touchpoints(ws, stage.journey) if t.stage == stage.id)
        return [link_to(t) for t in mine]

    def add(_ws: Workspace) -> tuple[Command, Ref]:
        key = TouchpointId(new_id(Kind.TOUCHPOINT))
        command = AddTouchpoint(StageId(ref.id), tr("New touchpoint"), touchpoint=key)
        return command, Ref(Kind.TOUCHPOINT, key)

    return links, LinkActions(add=(tr("Add a touchpoint"), add))


def owned_by(ref: Ref) -> tuple[Links, LinkActions]:
    """Return what a leader owns: touchpoints, pain points, improvements, KPIs."""

    def links(ws: Workspace) -> list[Link]:
        owned: Iterable[Entity] = (
            e
            for table in (ws.touchpoints, ws.pain_points, ws.improvements, ws.kpis)
            for e in sorted(table.values(), key=display_name)
            if e.owner == ref.id
        )
        return [link_to(e) for e in owned]

    return links, LinkActions()


def people(kind: Kind) -> tuple[Links, LinkActions]:
    """Return the workspace's leaders, personas, segments or journeys."""
    words = {
        Kind.LEADER: (tr("Add a leader"), tr("New leader")),
        Kind.PERSONA: (tr("Add a persona"), tr("New persona")),
        Kind.SEGMENT: (tr("Add a segment"), tr("New segment")),
    }[kind]

    def links(ws: Workspace) -> list[Link]:
        rows = (link_to(e, _note(e, ws)) for e in ws.table(kind).values())
        return sorted(rows, key=lambda link: (link.title.casefold(), link.ref.id))

    def add(_ws: Workspace) -> tuple[Command, Ref]:
        key = new_id(kind)
        made: dict[Kind, Entity] = {
            Kind.LEADER: Leader(LeaderId(key), words[1]),
            Kind.PERSONA: Persona(PersonaId(key), words[1]),
            Kind.SEGMENT: Segment(SegmentId(key), words[1]),
        }
        return Add(made[kind]), Ref(kind, key)

    return links, LinkActions((words[0], add), None, ("trash", tr("Delete {0}"), _remove))


def journeys() -> tuple[Links, LinkActions]:
    """Return the journeys of the workspace."""

    def links(ws: Workspace) -> list[Link]:
        return [replace(link_to(j), note="") for j in ordered_journeys(ws)]

    return links, LinkActions()


def _remove(ref: Ref, _ws: Workspace) -> Command:
    return Remove(ref)


def _note(entity: Entity, ws: Workspace) -> str:
    if isinstance(entity, Leader):
        return entity.role
    if isinstance(entity, Segment):
        customers, value = entity.customers_per_year, entity.value_if_retained
        known = (
            tr("customers not known")
            if customers is None
            else tr("{0} customers a year").format(numbers.number(customers, 0))
        )
        worth = tr("value not known") if value is None else numbers.money(value, ws.info.currency)
        return f"{known} · {worth}"
    return ""
