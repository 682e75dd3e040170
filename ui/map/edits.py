"""What a gesture or a typed text means as a command; no widgets, only the workspace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from journey.edit import (
    Add,
    AddPainPoint,
    AddStage,
    AddTouchpoint,
    Batch,
    Command,
    JudgeExperience,
    Remove,
    Set,
    SetTouchpoint,
    renaming,
)
from journey.edit.figures import named_kpi
from journey.model.evidence import Kpi
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    Kind,
    KpiId,
    LaneId,
    LeaderId,
    NoteId,
    PainPointId,
    PersonaId,
    Ref,
    StageId,
    StrengthId,
    TouchpointId,
    new_id,
)
from journey.model.improvement import Improvement
from journey.model.map import Lane, Note, PainPoint, Strength, Touchpoint
from journey.model.people import Leader
from journey.model.text import NAME_LENGTH, clean_name
from journey.model.workspace import (
    Workspace,
    ordered_lanes,
    ordered_stages,
    ordered_touchpoints,
)
from ui.map.hanging import worst_pain
from ui.map.lanes import LaneKind

REMOVABLE: Final = frozenset(
    {
        Kind.STAGE,
        Kind.TOUCHPOINT,
        Kind.PAIN_POINT,
        Kind.STRENGTH,
        Kind.NOTE,
        Kind.IMPROVEMENT,
        Kind.KPI,
        Kind.LANE,
    }
)

OWNED: Final = (Kind.TOUCHPOINT, Kind.PAIN_POINT, Kind.IMPROVEMENT, Kind.KPI)


@dataclass(frozen=True, slots=True)
class Target:
    """What a typed text is for: an object that is there (`ref`), or a new one in a cell.

    Attributes:
        kind: the lane of the cell; None for a stage's or a lane's own name, and without a `ref`
            for a new stage.
        index: where among its siblings a new touchpoint or stage goes; None: at the end.
        owned: the objects a typed owner gets; empty: the cell's touchpoint.
        row: the key of a lane whose name is typed.
    """

    kind: LaneKind | None
    ref: Ref | None = None
    touchpoint: TouchpointId | None = None
    stage: StageId | None = None
    lane: LaneId | None = None
    index: int | None = None
    owned: tuple[Ref, ...] = ()
    row: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A command and the object it adds."""

    command: Command
    ref: Ref


def text_of(ws: Workspace, target: Target) -> str:
    """Return the text an editor starts from."""
    if target.kind is LaneKind.OWNER:
        owners = {getattr(ws.find(ref), "owner", None) for ref in owned_by(target)}
        owner = ws.leaders.get(owners.pop() or LeaderId("")) if len(owners) == 1 else None
        return owner.name if owner else ""
    entity = ws.find(target.ref) if target.ref else None
    if isinstance(entity, Note):
        return entity.title or entity.text
    return str(getattr(entity, "name", "") or getattr(entity, "title", ""))


def write(
    ws: Workspace, journey: JourneyId, target: Target, text: str, persona: PersonaId | None
) -> Command | None:
    """Return the command a typed text means, None where it changes nothing."""
    text = text.strip()
    if target.kind is LaneKind.OWNER:
        return _set_owner(ws, target, text)
    if target.kind is LaneKind.EXPERIENCE:
        return _judge(target, text, persona)
    if target.ref is not None:
        return _rewrite(ws, target, text)
    made = new(ws, journey, target, text) if text else None
    return made.command if made else None


def split_title(text: str) -> tuple[str, str]:
    """Return a name that fits and, where it had to be cut, the whole text as a note."""
    whole = " ".join(text.split())
    if len(whole) <= NAME_LENGTH:
        return whole, ""
    cut = whole[: NAME_LENGTH - 1]
    head = cut.rpartition(" ")[0] if " " in cut[NAME_LENGTH // 2 :] else cut
    return f"{head}…", text.strip()


def retitled(entity: PainPoint | Strength | Improvement, text: str) -> Command:
    """Return the command that gives a card other words; those too many for a title are noted."""
    title, note = split_title(text)
    ref = Ref(entity.kind, entity.id)
    if not note:
        return renaming(ref, title)
    field = "notes" if isinstance(entity, Improvement) else "evidence"
    known = str(getattr(entity, field))
    words = note if not known or known in note else f"{note}\n\n{known}"
    return Set(ref, title=title, **{field: words})


def _rewrite(ws: Workspace, target: Target, text: str) -> Command | None:
    assert target.ref is not None
    if text == text_of(ws, target):
        return None
    entity = ws.find(target.ref)
    if isinstance(entity, Note):
        if not text:
            return Remove(target.ref)
        return Set(target.ref, **{"title" if entity.title else "text": text})
    # An object keeps its name rather than lose it; Delete removes it.
    if not clean_name(text):
        return None
    if isinstance(entity, PainPoint | Strength | Improvement):
        return retitled(entity, text)
    return renaming(target.ref, text)


def _judge(target: Target, text: str, persona: PersonaId | None) -> Command | None:
    if target.touchpoint is None:
        return None
    if not text:
        return JudgeExperience(target.touchpoint, None, persona)
    try:
        value = float(text.replace("\u2212", "-").replace(",", "."))
    except ValueError:
        return None
    return JudgeExperience(target.touchpoint, float(round(min(max(value, -100), 100))), persona)


def owned_by(target: Target) -> tuple[Ref, ...]:
    """Return the objects a typed owner is for."""
    if target.owned or target.touchpoint is None:
        return target.owned
    return (Ref(Kind.TOUCHPOINT, target.touchpoint),)


def _set_owner(ws: Workspace, target: Target, text: str) -> Command | None:
    """Return the command that makes a leader, by name, the owner; a new name is a new leader."""
    refs, name = owned_by(target), clean_name(text)
    wanted = name.casefold()
    found = next((x for x in ws.leaders.values() if x.name.casefold() == wanted), None)
    if not name or found is not None:
        owner = found.id if found else None
        return give_owner(ws, refs, owner)
    leader = Leader(LeaderId(new_id(Kind.LEADER)), name)
    given = give_owner(ws, refs, leader.id)
    return Batch([Add(leader), given], given.summary) if given else None


def give_owner(ws: Workspace, refs: Sequence[Ref], owner: LeaderId | None) -> Command | None:
    """Return the command that makes a leader the owner of what can be owned among these."""
    commands: list[Command] = []
    for kind in OWNED:
        mine = [
            ref
            for ref in refs
            if ref.kind is kind and getattr(ws.find(ref), "owner", owner) != owner
        ]
        if mine and kind is Kind.TOUCHPOINT:
            commands.append(SetTouchpoint([TouchpointId(r.id) for r in mine], owner=owner))
        elif mine:
            commands.append(Set(mine, owner=owner))
    return together(commands)


def together(commands: Sequence[Command]) -> Command | None:
    """Return several commands as one step, None for none."""
    if len(commands) > 1:
        return Batch(commands)
    return commands[0] if commands else None


def new(ws: Workspace, journey: JourneyId, target: Target, text: str) -> Made | None:
    """Return the command that adds what a cell holds, None where nothing can stand there."""
    if target.kind is None:
        return new_stage(journey, text, target.index)
    if target.kind is LaneKind.TOUCHPOINTS:
        if target.stage is None:
            return None
        return new_touchpoint(target.stage, text, target.index)
    maker = _MAKERS.get(target.kind)
    return maker(ws, journey, target, text) if maker else None


def _note(_ws: Workspace, _journey: JourneyId, target: Target, text: str) -> Made | None:
    if target.lane is None:
        return None
    stage = target.stage if target.touchpoint is None else None
    note = Note(
        NoteId(new_id(Kind.NOTE)), target.lane, stage, touchpoint=target.touchpoint, text=text
    )
    return Made(Add(note), Ref(Kind.NOTE, note.id))


def _pain(_ws: Workspace, journey: JourneyId, target: Target, text: str) -> Made | None:
    if target.touchpoint is None:
        return None
    title, note = split_title(text)
    pain = PainPoint(
        PainPointId(new_id(Kind.PAIN_POINT)), journey, title, target.touchpoint, evidence=note
    )
    return Made(AddPainPoint(pain), Ref(Kind.PAIN_POINT, pain.id))


def _strength(_ws: Workspace, journey: JourneyId, target: Target, text: str) -> Made | None:
    if target.touchpoint is None:
        return None
    title, note = split_title(text)
    number = StrengthId(new_id(Kind.STRENGTH))
    strength = Strength(number, journey, title, target.touchpoint, note)
    return Made(Add(strength), Ref(Kind.STRENGTH, strength.id))


def _improvement(ws: Workspace, _journey: JourneyId, target: Target, text: str) -> Made | None:
    """An improvement addresses the column's worst pain point; without one it has no place."""
    worst = worst_pain(ws, target.touchpoint)
    return None if worst is None else improvement_for(worst, text)


def improvement_for(pain: PainPointId, text: str) -> Made:
    """Return the command that adds an improvement which addresses a pain point."""
    title, note = split_title(text)
    number = ImprovementId(new_id(Kind.IMPROVEMENT))
    improvement = Improvement(number, title, (pain,), notes=note)
    return Made(Add(improvement), Ref(Kind.IMPROVEMENT, improvement.id))


def _kpi(ws: Workspace, _journey: JourneyId, target: Target, text: str) -> Made | None:
    if target.touchpoint is None:
        return None
    kpi = named_kpi(ws, KpiId(new_id(Kind.KPI)), text, target.touchpoint)
    return Made(Add(kpi), Ref(Kind.KPI, kpi.id))


_MAKERS: Final[dict[LaneKind, Callable[[Workspace, JourneyId, Target, str], Made | None]]] = {
    LaneKind.NOTES: _note,
    LaneKind.PAIN_POINTS: _pain,
    LaneKind.STRENGTHS: _strength,
    LaneKind.IMPROVEMENTS: _improvement,
    LaneKind.KPIS: _kpi,
}


def new_touchpoint(stage: StageId, name: str, index: int | None = None) -> Made:
    """Return the command that adds a touchpoint at a place of a stage."""
    command = AddTouchpoint(stage, name, index)
    return Made(command, Ref(Kind.TOUCHPOINT, command.id))


def new_stage(journey: JourneyId, name: str, index: int | None = None) -> Made:
    """Return the command that adds a stage."""
    stage = StageId(new_id(Kind.STAGE))
    return Made(AddStage(journey, name, index, stage=stage), Ref(Kind.STAGE, stage))


def new_lane(ws: Workspace, journey: JourneyId, name: str, content: str = "text") -> Made:
    """Return the command that adds a lane of notes below the others."""
    lanes = ordered_lanes(ws, journey)
    position = lanes[-1].position + 1.0 if lanes else 0.0
    lane = Lane(LaneId(new_id(Kind.LANE)), journey, name, position, content)
    return Made(Add(lane), Ref(Kind.LANE, lane.id))


def place_in_stage(ws: Workspace, touchpoint: TouchpointId) -> tuple[StageId | None, int]:
    """Return a touchpoint's stage and its index there."""
    me = ws.touchpoints[touchpoint]
    mine = [t.id for t in ordered_touchpoints(ws, me.journey) if t.stage == me.stage]
    return me.stage, mine.index(touchpoint)


def duplicate(ws: Workspace, ref: Ref) -> Made | None:
    """Return the command that sets a copy beside an object: its own words, not what hangs on it."""
    entity = ws.find(ref)
    if isinstance(entity, Touchpoint):
        return _second_touchpoint(ws, entity)
    if isinstance(entity, PainPoint):
        copy = replace(entity, id=PainPointId(new_id(Kind.PAIN_POINT)), votes=None, ballots={})
        return Made(AddPainPoint(copy), Ref(Kind.PAIN_POINT, copy.id))
    if isinstance(entity, Improvement | Strength | Note | Kpi):
        fresh = replace(entity, id=new_id(ref.kind))  # type: ignore[arg-type]
        return Made(Add(fresh), Ref(ref.kind, fresh.id))
    if ref.kind is Kind.STAGE and (stage := ws.stages.get(StageId(ref.id))) is not None:
        order = [s.id for s in ordered_stages(ws, stage.journey)]
        return new_stage(stage.journey, stage.name, order.index(stage.id) + 1)
    return None


def _second_touchpoint(ws: Workspace, touchpoint: Touchpoint) -> Made | None:
    stage, index = place_in_stage(ws, touchpoint.id)
    if stage is None:
        return None
    command = AddTouchpoint(stage, touchpoint.name, index + 1, channel=touchpoint.channel)
    ref = Ref(Kind.TOUCHPOINT, command.id)
    rest = Set(
        ref,
        department=touchpoint.department,
        owner=touchpoint.owner,
        moment_of_truth=touchpoint.moment_of_truth,
        step=touchpoint.step,
        colour=touchpoint.colour,
        judged_experience=touchpoint.judged_experience,
    )
    return Made(Batch([command, rest], command.summary), ref)


def remove(refs: Sequence[Ref]) -> Command | None:
    """Return the command that deletes what of these a map may delete."""
    mine = [ref for ref in refs if ref.kind in REMOVABLE]
    return Remove(mine) if mine else None


def rate(ws: Workspace, refs: Sequence[Ref], field: str, value: int | None) -> Command | None:
    """Return the command that sets severity or frequency of the pain points among these."""
    mine = [
        ref
        for ref in refs
        if ref.kind is Kind.PAIN_POINT and getattr(ws.find(ref), field, value) != value
    ]
    return Set(mine, **{field: value}) if mine else None
