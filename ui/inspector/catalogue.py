"""Which fields each kind of object has, how each is edited, and by which command."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from journey.edit import (
    Batch,
    Command,
    JudgeExperience,
    MovePainPoint,
    MoveTouchpoint,
    Set,
    SetTouchpoint,
)
from journey.edit.command import display_name
from journey.edit.figures import measuring
from journey.edit.share import SHARED_FIELDS
from journey.metrics.standard_kpis import STANDARD_KPIS
from journey.model.ids import Kind, KpiId, PainPointId, PersonaId, Ref, StageId, TouchpointId
from journey.model.improvement import CLOSED_STATUSES, OPEN_STATUSES
from journey.model.map import Touchpoint
from journey.model.workspace import Workspace, ordered_journeys, ordered_stages, ordered_touchpoints
from ui import numbers
from ui.inspector.choice import ChoiceField
from ui.inspector.fields import (
    CheckField,
    DateField,
    ExperienceField,
    Field,
    NumberField,
    QuarterField,
    TextField,
)
from ui.inspector.prose import ProseField
from ui.inspector.squares import SquaresField
from ui.map.experience import judged_value
from ui.map.words import COLOURS, colour_name

Choices = list[tuple[object, str]]

# The fields a person edits, in the order they stand. The name or title stands in the header.
FIELDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.WORKSPACE: ("currency", "minimum_n", "fiscal_year_start_month", "language"),
    Kind.LEADER: ("role", "email"),
    Kind.PERSONA: ("segment", "description"),
    Kind.SEGMENT: ("customers_per_year", "value_if_retained"),
    Kind.JOURNEY: ("persona",),
    Kind.STAGE: (),
    Kind.TOUCHPOINT: (
        "stage",
        "step",
        "channel",
        "department",
        "owner",
        "moment_of_truth",
        "judged_experience",
        "colour",
    ),
    Kind.TRANSITION: ("segment", "count"),
    Kind.PAIN_POINT: (
        "severity",
        "frequency",
        "votes",
        "owner",
        "status",
        "touchpoint",
        "colour",
    ),
    Kind.STRENGTH: ("touchpoint", "evidence"),
    Kind.LANE: (),
    Kind.NOTE: ("touchpoint", "text"),
    Kind.IMPROVEMENT: ("effort_days", "cost", "efficacy", "owner", "status", "due", "quarter"),
    Kind.QUESTION: ("touchpoint", "text", "higher_is_better"),
    Kind.SURVEY: ("quarter",),
    Kind.KPI: ("measure", "touchpoint", "owner", "unit", "better", "target"),
    Kind.OBSERVATION: ("period", "value", "n"),
}
# The kinds of objects that a choice names; the other choices are the same in every workspace.
OFFERED: Final[Mapping[str, frozenset[Kind]]] = {
    "owner": frozenset({Kind.LEADER, Kind.TOUCHPOINT, Kind.PAIN_POINT}),
    "segment": frozenset({Kind.SEGMENT}),
    "persona": frozenset({Kind.PERSONA}),
    "stage": frozenset({Kind.STAGE, Kind.TOUCHPOINT}),
    "touchpoint": frozenset({Kind.TOUCHPOINT, Kind.STAGE, Kind.JOURNEY}),
}
# The channels people start from; those of the workspace are offered too.
_CHANNELS: Final = ("web", "app", "phone", "chat", "email", "branch", "post", "social")


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Inspector", text)


def status_words(status: str) -> str:
    """Return a status in words; one from elsewhere as it is written."""
    known = {
        "open": tr("Open"),
        "solved": tr("Solved"),
        "proposed": tr("Proposed"),
        "planned": tr("Planned"),
        "started": tr("Started"),
        "done": tr("Done"),
        "dropped": tr("Dropped"),
    }
    return known.get(status, status)


def make_field(name: str, ws: Workspace) -> Field:
    """Return the field that edits a property."""
    makers: dict[str, Callable[[], Field]] = {
        "currency": lambda: TextField(tr("Currency"), ("EUR", "NOK", "PLN", "SEK", "GBP", "USD")),
        "minimum_n": lambda: NumberField(tr("Fewest answers"), whole=True, optional=False),
        "role": lambda: TextField(tr("Role")),
        "email": lambda: TextField(tr("Email")),
        "description": lambda: ProseField(tr("Description")),
        "customers_per_year": lambda: NumberField(tr("Customers a year")),
        "value_if_retained": lambda: NumberField(tr("Value if kept"), _currency(ws)),
        "channel": lambda: TextField(tr("Channel"), _used(ws, "channel", _CHANNELS)),
        "step": lambda: TextField(tr("Sub-step"), _used(ws, "step")),
        "department": lambda: TextField(tr("Department"), _used(ws, "department")),
        "moment_of_truth": lambda: CheckField(tr("Moment of truth"), tr("decides if they stay")),
        "judged_experience": lambda: ExperienceField(tr("Judged experience")),
        "count": lambda: NumberField(tr("Count")),
        "severity": lambda: SquaresField(tr("Severity")),
        "frequency": lambda: SquaresField(tr("Frequency")),
        "votes": lambda: NumberField(tr("Votes"), whole=True),
        "evidence": lambda: ProseField(tr("Where it was heard"), tr("Who said it, and where")),
        "text": lambda: ProseField(tr("Text")),
        "effort_days": lambda: NumberField(tr("Effort"), tr("d")),
        "cost": lambda: NumberField(tr("Cost"), _currency(ws)),
        "efficacy": lambda: NumberField(tr("Removes"), "%", factor=100),
        "due": lambda: DateField(tr("Due")),
        "quarter": lambda: QuarterField(tr("Quarter")),
        "unit": lambda: TextField(tr("Unit")),
        "target": lambda: NumberField(tr("Target")),
        "higher_is_better": lambda: CheckField(tr("Direction"), tr("higher is better")),
        "period": lambda: TextField(tr("Period")),
        "value": lambda: NumberField(tr("Value"), optional=False),
        "n": lambda: NumberField(tr("Count behind it"), whole=True),
    }
    maker = makers.get(name)
    return maker() if maker is not None else ChoiceField(_choice_label(name))


def _choice_label(name: str) -> str:
    return {
        "fiscal_year_start_month": tr("Year starts in"),
        "language": tr("Language"),
        "segment": tr("Segment"),
        "persona": tr("Persona"),
        "stage": tr("Stage"),
        "measure": tr("Measures"),
        "touchpoint": tr("Touchpoint"),
        "owner": tr("Owner"),
        "status": tr("Status"),
        "better": tr("Better is"),
        "colour": tr("Colour"),
    }.get(name, name.replace("_", " ").capitalize())


def choices_for(name: str, refs: Sequence[Ref], ws: Workspace) -> Choices:
    """Return what a choice offers in this workspace."""
    kind = refs[-1].kind
    if name == "owner":
        none = tr("Nobody") if kind is not Kind.PAIN_POINT else _owner_of_place(refs, ws)
        return [(None, none), *_named(ws, Kind.LEADER)]
    if name in ("segment", "persona"):
        of = Kind.SEGMENT if name == "segment" else Kind.PERSONA
        return [(None, tr("All") if name == "segment" else tr("Everyone")), *_named(ws, of)]
    if name == "stage":
        return _stages(refs, ws)
    if name == "touchpoint":
        return _touchpoints(kind, ws)
    if name == "measure":
        return [("", tr("One of your own")), *((kpi.key, kpi.name) for kpi in STANDARD_KPIS)]
    fixed: dict[str, Choices] = {
        "status": [(s, status_words(s)) for s in _statuses(kind)],
        "better": [("higher", tr("higher")), ("lower", tr("lower"))],
        "colour": [(role, colour_name(role)) for role in COLOURS],
        "fiscal_year_start_month": list(enumerate(_months(), start=1)),
        "language": [
            ("en", "English"),
            ("pl", "polski"),
            ("nb", "norsk bokmål"),
            ("ru", "русский"),
        ],
    }
    return fixed.get(name, [])


def _owner_of_place(refs: Sequence[Ref], ws: Workspace) -> str:
    """Return the words for a pain point without an owner: its touchpoint's owner has it."""
    owners = set()
    for ref in refs:
        pain = ws.pain_points.get(PainPointId(ref.id))
        touchpoint = ws.touchpoints.get(pain.touchpoint) if pain and pain.touchpoint else None
        owners.add(touchpoint.owner if touchpoint else None)
    leader = ws.leaders.get(owner) if len(owners) == 1 and (owner := owners.pop()) else None
    if leader is None:
        return tr("As its touchpoint")
    return tr("{0}, as its touchpoint").format(leader.name)


def _statuses(kind: Kind) -> tuple[str, ...]:
    if kind is Kind.IMPROVEMENT:
        return (*OPEN_STATUSES, *CLOSED_STATUSES)
    return ("open", "solved", "dropped")


def _months() -> list[str]:
    return [
        tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"),
        tr("July"), tr("August"), tr("September"), tr("October"), tr("November"), tr("December"),
    ]  # fmt: skip


def _named(ws: Workspace, kind: Kind) -> Choices:
    rows = ((display_name(e) or tr("no name"), e.id) for e in ws.table(kind).values())
    return [(key, name) for name, key in sorted(rows, key=lambda r: (r[0].casefold(), r[1]))]


def _stages(refs: Sequence[Ref], ws: Workspace) -> Choices:
    """Return the stages of the journeys the touchpoints are in; several journeys share none."""
    entities = (ws.find(ref) for ref in refs)
    journeys = {t.journey for t in entities if isinstance(t, Touchpoint)}
    if len(journeys) != 1:
        return []
    return [(stage.id, stage.name) for stage in ordered_stages(ws, journeys.pop())]


def _touchpoints(kind: Kind, ws: Workspace) -> Choices:
    none = {
        Kind.KPI: tr("Whole company"),
        Kind.NOTE: tr("Whole stage"),
        Kind.PAIN_POINT: tr("Not placed"),
    }.get(kind, tr("None"))
    found: Choices = [(None, none)]
    journeys = ordered_journeys(ws)
    for journey in journeys:
        for touchpoint in ordered_touchpoints(ws, journey.id):
            name = touchpoint.name
            found.append((touchpoint.id, f"{name} · {journey.name}" if len(journeys) > 1 else name))
    return found


def _currency(ws: Workspace) -> str:
    return numbers.currency_symbol(ws.info.currency)


def _used(ws: Workspace, name: str, first: Sequence[str] = ()) -> list[str]:
    used = {str(getattr(t, name)) for t in ws.touchpoints.values()} - {""}
    return sorted({*used, *first}, key=str.casefold)


def persona_of(ref: Ref, ws: Workspace) -> PersonaId | None:
    """Return the persona a touchpoint's journey is told from."""
    touchpoint = ws.touchpoints.get(TouchpointId(ref.id))
    journey = ws.journeys.get(touchpoint.journey) if touchpoint else None
    return journey.persona if journey else None


def read(ref: Ref, name: str, ws: Workspace) -> object:
    """Return the value of an object's field as the field shows it."""
    entity = ws.find(ref)
    if entity is None:
        return None
    if name == "judged_experience":
        assert isinstance(entity, Touchpoint)
        return judged_value(entity, persona_of(ref, ws))
    return getattr(entity, name)


def command_for(refs: Sequence[Ref], name: str, value: object, ws: Workspace) -> Command:
    """Return the one command that gives all these objects a value."""
    commands = [_one(ref, name, value, ws) for ref in refs]
    if len(commands) == 1:
        return commands[0]
    if name == "measure":
        return Batch(commands)
    if name in SHARED_FIELDS and all(isinstance(c, SetTouchpoint) for c in commands):
        return SetTouchpoint([TouchpointId(ref.id) for ref in refs], **{name: value})
    if len({ref.kind for ref in refs}) == 1 and all(isinstance(c, Set) for c in commands):
        return Set(list(refs), **{name: value})
    return Batch(commands)


def _one(ref: Ref, name: str, value: object, ws: Workspace) -> Command:
    if name == "judged_experience":
        number = float(value) if isinstance(value, float | int) else None
        return JudgeExperience(TouchpointId(ref.id), number, persona_of(ref, ws))
    if name == "stage" and ref.kind is Kind.TOUCHPOINT and value is not None:
        return MoveTouchpoint(TouchpointId(ref.id), StageId(str(value)))
    if name == "touchpoint" and ref.kind is Kind.PAIN_POINT and value is not None:
        return MovePainPoint(PainPointId(ref.id), TouchpointId(str(value)))
    if ref.kind is Kind.TOUCHPOINT and name in SHARED_FIELDS:
        return SetTouchpoint([TouchpointId(ref.id)], **{name: value})
    if name == "measure":
        return measuring(ws, KpiId(ref.id), str(value))
    if name == "currency":
        value = str(value).strip().upper()
    return Set(ref, **{name: value})


def common_fields(refs: Sequence[Ref]) -> list[str]:
    """Return the fields all these objects have, in the order of the last one's kind."""
    kinds = {ref.kind for ref in refs}
    first = FIELDS.get(refs[-1].kind, ())
    return [n for n in first if all(n in FIELDS.get(k, ()) for k in kinds) and n not in _SINGLE]


# Texts and figures of one object, which several objects do not share.
_SINGLE: Final = frozenset({"evidence", "text", "description", "email", "value", "period", "n"})
